"""Tables whose columns take the room their words need, whatever the register says of its sheet."""

from collections.abc import Sequence
from itertools import zip_longest

from reportlab.lib.units import mm

from cantine_desktop.documents.fonts import REGULAR, SEMIBOLD, printable, text_width
from cantine_desktop.documents.pager import Pager
from cantine_desktop.documents.tables import Column, Row, RuledTable, Struck

WIDEST = 110.0
"""Room a column asks for at most, in points: longer texts are wrapped."""

LONGEST_WORD = 60.0
"""Room a single word asks for at most, in points."""


class NarrowTable(RuledTable):
    """A ruled table with little room beside its words."""

    PAD = 0.8 * mm


def fitted_table(heads: Sequence[str], rows: Sequence[Row], size: float, width: float) -> Pager:
    """Return a table whose columns are as wide as their words ask for.

    Args:
        heads: Titles of the columns.
        rows: As for ``ruled_table``.
        size: Height of the type, in points.
        width: Room of the page, in points.
    """
    texts = [row.cells if isinstance(row, Struck) else row for row in rows]
    cells = [row for row in texts if isinstance(row, (list, tuple))]
    columns = zip_longest(*cells, fillvalue="")
    rooms = [
        _rooms(head, [str(text) for text in column], size)
        for head, column in zip_longest(heads, columns, fillvalue=())
    ]
    shares = _shared(rooms, width)
    return Pager(NarrowTable(list(map(Column, heads, shares)), rows, size))


def _shared(rooms: Sequence[tuple[float, float]], width: float) -> list[float]:
    """Return the widths: the least of each, then what is left by what they would like more."""
    least = sum(room for room, _ in rooms)
    more = sum(wish - room for room, wish in rooms)
    part = min(max((width - least) / more, 0), 1) if more else 0
    return [room + part * (wish - room) for room, wish in rooms]


def _rooms(head: object, texts: Sequence[str], size: float) -> tuple[float, float]:
    """Return the room a column needs for its longest word, and for most of its texts."""
    title = str(head or "")
    wide = sorted(_width(text, size) for text in texts if text)
    usual = wide[int(0.9 * (len(wide) - 1))] if wide else 0.0
    words = {word for text in set(texts) for word in text.split(" ")}
    longest = max((_width(word, size) for word in words), default=0.0)
    heads = [text_width(printable(word), SEMIBOLD, size) for word in title.split(" ")]
    least = max(min(longest, LONGEST_WORD), min(max(heads), LONGEST_WORD), 6.0) + 1
    sides = 2 * NarrowTable.PAD
    return least + sides, max(min(usual, WIDEST), least) + sides


def _width(text: str, size: float) -> float:
    return text_width(printable(text).replace("\n", " "), REGULAR, size)
