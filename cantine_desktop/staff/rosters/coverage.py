"""Who comes beside whom a service needs; who is left alone; whether somebody knows hygiene.

Civic service, trainees, minors and volunteers never count for the minimum: they help. The law
forbids that the first two replace an employee; for the others it is a choice of the house.

Source: CSN-L120-8, STAGE-R.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.i18n import short_day, tr, trn
from cantine_desktop.staff.contracts.model import Skill, SkillKind
from cantine_desktop.staff.law.wording import clock
from cantine_desktop.staff.rosters.model import POSTS, Post, Shift, StaffingRule
from cantine_desktop.staff.rosters.staffing import staffing_rules
from cantine_desktop.staff.rosters.team import Teammate, shifts_in, teammates
from cantine_desktop.values.period import Period

OPEN_AFTER = 120
"""Minutes after the beginning of the meal during which the canteen is open."""

Span = tuple[int, int]
"""Minutes after midnight, half-open; above 1440 on the next day."""


class Slot(NamedTuple):
    """A service to be held.

    Attributes:
        meal: Its kind, as ``MealKind`` spells it.
        cook_at: When cooks arrive; ``meal_at``, when the meal begins: local times.
        diners: How many are expected.
    """

    day: date
    meal: str
    title: str
    cook_at: time
    meal_at: time
    diners: int


class Cover(NamedTuple):
    """A need of a service, and who comes for it.

    Attributes:
        span: When the post is held.
        least: Heads without which it cannot be; ``target``, those wished.
        counted: Names of those who count for the minimum; ``helpers``, of the others.
        is_skilled: One of them is trained as asked, or nothing is asked.
        skill: What is asked.
    """

    slot: Slot
    post: Post
    span: Span
    least: int
    target: int
    counted: tuple[str, ...]
    helpers: tuple[str, ...]
    is_skilled: bool
    skill: SkillKind | None

    @property
    def missing(self) -> int:
        """Heads under the minimum."""
        return max(0, self.least - len(self.counted))

    @property
    def short(self) -> int:
        """Heads under those wished."""
        return max(0, self.target - len(self.counted) - len(self.helpers))

    @property
    def sentence(self) -> str:
        """What lacks, or who comes."""
        said = {"post": tr(POSTS[self.post]), "service": self.slot.title}
        if self.missing:
            told = trn("il manque {n} personne", "il manque {n} personnes", self.missing)
            why = ""
            if self.helpers:
                why = tr(" ({names} aide, sans compter au minimum)").format(
                    names=", ".join(self.helpers)
                )
            return tr("{post}, {service} : ").format(**said) + told + why
        names = ", ".join((*self.counted, *self.helpers)) or tr("personne")
        words = tr("{post}, {service} : {names}").format(**said, names=names)
        if not self.is_skilled and (self.counted or self.helpers):
            words += tr(" ; personne n’a la compétence demandée")
        return words


class Uncovered(NamedTuple):
    """Something of a day that no need tells: nobody trained, somebody alone."""

    day: date
    sentence: str


class Coverage(NamedTuple):
    """The week beside what it needs."""

    covers: tuple[Cover, ...]
    gaps: tuple[Uncovered, ...]


class _Here(NamedTuple):
    mate: Teammate
    post: Post
    span: Span
    counts: bool
    skills: frozenset[SkillKind]


def coverage_of(session: Session, week: Period, slots: Sequence[Slot]) -> Coverage:
    """Return who comes for each need of some days, and what is left uncovered.

    Args:
        session: A session that reads.
        week: The days.
        slots: Their services.
    """
    rules = staffing_rules(session)
    people = _people(session, week)
    covers = tuple(
        _cover(rule, slot, people.get(slot.day, []))
        for slot in slots
        for rule in rules
        if rule.meal in {"", slot.meal}
    )
    return Coverage(covers, tuple(_gaps(slots, people)))


def _people(session: Session, week: Period) -> dict[date, list[_Here]]:
    skills: dict[int, list[Skill]] = {}
    for skill in session.scalars(select(Skill)):
        skills.setdefault(skill.member_id, []).append(skill)
    shifts = shifts_in(session, week)
    found: dict[date, list[_Here]] = {}
    for mate in teammates(session, week):
        for shift in shifts.get(mate.key, []):
            known = frozenset(
                each.kind for each in skills.get(mate.key, []) if _holds(each, shift.day)
            )
            here = _Here(mate, shift.post, _span(shift), may_count(mate, shift.day), known)
            found.setdefault(shift.day, []).append(here)
    return found


def may_count(mate: Teammate, day: date) -> bool:
    """Tell whether somebody counts for the minimum: employed, and of age."""
    regime = mate.worker.regime_on(day)
    return regime.is_employee and not regime.is_minor


def _holds(skill: Skill, day: date) -> bool:
    return skill.valid_until is None or day <= skill.valid_until


def _span(shift: Shift) -> Span:
    return shift.start, shift.finish


def span_of(rule: StaffingRule, slot: Slot) -> Span:
    """Return when a post is held at a service."""
    return _minutes(slot.cook_at) - rule.before, _minutes(slot.meal_at) + rule.after


def _cover(rule: StaffingRule, slot: Slot, people: Iterable[_Here]) -> Cover:
    span = span_of(rule, slot)
    here = [each for each in people if each.post is rule.post and _shares(each.span, span)]
    extra = slot.diners // rule.every if rule.every else 0
    return Cover(
        slot,
        rule.post,
        span,
        rule.least,
        max(rule.target, extra),
        tuple(each.mate.worker.name for each in here if each.counts),
        tuple(each.mate.worker.name for each in here if not each.counts),
        rule.skill is None or any(rule.skill in each.skills for each in here),
        rule.skill,
    )


def _shares(one: Span, other: Span) -> bool:
    """Tell whether a shift holds at least half of a post."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * common >= other[1] - other[0]


