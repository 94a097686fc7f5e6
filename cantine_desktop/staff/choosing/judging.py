"""What a choice costs and breaks, in whole numbers, without a solver."""

from collections.abc import Mapping, Sequence

from cantine_desktop.staff.choosing.model import Miss, Pattern, Person, Problem

Chosen = Mapping[str, Sequence[Pattern | None]]
"""By person, a pattern for each leg."""


def counts_of(problem: Problem, chosen: Chosen) -> tuple[int, ...]:
    """Return what is counted for each need."""
    counts = [0] * len(problem.needs)
    for person in problem.people:
        for pattern in chosen[person.name]:
            for rank, units in pattern.covers if pattern else ():
                counts[rank] += units
    return tuple(counts)


def cost_of(problem: Problem, chosen: Chosen) -> int:
    """Return the points a choice pays: its patterns, and what is beside the needs."""
    paid = sum(
        pattern.cost for person in problem.people for pattern in chosen[person.name] if pattern
    )
    counts = counts_of(problem, chosen)
    return paid + sum(
        need.penalty(count) for need, count in zip(problem.needs, counts, strict=True)
    )


def misses_of(problem: Problem, chosen: Chosen) -> tuple[Miss, ...]:
    """Return what must be and is not, needs first."""
    misses: list[Miss] = []
    for need, count in zip(problem.needs, counts_of(problem, chosen), strict=True):
        short, over = need.beside(count)
        if need.is_required and (short or over):
            misses.append(Miss(need.name, short, over))
    for person in problem.people:
        misses += [Miss(person.name, leg=leg) for leg in broken_legs(person, chosen[person.name])]
    return tuple(misses)


def broken_legs(person: Person, own: Sequence[Pattern | None]) -> list[int]:
    """Return the ranks of legs without a pattern, or whose pattern may not follow the one before.

    A pattern that is barred counts as none.
    """
    broken: list[int] = []
    for rank, pattern in enumerate(own):
        before = own[rank - 1] if rank else None
        if pattern is None or pattern.barred or not may_follow(person, before, pattern):
            broken.append(rank)
    return broken


def may_follow(person: Person, before: Pattern | None, after: Pattern) -> bool:
    """Tell whether a pattern may come after another one of a person."""
    if before is None or person.follows is None:
        return True
    return person.follows(before.exit, after.entry)
