"""Choose one pattern for each leg of each person, at least cost, and say how sure that is."""

import math
from dataclasses import replace

from cantine_desktop.staff.choosing.judging import cost_of, counts_of, misses_of
from cantine_desktop.staff.choosing.model import Answer, Effort, Pattern, Problem
from cantine_desktop.staff.choosing.pricing import Pricing


def choose(
    problem: Problem, effort: Effort | None = None, pricing: Pricing | None = None
) -> Answer:
    """Return the best choice found, its cost counted again in whole numbers, and its bound.

    What cannot be met never fails: it stands in the ``misses`` of the answer, as little of it as
    can be. The same problem gives the same answer, unless time is over or somebody cancels.

    Args:
        problem: What is asked; its patterns are all given, unless there is a pricing.
        effort: How long to search; 10 s to the end by default.
        pricing: Finds the patterns of people who have one leg and too many patterns to list.
    """
    from cantine_desktop.staff.choosing.solving import run, search_of  # noqa: PLC0415  -- numpy and the solver, only once something is solved

    search = search_of(problem, effort or Effort(), pricing)
    run(search)
    chosen: dict[str, list[Pattern | None]] = {p.name: [None] * len(p.legs) for p in problem.people}
    for number in search.taken or ():
        person, rank = search.frame.legs[search.columns.legs[number]]
        chosen[person.name][rank] = search.columns.patterns[number]
    cost, misses = cost_of(problem, chosen), misses_of(problem, chosen)
    answer = Answer(
        {name: tuple(own) for name, own in chosen.items()},
        cost,
        cost,
        misses,
        counts=counts_of(problem, chosen),
        ending=search.ending,
    )
    return _with_bound(answer, search.bound, search.frame.must, search.frame.highest)


def _with_bound(answer: Answer, bound: float, must: int, highest: int) -> Answer:
    """Part the bound of the whole weight into what is broken and what is paid."""
    if math.isinf(bound):
        return replace(answer, bound=min(answer.cost, -highest), is_broken_least=False)
    is_least = bound - highest > must * (answer.broken - 1)
    paid = round(bound) - must * answer.broken
    return replace(answer, bound=min(answer.cost, paid), is_broken_least=is_least)
