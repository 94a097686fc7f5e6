"""Proposing a week: one lawful week for each person, at least cost, with what is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.staff.choosing.choosing import choose
from cantine_desktop.staff.choosing.model import (
    Answer,
    Effort,
    Leg,
    Need,
    Pattern,
    Person,
    Problem,
)
from cantine_desktop.staff.choosing.wording import quality_in_words
from cantine_desktop.staff.contracts.model import SkillKind
from cantine_desktop.staff.law.judging import judge_team
from cantine_desktop.staff.law.nouns import Alert
from cantine_desktop.staff.proposing.asking import Candidate, Demand, Question
from cantine_desktop.staff.proposing.patterns import Day, WeekOption, options_of, stints_of
from cantine_desktop.staff.rosters.model import RosterState
from cantine_desktop.staff.rosters.planning import Spot, set_day, week_of

MISSING, UNTRAINED, SHORT = 400, 300, 60
"""Points of a head under the minimum, of a service without anybody trained, of a head wished."""

REASONS: Mapping[str, str] = {
    "hours": mark("heures à côté du contrat"),
    "wishes": mark("souhaits"),
    "sundays": mark("dimanches déjà travaillés"),
    "splits": mark("journées coupées"),
    "days": mark("plus de cinq jours"),
}
"""What each part of a cost is called."""


@dataclass(frozen=True)
class Proposal:
    """A week proposed.

    Attributes:
        weeks: Shifts by member and day, days off left out.
        kept: Days that stay as they are, by member.
        quality: How sure it is that nothing better exists among the weeks compared, in words.
        compared: Lawful weeks compared, over everybody: the cheapest of each person.
        misses: What is under its minimum, or lacks somebody trained, each a sentence.
        parts: Points by reason, over everybody.
        alerts: What the rules say of it, judged again from the whole.
    """

    monday: date
    weeks: Mapping[int, Mapping[date, Day]]
    kept: Mapping[int, frozenset[date]]
    quality: str
    compared: int
    misses: tuple[str, ...]
    parts: Mapping[str, int]
    alerts: tuple[Alert, ...]

    @property
    def sentence(self) -> str:
        """What is told of it."""
        words = trn(
            "Proposition, sur {n} semaine légale comparée : {quality}.",
            "Proposition, sur {n} semaines légales comparées : {quality}.",
            self.compared,
        ).format(quality=self.quality)
        if self.misses:
            count = trn(
                "{n} besoin reste à couvrir", "{n} besoins restent à couvrir", len(self.misses)
            )
            words += " " + tr("{count} : {first}").format(count=count, first=self.misses[0]) + "."
        return words


def propose(question: Question, effort: Effort | None = None) -> Proposal:
    """Return the week that costs least, found without the book: it may run beside the window.

    Args:
        question: What was read.
        effort: How long to search; 2 s by default.
    """
    found = {each.mate.worker.key: options_of(question, each) for each in question.candidates}
    needs, covering = _needs(question)
    people = tuple(
        Person(key, (Leg(range(7), tuple(_pattern(each, covering[key]) for each in options)),))
        for key, options in found.items()
    )
    answer = choose(Problem(people, needs), effort or Effort(seconds=2.0))
    picked = {key: _picked(answer, key, options) for key, options in found.items()}
    return _proposal(question, answer, picked, sum(map(len, found.values())))


def _pattern(option: WeekOption, ranks: Mapping[int, tuple[int, ...]]) -> Pattern:
    """Return an option as the chooser takes it: its cells tell it from the others."""
    cells = tuple(
        sorted(
            (day.weekday(), f"{each.start}-{each.finish}-{each.post}")
            for day, own in option.days.items()
            for each in own
        )
    )
    covers = dict.fromkeys((row for fill in set(option.fills) for row in ranks.get(fill, ())), 1)
    return Pattern(cells, option.cost, tuple(sorted(covers.items())))


def _needs(
    question: Question,
) -> tuple[tuple[Need, ...], dict[str, dict[int, tuple[int, ...]]]]:
    """Return the needs, and for each person the rows that answering a demand counts for."""
    needs: list[Need] = []
    ranks: dict[str, dict[int, tuple[int, ...]]] = {
        each.mate.worker.key: {} for each in question.candidates
    }
    for rank, demand in enumerate(question.demands):
        rows = {"all": len(needs)}
        needs.append(
            Need(
                demand.name, low=max(0, demand.target), under=SHORT, high=demand.target + 1, over=5
            )
        )
        if demand.least:
            rows["counts"] = len(needs)
            needs.append(Need(demand.name, demand.least, missing=MISSING))
        if demand.skill is SkillKind.HYGIENE:
            rows["trained"] = len(needs)
            needs.append(
                Need(
                    tr("{need} : formation hygiène").format(need=demand.name), 1, missing=UNTRAINED
                )
            )
        for each in question.candidates:
            ranks[each.mate.worker.key][rank] = tuple(_rows(each, demand, rows))
    return tuple(needs), ranks


def _rows(candidate: Candidate, demand: Demand, rows: Mapping[str, int]) -> list[int]:
    found = [rows["all"]]
    if "counts" in rows and candidate.counts:
        found.append(rows["counts"])
    if "trained" in rows and SkillKind.HYGIENE in candidate.skills[demand.day]:
        found.append(rows["trained"])
    return found


def _picked(answer: Answer, key: str, options: list[WeekOption]) -> WeekOption:
    chosen = answer.chosen[key][0]
    if chosen is None:
        return WeekOption({}, (), {})
    return next(
        (
            each
            for each in options
            if _pattern(each, {}).cells == chosen.cells and each.cost == chosen.cost
        ),
        WeekOption({}, (), {}),
    )


def _proposal(
    question: Question, answer: Answer, picked: Mapping[str, WeekOption], compared: int
) -> Proposal:
    people = [
        (each.mate.worker, [*each.history, *stints_of(picked[each.mate.worker.key].days)])
        for each in question.candidates
    ]
    contexts = {each.mate.worker.key: each.context for each in question.candidates}
    parts: dict[str, int] = {}
    for option in picked.values():
        for name, points in option.parts.items():
            parts[name] = parts.get(name, 0) + points
    return Proposal(
        question.week.first,
        {each.mate.key: picked[each.mate.worker.key].days for each in question.candidates},
        {each.mate.key: frozenset(each.kept) for each in question.candidates},
        quality_in_words(answer),
        compared,
        tuple(dict.fromkeys(_misses(question, answer))),
        parts,
        tuple(judge_team(people, question.profile, contexts, question.week)),
    )


def _misses(question: Question, answer: Answer) -> list[str]:
    needs, _covering = _needs(question)
    return [
        need.name for need, count in zip(needs, answer.counts, strict=True) if count < need.minimum
    ]


def write_proposal(session: Session, proposal: Proposal) -> int:
    """Write a proposal in the week, days that are kept left as they are; return the shifts written.

    Raises:
        UserError: A contract changed since the question was read.
    """
    count = 0
    for member, days in proposal.weeks.items():
        for rank in range(7):
            day = date.fromordinal(proposal.monday.toordinal() + rank)
            if day in proposal.kept[member]:
                continue
            set_day(session, Spot(member, day), days.get(day, ()))
            count += len(days.get(day, ()))
    week = week_of(session, proposal.monday)
    if week.state is RosterState.DRAFT:
        week.state = RosterState.PROPOSED
    session.flush()
    return count
