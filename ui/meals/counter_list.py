"""Who is awaited at the counter: large lines to tick, and a field to find or to add somebody."""

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cantine_desktop.i18n import tr, trn
from cantine_desktop.meals.reservations.model import Place, ReservationState
from cantine_desktop.values.text import fold
from ui.kit.theme import scaled, set_role

_VEIL_MS = 180_000
"""Names go from sight when nobody touched the counter for that long."""

_KEY = Qt.ItemDataRole.UserRole


class Awaited(NamedTuple):
    """A reservation as the counter shows it.

    Attributes:
        key: Its number.
        name: As said; empty for a placeholder.
        words: The whole line.
        is_awaited: Nobody said yet whether they came.
    """

    key: int
    name: str
    words: str
    is_awaited: bool


class AwaitedList(QFrame):
    """The reservations of a service, to tick as people come.

    Signals:
        came: Somebody is here, or is not after all (key of the reservation).
        absent: Somebody does not come, or does after all (key of the reservation).
        typed: A line to find somebody by, or to add them.
        veiled: Names went from sight.
    """

    came = Signal(int)
    absent = Signal(int)
    typed = Signal(str)
    veiled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.setObjectName("awaited")
        head = QLabel(tr("Inscriptions : toucher un nom le compte comme venu"), self)
        head.setWordWrap(True)
        set_role(head, "h2")
        self.line = QLineEdit(self)
        set_role(self.line, "large")
        self.line.setAccessibleName(tr("Trouver ou ajouter : un nom, c ou r, Entrée"))
        self.line.setPlaceholderText(tr("un nom, puis Entrée"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Inscriptions"))
        self.list.setSpacing(scaled(2))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.veil = QPushButton(tr("Montrer les inscriptions"), self)
        set_role(self.veil, "large")
        self.veil.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.veil.hide()
        self.is_here = QPushButton(tr("Venu"), self)
        self.is_absent = QPushButton(tr("Pas venu"), self)
        self._rows: list[Awaited] = []
        self._lay_out(head)
        self._watch = QTimer(self, singleShot=True, interval=_VEIL_MS)
        self._connect()
        self.touch()

    def show_rows(self, rows: list[Awaited]) -> None:
        """Show other reservations; the current one stays."""
        here = self.current
        self._rows = rows
        self._fill(here)

    @property
    def current(self) -> int:
        """Key of the current reservation; 0 for none."""
        index = self.list.currentIndex()
        return int(index.data(_KEY)) if index.isValid() else 0

    def only_match(self, text: str) -> int:
        """Return the one awaited reservation whose name begins so; 0 for none or several."""
        wanted = fold(text.strip())
        found = [
            row.key
            for row in self._rows
            if wanted and fold(row.name).startswith(wanted) and row.is_awaited
        ]
        return found[0] if len(found) == 1 else 0

    @Slot()
    def touch(self, *_row: object) -> None:
        """Somebody is there: names stay in sight for a while."""
        self._watch.start()

    @Slot()
    def _fill(self, here: int = 0) -> None:
        wanted = fold(self.line.text().strip())
        self.list.clear()
        for row in self._rows:
            if wanted and wanted not in fold(row.name):
                continue
            item = QListWidgetItem(row.words)
            item.setData(_KEY, row.key)
            item.setSizeHint(QSize(0, scaled(56)))
            self.list.addItem(item)
            if row.key == here:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(0)
        for button in (self.is_here, self.is_absent):
            button.setEnabled(self.list.count() > 0)

    @Slot()
    def _hide(self) -> None:
        self.list.hide()
        self.veil.show()
        for button in (self.is_here, self.is_absent):
            button.setEnabled(False)
        self.veiled.emit()

    @Slot()
    def _unveil(self) -> None:
        self.veil.hide()
        self.list.show()
        self.touch()
        self._fill(self.current)

    @Slot(QListWidgetItem)
    def _tick(self, item: QListWidgetItem) -> None:
        self.came.emit(int(item.data(_KEY)))

    @Slot()
    def _came(self) -> None:
        if self.current:
            self.came.emit(self.current)

    @Slot()
    def _absent(self) -> None:
        if self.current:
            self.absent.emit(self.current)

    @Slot()
    def _enter(self) -> None:
        text = self.line.text().strip()
        if text:
            self.line.clear()
            self.typed.emit(text)

    @Slot()
    def _search(self) -> None:
        if self.veil.isVisible():
            self._unveil()
        self.touch()
        self._fill(self.current)

    def _connect(self) -> None:
        self._watch.timeout.connect(self._hide)
        self.list.currentRowChanged.connect(self.touch)
        self.veil.clicked.connect(self._unveil)
        self.list.itemActivated.connect(self._tick)
        self.line.textChanged.connect(self._search)
        self.line.returnPressed.connect(self._enter)
        self.is_here.clicked.connect(self._came)
        self.is_absent.clicked.connect(self._absent)

    def _lay_out(self, head: QLabel) -> None:
        foot = QHBoxLayout()
        for button in (self.is_here, self.is_absent):
            set_role(button, "large")
            foot.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setSpacing(scaled(8))
        for widget in (head, self.line):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self.veil, 1)
        column.addLayout(foot)


def awaited_words(name: str, place: Place, people: int, state: ReservationState) -> str:
    """Say a reservation on one line, its state first: « ✓ Odile, 2 personnes, en cuisine »."""
    signs = {
        ReservationState.CAME: "✓",
        ReservationState.NO_SHOW: "✗",
        ReservationState.WAITING: "…",
    }
    parts = [name or tr("sans nom")]
    if people > 1:
        parts.append(trn("{n} personne", "{n} personnes", people).format(n=people))
    if place is Place.COOK:
        parts.append(tr("en cuisine"))
    said = {
        ReservationState.CAME: tr("venu"),
        ReservationState.NO_SHOW: tr("pas venu"),
        ReservationState.WAITING: tr("en attente"),
    }.get(state, "")
    if said:
        parts.append(said)
    return f"{signs.get(state, '○')}  " + ", ".join(parts)
