"""What a proposal needs to know, read from the book once: plain facts, for work without session."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.staff.contracts.model import (
    Availability,
    AvailabilityKind,
    SkillKind,
    StaffMember,
)
from cantine_desktop.staff.law.nouns import Context, Worker
from cantine_desktop.staff.law.rules import Profile
from cantine_desktop.staff.law.stints import Kind, Stint, clock_minute, local, monday_of
from cantine_desktop.staff.law.timeline import timeline
from cantine_desktop.staff.rosters.coverage import Coming
from cantine_desktop.staff.rosters.demand import (
    DemandLine,
    Slot,
    may_accompany,
    may_count,
    needs_of,
)
from cantine_desktop.staff.rosters.model import (
    ABSENCES,
    COUNTS_AS_WORK,
    Absence,
    Post,
    RosterState,
    RosterWeek,
    Shift,
)
from cantine_desktop.staff.rosters.team import (
    HISTORY,
    absences_in,
    contexts,
    profile_of,
    rules_of,
    shifts_in,
    stint_of,
    teammates,
)
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period

WEEK = 7 * DAY
YEAR = timedelta(weeks=52)
NEAR = 2 * WEEK
"""How far back hours are handed to the rules one by one; before it, by totals of weeks."""
EVENING = 20 * 60
"""Minutes after midnight beyond which a day's work is an evening."""
NEW = 8
"""Weeks of presence under which nobody's pace is told."""


class Planned(NamedTuple):
    """A shift, as the book has it or as it is proposed.

    Attributes:
        key: Of the record; ``None`` while it is none.
    """

    member: int
    day: date
    start: int
    finish: int
    post: Post
    pause: int = 0
    kind: Kind = Kind.WORK
    key: int | None = None
    is_locked: bool = False

    @property
    def stint(self) -> Stint:
        """As the rules see it."""
        return _stint(self.day, (self.start, self.finish), self.pause, self.post, self.kind)

    @property
    def hours(self) -> tuple[int, int, Post, int]:
        """What a person sees of it: two shifts of a day with the same hours are alike."""
        return self.start, self.finish, self.post, self.pause


@lru_cache(maxsize=8192)
def _stint(day: date, hours: tuple[int, int], pause: int, post: Post, kind: Kind) -> Stint:
    over, rest = divmod(hours[1], 1440)
    start, until = clock_minute(day, hours[0]), clock_minute(day + over * DAY, rest)
    return Stint(local(start), local(until), pause, role=post, kind=kind, belongs_to=day)


class Away(NamedTuple):
    """When somebody cannot come, and why: minutes after midnight of some days."""

    days: Period
    start: int
    finish: int
    weekday: int | None
    is_absence: bool
    reduces: bool
    note: str


class Wished(NamedTuple):
    """What somebody would like; see ``Wish``."""

    weekday: int | None
    start: int
    finish: int
    is_wanted: bool
    weight: int


@dataclass(frozen=True)
class Someone:
    """A person of the team and all that bears on their week.

    Attributes:
        before: Hours of the weeks just before; ``after``, of the week that follows.
        contract: Minutes of the contract in this week, absences taken off; ``None`` without.
        held: Skills with their last day, ``None`` without end.
        can: Hours in which alone they can come, of the days that have such.
        away: When they cannot.
        locked: Shifts that stay; ``current``, those that a proposal may replace.
        sundays: Sundays worked in a year at the pace of the last twelve months; ``evenings`` alike.
            ``None`` for somebody too new.
    """

    key: int
    name: str
    worker: Worker
    context: Context
    before: tuple[Stint, ...]
    after: tuple[Stint, ...]
    contract: int | None
    held: tuple[tuple[SkillKind, date | None, date | None], ...]
    can: tuple[Away, ...]
    away: tuple[Away, ...]
    wishes: tuple[Wished, ...]
    locked: tuple[Planned, ...]
    current: tuple[Planned, ...]
    sundays: int | None
    evenings: int | None
    phone: str = ""
    email: str = ""

    @property
    def label(self) -> str:
        """What tells them apart inside the search."""
        return self.worker.key

    def skills(self, day: date) -> frozenset[SkillKind]:
        """Return the skills held on a day."""
        return frozenset(
            kind
            for kind, since, until in self.held
            if (since is None or since <= day) and (until is None or day <= until)
        )

    def coming(self, shift: Planned) -> Coming:
        """Return a shift of theirs as needs look at it."""
        day = shift.day
        return Coming(
            self.name,
            day,
            (shift.start, shift.finish),
            shift.post,
            may_count(self.worker, day),
            may_accompany(self.worker, day),
            self.skills(day),
        )


@dataclass(frozen=True)
class Facts:
    """A week to propose.

    Attributes:
        people: Those who may be assigned; ``givers``, those who only offer their time.
        week: The civil week.
        hour_cost: Of an hour of an employee; ``None`` when nobody said.
        open_weekdays: 0 for Monday.
    """

    week: Period
    demand: tuple[DemandLine, ...]
    people: tuple[Someone, ...]
    givers: tuple[Someone, ...]
    profile: Profile
    state: RosterState
    open_weekdays: frozenset[int]
    hour_cost: Money | None = None

    def someone(self, key: int) -> Someone:
        """Return a person by key.

        Raises:
            KeyError: Nobody of that key is there that week.
        """
        found = next((each for each in (*self.people, *self.givers) if each.key == key), None)
        if found is None:
            raise KeyError(key)
        return found


