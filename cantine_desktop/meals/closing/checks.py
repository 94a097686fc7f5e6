"""What is proved of closings when a book is verified: they balance, and their takings say so."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.finance.postings.means import Purpose
from cantine_desktop.finance.postings.model import Takings, TakingsPart
from cantine_desktop.i18n import tr
from cantine_desktop.meals.closing.model import ServiceClosing
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.values.money import Money

TABLE = ServiceClosing.__tablename__


def check(session: Session) -> Iterator[Finding]:
    """Find closings that do not balance, or that their takings do not tell alike."""
    query = (
        select(ServiceClosing, Takings)
        .join(Takings, ServiceClosing.takings_id == Takings.id)
        .order_by(ServiceClosing.id)
        .options(selectinload(ServiceClosing.tally), selectinload(ServiceClosing.sponsored))
    )
    given = _given(session)
    for row, takings in session.execute(query):
        yield from _check_one(row, takings, given.get(takings.id, Money(0)))


def _given(session: Session) -> dict[int, Money]:
    query = (
        select(TakingsPart.takings_id, func.sum(TakingsPart.amount))
        .where(TakingsPart.purpose == Purpose.MEALS)
        .group_by(TakingsPart.takings_id)
    )
    return dict(session.execute(query).all())


def _check_one(row: ServiceClosing, takings: Takings, given: Money) -> Iterator[Finding]:
    spot = TABLE, row.id
    if not row.is_sealed:
        yield at(spot, tr("a ses recettes, et n’est pas scellée"))
    apart = sum(each.count for each in row.sponsored) + (row.offered or 0)
    if takings.meals + apart != row.diners or takings.offered != apart:
        yield at(spot, tr("ses convives ne sont pas ceux de ses recettes"))
    if row.contributions_total != given:
        yield at(spot, tr("ses contributions ne sont pas celles de ses recettes"))
    struck = Money(sum(each.amount.cents * each.count for each in row.tally))
    if row.tally and struck != row.contributions_total:
        yield at(spot, tr("son pointage ne fait pas ses contributions"))
