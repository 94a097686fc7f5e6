"""Which weeks of hours still wait: to be confirmed, to be signed."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.staff.contracts.engaging import current_contract
from cantine_desktop.staff.contracts.model import REGISTERED, StaffMember
from cantine_desktop.staff.hours.confirming import waiting_days
from cantine_desktop.staff.hours.model import HoursWeek, WeekState, WorkedShift
from cantine_desktop.staff.hours.standing import rows_in, weeks_in
from cantine_desktop.staff.law.stints import monday_of
from cantine_desktop.staff.rosters.model import Publication
from cantine_desktop.staff.rosters.team import shifts_in
from cantine_desktop.values.period import Period

IN_SIGHT = timedelta(weeks=8)
"""How far back weeks are looked for: what is older is told by the month’s variables."""

TO_SIGN = timedelta(days=3)
"""Days after a week was confirmed from which its signature is asked for: a house choice; the
agreement that asks for a signature (HCR) asks for it every week."""


class WeeksWaiting(NamedTuple):
    """Mondays of weeks that are over, the oldest first.

    Attributes:
        to_confirm: Days of work of somebody wait for their hours, or hours for a confirmation.
        to_sign: Confirmed for some days, and not signed.
    """

    to_confirm: tuple[date, ...]
    to_sign: tuple[date, ...]


def weeks_waiting(session: Session, now: datetime) -> WeeksWaiting:
    """Return the weeks over that wait, from the first one in which hours were kept.

    A canteen that keeps no hours here, or began today, owes none.

    Args:
        session: Any session.
        now: The present instant, aware.
    """
    first = _beginning(session)
    end = monday_of(civil_date(now))
    if first is None or first >= end:
        return WeeksWaiting((), ())
    span = Period(max(first, end - IN_SIGHT), end)
    return WeeksWaiting(_to_confirm(session, span, now), _to_sign(session, span, now))


def _to_confirm(session: Session, span: Period, now: datetime) -> tuple[date, ...]:
    """Return the weeks of those whom the register names; what volunteers give asks for nothing."""
    members = {each.id: each for each in session.scalars(select(StaffMember))}
    known = weeks_in(session, span)
    days = {(row.member_id, row.day) for row in rows_in(session, span)}
    for key, own in shifts_in(session, span).items():
        days |= {(key, each.day) for each in own}
    open_days = {(key, day) for key, day in days if (key, monday_of(day)) not in known}
    for key, late in waiting_days(session, span, now).items():
        open_days |= {(key, day) for day in late}
    found = {monday_of(day) for key, day in open_days if _owes(members[key], day)}
    return tuple(sorted(found))


def _owes(member: StaffMember, day: date) -> bool:
    contract = current_contract(member, day)
    return contract is not None and contract.status in REGISTERED


def _to_sign(session: Session, span: Period, now: datetime) -> tuple[date, ...]:
    query = select(HoursWeek.monday).where(
        HoursWeek.state == WeekState.CONFIRMED,
        HoursWeek.monday >= span.first,
        HoursWeek.monday < span.end,
        HoursWeek.confirmed_at <= now - TO_SIGN,
    )
    return tuple(sorted(set(session.scalars(query))))


def _beginning(session: Session) -> date | None:
    """Return the Monday of the first week confirmed, written or published; ``None`` for none."""
    days = [
        session.scalar(select(func.min(column)))
        for column in (HoursWeek.monday, WorkedShift.day, Publication.monday)
    ]
    return min((monday_of(day) for day in days if day is not None), default=None)
