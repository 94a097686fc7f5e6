"""One look on every system: our colours on the Fusion style, our font, one text scale.

Here and in the window's frame ``QtCore.Qt`` is spelt out where it is used: making that one
class costs 20 ms, which the first paint does without.
"""

import re
from string import Template
from typing import Any, Literal

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

import resources
from ui.kit.colours import DARK, LIGHT, Colours

Scheme = Literal["system", "light", "dark"]

SCALES = (100, 115, 130, 150, 200)
"""Text scales on offer, in percent."""

FAMILY = "Source Sans 3"
BASE_POINTS = 11.0
_BASE_PIXELS = BASE_POINTS * 96 / 72
_FIRST_FACES = ("Regular", "SemiBold")
_LATER_FACES = ("Bold", "Italic")
# Qt takes texts here, and says bytes.
_DRESSED_BY_SYSTEM: tuple[Any, ...] = ("QMenu", "QAbstractItemView", "QMessageBox")


class Theme(QObject):
    """What the application looks like now; one hangs below the application.

    Signals:
        changed: Colours or sizes are new; emitted after every widget was told.
    """

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self.scheme: Scheme = "system"
        self.scale = 100
        self._settled = False
        application.setStyle("Fusion")
        self._dark_desktop = _is_dark(application.palette())
        _load_fonts(_FIRST_FACES)

    def begin(self, scheme: Scheme, scale: int) -> None:
        """Dress the application for its first paint; ``settle`` does the rest after it."""
        self.scheme, self.scale = scheme, scale
        self._dress()

    def settle(self) -> None:
        """Follow the desktop from now on, and bring the rest of the font; once is enough."""
        if self._settled:
            return
        self._settled = True
        shown = self._colours()
        _load_fonts(_LATER_FACES)
        hints = self._application.styleHints()
        self._tell_desktop()
        hints.colorSchemeChanged.connect(self._follow)
        self._dark_desktop = hints.colorScheme() == QtCore.Qt.ColorScheme.Dark
        if self._colours() is not shown:
            self._dress()

    def use(self, scheme: Scheme, scale: int) -> None:
        """Dress the whole application; windows already open follow at once."""
        self.settle()
        self.scheme, self.scale = scheme, scale
        self._tell_desktop()
        self._dark_desktop = (
            self._application.styleHints().colorScheme() == QtCore.Qt.ColorScheme.Dark
        )
        self._dress()

    def _tell_desktop(self) -> None:
        schemes = QtCore.Qt.ColorScheme
        wanted = {"light": schemes.Light, "dark": schemes.Dark}
        self._application.styleHints().setColorScheme(wanted.get(self.scheme, schemes.Unknown))

    def _dress(self) -> None:
        chosen = self._colours()
        self._application.setFont(_font(self.scale))
        self._application.setPalette(make_palette(chosen))
        self._application.setStyleSheet(style_sheet(chosen))
        self._drop_system_fonts()
        self.changed.emit()

    def _drop_system_fonts(self) -> None:
        """Take back the small fonts that Windows and macOS give to menus, tables and messages.

        They return with the first style sheet, and when the desktop changes its look.
        """
        ours = self._application.font()
        if any(QApplication.font(kind) != ours for kind in _DRESSED_BY_SYSTEM):
            self._application.setFont(ours)

    def _colours(self) -> Colours:
        dark = self._dark_desktop if self.scheme == "system" else self.scheme == "dark"
        return DARK if dark else LIGHT

    @Slot()
    def _follow(self) -> None:
        scheme = self._application.styleHints().colorScheme()
        self._dark_desktop = scheme == QtCore.Qt.ColorScheme.Dark
        if self.scheme == "system":
            self._dress()
        else:
            self._drop_system_fonts()


def apply(application: QApplication, scheme: Scheme = "system", scale: int = 100) -> Theme:
    """Dress the application, now or again, and return its theme.

    Args:
        application: The running application.
        scheme: Colours to use; ``"system"`` follows the desktop, also when it changes later.
        scale: Size of text in percent of 11 pt; paddings and row heights follow.
    """
    theme = application.findChild(Theme) or Theme(application)
    theme.use(scheme, scale)
    return theme


def _is_dark(palette: QPalette) -> bool:
    return palette.color(QPalette.ColorRole.Window).lightness() < 128


