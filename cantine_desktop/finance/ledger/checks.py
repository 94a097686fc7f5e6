"""What is proved of the ledger: balance, numbers, seals, letterings, openings.

Each proof is one question over all entries, whatever their number.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.carrying import closing_sums, opening_sums
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    FiscalYear,
    Journal,
    LetteredLine,
    Line,
)
from cantine_desktop.i18n import money, tr
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.values.money import Money

MOST = 20
"""Entries of a year that are told one by one; more of them speak of the year itself."""
ENTRY, LINE, YEAR = Entry.__tablename__, Line.__tablename__, FiscalYear.__tablename__


def check(session: Session) -> Iterator[Finding]:
    """Find what does not hold together in the ledger."""
    for part in (
        _unbalanced,
        _mixed_with_class_8,
        _out_of_year,
        _gaps,
        _ranks,
        _unsealed,
        _letterings,
        _openings,
    ):
        yield from part(session)


def _unbalanced(session: Session) -> Iterator[Finding]:
    taken, given = func.coalesce(func.sum(Line.debit), 0), func.coalesce(func.sum(Line.credit), 0)
    query = (
        select(Entry.id, func.count(Line.id), taken, given)
        .outerjoin(Line, Line.entry_id == Entry.id)
        .group_by(Entry.id)
        .having(or_(taken != given, func.count(Line.id) < 2))
        .order_by(Entry.id)
    )
    for key, count, debit, credit in session.execute(query):
        if count < 2:
            yield at((ENTRY, key), tr("n’a pas deux lignes"))
        else:
            gap = Money(abs(debit.cents - credit.cents))
            yield at((ENTRY, key), tr("n’est pas équilibrée : {gap} d’écart"), gap=money(gap))


def _mixed_with_class_8(session: Session) -> Iterator[Finding]:
    query = (
        select(Line.entry_id)
        .join(Account, Line.account_id == Account.id)
        .where(Account.number.startswith("8"))
        .group_by(Line.entry_id)
        .having(func.sum(Line.debit) != func.sum(Line.credit))
    )
    for key in session.scalars(query.order_by(Line.entry_id)):
        yield at((ENTRY, key), tr("mêle la classe 8 aux autres comptes"))


def _out_of_year(session: Session) -> Iterator[Finding]:
    query = (
        select(Entry.id, Entry.fiscal_year_id)
        .join(FiscalYear, Entry.fiscal_year_id == FiscalYear.id)
        .where(or_(Entry.day < FiscalYear.first, Entry.day >= FiscalYear.end))
    )
    told: Counter[int] = Counter()
    for key, year in session.execute(query.order_by(Entry.id)):
        told[year] += 1
        if told[year] <= MOST:
            yield at((ENTRY, key), tr("est datée hors de son exercice"))
    for year, count in sorted(told.items()):
        if count > MOST:
            yield at(
                (YEAR, year),
                tr("{count} écritures sont hors de ses jours : a-t-il changé de dates ?"),
                count=count,
            )


def _gaps(session: Session) -> Iterator[Finding]:
    query = (
        select(Entry.fiscal_year_id, Journal.code, func.count(Entry.id), func.max(Entry.number))
        .join(Journal, Entry.journal_id == Journal.id)
        .where(Entry.number.is_not(None))
        .group_by(Entry.fiscal_year_id, Journal.code)
        .having(func.count(Entry.id) != func.max(Entry.number))
        .order_by(Entry.fiscal_year_id, Journal.code)
    )
    for year, code, count, last in session.execute(query):
        yield at(
            (YEAR, year),
            tr("journal « {code} » : {count} écritures numérotées, la dernière est n° {last}"),
            code=code,
            count=count,
            last=last,
        )


def _ranks(session: Session) -> Iterator[Finding]:
    query = (
        select(Entry.fiscal_year_id, func.count(Entry.id), func.max(Entry.rank))
        .where(Entry.number.is_not(None))
        .group_by(Entry.fiscal_year_id)
        .having(func.count(Entry.id) != func.max(Entry.rank))
    )
    for year, count, last in session.execute(query):
        yield at(
            (YEAR, year),
            tr("{count} écritures validées, l’ordre de validation va jusqu’à {last}"),
            count=count,
            last=last,
        )


def _unsealed(session: Session) -> Iterator[Finding]:
    is_sealed: ColumnElement[bool] = Entry.sealed_at.is_not(None)
    query = select(Entry.id).where(Entry.number.is_not(None) != is_sealed)
    for key in session.scalars(query.order_by(Entry.id)):
        yield at((ENTRY, key), tr("est validée sans être scellée, ou l’inverse"))
    lines = (
        select(Line.id)
        .join(Entry, Line.entry_id == Entry.id)
        .where(Line.sealed_at.is_not(None) != is_sealed)
    )
    for key in session.scalars(lines.order_by(Line.id)):
        yield at((LINE, key), tr("n’est pas scellée avec son écriture"))


def _letterings(session: Session) -> Iterator[Finding]:
    accounts = func.count(func.distinct(Line.account_id))
    parties = func.count(func.distinct(func.coalesce(Line.party_id, 0)))
    taken, given = func.sum(Line.debit), func.sum(Line.credit)
    query = (
        select(LetteredLine.lettering_id, accounts, parties, taken, given)
        .join(Line, LetteredLine.line_id == Line.id)
        .group_by(LetteredLine.lettering_id)
        .having(or_(accounts > 1, parties > 1, taken != given))
        .order_by(LetteredLine.lettering_id)
    )
    for key, count, others, debit, credit in session.execute(query):
        if count > 1 or others > 1:
            yield at(("lettering", key), tr("joint des comptes ou des tiers différents"))
        if debit != credit:
            gap = money(Money(abs(debit.cents - credit.cents)))
            yield at(("lettering", key), tr("ne se solde pas : il reste {gap}"), gap=gap)


def _openings(session: Session) -> Iterator[Finding]:
    """Compare what each closed year held with what the next one opened with."""
    years = list(session.scalars(select(FiscalYear).order_by(FiscalYear.first)))
    for year, following in pairwise(years):
        if not year.is_sealed:
            continue
        left = _by_account(closing_sums(session, year, following))
        found = _by_account(opening_sums(session, following))
        for key in sorted(left.keys() | found.keys()):
            gap = found.get(key, 0) - left.get(key, 0)
            if gap:
                text = tr("le compte {number} s’ouvre à {gap} de la clôture précédente")
                yield at((YEAR, following.id), text, number=key[0], gap=money(Money(gap)))


def _by_account(sums: dict[tuple[str, int | None, int | None], int]) -> dict[tuple[str, int], int]:
    found: dict[tuple[str, int], int] = {}
    for (number, party, _project), cents in sums.items():
        key = number, party or 0
        found[key] = found.get(key, 0) + cents
    return found
