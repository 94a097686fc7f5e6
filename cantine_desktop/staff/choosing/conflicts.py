"""What cannot be had together, by name, and what lifting one thing would save."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from cantine_desktop.staff.choosing.choosing import choose
from cantine_desktop.staff.choosing.locks import lifted, smallest
from cantine_desktop.staff.choosing.model import (
    Answer,
    Effort,
    Leg,
    Miss,
    Need,
    Pattern,
    Person,
    Problem,
)

SOON = Effort(seconds=1.0)


@dataclass(frozen=True)
class Conflict:
    """Things that must be and cannot be together; leaving any one need of them out is enough.

    Attributes:
        needs: Names, in the order of the problem; none when a person has no pattern at all.
        people: Who could bring something to them; who has no pattern.
        bars: Sets of restrictions that keep somebody from bringing more, the shortest first.
    """

    needs: tuple[str, ...]
    people: tuple[str, ...]
    bars: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Relaxation:
    """One thing that may be lifted, and the roster there would be.

    Attributes:
        name: Of a need that is no longer required, or of a restriction that is lifted.
        is_need: Which of both it is.
    """

    name: str
    is_need: bool
    answer: Answer


def conflicts(problem: Problem, answer: Answer, effort: Effort = SOON) -> tuple[Conflict, ...]:
    """Return why an answer breaks what it breaks: one conflict for each cause.

    Args:
        problem: With its locks.
        answer: Its misses are explained.
        effort: How long to search, for each question asked on the way.
    """
    found = [_without_pattern(problem, miss) for miss in answer.misses if miss.leg is not None]
    missed = {miss.name for miss in answer.misses if miss.leg is None}
    kept = [rank for rank, need in enumerate(problem.needs) if need.is_required]
    while missed:
        core = _core(problem, kept, effort)
        if not core:
            break
        found.append(_named(problem, core))
        done = {rank for rank in core if problem.needs[rank].name in missed} or set(core)
        missed -= {problem.needs[rank].name for rank in core}
        kept = [rank for rank in kept if rank not in done]
    return tuple(found)


def _without_pattern(problem: Problem, miss: Miss) -> Conflict:
    person = next(person for person in problem.people if person.name == miss.name)
    patterns = person.legs[miss.leg or 0].patterns
    return Conflict((), (person.name,), smallest(frozenset(p.barred) for p in patterns if p.barred))


def _core(problem: Problem, kept: Collection[int], effort: Effort) -> list[int]:
    """Return a smallest set of required needs that cannot be met together; empty if all can.

    Prices of the choice in part name the few that press; each is then left out in turn.
    """
    from cantine_desktop.staff.choosing.solving import run, search_of  # noqa: PLC0415  -- numpy and the solver, only once something is solved

    bare = _bare(problem, kept)
    search = search_of(bare, effort)
    run(search)
    if search.bound <= 0 or search.root is None:
        return []
    core = list(kept)
    if search.root.value > 0.5 / max(1, len(kept)):
        core = [rank for rank in kept if abs(search.root.prices[rank]) > 1e-6]
    bare = _bare(bare, core)
    if not _is_broken(bare, effort):
        core, bare = list(kept), _bare(problem, kept)
    for rank in list(core):
        fewer = [other for other in core if other != rank]
        if _is_broken(thinner := _bare(bare, fewer), effort):
            core, bare = fewer, thinner
    return core


def _is_broken(problem: Problem, effort: Effort) -> bool:
    """Tell whether it is proved that something must break."""
    answer = choose(problem, effort)
    return bool(answer.misses) and answer.is_broken_least


def _bare(problem: Problem, kept: Collection[int]) -> Problem:
    """Keep of a problem some required needs, and of the patterns what these see of them."""
    wanted = frozenset(kept)
    needs = tuple(
        Need(need.name, need.minimum, maximum=need.maximum, is_required=True)
        if rank in wanted
        else Need(need.name)
        for rank, need in enumerate(problem.needs)
    )
    people = (
        replace(person, legs=tuple(_bare_leg(leg, wanted) for leg in person.legs))
        for person in problem.people
    )
    return Problem(tuple(people), needs)


def _bare_leg(leg: Leg, kept: frozenset[int]) -> Leg:
    """Keep patterns that differ in what they bring; whoever has none brings nothing."""
    seen = dict.fromkeys(
        Pattern(
            (),
            0,
            tuple(sorted((rank, units) for rank, units in p.covers if rank in kept)),
            p.entry,
            p.exit,
        )
        for p in leg.patterns
        if not p.barred
    )
    return replace(leg, patterns=tuple(seen) or (Pattern(()),))


def _named(problem: Problem, core: Collection[int]) -> Conflict:
    wanted = frozenset(core)
    able = {
        person.name: any(not pattern.barred for pattern in _bringing(person, wanted))
        for person in problem.people
    }
    bars = smallest(
        frozenset(pattern.barred)
        for person in problem.people
        for pattern in _bringing(person, wanted)
        if pattern.barred
    )
    needs = tuple(problem.needs[rank].name for rank in sorted(wanted))
    return Conflict(needs, tuple(name for name, is_able in able.items() if is_able), bars)


def _bringing(person: Person, wanted: frozenset[int]) -> Iterator[Pattern]:
    for leg in person.legs:
        for pattern in leg.patterns:
            if any(rank in wanted for rank, _units in pattern.covers):
                yield pattern


def relaxations(
    problem: Problem, found: Iterable[Conflict], effort: Effort = SOON
) -> tuple[Relaxation, ...]:
    """Return what could be lifted, one thing at a time: what breaks least, then costs least, first.

    Args:
        problem: With its locks.
        found: The conflicts; only what stands in them is tried.
        effort: How long to search, for each thing that is tried.
    """
    every = list(found)
    needs = dict.fromkeys(name for conflict in every for name in conflict.needs)
    names = dict.fromkeys(b[0] for conflict in every for b in conflict.bars if len(b) == 1)
    tried = [Relaxation(name, True, choose(_waived(problem, name), effort)) for name in needs]
    tried += [Relaxation(name, False, choose(lifted(problem, [name]), effort)) for name in names]
    return tuple(sorted(tried, key=_rank))


def _rank(relaxation: Relaxation) -> tuple[int, int, str]:
    return relaxation.answer.broken, relaxation.answer.cost, relaxation.name


def _waived(problem: Problem, name: str) -> Problem:
    """Make a need of no importance any more, except for the points it has besides."""
    needs = (
        replace(need, is_required=False, missing=0, excess=0) if need.name == name else need
        for need in problem.needs
    )
    return replace(problem, needs=tuple(needs))
