"""Things said to the person: notices in the page, toasts that pass, words for screen readers."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.i18n import tr
from cantine_desktop.values.text import NBSP
from ui.kit import icons
from ui.kit.colours import colours
from ui.kit.theme import looks_changed, scaled, set_role

Kind = Literal["ok", "info", "warn", "bad"]

_ICONS = {
    "ok": "check-circle-fill",
    "info": "info-fill",
    "warn": "warning-fill",
    "bad": "warning-octagon-fill",
}
KEPT_CLEAR = "toasts_above"
"""Property of what toasts must not cover: they stand above it where there is room."""

_AT_ONCE = 3
"""Toasts shown together; the oldest leaves for the next."""


def kind_word(kind: Kind) -> str:
    """Return the word for a kind of notice, in the language in use."""
    words = {"ok": tr("Fait"), "info": tr("À savoir"), "warn": tr("Attention"), "bad": tr("Erreur")}
    return words[kind]


def announce(widget: QWidget, text: str, *, at_once: bool = False) -> None:
    """Have screen readers say a text, after what they are saying or at once."""
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if at_once else politeness.Polite)
    QAccessible.updateAccessibility(event)


def chip(text: str, kind: Kind) -> QLabel:
    """Return a short word on a coloured ground: ``conforme``, ``2 écarts``."""
    label = QLabel(text)
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    set_role(label, f"chip-{kind}")
    return label


class IconLabel(QLabel):
    """An icon beside a text; it follows the theme."""

    def __init__(
        self, name: str = "info", colour: str = "text", pixels: int = 20, height: int = 0
    ) -> None:
        super().__init__()
        self._name, self._colour, self._pixels = name, colour, pixels
        self._height = height or pixels
        self._drawn: tuple[object, ...] = ()
        self._draw()

    def show_icon(self, name: str, colour: str) -> None:
        """Show another icon."""
        self._name, self._colour = name, colour
        self._draw()

    def _draw(self) -> None:
        side, tall, ratio = scaled(self._pixels), scaled(self._height), self.devicePixelRatioF()
        drawn = (self._name, self._colour, colours(), side, tall, ratio)
        if drawn == self._drawn:  # Qt says so again each time a widget around it moves in
            return
        self._drawn = drawn
        self.setFixedSize(side, tall)
        self.setPixmap(icons.pixmap(self._name, self._colour, side, ratio))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if looks_changed(event) and hasattr(self, "_name"):
            self._draw()


class Notice(QFrame):
    """A sentence in the page, with its icon and perhaps one button; hidden while it is silent.

    Errors say what happened, what is safe and what to do.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(height=32)  # as high as a button, to stand level with it
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton()
        self._on_click: Callable[[], object] | None = None
        self._button.clicked.connect(self._click)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 4)
        layout.setSpacing(12)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """What is said now; empty when silent."""
        return self._label.text()

    @property
    def button(self) -> QPushButton | None:
        """The button beside the sentence, where there is one."""
        return self._button if self.text and self._button.text() else None

    def tell(
        self,
        kind: Kind,
        text: str,
        button: str = "",
        on_click: Callable[[], object] | None = None,
    ) -> None:
        """Say a sentence, also to screen readers; it stays until another or ``clear``."""
        set_role(self, f"notice-{kind}")
        self._icon.show_icon(_ICONS[kind], kind)
        self._label.setText(text)
        self._label.setAccessibleName(f"{kind_word(kind)}{NBSP}: {text}")
        if not button:
            self._let_go()
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._on_click = on_click
        self.show()
        announce(self, f"{kind_word(kind)}{NBSP}: {text}", at_once=kind == "bad")

    @Slot()
    def clear(self) -> None:
        """Fall silent."""
        self._let_go()
        self._label.clear()
        self.hide()

    def _let_go(self) -> None:
        """Hand the keyboard on before the button goes, even while a dialogue is closing."""
        if self.window().focusWidget() is self._button:
            self.focusNextChild()

    @Slot()
    def _click(self) -> None:
        if self._on_click is not None:
            self._on_click()


