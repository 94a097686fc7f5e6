"""When in the day a record was made, and how it came into the book."""

from enum import StrEnum


class Slot(StrEnum):
    """When in the day a reading is taken."""

    MORNING = "morning"
    EVENING = "evening"


class Origin(StrEnum):
    """How a reading came into the book."""

    TYPED = "typed"
    PAPER = "paper"
    FILE = "file"
