"""The menu bar: every command of the window, and of the screen shown."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from cantine_desktop.i18n import tr
from ui.finding import Offer
from ui.frame.commands import COMMANDS, MENUS, Commands
from ui.kit.icons import icon
from ui.sections import PREFERENCES, SECTIONS, Section

_INSIDE = {"theme": "view", "scale": "view", "language": "view"}
"""Menus that stand in another menu."""

_NEED_BOOK = ("import", "counter", "export", "print", "back-up", "lock", "fold", "help")

_STEPS_SHOWN = 20


class Menus(QObject):
    """Fills the menu bar and keeps its lists fresh.

    Attributes:
        history: The last actions, to undo or redo several at once.

    Signals:
        going: A screen was chosen: its key.
        stepping: Steps to undo (negative) or redo (positive).
        opening: A book of the recent ones was chosen: its place.
    """

    going = Signal(str)
    stepping = Signal(int)
    opening = Signal(str)

    def __init__(self, bar: QMenuBar, commands: Commands) -> None:
        super().__init__(bar)
        self._bar = bar
        self._commands = commands
        self._menus = {key: QMenu(bar) for key in MENUS}
        self._recent = QMenu(bar)
        self.history = QMenu(bar)
        self._screen_actions: list[QAction] = []
        self._hidden: frozenset[str] = frozenset()
        self._name()

    def _name(self) -> None:
        self._bar.clear()
        for key, menu in self._menus.items():
            menu.clear()
            menu.setTitle(tr(MENUS[key]))
            if key not in _INSIDE:
                self._bar.addMenu(menu)

    def build(self) -> None:
        """Fill every menu in the language in use."""
        self._name()
        for command in COMMANDS:
            menu = self._menus[command.menu]
            if command.key == "-":
                menu.addSeparator()
            else:
                menu.addAction(self._commands[command.key])
        self._add_submenus()
        self._add_screens()
        self.set_screen_actions(self._screen_actions)

    def set_recent(self, books: list[str]) -> None:
        """List the books lately open."""
        self._recent.clear()
        for book in books:
            action = self._recent.addAction(book)
            action.triggered.connect(partial(self.opening.emit, book))
        self._recent.setEnabled(bool(books))

    def set_history(self, undo: list[str], redo: list[str]) -> None:
        """Name what Undo and Redo would do.

        Args:
            undo: Labels of the actions that can be taken back, latest first.
            redo: Labels of the actions that can be done again, nearest first.
        """
        for key, labels, text in (
            ("undo", undo, tr("Annuler")),
            ("redo", redo, tr("Rétablir")),
        ):
            action = self._commands[key]
            action.setEnabled(bool(labels))
            action.setText(
                tr("{verb} : {label}").format(verb=text, label=labels[0]) if labels else text
            )
        self.history.clear()
        for step, label in reversed(list(enumerate(redo[:_STEPS_SHOWN], 1))):
            self._add_step(tr("Rétablir : {label}").format(label=label), step)
        if redo:
            self.history.addSeparator()
        for step, label in enumerate(undo[:_STEPS_SHOWN], 1):
            self._add_step(tr("Annuler : {label}").format(label=label), -step)
        if not undo and not redo:
            self.history.addAction(tr("Rien à annuler pour l’instant")).setEnabled(False)

    def set_screen_actions(self, actions: list[QAction]) -> None:
        """Show what the present screen can do, at the end of the Edit menu."""
        menu = self._menus["edit"]
        for action in self._screen_actions:
            menu.removeAction(action)
        self._screen_actions = list(actions)
        menu.addActions(self._screen_actions)

    def hide_sections(self, hidden: frozenset[str]) -> None:
        """Leave out the sections that the person at work may not read."""
        self._hidden = hidden
        self.build()

    def set_usable(self, usable: bool) -> None:  # noqa: FBT001  -- mirrors setEnabled
        """Close what needs an open, unlocked book: menus, their shortcuts, some commands."""
        for key in ("edit", "go"):
            self._menus[key].menuAction().setEnabled(usable)
        for key in _NEED_BOOK:
            self._commands[key].setEnabled(usable)

    def offers(self) -> list[Offer]:
        """Return every command as the palette offers it."""
        return [
            Offer(
                f"command:{action.objectName() or action.text()}",
                _plain(action.text()),
                action.trigger,
                _plain(menu.title()),
                action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
                "caret-right",
            )
            for menu, action in self._commands_shown()
            if action.isEnabled()
        ]

    def _commands_shown(self) -> Iterator[tuple[QMenu, QAction]]:
        known = {command.key for command in COMMANDS} - {"-", "palette"}
        for menu in self._menus.values():
            for action in menu.actions():
                if action.objectName() in known or action in self._screen_actions:
                    yield menu, action

    def _add_submenus(self) -> None:
        first = self._menus["file"].actions()[1]
        self._recent.setTitle(tr("Ouvrir un fichier récent"))
        self._menus["file"].insertMenu(first, self._recent)
        self.history.setTitle(tr("Historique"))
        self.history.setIcon(icon("clock-counter-clockwise"))
        self._menus["edit"].addMenu(self.history)
        self._menus["edit"].addSeparator()
        view = self._menus["view"]
        reset = self._commands["reset-windows"]
        for key in _INSIDE:
            view.insertMenu(reset, self._menus[key])
        view.insertSeparator(reset)

    def _add_screens(self) -> None:
        menu = self._menus["go"]
        for rank, section in enumerate(SECTIONS, 1):
            if section.key not in self._hidden:
                self._add_section(menu, section, f"Ctrl+{rank}")
        menu.addSeparator()
        self._add_screen(menu, PREFERENCES, 0, "Ctrl+,")

    def _add_section(self, menu: QMenu, section: Section, keys: str) -> None:
        if len(section.screens) == 1:
            self._add_screen(menu, section, 0, keys)
            return
        inner = menu.addMenu(icon(section.icon), tr(section.title))
        for index in range(len(section.screens)):
            self._add_screen(inner, section, index, keys if index == 0 else "")

    def _add_screen(self, menu: QMenu, section: Section, index: int, keys: str) -> None:
        entry = section.screens[index]
        action = menu.addAction(tr(entry.title))
        action.triggered.connect(partial(self.going.emit, entry.key))
        if keys:
            action.setShortcut(QKeySequence(keys))

    def _add_step(self, text: str, steps: int) -> None:
        self.history.addAction(text).triggered.connect(partial(self.stepping.emit, steps))


def _plain(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
