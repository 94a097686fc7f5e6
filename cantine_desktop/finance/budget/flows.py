"""Money expected on known days: rents, debits, contracts, and their days to come."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.budget.model import PlannedFlow, Rhythm
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.money import Money

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


def engaged_by_nature(session: Session, after: date, end: date) -> dict[str, Money]:
    """Return what planned flows still cost or bring in, by nature, always positive."""
    found: dict[str, Money] = {}
    for flow in expected_flows(session, after, end):
        if flow.nature:
            amount = flow.amount if flow.nature.startswith("7") else -flow.amount
            found[flow.nature] = found.get(flow.nature, Money(0)) + amount
    return found


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
