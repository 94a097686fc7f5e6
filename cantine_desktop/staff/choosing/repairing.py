"""A published roster mended with few changes: each day that differs costs besides."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from cantine_desktop.staff.choosing.choosing import choose
from cantine_desktop.staff.choosing.judging import Chosen
from cantine_desktop.staff.choosing.model import Answer, Effort, Leg, Pattern, Person, Problem

Published = Mapping[str, Mapping[int, frozenset[str]]]
"""By person and day, the duties that were published; a day that is not there was off."""
PriceOfChange = Callable[[str, int], int]
"""Points that changing a person's day costs: more when notice is short or consent is needed."""
OFF: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Change:
    """A day of a person that is no longer as published; no duties for a day off."""

    person: str
    day: int
    before: frozenset[str]
    after: frozenset[str]


@dataclass(frozen=True)
class Repair:
    """A roster that differs little from the published one.

    Attributes:
        answer: What was chosen; its cost and bound hold the price of the changes.
        changes: By person, then by day.
        cost: Points without the price of the changes.
    """

    answer: Answer
    changes: tuple[Change, ...]
    cost: int

    @property
    def people(self) -> frozenset[str]:
        """Who has to be told."""
        return frozenset(change.person for change in self.changes)


def repair(
    problem: Problem, published: Published, price: PriceOfChange, effort: Effort | None = None
) -> Repair:
    """Return the best roster when each day that is changed has its price.

    Args:
        problem: With the absence already locked, or its patterns left out.
        published: The roster people know.
        price: Of a changed day.
        effort: How long to search.
    """
    answer = choose(with_changes_priced(problem, published, price), effort)
    changes = changes_of(problem, published, answer.chosen)
    paid = sum(price(change.person, change.day) for change in changes)
    return Repair(answer, changes, answer.cost - paid)


def repairs(
    problem: Problem,
    published: Published,
    prices: Sequence[PriceOfChange],
    effort: Effort | None = None,
) -> list[Repair]:
    """Return distinct repairs, one for each way to price changes: least broken, then fewest first.

    Args:
        problem: As for ``repair``.
        published: The roster people know.
        prices: Ways to price a changed day, from « as few changes as can be » to « as cheap ».
        effort: How long to search for each.
    """
    found: list[Repair] = []
    for price in prices:
        proposal = repair(problem, published, price, effort)
        if all(proposal.changes != other.changes for other in found):
            found.append(proposal)
    return sorted(found, key=_rank)


def _rank(proposal: Repair) -> tuple[int, int, int]:
    return proposal.answer.broken, len(proposal.changes), proposal.cost


def with_changes_priced(problem: Problem, published: Published, price: PriceOfChange) -> Problem:
    """Add to each pattern the price of the days it changes."""
    people = (
        replace(person, legs=tuple(_priced(person, leg, published, price) for leg in person.legs))
        for person in problem.people
    )
    return replace(problem, people=tuple(people))


def _priced(person: Person, leg: Leg, published: Published, price: PriceOfChange) -> Leg:
    known = {day: published.get(person.name, {}).get(day, OFF) for day in leg.days}
    prices = {day: price(person.name, day) for day in leg.days}

    def changed(pattern: Pattern) -> Pattern:
        extra = sum(prices[day] for day in differing(pattern, known))
        return replace(pattern, cost=pattern.cost + extra) if extra else pattern

    return replace(leg, patterns=tuple(map(changed, leg.patterns)))


def differing(pattern: Pattern, known: Mapping[int, frozenset[str]]) -> list[int]:
    """Return the days on which a pattern is not as known; a day it does not know was off."""
    own: dict[int, set[str]] = {}
    for day, duty in pattern.cells:
        own.setdefault(day, set()).add(duty)
    return [day for day in sorted({*known, *own}) if own.get(day, OFF) != known.get(day, OFF)]


def changes_of(problem: Problem, published: Published, chosen: Chosen) -> tuple[Change, ...]:
    """Return what is no longer as published; a leg without pattern leaves its days off."""
    changes: list[Change] = []
    for person in problem.people:
        own = published.get(person.name, {})
        for leg, pattern in zip(person.legs, chosen[person.name], strict=True):
            known = {day: own.get(day, OFF) for day in leg.days}
            taken = pattern or Pattern(())
            changes += [
                Change(person.name, day, known.get(day, OFF), taken.on(day))
                for day in differing(taken, known)
            ]
    return tuple(changes)


def published_of(problem: Problem, chosen: Chosen) -> dict[str, dict[int, frozenset[str]]]:
    """Return a choice as it is published."""
    return {
        person.name: {
            day: pattern.on(day)
            for pattern in chosen[person.name]
            if pattern
            for day in sorted({day for day, _duty in pattern.cells})
        }
        for person in problem.people
    }