def scaled(pixels: float) -> int:
    """Return a length of the design, in pixels at 100 %, at the text scale in use."""
    dots = QGuiApplication.primaryScreen().logicalDotsPerInch()
    return round(pixels * QGuiApplication.font().pointSizeF() * dots / 72 / _BASE_PIXELS)


def font(points: float = BASE_POINTS, *, semibold: bool = False) -> QFont:
    """Return the interface's font at a size of the design, at the text scale in use."""
    made = QFont(QGuiApplication.font())
    made.setPointSizeF(made.pointSizeF() * points / BASE_POINTS)
    if semibold:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def looks_changed(event: QtCore.QEvent) -> bool:
    """Tell whether a ``changeEvent`` says that colours or sizes are new."""
    kinds = QtCore.QEvent.Type
    return event.type() in {kinds.PaletteChange, kinds.FontChange, kinds.StyleChange}


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget a part of the design: labels ``h1 h2 kpi small muted error``,
    buttons ``primary quiet danger``, frames ``card sunk``.

    The style sheet draws it; a role may change while the widget is shown.
    """  # noqa: D205  -- the list of roles is the summary
    before = widget.property("role")
    if before == role:
        return
    widget.setProperty("role", role)
    # What was never shown is polished when it is: doing it now would be doing it twice.
    if before is None and widget.parent() is None:
        return
    repolish(widget)


def repolish(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose property changed.

    One that was never shown is polished when it is: doing it now would be doing it twice.
    """
    if widget.testAttribute(QtCore.Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def make_palette(chosen: Colours) -> QPalette:
    """Return Qt's palette for a set of colours; every role is ours, none the system's."""
    role = QPalette.ColorRole
    by_role = {
        role.Window: chosen.bg,
        role.WindowText: chosen.text,
        role.Base: chosen.surface,
        role.AlternateBase: chosen.hover,
        role.ToolTipBase: chosen.text,
        role.ToolTipText: chosen.surface,
        role.PlaceholderText: chosen.muted,
        role.Text: chosen.text,
        role.Button: chosen.surface,
        role.ButtonText: chosen.text,
        role.BrightText: chosen.bad,
        role.Light: chosen.surface,
        role.Midlight: chosen.hover,
        role.Mid: chosen.border,
        role.Dark: chosen.control_border,
        role.Shadow: chosen.border,
        role.Highlight: chosen.selection,
        role.HighlightedText: chosen.text,
        role.Accent: chosen.primary,
        role.Link: chosen.primary,
        role.LinkVisited: chosen.primary,
    }
    palette = QPalette()
    for each, colour in by_role.items():
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(chosen.disabled))
    return palette


def style_sheet(chosen: Colours) -> str:
    """Fill in the style sheet: ``$name`` is a colour, ``8u`` is 8 pixels and ``9t`` 9 points
    at the text scale in use.
    """  # noqa: D205  -- the two notations belong together
    points = QGuiApplication.font().pointSizeF() / BASE_POINTS
    with resources.path("styles/app.qss") as file:
        # Qt reads the drawings when it paints; resources are always unpacked as real files.
        drawings = file.parent.as_posix()
    values = vars(chosen) | {"drawings": drawings, "tint": "dark" if chosen is DARK else "light"}
    text = Template(resources.text("styles/app.qss")).substitute(values)
    text = re.sub(r"(\d+)u\b", _pixels, text)
    return re.sub(r"([\d.]+)t\b", lambda found: f"{float(found[1]) * points:.2f}pt", text)


def _pixels(found: re.Match[str]) -> str:
    return f"{scaled(int(found[1]))}px"


def _font(scale: int) -> QFont:
    # A point is 1/96 inch high on macOS, where Qt counts 72 to the inch.
    screen = QGuiApplication.primaryScreen()
    stretch = 96 / 72 if screen.logicalDotsPerInch() < 80 else 1.0
    made = QFont(FAMILY)
    made.setPointSizeF(BASE_POINTS * stretch * scale / 100)
    return made


def _load_fonts(faces: tuple[str, ...]) -> None:
    for face in faces:
        with resources.path(f"fonts/SourceSans3-{face}.ttf") as file:
            QFontDatabase.addApplicationFontFromData(file.read_bytes())
