"""Planned flows: rents, debits, loans and other money expected on known days."""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget
from sqlalchemy import select

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.budget.flows import RHYTHMS, FlowFacts, add_flow, change_flow
from cantine_desktop.finance.budget.model import PlannedFlow, Rhythm
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.finance.line_list import fit
from ui.finance.rows_table import RowsTable, ShownRow, exact
from ui.kit.dialogs import Dialog
from ui.kit.empty import EmptyState
from ui.kit.fields import DateEdit, MoneyEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.table import Column
from ui.kit.theme import scaled


class FlowsDialog(Dialog):
    """Lists the planned flows; Enter changes one."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            tr("Flux prévus"),
            tr("Ce qui revient à date connue : loyer, prélèvements, emprunt, versement promis."),
        )
        self._desk = desk
        self.rows = RowsTable(
            tr("Flux prévus"),
            [
                Column(tr("Quoi"), 260),
                Column(tr("Montant (€)"), 110, "right"),
                Column(tr("Rythme"), 140),
                Column(tr("Depuis"), 100),
                Column(tr("Jusqu’au"), 100),
                Column(tr("Comptes"), 90),
            ],
            EmptyState(tr("Aucun flux prévu : ajoutez le loyer pour commencer.")),
        )
        self.rows.table.activated.connect(self._change)
        self.body.addWidget(self.rows, 1)
        self.new = QPushButton(tr("Nouveau flux…"))
        self.new.clicked.connect(self._add)
        self.drop = QPushButton(tr("Retirer"))
        self.drop.clicked.connect(self._drop)
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        row.addWidget(self.new)
        row.addWidget(self.drop)
        row.addStretch(1)
        self.body.addLayout(row)
        for button in (self.new, self.drop):
            button.setEnabled(desk.may_write("finance"))
        self.add_answers(tr("Fermer"))[1].hide()
        self._refresh()
        fit(self, 860, 480)
        self.rows.table.setFocus()

    def _refresh(self) -> None:
        with self._desk.book.read() as session:
            flows = session.scalars(select(PlannedFlow).order_by(PlannedFlow.label)).all()
            rows = [
                ShownRow(
                    flow.id,
                    (
                        flow.label,
                        exact(flow.amount),
                        tr(RHYTHMS[flow.rhythm]),
                        short_day(flow.first),
                        short_day(flow.last) if flow.last else "",
                        flow.nature,
                    ),
                )
                for flow in flows
            ]
        self.rows.show_rows(rows)

    @Slot()
    def _add(self) -> None:
        if _FlowDialog(self._desk, self, None).exec():
            self._refresh()

    @Slot()
    def _change(self, _place: object = None) -> None:
        key = self.rows.current
        if isinstance(key, int) and _FlowDialog(self._desk, self, key).exec():
            self._refresh()

    @Slot()
    def _drop(self) -> None:
        key = self.rows.current
        if not isinstance(key, int):
            return
        with self._desk.book.action(tr("Flux prévu retiré")) as session:
            session.delete(session.get_one(PlannedFlow, key))
        self._refresh()
        self._desk.tell(tr("Flux retiré."), undo=True)


class _FlowDialog(Dialog):
    """One planned flow."""

    def __init__(self, desk: Desk, parent: QWidget, key: int | None) -> None:
        super().__init__(parent, tr("Flux prévu"))
        self._desk, self._key = desk, key
        self.notice = Notice()
        self.form = Form()
        self.label = TextEdit(tr("Quoi"), required=True)
        self.amount = MoneyEdit(tr("Montant"), negative=True, required=True)
        self.rhythm = QComboBox()
        for rhythm, words in RHYTHMS.items():
            self.rhythm.addItem(tr(words), rhythm)
        self.rhythm.setCurrentIndex(1)
        self.first = DateEdit(tr("Première fois"), self._today, required=True)
        self.last = DateEdit(tr("Dernière fois"), self._today)
        self.nature = TextEdit(tr("Comptes du budget"), longest=17)
        self.form.add("label", tr("Quoi"), self.label)
        self.form.add("amount", tr("Montant"), self.amount, tr("Négatif quand l’argent sort."))
        self.form.add("rhythm", tr("Rythme"), self.rhythm)
        self.form.add("first", tr("Première fois"), self.first)
        self.form.add("last", tr("Dernière fois"), self.last)
        self.form.add(
            "nature",
            tr("Comptes du budget"),
            self.nature,
            tr("613 pour un loyer : il n’est alors pas compté deux fois avec le budget."),
        )
        if key is not None:
            self._present(key)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.form)
        act, _cancel = self.add_answers(tr("Garder"))
        act.clicked.disconnect()
        act.clicked.connect(self._keep)
        self.label.setFocus()

    def _present(self, key: int) -> None:
        with self._desk.book.read() as session:
            flow = session.get_one(PlannedFlow, key)
            self.label.set_value(flow.label)
            self.amount.set_value(flow.amount)
            self.rhythm.setCurrentIndex(self.rhythm.findData(flow.rhythm))
            self.first.set_value(flow.first)
            self.last.set_value(flow.last)
            self.nature.set_value(flow.nature or None)

    def _today(self) -> date:
        return civil_date(self._desk.book.clock())

    @Slot()
    def _keep(self) -> None:
        if not self.form.check() or self.first.value is None:
            return
        facts = FlowFacts(
            self.label.value or "",
            self.amount.value or Money(0),
            Rhythm(self.rhythm.currentData()),
            self.first.value,
            self.last.value,
            self.nature.value or "",
        )
        try:
            with self._desk.book.action(tr("Flux prévu")) as session:
                if self._key is None:
                    add_flow(session, facts)
                else:
                    change_flow(session, session.get_one(PlannedFlow, self._key), facts)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.accept()
