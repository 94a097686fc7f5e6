"""What the ledger holds, as screens, sheets and other programs read it."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from cantine_desktop.finance.ledger.lines import (
    AccountLine,
    LineFilter,
    LineKey,
    account_lines,
    journal_lines,
    ledger_lines,
    line_keys,
    line_rows,
    lines_behind,
)
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    Journal,
    Line,
    Party,
)
from cantine_desktop.finance.ledger.trial import (
    JournalTotal,
    PartyBalance,
    TrialLine,
    journal_totals,
    opening_of,
    party_balances,
    trial_balance,
)
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

__all__ = [
    "AccountLine",
    "EntryFilter",
    "EntryRow",
    "EntryState",
    "JournalTotal",
    "LineFilter",
    "LineKey",
    "PartyBalance",
    "TrialLine",
    "account_lines",
    "entries",
    "entry_ids",
    "entry_rows",
    "journal_lines",
    "journal_totals",
    "ledger_lines",
    "line_keys",
    "line_rows",
    "lines_behind",
    "opening_of",
    "party_balances",
    "trial_balance",
]
ZERO = Money(0)


class EntryState(StrEnum):
    """How far an entry is."""

    DRAFT = "draft"
    VALIDATED = "validated"


class EntryRow(NamedTuple):
    """An entry as lists show it.

    Attributes:
        number: In its journal and year; ``None`` while it is a draft.
        amount: Sum of its debits.
        is_reversed: Another entry takes it back.
        reverses_id: The entry it takes back.
    """

    entry_id: int
    day: date
    journal: str
    number: int | None
    label: str
    piece_ref: str
    amount: Money
    validated_on: date | None
    fact: str
    reverses_id: int | None
    is_reversed: bool


class EntryFilter(NamedTuple):
    """Which entries are asked for; what is empty asks for all.

    Attributes:
        period: Accounting days.
        text: Words of the label, the piece, a line or a party, or an amount.
        account: First digits of an account one of its lines has.
    """

    period: Period | None = None
    journal: str = ""
    state: EntryState | None = None
    text: str = ""
    account: str = ""
    party_id: int | None = None


def entry_ids(
    session: Session, wanted: EntryFilter, *, order: str = "day", down: bool = True
) -> list[int]:
    """Return the keys of entries, for lists that read their rows as they come in sight.

    Args:
        session: A session that reads.
        wanted: Which ones.
        order: ``"day"``, ``"number"``, ``"label"``, ``"piece"`` or ``"amount"``.
        down: Whether the last comes first.
    """
    columns: dict[str, tuple[Any, ...]] = {
        "day": (Entry.day, Entry.id),
        "number": (Entry.journal_id, Entry.fiscal_year_id, Entry.number, Entry.id),
        "label": (Entry.label, Entry.id),
        "piece": (Entry.piece_ref, Entry.id),
    }
    query = _filtered(select(Entry.id), wanted)
    keys = (_amount(), Entry.id) if order == "amount" else columns.get(order, columns["day"])
    return list(session.scalars(query.order_by(*(k.desc() if down else k for k in keys))))


def entry_rows(session: Session, keys: Sequence[int]) -> list[EntryRow]:
    """Return entries by key, in the order of the keys."""
    found = {row[0]: EntryRow(*row) for row in session.execute(_rows(), {"keys": list(keys)})}
    return [found[key] for key in keys if key in found]


@cache
def _rows() -> Select[*tuple[Any, ...]]:
    """Return the question about entries; put together once, for lists ask it at each page."""
    back = aliased(Entry)
    return (
        select(
            Entry.id,
            Entry.day,
            Journal.code,
            Entry.number,
            Entry.label,
            Entry.piece_ref,
            _amount(),
            Entry.validated_on,
            Entry.fact,
            Entry.reverses_id,
            exists().where(back.reverses_id == Entry.id),
        )
        .join(Journal, Entry.journal_id == Journal.id)
        .where(Entry.id.in_(bindparam("keys", expanding=True)))
    )


def entries(
    session: Session,
    period: Period | None = None,
    *,
    wanted: EntryFilter | None = None,
    after: int = 0,
    limit: int = 200,
) -> list[EntryRow]:
    """Return entries from the latest day down, a page at a time.

    Args:
        session: A session that reads.
        period: Accounting days; ``None`` is all, or those of ``wanted``.
        wanted: What else is asked for.
        after: Key of the last entry of the page before; 0 begins.
        limit: Rows of a page.
    """
    chosen = wanted or EntryFilter()
    if period is not None:
        chosen = chosen._replace(period=period)
    query = _filtered(select(Entry.id), chosen)
    last = session.get(Entry, after) if after else None
    if last is not None:
        query = query.where(
            or_(Entry.day < last.day, (Entry.day == last.day) & (Entry.id < last.id))
        )
    keys = session.scalars(query.order_by(Entry.day.desc(), Entry.id.desc()).limit(limit))
    return entry_rows(session, list(keys))


def _amount() -> Any:
    line = aliased(Line)
    return select(func.sum(line.debit)).where(line.entry_id == Entry.id).scalar_subquery()


def _filtered(query: Select[*tuple[Any, ...]], wanted: EntryFilter) -> Select[*tuple[Any, ...]]:
    if wanted.period is not None:
        query = query.where(Entry.day >= wanted.period.first, Entry.day < wanted.period.end)
    if wanted.journal:
        query = query.where(Entry.journal_id == _journal(wanted.journal))
    if wanted.state is not None:
        is_draft = Entry.number.is_(None)
        query = query.where(is_draft if wanted.state is EntryState.DRAFT else ~is_draft)
    if wanted.account or wanted.party_id is not None:
        query = query.where(_has_line(wanted.account, wanted.party_id))
    for word in wanted.text.split():
        query = query.where(_speaks_of(word))
    return query


def _journal(code: str) -> ColumnElement[int]:
    return select(Journal.id).where(Journal.code == code).scalar_subquery()


def _has_line(account: str, party_id: int | None) -> ColumnElement[bool]:
    line, number = aliased(Line), aliased(Account)
    found = exists().where(line.entry_id == Entry.id)
    if account:
        found = found.where(line.account_id == number.id, number.number.startswith(account))
    return found if party_id is None else found.where(line.party_id == party_id)


def _speaks_of(word: str) -> ColumnElement[bool]:
    """Return the condition that an entry has a word, or an amount, in itself or its lines."""
    pattern = f"%{word}%"
    line, party = aliased(Line), aliased(Party)
    found = [
        Entry.label.ilike(pattern),
        Entry.piece_ref.ilike(pattern),
        exists().where(line.entry_id == Entry.id, line.label.ilike(pattern)),
        exists().where(
            line.entry_id == Entry.id, line.party_id == party.id, party.name.ilike(pattern)
        ),
    ]
    try:
        amount = Money.parse(word)
    except (ValueError, ArithmeticError):
        return or_(*found)
    sides = or_(line.debit == amount, line.credit == amount)
    return or_(*found, exists().where(line.entry_id == Entry.id, sides))
