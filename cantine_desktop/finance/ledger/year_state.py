"""Where a fiscal year stands: what waits in it, its result, what to look at before closing."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.carrying import result_of
from cantine_desktop.finance.ledger.closing import unassigned_result
from cantine_desktop.finance.ledger.model import Entry, FiscalYear
from cantine_desktop.finance.ledger.trial import trial_balance
from cantine_desktop.finance.ledger.years import previous_year, years
from cantine_desktop.i18n import money, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


class YearState(NamedTuple):
    """A fiscal year as screens show it.

    Attributes:
        entries: How many it has, drafts included.
        drafts: How many are still to validate.
        result: Positive for a surplus, as far as it is known.
        unassigned: Result of earlier years on 120 or 129; positive for a surplus.
        can_close: It is over, and the year before is closed.
    """

    key: int
    period: Period
    is_closed: bool
    locked_until: date | None
    entries: int
    drafts: int
    result: Money
    unassigned: Money
    can_close: bool


def year_states(session: Session, today: date) -> list[YearState]:
    """Return every year, latest first."""
    return [_state(session, year, today) for year in years(session)]


def _state(session: Session, year: FiscalYear, today: date) -> YearState:
    count = func.count(Entry.id)
    query = select(count, count.filter(Entry.number.is_(None)))
    entries, drafts = session.execute(query.where(Entry.fiscal_year_id == year.id)).one()
    before = previous_year(session, year)
    return YearState(
        year.id,
        year.period,
        year.is_sealed,
        year.locked_until,
        entries,
        drafts,
        result_of(session, year),
        unassigned_result(session, year),
        not year.is_sealed and today >= year.end and (before is None or before.is_sealed),
    )


def faults_before_closing(session: Session, year: FiscalYear) -> list[str]:
    """Return what an accountant would ask about before a year is closed; none of it forbids.

    Waiting accounts should hold nothing, the till is never negative, both sides of gifts in
    kind agree.
    """
    held = {row.number: row.closing for row in trial_balance(session, year.period)}
    found: list[str] = []
    for role, words in (
        (Role.SUSPENSE, tr("{amount} attendent d’être expliqués (compte d’attente).")),
        (Role.TRANSFERS, tr("{amount} sont en route vers la banque (virements internes).")),
    ):
        amount = held.get(role, Money(0))
        if amount:
            found.append(words.format(amount=money(Money(abs(amount.cents)))))
    cash = held.get(Role.CASH, Money(0))
    if cash.cents < 0:
        found.append(tr("La caisse est négative : {amount}.").format(amount=money(cash)))
    in_kind = sum(amount.cents for number, amount in held.items() if number.startswith("8"))
    if in_kind:
        found.append(
            tr("Les dons en nature et leur emploi diffèrent de {amount}.").format(
                amount=money(Money(abs(in_kind)))
            )
        )
    return found
