"""Forms of numbered fields, to fill by hand or as they were filled."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap

from reportlab.lib.units import mm
from reportlab.platypus import Flowable
from typing_extensions import override

from cantine_desktop.documents.drawing import rules
from cantine_desktop.documents.fonts import REGULAR, SEMIBOLD, text_width, wrap
from cantine_desktop.documents.styles import INK, RULE

LINE_MM = 8.0
"""Height of a line to write on by hand."""

_PAD = 1.6 * mm
_LABEL = 4.6 * mm
_SIZE = 10.0
_LEADING = 13.0
_TICK = 3.4 * mm
_TICK_ROW = 6.2 * mm


@dataclass(frozen=True)
class Field:
    """A field of a form.

    Attributes:
        label: Its number and its name, translated: ``"3. Détectée par"``.
        text: What was written; lines are kept.
        share: Its part of the width, beside the shares of its neighbours.
        lines: Lines to write on by hand; never less than one, unless there are only ticks.
        ticks: Answers to tick, with those that are.
    """

    label: str
    text: str = ""
    share: float = 1
    lines: int = 1
    ticks: tuple[tuple[str, bool], ...] = ()


class FormRow(Flowable):
    """Fields beside one another, as high as the highest; it is never cut."""

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__()
        self._fields = list(fields)

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width = aW
        self.height = max(starmap(_height, zip(self._fields, self._widths(), strict=True)))
        return aW, self.height

    def _widths(self) -> list[float]:
        total = sum(field.share for field in self._fields)
        return [self.width * field.share / total for field in self._fields]

    def draw(self) -> None:
        """Draw the frames, the labels, the ticks, and what was written or is to be."""
        left = 0.0
        for field, width in zip(self._fields, self._widths(), strict=True):
            self._draw(field, left, width)
            left += width

    def _draw(self, field: Field, left: float, width: float) -> None:
        canvas = self.canv
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.7)
        canvas.rect(left, 0, width, self.height)
        canvas.setFillColor(INK)
        canvas.setFont(SEMIBOLD, 8.5)
        canvas.drawString(left + _PAD, self.height - _LABEL + 3, field.label)
        level = self.height - _LABEL
        for row in _tick_rows(field, width):
            self._draw_ticks(row, left, level - _TICK_ROW)
            level -= _TICK_ROW
        if not field.text:
            self._rule(field, left, width)
            return
        canvas.setFont(REGULAR, _SIZE)
        for line in wrap(field.text, REGULAR, _SIZE, width - 2 * _PAD):
            level -= _LEADING
            canvas.drawString(left + _PAD, level + 2.5, line)

    def _draw_ticks(self, row: Sequence[tuple[str, bool]], left: float, level: float) -> None:
        canvas = self.canv
        canvas.setFont(REGULAR, 9.5)
        left += _PAD
        for words, ticked in row:
            canvas.rect(left, level + 1.2 * mm, _TICK, _TICK)
            if ticked:
                low, high = level + 1.2 * mm, level + 1.2 * mm + _TICK
                cross = [(left, low, left + _TICK, high), (left, high, left + _TICK, low)]
                rules(canvas, cross, INK, 1.2)
                canvas.setFillColor(INK)
            canvas.drawString(left + _TICK + 3, level + 1.9 * mm, words)
            left += _tick_width(words)

    def _rule(self, field: Field, left: float, width: float) -> None:
        pitch = LINE_MM * mm
        levels = [pitch * row + 2 for row in range(1, field.lines)]
        ends = (left + _PAD, left + width - _PAD)
        rules(self.canv, [(ends[0], y, ends[1], y) for y in levels], RULE, 0.4)


def _tick_width(words: str) -> float:
    return _TICK + 3 + text_width(words, REGULAR, 9.5) + 5 * mm


def _tick_rows(field: Field, width: float) -> list[list[tuple[str, bool]]]:
    rows: list[list[tuple[str, bool]]] = []
    used = 0.0
    for tick in field.ticks:
        wide = _tick_width(tick[0])
        if not rows or used + wide > width - 2 * _PAD:
            rows.append([])
            used = 0.0
        rows[-1].append(tick)
        used += wide
    return rows


def _height(field: Field, width: float) -> float:
    written = len(wrap(field.text, REGULAR, _SIZE, width - 2 * _PAD)) if field.text else 0
    room = max(field.lines * LINE_MM * mm, written * _LEADING + 3)
    return _LABEL + len(_tick_rows(field, width)) * _TICK_ROW + room
