"""Icons that take the colours of the theme, also when it changes while they are shown.

The drawings are Phosphor's regular and, for states, fill ones (MIT licence, in
``resources/icons``).
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPixmap,
    QPixmapCache,
)
from typing_extensions import override

import resources
from ui.kit.colours import Colours, colours


def icon(name: str, colour: str = "text") -> QIcon:
    """Return an icon by its file name, ``"printer"``, in a colour of the theme.

    Args:
        name: Name of a drawing in ``resources/icons``.
        colour: Attribute of :class:`~ui.kit.colours.Colours`: ``"text"``, ``"muted"``,
            ``"on_primary"``, ``"bad"``…

    Raises:
        FileNotFoundError: No such drawing.
    """
    _drawing(name)
    return QIcon(_Engine(name, colour))


def pixmap(name: str, colour: str, pixels: int, ratio: float = 1.0) -> QPixmap:
    """Draw an icon now, ``pixels`` wide and high on a screen of that pixel ratio."""
    value = _value(colours(), colour)
    key = f"cantine {name} {value} {pixels} {ratio}"
    made = QPixmap()
    if not QPixmapCache.find(key, made):
        made = _render(name, value, pixels, ratio)
        QPixmapCache.insert(key, made)
    return made


def draw(painter: QPainter, box: QRectF, name: str, colour: str) -> None:
    """Draw an icon in a square box, in a colour of the theme."""
    # The painter's own device says the same, but asking it makes Qt's 84 enumerations.
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    made = pixmap(name, colour, round(box.width()), ratio)
    painter.drawPixmap(box.topLeft(), made)


class _Engine(QIconEngine):
    """Draws at the size and in the colours of the moment it is asked."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour = "disabled" if mode == QIcon.Mode.Disabled else self._colour
        side = min(rect.width(), rect.height())
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(rect).center())
        draw(painter, box, self._name, colour)

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(QColor(0, 0, 0, 0))
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    @override
    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour)

    @override
    def key(self) -> str:
        return "cantine"


def _value(chosen: Colours, colour: str) -> str:
    return str(getattr(chosen, colour))


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    return resources.text(f"icons/{name}.svg")


def _render(name: str, colour: str, pixels: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415  -- loaded with the first icon

    text = _drawing(name).replace("currentColor", colour)
    made = QPixmap(QSize(pixels, pixels) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(QColor(0, 0, 0, 0))
    painter = QPainter(made)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return made
