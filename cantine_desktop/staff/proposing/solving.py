"""The search of a week: weeks listed, chosen, judged by the law, chosen again where it forbids."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from time import monotonic
from typing import Protocol

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
from cantine_desktop.staff.law.nouns import Alert
from cantine_desktop.staff.proposing.costs import Costs
from cantine_desktop.staff.proposing.facts import Facts, Planned, Someone
from cantine_desktop.staff.proposing.needs import NeedTable, table_of
from cantine_desktop.staff.proposing.options import OFF, DayOptions, Offers, Option
from cantine_desktop.staff.proposing.pricing import WeekPricing
from cantine_desktop.staff.proposing.weeks import Weeks
from cantine_desktop.staff.rosters.demand import may_count

ROUNDS = 40
"""How often a choice is made again because the law forbids a week of it."""
SHARE = 0.6
"""Part of the time left that a choice may take: another one may follow."""
LEAST = 0.05
"""Seconds that each choice may take."""


class Standing(Protocol):
    """A roster that people know already, and what changing it costs."""

    def with_known(self, who: Someone, offers: Offers, day: DayOptions) -> DayOptions:
        """Return the choices of a day with the hours people know among them."""
        ...

    def minutes(self, who: Someone) -> int:
        """Return the minutes of the week people know."""
        ...

    def price(self, who: Someone, day: date, option: Option) -> int:
        """Return the points that a choice costs because it is not what people know."""
        ...


@dataclass
class Solved:
    """What a search found, and what it found it with.

    Attributes:
        answer: Names inside are keys of workers, and of ``table``.
        days: Choices of each day, by key of the worker.
        unlawful: What the law forbids of every week of somebody, by key of the worker.
        alone: Days on which somebody of civic service, on a placement or under 18 would have
            been alone, by key of the worker.
        is_whole: Every week within the bounds was looked at.
    """

    facts: Facts
    table: NeedTable
    weeks: dict[str, Weeks]
    days: dict[str, list[DayOptions]]
    costs: Costs
    answer: Answer = field(default_factory=lambda: Answer({}, 0, 0))
    unlawful: dict[str, tuple[Alert, ...]] = field(default_factory=dict[str, tuple[Alert, ...]])
    alone: dict[str, set[int]] = field(default_factory=dict[str, set[int]])

    @property
    def is_whole(self) -> bool:
        """Every week within the bounds was looked at."""
        return all(own.is_whole for own in self.weeks.values())

    def chosen(self, who: Someone) -> Pattern | None:
        """Return the week chosen for somebody."""
        return next(iter(self.answer.chosen.get(who.label, ())), None)

    def options(self, who: Someone, answer: Answer | None = None) -> list[Option]:
        """Return what somebody does on each day of the week chosen."""
        found = (answer or self.answer).chosen.get(who.label, (None,))[0]
        if found is None:
            return [Option(OFF)] * 7
        duties = dict(found.cells)
        own = self.weeks[who.label]
        return [
            next(x for x in own.offered(day) if x.duty == duties.get(day, OFF)) for day in range(7)
        ]

    def shifts(self, answer: Answer | None = None) -> list[Planned]:
        """Return every shift of the week chosen, by person, then by hour."""
        return [
            shift
            for who in self.facts.people
            for option in self.options(who, answer)
            for shift in option.shifts
        ]


def prepare(
    facts: Facts, lifted: frozenset[str] = frozenset(), standing: Standing | None = None
) -> Solved:
    """List the weeks of everybody.

    Args:
        facts: The week.
        lifted: Names of restrictions and needs that no longer hold.
        standing: The roster that people know already, to change as little as can be.
    """
    table, costs, offers = table_of(facts, lifted), Costs(facts), Offers(facts, lifted)
    solved = Solved(facts, table, {}, {}, costs)
    for who in facts.people:
        days = offers.week(who)
        if standing is not None:
            days = [standing.with_known(who, offers, each) for each in days]
        known = None if standing is None else standing.minutes(who)
        own = Weeks(facts, who, days, costs, known=known)
        if standing is not None:
            for place, day in enumerate(days):
                own.add_points(place, [standing.price(who, day.day, x) for x in own.offered(place)])
        own.prepare(table)
        solved.days[who.label], solved.weeks[who.label] = days, own
    return solved


def search(solved: Solved, effort: Effort) -> Solved:
    """Choose a week for each person; nothing that the law forbids, nobody alone who may not be."""
    until = monotonic() + effort.seconds
    people = tuple(Person(who.label, (Leg(range(7), ()),)) for who in solved.facts.people)
    problem = Problem(people, tuple(solved.table.needs))
    pricing = WeekPricing(solved.weeks)
    for _round in range(ROUNDS):
        left = replace(effort, seconds=max(LEAST, SHARE * (until - monotonic())))
        solved.answer = choose(problem, left, pricing)
        if not _struck(solved) and not _left_alone(solved):
            return solved
    solved.answer = _without_unlawful(solved)
    return solved


def bare_choice(solved: Solved, needs: Sequence[Need], effort: Effort) -> Answer:
    """Return a choice that looks at some needs alone, whatever weeks cost."""
    people = tuple(Person(who.label, (Leg(range(7), ()),)) for who in solved.facts.people)
    with ExitStack() as free:
        for own in solved.weeks.values():
            free.enter_context(own.free_of_charge())
        return choose(Problem(people, tuple(needs)), effort, WeekPricing(solved.weeks))


def _struck(solved: Solved) -> bool:
    """Strike out the chosen weeks that the law forbids, and tell whether there was one."""
    found = False
    for who in solved.facts.people:
        pattern = solved.chosen(who)
        week = None if pattern is None else solved.weeks[who.label].find(pattern.cells)
        if week is None:
            continue
        alerts = solved.weeks[who.label].judge(week)
        if alerts:
            found = True
            solved.unlawful[who.label] = tuple(alerts)
    return found


def _left_alone(solved: Solved) -> bool:
    """Keep at home whoever would be alone and may not be, and tell whether there was one."""
    coming: dict[int, list[tuple[Someone, Option]]] = {}
    for who in solved.facts.people:
        for day, option in enumerate(solved.options(who)):
            if option.duty != OFF:
                coming.setdefault(day, []).append((who, option))
    found = False
    for day, there in coming.items():
        when = solved.facts.week.days[day]
        grown = [option for who, option in there if may_count(who.worker, when)]
        grown += company_of(solved.facts, when)
        left = [
            who
            for who, option in there
            if not may_count(who.worker, when)
            and not any(x.is_locked for x in option.shifts)
            and not is_company(option, grown)
        ]
        found = found or bool(left)
        if left:
            seen = any(day in days for days in solved.alone.values())
            _keep_with(solved, day, [] if seen else grown)
        for who in left:
            solved.alone.setdefault(who.label, set()).add(day)
    return found


def _keep_with(solved: Solved, day: int, grown: list[Option]) -> None:
    """Bar what those who may not be alone could do of a day without those of age who come.

    Who comes may change with the next choice: the second time, they stay at home that day.
    """
    when = solved.facts.week.days[day]
    for who in solved.facts.people:
        if may_count(who.worker, when):
            continue
        own = solved.weeks[who.label]
        fit = [x for x in own.offered(day) if x.duty == OFF or is_company(x, grown)]
        own.keep_only(day, frozenset(x.duty for x in fit or own.offered(day)))


def company_of(facts: Facts, day: date) -> list[Option]:
    """Return what volunteers offered for a day: nobody is alone beside them."""
    return [
        Option("", (x,))
        for who in facts.givers
        for x in (*who.locked, *who.current)
        if x.day == day
    ]


def is_company(option: Option, grown: list[Option]) -> bool:
    """Tell whether somebody of age is there during all the hours of an option."""
    return all(_is_with(x.start, x.finish, grown) for x in option.shifts)


def _is_with(start: int, finish: int, grown: list[Option]) -> bool:
    """Tell whether somebody of age is there all along some hours."""
    reached = start
    for first, end in sorted((x.start, x.finish) for each in grown for x in each.shifts):
        if first <= reached:
            reached = max(reached, end)
    return reached >= finish


def _without_unlawful(solved: Solved) -> Answer:
    """Return the last answer without the weeks that were struck out."""
    chosen = dict(solved.answer.chosen)
    for who in solved.facts.people:
        pattern = solved.chosen(who)
        own = solved.weeks[who.label]
        week = None if pattern is None else own.find(pattern.cells)
        if week is not None and own.is_barred(week):
            chosen[who.label] = (None,)
    return replace(solved.answer, chosen=chosen, is_broken_least=False)
