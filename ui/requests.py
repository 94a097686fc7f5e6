"""Ways to have another book on the desk, asked for by screens, done by the entrance."""

from pathlib import Path
from typing import NamedTuple


class OpenBook(NamedTuple):
    """Open a book.

    Attributes:
        location: Its file, or its address on a server.
        take_over: Open it although another machine says to have it open.
    """

    location: str
    take_over: bool = False


class OpenDemo(NamedTuple):
    """Open the demonstration canteen, made if it is not there."""


class CreateBook(NamedTuple):
    """Make a canteen.

    Attributes:
        location: Where its file goes.
        name: As printed on every sheet.
        department: French département code; may be empty.
        open_weekdays: ISO weekdays of service, as digits.
        fridges: How many fridges and cold rooms.
        freezers: How many freezers.
    """

    location: str
    name: str
    department: str
    open_weekdays: str
    fridges: int
    freezers: int


class RestoreBook(NamedTuple):
    """Put a backup in the place of a book, and open it.

    Attributes:
        backup: The backup; it is not changed.
        target: The book it replaces, which is kept among the backups.
    """

    backup: Path
    target: Path


class MoveBook(NamedTuple):
    """Move a book to another folder, leaving a backup where it was, and open it.

    Attributes:
        path: The book.
        target: Its new place.
    """

    path: Path
    target: Path


class Leave(NamedTuple):
    """Close the book and show the ways to have another."""


Opening = OpenBook | OpenDemo | CreateBook | RestoreBook | MoveBook
"""What ends with a book open."""

Request = Opening | Leave
