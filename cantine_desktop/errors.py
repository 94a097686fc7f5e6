"""What can go wrong and is not a bug."""

from datetime import datetime
from pathlib import Path


class UserError(Exception):
    """Something the person can put right; the message tells how, in their language."""


class ConflictError(UserError):
    """The data changed since the action being undone."""


class SealedError(UserError):
    """The record is closed for good; only a correction may follow."""


class ForbiddenError(UserError):
    """The profile in use has no right to this."""


class MissingBookError(UserError):
    """There is no file at the place where the book should be."""


class ForeignFileError(UserError):
    """The file, or the database, is something else than a canteen's book."""


class CorruptBookError(UserError):
    """The book is damaged; the message says what to do.

    Attributes:
        backup: The last good backup, if one was found.
    """

    def __init__(self, message: str, backup: Path | None = None) -> None:
        super().__init__(message)
        self.backup = backup


class NewerBookError(UserError):
    """The book was written by a later version of the application."""


class UnreachableServerError(UserError):
    """The database server does not answer, or does not let us in."""


class LockedError(UserError):
    """Somebody else has the book open.

    Attributes:
        machine: Name of the machine that has it.
        since: Since when, an aware instant; ``None`` if it is not known.
        may_take_over: The machine is another one and may be off or gone: the person,
            who can see it, may decide to open the book all the same.
    """

    def __init__(
        self, message: str, machine: str, since: datetime | None, *, may_take_over: bool
    ) -> None:
        super().__init__(message)
        self.machine = machine
        self.since = since
        self.may_take_over = may_take_over
