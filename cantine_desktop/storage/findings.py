"""What a check of the book finds."""

from typing import NamedTuple

from cantine_desktop.storage.sealed import place
from cantine_desktop.storage.stored import Spot


class Finding(NamedTuple):
    """Something that the application did not write.

    Attributes:
        place: Where, as people say it: « relevé n° 12 ».
        text: What is wrong, in one sentence.
        table: The table concerned.
        key: The row concerned, if it is one.
    """

    place: str
    text: str
    table: str
    key: int | None = None


def at(spot: Spot, text: str, **values: object) -> Finding:
    """Return a finding about one row.

    Args:
        spot: The row.
        text: What is wrong, translated, with ``{names}`` of values.
        values: What goes into the text.
    """
    return Finding(place(*spot), text.format(**values), *spot)
