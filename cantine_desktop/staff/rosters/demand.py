"""Whom services need, and when: the rules of the canteen laid over the services of some days.

Beside the posts that rules ask for, somebody trained in hygiene is asked for as long as the canteen
is open. The board and a proposal look at the same lines.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.i18n import short_day, tr
from cantine_desktop.staff.contracts.model import SkillKind
from cantine_desktop.staff.law.nouns import Regime, Worker
from cantine_desktop.staff.law.wording import clock
from cantine_desktop.staff.rosters.model import POSTS, Post, StaffingRule
from cantine_desktop.staff.rosters.staffing import staffing_rules

OPEN_AFTER = 120
"""Minutes after the beginning of the meal during which the canteen is open."""
SHORTEST = 30
"""Minutes of a post, whatever the hours of the service."""
KEYS = {Post.OPENING: SkillKind.OPENING, Post.CLOSING: SkillKind.CLOSING}
"""Whoever has the key holds the post, whatever else they do then."""

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


class LineKind(StrEnum):
    """What a line asks for: heads of a post, or training all along."""

    POST = "post"
    TRAINED = "trained"


@dataclass(frozen=True)
class DemandLine:
    """Whom some hours of a service need (besoin).

    Attributes:
        key: Distinct; the same from one reading to the next while rules and services are.
        start: Minutes after midnight; ``finish`` likewise, after ``start``, maybe past 1440.
        post: ``None`` where any post does.
        least: Heads without which the service cannot be held, only employees of age.
        target: Heads wished; anybody counts.
        skill: What one of them must be trained in.
    """

    key: str
    kind: LineKind
    slot: Slot
    start: int
    finish: int
    least: int
    target: int
    post: Post | None = None
    skill: SkillKind | None = None

    @property
    def day(self) -> date:
        """The civil day of the service."""
        return self.slot.day

    @property
    def span(self) -> Span:
        """When it is held."""
        return self.start, self.finish

    @property
    def title(self) -> str:
        """What is needed, without the day: « Responsable de cuisine, Déjeuner »."""
        if self.post is None:
            return tr("{service}, de {start} à {finish}").format(
                service=self.slot.title, start=clock(self.start), finish=clock(self.finish % 1440)
            )
        return tr("{post}, {service}").format(post=tr(POSTS[self.post]), service=self.slot.title)

    @property
    def words(self) -> str:
        """The same with the day, alone of its words in a week."""
        return tr("{what} du {day}").format(what=self.title, day=short_day(self.day))


def may_count(worker: Worker, day: date) -> bool:
    """Tell whether somebody counts for a minimum on a day: employed, and of age.

    Civic service, trainees, minors and volunteers never do.

    Source: CSN-L120-8, STAGE-R.
    """
    return worker.regime_on(day) is Regime.ADULT


def may_accompany(worker: Worker, day: date) -> bool:
    """Tell whether somebody may be alone, or with those who may not: employed or a volunteer."""
    return worker.regime_on(day) in {Regime.ADULT, Regime.VOLUNTEER}


def needs_of(session: Session, slots: Iterable[Slot]) -> list[DemandLine]:
    """Return what services need, by day, then by hour of the service."""
    rules = staffing_rules(session)
    found: list[DemandLine] = []
    for rank, slot in enumerate(sorted(slots, key=lambda each: (each.day, each.cook_at))):
        key = f"{slot.day}/{rank}"
        found += [
            _line(rule, slot, f"{key}/{rule.id}") for rule in rules if rule.meal in {"", slot.meal}
        ]
        start, finish = open_span(slot)
        found.append(
            DemandLine(
                *(f"{key}/trained", LineKind.TRAINED, slot, start, finish, 1, 1),
                skill=SkillKind.HYGIENE,
            )
        )
    return found


def _line(rule: StaffingRule, slot: Slot, key: str) -> DemandLine:
    start = max(0, minutes_of(slot.cook_at) - rule.before)
    finish = max(_meal(slot) + rule.after, start + SHORTEST)
    extra = slot.diners // rule.every if rule.every else 0
    return DemandLine(
        *(key, LineKind.POST, slot, start, finish, rule.least, max(rule.target, extra)),
        rule.post,
        rule.skill,
    )


def open_span(slot: Slot) -> Span:
    """Return when the canteen is open for a service: somebody trained in hygiene is there.

    The law asks for one trained person in the place; being there all along is good practice.

    Source: BP.
    """
    return minutes_of(slot.cook_at), _meal(slot) + OPEN_AFTER


def _meal(slot: Slot) -> int:
    """Return when the meal begins, on the next day when that is before the cooks arrive."""
    cook, meal = minutes_of(slot.cook_at), minutes_of(slot.meal_at)
    return meal if meal >= cook else meal + 1440


def minutes_of(at: time) -> int:
    """Return a time of day in minutes after midnight."""
    return at.hour * 60 + at.minute


def serves(line: DemandLine, post: Post, skills: frozenset[SkillKind]) -> bool:
    """Tell whether a post of somebody with some skills is what a line asks for."""
    if line.kind is not LineKind.POST:
        return line.skill is None or line.skill in skills
    key = None if line.post is None else KEYS.get(line.post)
    return post is line.post or (key is not None and key in skills)


def shares(line: DemandLine, span: Span) -> bool:
    """Tell whether some hours hold at least half of a post."""
    common = min(line.finish, span[1]) - max(line.start, span[0])
    return 2 * common >= line.finish - line.start


def without(wanted: Iterable[Span], held: Iterable[Span]) -> list[Span]:
    """Return the parts of some spans that no other span holds, in order."""
    left = merged(wanted)
    for since, until in held:
        cut: list[Span] = []
        for first, last in left:
            cut += [(first, min(last, since))] if first < since else []
            cut += [(max(first, until), last)] if until < last else []
        left = [(first, last) for first, last in cut if first < last]
    return left


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans apart from each other, in order, those that touch made one."""
    found: list[Span] = []
    for since, until in sorted(spans):
        if found and since <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], until)
        else:
            found.append((since, until))
    return found


def guarded(lines: Sequence[DemandLine]) -> list[Span]:
    """Return the stretches in which an employee of age must be there, in order, apart."""
    return merged(line.span for line in lines if line.least)
