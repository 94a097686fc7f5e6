"""The top of every screen: its title, its period, the search field, one main action."""

from PySide6 import QtCore
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.i18n import tr
from ui.frame.commands import Commands
from ui.kit.elided import ElidedLabel
from ui.kit.icons import icon
from ui.kit.theme import scaled, set_role
from ui.palette import SearchField
from ui.sections import ScreenEntry

MARGIN = 28
"""Room left and right of what a page shows, in pixels at 100 %."""


class Header(QFrame):
    """What stands above a screen.

    Attributes:
        search: The field that is the palette.
        back: The way back to the page that sent here, where there is one.

    Signals:
        chosen: Another screen of the section was chosen: its key.
    """

    chosen = Signal(str)

    def __init__(self, commands: Commands, history: QMenu) -> None:
        super().__init__()
        self._title = ElidedLabel()
        self._subtitle = ElidedLabel()
        self.search = SearchField()
        self.primary = QPushButton()
        self.back = _icon_button("caret-left")
        self._sender = ""
        self._action: QAction | None = None
        self._history = _icon_button("clock-counter-clockwise")
        self._history.setMenu(history)
        set_role(self._history, "menu-icon")
        self._history.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._print = _icon_button("printer")
        self._print.clicked.connect(commands["print"].trigger)
        self._print.setEnabled(False)
        self.tabs = QTabBar()
        self._keys: list[str] = []
        self._beyond = False
        self._slot = QHBoxLayout()
        self._own_row = QHBoxLayout()
        self._filters: QWidget | None = None
        self._owner: QWidget | None = None
        self._second_row = QWidget()
        self._lay_out()
        self.primary.clicked.connect(self._run_primary)
        self.back.clicked.connect(self._go_back)
        self.tabs.currentChanged.connect(self._choose)
        self.tabs.tabBarClicked.connect(self._come_back)
        self.retranslate()

    def settle(self) -> None:
        """Do what the first paint does not show."""
        for label in (self._title, self._subtitle):
            label.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        for button in (self.back, self._history, self._print):
            button.setFocusPolicy(QtCore.Qt.FocusPolicy.StrongFocus)

    def retranslate(self) -> None:
        """Write every text in the language in use."""
        self.setAccessibleName(tr("En-tête"))
        self.search.retranslate()
        self.tabs.setAccessibleName(tr("Écrans de la section"))
        names = tr("Défiler vers la gauche"), tr("Défiler vers la droite")
        for arrow, said in zip(self.tabs.findChildren(QToolButton), names, strict=False):
            arrow.setAccessibleName(said)
        for button, name, keys in (
            (self._history, tr("Historique : annuler, rétablir"), "Ctrl+Z, Ctrl+Y"),
            (self._print, tr("Imprimer cet écran"), "Ctrl+P"),
        ):
            button.setAccessibleName(name)
            button.setToolTip(f"{name} ({keys})")

    def set_titles(self, title: str, subtitle: str) -> None:
        """Write the screen's title, and small words under it or nothing."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self._fit_title()

    def set_back(self, entry: ScreenEntry | None) -> None:
        """Show the way back to the page that sent here, or none."""
        self._sender = entry.key if entry else ""
        if entry is not None:
            title = tr(entry.title)
            self.back.setText(title)
            self.back.setAccessibleName(tr("Revenir à « {screen} »").format(screen=title))
            self.back.setToolTip(self.back.accessibleName())
        self.back.setVisible(entry is not None)
        self._fit_title()

    def set_tabs(self, entries: tuple[ScreenEntry, ...], current: str) -> None:
        """Show the screens of the section that have a tab, unless there is only one."""
        shown = [entry for entry in entries if not entry.within]
        here = next(entry.within or entry.key for entry in entries if entry.key == current)
        self._beyond = here != current
        self.tabs.blockSignals(True)
        self._keys = [entry.key for entry in shown]
        for _ in range(self.tabs.count()):
            self.tabs.removeTab(0)
        for entry in shown:
            self.tabs.addTab(tr(entry.title))
        self.tabs.setCurrentIndex(self._keys.index(here))
        self.tabs.blockSignals(False)
        self.tabs.setVisible(len(shown) > 1)
        self._show_second_row()

    def set_filters(self, filters: QWidget | None, owner: QWidget | None = None) -> None:
        """Put what chooses the period on the right of the tabs; the old one goes home.

        Args:
            filters: The widget; none for nothing.
            owner: The screen it goes back to.
        """
        if self._filters is not None and self._filters is not filters:
            for row in (self._slot, self._own_row):
                row.removeWidget(self._filters)
            self._filters.hide()
            self._filters.setParent(self._owner)
        self._filters, self._owner = filters, owner
        if filters is not None:
            self._place_filters()
            filters.show()
        self._show_second_row()

    def set_primary(self, action: QAction | None) -> None:
        """Show the screen's main action as the filled button, or no button."""
        if self._action is not None:
            self._action.changed.disconnect(self._show_primary)
        self._action = action
        if action is not None:
            action.changed.connect(self._show_primary)
        self._show_primary()

    def set_printable(self, printable: bool) -> None:  # noqa: FBT001  -- mirrors setEnabled
        """Tell whether the screen has a document."""
        self._print.setEnabled(printable)

    def _show_primary(self) -> None:
        self.primary.setVisible(self._action is not None)
        if self._action is not None:
            self.primary.setText(self._action.text())
            self.primary.setEnabled(self._action.isEnabled())
            self.primary.setToolTip(self._action.toolTip())
        self._fit_title()

    def _run_primary(self) -> None:
        if self._action is not None:
            self._action.trigger()

    def _go_back(self) -> None:
        self.chosen.emit(self._sender)

    def _choose(self, index: int) -> None:
        self.chosen.emit(self._keys[index])

    def _come_back(self, index: int) -> None:
        """Go to the screen of the tab shown from one that is reached through it."""
        if self._beyond and index == self.tabs.currentIndex():
            self.chosen.emit(self._keys[index])

    def _show_second_row(self) -> None:
        self._second_row.setVisible(self._filters is not None or len(self._keys) > 1)
        self._place_filters()

    def _place_filters(self) -> None:
        """Put the filters beside the tabs, or on their own row when both do not fit."""
        if self._filters is None:
            return
        room = self.width() - 2 * scaled(MARGIN)
        wanted = self.tabs.sizeHint().width() + self._filters.sizeHint().width() + scaled(16)
        beside = len(self._keys) < 2 or wanted <= room
        row, other = (self._slot, self._own_row) if beside else (self._own_row, self._slot)
        if row.indexOf(self._filters) < 0:
            other.removeWidget(self._filters)
            row.insertWidget(0, self._filters)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_title()
        self._place_filters()

    def _fit_title(self) -> None:
        """Have the search field give way to the title."""
        every = (self.back, self.primary, self._history, self._print)
        buttons = [each for each in every if each.isVisible()]
        taken = sum(each.sizeHint().width() + scaled(8) for each in buttons)
        room = self.width() - 2 * scaled(MARGIN) - taken - self._title.sizeHint().width()
        self.search.use_width(room - scaled(16))

    def _lay_out(self) -> None:
        set_role(self._title, "h1")
        set_role(self._subtitle, "muted")
        set_role(self.primary, "primary")
        self._subtitle.hide()
        self.primary.hide()
        self.back.setToolButtonStyle(QtCore.Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.back.hide()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        first = QHBoxLayout()
        first.setSpacing(scaled(8))
        first.addWidget(self._title, 1)
        tools = QHBoxLayout()
        tools.setSpacing(scaled(8))
        for widget in (self.back, self.search, self.primary, self._history, self._print):
            tools.addWidget(widget)
        at_top = QVBoxLayout()
        at_top.addLayout(tools)
        at_top.addStretch()
        first.addLayout(at_top)
        second = QHBoxLayout(self._second_row)
        second.setContentsMargins(0, 0, 0, 0)
        second.addWidget(self.tabs, 1)
        second.addLayout(self._slot)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(MARGIN), scaled(18), scaled(MARGIN), scaled(6))
        column.setSpacing(scaled(8))
        column.addLayout(first)
        column.addWidget(self._subtitle)
        column.addWidget(self._second_row)
        self._own_row.addStretch()
        column.addLayout(self._own_row)


def _icon_button(name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name))
    button.setIconSize(QSize(scaled(18), scaled(18)))
    return button