def read_facts(session: Session, monday: date, slots: Iterable[Slot]) -> Facts:
    """Return what a proposal of a week needs to know.

    Args:
        session: Of the book.
        monday: First day of the week.
        slots: Services; those of other weeks are left out.
    """
    span = Period.week(monday)
    team = teammates(session, span)
    keys = [each.key for each in team]
    lines = needs_of(session, [slot for slot in slots if slot.day in span])
    known = contexts(session, span, keys)
    shifts = shifts_in(session, Period(span.first - YEAR, span.end + WEEK))
    absences = absences_in(session, Period(span.first - YEAR, span.end))
    query = (
        select(StaffMember)
        .where(StaffMember.id.in_(keys))
        .options(
            selectinload(StaffMember.skills),
            selectinload(StaffMember.availabilities),
            selectinload(StaffMember.wishes),
        )
    )
    members = {member.id: member for member in session.scalars(query)}
    opened = next((each.open_weekdays for each in known.values()), frozenset[int]())
    everybody = [
        _someone(
            members[mate.key],
            mate.worker,
            known[str(mate.key)],
            shifts.get(mate.key, []),
            absences.get(mate.key, []),
            span,
        )
        for mate in team
    ]
    row = session.scalars(select(RosterWeek).where(RosterWeek.monday == span.first)).one_or_none()
    return Facts(
        span,
        tuple(lines),
        tuple(each for each in everybody if not _gives(each, span)),
        tuple(each for each in everybody if _gives(each, span)),
        profile_of(session),
        row.state if row is not None else RosterState.DRAFT,
        opened,
        rules_of(session).hour_cost,
    )


def _gives(each: Someone, span: Period) -> bool:
    return each.worker.status_on(span.first).is_volunteer


def _someone(
    member: StaffMember,
    worker: Worker,
    context: Context,
    shifts: Sequence[Shift],
    absences: Sequence[Absence],
    span: Period,
) -> Someone:
    own = [
        Planned(
            member.id, each.day, each.start, each.finish, each.post, each.pause, each.kind,
            each.id, each.is_locked,
        )
        for each in shifts
        if each.day in span
    ]  # fmt: skip
    stays = [each for each in own if each.is_locked or each.kind is not Kind.WORK]
    past = [each for each in shifts if each.day < span.first]
    away = tuple(_absent(each) for each in absences if each.end > span.first)
    return Someone(
        member.id,
        member.name,
        worker,
        _with_totals(worker, context, past, span),
        tuple(stint_of(each) for each in past if each.day >= span.first - NEAR),
        tuple(stint_of(each) for each in shifts if each.day >= span.end),
        _contract(worker, context, away, span),
        tuple((each.kind, each.since, each.valid_until) for each in member.skills),
        tuple(_window(each) for each in member.availabilities if _can(each)),
        (*away, *(_window(each) for each in member.availabilities if not _can(each))),
        tuple(
            Wished(each.weekday, each.start, each.finish, each.is_wanted, each.weight)
            for each in member.wishes
        ),
        tuple(stays),
        tuple(each for each in own if each not in stays),
        _pace(worker, {each.day for each in past if each.day.weekday() == 6}, span),
        _pace(worker, {each.day for each in past if each.finish > EVENING}, span),
        member.phone,
        member.email,
    )


def _with_totals(worker: Worker, context: Context, past: Sequence[Shift], span: Period) -> Context:
    """Return the context with the weeks of old as totals, quicker to reckon with than hours."""
    old = [
        stint_of(each)
        for each in past
        if monday_of(span.first) - HISTORY - WEEK <= each.day < span.first - NEAR
    ]
    return replace(context, minutes_before=tuple(timeline(worker, old).weeks.items()))


def _absent(each: Absence) -> Away:
    reduces = each.code not in COUNTS_AS_WORK
    note = ABSENCES[each.code][1]
    return Away(Period(each.first, each.end), each.start, each.finish, None, True, reduces, note)


def _can(each: Availability) -> bool:
    return each.is_available and each.kind is not AvailabilityKind.SCHOOL


def _always(each: Availability) -> Period:
    first, end = each.first or date.min, each.end or date.max
    return Period(first, end)


def _window(each: Availability) -> Away:
    return Away(_always(each), each.start, each.finish, each.weekday, False, False, each.note)


def _pace(worker: Worker, days: set[date], span: Period) -> int | None:
    """Return how often a year something falls on somebody, from the weeks they were there."""
    there = 0
    for terms in worker.terms:
        first = max(terms.first, span.first - YEAR)
        end = span.first if terms.end is None else min(terms.end, span.first)
        there += max(0, (end - first).days)
    weeks = there // 7
    return None if weeks < NEW else round(len(days) * 52 / weeks)


def _contract(worker: Worker, context: Context, away: Sequence[Away], span: Period) -> int | None:
    """Return the minutes of the contract, less its share for days of absence and outside it."""
    open_days = [day for day in span.days if day.weekday() in context.open_weekdays]
    last = next(
        (terms for day in reversed(span.days) if (terms := worker.terms_on(day)) is not None), None
    )
    if last is None or not last.weekly_minutes:
        return None
    if not open_days:
        return last.weekly_minutes
    off = {
        day
        for day in open_days
        if worker.terms_on(day) is None
        or any(
            each.reduces and day in each.days and each.finish > 720 >= each.start for each in away
        )
    }
    return last.weekly_minutes * (len(open_days) - len(off)) // len(open_days)
