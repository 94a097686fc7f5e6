"""One reservation, changed in place: who, to do what, how many, how to call them."""

from decimal import Decimal
from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from cantine_desktop.i18n import mark, tr
from cantine_desktop.meals.reservations.model import Place, ReservationState
from cantine_desktop.meals.reservations.quick import MOST
from cantine_desktop.meals.reservations.week import Line
from ui.kit.fields import NumberEdit, TextEdit
from ui.kit.flow import FlowLayout
from ui.kit.form import Form
from ui.kit.theme import scaled, set_role

PLACES = {Place.EAT: mark("repas"), Place.COOK: mark("cuisine et repas")}


class Typed(NamedTuple):
    """What a reservation is changed to."""

    key: int
    name: str
    place: Place
    people: int
    contact: str
    note: str


class ReservationPane(QWidget):
    """The fields of a reservation; each is kept when it is left.

    Attributes:
        came: Notes that they came, or takes it back.
        absent: Notes that they do not come, or takes it back.
        off: Withdraws them.

    Signals:
        changed: A field was left with another value (``Typed``).
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._line: Line | None = None
        self.form = Form(self)
        self.name = TextEdit(tr("Nom"), longest=80)
        self.name.line.setPlaceholderText(tr("place sans nom"))
        self.doing = QComboBox()
        for place, words in PLACES.items():
            self.doing.addItem(tr(words), place)
        self.people = NumberEdit(
            tr("Personnes"),
            places=0,
            minimum=Decimal(1),
            maximum=Decimal(MOST),
            required=True,
        )
        self.contact = TextEdit(tr("Téléphone ou courriel"), longest=80)
        self.note = TextEdit(tr("Mot"), longest=120)
        self.note.line.setPlaceholderText(tr("arrive à 13 h"))
        for key, field in (
            ("name", self.name),
            ("doing", self.doing),
            ("people", self.people),
            ("contact", self.contact),
            ("note", self.note),
        ):
            label = field.name if not isinstance(field, QComboBox) else tr("Vient pour")
            self.form.add(key, label, field)
        self.form.committed.connect(self._tell)
        self.state = QLabel(self)
        self.state.setWordWrap(True)
        set_role(self.state, "small")
        self.came = QPushButton(tr("Venu·e"), self)
        self.came.setToolTip(tr("V dans la liste"))
        self.absent = QPushButton(tr("Absent·e"), self)
        self.absent.setToolTip(tr("A dans la liste"))
        self.off = QPushButton(tr("Désinscrire"), self)
        self._lay_out()

    def _lay_out(self) -> None:
        deeds = FlowLayout(scaled(8))
        for button in (self.came, self.absent, self.off):
            deeds.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(10))
        column.addWidget(self.form)
        column.addWidget(self.state)
        column.addLayout(deeds)
        column.addStretch(1)

    def show_line(self, line: Line | None, *, writable: bool) -> None:
        """Show another reservation, or the same one as it is now."""
        self._line = line
        self.setVisible(line is not None)
        if line is None:
            return
        self.name.set_value(line.name or None)
        self.doing.setCurrentIndex(self.doing.findData(line.place))
        self.people.set_value(Decimal(line.people))
        self.contact.set_value(line.contact or None)
        self.note.set_value(line.note or None)
        self.state.setText(_state(line))
        for part in (self.form, self.came, self.absent, self.off):
            part.setEnabled(writable)
        is_there, is_away = (
            line.state is state for state in (ReservationState.CAME, ReservationState.NO_SHOW)
        )
        self.came.setText(tr("Pas venu·e") if is_there else tr("Venu·e"))
        self.absent.setText(tr("Attendu·e") if is_away else tr("Absent·e"))

    @Slot()
    def _tell(self) -> None:
        if self._line is None:
            return
        typed = Typed(
            self._line.key,
            self.name.value or "",
            Place(self.doing.currentData()),
            int(self.people.value or self._line.people),
            self.contact.value or "",
            self.note.value or "",
        )
        before = self._line
        if typed != Typed(
            before.key, before.name, before.place, before.people, before.contact, before.note
        ):
            self.changed.emit(typed)


def _state(line: Line) -> str:
    words = {
        ReservationState.SEATED: tr("A sa place."),
        ReservationState.WAITING: tr("En liste d’attente : prend la première place libre."),
        ReservationState.CAME: tr("Venu·e."),
        ReservationState.NO_SHOW: tr("Noté·e absent·e."),
        ReservationState.WITHDRAWN: "",
    }
    return words[line.state]
