"""The result and the balance sheet in the layout of associations, down to the entries."""

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.budget.planning import planned_by_nature
from cantine_desktop.finance.grants.dedicating import post_dedications, propose, words_of
from cantine_desktop.finance.ledger.model import FiscalYear
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.statements.dedicated import Fund, dedicated_funds
from cantine_desktop.finance.statements.franchise import gauge, gauge_words
from cantine_desktop.finance.statements.sums import years_of
from cantine_desktop.finance.statements.tables import StatementRow, balance_sheet, result
from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.values.period import DAY, Period
from ui.desk import Desk
from ui.finance.line_list import show_lines
from ui.finance.policy import PolicyDialog
from ui.finance.rows_table import RowsTable
from ui.finance.statement_accounts import AccountsDialog
from ui.finance.statement_rows import (
    balance_columns,
    balance_rows,
    fund_columns,
    fund_rows,
    result_columns,
    result_rows,
)
from ui.kit.dialogs import ask
from ui.kit.empty import EmptyState
from ui.kit.flow import FlowLayout
from ui.kit.notice import Notice
from ui.kit.theme import scaled, set_role
from ui.screen import Screen

RESULT, SHEET, FUNDS = range(3)


class StatementsScreen(Screen):
    """Result, balance sheet and dedicated funds of a year; Enter shows what is behind."""

    key: ClassVar[str] = "statements"
    shows: ClassVar[frozenset[str]] = frozenset({
        "entry",
        "line",
        "fiscal_year",
        "budget",
        "budget_line",
        "finance_policy",
        "franchise_limit",
        "account",
    })
    help_text: ClassVar[str] = mark(
        "Entrée montre les comptes derrière une ligne, puis leurs écritures. Les brouillons "
        "comptent ; rien d’autre que les écritures n’est additionné."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._today = civil_date(desk.book.clock())
        self._period = Period.year(self._today)
        self._read: set[int] = set()
        self.years = QComboBox()
        self.years.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.years.setAccessibleName(tr("Exercice"))
        self.what = QComboBox()
        self.what.setAccessibleName(tr("Tableau"))
        self.what.addItems([tr("Compte de résultat"), tr("Bilan"), tr("Fonds dédiés")])
        self._filters = QWidget()
        row = QHBoxLayout(self._filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.years)
        row.addWidget(self.what)
        self.notice = Notice()
        self.gauge = QLabel()
        self.gauge.setWordWrap(True)
        set_role(self.gauge, "muted")
        empty = tr("Aucune écriture : notez un premier fait depuis « Budget » ou « Caisse ».")
        self.result = RowsTable(tr("Compte de résultat"), result_columns(), EmptyState(empty), self)
        self.sheet = RowsTable(tr("Bilan"), balance_columns(), EmptyState(empty), self)
        nothing = tr("Aucun fonds dédié : tout ce qui a été reçu pour un projet est dépensé.")
        self.funds = RowsTable(tr("Fonds dédiés"), fund_columns(), EmptyState(nothing), self)
        for table in (self.result, self.sheet, self.funds):
            table.table.activated.connect(self._open)
        self.rules = self._action(tr("Règles comptables…"), "", self._rules)
        self.dedicate = self._action(
            tr("Fonds dédiés de fin d’exercice…"),
            "",
            self._dedicate,
            enabled=desk.may_write("finance"),
        )
        self.print = QAction(tr("Imprimer"), self)
        self.print.triggered.connect(self._print)
        self._lay_out()
        self.years.currentIndexChanged.connect(self.refresh)
        self.what.currentIndexChanged.connect(self._choose)
        self._turn()

    @override
    def filters(self) -> QWidget:
        return self._filters

    @override
    def primary(self) -> QAction:
        return self.print

    @override
    def document(self) -> tuple[str, Period]:
        return "statements", self._period

    @override
    @Slot()
    def refresh(self) -> None:
        """Read the year again."""
        with self.desk.book.read() as session:
            self._fill_years(session)
            key = self.years.currentData()
            year = session.get(FiscalYear, key) if key else None
            self._read.clear()
            if year is not None:
                self._period = year.period
                self._show(session, year)
            self.gauge.setText(gauge_words(gauge(session, self._today)))

    def _show(self, session: Session, year: FiscalYear) -> None:
        """Add up the table that is chosen, unless it was since the year was read."""
        place = self.what.currentIndex()
        if place in self._read:
            return
        self._read.add(place)
        before = self._today + DAY if self._today in year.period else None
        if place == SHEET:
            self.sheet.show_rows(balance_rows(balance_sheet(session, year, before=before)))
        elif place == FUNDS:
            self.funds.show_rows(fund_rows(dedicated_funds(session, year, before)))
        else:
            planned = planned_by_nature(session, year)
            found = result(session, year, before=before, planned=planned or None)
            self.result.show_rows(result_rows(found))

    def _fill_years(self, session: Session) -> None:
        current = self.years.currentData()
        if current is None and (now := find_year(session, self._today)) is not None:
            current = now.id
        self.years.blockSignals(True)
        self.years.clear()
        for year in years_of(session):
            words = tr("Exercice {year}").format(year=year.period.last.year)
            self.years.addItem(words, year.id)
        self.years.setCurrentIndex(max(self.years.findData(current), 0))
        self.years.blockSignals(False)

    @Slot()
    def _choose(self) -> None:
        self._turn()
        with self.desk.book.read() as session:
            year = session.get(FiscalYear, self.years.currentData() or 0)
            if year is not None:
                self._show(session, year)

    def _turn(self) -> None:
        place = self.what.currentIndex()
        for index, table in enumerate((self.result, self.sheet, self.funds)):
            table.setVisible(index == place)
        self.first_stop = (self.result, self.sheet, self.funds)[place].table

    @Slot(object)
    def _open(self, _place: object) -> None:
        table = (self.result, self.sheet, self.funds)[self.what.currentIndex()]
        row = table.current
        if isinstance(row, StatementRow) and row.accounts:
            is_sheet = self.what.currentIndex() == SHEET
            AccountsDialog(self.desk, self.window(), row, self._period, is_sheet=is_sheet).exec()
        elif isinstance(row, Fund):
            title = f"{row.account} {row.project} {row.title}".strip()
            show_lines(self, self.desk, title, self._period, row.account, project=row.project)

    @Slot()
    def _rules(self) -> None:
        PolicyDialog(self.desk, self.window()).exec()

    @Slot()
    def _dedicate(self) -> None:
        with self.desk.book.read() as session:
            year = session.get(FiscalYear, self.years.currentData() or 0)
            found = propose(session, year) if year else []
        words = [words_of(each) for each in found]
        if not any(each.move for each in found):
            said = tr("Rien à écrire : chaque projet a dépensé ce qu’il a reçu, ou l’a de côté.")
            self.notice.tell("info", "\n".join([said, *words]))
            return
        title = tr("Écrire les fonds dédiés de l’exercice ?")
        if not ask(self.window(), title, "\n".join(words), tr("Écrire en brouillon")):
            return
        try:
            with self.desk.book.action(tr("Fonds dédiés")) as session:
                year = session.get_one(FiscalYear, self.years.currentData())
                written = len(post_dedications(session, year))
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        said = trn("{n} écriture en brouillon.", "{n} écritures en brouillon.", written)
        self.desk.tell(said, undo=True)

    @Slot()
    def _print(self) -> None:
        self.desk.print_out(*self.document())

    def _lay_out(self) -> None:
        bar = FlowLayout(scaled(8))
        for action in (self.rules, self.dedicate):
            button = QPushButton(action.text())
            button.setEnabled(action.isEnabled())
            button.clicked.connect(action.trigger)
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.notice)
        column.addWidget(self.gauge)
        column.addLayout(bar)
        for table in (self.result, self.sheet, self.funds):
            column.addWidget(table, 1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
