"""Making a plan cheaper step by step, without a solver: the same steps for the same problem.

Each product is covered in one of its ways. One way is changed for another, all of an order is
given to other suppliers, or an order is grown to what makes its delivery free, as long as the
whole gets cheaper. What is preferred and the room in the cold are left to the solver.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from cantine_desktop.supply.proposal.covers import Cover
from cantine_desktop.supply.proposal.model import Choice, Place, Problem, Terms

ROUNDS = 6
"""How often all orders are tried in turn."""
MOST_LOOKED = 150_000
"""Changes that are reckoned before the search is content with what it has."""
LEAST = 1e-6
"""Cents that count."""

Ways = Mapping[int, list[Cover]]


@dataclass(frozen=True)
class _Way:
    """A cover, and the cents of goods it brings to each order."""

    cents: float
    goods: dict[Place, float]


def improve(
    problem: Problem,
    ways: Ways,
    units: Mapping[Choice, Fraction],
    first: Mapping[int, int] | None = None,
) -> dict[Choice, Fraction]:
    """Return other order units of the products that have covers, for few cents.

    Args:
        problem: What is asked.
        ways: Every cover of some products.
        units: A plan; products without covers stay as they are in it.
        first: Place of the cover each product begins with; by default its cheapest.
    """
    search = _Search(problem, ways, units, first or {})
    search.run()
    kept = {
        choice: each
        for choice, each in units.items()
        if problem.offers[choice[0]].product not in ways
    }
    for product, rank in search.chosen.items():
        for choice, grains in ways[product][rank].grains.items():
            kept[choice] = grains * problem.offers[choice[0]].grain
    return kept


class _Asked:
    """What a supplier asks of an order, in cents as the search counts them."""

    def __init__(self, terms: Terms) -> None:
        self.fee, self.least = float(terms.fee), float(terms.minimum)
        self.free_from = math.inf if terms.free_from is None else float(terms.free_from)

    @property
    def wanted(self) -> float:
        """The goods from which an order costs nothing besides."""
        return self.least if self.free_from == math.inf else max(self.least, self.free_from)

    def besides(self, goods: float) -> float:
        """Return what an order costs besides its goods; one that is too small is filled up."""
        if goods <= LEAST:
            return 0.0
        lacking = self.least - goods if goods < self.least else 0.0
        return lacking if goods + lacking >= self.free_from - LEAST else lacking + self.fee


class _Search:
    def __init__(
        self,
        problem: Problem,
        ways: Ways,
        units: Mapping[Choice, Fraction],
        first: Mapping[int, int],
    ) -> None:
        self.asked = {each.key: _Asked(each) for each in problem.suppliers}
        self.ways = {
            product: [_way(problem, cover) for cover in covers]
            for product, covers in ways.items()
            if covers
        }
        self.goods: dict[Place, float] = {}
        for (rank, day), each in units.items():
            offer = problem.offers[rank]
            if offer.product not in ways:
                place = offer.supplier, day
                self.goods[place] = self.goods.get(place, 0.0) + float(offer.cents * each)
        self.looked = 0
        self.users: dict[Place, set[int]] = {}
        for product, own in self.ways.items():
            for place in {place for each in own for place in each.goods}:
                self.users.setdefault(place, set()).add(product)
        self.chosen: dict[int, int] = {}
        for product, own in self.ways.items():
            self.chosen[product] = first.get(product, _cheapest(own, range(len(own))))
            self._add(own[self.chosen[product]], 1)

    def run(self) -> None:
        """Change what makes the whole cheaper until nothing does."""
        self._descend(self.ways)
        for _round in range(ROUNDS):
            before = self.total
            for place in sorted(self.goods):
                self._try(place, self._leave)
                self._try(place, self._grow)
            if self.total >= before - 1 or self.looked >= MOST_LOOKED:
                break

    @property
    def total(self) -> float:
        """Cents of the goods, of what is wasted and of the deliveries."""
        cents = sum(self.ways[product][rank].cents for product, rank in self.chosen.items())
        return cents + sum(self.asked[key].besides(has) for (key, _day), has in self.goods.items())

    def _add(self, way: _Way, sign: int) -> None:
        for place, cents in way.goods.items():
            self.goods[place] = self.goods.get(place, 0.0) + sign * cents

    def _choose(self, product: int, rank: int) -> None:
        self._add(self.ways[product][self.chosen[product]], -1)
        self._add(self.ways[product][rank], 1)
        self.chosen[product] = rank

    def _change(self, product: int, rank: int) -> float:
        """Return the cents that another way of a product would add to the whole."""
        old, new = self.ways[product][self.chosen[product]], self.ways[product][rank]
        cents = new.cents - old.cents
        for place in {*old.goods, *new.goods}:
            has = self.goods.get(place, 0.0)
            then = has - old.goods.get(place, 0.0) + new.goods.get(place, 0.0)
            asked = self.asked[place[0]]
            cents += asked.besides(then) - asked.besides(has)
        return cents

    def _descend(self, products: Iterable[int]) -> None:
        """Change the way of one product after another until none makes the whole cheaper.

        What a change of one may make worth changing shares an order with it.
        """
        waiting = sorted(products)
        while waiting and self.looked < MOST_LOOKED:
            touched: set[Place] = set()
            for product in waiting:
                ranks = range(len(self.ways[product]))
                self.looked += len(ranks)
                best = min(ranks, key=partial(self._change, product))
                if self._change(product, best) < -LEAST:
                    touched |= self.ways[product][self.chosen[product]].goods.keys()
                    touched |= self.ways[product][best].goods.keys()
                    self._choose(product, best)
            waiting = sorted(self._users(touched))

    def _users(self, places: Iterable[Place]) -> set[int]:
        return {product for place in places for product in self.users.get(place, ())}

    def _try(self, place: Place, step: Callable[[Place], bool]) -> None:
        """Take a large step, then small ones; go back if the whole is no cheaper."""
        before, chosen, goods = self.total, dict(self.chosen), dict(self.goods)
        if step(place):
            changed = {each for each, cents in self.goods.items() if cents != goods.get(each)}
            self._descend(self._users(changed))
            if self.total < before - LEAST:
                return
        self.chosen, self.goods = chosen, goods

    def _leave(self, place: Place) -> bool:
        """Give to others all that an order would bring; tell whether they can."""
        if self.goods.get(place, 0.0) <= 0:
            return False
        for product, rank in list(self.chosen.items()):
            own = self.ways[product]
            if place in own[rank].goods:
                others = [n for n, each in enumerate(own) if place not in each.goods]
                if not others:
                    return False
                self._choose(product, _cheapest(own, others))
        return True

    def _grow(self, place: Place) -> bool:
        """Bring to an order what costs least more, until it is what its supplier wants."""
        wanted = self.asked[place[0]].wanted
        found: list[tuple[float, int, int]] = []
        for product, rank in self.chosen.items():
            now = self.ways[product][rank]
            for other, each in enumerate(self.ways[product]):
                more = each.goods.get(place, 0.0) - now.goods.get(place, 0.0)
                if more > 0:
                    found.append(((each.cents - now.cents) / more, product, other))
        moved: set[int] = set()
        for _dear, product, other in sorted(found):
            if self.goods.get(place, 0.0) >= wanted:
                break
            if product not in moved:
                moved.add(product)
                self._choose(product, other)
        return bool(moved)


def _cheapest(own: Sequence[_Way], ranks: Iterable[int]) -> int:
    return min(ranks, key=[each.cents for each in own].__getitem__)


def _way(problem: Problem, cover: Cover) -> _Way:
    goods: dict[Place, float] = {}
    for (rank, day), grains in cover.grains.items():
        offer = problem.offers[rank]
        place = offer.supplier, day
        goods[place] = goods.get(place, 0.0) + float(offer.cents * offer.grain * grains)
    return _Way(cover.cents, goods)
