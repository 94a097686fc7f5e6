"""Money expected on known days: rents, debits, contracts, and their days to come."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.budget.actuals import actuals_by_month
from cantine_desktop.finance.budget.model import PlannedFlow, Rhythm
from cantine_desktop.finance.budget.months import month_index
from cantine_desktop.finance.ledger.model import FiscalYear
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

RHYTHMS = {
    Rhythm.ONCE: mark("une fois"),
    Rhythm.MONTHLY: mark("chaque mois"),
    Rhythm.QUARTERLY: mark("chaque trimestre"),
    Rhythm.YEARLY: mark("chaque année"),
}
_STEPS = {Rhythm.ONCE: 0, Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.YEARLY: 12}


class Expected(NamedTuple):
    """A planned flow on one of its days."""

    day: date
    label: str
    amount: Money
    nature: str


class FlowFacts(NamedTuple):
    """A planned flow, as somebody types it; see ``PlannedFlow``."""

    label: str
    amount: Money
    rhythm: Rhythm
    first: date
    last: date | None = None
    nature: str = ""


def add_flow(session: Session, facts: FlowFacts) -> PlannedFlow:
    """Keep a planned flow.

    Raises:
        UserError: It has no words, no amount, or ends before it begins.
    """
    _refuse_wrong(facts)
    flow = PlannedFlow(**facts._asdict())
    session.add(flow)
    session.flush()
    return flow


def change_flow(session: Session, flow: PlannedFlow, facts: FlowFacts) -> None:
    """Change a planned flow.

    Raises:
        UserError: As ``add_flow``.
    """
    _refuse_wrong(facts)
    for name, value in facts._asdict().items():
        setattr(flow, name, value)
    session.flush()


def _refuse_wrong(facts: FlowFacts) -> None:
    if not facts.label.strip() or not facts.amount:
        raise UserError(tr("Un flux prévu a un nom et un montant non nul."))
    if facts.last is not None and facts.last < facts.first:
        raise UserError(tr("La dernière date d’un flux ne précède pas la première."))


def expected_flows(session: Session, after: date, end: date) -> list[Expected]:
    """Return the planned flows after a day and before another, by day."""
    flows = session.scalars(select(PlannedFlow).where(PlannedFlow.is_active))
    found = [
        Expected(day, flow.label, flow.amount, flow.nature)
        for flow in flows
        for day in days_of(flow, end)
        if day > after
    ]
    return sorted(found)


def flows_to_come(session: Session, year: FiscalYear, today: date, end: date) -> list[Expected]:
    """Return the planned flows after today and before a day that the accounts do not hold yet.

    An invoice that came early already stands for the flow of this month: what this month
    counts on the accounts of a flow is taken off it.
    """
    month = month_index(year, today)
    is_inside = today in year.period
    counted = actuals_by_month(session, year, today + timedelta(days=1)) if is_inside else {}
    found: list[Expected] = []
    for flow in expected_flows(session, today, end):
        if flow.nature and flow.day < Period.month(today).end:
            told = sum(
                cents[month] for (number, _), cents in counted.items() if _is_of(number, flow)
            )
            left = max(abs(flow.amount.cents) - abs(told), 0)
            amount = Money(left if flow.amount.cents > 0 else -left)
            found.append(flow._replace(amount=amount))
        else:
            found.append(flow)
    return [flow for flow in found if flow.amount]


def _is_of(number: str, flow: Expected) -> bool:
    return number.startswith(flow.nature)


def days_of(flow: PlannedFlow, end: date) -> Iterator[date]:
    """Yield the days of a flow before a day; a 31st falls on the last day of shorter months."""
    step = _STEPS[flow.rhythm]
    months = 0
    while True:
        day = _months_later(flow.first, months)
        if day >= end or (flow.last is not None and day > flow.last):
            return
        yield day
        if not step:
            return
        months += step


def engaged_by_nature(session: Session, year: FiscalYear, today: date) -> dict[str, Money]:
    """Return what planned flows still cost or bring in until a year ends, by nature."""
    found: dict[str, Money] = {}
    for flow in flows_to_come(session, year, today, year.end):
        if flow.nature:
            amount = flow.amount if flow.nature.startswith("7") else -flow.amount
            found[flow.nature] = found.get(flow.nature, Money(0)) + amount
    return found


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
