"""Verifying an inspection file: from the file alone, and with the book it should come from."""

from argparse import Namespace
from pathlib import Path

from cantine_desktop.clock import Clock
from cantine_desktop.commands import opening
from cantine_desktop.commands.output import say, say_json
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.inspection.check import Verified, check_pdf
from cantine_desktop.hygiene.inspection.owner import compare_with_book
from cantine_desktop.storage.recognition import unreadable

LARGEST = 512 << 20
"""Bytes that are read; what is larger is no inspection file."""


def is_pdf(path: Path) -> bool:
    """Tell whether a file is to be verified as an inspection file: a PDF by its name or its head.

    A file that cannot be read is left to who says so.
    """
    if path.suffix.lower() == ".pdf":
        return path.is_file()
    try:
        with path.open("rb") as file:
            return file.read(5) == b"%PDF-"
    except OSError:
        return False


def check_paper(options: Namespace, clock: Clock) -> int:
    """Verify an inspection file and say all that was found; 0 when it is intact and the book’s.

    Raises:
        UserError: The file cannot be read.
    """
    path = Path(opening.place(options.book))
    found = check_pdf(_read(path))
    said, good = list(found.sentences), found.is_good
    if options.owner:
        options.book = options.owner
        with opening.reading(options, clock) as book:
            opening.require_read(book, "hygiene")
            with book.read() as session:
                compared = compare_with_book(session, found)
        said += compared.sentences
        good = good and compared.is_good
    if options.json:
        say_json(_for_programs(found, said))
    else:
        for sentence in said:
            say(sentence)
    return 0 if good else 1


def _for_programs(found: Verified, said: list[str]) -> dict[str, object]:
    return {
        "state": found.state.value,
        "fingerprint": found.fingerprint,
        "canteen": found.facts.get("canteen", ""),
        "period": found.facts.get("period"),
        "made_at": found.facts.get("made_at", ""),
        "sentences": said,
    }


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise UserError(unreadable(path, error.strerror or "")) from error
