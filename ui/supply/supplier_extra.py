"""What else is kept of a supplier: its papers, when it is closed, what it lends on deposit."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import money, short_day, tr
from cantine_desktop.supply.suppliers.keeping import (
    add_paper,
    add_returnable,
    close_from,
    remove_closure,
    remove_paper,
    remove_returnable,
    set_held,
)
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY
from ui.desk import Desk
from ui.kit.date_field import DateEdit
from ui.kit.field import Field
from ui.kit.fields import MoneyEdit, NumberEdit, TextEdit
from ui.kit.fields_dialog import FieldsDialog
from ui.kit.flow import FlowLayout
from ui.kit.labels import heading
from ui.kit.theme import scaled

ROLE = Qt.ItemDataRole.UserRole
Entry = tuple[int, str]
"""Key of a record, and what it says."""

Deed = Callable[[Session], object]


class SupplierExtra(QWidget):
    """Three short lists, each with what adds to it and takes from it."""

    def __init__(self, desk: Desk, key: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.key = desk, key
        self.papers = ShortList(self, tr("Papiers"), tr("Ajouter un papier…"), self._add_paper)
        self.closures = ShortList(self, tr("Fermetures"), tr("Fermé du… au…"), self._close)
        self.deposits = ShortList(
            self, tr("Consignes"), tr("Ajouter une consigne…"), self._add_deposit
        )
        self.held = QPushButton(tr("Compter…"), self)
        self.held.clicked.connect(self._count)
        self.deposits.flow.addWidget(self.held)
        self.papers.remove.clicked.connect(self._remove_paper)
        self.closures.remove.clicked.connect(self._reopen)
        self.deposits.remove.clicked.connect(self._remove_deposit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        for part in (self.papers, self.closures, self.deposits):
            column.addWidget(part)

    def refresh(self) -> None:
        """Read the lists again."""
        today = civil_date(self.desk.book.clock())
        with self.desk.book.read() as session:
            supplier = session.get(Supplier, self.key)
            if supplier is None:
                return
            papers = [(each.id, _paper(each.title, each.valid_until)) for each in supplier.papers]
            closures = [
                (each.id, _closure(each.first, each.end, each.reason))
                for each in supplier.closures
                if each.end > today
            ]
            deposits = [
                (each.id, _deposit(each.name, each.deposit, each.held))
                for each in supplier.deposits
            ]
        may = self.desk.may_write("supply")
        for part, rows in (
            (self.papers, papers),
            (self.closures, closures),
            (self.deposits, deposits),
        ):
            part.show_rows(rows, may=may)
        self.held.setEnabled(may and bool(deposits))

    def perform(self, label: str, deed: Deed) -> str:
        """Do something in an action; return why not, or nothing."""
        try:
            with self.desk.book.action(label) as session:
                deed(session)
        except UserError as error:
            return str(error)
        return ""

    def _tell(self, label: str, deed: Deed) -> None:
        why = self.perform(label, deed)
        if why:
            self.desk.tell(why)
        self.refresh()

    @Slot()
    def _add_paper(self) -> None:
        title = TextEdit(tr("Quel papier"), required=True, longest=80)
        until = DateEdit(tr("Valable jusqu’au"), self._today)

        def keep(session: Session) -> object:
            return add_paper(session, self.key, title.line.text(), until.value)

        self._ask(tr("Ajouter un papier"), (title, until), keep)

    @Slot()
    def _close(self) -> None:
        first = DateEdit(tr("Du"), self._today, required=True)
        last = DateEdit(tr("Au"), self._today, required=True)
        reason = TextEdit(tr("Pourquoi"), longest=80)

        def keep(session: Session) -> object:
            assert first.value is not None
            assert last.value is not None
            return close_from(session, self.key, first.value, last.value, reason.line.text())

        self._ask(tr("Fermeture"), (first, last, reason), keep)

    @Slot()
    def _add_deposit(self) -> None:
        name = TextEdit(tr("Quoi"), required=True, longest=60)
        deposit = MoneyEdit(tr("Consigne de chacun"), required=True)

        def keep(session: Session) -> object:
            return add_returnable(session, self.key, name.line.text(), deposit.value or Money(0))

        self._ask(tr("Ajouter une consigne"), (name, deposit), keep)

    @Slot()
    def _count(self) -> None:
        key = self.deposits.current
        if key is None:
            return
        held = NumberEdit(tr("Combien en avez-vous"), places=0, minimum=Decimal(0), required=True)

        def keep(session: Session) -> object:
            set_held(session, key, int(held.value or 0))
            return key

        self._ask(tr("Compter les consignes"), (held,), keep)

    @Slot()
    def _remove_paper(self) -> None:
        key = self.papers.current
        if key is not None:
            self._tell(tr("Papier retiré"), lambda session: remove_paper(session, key))

    @Slot()
    def _reopen(self) -> None:
        key = self.closures.current
        if key is not None:
            self._tell(tr("Fermeture retirée"), lambda session: remove_closure(session, key))

    @Slot()
    def _remove_deposit(self) -> None:
        key = self.deposits.current
        if key is not None:
            self._tell(tr("Consigne retirée"), lambda session: remove_returnable(session, key))

    def _ask(self, title: str, fields: Sequence[Field[Any]], keep: Deed) -> None:
        asked = [(field.line.accessibleName(), field) for field in fields]
        FieldsDialog(self, title, asked, partial(self.perform, title, keep)).exec()
        self.refresh()

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())


class ShortList(QWidget):
    """A few lines, and the buttons under them."""

    def __init__(self, parent: QWidget, title: str, adding: str, add: Callable[[], None]) -> None:
        super().__init__(parent)
        self.list = QListWidget(self)
        self.list.setAccessibleName(title)
        self.list.setWordWrap(True)
        self.list.setMaximumHeight(scaled(96))
        self.list.setTabKeyNavigation(False)
        self.add = QPushButton(adding, self)
        self.add.clicked.connect(add)
        self.remove = QPushButton(tr("Retirer"), self)
        self.remove.setAccessibleName(tr("Retirer : {what}").format(what=title))
        buttons = QWidget(self)
        self.flow = FlowLayout(scaled(8), buttons)
        self.flow.addWidget(self.add)
        self.flow.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(6))
        column.addWidget(heading(title))
        column.addWidget(self.list)
        column.addWidget(buttons)

    @property
    def current(self) -> int | None:
        """Key of the current line."""
        if self.list.currentRow() < 0:
            return None
        key: int = self.list.currentItem().data(ROLE)
        return key

    def show_rows(self, rows: Sequence[Entry], *, may: bool) -> None:
        """Show other lines; the place of the current one is kept."""
        place = max(self.list.currentRow(), 0)
        self.list.clear()
        for key, words in rows:
            item = QListWidgetItem(words)
            item.setData(ROLE, key)
            self.list.addItem(item)
        self.list.setVisible(bool(rows))
        self.list.setCurrentRow(min(place, len(rows) - 1))
        self.add.setEnabled(may)
        self.remove.setEnabled(may and bool(rows))


def _paper(title: str, until: date | None) -> str:
    if until is None:
        return tr("{paper}, sans date de fin").format(paper=title)
    return tr("{paper}, jusqu’au {day}").format(paper=title, day=short_day(until))


def _closure(first: date, end: date, reason: str) -> str:
    words = tr("du {first} au {last}").format(first=short_day(first), last=short_day(end - DAY))
    return f"{words}, {reason}" if reason else words


def _deposit(name: str, deposit: Money, held: int) -> str:
    return tr("{name} : {held} à {deposit}, soit {total}").format(
        name=name, held=held, deposit=money(deposit), total=money(Money(held * deposit.cents))
    )
