"""The budget beside what happened: by nature or activity, foreseen to the end of the year."""

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.budget import planning
from cantine_desktop.finance.budget.following import Followed, FollowedLine, follow
from cantine_desktop.finance.budget.model import Budget, BudgetLine
from cantine_desktop.finance.budget.pasting import paste_lines
from cantine_desktop.finance.ledger.model import FiscalYear
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.statements.sums import years_of
from cantine_desktop.i18n import mark, money, short_day, tr, trn
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.finance.budget_line import BudgetLineDialog
from ui.finance.budget_rows import by_activity, by_nature, columns
from ui.finance.facts_menu import facts_button
from ui.finance.kpi_strip import Kpi, KpiStrip
from ui.finance.line_list import show_lines
from ui.finance.rows_table import RowsTable
from ui.finance.tight import Tight
from ui.kit.clipboard import read_block
from ui.kit.dialogs import ask, ask_text
from ui.kit.empty import EmptyState
from ui.kit.flow import FlowLayout
from ui.kit.notice import Notice
from ui.kit.theme import scaled, set_role
from ui.screen import Screen


class BudgetScreen(Screen):
    """Plan, actual, engaged and forecast, line by line."""

    key: ClassVar[str] = "budget"
    shows: ClassVar[frozenset[str]] = frozenset({
        "budget",
        "budget_line",
        "planned_flow",
        "entry",
        "line",
        "fiscal_year",
    })
    help_text: ClassVar[str] = mark(
        "Entrée ouvre une ligne : montants par mois, prévision, commentaire. F4 montre les "
        "écritures derrière le réel. Ctrl+V colle un tableau : comptes, libellé, montant."
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._may_write = desk.may_write("finance")
        self._today = civil_date(desk.book.clock())
        self._followed: Followed | None = None
        self._period = Period.year(self._today)
        self.years = QComboBox()
        self.years.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.years.setAccessibleName(tr("Exercice"))
        self.group = QComboBox()
        self.group.setAccessibleName(tr("Regrouper"))
        self.group.addItems([tr("Par nature"), tr("Par activité")])
        self._filters = QWidget()
        row = QHBoxLayout(self._filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.years)
        row.addWidget(self.group)
        self.notice = Notice()
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        set_role(self.sentence, "h2")
        self.version = QLabel()
        self.version.setWordWrap(True)
        set_role(self.version, "small")
        self.kpis = KpiStrip(tr("Budget en bref"), self)
        self.rows = RowsTable(tr("Lignes du budget"), columns(), self._empty(), self)
        self.rows.table.activated.connect(self._open)
        self._make_actions()
        self._lay_out()
        self.years.currentIndexChanged.connect(self.refresh)
        self.group.currentIndexChanged.connect(self._show_rows)
        self.first_stop = self.rows.table

    def _make_actions(self) -> None:
        self.add = self._action(tr("Nouvelle ligne de budget…"), "Ctrl+N", self._add)
        self.lines = self._action(tr("Montrer les écritures"), "F4", self._show_lines)
        self.paste = self._action(tr("Coller un tableau"), "Ctrl+V", self._paste)
        self.remove = self._action(tr("Retirer la ligne"), "Del", self._remove)
        self.revise = self._action(tr("Réviser le budget…"), "", self._revise)
        self.adopt = self._action(tr("Noter le vote du budget…"), "", self._adopt)
        self.statements = self._action(tr("Compte de résultat et bilan"), "", self._statements)
        self.export = self._action(tr("Exporter le budget (CSV)…"), "", self._export)
        for action in (self.add, self.paste, self.remove, self.revise, self.adopt):
            action.setEnabled(self._may_write)

    @override
    def filters(self) -> QWidget:
        return self._filters

    @override
    def primary(self) -> QAction:
        return self.add

    @override
    def document(self) -> tuple[str, Period]:
        return "budget-report", self._period

    @override
    @Slot()
    def refresh(self) -> None:
        """Read the budget again."""
        self._fill_years()
        with self.desk.book.read() as session:
            year = self._year_in(session)
            if year is None:
                self._followed = None
            else:
                self._period = year.period
                self._followed = follow(session, year, self._today)
            versions = planning.versions(session, year) if year else []
        self._show_rows()
        if not versions:
            self.version.clear()
            return
        last = versions[0]
        state = (
            tr("votée le {day}").format(day=short_day(last.adopted_on))
            if last.adopted_on
            else tr("projet, pas encore votée")
        )
        reason = f" · {last.reason}" if last.reason else ""
        self.version.setText(
            tr("Version {n}, {state}").format(n=last.version, state=state) + reason
        )

    def _year_in(self, session: Session) -> FiscalYear | None:
        key = self.years.currentData()
        return session.get(FiscalYear, key) if key else None

    def _require_year(self, session: Session) -> FiscalYear:
        year = self._year_in(session)
        if year is None:
            raise UserError(tr("Aucun exercice n’est ouvert : notez un premier fait."))
        return year

    def _fill_years(self) -> None:
        with self.desk.book.read() as session:
            years = [(year.id, year.first, year.period.last) for year in years_of(session)]
            now = find_year(session, self._today)
            current = self.years.currentData() or (now.id if now else None)
        self.years.blockSignals(True)
        self.years.clear()
        for key, first, last in years:
            words = str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
            self.years.addItem(tr("Exercice {year}").format(year=words), key)
        place = self.years.findData(current)
        self.years.setCurrentIndex(max(place, 0))
        self.years.blockSignals(False)

    @Slot()
    def _show_rows(self) -> None:
        followed = self._followed
        if followed is None or not (followed.lines or followed.version):
            self.rows.show_rows([])
            self.kpis.show_kpis([])
            self.sentence.setText(tr("Aucun budget pour cet exercice."))
            return
        make = by_activity if self.group.currentIndex() else by_nature
        self.rows.show_rows(make(followed))
        self._show_sums(followed)

    def _show_sums(self, followed: Followed) -> None:
        costs, income = followed.sums("6"), followed.sums("7")
        planned, foreseen = income[0] - costs[0], income[4] - costs[4]
        self.sentence.setText(_words(followed, planned, foreseen))
        names = ((tr("Charges"), costs), (tr("Produits"), income))
        kpis = [
            Kpi(
                name,
                tr("{actual} sur {planned}").format(actual=money(sums[2]), planned=money(sums[0])),
                tr("{forecast} prévus en fin d’exercice").format(forecast=money(sums[4])),
            )
            for name, sums in names
        ]
        gap = foreseen - planned
        role = "ok" if foreseen.cents >= 0 else "warn" if gap.cents >= 0 else "bad"
        kpis.append(
            Kpi(
                tr("Résultat prévu"),
                money(foreseen),
                tr("{gap} par rapport au budget").format(
                    gap=("+" if gap.cents > 0 else "") + money(gap)
                ),
                role,
            )
        )
        self.kpis.show_kpis(kpis)

    @Slot()
    def _add(self) -> None:
        with self.desk.book.read() as session:
            year = self._year_in(session)
            has_budget = year is not None and planning.current(session, year) is not None
        if year is None:
            self.notice.tell("warn", tr("Aucun exercice n’est ouvert : notez un premier fait."))
            return
        if not has_budget and not self._begin(from_last_year=False):
            return
        BudgetLineDialog(self.desk, self.window(), year.id, None).exec()

    @Slot(object)
    def _open(self, _place: object) -> None:
        key = self.rows.current
        if not isinstance(key, FollowedLine):
            return
        if key.key is None:
            self._show_lines()
            return
        BudgetLineDialog(self.desk, self.window(), self.years.currentData(), key).exec()

    @Slot()
    def _show_lines(self) -> None:
        key = self.rows.current
        if isinstance(key, FollowedLine):
            beginning = " ".join(key.numbers) or key.nature
            show_lines(self, self.desk, key.label, self._period, beginning, key.activity)

    @Slot()
    def _remove(self) -> None:
        key = self.rows.current
        if not isinstance(key, FollowedLine) or key.key is None:
            return
        try:
            with self.desk.book.action(tr("Ligne de budget retirée")) as session:
                planning.remove_line(session, session.get_one(BudgetLine, key.key))
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.desk.tell(tr("Ligne retirée."), undo=True)

    @Slot()
    def _revise(self) -> None:
        reason = ask_text(
            self.window(),
            tr("Réviser le budget"),
            tr(
                "Une nouvelle version reprend les lignes ; l’ancienne reste. Pourquoi la révision ?"
            ),
            tr("Réviser"),
        )
        if reason is None:
            return
        try:
            with self.desk.book.action(tr("Budget révisé")) as session:
                planning.revise(session, self._require_year(session), reason, self._today)
        except UserError as error:
            self.notice.tell("bad", str(error))

    @Slot()
    def _adopt(self) -> None:
        said = tr(
            "Les montants sont alors figés ; les prévisions et commentaires restent libres. Une"
            " révision change les montants."
        )
        if not ask(self.window(), tr("Budget voté aujourd’hui ?"), said, tr("Noter le vote")):
            return
        try:
            with self.desk.book.action(tr("Budget voté")) as session:
                budget = self._budget_in(session)
                planning.adopt(session, budget, self._today)
        except UserError as error:
            self.notice.tell("bad", str(error))

    def _budget_in(self, session: Session) -> Budget:
        year = self._year_in(session)
        found = planning.current(session, year) if year else None
        if found is None:
            raise UserError(tr("Cet exercice n’a pas encore de budget."))
        return found

    @Slot()
    def _paste(self) -> None:
        block = read_block(QGuiApplication.clipboard().text())
        try:
            with self.desk.book.action(tr("Budget collé d’un tableau")) as session:
                year = self._require_year(session)
                added, changed = paste_lines(session, year, block, self._today)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.notice.clear()
        words = trn("{n} ligne ajoutée", "{n} lignes ajoutées", added)
        more = trn("{n} changée", "{n} changées", changed)
        self.desk.tell(f"{words}, {more}.", undo=True)

    @Slot()
    def _statements(self) -> None:
        self.desk.go("statements")

    @Slot()
    def _export(self) -> None:
        self.desk.export("budget", self._period)

    def _begin(self, *, from_last_year: bool) -> bool:
        make = planning.begin_from_last_year if from_last_year else planning.begin
        try:
            with self.desk.book.action(tr("Budget commencé")) as session:
                make(session, self._require_year(session), self._today)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return False
        return True

    @Slot()
    def _begin_from_last_year(self) -> None:
        if self._begin(from_last_year=True):
            self.desk.tell(tr("Le budget reprend le réel de l’an dernier."), undo=True)

    def _empty(self) -> EmptyState:
        return EmptyState(
            tr(
                "Pas encore de budget. Partez de ce que l’an dernier a vraiment coûté, collez un"
                " tableau (Ctrl+V), ou ajoutez une première ligne."
            ),
            tr("Partir du réel de l’an dernier") if self._may_write else "",
            self._begin_from_last_year,
            "wallet",
        )

    def _lay_out(self) -> None:
        buttons = QWidget(self)
        bar = FlowLayout(scaled(8), buttons)
        for action in (self.lines, self.revise, self.adopt, self.statements):
            button = QPushButton(action.text())
            button.setEnabled(action.isEnabled())
            button.clicked.connect(action.trigger)
            bar.addWidget(button)
        bar.addWidget(facts_button(self, self.desk))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        for widget in (self.notice, self.sentence, self.version, self.kpis):
            column.addWidget(widget)
        column.addWidget(buttons)
        column.addWidget(self.rows, 1)
        self.tight = Tight(self, (self.kpis, buttons))


def _words(followed: Followed, planned: Money, foreseen: Money) -> str:
    if not followed.version:
        return tr("Sans budget, l’exercice irait vers {result}.").format(result=money(foreseen))
    words = (
        tr("L’exercice se terminerait avec un excédent de {result} ; le budget visait {planned}.")
        if foreseen.cents >= 0
        else tr(
            "L’exercice se terminerait avec un déficit de {result} ; le budget visait {planned}."
        )
    )
    return words.format(result=money(Money(abs(foreseen.cents))), planned=money(planned))
