"""The sidebar: the canteen's name, the sections, what is saved."""

from functools import partial

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from cantine_desktop.i18n import tr, trn
from ui.kit.icons import icon
from ui.kit.theme import scaled, set_role
from ui.sections import PREFERENCES, SECTIONS, Section

WIDTH = 232
FOLDED_WIDTH = 56
_GAP = "\u2002"
"""Between the icon and the words: Qt's own is 4 pixels."""


class NavButton(QPushButton):
    """A section of the sidebar, with the number of things to do there."""

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

    def place_badge(self) -> None:
        """Keep the number at the end of the button, or on the corner of its icon."""
        if self._badge is None:
            return
        self._badge.adjustSize()
        edge = scaled(2 if self._folded else 10)
        top = scaled(2) if self._folded else (self.height() - self._badge.height()) // 2
        self._badge.move(self.width() - self._badge.width() - edge, top)

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
            set_role(self._badge, "badge")
        self._badge.setText(str(self._to_do))
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
        self._saved = QLabel()
        self._backed_up = QLabel()
        self._fold = QPushButton()
        set_role(self._fold, "nav")
        self._fold.clicked.connect(self.fold_asked)
        self._group = QButtonGroup(self)
        self.buttons = {section.key: self._add(section) for section in (*SECTIONS, PREFERENCES)}
        self._lay_out()
        self.retranslate()

    def settle(self) -> None:
        """Do what the first paint does not show."""
        self._canteen.setTextFormat(QtCore.Qt.TextFormat.PlainText)

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

    def set_to_do(self, counts: dict[str, int]) -> None:
        """Show how many things wait in each section, by key."""
        for key, button in self.buttons.items():
            button.set_to_do(counts.get(key, 0))

    def set_saved(self, text: str) -> None:
        """Tell when the last change was kept: ``Enregistré · 11:42``."""
        self._saved.setText(text)

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
        head = QVBoxLayout()
        head.setContentsMargins(scaled(8), 0, scaled(8), scaled(10))
        head.addWidget(self._canteen)
        column.addLayout(head)
        for section in SECTIONS:
            column.addWidget(self.buttons[section.key])
        column.addStretch()
        column.addWidget(self.buttons["preferences"])
        column.addWidget(self._fold)
        foot = QVBoxLayout()
        foot.setContentsMargins(scaled(8), scaled(8), scaled(8), 0)
        for label in (self._saved, self._backed_up):
            set_role(label, "small")
            label.setWordWrap(True)
            foot.addWidget(label)
        column.addLayout(foot)
        first: QWidget = self.buttons[SECTIONS[0].key]
        self.setFocusProxy(first)
