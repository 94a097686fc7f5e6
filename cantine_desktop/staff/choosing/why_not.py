"""Why somebody does not work a duty: what it would cost, break, or what forbids it."""

from dataclasses import dataclass, replace

from cantine_desktop.staff.choosing.choosing import choose
from cantine_desktop.staff.choosing.locks import smallest
from cantine_desktop.staff.choosing.model import Answer, Cell, Effort, Leg, Miss, Person, Problem

SOON = Effort(seconds=0.2)


@dataclass(frozen=True)
class WhyNot:
    """What it would mean that somebody works a duty on a day.

    Attributes:
        answer: The best roster found that holds the cell; ``None`` when nothing allowed does.
        extra: Points it costs beyond the roster it is compared with; ``None`` likewise.
        extra_at_least: Points it must cost beyond it, by the bounds; as ``extra`` once proved.
        misses: What would be broken that is not now.
        bars: Restrictions that forbid it: each entry is enough to lift, the shortest first; empty
            though there is no answer when no pattern at all holds the cell.
    """

    answer: Answer | None = None
    extra: int | None = None
    extra_at_least: int | None = None
    misses: tuple[Miss, ...] = ()
    bars: tuple[tuple[str, ...], ...] = ()


def why_not(
    problem: Problem, answer: Answer, person: str, cell: Cell, effort: Effort = SOON
) -> WhyNot:
    """Return the best roster in which somebody works a duty, against the one that was chosen.

    Args:
        problem: With its locks.
        answer: The roster it is compared with.
        person: By name.
        cell: Day and duty.
        effort: How long to search.
    """
    forced = _forced(problem, person, cell)
    if forced is None:
        return WhyNot(bars=bars_of(problem, person, cell))
    found = choose(forced, effort)
    now = {(miss.name, miss.leg) for miss in answer.misses}
    more = tuple(miss for miss in found.misses if (miss.name, miss.leg) not in now)
    least = found.bound - answer.cost
    if answer.bound == answer.cost and not more:
        least = max(0, least)
    return WhyNot(found, found.cost - answer.cost, least, more)


def _forced(problem: Problem, name: str, cell: Cell) -> Problem | None:
    """Keep of a person's leg the patterns with a cell; ``None`` when nothing is left of it."""
    people: list[Person] = []
    is_there = False
    for person in problem.people:
        legs = person.legs
        if person.name == name:
            legs = tuple(_with(leg, cell) if cell[0] in leg.days else leg for leg in legs)
            is_there = any(leg.patterns for leg in legs if cell[0] in leg.days)
        people.append(replace(person, legs=legs))
    return replace(problem, people=tuple(people)) if is_there else None


def _with(leg: Leg, cell: Cell) -> Leg:
    kept = (p for p in leg.patterns if not p.barred and cell in p.cells)
    return replace(leg, patterns=tuple(kept))


def bars_of(problem: Problem, name: str, cell: Cell) -> tuple[tuple[str, ...], ...]:
    """Return the smallest sets of restrictions that would have to be lifted for a cell."""
    person = next(person for person in problem.people if person.name == name)
    return smallest(
        frozenset(pattern.barred)
        for leg in person.legs
        for pattern in leg.patterns
        if cell in pattern.cells
    )
