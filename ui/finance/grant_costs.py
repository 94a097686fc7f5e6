"""The costs told to a funder: those of the project, and validated lines chosen one by one."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.grants.costs import (
    Candidate,
    Cost,
    candidates,
    costs_of,
    take_back_cost,
    tell_cost,
)
from cantine_desktop.finance.grants.model import Grant
from cantine_desktop.i18n import money, short_day, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.finance.line_list import fit
from ui.finance.rows_table import RowsTable, ShownRow, exact
from ui.kit.dialogs import Dialog
from ui.kit.empty import EmptyState
from ui.kit.notice import Notice
from ui.kit.table import Column
from ui.kit.theme import scaled, set_role


class CostsDialog(Dialog):
    """Told costs above, what could be told below; Enter moves a line."""

    def __init__(self, desk: Desk, parent: QWidget | None, key: int) -> None:
        super().__init__(parent, tr("Coûts présentés au financeur"))
        self._desk, self._key = desk, key
        self._may_write = desk.may_write("finance")
        self.notice = Notice()
        self.sum = QLabel()
        self.sum.setWordWrap(True)
        set_role(self.sum, "strong")
        self.told = RowsTable(
            tr("Coûts présentés"),
            _columns(),
            EmptyState(tr("Aucun coût présenté : choisissez des lignes validées ci-dessous.")),
        )
        self.told.table.activated.connect(self._take_back)
        self.others = RowsTable(
            tr("Dépenses validées, pas encore présentées"),
            _columns(),
            EmptyState(tr("Aucune dépense validée : terminez un mois pour pouvoir en choisir.")),
        )
        self.others.table.activated.connect(self._tell)
        for widget in (self.notice, self.sum, self.told):
            self.body.addWidget(widget)
        row = QHBoxLayout()
        self.add = QPushButton(tr("Présenter la ligne ↑"))
        self.add.clicked.connect(self._tell)
        self.drop = QPushButton(tr("Ne plus présenter ↓"))
        self.drop.clicked.connect(self._take_back)
        for button in (self.add, self.drop):
            button.setEnabled(self._may_write)
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.others)
        self.add_answers(tr("Fermer"))[1].hide()
        self._refresh()
        fit(self, 900, scaled(640))
        self.told.table.setFocus()

    def _refresh(self) -> None:
        today = civil_date(self._desk.book.clock())
        with self._desk.book.read() as session:
            grant = session.get_one(Grant, self._key)
            told = costs_of(session, grant)
            first = grant.first or Period.year(today).first
            last = max(min(grant.last or today, today), first)
            others = candidates(session, grant, Period.through(first, last))
            granted = grant.granted or grant.asked or Money(0)
        self.told.show_rows([_told(cost) for cost in told])
        self.others.show_rows([_other(each) for each in others])
        total = Money(sum(cost.amount.cents for cost in told))
        self.sum.setText(
            tr("{told} présentés, pour {granted} accordés.").format(
                told=money(total), granted=money(granted)
            )
        )

    @Slot()
    def _tell(self, _place: object = None) -> None:
        each = self.others.current
        if isinstance(each, Candidate) and self._may_write:
            self._act(tr("Coût présenté"), each.line_id, tells=True)

    @Slot()
    def _take_back(self, _place: object = None) -> None:
        each = self.told.current
        if not isinstance(each, Cost) or not self._may_write:
            return
        if not each.is_chosen:
            self.notice.tell(
                "info", tr("Cette ligne porte le projet : elle se compte d’elle-même.")
            )
            return
        self._act(tr("Coût retiré"), each.line_id, tells=False)

    def _act(self, label: str, line_id: int, *, tells: bool) -> None:
        self.notice.clear()
        do = tell_cost if tells else take_back_cost
        try:
            with self._desk.book.action(label) as session:
                do(session, session.get_one(Grant, self._key), line_id)
        except UserError as error:
            self.notice.tell("bad", str(error))
        self._refresh()


def _columns() -> list[Column]:
    return [
        Column(tr("Jour"), 100),
        Column(tr("Compte"), 80),
        Column(tr("Libellé"), 330),
        Column(tr("Pièce"), 130),
        Column(tr("Montant (€)"), 110, "right"),
    ]


def _told(cost: Cost) -> ShownRow:
    label = cost.label if cost.is_chosen else f"{cost.label} · {tr('projet')}"
    texts = (short_day(cost.day), cost.account, label, cost.piece_ref, exact(cost.amount))
    return ShownRow(cost, texts)


def _other(each: Candidate) -> ShownRow:
    texts = (short_day(each.day), each.account, each.label, each.piece_ref, exact(each.left))
    return ShownRow(each, texts)
