"""What is wrong in a file, and where."""

from collections.abc import Sequence
from dataclasses import dataclass

from typing_extensions import override

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to put right in a file that somebody hands us.

    Attributes:
        line: Line of the file, as a text editor counts them, from 1; 0 is the whole file.
        column: Heading of the column as the file writes it, or ``""`` for the whole line.
        text: What is wrong and what is expected, in the language in use.
    """

    line: int
    column: str
    text: str

    @property
    def place(self) -> str:
        """Where it is: ``ligne 4, colonne « date »``; empty for the whole file."""
        if not self.line:
            return self.column and tr("colonne « {column} »").format(column=self.column)
        if not self.column:
            return tr("ligne {line}").format(line=self.line)
        return tr("ligne {line}, colonne « {column} »").format(line=self.line, column=self.column)

    @override
    def __str__(self) -> str:
        if not self.place:
            return self.text
        return tr("{place} : {text}").format(place=self.place, text=self.text)


class UnreadableError(UserError):
    """A file that cannot be read at all; nothing of it was taken.

    Attributes:
        problems: What is wrong in it, never empty.
    """

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems: Sequence[Problem] = problems


def whole_file(text: str) -> Problem:
    """Return a problem of the whole file."""
    return Problem(0, "", text)
