"""Who comes beside whom a service needs; who is left alone; whether somebody knows hygiene.

Civic service, trainees, minors and volunteers never count for the minimum: they help. The law
forbids that the first two replace an employee; for the others it is a choice of the house.

Source: CSN-L120-8, STAGE-R.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.i18n import short_day, tr, trn
from cantine_desktop.staff.contracts.model import Skill, SkillKind
from cantine_desktop.staff.law.wording import clock
from cantine_desktop.staff.rosters.demand import (
    DemandLine,
    LineKind,
    Slot,
    Span,
    may_accompany,
    may_count,
    needs_of,
    serves,
    shares,
    without,
)
from cantine_desktop.staff.rosters.model import POSTS, Post
from cantine_desktop.staff.rosters.team import shifts_in, teammates
from cantine_desktop.values.period import Period


class Coming(NamedTuple):
    """Somebody who comes for some hours, as far as needs look at it.

    Attributes:
        counts: For a minimum, see ``may_count``; ``accompanies``, see ``may_accompany``.
        skills: Held that day.
    """

    name: str
    day: date
    span: Span
    post: Post
    counts: bool
    accompanies: bool
    skills: frozenset[SkillKind]


class Cover(NamedTuple):
    """A need of a service, and who comes for it.

    Attributes:
        counted: Names of those who count for the minimum; ``helpers``, of the others.
        is_skilled: One of them is trained as asked, or nothing is asked.
    """

    line: DemandLine
    post: Post
    counted: tuple[str, ...]
    helpers: tuple[str, ...]
    is_skilled: bool

    @property
    def slot(self) -> Slot:
        """The service."""
        return self.line.slot

    @property
    def target(self) -> int:
        """Heads that are wished."""
        return self.line.target

    @property
    def missing(self) -> int:
        """Heads under the minimum."""
        return max(0, self.line.least - len(self.counted))

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


def coverage_of(session: Session, week: Period, slots: Sequence[Slot]) -> Coverage:
    """Return who comes for each need of some days, and what is left uncovered.

    Args:
        session: A session that reads.
        week: The days.
        slots: Their services.
    """
    return covered(needs_of(session, slots), _people(session, week))


def covered(lines: Iterable[DemandLine], coming: Iterable[Coming]) -> Coverage:
    """Return needs beside who comes, as the book has it or as it is proposed."""
    asked = list(lines)
    here: dict[date, list[Coming]] = {}
    for each in coming:
        here.setdefault(each.day, []).append(each)
    covers = tuple(
        _cover(line, line.post, here.get(line.day, [])) for line in asked if line.post is not None
    )
    return Coverage(covers, tuple(_gaps(asked, here)))


def _people(session: Session, week: Period) -> Iterator[Coming]:
    skills: dict[int, list[Skill]] = {}
    for skill in session.scalars(select(Skill)):
        skills.setdefault(skill.member_id, []).append(skill)
    shifts = shifts_in(session, week)
    for mate in teammates(session, week):
        for shift in shifts.get(mate.key, []):
            yield Coming(
                mate.worker.name,
                shift.day,
                (shift.start, shift.finish),
                shift.post,
                may_count(mate.worker, shift.day),
                may_accompany(mate.worker, shift.day),
                frozenset(
                    each.kind for each in skills.get(mate.key, []) if _holds(each, shift.day)
                ),
            )


def _holds(skill: Skill, day: date) -> bool:
    begins = skill.since is None or skill.since <= day
    return begins and (skill.valid_until is None or day <= skill.valid_until)


def _cover(line: DemandLine, post: Post, people: Iterable[Coming]) -> Cover:
    here = [
        each for each in people if serves(line, each.post, each.skills) and shares(line, each.span)
    ]
    able = (each for each in here if each.counts or not line.least)
    return Cover(
        line,
        post,
        tuple(dict.fromkeys(each.name for each in here if each.counts)),
        tuple(dict.fromkeys(each.name for each in here if not each.counts)),
        line.skill is None or any(line.skill in each.skills for each in able),
    )


def _gaps(lines: Sequence[DemandLine], people: dict[date, list[Coming]]) -> Iterator[Uncovered]:
    asked = [line for line in lines if line.kind is LineKind.TRAINED]
    for day in sorted({line.day for line in asked}):
        trained = [
            each.span
            for each in people.get(day, [])
            if each.accompanies and SkillKind.HYGIENE in each.skills
        ]
        for since, until in without([x.span for x in asked if x.day == day], trained):
            yield Uncovered(
                day,
                tr("{day} : personne de formé à l’hygiène de {since} à {until}.").format(
                    day=short_day(day), since=clock(since % 1440), until=clock(until % 1440)
                ),
            )
    for day, here in sorted(people.items()):
        yield from _alone(day, here)


def _alone(day: date, here: Sequence[Coming]) -> Iterator[Uncovered]:
    """Tell who is left without an adult who is employed or a volunteer."""
    adults = [each.span for each in here if each.accompanies]
    for each in here:
        if each.accompanies:
            continue
        for since, until in without([each.span], adults):
            yield Uncovered(
                day,
                tr("{name} serait seul·e le {day} de {since} à {until}.").format(
                    name=each.name,
                    day=short_day(day),
                    since=clock(since % 1440),
                    until=clock(until % 1440),
                ),
            )
