"""Charts on paper: matplotlib in the house style, legible in black and white.

Each series has a fill, a pattern, a line and a marker of its own, and is named beside
what it draws. matplotlib is loaded when the first chart is drawn, not before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Flowable
from typing_extensions import override

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Draw = Callable[["Axes"], None]
"""Draws data on axes that are already in the house style."""


@dataclass(frozen=True)
class Series:
    """One thing measured along the labels of a chart.

    Attributes:
        name: Written beside what is drawn, translated.
        values: One per label; None where nothing was measured.
    """

    name: str
    values: Sequence[Decimal | None]


def chart(draw: Draw, *, alternative: str, height_mm: float = 60) -> Flowable:
    """Return a chart as wide as the page, whose data a function draws.

    Args:
        draw: Draws the data; called when the page is laid out.
        alternative: What the chart shows, in one sentence, for who cannot see it.
        height_mm: Height, in millimetres.
    """
    return _Chart(draw, alternative, height_mm * mm)


def bar_chart(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    alternative: str,
    stacked: bool = False,
    places: int = 0,
    height_mm: float = 60,
) -> Flowable:
    """Return bars, one group per label, side by side or stacked.

    Args:
        labels: Under the bars, from left to right.
        series: At most six; the values are written over the bars while there is room.
        alternative: What the chart shows, in one sentence.
        stacked: Whether the series of a label are parts of a whole.
        places: Decimals of the values written.
        height_mm: Height, in millimetres.

    Raises:
        ValueError: There is nothing to draw, more series than patterns, or a series has
            not one value per label.
    """
    _check(labels, series)

    def draw(axes: "Axes") -> None:
        from cantine_desktop.documents.chart_shapes import draw_bars  # noqa: PLC0415  -- loads matplotlib

        draw_bars(axes, labels, series, places, stacked=stacked)

    return chart(draw, alternative=alternative, height_mm=height_mm)


def line_chart(
    labels: Sequence[str], series: Sequence[Series], *, alternative: str, height_mm: float = 60
) -> Flowable:
    """Return lines along the labels, named at their ends; a missing value breaks a line.

    Raises:
        ValueError: As for ``bar_chart``.
    """
    _check(labels, series)

    def draw(axes: "Axes") -> None:
        from cantine_desktop.documents.chart_shapes import draw_lines  # noqa: PLC0415  -- loads matplotlib

        draw_lines(axes, labels, series)

    return chart(draw, alternative=alternative, height_mm=height_mm)


def _check(labels: Sequence[str], series: Sequence[Series]) -> None:
    if not labels or not 1 <= len(series) <= 6:
        raise ValueError("a chart has labels, and one to six series")
    if any(len(one.values) != len(labels) for one in series):
        raise ValueError("a series has one value per label")


class _Chart(Flowable):
    """A figure drawn on the page as vectors."""

    def __init__(self, draw: Draw, alternative: str, height: float) -> None:
        super().__init__()
        self._draw_data = draw
        self._alternative = alternative
        self.height = height
        self.spaceAfter = 6

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width = aW
        return aW, self.height

    def draw(self) -> None:
        """Make the figure and draw it, with the sentence that says what it shows."""
        from cantine_desktop.documents.chart_shapes import draw_on  # noqa: PLC0415  -- loads matplotlib

        draw_on(self.canv, self._draw_data, (self.width, self.height), self._alternative)
