"""The sidebar: the canteen's name, the sections, what is saved."""

from functools import partial

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.i18n import tr, trn
from ui.kit.elided import ElidedLabel
from ui.kit.icons import icon
from ui.kit.theme import scaled, set_role
from ui.sections import PREFERENCES, SECTIONS, Section

WIDTH = 232
FOLDED_WIDTH = 56
ROW = 40
"""Height of a section, in pixels at 100 %, where there is room for all."""
_GAP = "\u2002"
"""Between the icon and the words: Qt's own is 4 pixels."""


class NavButton(QPushButton):
    """A section of the sidebar, with the number of things to do there.

    Signals:
        reached: The keyboard came here.
    """

    reached = Signal()

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.section = section
        self._folded = False
        self._shortcut = ""
        self._badge: QLabel | None = None
        self._to_do = 0
        self.setCheckable(True)
        self.setIcon(icon(section.icon))
        set_role(self, "nav")

    def name(self, shortcut: str) -> None:
        """Write the section's title in the language in use."""
        self._shortcut = shortcut
        self._write()

    def set_to_do(self, count: int) -> None:
        """Show how many things wait there; nothing for none."""
        self._to_do = count
        self._write()

    def fold(self, folded: bool) -> None:  # noqa: FBT001  -- mirrors setVisible
        """Show the icon alone, or the icon and the title."""
        self._folded = folded
        set_role(self, "nav-folded" if folded else "nav")
        self._write()

    @override
    def focusInEvent(self, arg__1: QFocusEvent) -> None:
        super().focusInEvent(arg__1)
        self.reached.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_badge()

    def place_badge(self) -> None:
        """Keep the number at the end of the button, or a dot on the corner of its icon."""
        if self._badge is None:
            return
        self._badge.adjustSize()
        if self._folded:
            self._badge.move(self.width() // 2 + scaled(4), self.height() // 2 - scaled(12))
            return
        top = (self.height() - self._badge.height()) // 2
        self._badge.move(self.width() - self._badge.width() - scaled(10), top)

    def _write(self) -> None:
        title = tr(self.section.title)
        spoken = title
        if self._to_do:
            spoken = f"{title}, {trn('{n} chose à faire', '{n} choses à faire', self._to_do)}"
        self.setText("" if self._folded else f"{_GAP}{title}")
        self.setAccessibleName(spoken)
        self.setToolTip(f"{spoken} ({self._shortcut})" if self._folded else self._shortcut)
        if self._to_do or self._badge is not None:
            self._write_badge()

    def _write_badge(self) -> None:
        if self._badge is None:
            self._badge = QLabel(self)
            self._badge.setAttribute(QtCore.Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._badge.setText("" if self._folded else str(self._to_do))
        set_role(self._badge, "badge-dot" if self._folded else "badge")
        self._badge.setVisible(bool(self._to_do))
        self.place_badge()


class Sidebar(QFrame):
    """The way between sections.

    Signals:
        chosen: A section was chosen: its key.
        fold_asked: The person folds or unfolds the sidebar.
    """

    chosen = Signal(str)
    fold_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "sidebar")
        self.folded = False
        self._canteen = QLabel()
        self._canteen.setWordWrap(True)
        set_role(self._canteen, "h2")
        self._saved = ElidedLabel()
        self._backed_up = ElidedLabel()
        self._fold = QPushButton()
        set_role(self._fold, "nav")
        self._fold.clicked.connect(self.fold_asked)
        self._group = QButtonGroup(self)
        self._list = QScrollArea()
        self._head, self._foot = QVBoxLayout(), QVBoxLayout()
        self._is_tight = False
        self.buttons = {section.key: self._add(section) for section in (*SECTIONS, PREFERENCES)}
        self._lay_out()
        self.retranslate()

    def settle(self) -> None:
        """Do what the first paint does not show."""
        self._canteen.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        for label in (self._saved, self._backed_up):
            label.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        self._list.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def retranslate(self) -> None:
        """Write every text in the language in use."""
        self.setAccessibleName(tr("Sections"))
        for rank, section in enumerate(SECTIONS, 1):
            self.buttons[section.key].name(f"Ctrl+{rank}")
        self.buttons["preferences"].name(tr("Ctrl+virgule"))
        self.set_folded(self.folded)

    def set_canteen(self, name: str) -> None:
        """Show the canteen's name."""
        self._canteen.setText(name)

    def set_current(self, section: str) -> None:
        """Show where the person is."""
        self.buttons[section].setChecked(True)
        self._keep_in_view()

    def set_to_do(self, counts: dict[str, int]) -> None:
        """Show how many things wait in each section, by key."""
        for key, button in self.buttons.items():
            button.set_to_do(counts.get(key, 0))

    def set_saved(self, text: str, role: str = "small") -> None:
        """Tell when the last change was kept; role ``"error"`` when none can be kept now."""
        self._saved.setText(text)
        set_role(self._saved, role)

    def set_backed_up(self, text: str, role: str = "small") -> None:
        """Tell when the last backup was made; role ``"error"`` when it is too old."""
        self._backed_up.setText(text)
        set_role(self._backed_up, role)

    def hide_sections(self, hidden: frozenset[str]) -> None:
        """Leave out the sections that the person at work may not read."""
        for key, button in self.buttons.items():
            button.setHidden(key in hidden)

    def set_folded(self, folded: bool) -> None:  # noqa: FBT001  -- mirrors setVisible
        """Show icons alone, or icons and words."""
        self.folded = folded
        self.setFixedWidth(scaled(FOLDED_WIDTH if folded else WIDTH))
        for button in self.buttons.values():
            button.fold(folded)
        text = tr("Déplier la barre") if folded else tr("Replier la barre")
        self._fold.setText("" if folded else f"{_GAP}{text}")
        self._fold.setAccessibleName(text)
        self._fold.setToolTip(f"{text} (Ctrl+B)")
        self._fold.setIcon(icon("caret-double-right" if folded else "caret-double-left", "muted"))
        set_role(self._fold, "nav-folded" if folded else "nav")
        for label in (self._canteen, self._saved, self._backed_up):
            label.setHidden(folded)

    def _add(self, section: Section) -> NavButton:
        button = NavButton(section)
        self._group.addButton(button)
        button.clicked.connect(partial(self.chosen.emit, section.key))
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(8), scaled(14), scaled(8), scaled(12))
        column.setSpacing(0)
        self._head.setContentsMargins(scaled(8), 0, scaled(8), scaled(10))
        self._head.addWidget(self._canteen)
        column.addLayout(self._head)
        column.addWidget(self._sections(), 1)
        column.addWidget(self.buttons["preferences"])
        column.addWidget(self._fold)
        self._foot.setContentsMargins(scaled(8), scaled(8), scaled(8), 0)
        self._foot.setSpacing(0)
        for label in (self._saved, self._backed_up):
            set_role(label, "small")
            self._foot.addWidget(label)
        column.addLayout(self._foot)
        first: QWidget = self.buttons[SECTIONS[0].key]
        self.setFocusProxy(first)

    def _sections(self) -> QScrollArea:
        """Return the sections, which scroll where the window is too low for them."""
        inside = QWidget()
        set_role(inside, "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for section in SECTIONS:
            button = self.buttons[section.key]
            button.reached.connect(self._follow_keyboard)
            column.addWidget(button)
        column.addStretch()
        self._list.setWidget(inside)
        self._list.setWidgetResizable(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        return self._list

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tighten()
        self._keep_in_view()

    def _tighten(self) -> None:
        """Draw the sections closer together where the window is low."""
        shown = sum(not button.isHidden() for button in self.buttons.values()) + 1
        around = self._head.sizeHint().height() + self._foot.sizeHint().height()
        tight = self.height() < around + scaled(26) + shown * scaled(ROW)
        if tight == self._is_tight:
            return
        self._is_tight = tight
        for button in (*self.buttons.values(), self._fold):
            button.setProperty("tight", tight)
            button.style().polish(button)

    def _keep_in_view(self) -> None:
        """Scroll to where the person is."""
        current = self._group.checkedButton()
        if isinstance(current, NavButton) and self._list.isAncestorOf(current):
            self._list.ensureWidgetVisible(current, 0, 0)

    def _follow_keyboard(self) -> None:
        focus = self._list.focusWidget()
        if isinstance(focus, NavButton) and self._list.isAncestorOf(focus):
            self._list.ensureWidgetVisible(focus, 0, 0)
