"""The ledger as flat lines, one after the other: what every file of another program is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, Select, func, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.lines import ACTIVITY, PROJECT, joined
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    Journal,
    Lettering,
    Line,
    Party,
)
from cantine_desktop.values.period import Period

AT_ONCE = 2000
"""Lines asked of the database at a time."""


@dataclass(frozen=True, slots=True)
class FlatLine:
    """A line of an entry with all that stands around it.

    A reader leaves what its layout does not carry empty.

    Attributes:
        entry: Rank of its entry in the file, from 1: lines of one entry share it.
        number: Number of the entry in its journal, without its code; empty for a draft.
        debit: Cents, never negative; one of both is zero.
        credit: Cents, never negative.
        party: Code of the auxiliary account, or empty.
        activity: Code of a section.
        project: Code of a section.
        entry_id: Its key, where the ledger is read.
        reverses_id: Key of the entry it takes back, or 0.
        place: Line of the file it was read from, from 1.
    """

    journal: str = ""
    day: date | None = None
    account: str = ""
    debit: int = 0
    credit: int = 0
    label: str = ""
    piece: str = ""
    entry: int = 0
    number: str = ""
    piece_day: date | None = None
    journal_title: str = ""
    journal_kind: str = ""
    account_title: str = ""
    party: str = ""
    party_name: str = ""
    party_kind: str = ""
    lettering: str = ""
    lettered_on: date | None = None
    validated_on: date | None = None
    due_day: date | None = None
    activity: str = ""
    project: str = ""
    entry_id: int = 0
    reverses_id: int = 0
    place: int = 0

    @property
    def net(self) -> int:
        """Debit less credit, in cents."""
        return self.debit - self.credit


def ledger_lines(session: Session, period: Period, *, drafts: bool = True) -> Iterator[FlatLine]:
    """Yield the lines of a period, entry by entry: by day, journal, then as they were written.

    Args:
        session: A session that reads.
        period: Accounting days.
        drafts: Whether entries not validated yet are among them.
    """
    query = _query(period)
    if not drafts:
        query = query.where(Entry.number.is_not(None))
    rank, last = 0, None
    for row in session.execute(query.execution_options(yield_per=AT_ONCE)).mappings():
        if row["entry_id"] != last:
            rank, last = rank + 1, row["entry_id"]
        yield _flat(rank, row)


def _query(period: Period) -> Select[*tuple[Any, ...]]:
    query = select(
        Entry.id.label("entry_id"),
        func.coalesce(Entry.reverses_id, 0).label("reverses_id"),
        Journal.code.label("journal"),
        Journal.title.label("journal_title"),
        Journal.kind.label("journal_kind"),
        Entry.day.label("day"),
        Entry.number.label("number"),
        Entry.piece_ref.label("piece"),
        Entry.piece_day.label("piece_day"),
        Entry.validated_on.label("validated_on"),
        func.coalesce(func.nullif(Line.label, ""), Entry.label).label("label"),
        Account.number.label("account"),
        Account.title.label("account_title"),
        Party.code.label("party"),
        Party.name.label("party_name"),
        Party.kind.label("party_kind"),
        Line.debit.label("debit"),
        Line.credit.label("credit"),
        Line.due_day.label("due_day"),
        Lettering.code.label("lettering"),
        Lettering.lettered_on.label("lettered_on"),
        ACTIVITY.code.label("activity"),
        PROJECT.code.label("project"),
    )
    return (
        joined(query)
        .where(Entry.day >= period.first, Entry.day < period.end)
        .order_by(Entry.day, Journal.code, Entry.id, Line.rank)
    )


_MAYBE = ("number", "party", "party_name", "party_kind", "lettering", "activity", "project")
"""Texts that are empty here where the ledger has nothing."""


def _flat(rank: int, row: RowMapping) -> FlatLine:
    values: dict[str, Any] = dict(row)
    for name in _MAYBE:
        values[name] = str(values[name] or "")
    values["journal_kind"] = str(values["journal_kind"])
    values["debit"], values["credit"] = values["debit"].cents, values["credit"].cents
    return FlatLine(entry=rank, **values)
