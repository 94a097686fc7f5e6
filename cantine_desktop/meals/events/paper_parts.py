"""The head of a letter: who writes on the left, who reads in the window on the right."""

from collections.abc import Sequence
from itertools import starmap

from reportlab.lib.units import mm
from reportlab.platypus import Flowable
from typing_extensions import override

from cantine_desktop.documents.fonts import REGULAR, SEMIBOLD, wrap
from cantine_desktop.documents.styles import INK, RULE

_LEADING = 13.5
_PAD = 4 * mm
_HEIGHT = 34 * mm
"""Least height: that of the window of an envelope."""


class Parties(Flowable):
    """Two addresses; the reader’s is framed, where the window of an envelope shows it."""

    def __init__(self, ours: Sequence[str], theirs: Sequence[str]) -> None:
        super().__init__()
        self._sides = list(ours), list(theirs)
        self._lines: list[list[tuple[str, str]]] = []
        self.spaceBefore = 2 * mm
        self.spaceAfter = 7 * mm

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width = aW
        rooms = aW / 2 - _PAD, aW / 2 - 2 * _PAD
        self._lines = list(starmap(_wrapped, zip(self._sides, rooms, strict=True)))
        rows = max(len(lines) for lines in self._lines)
        self.height = max(rows * _LEADING + 2 * _PAD, _HEIGHT)
        return aW, self.height

    def draw(self) -> None:
        """Draw the frame, then both addresses."""
        canvas = self.canv
        middle = self.width / 2
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.7)
        canvas.roundRect(middle, 0, self.width - middle, self.height, 2 * mm)
        canvas.setFillColor(INK)
        for left, lines in zip((0, middle + _PAD), self._lines, strict=True):
            level = self.height - _PAD - 9
            for face, words in lines:
                canvas.setFont(face, 10.5)
                canvas.drawString(left, level, words)
                level -= _LEADING


def _wrapped(texts: Sequence[str], room: float) -> list[tuple[str, str]]:
    """Return the face and the words of each line: the first text is a name."""
    return [
        (REGULAR if rank else SEMIBOLD, line)
        for rank, text in enumerate(texts)
        for line in wrap(text, REGULAR if rank else SEMIBOLD, 10.5, room)
    ]
