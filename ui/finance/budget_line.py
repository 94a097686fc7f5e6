"""A line of the budget: what it plans by month, how it is foreseen, and why."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.budget import planning
from cantine_desktop.finance.budget.following import EXPLAINED, OUTLOOKS, FollowedLine
from cantine_desktop.finance.budget.model import BudgetLine, Outlook
from cantine_desktop.finance.budget.months import months_of, spread
from cantine_desktop.finance.budget.planning import LineFacts
from cantine_desktop.finance.ledger.model import FiscalYear
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from ui.desk import Desk
from ui.finance.line_list import fit
from ui.kit.dialogs import Dialog
from ui.kit.fields import MoneyEdit, TextEdit
from ui.kit.form import Form
from ui.kit.notice import Notice
from ui.kit.scrolling import scrolling
from ui.kit.theme import scaled, set_role


class BudgetLineDialog(Dialog):
    """Adds a line to a year’s budget, or changes one."""

    def __init__(
        self, desk: Desk, parent: QWidget | None, year_id: int, line: FollowedLine | None
    ) -> None:
        super().__init__(parent, tr("Ligne de budget"))
        self._desk, self._year_id, self._line = desk, year_id, line
        with desk.book.read() as session:
            year = session.get_one(FiscalYear, year_id)
            self._months = [period.first for period in months_of(year)]
            self._activities = planning.activities(session)
            budget = planning.current(session, year)
            self._is_adopted = budget is not None and budget.adopted_on is not None
        self.notice = Notice()
        self.form = Form()
        self._build()
        inside = QWidget()
        set_role(inside, "page")
        self._fill(inside)
        self.body.addWidget(scrolling(inside, sideways=False), 1)
        act, _cancel = self.add_answers(tr("Garder"))
        act.clicked.disconnect()
        act.clicked.connect(self._keep)
        fit(self, 620, 640)

    def _fill(self, inside: QWidget) -> None:
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, scaled(8), 0)
        column.addWidget(self.notice)
        column.addWidget(self.form)

    def _build(self) -> None:
        line = self._line
        self.nature = TextEdit(tr("Comptes suivis"), required=True, longest=17)
        self.label = TextEdit(tr("Libellé"), required=True)
        self.activity = QComboBox()
        self.activity.addItem(tr("Toutes"), "")
        for code, title in self._activities:
            self.activity.addItem(title, code)
        self.amount = MoneyEdit(tr("Budget de l’année"), negative=True, required=True)
        self.outlook = QComboBox()
        for outlook, words in OUTLOOKS.items():
            self.outlook.addItem(tr(words), outlook)
        self.expected = MoneyEdit(tr("Fin d’exercice prévue"), negative=True)
        self.comment = QPlainTextEdit()
        self.comment.setMaximumHeight(scaled(72))
        self.comment.setTabChangesFocus(True)
        self.form.add(
            "nature",
            tr("Comptes suivis"),
            self.nature,
            tr("Premiers chiffres : 601 denrées, 64 personnel, 706 repas, 74 subventions…"),
        )
        self.form.add("label", tr("Libellé"), self.label)
        self.form.add("activity", tr("Activité"), self.activity)
        self.form.add("amount", tr("Budget de l’année"), self.amount)
        self.form.add("outlook", tr("Prévision"), self.outlook, tr(EXPLAINED[Outlook.REMAINING]))
        self.form.add("expected", tr("Fin d’exercice prévue"), self.expected)
        self.form.add("comment", tr("Commentaire"), self.comment)
        more = self.form.more()
        self.months = _MonthsGrid([f"{day:%m/%Y}" for day in self._months])
        more.body.addWidget(self.months)
        if line is not None:
            self._present(line)
        for field in (self.nature, self.amount, self.months):
            field.setEnabled(not self._is_adopted)
        if self._is_adopted:
            self.notice.tell(
                "info", tr("Budget voté : seuls la prévision et le commentaire changent.")
            )
        self.form.committed.connect(self._on_committed)
        self.months.told = self._sum_months

    def _present(self, line: FollowedLine) -> None:
        self.nature.set_value(line.nature)
        self.label.set_value(line.label)
        self.activity.setCurrentIndex(max(self.activity.findData(line.activity), 0))
        self.amount.set_value(line.planned)
        self.outlook.setCurrentIndex(self.outlook.findData(line.outlook))
        if line.outlook is Outlook.TYPED:
            self.expected.set_value(line.forecast)
        self.comment.setPlainText(line.comment)
        self.months.show_cents(line.months)

    @Slot(str, object)
    def _on_committed(self, key: str, _value: object) -> None:
        if key != "amount" or self.amount.value is None:
            return
        known = [max(cents, 0) for cents in self.months.cents()]
        weights = known if any(known) else [1] * len(self._months)
        self.months.show_cents(spread(self.amount.value, weights))

    def _sum_months(self) -> None:
        self.amount.set_value(Money(sum(self.months.cents())))

    @Slot()
    def _keep(self) -> None:
        if not self.form.check():
            return
        facts = LineFacts(
            self.nature.value or "",
            self.label.value or "",
            tuple(self.months.cents()),
            self.activity.currentData(),
            Outlook(self.outlook.currentData()),
            self.expected.value,
            self.comment.toPlainText(),
        )
        try:
            with self._desk.book.action(tr("Ligne de budget")) as session:
                self._write(session, facts)
        except UserError as error:
            self.notice.tell("bad", str(error))
            return
        self.accept()

    def _write(self, session: Session, facts: LineFacts) -> None:
        if self._line is not None and self._line.key is not None:
            planning.change_line(session, session.get_one(BudgetLine, self._line.key), facts)
            return
        year = session.get_one(FiscalYear, self._year_id)
        budget = planning.current(session, year)
        if budget is None:
            budget = planning.begin(session, year, civil_date(self._desk.book.clock()))
        planning.add_line(session, budget, facts)


class _MonthsGrid(QWidget):
    """One amount per month, three to a line."""

    def __init__(self, labels: list[str]) -> None:
        super().__init__()
        self.told: Callable[[], None] = _nothing
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        self._fields: list[MoneyEdit] = []
        for place, label in enumerate(labels):
            field = MoneyEdit(tr("Budget de {month}").format(month=label), negative=True)
            field.committed.connect(self._tell)
            name = QLabel(label)
            set_role(name, "small")
            name.setBuddy(field)
            grid.addWidget(name, 2 * (place // 3), place % 3)
            grid.addWidget(field, 2 * (place // 3) + 1, place % 3)
            self._fields.append(field)

    def cents(self) -> list[int]:
        """Return the amounts typed; an empty field is zero."""
        return [(field.value or Money(0)).cents for field in self._fields]

    def show_cents(self, cents: Sequence[int]) -> None:
        """Show other amounts."""
        for field, one in zip(self._fields, cents, strict=False):
            field.set_value(Money(one))

    @Slot(object)
    def _tell(self, _value: object) -> None:
        self.told()


def _nothing() -> None:
    """Wait for somebody to listen."""
