"""The rows of a problem: its needs, the links between weeks, and the weight of what must be."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cantine_desktop.staff.choosing.model import MUST, Need, Pattern, Person, Problem


@dataclass
class Frame:
    """A problem as rows and legs.

    Attributes:
        rows: Needs first, then one for each link: at most one of the patterns in it.
        legs: Person and leg of each place that takes one pattern, in order.
        must: Points that a broken unit weighs; more than all that can be paid, if not too much.
        highest: Points that no choice exceeds, what is broken left out.
        own: By leg, the ranks of needs that this leg alone brings something to.
        empty: Points that each leg weighs without pattern.
        exits: By leg and exit, the link rows it stands in; ``entries`` likewise.
    """

    problem: Problem
    must: int = MUST
    highest: int = 0
    rows: list[Need] = field(default_factory=list[Need])
    legs: list[tuple[Person, int]] = field(default_factory=list[tuple[Person, int]])
    own: dict[int, set[int]] = field(default_factory=dict[int, set[int]])
    empty: list[int] = field(default_factory=list[int])
    exits: dict[tuple[int, Hashable], list[int]] = field(
        default_factory=dict[tuple[int, Hashable], list[int]]
    )
    entries: dict[tuple[int, Hashable], list[int]] = field(
        default_factory=dict[tuple[int, Hashable], list[int]]
    )

    def cost(self, leg: int, pattern: Pattern) -> int:
        """Return the points of a pattern, with those of the needs that its leg alone meets."""
        if leg not in self.own:
            return pattern.cost
        counts = dict.fromkeys(self.own[leg], 0)
        for rank, units in pattern.covers:
            if rank in counts:
                counts[rank] += units
        needs = self.problem.needs
        return pattern.cost + sum(needs[rank].penalty(n) for rank, n in counts.items())

    def terms(self, leg: int, pattern: Pattern) -> Iterator[tuple[int, int]]:
        """Return the rows a pattern stands in when taken in a leg, and its units."""
        own = self.own.get(leg, set[int]())
        yield from (term for term in pattern.covers if term[0] not in own)
        for row in self.exits.get((leg, pattern.exit), ()):
            yield row, 1
        for row in self.entries.get((leg, pattern.entry), ()):
            yield row, 1


def frame_of(problem: Problem, dearest: int | None = None) -> Frame:
    """Write the rows of a problem.

    Args:
        problem: What is asked.
        dearest: Most points of a pattern that is not listed, or of its opposite; ``None`` when
            all are listed.
    """
    frame = Frame(problem, rows=list(problem.needs))
    for person in problem.people:
        for rank in range(len(person.legs)):
            frame.legs.append((person, rank))
            if rank and person.follows is not None:
                _link(frame, len(frame.legs) - 1)
    least, frame.highest = paid_range(problem, dearest or 0)
    frame.must = min(MUST, 1 + frame.highest - least)
    frame.empty = [frame.must] * len(frame.legs)
    if dearest is None:
        _take_in(frame)
    return frame


def _take_in(frame: Frame) -> None:
    """Let legs pay for the needs they alone meet: a mix of weeks would feign their mean."""
    owners = _owners(frame)
    for rank, need in enumerate(frame.problem.needs):
        legs = owners.get(rank, set[int]())
        if len(legs) == 1 and not need.is_required:
            (leg,) = legs
            frame.own.setdefault(leg, set()).add(rank)
            frame.empty[leg] += need.penalty(0)
            frame.rows[rank] = Need(need.name)


def _owners(frame: Frame) -> dict[int, set[int]]:
    """Return the legs that bring something to each need."""
    owners: dict[int, set[int]] = {}
    for leg, (person, rank) in enumerate(frame.legs):
        for pattern in person.legs[rank].patterns:
            for need, _units in pattern.covers:
                owners.setdefault(need, set()).add(leg)
    return owners


def _link(frame: Frame, leg: int) -> None:
    """Write which patterns of the leg before exclude which of this one.

    One row for each set of entries that some exit forbids. It holds every exit that forbids at
    least that set: since a leg takes one pattern, no row of this kind can be sharper.
    """
    person, rank = frame.legs[leg]
    follows = person.follows
    if follows is None:
        return
    before = _distinct([p.exit for p in person.legs[rank - 1].patterns if not p.barred])
    after = _distinct([p.entry for p in person.legs[rank].patterns if not p.barred])
    forbids = {
        exit_: frozenset(entry for entry in after if not follows(exit_, entry)) for exit_ in before
    }
    for entries in _distinct([entries for entries in forbids.values() if entries]):
        row = len(frame.rows)
        frame.rows.append(Need(f"{person.name} {rank}", maximum=1, is_required=True))
        for exit_, forbidden in forbids.items():
            if entries <= forbidden:
                frame.exits.setdefault((leg - 1, exit_), []).append(row)
        for entry in after:
            if entry in entries:
                frame.entries.setdefault((leg, entry), []).append(row)


def _distinct(some: list[Any]) -> list[Any]:
    return list(dict.fromkeys(some))


def paid_range(problem: Problem, dearest: int = 0) -> tuple[int, int]:
    """Return the least and the most points that a choice may pay, what is broken left out."""
    least = highest = 0
    most = [0] * len(problem.needs)
    for person in problem.people:
        for leg in person.legs:
            costs = [pattern.cost for pattern in leg.patterns]
            least += min(0, min(costs, default=-dearest))
            highest += max(0, max(costs, default=dearest))
            units: dict[int, int] = {}
            for pattern in leg.patterns:
                for rank, brought in pattern.covers:
                    if brought > units.get(rank, 0):
                        units[rank] = brought
            for rank, brought in units.items():
                most[rank] += brought
    for need, count in zip(problem.needs, most, strict=True):
        highest += max(need.penalty(0), need.penalty(max(count, len(problem.people))))
    return least, highest