def _gaps(slots: Sequence[Slot], people: dict[date, list[_Here]]) -> Iterator[Uncovered]:
    for day in sorted({slot.day for slot in slots}):
        open_spans = [
            (_minutes(slot.cook_at), _minutes(slot.meal_at) + OPEN_AFTER)
            for slot in slots
            if slot.day == day
        ]
        trained = [each.span for each in people.get(day, []) if SkillKind.HYGIENE in each.skills]
        for since, until in _without(open_spans, trained):
            yield Uncovered(
                day,
                tr("{day} : personne de formé à l’hygiène de {since} à {until}.").format(
                    day=short_day(day), since=clock(since % 1440), until=clock(until % 1440)
                ),
            )
    for day, here in sorted(people.items()):
        yield from _alone(day, here)


def _alone(day: date, here: Sequence[_Here]) -> Iterator[Uncovered]:
    """Tell who is left without an adult who is employed or a volunteer."""
    adults = [each.span for each in here if each.counts or each.mate.status.is_volunteer]
    for each in here:
        if each.counts or each.mate.status.is_volunteer:
            continue
        for since, until in _without([each.span], adults):
            yield Uncovered(
                day,
                tr("{name} serait seul·e le {day} de {since} à {until}.").format(
                    name=each.mate.worker.name,
                    day=short_day(day),
                    since=clock(since % 1440),
                    until=clock(until % 1440),
                ),
            )


def _without(wanted: Iterable[Span], held: Iterable[Span]) -> list[Span]:
    """Return the parts of some spans that no other span holds, in order."""
    left = _merged(wanted)
    for since, until in held:
        cut: list[Span] = []
        for first, last in left:
            cut += [(first, min(last, since))] if first < since else []
            cut += [(max(first, until), last)] if until < last else []
        left = [(first, last) for first, last in cut if first < last]
    return left


def _merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for since, until in sorted(spans):
        if found and since <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], until)
        else:
            found.append((since, until))
    return found


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
