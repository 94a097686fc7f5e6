"""A week of the roster proposed: read, searched for beside the window, judged by the law, written.

Reading needs a session and searching none: ``read_facts`` hands plain facts to ``propose``, and
what it returns is written by ``write_proposal``. Nothing is trusted on the way: every proposed
roster is judged whole by the law once more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.staff.choosing.model import Effort, Quality
from cantine_desktop.staff.choosing.wording import quality_in_words
from cantine_desktop.staff.law.judging import judge_team
from cantine_desktop.staff.law.nouns import Alert, Severity
from cantine_desktop.staff.law.stints import Kind
from cantine_desktop.staff.law.wording import day as day_words
from cantine_desktop.staff.proposing.costs import Component, total
from cantine_desktop.staff.proposing.facts import Away, Facts, Planned, Someone
from cantine_desktop.staff.proposing.needs import needs_in_words
from cantine_desktop.staff.proposing.options import OFF, Option
from cantine_desktop.staff.proposing.solving import (
    Solved,
    company_of,
    is_company,
    prepare,
    search,
)
from cantine_desktop.staff.proposing.words import hours_of_day
from cantine_desktop.staff.rosters.coverage import Coverage, covered
from cantine_desktop.staff.rosters.demand import LineKind, may_accompany, may_count

USUAL = Effort(seconds=10.0)


class DayChange(NamedTuple):
    """A day of somebody that is not as the book has it.

    Attributes:
        before: Hours in words; empty for a day off. ``after`` alike.
    """

    day: date
    before: str
    after: str


@dataclass(frozen=True)
class PersonWeek:
    """What a proposal gives somebody.

    Attributes:
        minutes: Effective, of the week; ``contract``, agreed, ``None`` without.
        parts: Points of the week by component: why this choice.
        changes: Days that are not as the book has them.
    """

    key: int
    name: str
    minutes: int
    contract: int | None
    parts: tuple[tuple[Component, int], ...]
    changes: tuple[DayChange, ...]


class Asked(NamedTuple):
    """A need that nobody meets, and who may be asked for it: never assigned."""

    words: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """A week proposed.

    Attributes:
        shifts: Of those who are assigned, locked ones among them.
        quality: How sure it is that nothing better exists, a whole sentence.
        is_optimal: Nothing better exists.
        misses: What must be and is not, in words.
        remarks: What the search could not ask for, or had to leave out.
        alerts: What the law says of it: nothing forbidden that a proposal added.
        offers: Needs left over that volunteers may be asked for.
        solved: What « why not » is answered from.
    """

    week: date
    shifts: tuple[Planned, ...]
    quality: str
    is_optimal: bool
    cost: int
    bound: int
    misses: tuple[str, ...]
    remarks: tuple[str, ...]
    people: tuple[PersonWeek, ...]
    coverage: Coverage
    alerts: tuple[Alert, ...]
    offers: tuple[Asked, ...]
    solved: Solved = field(repr=False, compare=False)


def propose(facts: Facts, effort: Effort | None = None) -> Proposal:
    """Return the best week found, within the law; needs no session.

    Raises:
        UserError: There is nobody to propose, or nothing that needs them.
    """
    if not any(line.kind is LineKind.POST for line in facts.demand):
        raise UserError(
            tr("Aucun besoin cette semaine : ajoutez des services, et des besoins par service.")
        )
    if not facts.people:
        raise UserError(tr("Personne à planifier cette semaine : ajoutez d’abord un contrat."))
    return proposal_of(search(prepare(facts), effort or USUAL))


def proposal_of(solved: Solved) -> Proposal:
    """Return what a search found, in words and judged again by the law."""
    facts, answer = solved.facts, solved.answer
    shifts = solved.shifts()
    shifts, dropped = _within_the_law(facts, shifts)
    shifts, lonely = _accompanied(facts, shifts)
    dropped += lonely
    beside = coverage_with(facts, shifts)
    return Proposal(
        facts.week.first,
        tuple(shifts),
        _sentence(solved, whole=not dropped),
        _is_proved(solved) and not dropped,
        answer.cost,
        answer.bound,
        tuple(misses_in_words(solved)),
        (*solved.table.remarks, *_left_out(solved), *dropped),
        tuple(_person(solved, who, shifts) for who in facts.people),
        beside,
        tuple(alerts_of(facts, shifts)),
        tuple(_offers(facts, beside)),
        solved,
    )


def coverage_with(facts: Facts, shifts: Sequence[Planned]) -> Coverage:
    """Return the needs of a week beside who comes, volunteers who offered among them."""
    coming = [facts.someone(each.member).coming(each) for each in shifts]
    coming += [who.coming(x) for who in facts.givers for x in (*who.locked, *who.current)]
    return covered(facts.demand, coming)


def alerts_of(facts: Facts, shifts: Sequence[Planned]) -> list[Alert]:
    """Return what the law says of a week for everybody, with the weeks beside."""
    people = [
        (
            who.worker,
            [*who.before, *(x.stint for x in shifts if x.member == who.key), *who.after],
        )
        for who in facts.people
    ]
    contexts = {who.label: who.context for who in facts.people}
    return judge_team(people, facts.profile, contexts, facts.week)


def _within_the_law(facts: Facts, shifts: list[Planned]) -> tuple[list[Planned], list[str]]:
    """Leave out of a roster the week of whoever it would put beyond the law."""
    wrong = {
        alert.worker: alert
        for alert in alerts_of(facts, shifts)
        if alert.severity is Severity.FORBIDDEN and alert.worker
    }
    told: list[str] = []
    for who in facts.people:
        alert = wrong.get(who.label)
        if alert is None:
            continue
        told.append(
            tr("{name} : aucune semaine permise avec ce qui est verrouillé. {why}").format(
                name=who.name, why=alert.sentence
            )
        )
        shifts = [x for x in shifts if x.member != who.key or x.is_locked or x.kind != Kind.WORK]
    return shifts, told


def _accompanied(facts: Facts, shifts: list[Planned]) -> tuple[list[Planned], list[str]]:
    """Leave out what would leave alone somebody who may not be: a search may end before."""
    grown = [x for x in shifts if may_count(facts.someone(x.member).worker, x.day)]
    kept: list[Planned] = []
    told: dict[str, None] = {}
    for shift in shifts:
        who = facts.someone(shift.member)
        there = [Option("", (x,)) for x in grown if x.day == shift.day]
        there += company_of(facts, shift.day)
        may_be_alone = may_accompany(who.worker, shift.day) or shift.kind is not Kind.WORK
        if may_be_alone or is_company(Option("", (shift,)), there):
            kept.append(shift)
            continue
        words = tr("{name}, {day} : personne de salarié et majeur ne serait là.").format(
            name=who.name, day=day_words(shift.day)
        )
        told.setdefault(words)
        if shift.is_locked:
            kept.append(shift)
    return kept, list(told)


def _is_proved(solved: Solved) -> bool:
    return solved.answer.quality is Quality.OPTIMAL and solved.is_whole and not solved.alone


def _sentence(solved: Solved, *, whole: bool) -> str:
    if not whole or not solved.is_whole or solved.alone:
        return tr("Planning trouvé, sans preuve qu’il n’y a pas mieux.")
    if solved.answer.quality is Quality.OPTIMAL:
        return tr("Planning optimal : aucun autre planning permis ne fait mieux.")
    return tr("Planning {quality}.").format(quality=quality_in_words(solved.answer))


def misses_in_words(solved: Solved) -> list[str]:
    """Return what must be and is not, in words."""
    missed = [m.name for m in solved.answer.misses]
    found = [
        tr("Il manque {what}.").format(what=words) for words in needs_in_words(solved.table, missed)
    ]
    for who in solved.facts.people:
        if who.label not in missed:
            continue
        alerts = solved.unlawful.get(who.label, ())
        why = alerts[0].sentence if alerts else ""
        words = tr("{name} : aucune semaine permise. {why}").format(name=who.name, why=why)
        found.append(words.strip())
    return found


def _left_out(solved: Solved) -> list[str]:
    return [
        tr("{name} ne vient pas {day} : personne de salarié et majeur ne serait là.").format(
            name=who.name, day=day_words(solved.facts.week.days[day])
        )
        for who in solved.facts.people
        for day in sorted(solved.alone.get(who.label, ()))
    ]


def _person(solved: Solved, who: Someone, shifts: Sequence[Planned]) -> PersonWeek:
    own = [x for x in shifts if x.member == who.key]
    options = solved.options(who)
    worked = sum(x.duty != OFF for x in options)
    minutes = sum(x.stint.effective for x in own)
    parts = total([
        *(solved.costs.of_day(who, option) for option in options),
        solved.costs.of_week(who, minutes, worked),
    ])
    return PersonWeek(
        who.key, who.name, minutes, who.contract, tuple(parts.items()),
        changes_of(who, own, solved.facts.week.days),
    )  # fmt: skip


def changes_of(
    who: Someone, shifts: Sequence[Planned], days: Sequence[date]
) -> tuple[DayChange, ...]:
    """Return the days on which somebody no longer has the hours the book has."""
    found: list[DayChange] = []
    for day in days:
        before = [x for x in (*who.locked, *who.current) if x.day == day]
        after = [x for x in shifts if x.day == day]
        if sorted(x.hours for x in before) != sorted(x.hours for x in after):
            found.append(DayChange(day, hours_of_day(before), hours_of_day(after)))
    return tuple(found)


def _offers(facts: Facts, beside: Coverage) -> list[Asked]:
    """Return the heads wished and not found, with the volunteers who could come then."""
    found: list[Asked] = []
    for cover in beside.covers:
        line = cover.line
        if line.post is None or not cover.short or cover.missing:
            continue
        names = tuple(
            who.name
            for who in facts.givers
            if _could_come(who, line.day, line.start, line.finish)
            and (line.skill is None or line.skill in who.skills(line.day))
        )
        if names:
            found.append(Asked(line.words, names))
    return found


def _could_come(who: Someone, day: date, start: int, finish: int) -> bool:
    """Tell whether a volunteer said they can come, is not coming that day, and is not away."""
    if any(x.day == day for x in (*who.locked, *who.current)):
        return False
    if any(x.start < finish and start < x.finish for x in _that_day(who.away, day)):
        return False
    can = _that_day(who.can, day)
    return not who.can or any(x.start <= start and finish <= x.finish for x in can)


def _that_day(some: Sequence[Away], day: date) -> list[Away]:
    return [x for x in some if day in x.days and x.weekday in {None, day.weekday()}]
