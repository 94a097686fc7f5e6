"""The franchise of commercial taxes: lucrative takings of a calendar year beside its limit."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import resources
from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.model import Account, Entry, Journal, JournalKind, Line
from cantine_desktop.finance.statements.model import FranchiseLimit
from cantine_desktop.finance.statements.sums import AccountSum
from cantine_desktop.i18n import money, number, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP


class Gauge(NamedTuple):
    """Lucrative takings of a calendar year.

    Attributes:
        accounts: Accounts marked lucrative that moved; ``net`` is credit less debit here.
        limit: The franchise of that year; ``None`` while nobody typed it.
        source: Where the limit was read, in words.
        all_income: All income of class 7 but grants and gifts, to see what share is lucrative.
    """

    year: int
    accounts: list[AccountSum]
    takings: Money
    limit: Money | None
    all_income: Money
    source: str = ""

    @property
    def share(self) -> Decimal | None:
        """Takings in hundredths of the limit, or ``None`` without one."""
        if not self.limit:
            return None
        return Decimal(100 * self.takings.cents) / self.limit.cents


@cache
def shipped_limits() -> dict[int, Money]:
    """Return the limits that are known, by calendar year."""
    return {int(year): Money(int(euros) * 100) for year, euros in _shipped()["limits"].items()}


@cache
def _shipped() -> dict[str, Any]:
    return tomllib.loads(resources.text("accounts/franchise.toml"))


def limit_of(session: Session, year: int) -> Money | None:
    """Return the limit of a calendar year: the one typed, or the one shipped."""
    typed = session.scalar(select(FranchiseLimit).where(FranchiseLimit.year == year))
    return typed.amount if typed else shipped_limits().get(year)


def source_of(session: Session, year: int) -> str:
    """Return where the limit of a calendar year was read; empty while none is known."""
    typed = session.scalar(select(FranchiseLimit).where(FranchiseLimit.year == year))
    if typed is not None:
        return typed.source
    return str(_shipped()["read_on"]) if year in shipped_limits() else ""


def set_limit(session: Session, year: int, amount: Money, source: str) -> None:
    """Keep the limit of a calendar year.

    Raises:
        UserError: It is not positive, or nobody says where it was read.
    """
    if amount.cents <= 0:
        raise UserError(tr("La franchise est plus grande que zéro."))
    if not source.strip():
        raise UserError(tr("Dites où ce montant se lit (BOFiP, site des impôts…)."))
    row = session.scalar(select(FranchiseLimit).where(FranchiseLimit.year == year))
    if row is None:
        row = FranchiseLimit(year=year, amount=amount)
        session.add(row)
    row.amount, row.source = amount, source.strip()
    session.flush()


def gauge(session: Session, day: date) -> Gauge:
    """Return the lucrative takings of the calendar year of a day, up to that day."""
    period = Period(date(day.year, 1, 1), Period.through(day, day).end)
    query = (
        select(
            Account.number,
            Account.title,
            Account.is_lucrative,
            func.sum(Line.credit),
            func.sum(Line.debit),
        )
        .join(Line, Line.account_id == Account.id)
        .join(Entry, Line.entry_id == Entry.id)
        .join(Journal, Entry.journal_id == Journal.id)
        .where(Account.number.startswith("7"), Journal.kind != JournalKind.OPENING)
        .where(Entry.day >= period.first, Entry.day < period.end)
        .group_by(Account.number, Account.title, Account.is_lucrative)
        .order_by(Account.number)
    )
    found = [
        (AccountSum(account, title, given - taken), lucrative)
        for account, title, lucrative, given, taken in session.execute(query)
    ]
    lucrative = [one for one, is_lucrative in found if is_lucrative]
    sales = [one for one, _ in found if one.number.startswith(("70", "756"))]
    return Gauge(
        day.year,
        lucrative,
        _sum(lucrative),
        limit_of(session, day.year),
        _sum(sales),
        source_of(session, day.year),
    )


def _sum(accounts: list[AccountSum]) -> Money:
    return Money(sum(one.net.cents for one in accounts))


def _without_limit(found: Gauge) -> str:
    words = tr(
        "{takings} de recettes lucratives en {year}. La franchise de {year} n’est pas connue de"
        " l’application : tapez-la dans les réglages, page « Comptabilité et exports »."
    ).format(takings=money(found.takings), year=found.year)
    known = max((year for year in shipped_limits() if year < found.year), default=None)
    if known is None:
        return words
    limit = shipped_limits()[known]
    share = number(Decimal(100 * found.takings.cents) / limit.cents, 0)
    return f"{words} " + tr("À titre de repère : {share} de celle de {known} ({limit}).").format(
        share=f"{share}{NBSP}%", known=known, limit=money(limit)
    )


def gauge_words(found: Gauge) -> str:
    """Return the gauge in one sentence."""
    if found.limit is None:
        return _without_limit(found)
    share = found.share or Decimal(0)
    left = found.limit - found.takings
    words = (
        tr(
            "{takings} de recettes lucratives en {year} : {share} de la franchise ({limit},"
            " d’après {source}), il reste {left}."
        )
        if left.cents >= 0
        else tr(
            "{takings} de recettes lucratives en {year} : {share} de la franchise ({limit},"
            " d’après {source}), dépassée. Les impôts commerciaux s’appliquent ; parlez-en à votre"
            " expert-comptable."
        )
    )
    return words.format(
        takings=money(found.takings),
        year=found.year,
        share=f"{number(share, 0)}{NBSP}%",
        left=money(left),
        limit=money(found.limit),
        source=found.source,
    )
