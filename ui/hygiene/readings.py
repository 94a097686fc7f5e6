"""The month of temperature readings."""

from datetime import date
from itertools import product

from PySide6.QtCore import Slot as QtSlot
from PySide6.QtWidgets import QLabel, QTableView, QVBoxLayout, QWidget

from cantine_desktop.hygiene.model import Slot
from cantine_desktop.hygiene.queries import UnitRow, open_breaches, readings_of
from cantine_desktop.hygiene.recording import record_temperature
from cantine_desktop.i18n import number, parse_number, tr
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.grid import Cell, GridModel


class ReadingsScreen(QWidget):
    """Rows are cold units; columns are days, morning and evening."""

    shows = frozenset({"cold_unit", "reading", "breach"})
    """Tables whose changes make this screen read again."""

    def __init__(self, desk: Desk, month: date) -> None:
        super().__init__()
        self._desk = desk
        self.period = Period.month(month)
        self._columns = list(product(self.period.days, Slot))
        self._units: list[UnitRow] = []
        self.model = GridModel(self._cell, self._type)
        self.notice = QLabel()
        table = QTableView()
        table.setModel(self.model)
        layout = QVBoxLayout(self)
        layout.addWidget(self.notice)
        layout.addWidget(table)
        desk.changed.connect(self._on_changed)
        self._refresh()

    @QtSlot(object)
    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & self.shows:
            self._refresh()

    def _refresh(self) -> None:
        with self._desk.book.read() as session:
            self._units = readings_of(session, self.period)
            todo = len(open_breaches(session, self._desk.book.clock()))
        self.notice.setText(tr("{n} à traiter").format(n=todo) if todo else "")
        names = [unit.name for unit in self._units]
        self.model.show(names, [f"{day.day} {slot[0]}" for day, slot in self._columns])

    def _cell(self, row: int, column: int) -> Cell:
        cell = self._units[row].cells.get(self._columns[column])
        celsius = None if cell is None else cell.value.celsius
        return Cell("" if celsius is None else number(celsius))

    def _type(self, row: int, column: int, text: str) -> str | None:
        try:
            celsius = parse_number(text)
        except ArithmeticError:
            self.notice.setText(tr("« {text} » n’est pas une température.").format(text=text))
            return self.notice.text()
        book = self._desk.book
        day, slot = self._columns[column]
        with book.action(tr("Relevé de température")) as session:
            record_temperature(session, self._units[row].unit_id, day, slot, celsius, book.clock())
        return None
