"""What charts are made of: axes in the house style, bars, lines, and their names.

Loading this module loads matplotlib; only ``charts`` does, when a chart is drawn.
"""

# pyright: reportUnknownMemberType=false
# matplotlib's own annotations leave part of most signatures unsaid.

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise
from math import isfinite
from typing import Any, Protocol

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from reportlab.pdfgen.canvas import Canvas

from cantine_desktop.documents.chart_ink import draw_figure
from cantine_desktop.documents.fonts import (
    REGULAR,
    SEMIBOLD,
    clamp,
    fit,
    printable,
    text_width,
    wrap,
)
from cantine_desktop.i18n import number

INK = "#1a1713"
QUIET = "#8a8172"
SIZE = 9.0
END = 130.0
"""Most width of the name at the end of a line, in points."""

STYLES: tuple[tuple[str, str, Any, str], ...] = (
    ("#0f6b5c", "", "-", "o"),
    ("#ffffff", "/", "--", "s"),
    ("#d9a79a", "", ":", "^"),
    ("#ffffff", ".", "-.", "D"),
    ("#ffffff", "-", (0, (7, 2)), "v"),
    ("#ffffff", "x", (0, (2, 1)), "P"),
)
"""Fill, pattern, line and marker of each series: six that a photocopier tells apart."""

LINES = ("#0f6b5c", "#3b6fb6", "#b3472a", "#7a5ba6", "#5e6b73", "#6b7f2a")


class Measured(Protocol):
    """A named series of values; see ``charts.Series``."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def values(self) -> Sequence[Decimal | None]:
        """One value per label."""
        ...


def draw_on(
    canvas: Canvas, draw: Callable[[Axes], None], size: tuple[float, float], alternative: str
) -> None:
    """Draw data in a figure of a size in points, at the origin of a canvas."""
    figure = Figure(figsize=(size[0] / 72, size[1] / 72), dpi=72)
    axes: Axes = figure.add_subplot()
    _dress(axes)
    draw(axes)
    _settle(axes, size)
    draw_figure(figure, canvas, printable(alternative))


def draw_bars(
    axes: Axes,
    labels: Sequence[str],
    series: Sequence[Measured],
    places: int,
    *,
    stacked: bool,
) -> None:
    """Draw one group of bars per label, and write the values over them."""
    width = 0.6 if stacked else min(0.8 / len(series), 0.5)
    tops = [0.0] * len(labels)
    for index, (one, (fill, pattern, _, _)) in enumerate(zip(series, STYLES, strict=False)):
        values = [float(value or 0) for value in one.values]
        shift = 0.0 if stacked else (index - (len(series) - 1) / 2) * width
        where = [place + shift for place in range(len(labels))]
        base = tops if stacked else [0.0] * len(labels)
        axes.bar(
            where, values, width * 0.94, base,
            color=fill, hatch=pattern, edgecolor=INK, linewidth=0.7, label=printable(one.name),
        )  # fmt: skip
        ends = [low + value for low, value in zip(base, values, strict=True)]
        if stacked:
            tops = ends
        elif len(labels) * len(series) <= 32:
            shown = ["" if v is None else number(v, places) for v in one.values]
            _write_values(axes, where, ends, shown)
    if stacked:
        whole = [number(Decimal(str(top)), places) for top in tops]
        _write_values(axes, [*range(len(labels))], tops, whole)
    _finish(axes, labels)
    if len(series) > 1:
        _name_above(axes, len(series))


def draw_lines(axes: Axes, labels: Sequence[str], series: Sequence[Measured]) -> None:
    """Draw one line per series, each named at its end."""
    ends: list[tuple[float, str, str]] = []
    for one, (_, _, line, marker), colour in zip(series, STYLES, LINES, strict=False):
        values = [float("nan") if value is None else float(value) for value in one.values]
        axes.plot(
            range(len(values)), values,
            color=colour, linestyle=line, marker=marker, markersize=4.5, linewidth=1.6,
            label=printable(one.name),
        )  # fmt: skip
        last = next((value for value in reversed(values) if isfinite(value)), 0.0)
        ends.append((last, fit(one.name, SEMIBOLD, SIZE, END, SIZE)[0], colour))
    _finish(axes, labels, aside=50 + END)
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + 0.06 * (high - low))  # markers stand whole under the top
    if not _name_ends(axes, len(labels) - 1, ends):
        _name_above(axes, len(series), 3.2)


def _dress(axes: Axes) -> None:
    """Leave only the floor and quiet guides."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(INK)
    axes.spines["bottom"].set_linewidth(0.8)
    axes.set_axisbelow(True)
    axes.grid(axis="y", color="#d5d0c6", linewidth=0.5)
    axes.tick_params(length=0, pad=4, labelsize=SIZE, labelcolor=INK)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(_tick))


