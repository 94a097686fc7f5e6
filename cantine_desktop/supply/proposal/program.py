"""The problem as columns and rows of a mixed-integer program.

A product with few ways to be covered is told by them, one of which is chosen, and by the boxes
bought besides; any other by what flows from each delivery to each need.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from cantine_desktop.supply.proposal.covers import Cover, covers
from cantine_desktop.supply.proposal.model import (
    Choice,
    NeedAt,
    Offer,
    Place,
    Problem,
    Terms,
    choices,
    serves,
)

INFINITE = float("inf")
NEIGHBOURS = 4
"""Needs of a product that are looked at together."""


@dataclass
class Rows:
    """Columns and rows as the solver takes them."""

    costs: list[float] = field(default_factory=list[float])
    uppers: list[float] = field(default_factory=list[float])
    whole: list[bool] = field(default_factory=list[bool])
    lows: list[float] = field(default_factory=list[float])
    highs: list[float] = field(default_factory=list[float])
    rows: list[dict[int, float]] = field(default_factory=list[dict[int, float]])

    def column(self, cost: float, upper: float = INFINITE, *, is_whole: bool = False) -> int:
        """Add a column from zero on and return its place."""
        self.costs.append(cost)
        self.uppers.append(upper)
        self.whole.append(is_whole)
        return len(self.costs) - 1

    def row(self, terms: dict[int, float], low: float = -INFINITE, high: float = INFINITE) -> None:
        """Add a row: the sum of terms stays between two bounds."""
        self.rows.append(terms)
        self.lows.append(low)
        self.highs.append(high)


class Program:
    """The columns and rows of a problem, and what each column stands for.

    Attributes:
        rows: What the solver takes.
        grains: Of each choice, the columns that bring it and how many grains each does.
        ways: Of each product told by its covers, the column of each cover.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rows = Rows()
        self.grains: dict[Choice, dict[int, float]] = {each: {} for each in choices(problem)}
        self.ways: dict[int, list[tuple[int, Cover]]] = {}
        self._terms = {each.key: each for each in problem.suppliers}
        self._free: dict[Place, int] = {}
        self._taken: dict[Choice, int] = {}
        self._placed = {place: self._place(place) for place in self._places()}
        offered: dict[int, list[Choice]] = defaultdict(list)
        needs: dict[int, list[NeedAt]] = defaultdict(list)
        for choice in self.grains:
            offered[problem.offers[choice[0]].product].append(choice)
        for need in problem.needs:
            needs[need.product].append(need)
        for product, own in offered.items():
            found = covers(problem, own, needs[product])
            if found is None:
                self._flow(own, needs[product])
            else:
                self._cover(product, own, found)
        for place in self._placed:
            self._order(place)
        self._prefer()
        self._cool()

    @property
    def covers(self) -> dict[int, list[Cover]]:
        """Of each product told by its covers, all of them."""
        return {product: [cover for _column, cover in own] for product, own in self.ways.items()}

    def units(self, values: Sequence[float]) -> dict[Choice, Fraction]:
        """Return the order units that the values of the columns stand for, above zero."""
        found: dict[Choice, Fraction] = {}
        for choice, terms in self.grains.items():
            grains = round(sum(round(values[column]) * each for column, each in terms.items()))
            if grains:
                found[choice] = grains * self.problem.offers[choice[0]].grain
        return found

    def start(self, units: Mapping[Choice, Fraction]) -> dict[int, float]:
        """Return the values of all whole columns of a plan that covers what can be.

        All of them: what is not told, a solver would search for, however long.
        """
        values = self._said_of_orders(units)
        for product, ways in self.ways.items():
            own = [each for each in self.grains if self._offer(each).product == product]
            grains = {each: self._grains(units, each) for each in own}
            for column, cover in ways:
                if all(grains[each] >= taken for each, taken in cover.grains.items()):
                    values[column] = 1.0
                    for each, taken in cover.grains.items():
                        grains[each] -= taken
                    break
            for each in own:
                values[self._besides(each)] = float(grains[each])
        for choice, terms in self.grains.items():
            if self._offer(choice).product not in self.ways:
                values[next(iter(terms))] = float(self._grains(units, choice))
        return values

    def _said_of_orders(self, units: Mapping[Choice, Fraction]) -> dict[int, float]:
        goods: dict[Place, Fraction] = defaultdict(Fraction)
        for choice, each in units.items():
            goods[self._offer(choice).supplier, choice[1]] += self._offer(choice).cents * each
        values = {column: float(place in goods) for place, column in self._placed.items()}
        for place, column in self._free.items():
            values[column] = float(goods.get(place, 0) >= (self._terms[place[0]].free_from or 0))
        for choice, column in self._taken.items():
            values[column] = float(choice in units)
        for ways in self.ways.values():
            values |= {column: 0.0 for column, _cover in ways}
        return values

    def _grains(self, units: Mapping[Choice, Fraction], choice: Choice) -> int:
        return int(units.get(choice, Fraction(0)) / self._offer(choice).grain)

    def _besides(self, choice: Choice) -> int:
        """Return the column of what is bought of a choice beyond its cover: the first of it."""
        return next(iter(self.grains[choice]))

    def _offer(self, choice: Choice) -> Offer:
        return self.problem.offers[choice[0]]

    def _places(self) -> list[Place]:
        found = {(self._offer(choice).supplier, choice[1]) for choice in self.grains}
        return sorted(found)

    def _place(self, place: Place) -> int:
        return self.rows.column(float(self._terms[place[0]].fee), 1.0, is_whole=True)

    def _at(self, choice: Choice) -> int:
        return self._placed[self._offer(choice).supplier, choice[1]]

    def _cover(self, product: int, own: Sequence[Choice], found: Sequence[Cover]) -> None:
        """Choose one cover of a product; what is bought besides is wasted at its least."""
        offers = [self._offer(choice) for choice in own]
        least = min(
            Fraction(0) if each.keeps is None else each.cents / each.content for each in offers
        )
        for choice, offer in zip(own, offers, strict=True):
            wasted = offer.content * offer.grain * least * self.problem.waste
            most = _most_besides(self._terms[offer.supplier], offer)
            cents = float(offer.cents * offer.grain + wasted)
            besides = self.rows.column(cents, most, is_whole=True)
            self.grains[choice][besides] = 1.0
            if most:
                self.rows.row({besides: 1.0, self._at(choice): -most}, high=0.0)
        self.ways[product] = [
            (self.rows.column(cover.cents, 1.0, is_whole=True), cover) for cover in found
        ]
        used: dict[int, dict[int, float]] = defaultdict(dict)
        for column, cover in self.ways[product]:
            for choice, taken in cover.grains.items():
                self.grains[choice][column] = float(taken)
                used[self._at(choice)][column] = 1.0
        if found:
            self.rows.row({column: 1.0 for column, _cover in self.ways[product]}, 1.0, 1.0)
        for placed, terms in used.items():
            self.rows.row({**terms, placed: -1.0}, high=0.0)

    def _flow(self, own: Sequence[Choice], needs: Sequence[NeedAt]) -> None:
        """Let what is delivered flow to the needs it may serve; the rest is wasted."""
        reach: dict[int, dict[int, float]] = defaultdict(dict)
        for choice in own:
            offer = self._offer(choice)
            column = self.rows.column(float(offer.cents * offer.grain), is_whole=True)
            self.grains[choice][column] = 1.0
            row = {column: float(offer.content * offer.grain)}
            for rank, need in enumerate(needs):
                if serves(offer, choice[1], need.day):
                    flow = self.rows.column(0.0, float(need.quantity))
                    row[flow], reach[rank][flow] = -1.0, 1.0
            rate = Fraction(0) if offer.keeps is None else offer.cents / offer.content
            row[self.rows.column(float(rate * self.problem.waste))] = -1.0
            self.rows.row(row, 0.0, 0.0)
            self._limit(choice, column)
        for rank, terms in reach.items():
            self.rows.row(terms, low=float(needs[rank].quantity))
        reached = [need for rank, need in enumerate(needs) if rank in reach]
        self._round_up(own, sorted(reached, key=lambda each: each.day))

    def _limit(self, choice: Choice, column: int) -> None:
        """Order nothing where no order is placed, and no less than the least of an offer."""
        offer = self._offer(choice)
        most = _most(self.problem, offer)
        self.rows.row({column: 1.0, self._at(choice): -most}, high=0.0)
        if offer.least:
            taken = self.rows.column(0.0, 1.0, is_whole=True)
            self._taken[choice] = taken
            self.rows.row({column: 1.0, taken: -most}, high=0.0)
            self.rows.row({column: 1.0, taken: -float(offer.least / offer.grain)}, low=0.0)

    def _round_up(self, own: Sequence[Choice], needs: Sequence[NeedAt]) -> None:
        """Say of neighbouring needs that a box larger than them counts for no more than them.

        Whole boxes obey it anyway; without it a solver believes in a tenth of a box for long.
        """
        for first in range(len(needs)):
            for last in range(first, min(len(needs), first + NEIGHBOURS)):
                some = needs[first : last + 1]
                total = sum((need.quantity for need in some), Fraction(0))
                terms: dict[int, float] = {}
                for choice in own:
                    offer = self._offer(choice)
                    if any(serves(offer, choice[1], need.day) for need in some):
                        grain = offer.content * offer.grain
                        terms[self._besides(choice)] = float(min(grain, total))
                self.rows.row(terms, low=float(total))

    def _order(self, place: Place) -> None:
        """Write what a supplier asks of an order, when there is one."""
        asked, placed = self._terms[place[0]], self._placed[place]
        own = [each for each in self.grains if (self._offer(each).supplier, each[1]) == place]
        goods = self._sum({each: self._offer(each).cents for each in own})
        if asked.free_from is not None and asked.fee:
            free = self.rows.column(-float(asked.fee), 1.0, is_whole=True)
            self._free[place] = free
            self.rows.row({free: 1.0, placed: -1.0}, high=0.0)
            self.rows.row({**goods, free: -float(asked.free_from)}, low=0.0)
        grams = self._sum({each: self._offer(each).grams for each in own})
        boxes = self._sum(dict.fromkeys(own, Fraction(1)))
        for least, terms in (
            (asked.minimum, goods),
            (asked.minimum_grams, grams),
            (asked.minimum_boxes, boxes),
        ):
            if least:
                self.rows.row({**terms, placed: -float(least)}, low=0.0)

    def _sum(self, by_unit: Mapping[Choice, Fraction]) -> dict[int, float]:
        """Return the terms of a sum over choices: so much for an order unit of each."""
        terms: dict[int, float] = defaultdict(float)
        for choice, value in by_unit.items():
            for column, grains in self.grains[choice].items():
                terms[column] += float(value * self._offer(choice).grain) * grains
        return dict(terms)

    def _prefer(self) -> None:
        """Weigh what is missing of the part that should go to preferred offers."""
        if not self.problem.preferred:
            return
        missing = self.rows.column(float(self.problem.spared))
        worth = {
            each: self._offer(each).cents
            * (int(self._offer(each).is_preferred) - self.problem.preferred)
            for each in self.grains
        }
        self.rows.row({**self._sum(worth), missing: 1.0}, low=0.0)

    def _cool(self) -> None:
        if self.problem.cold_litres is None:
            return
        by_day: dict[object, dict[Choice, Fraction]] = defaultdict(dict)
        for choice in self.grains:
            by_day[choice[1]][choice] = self._offer(choice).litres
        for litres in by_day.values():
            self.rows.row(self._sum(litres), high=float(self.problem.cold_litres))


def _most_besides(terms: Terms, offer: Offer) -> float:
    """Return the grains that reach by themselves all a supplier asks: no plan buys more."""
    reached = (
        (terms.minimum, offer.cents),
        (terms.free_from or Fraction(0), offer.cents),
        (terms.minimum_grams, offer.grams),
        (terms.minimum_boxes, Fraction(1)),
    )
    return float(
        max(-(-asked // (by_unit * offer.grain)) if by_unit else 0 for asked, by_unit in reached)
    )


def _most(problem: Problem, offer: Offer) -> float:
    """Return more grains than any plan would take of an offer: all its needs, ten times over."""
    grain = offer.content * offer.grain
    needs = (need.quantity for need in problem.needs if need.product == offer.product)
    wanted = sum(needs, Fraction(0))
    return float(10 * (wanted / grain + 10) + offer.least / offer.grain)
