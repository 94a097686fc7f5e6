"""Store a book of the present schema, for the upgrades of all later ones to try.

    python -m tests.corpora.books.store

Run it when a schema is released, never again for that schema: the point of the
stored book is that it was written by the application of its time.
"""

import gzip
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from cantine_desktop.office.demo import write_demo
from cantine_desktop.schema.upgrade import HEAD, create_book
from cantine_desktop.storage.backup import back_up

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


def store() -> Path:
    """Write the demonstration's last weeks as a book of the present schema."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Demonstration.cantine"
        opened = create_book(path, lambda: NOW)
        write_demo(opened.book, date(2026, 11, 22))
        copy = back_up(path, Path(folder) / "copy", NOW).path
        opened.close()
        stored = HERE / f"{HEAD}-demonstration.cantine.gz"
        stored.write_bytes(gzip.compress(copy.read_bytes(), mtime=0))
    return stored


if __name__ == "__main__":
    store()
