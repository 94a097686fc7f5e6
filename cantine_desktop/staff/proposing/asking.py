"""What a proposal is made from: who may come, when, what services need. Read once, then solved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.i18n import short_day, tr
from cantine_desktop.staff.contracts.model import Availability, Skill, SkillKind, Wish
from cantine_desktop.staff.law.nouns import Context
from cantine_desktop.staff.law.rules import Profile
from cantine_desktop.staff.law.stints import Stint
from cantine_desktop.staff.rosters.coverage import Slot, Span, may_count, span_of
from cantine_desktop.staff.rosters.model import POSTS, Post, Shift
from cantine_desktop.staff.rosters.planning import facts_of
from cantine_desktop.staff.rosters.staffing import staffing_rules
from cantine_desktop.staff.rosters.team import (
    HISTORY,
    Teammate,
    absences_in,
    contexts,
    days_of,
    planned,
    profile_of,
    shifts_in,
    teammates,
)
from cantine_desktop.staff.rosters.typed_hours import ShiftFacts
from cantine_desktop.values.period import DAY, Period

YEAR = 52 * 7 * DAY


@dataclass(frozen=True)
class Demand:
    """A need of a service, to be filled.

    Attributes:
        name: As it is told.
        span: When the post is held, in minutes after midnight.
        least: Heads that must count; ``target``, those wished, less the volunteers who come.
        skill: What who takes it must know; ``None`` for nothing.
    """

    name: str
    day: date
    post: Post
    span: Span
    least: int
    target: int
    skill: SkillKind | None


@dataclass(frozen=True)
class Candidate:
    """Somebody whose week is proposed.

    Attributes:
        counts: Counts for minimums.
        kept: Hours of days that a proposal leaves as they are, by day; none for a day off.
        closed: Parts of days on which the person cannot come, by day.
        skills: What the person knows, by day of the week.
        sundays: Sundays worked in the year before.
    """

    mate: Teammate
    counts: bool
    kept: Mapping[date, tuple[ShiftFacts, ...]]
    closed: Mapping[date, tuple[Span, ...]]
    skills: Mapping[date, frozenset[SkillKind]]
    wishes: tuple[Wish, ...]
    history: tuple[Stint, ...]
    context: Context
    sundays: int


@dataclass(frozen=True)
class Question:
    """A week to be proposed."""

    week: Period
    candidates: tuple[Candidate, ...]
    demands: tuple[Demand, ...]
    profile: Profile


def ask(session: Session, week: Period, slots: Sequence[Slot]) -> Question:
    """Read what a proposal of a week needs; volunteers are left as they offered themselves.

    Args:
        session: A session that reads.
        week: The civil week.
        slots: Its services.
    """
    mates = [mate for mate in teammates(session, week) if not mate.status.is_volunteer]
    keys = {mate.key for mate in mates}
    shifts = shifts_in(session, week)
    around = planned(session, Period(week.first - HISTORY, week.end + 7 * DAY))
    known = contexts(session, week, keys)
    reader = _Reader(session, week)
    candidates = tuple(
        Candidate(
            mate,
            all(may_count(mate, day) for day in week.days),
            reader.kept(mate.key, shifts.get(mate.key, [])),
            reader.closed(mate.key),
            reader.skills(mate.key),
            reader.wishes(mate.key),
            tuple(each for each in around.get(mate.key, []) if each.day not in week),
            known[mate.worker.key],
            reader.sundays(mate.key),
        )
        for mate in mates
    )
    offered = [each for key, own in shifts.items() if key not in keys for each in own]
    demands = tuple(_demands(session, slots, offered))
    return Question(week, candidates, demands, profile_of(session))


def _demands(session: Session, slots: Sequence[Slot], offered: Sequence[Shift]) -> list[Demand]:
    found: list[Demand] = []
    for slot in slots:
        for rule in staffing_rules(session):
            if rule.meal not in {"", slot.meal}:
                continue
            span = span_of(rule, slot)
            extra = slot.diners // rule.every if rule.every else 0
            helpers = sum(
                each.day == slot.day and each.post is rule.post and each.start < span[1]
                and span[0] < each.finish
                for each in offered
            )  # fmt: skip
            words = tr("{post}, {service} du {day}").format(
                post=tr(POSTS[rule.post]), service=slot.title, day=short_day(slot.day)
            )
            target = max(rule.target, extra) - helpers
            found.append(
                Demand(
                    *(words, slot.day, rule.post, span, rule.least),
                    max(target, rule.least),
                    rule.skill,
                )
            )
    return found


class _Reader:
    """Reads tables of people once for all of them."""

    def __init__(self, session: Session, week: Period) -> None:
        self._session, self._week = session, week
        self._absences = absences_in(session, week)

    def kept(self, member: int, shifts: Sequence[Shift]) -> dict[date, tuple[ShiftFacts, ...]]:
        """Return the days that stay as they are: locked ones, and those of an absence."""
        away = {day for each in self._absences.get(member, []) for day in days_of(each)}
        found: dict[date, tuple[ShiftFacts, ...]] = dict.fromkeys(sorted(away), ())
        for shift in shifts:
            if shift.is_locked or shift.day in away:
                found[shift.day] = (*found.get(shift.day, ()), facts_of(shift))
        return found

    def closed(self, member: int) -> dict[date, tuple[Span, ...]]:
        """Return when somebody cannot come, by day."""
        query = select(Availability).where(Availability.member_id == member)
        found: dict[date, tuple[Span, ...]] = {}
        for each in self._session.scalars(query):
            for day in self._week.days:
                is_then = each.weekday in {None, day.weekday()} and not each.is_available
                is_on = (each.first is None or each.first <= day) and (
                    each.end is None or day < each.end
                )
                if is_then and is_on:
                    found[day] = (*found.get(day, ()), (each.start, each.finish))
        return found

    def skills(self, member: int) -> dict[date, frozenset[SkillKind]]:
        """Return what somebody knows, by day."""
        found = list(self._session.scalars(select(Skill).where(Skill.member_id == member)))
        return {
            day: frozenset(
                each.kind for each in found if each.valid_until is None or day <= each.valid_until
            )
            for day in self._week.days
        }

    def wishes(self, member: int) -> tuple[Wish, ...]:
        """Return what somebody would like."""
        return tuple(self._session.scalars(select(Wish).where(Wish.member_id == member)))

    def sundays(self, member: int) -> int:
        """Return the Sundays somebody worked in the year before."""
        query = (
            select(Shift.day)
            .where(
                Shift.member_id == member,
                Shift.day >= self._week.first - YEAR,
                Shift.day < self._week.first,
            )
            .group_by(Shift.day)
            .order_by(func.min(Shift.id))
        )
        return sum(day.weekday() == 6 for day in self._session.scalars(query))
