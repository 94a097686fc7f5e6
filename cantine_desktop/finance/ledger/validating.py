"""Validating entries: a number without a gap, a day, a seal; and taking them back.

Validated entries are numbered in a continuous sequence and never change. Source: PCG, LPF-A47.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.numbering import carried
from cantine_desktop.finance.ledger.lettering import (
    PROVISIONAL,
    current_lines,
    is_settled,
    letter,
)
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    FiscalYear,
    Journal,
    JournalKind,
    Line,
)
from cantine_desktop.finance.ledger.posting import refuse_locked
from cantine_desktop.finance.ledger.years import year_of
from cantine_desktop.i18n import tr
from cantine_desktop.storage.numbering import next_numbers
from cantine_desktop.storage.seal import seal

ORDER_SERIES = "entry-order"


def validate(session: Session, entries: Iterable[Entry], now: datetime) -> list[Entry]:
    """Validate draft entries for good: openings first, then by day, then as they were written.

    What is validated already stays as it is, and so does an opening written for a while.

    Args:
        session: The session of an action; it cannot be undone afterwards.
        entries: Entries of any journals and years.
        now: Instant of validation, aware.

    Raises:
        UserError: An entry is dated after today.
    """
    today = civil_date(now)
    drafts = [e for e in entries if e.number is None and e.fact != PROVISIONAL]
    journals = {journal.id: journal for journal in session.scalars(select(Journal))}
    drafts.sort(key=lambda e: (journals[e.journal_id].kind is not JournalKind.OPENING, e.day, e.id))
    for entry in drafts:
        if entry.day > today:
            raise UserError(
                tr("« {label} » est datée d’un jour à venir : elle se validera ce jour-là.").format(
                    label=entry.label
                )
            )
    numbers = _numbers(session, drafts, {key: journals[key].code for key in journals})
    for entry, number, rank in numbers:
        entry.number, entry.rank, entry.validated_on = number, rank, today
    seal(session, drafts, now)
    return drafts


def _numbers(
    session: Session, drafts: Sequence[Entry], codes: Mapping[int, str]
) -> list[tuple[Entry, int, int]]:
    """Take the numbers and ranks of entries at once, a series for each journal and year."""
    series = Counter((f"entry-{codes[e.journal_id]}", e.fiscal_year_id) for e in drafts)
    ranks = Counter((ORDER_SERIES, e.fiscal_year_id) for e in drafts)
    taken = {
        key: iter(next_numbers(session, *key, count)) for key, count in (series + ranks).items()
    }
    return [
        (
            entry,
            next(taken[f"entry-{codes[entry.journal_id]}", entry.fiscal_year_id]),
            next(taken[ORDER_SERIES, entry.fiscal_year_id]),
        )
        for entry in drafts
    ]


def drafts_before(session: Session, end: date) -> list[Entry]:
    """Return the entries still to validate, dated before a day, in order.

    An opening written for a while, until the year before is closed, is none of them.
    """
    query = (
        select(Entry)
        .options(selectinload(Entry.lines))
        .where(Entry.number.is_(None), Entry.fact != PROVISIONAL, Entry.day < end)
        .order_by(Entry.day, Entry.id)
    )
    return list(session.scalars(query))


def drafts_of(session: Session, year: FiscalYear) -> list[Entry]:
    """Return the entries of a year still to validate, in order."""
    query = (
        select(Entry)
        .options(selectinload(Entry.lines))
        .where(Entry.number.is_(None), Entry.fact != PROVISIONAL)
        .where(Entry.fiscal_year_id == year.id)
        .order_by(Entry.day, Entry.id)
    )
    return list(session.scalars(query))


def reverse(session: Session, entry: Entry, day: date, reason: str) -> Entry:
    """Write the entry that takes another back, as a draft (contre-passation).

    Args:
        session: The session of an action.
        entry: A validated entry that no other takes back yet.
        day: Accounting day of the reversal, not before the entry’s own.
        reason: Why, in a few words; goes into the label.

    Raises:
        UserError: It is a draft, taken back already, or the day is refused.
    """
    if entry.number is None:
        raise UserError(tr("Cette écriture n’est pas validée : corrigez-la ou effacez-la."))
    if session.scalar(select(Entry.id).where(Entry.reverses_id == entry.id).limit(1)):
        raise UserError(tr("Cette écriture est déjà contre-passée."))
    if day < entry.day:
        raise UserError(tr("Une contre-passation ne précède pas l’écriture qu’elle annule."))
    year: FiscalYear = year_of(session, day)
    refuse_locked(year, day)
    accounts = _accounts_in(session, entry, year)
    back = Entry(
        fiscal_year_id=year.id,
        journal_id=entry.journal_id,
        day=day,
        label=tr("Annulation : {label} ({reason})").format(label=entry.label, reason=reason),
        piece_ref=entry.piece_ref,
        piece_day=entry.piece_day,
        fact=entry.fact,
        origin_table=entry.origin_table,
        origin_key=entry.origin_key,
        reverses_id=entry.id,
    )
    back.lines = [
        Line(
            rank=line.rank,
            account_id=accounts[line.account_id],
            debit=line.credit,
            credit=line.debit,
            party_id=line.party_id,
            label=line.label,
            activity_id=line.activity_id,
            project_id=line.project_id,
        )
        for line in entry.lines
    ]
    session.add(back)
    session.flush()
    _settle(session, entry, back)
    return back


def _accounts_in(session: Session, entry: Entry, year: FiscalYear) -> dict[int, int]:
    """Return the account each account of an entry is in another year, key by key."""
    keys = {line.account_id for line in entry.lines}
    source = session.get_one(FiscalYear, entry.fiscal_year_id).numbering
    if source is year.numbering:
        return {key: key for key in keys}
    query = select(Account).where(Account.id.in_(keys))
    wanted = {a.id: carried(a.number, source, year.numbering) for a in session.scalars(query)}
    query = select(Account).where(Account.number.in_(wanted.values()))
    there = {account.number: account.id for account in session.scalars(query)}
    return {key: there.get(number, key) for key, number in wanted.items()}


def _settle(session: Session, entry: Entry, back: Entry) -> None:
    """Letter what is taken back with what takes it back, where nothing settled it yet."""
    lettered = set(session.scalars(select(Account.id).where(Account.is_lettered)))
    for line, other in zip(entry.lines, back.lines, strict=True):
        if other.account_id not in lettered:
            continue
        (key,) = current_lines(session, [line.id])
        there = session.get_one(Line, key)
        if there.account_id == other.account_id and not is_settled(session, [key]):
            letter(session, [key, other.id], back.day)
