"""A line of what waits to be done, and how soon."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Urgency(StrEnum):
    """How soon a line wants an answer, the soonest first."""

    NOW = "now"
    TODAY = "today"
    SOON = "soon"


class Todo(NamedTuple):
    """Something to do.

    Attributes:
        urgency: How soon.
        words: What, ready to show.
        button: What its button says.
        screen: Key of the screen where it is done.
        letter: Letter of the sheet there; empty for none.
        day: Day to show there.
        key: Key of the record to show there; 0 for none.
        place: What that screen is told as it is, in place of the three before.
        is_errand: It belongs to the course of the day, not to what was left behind.
    """

    urgency: Urgency
    words: str
    button: str
    screen: str
    letter: str = ""
    day: date | None = None
    key: int = 0
    place: object = None
    is_errand: bool = False
