"""Every way to cover the needs of a product with no box too many.

A plan is one of them for each product, and boxes bought besides: a solver told so believes
in a tenth of a box no more, and needs little search. A product with too many ways is left to
other rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import lcm

from cantine_desktop.supply.proposal.costing import ending
from cantine_desktop.supply.proposal.model import Choice, NeedAt, Problem, serves

MOST_COVERS = 150
MOST_TRIED = 600
"""Above either, a product has too many ways."""


@dataclass(frozen=True)
class Cover:
    """One way to cover the needs of a product.

    Attributes:
        grains: Grains of each choice, above zero; with one less, a need would lack.
        cents: What it costs, what is wasted of it weighed.
    """

    grains: dict[Choice, int]
    cents: float


def covers(
    problem: Problem, offered: Sequence[Choice], needs: Sequence[NeedAt]
) -> list[Cover] | None:
    """Return every way to cover the needs of a product; ``None`` when they are too many.

    Args:
        problem: What is asked.
        offered: The choices of the product.
        needs: Its needs; those nobody can bring are left out.
    """
    if any(problem.offers[rank].least for rank, _day in offered):
        return None
    search = _Search(problem, offered, needs)
    return search.found if search.run() else None


class _Search:
    """Tries grains of one choice after another, in whole numbers of a common measure."""

    def __init__(
        self, problem: Problem, offered: Sequence[Choice], needs: Sequence[NeedAt]
    ) -> None:
        self.problem = problem
        self.choices = sorted(offered, key=lambda choice: ending(problem, choice))
        offers = [problem.offers[rank] for rank, _day in self.choices]
        reachable = [
            need
            for need in sorted(needs, key=lambda each: each.day)
            if any(serves(problem.offers[rank], day, need.day) for rank, day in offered)
        ]
        contents = [each.content * each.grain for each in offers]
        parts = [each.denominator for each in contents]
        parts += [each.quantity.denominator for each in reachable]
        self.scale = lcm(*parts) if parts else 1
        self.contents = [int(each * self.scale) for each in contents]
        self.wanted = [int(each.quantity * self.scale) for each in reachable]
        self.served = [
            [n for n, each in enumerate(reachable) if serves(problem.offers[rank], day, each.day)]
            for rank, day in self.choices
        ]
        self.cents = [float(each.cents * each.grain) for each in offers]
        self.wasted = [
            0.0
            if each.keeps is None
            else float(each.cents / each.content * problem.waste / self.scale)
            for each in offers
        ]
        self.grains = [0] * len(self.choices)
        self.found: list[Cover] = []
        self.tried = 0

    def run(self) -> bool:
        """Find them all; tell whether they were few enough."""
        return not self.wanted or self._try(0)

    def _try(self, place: int) -> bool:
        """Try every number of grains of a choice, and of those after it, until all is covered."""
        if place == len(self.choices):
            return True
        most = -(-sum(self.wanted[need] for need in self.served[place]) // self.contents[place])
        for grains in range(most + 1):
            self.grains[place] = grains
            self.tried += 1
            if self.tried > MOST_TRIED:
                return False
            left = self._left()
            if left is not None:
                if not self._keep(left):
                    return False
                break  # one more would be too many
            if not self._try(place + 1):
                return False
        self.grains[place] = 0
        return True

    def _left(self) -> list[int] | None:
        """Return what is left of each choice; ``None`` when a need lacks."""
        left = [n * content for n, content in zip(self.grains, self.contents, strict=True)]
        for need, wanted in enumerate(self.wanted):
            lacks = wanted
            for place, has in enumerate(left):
                if has and need in self.served[place]:
                    part = min(lacks, has)
                    left[place] -= part
                    lacks -= part
                    if not lacks:
                        break
            if lacks:
                return None
        return left

    def _keep(self, left: list[int]) -> bool:
        """Keep what covers all with no grain too many; tell whether they are still few."""
        for place, grains in enumerate(self.grains):
            if grains:
                self.grains[place] -= 1
                is_spare = self._left() is not None
                self.grains[place] += 1
                if is_spare:
                    return True
        places = range(len(self.choices))
        cents = sum(self.cents[n] * self.grains[n] + self.wasted[n] * left[n] for n in places)
        taken = {self.choices[n]: self.grains[n] for n in places if self.grains[n]}
        self.found.append(Cover(taken, cents))
        return len(self.found) <= MOST_COVERS
