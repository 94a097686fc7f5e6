"""Making a budget: beginning, copying last year, changing lines, revising, adopting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.budget.actuals import actuals_by_month
from cantine_desktop.finance.budget.model import Budget, BudgetLine, Outlook
from cantine_desktop.finance.budget.months import months_of, spread
from cantine_desktop.finance.ledger.model import Account, Axis, FiscalYear, Section
from cantine_desktop.finance.statements.sums import year_before
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money

NATURES = ("6", "7", "86", "87")
"""Budgets speak of expenses, income and what is given in kind."""


@dataclass(frozen=True)
class LineFacts:
    """A line of a budget, as somebody types it.

    Attributes:
        nature: First digits of its accounts.
        months: Cents of each month; they sum to the year.
        activity: Code of a section of the axis of activities; empty for all.
    """

    nature: str
    label: str
    months: tuple[int, ...]
    activity: str = ""
    outlook: Outlook = Outlook.REMAINING
    expected: Money | None = None
    comment: str = ""


class Version(NamedTuple):
    """A version of a budget, as lists show it."""

    key: int
    version: int
    made_on: date
    reason: str
    adopted_on: date | None


def current(session: Session, year: FiscalYear) -> Budget | None:
    """Return the last version of a year’s budget."""
    return session.scalar(
        select(Budget)
        .where(Budget.fiscal_year_id == year.id)
        .order_by(Budget.version.desc())
        .limit(1)
    )


def versions(session: Session, year: FiscalYear) -> list[Version]:
    """Return the versions of a year’s budget, the last one first."""
    rows = session.scalars(
        select(Budget).where(Budget.fiscal_year_id == year.id).order_by(Budget.version.desc())
    )
    return [Version(b.id, b.version, b.made_on, b.reason, b.adopted_on) for b in rows]


def begin(session: Session, year: FiscalYear, today: date) -> Budget:
    """Begin the budget of a year, empty.

    Raises:
        UserError: It has one already: revise it.
    """
    if current(session, year) is not None:
        raise UserError(tr("Cet exercice a déjà un budget : révisez-le avec une raison."))
    budget = Budget(fiscal_year_id=year.id, version=1, made_on=today)
    session.add(budget)
    session.flush()
    return budget


def begin_from_last_year(session: Session, year: FiscalYear, today: date) -> Budget:
    """Begin a budget with what last year really cost and brought in, month by month.

    Raises:
        UserError: There is no year before, it holds nothing, or there is a budget already.
    """
    last = year_before(session, year)
    if last is None:
        raise UserError(
            tr("Aucun exercice ne précède celui-ci : partez d’un budget vide ou d’un tableur.")
        )
    found = actuals_by_month(session, last)
    if not found:
        raise UserError(tr("L’exercice précédent ne contient aucune charge ni produit à copier."))
    budget = begin(session, year, today)
    titles = _titles(session)
    count = len(months_of(year))
    for (number, activity), cents in sorted(found.items()):
        whole = Money(sum(cents))
        if not whole:
            continue
        months = cents if len(cents) == count else spread(whole, [1] * count)
        facts = LineFacts(number, titles.get(number, number), tuple(months), activity)
        _add(session, budget, facts)
    session.flush()
    return budget


def revise(session: Session, year: FiscalYear, reason: str, today: date) -> Budget:
    """Make a new version of a budget with the lines of the last one.

    Raises:
        UserError: There is no budget, or no reason.
    """
    last = current(session, year)
    if last is None:
        raise UserError(tr("Cet exercice n’a pas encore de budget à réviser."))
    if not reason.strip():
        raise UserError(tr("Dites pourquoi le budget est révisé : le conseil le demandera."))
    budget = Budget(
        fiscal_year_id=year.id, version=last.version + 1, made_on=today, reason=reason.strip()
    )
    budget.lines = [
        BudgetLine(
            nature=line.nature,
            label=line.label,
            months=list(line.months),
            activity_id=line.activity_id,
            outlook=line.outlook,
            expected=line.expected,
            comment=line.comment,
        )
        for line in last.lines
    ]
    session.add(budget)
    session.flush()
    return budget


def adopt(session: Session, budget: Budget, day: date) -> None:
    """Note the day the board voted a budget: its lines are then changed by a revision.

    Raises:
        UserError: It holds no line.
    """
    if not budget.lines:
        raise UserError(tr("Ce budget n’a aucune ligne à voter."))
    budget.adopted_on = day
    session.flush()


def add_line(session: Session, budget: Budget, facts: LineFacts) -> BudgetLine:
    """Add a line.

    Raises:
        UserError: The budget is adopted, the nature is none of a result, another line has
            the same nature and activity, or the months are not those of the year.
    """
    _refuse_adopted(budget)
    _refuse_wrong(session, budget, facts, None)
    line = _add(session, budget, facts)
    session.flush()
    return line


def change_line(session: Session, line: BudgetLine, facts: LineFacts) -> None:
    """Change a line; comments and forecasts change even once the budget is adopted.

    Raises:
        UserError: As ``add_line``.
    """
    budget = session.get_one(Budget, line.budget_id)
    if list(facts.months) != line.months or facts.nature != line.nature:
        _refuse_adopted(budget)
    _refuse_wrong(session, budget, facts, line)
    line.nature, line.label = facts.nature, facts.label.strip()
    line.months = list(facts.months)
    line.activity_id = _activity(session, facts.activity)
    line.outlook, line.expected = facts.outlook, facts.expected
    line.comment = facts.comment.strip()
    session.flush()


def remove_line(session: Session, line: BudgetLine) -> None:
    """Remove a line of a budget that is not adopted.

    Raises:
        UserError: The budget is adopted.
    """
    budget = session.get_one(Budget, line.budget_id)
    _refuse_adopted(budget)
    budget.lines.remove(line)
    session.flush()


def planned_by_nature(session: Session, year: FiscalYear) -> dict[str, Money]:
    """Return the year’s budget by beginning of accounts, for the statements."""
    budget = current(session, year)
    found: dict[str, Money] = {}
    for line in budget.lines if budget else ():
        found[line.nature] = found.get(line.nature, Money(0)) + line.amount
    return found


def activities(session: Session) -> list[tuple[str, str]]:
    """Return code and title of the activities in use."""
    rows = session.execute(
        select(Section.code, Section.title)
        .where(Section.axis == Axis.ACTIVITY, Section.is_active)
        .order_by(Section.id)
    )
    return [(code, title) for code, title in rows]


def _add(session: Session, budget: Budget, facts: LineFacts) -> BudgetLine:
    line = BudgetLine(
        nature=facts.nature,
        label=facts.label.strip() or facts.nature,
        months=list(facts.months),
        activity_id=_activity(session, facts.activity),
        outlook=facts.outlook,
        expected=facts.expected,
        comment=facts.comment.strip(),
    )
    budget.lines.append(line)
    return line


def _activity(session: Session, code: str) -> int | None:
    if not code:
        return None
    found = session.scalar(
        select(Section.id).where(Section.code == code, Section.axis == Axis.ACTIVITY)
    )
    if found is None:
        raise UserError(tr("L’activité « {code} » n’existe pas.").format(code=code))
    return found


def _refuse_adopted(budget: Budget) -> None:
    if budget.adopted_on is not None:
        raise UserError(
            tr("Ce budget est voté : ses montants changent par une révision, avec sa raison.")
        )


def _refuse_wrong(
    session: Session, budget: Budget, facts: LineFacts, known: BudgetLine | None
) -> None:
    if not facts.nature.isdigit() or not facts.nature.startswith(NATURES):
        raise UserError(
            tr(
                "Une ligne de budget suit des comptes de charges (6…), de produits (7…) ou de"
                " contributions en nature (86…, 87…) : tapez les premiers chiffres."
            )
        )
    year = session.get_one(FiscalYear, budget.fiscal_year_id)
    if len(facts.months) != len(months_of(year)):
        raise UserError(tr("La répartition n’a pas un montant par mois de l’exercice."))
    if facts.outlook is Outlook.TYPED and facts.expected is None:
        raise UserError(tr("Tapez l’atterrissage que vous prévoyez pour cette ligne."))
    activity = _activity(session, facts.activity)
    for line in budget.lines:
        if line is not known and (line.nature, line.activity_id) == (facts.nature, activity):
            raise UserError(
                tr("Une ligne suit déjà les comptes {nature} pour cette activité.").format(
                    nature=facts.nature
                )
            )


def _titles(session: Session) -> dict[str, str]:
    rows: Sequence[tuple[str, str]] = [
        (number, title) for number, title in session.execute(select(Account.number, Account.title))
    ]
    return dict(rows)


def count_lines(session: Session, budget: Budget) -> int:
    """Return how many lines a budget has."""
    query = select(func.count(BudgetLine.id)).where(BudgetLine.budget_id == budget.id)
    return session.scalar(query) or 0