class Toast(QFrame):
    """A sentence that leaves by itself; the pointer or the keyboard on it makes it stay."""

    def __init__(
        self, kind: Kind, text: str, action: str, on_action: Callable[[], object] | None
    ) -> None:
        super().__init__()
        set_role(self, "toast")
        self._on_action = on_action
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        self._label = QLabel(text)
        self._label.setWordWrap(True)
        self._label.setMinimumWidth(scaled(200))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(IconLabel(_ICONS[kind], kind))
        layout.addWidget(self._label, 1)
        if action:
            button = QPushButton(action)
            button.clicked.connect(self._act)
            layout.addWidget(button)
        close = QToolButton()
        close.setIcon(icons.icon("x"))
        close.setAccessibleName(tr("Fermer le message"))
        close.setToolTip(tr("Fermer le message"))
        set_role(close, "quiet")
        close.clicked.connect(self.leave)
        layout.addWidget(close)

    @property
    def text(self) -> str:
        """The sentence."""
        return self._label.text()

    def stay(self, milliseconds: int) -> None:
        """Leave after a time, counted while nobody is on it."""
        self._timer.start(milliseconds)

    @Slot()
    def leave(self) -> None:
        """Go away, unless the pointer or the keyboard is on it."""
        if self.sender() is self._timer and (self.underMouse() or self._has_keyboard()):
            self._timer.start()
            return
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def _has_keyboard(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    @Slot()
    def _act(self) -> None:
        if self._on_action is not None:
            self._on_action()
        self.leave()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        if self._timer.isActive():
            self._timer.start()


class Toasts(QWidget):
    """The pile of toasts in the lower right corner of a window, newest at the bottom."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        window.installEventFilter(self)
        self.hide()

    def tell(
        self,
        text: str,
        *,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        kind: Kind = "ok",
        seconds: int = 10,
    ) -> Toast:
        """Say what was just done, with a way back: ``action=tr("Annuler")``.

        The same must be found elsewhere, for it leaves after ``seconds``.
        """
        toasts = self.toasts
        if len(toasts) >= _AT_ONCE:
            toasts[0].leave()
        toast = Toast(kind, text, action, on_action)
        toast.destroyed.connect(self._place_later)
        self._layout.addWidget(toast)
        toast.show()  # a layout counts only what is shown
        toast.stay(seconds * 1000)
        self.show()
        self._place()
        announce(self._window, text)
        return toast

    @property
    def toasts(self) -> list[Toast]:
        """Those shown now, oldest first."""
        return self.findChildren(Toast, options=Qt.FindChildOption.FindDirectChildrenOnly)

    @Slot()
    def clear(self) -> None:
        """Send all away."""
        for toast in self.toasts:
            toast.leave()

    @Slot()
    def _place_later(self) -> None:
        QTimer.singleShot(0, self, self._place)

    @Slot()
    def _place(self) -> None:
        if not self.toasts:
            self.hide()
            return
        margin = scaled(24)
        room = self._window.rect()
        width = min(scaled(560), room.width() - 2 * margin)
        self.setFixedWidth(width)
        self._layout.activate()
        height = self._layout.heightForWidth(width) if self._layout.hasHeightForWidth() else -1
        height = max(height, self._layout.sizeHint().height())
        self.resize(width, height)
        left = room.width() - width - margin
        self.move(QPoint(left, self._floor(room.height(), left) - height - margin))
        self.raise_()

    def _floor(self, bottom: int, left: int) -> int:
        """Return how low toasts may stand: above what must stay clear, where there is room."""
        for frame in self._window.findChildren(QFrame):
            if not (frame.property(KEPT_CLEAR) and frame.isVisible()):
                continue
            corner = frame.mapTo(self._window, QPoint(0, 0))
            reaches = corner.x() + frame.width() > left
            if reaches and bottom // 2 < corner.y() < bottom:
                bottom = corner.y()
        return bottom

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._place()
        return False
