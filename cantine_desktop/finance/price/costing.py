"""The full cost of a meal and the prices that would balance it (K8–K10)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.documents.periods import in_words
from cantine_desktop.finance.budget.planning import current
from cantine_desktop.finance.ledger.balances import balances
from cantine_desktop.finance.ledger.model import FiscalYear
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.finance.price.contributions import by, meals_of, share_of
from cantine_desktop.finance.price.displaying import price_on
from cantine_desktop.finance.price.model import PartKind
from cantine_desktop.finance.statements.tables import shown
from cantine_desktop.i18n import mark, money, number, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import NBSP


class Basis(StrEnum):
    """What a cost is counted from."""

    CLOSED = "closed"
    OPEN = "open"
    BUDGET = "budget"


BASES = {
    Basis.CLOSED: mark("Compté sur des mois terminés."),
    Basis.OPEN: mark("Compté sur des mois qui ne sont pas encore terminés : provisoire."),
    Basis.BUDGET: mark("Compté sur le budget tapé et les repas qu’il prévoit : rien n’est réel."),
}

KINDS: tuple[tuple[PartKind, tuple[str, ...]], ...] = (
    (PartKind.FOOD, ("601", "6031", "607", "6037")),
    (PartKind.STAFF, ("64", "621", "631", "633")),
    (PartKind.EQUIPMENT, ("6811", "6063", "602", "6032", "615")),
)
"""Accounts of each part of a cost; what none of them names is overheads."""

GIVEN = ("74", "754", "755")
"""Gifts and grants; the share of investment grants (747) is earned already."""
MEALS = "7060"


@dataclass(frozen=True)
class Costing:
    """What meals cost over a period, and what pays for them.

    Attributes:
        parts: Charges by part.
        meals: Meals served, offered ones included.
        paid: Meals that people paid for, zeros included; offered ones are apart.
        contributions: What people gave for them.
        earned: Other income but gifts and grants: memberships, events, sales…
        given: Gifts and grants.
        displayed: Price on the poster at the end of the period.
        accounts: Accounts behind each part and each kind of income, by their values; none
            for a budget.
    """

    period: Period
    basis: Basis
    meals: int
    paid: int
    parts: dict[PartKind, Money]
    contributions: Money
    earned: Money
    given: Money
    displayed: Money | None
    accounts: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    @property
    def charges(self) -> Money:
        """All charges."""
        return Money(sum(amount.cents for amount in self.parts.values()))

    @property
    def cost(self) -> Money | None:
        """Full cost of a meal (K8)."""
        return by(self.charges, self.meals)

    @property
    def average(self) -> Money | None:
        """What people give for a meal, offered ones left out (K4)."""
        return by(self.contributions, self.paid)

    @property
    def by_meal(self) -> Money | None:
        """Contributions by meal served, to hold beside a cost or a price that balances."""
        return by(self.contributions, self.meals)

    @property
    def balance_without_gifts(self) -> Money | None:
        """Price that balances, gifts and grants left out (K9)."""
        return by(self.charges - self.earned, self.meals)

    @property
    def balance_with_gifts(self) -> Money | None:
        """Price that balances, gifts and grants counted (K9)."""
        return by(self.charges - self.earned - self.given, self.meals)

    @property
    def covered(self) -> Decimal | None:
        """Charges covered by contributions to meals, in hundredths (K10)."""
        return share_of(self.contributions.cents, self.charges.cents)


def costing(session: Session, period: Period, basis: Basis = Basis.OPEN) -> Costing:
    """Return what meals cost over a period.

    Args:
        session: A session that reads.
        period: Days.
        basis: What the caller knows of these days.
    """
    parts = dict.fromkeys(PartKind, Money(0))
    sums = {"meals": Money(0), "given": Money(0), "earned": Money(0)}
    behind: dict[str, tuple[str, ...]] = {}
    for found in balances(session, period, opening=False):
        if found.number[0] == "6":
            kind = kind_of(found.number)
            parts[kind] += found.net
            behind[kind.value] = (*behind.get(kind.value, ()), found.number)
        elif found.number[0] == "7":
            name = income_kind(found.number)
            sums[name] += shown(found.number, found.net)
            behind[name] = (*behind.get(name, ()), found.number)
    displayed, meals = price_on(session, period.last), meals_of(session, period)
    return Costing(
        period,
        basis,
        meals.served,
        meals.paid,
        parts,
        sums["meals"],
        sums["earned"],
        sums["given"],
        displayed.amount if displayed else None,
        behind,
    )


def usual_costing(session: Session, today: date) -> Costing | None:
    """Return the cost of meals that the canteen should go by, or ``None`` without any.

    The last twelve closed months; else the months of the year so far; else the budget and
    the meals it plans.
    """
    closed = _closed(session, today)
    if closed is not None:
        found = costing(session, closed, Basis.CLOSED)
        if found.meals and found.charges:
            return found
    year = find_year(session, today)
    if year is not None:
        end = Period.through(today, today).end
        served = session.scalar(select(func.min(Takings.day)).where(Takings.day >= year.first))
        begun = served.replace(day=1) if served else year.first
        found = costing(session, Period(min(max(begun, year.first), today), end), Basis.OPEN)
        if found.meals and found.charges:
            return found
        return planned_costing(session, year)
    return None


def planned_costing(session: Session, year: FiscalYear) -> Costing | None:
    """Return the cost of meals by the typed budget; ``None`` while it plans no meals."""
    budget = current(session, year)
    if budget is None or not budget.meals:
        return None
    parts = dict.fromkeys(PartKind, Money(0))
    sums = {"meals": Money(0), "given": Money(0), "earned": Money(0)}
    for line in budget.lines:
        if line.nature[0] == "6":
            parts[kind_of(line.nature)] += line.amount
        elif line.nature[0] == "7":
            sums[income_kind(line.nature)] += line.amount
    displayed = price_on(session, year.period.last)
    return Costing(
        year.period,
        Basis.BUDGET,
        budget.meals,
        budget.meals,
        parts,
        sums["meals"],
        sums["earned"],
        sums["given"],
        displayed.amount if displayed else None,
    )


def kind_of(nature: str) -> PartKind:
    """Return the part of a cost that an account belongs to."""
    return next((kind for kind, begins in KINDS if nature.startswith(begins)), PartKind.OVERHEADS)


def income_kind(nature: str) -> str:
    """Return what an account of income is beside the price: ``meals``, ``given``, ``earned``."""
    if nature.startswith(MEALS) or nature == "706":
        return "meals"
    is_given = nature.startswith(GIVEN) and not nature.startswith("747")
    return "given" if is_given else "earned"


def covered_words(found: Costing) -> str:
    """Return in one sentence what meals pay, and what a meal misses."""
    if found.covered is None or not found.meals:
        return tr("Pas encore de repas ni de charges à comparer.")
    words = tr("{period} : les repas ont couvert {covered} des charges").format(
        period=_capital(in_words(found.period)), covered=f"{number(found.covered, 0)}{NBSP}%"
    )
    if found.displayed is None or found.average is None:
        return words + "."
    gap = found.displayed - found.average
    if gap.cents > 0:
        rest = tr(
            " ; il a manqué {gap} par repas pour atteindre le prix d’équilibre affiché ({price})."
        )
    else:
        rest = tr(" ; la contribution moyenne dépasse le prix d’équilibre affiché ({price}).")
    return words + rest.format(gap=money(gap), price=money(found.displayed))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _closed(session: Session, today: date) -> Period | None:
    """Return the last closed months, twelve at most."""
    years = session.scalars(
        select(FiscalYear).where(FiscalYear.first <= today).order_by(FiscalYear.first.desc())
    )
    for year in years:
        end = year.end if year.is_sealed else year.locked_until
        if end is not None and end > year.first:
            return _twelve_months(session, min(end, today))
    return None


def _twelve_months(session: Session, end: date) -> Period:
    first = date(end.year - 1, end.month, 1)
    # Months before the first service has charges, and no meal to divide them by.
    served = session.scalar(select(func.min(Takings.day)).where(Takings.day < end))
    begun = served.replace(day=1) if served else first
    return Period(min(max(first, begun), end - DAY), end)
