"""Cold units: what each holds, the limit that follows, and where that limit comes from."""

from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtCore import Slot as QtSlot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene import units
from cantine_desktop.hygiene.model import ColdUnit
from cantine_desktop.hygiene.queries import cold_units
from cantine_desktop.hygiene.starter import add_starter_units
from cantine_desktop.hygiene.units import UnitChanges
from cantine_desktop.hygiene.words import kind_name, limit_text
from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.hygiene.equipment_place import kind_and_key
from ui.hygiene.unit_form import UnitForm
from ui.kit.theme import scaled, set_role
from ui.screen import Screen

ROLE = Qt.ItemDataRole.UserRole


class UnitsScreen(Screen):
    """The cold units in the order of the sheet, and the form of one of them."""

    key: ClassVar[str] = "equipment"
    shows: ClassVar[frozenset[str]] = frozenset({"cold_unit"})
    help_text: ClassVar[str] = mark(
        "Cochez ce que contient chaque enceinte : la denrée la plus fragile fixe la limite. "
        "La tolérance est un choix de la cantine et ne rend pas un relevé conforme."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._units: dict[int, ColdUnit] = {}
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Enceintes froides"))
        self.list.currentItemChanged.connect(self._show_chosen)
        self.form = UnitForm(self._today)
        self.form.changed.connect(self._change)
        self.message = QLabel()
        self.message.setWordWrap(True)
        set_role(self.message, "error")
        self.start = QPushButton(tr("Commencer avec les enceintes habituelles"))
        set_role(self.start, "primary")
        self.start.clicked.connect(self._add_starters)
        self._add = QAction(tr("Ajouter une enceinte"), self)
        self._add.triggered.connect(self._add_unit)
        self.addAction(self._add)
        self.up = _button(tr("Monter"), self._move_up)
        self.down = _button(tr("Descendre"), self._move_down)
        self.remove = _button(tr("Supprimer"), self._remove)
        for each in (self.form, self.start, self.up, self.down, self.remove, self._add):
            each.setEnabled(desk.may_write("hygiene"))
        self._pages = QStackedLayout()
        self._lay_out()

    @override
    def primary(self) -> QAction:
        return self._add

    @override
    def document(self) -> tuple[str, Period]:
        return "temperatures-week-blank", Period.week(self._today())

    @override
    def place(self) -> object:
        return self._chosen_id()

    @override
    def open_at(self, target: object) -> None:
        """Show a unit by its key, ``3`` or ``("cold_unit", 3)``."""
        _kind, key = kind_and_key(target, "cold_unit")
        if isinstance(key, int):
            self.refresh()
            self._choose(key)

    @override
    def refresh(self) -> None:
        """Read the units again."""
        chosen = self._chosen_id()
        with self.desk.book.read() as session:
            self._units = {unit.id: unit for unit in cold_units(session)}
        self.subtitle = trn("{n} enceinte froide", "{n} enceintes froides", len(self._units))
        self.list.blockSignals(True)
        self.list.clear()
        for unit in self._units.values():
            self.list.addItem(self._item(unit))
        self.list.blockSignals(False)
        self._pages.setCurrentIndex(1 if self._units else 0)
        self._choose(chosen)

    def _item(self, unit: ColdUnit) -> QListWidgetItem:
        words = [unit.name, limit_text(unit.derived.limit), kind_name(unit.kind)]
        if not unit.in_service(self._today()):
            words.append(tr("hors service"))
        item = QListWidgetItem(f"{words[0]}\n{' · '.join(words[1:])}")
        item.setData(ROLE, unit.id)
        return item

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())

    def _chosen_id(self) -> int | None:
        row = self.list.currentRow()
        return None if row < 0 else int(self.list.item(row).data(ROLE))

    def _choose(self, unit_id: int | None) -> None:
        ranks = [rank for rank, key in enumerate(self._units) if key == unit_id]
        self.list.setCurrentRow(ranks[0] if ranks else 0)
        self._show_chosen()

    @QtSlot()
    def _show_chosen(self) -> None:
        unit = self._units.get(self._chosen_id() or 0)
        if unit is not None:
            self.form.present(unit)
        self.message.clear()

    @QtSlot(object)
    def _change(self, changes: UnitChanges) -> None:
        unit_id = self._chosen_id()
        if unit_id is None:
            return
        try:
            with self.desk.book.action(tr("Enceinte modifiée")) as session:
                units.change(session, unit_id, self.form.from_day.value, **changes)
        except UserError as error:
            self.message.setText(str(error))

    @QtSlot()
    def _add_unit(self) -> None:
        with self.desk.book.action(tr("Enceinte ajoutée")) as session:
            added = units.add(session, tr("Nouvelle enceinte")).id
        self._choose(added)
        self.form.name.setFocus()
        self.form.name.line.selectAll()

    @QtSlot()
    def _add_starters(self) -> None:
        with self.desk.book.action(tr("Enceintes habituelles ajoutées")) as session:
            add_starter_units(session)
        self.list.setFocus()

    @QtSlot()
    def _move_up(self) -> None:
        self._move(-1)

    @QtSlot()
    def _move_down(self) -> None:
        self._move(1)

    def _move(self, steps: int) -> None:
        unit_id = self._chosen_id()
        if unit_id is not None:
            with self.desk.book.action(tr("Ordre des enceintes")) as session:
                units.move(session, unit_id, steps)

    @QtSlot()
    def _remove(self) -> None:
        unit_id = self._chosen_id()
        if unit_id is None:
            return
        try:
            with self.desk.book.action(tr("Enceinte supprimée")) as session:
                units.remove(session, unit_id)
        except UserError as error:
            self.message.setText(str(error))
            return
        self.desk.tell(tr("Enceinte supprimée."), undo=True)

    def _lay_out(self) -> None:
        empty = QWidget()
        column = QVBoxLayout(empty)
        sentence = QLabel(tr("Dites quelles enceintes froides vous relevez : la feuille suivra."))
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        column.addWidget(sentence)
        column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.form)
        for area in (scroll, self.list):
            area.setMinimumHeight(scaled(140))
        buttons = QHBoxLayout()
        for each in (self.up, self.down, self.remove):
            buttons.addWidget(each)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addLayout(buttons)
        right = QVBoxLayout()
        right.addWidget(scroll, 1)
        right.addWidget(self.message)
        full = QWidget()
        row = QHBoxLayout(full)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(16))
        row.addLayout(left, 2)
        row.addLayout(right, 3)
        self._pages.addWidget(empty)
        self._pages.addWidget(full)
        layout = QVBoxLayout(self)
        layout.addLayout(self._pages)


def _button(text: str, run: object) -> QPushButton:
    button = QPushButton(text)
    button.clicked.connect(run)
    return button
