"""What a cell of an entry grid is: its text, its state, and how the state is shown and said."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Literal, NamedTuple

from cantine_desktop.i18n import tr


class State(StrEnum):
    """What there is to know about a cell besides its text; never told by colour alone."""

    PLAIN = "plain"
    CONFORM = "conform"
    TOLERATED = "tolerated"
    BREACH = "breach"
    MISSING = "missing"
    """To be filled in now."""
    SKIPPED = "skipped"
    """Not filled in, and a reason was given."""
    SPARE = "spare"
    """Nothing is due there, yet something may be written."""
    CLOSED = "closed"
    """Nothing to fill in: the canteen was closed."""
    SEALED = "sealed"
    """Finished for good; only a correction may follow."""
    ERROR = "error"
    """The text could not be taken; it stays until it is put right."""


class Cell(NamedTuple):
    """One cell as a screen shows it.

    Attributes:
        text: What is written in the cell.
        state: What is known about it.
        tip: A sentence that explains it, shown under the grid when the cell is current.
        editable: Whether it can be typed in; ``CLOSED`` and ``SEALED`` cells never can.
        note: A second line, small and muted, where rows are tall enough for two.
        wraps: Its parts, told apart by « , », go under each other where one line has no room.
    """

    text: str = ""
    state: State = State.PLAIN
    tip: str = ""
    editable: bool = True
    note: str = ""
    wraps: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something may be typed in the cell."""
        return self.editable and self.state not in {State.CLOSED, State.SEALED}

    @property
    def is_next(self) -> bool:
        """Whether Enter and Tab stop at the cell; a spare one is reached by the arrows."""
        return self.is_open and self.state is not State.SPARE


class Head(NamedTuple):
    """The title of a row or of a column.

    Attributes:
        text: The title.
        note: Rows only: what stands beside it, muted: ``≤ 4 °C``.
        group: Columns only: the title above, shared with neighbours of the same group.
        width: Columns only: pixels at 100 %.
        align: Columns only: numbers right, words left, marks in the centre.
        tip: Rows and columns: the title in full.
        words: Columns only: returns what may be proposed while typing, the most usual first.
    """

    text: str
    note: str = ""
    group: str = ""
    width: int = 76
    align: Literal["left", "center", "right"] = "right"
    tip: str = ""
    words: Callable[[], Sequence[str]] | None = None

    @property
    def spoken(self) -> str:
        """The whole title, for screen readers and copies."""
        return " ".join(part for part in (self.group, self.text, self.note) if part)


class Edit(NamedTuple):
    """A text to be written in a cell."""

    row: int
    column: int
    text: str


class Look(NamedTuple):
    """How a state is drawn: names of colours, name of an icon."""

    ground: str
    text: str
    mark: str = ""
    mark_colour: str = ""


LOOKS = {
    State.PLAIN: Look("surface", "text"),
    State.CONFORM: Look("surface", "text", "check", "ok"),
    State.TOLERATED: Look("warn_bg", "text", "warning", "warn"),
    State.BREACH: Look("bad_bg", "bad", "warning-octagon-fill", "bad"),
    State.MISSING: Look("surface", "muted", "circle-dashed", "muted"),
    State.SKIPPED: Look("hover", "muted", "prohibit", "muted"),
    State.SPARE: Look("sunk", "text", "minus", "muted"),
    State.CLOSED: Look("sunk", "muted"),
    State.SEALED: Look("bg", "text", "lock", "muted"),
    State.ERROR: Look("bad_bg", "bad", "warning-circle-fill", "bad"),
}


def state_word(state: State) -> str:
    """Return the word for a state, in the language in use."""
    words = {
        State.PLAIN: "",
        State.CONFORM: tr("conforme"),
        State.TOLERATED: tr("toléré"),
        State.BREACH: tr("non conforme"),
        State.MISSING: tr("à saisir"),
        State.SKIPPED: tr("non relevé"),
        State.SPARE: tr("rien à saisir"),
        State.CLOSED: tr("fermé"),
        State.SEALED: tr("validé, non modifiable"),
        State.ERROR: tr("à corriger"),
    }
    return words[state]


def spoken(cell: Cell) -> str:
    """Return what a screen reader says of a cell; an empty one is said to be empty."""
    said = (cell.text or tr("vide"), cell.note, state_word(cell.state))
    return ", ".join(part for part in said if part)
