"""The window: the frame around every screen."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.settings import Settings
from ui.frame.banner import Banner
from ui.frame.commands import Commands
from ui.frame.header import MARGIN, Header
from ui.frame.menus import Menus
from ui.frame.pages import Pages
from ui.frame.place import put_back
from ui.frame.sidebar import WIDTH, Sidebar
from ui.kit.enter import EnterKey
from ui.kit.theme import looks_changed, scaled, set_role
from ui.sections import PREFERENCES, SECTIONS, section_of

NAME = "Cantine"


class Page(NamedTuple):
    """A screen as the frame shows it.

    Attributes:
        key: Its key in ``ui.sections``.
        widget: What fills the page.
        title: Large words of the header.
        subtitle: Small words under them; may be empty.
        filters: What chooses its period; none for nothing.
        primary: The action of the filled button; none for no button.
        printable: Whether Ctrl+P has something to print.
    """

    key: str
    widget: QWidget
    title: str
    subtitle: str = ""
    filters: QWidget | None = None
    primary: QAction | None = None
    printable: bool = False


class Window(QMainWindow):
    """Sidebar, header and the screen; knows nothing of what a book is.

    Attributes:
        commands: What the window can do, by key.
        sidebar: The sections.
        header: Title, search field, main action.
        menus: The menu bar.
        banner: The line above everything, hidden unless it has something to say.
        room: Where the screens stand.
        may_close: Asked before closing; says no to keep the window.

    Signals:
        painted: The frame was painted for the first time.
        going: A screen was chosen: its key.
        dropped: Files were dropped anywhere on the window: their paths.
        closing: The window closes for good.
    """

    painted = Signal()
    going = Signal(str)
    dropped = Signal(list)
    closing = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._enter = EnterKey()
        self._settings = settings
        self._painted = False
        self._canteen = ""
        self._settled = False
        self.may_close: Callable[[], bool] = _always
        self.commands = Commands(self)
        self.sidebar = Sidebar()
        self.menus = Menus(self.menuBar(), self.commands)
        self.header = Header(self.commands, self.menus.history)
        self.banner = Banner()
        self._pages = Pages()
        self._stack = self._pages.stack
        self.room: QWidget = self._stack
        self._waiting = QLabel()
        self._foot = QVBoxLayout()
        self._body = QWidget()
        self._full = QWidget()
        self._full_column = QVBoxLayout(self._full)
        self._rooms = QStackedWidget()
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.set_canteen(settings.last_canteen)
        put_back(self, settings.geometry)

    def retranslate(self) -> None:
        """Write every text of the frame in the language in use."""
        self.commands.retranslate()
        self.menus.build()
        self.sidebar.retranslate()
        self.header.retranslate()
        self.banner.retranslate()

    def set_canteen(self, name: str) -> None:
        """Name the canteen in the title bar and in the sidebar."""
        self._canteen = name
        self.sidebar.set_canteen(name or NAME)
        self.setWindowTitle(f"{name} — {NAME}" if name else NAME)

    def show_page(self, page: Page) -> None:
        """Show a screen in the frame."""
        section = section_of(page.key)
        self.sidebar.set_current(section.key)
        if self._stack.indexOf(page.widget) < 0:
            self._stack.addWidget(page.widget)
        self.header.set_tabs(section.screens, page.key)
        self.header.set_filters(page.filters, page.widget)
        self.header.set_primary(page.primary)
        self.header.set_printable(page.printable)
        self.commands["print"].setEnabled(page.printable)
        self.header.set_titles(page.title, page.subtitle)
        self.menus.set_screen_actions(page.widget.actions())
        self._stack.setCurrentWidget(page.widget)
        if not self.header.tabs.hasFocus() and self.is_framed:
            action = self.header.primary if _begins_at_action(page) else None
            first = action or _first_stop(page.widget)
            first.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)

    def forget_page(self, widget: QWidget) -> None:
        """Take a screen out of the frame and destroy it."""
        self.header.set_filters(None)
        self.header.set_primary(None)
        self.menus.set_screen_actions([])
        self._stack.removeWidget(widget)
        widget.deleteLater()

    def set_foot(self, widget: QWidget | None) -> None:
        """Put something under the screens, such as the progress of work; the old one goes."""
        while (item := self._foot.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if widget is not None:
            self._foot.addWidget(widget)

    def show_waiting(self, text: str) -> None:
        """Show the frame, and a sentence instead of a screen."""
        self._waiting.setAlignment(QtCore.Qt.AlignmentFlag.AlignCenter)
        self._waiting.setText(text)
        self.header.set_titles("", "")
        self._stack.setCurrentWidget(self._waiting)
        self.show_frame()

    def show_full(
        self, widget: QWidget, focus: QWidget | None = None, *, alone: bool = False
    ) -> None:
        """Show something instead of the whole frame: welcome, lock, counter.

        Args:
            widget: What fills the window.
            focus: What has the keyboard in it first.
            alone: Nothing else is in reach: no menu, no command, no file dropped.
        """
        self._stand_alone(is_alone=alone)
        while (item := self._full_column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._full_column.addWidget(widget)
        self._rooms.setCurrentWidget(self._full)
        self.menus.set_usable(False)
        (focus or _first_stop(widget)).setFocus(QtCore.Qt.FocusReason.OtherFocusReason)

    def _stand_alone(self, *, is_alone: bool) -> None:
        if is_alone != self.menuBar().isHidden():
            self.menuBar().setHidden(is_alone)
            self.commands.rest(resting=is_alone)
            self.banner.setEnabled(not is_alone)
            self.setAcceptDrops(not is_alone)

    def show_frame(self) -> None:
        """Come back from what ``show_full`` showed."""
        self._stand_alone(is_alone=False)
        self.menus.set_usable(True)
        self._rooms.setCurrentWidget(self._body)

    def settle(self) -> None:
        """Finish what the first paint did not need: menus, keys; once is enough."""
        if self._settled:
            return
        self._settled = True
        self.commands.settle()
        self.menus.build()
        self.menus.set_history([], [])
        self.sidebar.settle()
        self.header.settle()
        self._pages.settle()

    @property
    def is_framed(self) -> bool:
        """Whether the frame is shown, and not the welcome or the lock."""
        return self._rooms.currentWidget() is self._body

    def regions(self) -> list[QWidget]:
        """Return what F6 walks through."""
        header = self.header
        every = [self.sidebar, header.search, header.tabs, self._stack.currentWidget()]
        return [region for region in every if region is not None and region.isVisible()]

    @override
    def event(self, event: QEvent) -> bool:
        return self._enter.takes(event) or super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self._remember_place()
        self.closing.emit()
        event.accept()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_if_needed()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._painted and looks_changed(event):
            self._fold_if_needed()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def reset_place(self) -> None:
        """Give the window its usual size, in the middle of the main screen."""
        self.showNormal()
        put_back(self, [])

    def _remember_place(self) -> None:
        box = self.normalGeometry()
        self._settings.geometry = [box.x(), box.y(), box.width(), box.height()]
        self._settings.maximized = self.isMaximized()

    def _fold_if_needed(self) -> None:
        narrow = scaled(WIDTH) * 3 > self.width()
        folded = self._settings.sidebar_folded or narrow
        self.sidebar.set_folded(folded)
        self.commands["fold"].setChecked(folded)

    def _toggle_fold(self) -> None:
        self._settings.sidebar_folded = not self.sidebar.folded
        self._fold_if_needed()

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self._go_to_section)
        self.sidebar.fold_asked.connect(self._toggle_fold)
        self.header.chosen.connect(self.going)
        self.menus.going.connect(self.going)
        commands = self.commands
        commands["fold"].triggered.connect(self._toggle_fold)
        commands["palette"].triggered.connect(self.header.search.open_palette)
        commands["next-region"].triggered.connect(self._to_next_region)
        commands["previous-region"].triggered.connect(self._to_previous_region)
        commands["full-screen"].triggered.connect(self._toggle_full_screen)
        commands["reset-windows"].triggered.connect(self.reset_place)
        commands["quit"].triggered.connect(self.close)

    def _lay_out(self) -> None:
        set_role(self._waiting, "muted")
        self._stack.addWidget(self._waiting)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.header)
        room = QVBoxLayout()
        room.setContentsMargins(scaled(MARGIN), scaled(6), scaled(MARGIN), scaled(20))
        room.addWidget(self._pages)
        right.addLayout(room, 1)
        right.addLayout(self._foot)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self._full_column.setContentsMargins(0, 0, 0, 0)
        self._rooms.addWidget(self._body)
        self._rooms.addWidget(self._full)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._rooms, 1)
        self.setCentralWidget(whole)

    def _go_to_section(self, key: str) -> None:
        entries = {section.key: section.screens for section in (*SECTIONS, PREFERENCES)}
        self.going.emit(entries[key][0].key)

    def _to_next_region(self) -> None:
        self._walk(1)

    def _to_previous_region(self) -> None:
        self._walk(-1)

    def _walk(self, step: int) -> None:
        regions = self.regions()
        focus = QApplication.focusWidget()
        here = next((n for n, each in enumerate(regions) if _holds(each, focus)), -step)
        region = regions[(here + step) % len(regions)]
        target = (
            region if region.focusPolicy() != QtCore.Qt.FocusPolicy.NoFocus else _first_stop(region)
        )
        target.setFocus(QtCore.Qt.FocusReason.TabFocusReason)

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ QtCore.Qt.WindowState.WindowFullScreen)


def _holds(region: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (region is widget or region.isAncestorOf(widget))


def _first_stop(region: QWidget) -> QWidget:
    """Return where the keyboard enters a region: what is chosen, its proxy, or Tab's first stop.

    Qt's chain of focus is not walked: PySide takes the widget after another for its
    child, and forgets it, wherever it is, when the other one goes.
    """
    stops = [
        widget
        for widget in region.findChildren(QWidget)
        if widget.focusPolicy() & QtCore.Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(region)
        and widget.isEnabled()
    ]
    chosen = [stop for stop in stops if isinstance(stop, QPushButton) and stop.isChecked()]
    asked = getattr(region, "first_stop", None) or region.focusProxy()  # where its work begins
    wanted = [asked] if isinstance(asked, QWidget) and asked.isVisible() else []
    return next(iter([*chosen, *wanted, *stops]), region)


def _begins_at_action(page: Page) -> bool:
    asked = getattr(page.widget, "begins_at_action", False)
    return bool(asked) and page.primary is not None and page.primary.isEnabled()


def _always() -> bool:
    return True
