"""How a sheet stands: what is on it, what is missing, who signed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import WeekSignature
from cantine_desktop.hygiene.queries import Completeness
from cantine_desktop.hygiene.registers.register import Register
from cantine_desktop.hygiene.registers.scans import SheetScan
from cantine_desktop.hygiene.registers.signing import signatures_of
from cantine_desktop.values.period import Period


class SheetState(NamedTuple):
    """How the sheet of a week stands.

    Attributes:
        rows: Records on it.
        incomplete: Of them, those that prove nothing yet.
        breaches: Of them, those out of bounds.
        due: Records the week calls for; ``None`` when they come with events.
        signed_by: Initials of who signed; empty while it is open.
        note: What was said at the signature, such as why it is empty.
        scans: Photos or scans joined.
    """

    rows: int = 0
    incomplete: int = 0
    breaches: int = 0
    due: int | None = None
    signed_by: str = ""
    note: str = ""
    scans: int = 0

    @property
    def is_signed(self) -> bool:
        """Whether it is closed for good."""
        return bool(self.signed_by)

    @property
    def missing(self) -> int:
        """Records due that are not there or prove nothing; none once the absence is explained."""
        if self.due is None or (self.is_signed and self.note):
            return 0
        return max(self.due - (self.rows - self.incomplete), 0)


def state_of(session: Session, register: Register, day: date) -> SheetState:
    """Return how the sheet of the week that holds a day stands."""
    ((_register, state),) = _states(session, [register], Period.week(day))
    return state


def due_of(
    session: Session, register: Register, period: Period, records: Sequence[Any]
) -> int | None:
    """Return how many records a period calls for; ``None`` when they come with events.

    Where each day calls for its own, what was written counts, and a day without any.
    """
    if register.due_days is None:
        return register.expected(session, period)
    written = {record.day for record in records}
    empty = set(register.due_days(session, period)) - written
    return len(records) + len(empty)


def states_of(
    session: Session, registers: Iterable[Register], day: date
) -> list[tuple[Register, SheetState]]:
    """Return how each sheet of use to this canteen stands, and those that hold something."""
    return [
        (register, state)
        for register, state in _states(session, registers, Period.week(day))
        if state.rows or state.is_signed or register.applies(session)
    ]


def _states(
    session: Session, registers: Iterable[Register], week: Period
) -> Iterator[tuple[Register, SheetState]]:
    """Yield how sheets stand; signatures and scans are asked once for all of them."""
    signatures = {
        signed.register: signed
        for signed in session.scalars(
            select(WeekSignature).where(WeekSignature.monday == week.first)
        )
    }
    counted = (
        select(SheetScan.register, func.count(SheetScan.id).label("scans"))
        .where(SheetScan.monday == week.first)
        .group_by(SheetScan.register)
    )
    scans = {row.register: row.scans for row in session.execute(counted)}
    for register in registers:
        rows = _standing(session, register, week)
        verdicts = [row.verdict for row in rows]
        signed = signatures.get(register.key)
        yield (
            register,
            SheetState(
                rows=len(rows),
                incomplete=verdicts.count(Verdict.NOT_DONE),
                breaches=verdicts.count(Verdict.BREACH),
                due=due_of(session, register, week, rows),
                signed_by=signed.initials if signed else "",
                note=signed.note if signed else "",
                scans=scans.get(register.key, 0),
            ),
        )


def _standing(session: Session, register: Register, period: Period) -> list[Any]:
    """Return the day and the verdict of each record that counts, by day."""
    model = register.model
    query = (
        select(model.id, model.day, model.verdict, model.corrects_id, model.is_void)
        .where(model.day >= period.first, model.day < period.end)
        .order_by(model.day, model.id)
    )
    rows = session.execute(query).all()
    replaced = {row.corrects_id for row in rows}
    return [row for row in rows if row.id not in replaced and not row.is_void]


def counts(session: Session, register: Register, period: Period) -> Completeness:
    """Count what a period called for and what was done.

    An incomplete row is never done. Where records come with events, what is due is what
    was begun. What is missing from a week signed with a note is explained by it.
    """
    rows = _standing(session, register, period)
    done = sum(row.verdict is not Verdict.NOT_DONE for row in rows)
    expected = due_of(session, register, period, rows)
    due = len(rows) if expected is None else max(expected, len(rows))
    explained = min(_explained(session, register, period, rows), due - done)
    return Completeness(due, done, explained, due - done - explained, 0)


def _explained(session: Session, register: Register, period: Period, rows: Sequence[Any]) -> int:
    """Return how many of the records due in a period are missing from weeks signed with a note."""
    found = 0
    for monday, signed in signatures_of(session, register.key, period).items():
        if not signed.note:
            continue
        week = Period(max(monday, period.first), min(Period.week(monday).end, period.end))
        here = [row for row in rows if row.day in week]
        done = sum(row.verdict is not Verdict.NOT_DONE for row in here)
        found += max((due_of(session, register, week, here) or 0) - done, 0)
    return found
