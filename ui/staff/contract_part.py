"""The contracts of somebody, what to look at in them, and the steps of the arrival."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.staff.contracts.arrival import StepRow, tick
from cantine_desktop.staff.contracts.engaging import (
    ContractFacts,
    cancel_contract,
    change_contract,
    end_contract,
    engage,
    facts_of,
)
from cantine_desktop.staff.contracts.model import Contract, Status
from cantine_desktop.staff.contracts.queries import ContractPart, Line, MemberCard
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.kit.date_field import DateEdit
from ui.kit.icons import icon
from ui.kit.labels import heading
from ui.kit.notice import Notice
from ui.kit.theme import scaled
from ui.staff.contract_form import ContractDialog
from ui.staff.member_forms import DeedDialog, perform
from ui.staff.short_list import ShortList, fit_rows

MOST_STEPS = 16
"""Steps seen at once: all those of any status."""

_ROLE = Qt.ItemDataRole.UserRole


class ContractsPart(QWidget):
    """The contracts, the latest first, and what goes with the current one.

    Attributes:
        contracts: The list.
        remarks: What to look at in the current one.
        arrival: The steps of its arrival.
    """

    def __init__(self, desk: Desk, key: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.key = desk, key
        self._parts: dict[int, ContractPart] = {}
        self._may = False
        self._steps: tuple[str, ...] = ()
        self.contracts = ShortList(
            self,
            tr("Contrats"),
            tr("Aucun contrat : la personne ne compte pas encore au planning."),
        )
        self.new = self.contracts.button(tr("Nouveau contrat…"), self.add)
        self.contracts.button(tr("Modifier…"), self._change, about_line=True)
        self.contracts.button(tr("Dernier jour…"), self._end, about_line=True)
        self.contracts.button(tr("Retirer"), self._cancel, about_line=True)
        self.contracts.list.chosen.connect(self._change)
        self.contracts.list.currentRowChanged.connect(self._show_current)
        self.remarks = Notice(self)
        self.arrival = QListWidget(self)
        self.arrival.setAccessibleName(tr("Étapes de l’accueil"))
        self.arrival.setTabKeyNavigation(False)
        self.arrival.setWordWrap(True)
        self.arrival.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.arrival.itemChanged.connect(self._tick)
        self.arrival_title = heading(tr("Accueil"))
        self.print_arrival = QPushButton(tr("Imprimer la fiche d’accueil"), self)
        self.print_arrival.clicked.connect(self._print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        for part in (self.contracts, self.remarks, self.arrival_title, self.arrival):
            column.addWidget(part)
        column.addWidget(self.print_arrival, 0, Qt.AlignmentFlag.AlignLeft)

    def show_card(self, card: MemberCard, *, may: bool) -> None:
        """Show the contracts of somebody."""
        self._parts = {part.key: part for part in card.contracts}
        self._may = may
        lines = [
            Line(part.key, part.words, "warn" if part.remarks else "") for part in card.contracts
        ]
        self.contracts.show_lines(lines, may=may)
        self._show_current()

    def period(self) -> Period | None:
        """Return the day the current contract begins, for its arrival sheet."""
        line = self.contracts.current
        if line is None:
            return None
        with self.desk.book.read() as session:
            contract = session.get(Contract, line.key)
            return None if contract is None else Period.through(contract.first, contract.first)

    @Slot()
    def add(self) -> None:
        """Ask for a new contract."""
        facts = ContractFacts(Status.PERMANENT, self._today(), weekly_minutes=35 * 60)
        keep = partial(_engage, self.key)
        title = tr("Nouveau contrat")
        ContractDialog(self.desk, self, title, facts, keep, self._today).exec()

    @Slot()
    def _change(self) -> None:
        line = self.contracts.current
        if line is None or not self._may:
            return
        with self.desk.book.read() as session:
            facts = facts_of(session.get_one(Contract, line.key))
        keep = partial(_change, line.key)
        title = tr("Contrat changé")
        ContractDialog(self.desk, self, title, facts, keep, self._today).exec()

    @Slot()
    def _end(self) -> None:
        line = self.contracts.current
        if line is None:
            return
        last = DateEdit(tr("Dernier jour"), self._today, required=True)
        last.set_value(self._today())

        def keep(session: Session) -> object:
            assert last.value is not None
            end_contract(session, line.key, last.value)
            return line.key

        title = tr("Dernier jour du contrat")
        DeedDialog(self.desk, self, title, [(last.line.accessibleName(), last)], keep).exec()

    @Slot()
    def _cancel(self) -> None:
        line = self.contracts.current
        if line is None:
            return
        label = tr("Contrat retiré")
        why = perform(self.desk, label, partial(cancel_contract, contract_id=line.key))
        self.desk.tell(why or f"{label}.", undo=not why)

    @Slot()
    def _show_current(self) -> None:
        line = self.contracts.current
        part = None if line is None else self._parts.get(line.key)
        if part is not None and part.remarks:
            self.remarks.tell("warn", "\n".join(part.remarks))
        else:
            self.remarks.clear()
        self._show_steps(part)

    def _show_steps(self, part: ContractPart | None) -> None:
        steps = part.steps if part is not None and part.is_arriving else ()
        self.arrival.blockSignals(True)
        self._keep_items(tuple(step.key for step in steps))
        today = self._today()
        for row, step in enumerate(steps):
            item = self.arrival.item(row)
            late = step.done_on is None and step.due_on < today
            item.setText(_step_words(step, today))
            item.setIcon(icon("warning-octagon-fill", "bad") if late else QIcon())
            item.setCheckState(Qt.CheckState.Checked if step.done_on else Qt.CheckState.Unchecked)
        self.arrival.blockSignals(False)
        self.arrival.setEnabled(self._may)
        for widget in (self.arrival_title, self.arrival):
            widget.setVisible(bool(steps))
        self.print_arrival.setVisible(part is not None)
        fit_rows(self.arrival, MOST_STEPS)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fit_rows(self.arrival, MOST_STEPS)

    def _keep_items(self, keys: tuple[str, ...]) -> None:
        """Have one item for each step; those there stay, for one of them may be being ticked."""
        if keys == self._steps:
            return
        self._steps = keys
        self.arrival.clear()
        for key in keys:
            item = QListWidgetItem()
            item.setData(_ROLE, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self.arrival.addItem(item)
        self.arrival.setCurrentRow(min(0, len(keys) - 1))

    @Slot(QListWidgetItem)
    def _tick(self, item: QListWidgetItem) -> None:
        line = self.contracts.current
        if line is None:
            return
        done = self._today() if item.checkState() is Qt.CheckState.Checked else None
        label = tr("Étape faite") if done else tr("Étape à faire")
        deed = partial(tick, contract_id=line.key, key=item.data(_ROLE), done_on=done)
        perform(self.desk, label, deed)

    @Slot()
    def _print(self) -> None:
        period = self.period()
        if period is not None:
            self.desk.print_out("arrival-sheets", period)

    def _today(self) -> date:
        return civil_date(self.desk.book.clock())


def _engage(member_id: int, session: Session, facts: ContractFacts) -> object:
    return engage(session, member_id, facts)


def _change(contract_id: int, session: Session, facts: ContractFacts) -> object:
    change_contract(session, contract_id, facts)
    return contract_id


def _step_words(step: StepRow, today: date) -> str:
    day = short_day(step.done_on or step.due_on)
    if step.done_on is not None:
        return tr("Fait le {day} : {step}").format(step=step.title, day=day)
    if step.due_on < today:
        return tr("En retard depuis le {day} : {step}").format(step=step.title, day=day)
    return tr("Avant le {day} : {step}").format(step=step.title, day=day)