def _tick(value: float, _position: int | None = None) -> str:
    """Write a round number, without the decimals it does not have."""
    exact = Decimal(f"{value:.6g}")
    return number(exact if exact != exact.to_integral_value() else exact.quantize(Decimal(1)))


def _write_values(
    axes: Axes, where: Sequence[float], ends: Sequence[float], words: Sequence[str]
) -> None:
    for x, y, text in zip(where, ends, words, strict=True):
        axes.annotate(
            text, (x, y), (0, 3 if y >= 0 else -3), textcoords="offset points",
            ha="center", va="bottom" if y >= 0 else "top", fontsize=8.5, color=INK,
        )  # fmt: skip


def _finish(axes: Axes, labels: Sequence[str], aside: float = 50) -> None:
    """Name the places along the floor, and show zero.

    Args:
        axes: What is drawn on.
        labels: One per place; some are left out when they are many.
        aside: Width kept for what stands beside the plot, in points.
    """
    widest = max(map(_wide, labels)) + 4
    fitting = int((_width(axes) - aside) // widest)
    step = max(1, -(-len(labels) // max(16, fitting)))
    places = range(0, len(labels), step)
    room = 0.9 * (_width(axes) - aside) / len(places)
    names = ["\n".join(_cut(labels[place], room)) for place in places]
    axes.set_xticks([*places], names)
    axes.set_xlim(-0.5, len(labels) - 0.5)
    low, high = axes.get_ylim()
    if low < 0:
        axes.set_ylim(low - 0.12 * (high - low), max(high, 0))
        axes.spines["bottom"].set_visible(False)
        axes.axhline(0, color=INK, linewidth=0.8)
    else:
        axes.set_ylim(0, high or 1)


def _wide(name: str) -> float:
    """Return the width of a name, of its widest line."""
    return max((text_width(line, REGULAR, SIZE) for line in printable(name).split("\n")), default=0)


def _cut(name: str, room: float) -> list[str]:
    """Return a name on two lines at most."""
    return clamp(wrap(name, REGULAR, SIZE, room), 2, REGULAR, SIZE, room)


def _width(axes: Axes) -> float:
    figure: Any = axes.figure
    return float(figure.get_size_inches()[0]) * 72


def _name_above(axes: Axes, count: int, sample: float = 1.6) -> None:
    handles, names = axes.get_legend_handles_labels()
    beside = count * (SIZE * sample + 26)
    whole = beside + sum(map(_wide, names))
    room = 0.9 * _width(axes) / count - 14 * sample - 12
    room = END * 3 if whole <= _width(axes) - 50 else room
    axes.legend(
        handles, [fit(name, REGULAR, SIZE, room, SIZE)[0] for name in names],
        loc="lower left", bbox_to_anchor=(0, 1.01), ncols=count, frameon=False,
        fontsize=SIZE, handlelength=sample, handleheight=1.0, borderaxespad=0, columnspacing=1.4,
    )  # fmt: skip


def _name_ends(axes: Axes, last: int, ends: Sequence[tuple[float, str, str]]) -> bool:
    """Write names at the ends of lines, unless two of them would touch.

    Returns:
        Whether they are written.
    """
    low, high = axes.get_ylim()
    levels = sorted(level for level, _, _ in ends)
    if any(above - below < 0.09 * (high - low) for below, above in pairwise(levels)):
        return False
    for level, name, colour in ends:
        axes.annotate(
            name, (last, level), (8, 0), textcoords="offset points", annotation_clip=False,
            va="center", fontsize=SIZE, fontweight="bold", color=colour,
        )  # fmt: skip
    return True


def _settle(axes: Axes, size: tuple[float, float]) -> None:
    """Give the words around the axes the room they take."""
    width, height = size
    ticks = [_tick(float(value)) for value in axes.get_yticks()]
    left = max((text_width(tick, REGULAR, SIZE) for tick in ticks), default=0) + 6
    names = [text.get_text() for text in axes.texts if text.get_fontweight() == "bold"]
    right = max((text_width(name, SEMIBOLD, SIZE) + 10 for name in names), default=0) + 2
    above = 20 if axes.get_legend() else 8
    below = 27 if any("\n" in tick.get_text() for tick in axes.get_xticklabels()) else 16
    box = (left / width, below / height, 1 - (left + right) / width, 1 - (below + above) / height)
    axes.set_position(box)
