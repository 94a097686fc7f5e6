"""What payroll needs beside the hours: numbers, meals, advances, and the codes of the office."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLabel, QTabWidget, QVBoxLayout, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, month, tr
from cantine_desktop.staff.payroll.keeping import set_code, set_extra, set_number
from cantine_desktop.staff.payroll.layouts import Mapped, layouts, mapping_of
from cantine_desktop.staff.payroll.model import EXTRAS, ExtraKind, PayrollExtra
from cantine_desktop.staff.payroll.variables import PersonMonth, variables_of
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.dialogs import Dialog
from ui.kit.grid import Cell, EntryGrid, GridModel, Head
from ui.kit.theme import scaled, set_role

_SIZE = (900, 480)
_KINDS = tuple(ExtraKind)
_HEADS = {ExtraKind.MEALS: mark("Repas pris")}
"""Shorter than their title, for a column."""


class PayrollDialog(Dialog):
    """Two grids: a row a person for the month, a row a variable for a payroll office.

    Attributes:
        mapped: The mapping table of the office shown.
    """

    def __init__(self, desk: Desk, parent: QWidget, period: Period) -> None:
        super().__init__(parent.window(), tr("Paie de {month}").format(month=month(period.first)))
        self._desk, self._period = desk, period
        self._people: list[PersonMonth] = []
        self._extras: dict[tuple[int, ExtraKind], PayrollExtra] = {}
        self.mapped: list[Mapped] = []
        self.people = GridModel(self._person_cell, self._type_person)
        self.codes = GridModel(self._code_cell, self._type_code)
        self.people_grid = EntryGrid(self.people, tr("Éléments du mois"), enter_moves="down")
        self.codes_grid = EntryGrid(self.codes, tr("Codes du cabinet"), enter_moves="down")
        self.office = QComboBox()
        self.office.setAccessibleName(tr("Cabinet de paie"))
        for key, layout in layouts().items():
            self.office.addItem(layout.title, key)
        self.office.activated.connect(self._read)
        self.checked = QLabel()
        self.checked.setWordWrap(True)
        set_role(self.checked, "muted")
        self.tabs = QTabWidget()
        self.tabs.addTab(self.people_grid, tr("Personnes"))
        self.tabs.addTab(self._codes_page(), tr("Codes du cabinet"))
        self.body.addWidget(self.tabs, 1)
        act, _close = self.add_answers(tr("Exporter pour ce cabinet…"), cancel=tr("Fermer"))
        act.setDefault(False)  # Enter past the last cell of a grid is not meant for it
        act.setAutoDefault(False)
        act.clicked.disconnect()
        act.clicked.connect(self._export)
        self.resize(scaled(_SIZE[0]), scaled(_SIZE[1]))
        self._read()

    def _codes_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        for widget in (self.office, self.checked):
            column.addWidget(widget)
        column.addWidget(self.codes_grid, 1)
        return page

    @Slot()
    def _read(self) -> None:
        key = str(self.office.currentData())
        with self._desk.book.read() as session:
            self._people = variables_of(session, self._period, self._desk.book.clock())
            query = select(PayrollExtra).where(PayrollExtra.month == self._period.first)
            rows = list(session.scalars(query))
            session.expunge_all()
            self.mapped = mapping_of(session, key)
        self._extras = {(row.member_id, row.kind): row for row in rows}
        seen = layouts()[key].checked
        self.checked.setText(
            tr("Mise en forme vue : {source}. Les codes sont propres à chaque cabinet.").format(
                source=seen
            )
            if seen
            else tr("Mise en forme de départ, à vérifier avec le cabinet.")
        )
        extras = [Head(tr(_HEADS.get(kind, EXTRAS[kind])), width=120) for kind in _KINDS]
        self.people.show(
            [each.name for each in self._people], [Head(tr("Matricule"), width=90), *extras]
        )
        self.codes.show(
            [Head(each.title, note=each.variable) for each in self.mapped],
            [Head(tr("Code"), width=160, align="left")],
        )

    def _person_cell(self, row: int, column: int) -> Cell:
        person = self._people[row]
        if column == 0:
            return Cell(person.number)
        extra = self._extras.get((person.member_id, _KINDS[column - 1]))
        if extra is None:
            return Cell()
        if extra.count is not None:
            return Cell(str(extra.count))
        if extra.amount is not None:
            return Cell(f"{extra.amount.euros:f}".replace(".", ","))
        return Cell(extra.note)

    def _type_person(self, row: int, column: int, text: str) -> str | None:
        person = self._people[row]
        if column == 0:
            return self._do(tr("Matricule noté"), _numbered(person.member_id, text))
        kind = _KINDS[column - 1]
        value, note = _value(kind, text)
        first = self._period.first

        def keep(session: Session) -> None:
            set_extra(session, person.member_id, first, kind, value, note)

        return self._do(tr("Élément de paie noté"), keep)

    def _code_cell(self, row: int, _column: int) -> Cell:
        mapped = self.mapped[row]
        tip = tr("Code choisi ici.") if mapped.is_own else tr("Code de départ.")
        return Cell(mapped.code, tip=tip)

    def _type_code(self, row: int, _column: int, text: str) -> str | None:
        key, variable = str(self.office.currentData()), self.mapped[row].variable

        def keep(session: Session) -> None:
            set_code(session, key, variable, text)

        return self._do(tr("Code de rubrique noté"), keep)

    def _do(self, label: str, keep: Callable[[Session], None]) -> str | None:
        with self._desk.book.action(label) as session:
            keep(session)
        self._read()
        return None

    @Slot()
    def _export(self) -> None:
        self.accept()
        self._desk.export(f"payroll-{self.office.currentData()}", self._period)


def _numbered(member_id: int, text: str) -> Callable[[Session], None]:
    def keep(session: Session) -> None:
        set_number(session, member_id, text)

    return keep


def _value(kind: ExtraKind, text: str) -> tuple[int | Money | None, str]:
    """Return what a typed text is worth for a kind of extra, and its words.

    Raises:
        UserError: It is no number.
    """
    words = text.strip()
    if kind is ExtraKind.COMMENT or not words:
        return None, words
    if kind is ExtraKind.MEALS:
        if not words.isdecimal():
            raise UserError(tr("Tapez un nombre de repas, comme « 12 »."))
        return int(words), ""
    try:
        euros = Decimal(words.replace(",", ".").removesuffix("€").strip())
    except ArithmeticError as error:
        raise UserError(tr("Tapez un montant, comme « 150,00 ».")) from error
    return Money(int((euros * 100).to_integral_value())), ""
