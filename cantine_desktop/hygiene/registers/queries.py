"""What stands on a sheet: its records, their words, what each replaced."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.registers.honesty import is_late
from cantine_desktop.hygiene.registers.register import Register
from cantine_desktop.hygiene.registers.typing import text_of
from cantine_desktop.hygiene.slots import Origin
from cantine_desktop.values.period import Period


class Line(NamedTuple):
    """A record as a sheet or a screen shows it.

    Attributes:
        record_id: Its key.
        first_id: Key of the first record it replaced, or its own: it keeps its place by it.
        day: Civil day it belongs to.
        texts: One per column, in order.
        verdict: What it means.
        former: Texts of the records it replaced, the oldest first.
        reason: Why it replaces one, or comes after the signature.
        initials: Who did it.
        recorded_at: Instant it was written.
        origin: How it came into the book.
        is_late: It was written after its day.
        is_sealed: It is signed: only a correction may follow.
        is_void: It says that what it replaced never happened.
    """

    record_id: int
    first_id: int
    day: date
    texts: tuple[str, ...]
    verdict: Verdict
    former: tuple[tuple[str, ...], ...] = ()
    reason: str = ""
    initials: str = ""
    recorded_at: datetime | None = None
    origin: Origin = Origin.TYPED
    is_late: bool = False
    is_sealed: bool = False
    is_void: bool = False

    @property
    def recorded_on(self) -> date:
        """Civil day it was written in the book."""
        return self.day if self.recorded_at is None else civil_date(self.recorded_at)


def records_of(
    session: Session, register: Register, period: Period, *, every_revision: bool = False
) -> list[Any]:
    """Return the records of a period, by day and then as they were written.

    Args:
        session: Where to read.
        register: The sheet.
        period: Days the records belong to.
        every_revision: Also what was corrected or voided, before what replaced it.
    """
    model = register.model
    query = select(model).where(model.day >= period.first, model.day < period.end)
    found = list(session.scalars(query.order_by(model.id)))
    if every_revision:
        roots = _roots(found)
        return sorted(found, key=lambda record: (record.day, roots[record.id], record.id))
    return [chain[-1] for chain in chains(found) if not chain[-1].is_void]


def chains(records: Iterable[Any]) -> list[list[Any]]:
    """Return each record after those it replaced, by day and then as first written."""
    every = list(records)
    roots = _roots(every)
    gathered: dict[int, list[Any]] = {}
    for record in sorted(every, key=lambda record: record.id):
        gathered.setdefault(roots[record.id], []).append(record)
    return sorted(gathered.values(), key=lambda chain: (chain[-1].day, chain[0].id))


def lines_of(
    session: Session, register: Register, period: Period, *, voids: bool = True
) -> list[Line]:
    """Return the lines of a sheet.

    Args:
        session: Where to read.
        register: The sheet.
        period: Days the records belong to.
        voids: Also the records that were said never to have happened.
    """
    every = records_of(session, register, period, every_revision=True)
    return lines_from(register, every, voids=voids)


def lines_from(register: Register, records: Iterable[Any], *, voids: bool = True) -> list[Line]:
    """Return the lines of records read already, every revision of each."""
    lines = [line_of(register, chain) for chain in chains(records)]
    return [line for line in lines if voids or not line.is_void]


def line_of(register: Register, chain: Sequence[Any]) -> Line:
    """Return the line of a record, after those it replaced."""
    record = chain[-1]
    texts = [tuple(text_of(column, each) for column in register.columns) for each in chain]
    return Line(
        record_id=record.id,
        first_id=chain[0].id,
        day=record.day,
        texts=texts[-1],
        verdict=record.verdict,
        former=tuple(texts[:-1]),
        reason=record.reason,
        initials=record.initials,
        recorded_at=record.recorded_at,
        origin=record.origin,
        is_late=is_late(register, record),
        is_sealed=record.is_sealed,
        is_void=record.is_void,
    )


def spellings(session: Session, column: InstrumentedAttribute[str], words: str) -> list[str]:
    """Return the ways a word was written in a column; case and outer spaces do not count.

    The comparison is made here: ``lower`` of SQLite leaves « É » as it is, that of
    PostgreSQL does not, and « Émincé » must be found in both.
    """
    wanted = words.strip().casefold()
    if not wanted:
        return []
    every = session.scalars(select(column).distinct())
    return sorted(each for each in every if each.strip().casefold() == wanted)


def _roots(records: Iterable[Any]) -> dict[int, int]:
    """Return, for each record, the first of those it replaced; corrections follow by key."""
    roots: dict[int, int] = {}
    for record in sorted(records, key=lambda record: record.id):
        key: int = record.id
        roots[key] = roots.get(record.corrects_id, key)
    return roots
