"""What the rules of work need to know of the team, read from the book: people, hours, context."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.staff.contracts.engaging import current_contract, is_part_time
from cantine_desktop.staff.contracts.model import EMPLOYED, REGISTERED, Contract, StaffMember
from cantine_desktop.staff.law.nouns import Context, Group, Overlay, Status, Terms, Worker
from cantine_desktop.staff.law.rules import Profile
from cantine_desktop.staff.law.stints import Stint, clock_minute, local
from cantine_desktop.staff.rosters.model import (
    COUNTS_AS_WORK,
    Absence,
    Shift,
    StaffLimit,
    StaffRules,
)
from cantine_desktop.values.period import DAY, Period

HISTORY = timedelta(weeks=15)
"""How far back averages and drift look."""

_GROUPS = {
    "A": Group.A,
    "B": Group.B_C,
    "C": Group.B_C,
    "D": Group.D_E_F,
    "E": Group.D_E_F,
    "F": Group.D_E_F,
    "G": Group.G_UP,
    "H": Group.G_UP,
    "I": Group.G_UP,
    "J": Group.G_UP,
    "K": Group.G_UP,
}


class Teammate(NamedTuple):
    """Somebody of the team as the roster sees them.

    Attributes:
        key: Key of the member; the worker carries it as text.
        worker: As the rules see them.
        status: On the first day asked for, or else on the first day of a contract after it.
        job: Of the same contract.
    """

    key: int
    worker: Worker
    status: Status
    job: str


def rules_of(session: Session) -> StaffRules:
    """Return the rules that apply here; the Code alone when nobody chose. Not to be changed."""
    return session.scalars(select(StaffRules)).one_or_none() or StaffRules()


def profile_of(session: Session) -> Profile:
    """Return the agreement that applies and the limits of the canteen."""
    limits = session.scalars(select(StaffLimit).order_by(StaffLimit.rule))
    overlays = tuple(Overlay(each.rule, each.value, each.allowed_by) for each in limits)
    return Profile(rules_of(session).branch, overlays)


def teammates(session: Session, span: Period) -> list[Teammate]:
    """Return whom some days may hold: contracts that meet them; by kind of tie, then by name."""
    query = (
        select(StaffMember)
        .options(selectinload(StaffMember.contracts))
        .order_by(StaffMember.name, StaffMember.id)
    )
    found = [each for member in session.scalars(query) if (each := teammate(member, span))]
    order = list(Status)
    return sorted(found, key=lambda each: order.index(each.status))


def teammate(member: StaffMember, span: Period) -> Teammate | None:
    """Return somebody as the roster sees them; ``None`` when no contract meets the days."""
    meeting = [
        each
        for each in member.contracts
        if each.first < span.end and (each.end is None or span.first < each.end)
    ]
    if not meeting:
        return None
    current = current_contract(member, span.first) or min(meeting, key=lambda each: each.first)
    bound = [each for each in member.contracts if each.status in REGISTERED]
    worker = Worker(
        str(member.id),
        member.name,
        member.birth_date,
        current.status,
        tuple(terms_of(each) for each in bound),
    )
    return Teammate(member.id, worker, current.status, current.job)


def terms_of(contract: Contract) -> Terms:
    """Return what the rules need of a contract."""
    share = contract.complementary
    return Terms(
        contract.first,
        contract.end,
        contract.weekly_minutes or 0,
        is_part_time(contract),
        contract.status,
        group=_GROUPS.get(contract.group.strip().upper()[:1])
        if contract.status in EMPLOYED
        else None,
        complementary=None if share is None else Fraction(share),
        below_minimum=contract.short_reason,
    )


def stint_of(shift: Shift) -> Stint:
    """Return a shift as the rules see it: instants, right in nights when clocks change."""
    day, rest = divmod(shift.finish, 1440)
    start = clock_minute(shift.day, shift.start)
    until = clock_minute(shift.day + day * DAY, rest)
    return Stint(
        local(start),
        local(until),
        shift.pause,
        role=shift.post,
        kind=shift.kind,
        belongs_to=shift.day,
    )


def shifts_in(session: Session, span: Period) -> dict[int, list[Shift]]:
    """Return the shifts of some days by member, in order."""
    query = (
        select(Shift)
        .where(Shift.day >= span.first, Shift.day < span.end)
        .order_by(Shift.day, Shift.start, Shift.id)
    )
    found: dict[int, list[Shift]] = {}
    for shift in session.scalars(query):
        found.setdefault(shift.member_id, []).append(shift)
    return found


def planned(session: Session, span: Period) -> dict[int, list[Stint]]:
    """Return the hours planned on some days by member."""
    return {key: [stint_of(each) for each in own] for key, own in shifts_in(session, span).items()}


def absences_in(session: Session, span: Period) -> dict[int, list[Absence]]:
    """Return the absences that meet some days by member, refused ones left out."""
    query = (
        select(Absence)
        .where(Absence.first < span.end, Absence.end > span.first)
        .order_by(Absence.first, Absence.id)
    )
    found: dict[int, list[Absence]] = {}
    for absence in session.scalars(query):
        if absence.is_granted is not False:
            found.setdefault(absence.member_id, []).append(absence)
    return found


def contexts(session: Session, span: Period, members: Iterable[int]) -> Mapping[str, Context]:
    """Return what else a judgement needs to know, by key of the worker."""
    canteen, rules = the_canteen(session), rules_of(session)
    days = canteen.open_weekdays if canteen is not None else "12345"
    wide = Period(span.first - HISTORY, span.end + 2 * 7 * DAY)
    away = absences_in(session, wide)
    base = Context(
        canteen.department if canteen is not None else "",
        rules.keeps_good_friday,
        open_weekdays=frozenset(int(each) - 1 for each in days),
        minors_on_holidays=rules.minors_on_holidays,
    )
    return {str(key): _with_leave(base, away.get(key, [])) for key in members}


def _with_leave(base: Context, absences: Iterable[Absence]) -> Context:
    days = frozenset(
        day
        for each in absences
        if each.code not in COUNTS_AS_WORK and each.is_granted
        for day in days_of(each)
    )
    return replace(base, leave=days)


def days_of(absence: Absence) -> list[date]:
    """Return the civil days that an absence holds."""
    return [absence.first + DAY * rank for rank in range((absence.end - absence.first).days)]
