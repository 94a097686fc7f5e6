"""For developers: write the migration from the last revision to the present tables.

    python -m cantine_desktop.schema.revise "Samples keep their photo"
    python -m cantine_desktop.schema.revise --rewrite

The first adds a revision; read it, complete it by hand when rows must change too,
then set ``HEAD`` in ``making.py`` to its number and store a book of it with
``python -m tests.corpora.books.store``. The second writes the last revision
again, as long as no release holds it.

Migrations are frozen: plain types, no import of ours but ``storage.chain`` (one that
rewrites values of rows writes history too), never edited once released.
"""

import argparse
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.operations.ops import MigrationScript
from alembic.script import ScriptDirectory

from cantine_desktop.schema.migrate import config, migrate, revisions
from cantine_desktop.storage.engine import open_engine

_BATCH = re.compile(r"(op\.batch_alter_table\('\w+'), schema=None\)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a revision and return the exit code: 0 done, 1 nothing to write."""
    parser = argparse.ArgumentParser(prog="revise", description="Write a migration.")
    parser.add_argument("message", nargs="?", help="what changes, as one sentence")
    parser.add_argument("--rewrite", action="store_true", help="write the last revision again")
    chosen = parser.parse_args(arguments)
    if bool(chosen.message) == chosen.rewrite:
        parser.error("give either a message or --rewrite")
    written = _rewrite() if chosen.rewrite else write_revision(chosen.message)
    print(written or "The tables are those of the last revision.")  # noqa: T201  -- a developer's command
    return 0 if written else 1


def write_revision(message: str) -> Path | None:
    """Write a revision from the last one to the present tables.

    Returns:
        Its file, or nothing when the tables have not changed.
    """
    number = f"{len(revisions()) + 1:04d}"
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/last.cantine")
        migrate(engine)
        with engine.connect() as connection:
            settings = config()
            settings.attributes["connection"] = connection
            scripts = command.revision(
                settings,
                message.rstrip("."),
                autogenerate=True,
                rev_id=number,
                process_revision_directives=_drop_empty,
            )
        engine.dispose()
    script = next(iter(scripts), None) if isinstance(scripts, list) else scripts
    if script is None:
        return None
    path = Path(script.path)
    path.write_text(_keep_autoincrement(path.read_text("utf-8")), "utf-8")
    return path


def _rewrite() -> Path | None:
    directory = ScriptDirectory.from_config(config())
    last = directory.get_revision("head")
    path = Path(last.path)
    source = path.read_text("utf-8")
    path.unlink()
    try:
        return write_revision(last.doc)
    except BaseException:
        path.write_text(source, "utf-8")
        raise


def _drop_empty(_context: object, _revision: object, scripts: list[MigrationScript]) -> None:
    operations = scripts[0].upgrade_ops
    if operations is None or operations.is_empty():
        scripts.clear()


def _keep_autoincrement(source: str) -> str:
    """Have copied tables keep their counter, which SQLite's reflection does not tell."""
    return _BATCH.sub(r'\1, table_kwargs={"sqlite_autoincrement": True})', source)


if __name__ == "__main__":
    raise SystemExit(main())
