"""The best rows of a worker of a public instance at given prices, as the core asks for them.

Limits on the number of shifts of a type are looked at, for a worker, only once the best row
would break them: without them the least is only lower, so that the bound stays true.
"""

import numpy as np

from cantine_desktop.staff.choosing.model import Leg, Need, Pattern, Person, Problem
from cantine_desktop.staff.choosing.pricing import Priced
from tests.benchmarks.curtois_stretches import FAR, Crew

OFFERED = 4
"""Rows of a worker offered at each round, the best one first."""
NEAR = 2.0
"""Points that the other ones may lie above it."""
TIE = 1e-7


class StretchPricing:
    """Rows of every worker of an instance."""

    def __init__(self, instance, slots):
        self.instance, self.slots = instance, slots
        self.shifts = list(instance.minutes)
        common = max(instance.minutes.values(), key=list(instance.minutes.values()).count)
        self.unusual = [shift for shift, length in instance.minutes.items() if length != common]
        self.limited = {name: self._counted(w) for name, w in instance.workers.items()}
        self.crews = {}
        cells = [[(day, shift) for shift in self.shifts] for day in range(instance.days)]
        self.places = np.array([[slots.get(cell, len(slots)) for cell in row] for row in cells])
        self.own = {name: self._own(worker, cells) for name, worker in instance.workers.items()}

    def _counted(self, worker):
        """Return the limited types that are counted at once: those of another length."""
        return tuple(s for s in self.unusual if 0 < worker.most.get(s, 0) < self.instance.days)

    @staticmethod
    def _own(worker, cells):
        own = np.array(
            [[worker.unwished.get(c, 0) - worker.wished.get(c, 0) for c in row] for row in cells],
            dtype=float,
        )
        own[sorted(worker.off)] = FAR
        own[:, [worker.most.get(shift, 0) == 0 for _day, shift in cells[0]]] = FAR
        return own

    @property
    def dearest(self):
        workers = self.instance.workers.values()
        return max(sum(w.wished.values()) + sum(w.unwished.values()) for w in workers)

    def best(self, people, prices):
        found = {}
        left = list(people)
        while left:
            again = []
            for crew, names in self._crews(left):
                least = crew.price(self._cost(names, prices))
                for place, name in enumerate(names):
                    priced = self._priced(crew, place, name, float(least[place]))
                    if priced is None:
                        again.append(name)
                    else:
                        found[name] = priced
            left = again
        return [found[name] for name in people]

    def _cost(self, names, prices):
        paid = np.array([*prices, 0.0])[self.places]
        return np.array([self.own[name] - paid for name in names])

    def _crews(self, names):
        """Return the names by crew: those whose limits are the same."""
        groups = {}
        for name in names:
            w, limited = self.instance.workers[name], self.limited[name]
            allowed = [s for s in self.shifts if s not in self.unusual or w.most.get(s, 0)]
            key = (
                tuple(allowed),
                (w.most_minutes, w.least_minutes, w.most_in_row, w.least_in_row),
                (w.least_off, w.weekends, limited, tuple(w.most[s] for s in limited)),
            )
            if key not in self.crews:
                self.crews[key] = Crew(self.instance, w, limited, allowed)
            groups.setdefault(key, []).append(name)
        return [(self.crews[key], own) for key, own in groups.items()]

    def _priced(self, crew, place, name, least):
        """Return what is offered; nothing yet when a limit has to be looked at from now on."""
        if least >= FAR / 2:
            return Priced(FAR, ())
        best, _all = crew.chains(place, least + TIE, 1)
        if broken := self._too_many(name, best[0]):
            self.limited[name] += tuple(broken)
            return None
        near, _all = crew.chains(place, least + NEAR, OFFERED)
        rows = dict.fromkeys([*best, *(row for row in near if not self._too_many(name, row))])
        base = sum(self.instance.workers[name].wished.values())
        return Priced(least + base, tuple(self._pattern(name, cells) for cells in rows))

    def _too_many(self, name, cells):
        most = self.instance.workers[name].most
        worked = [shift for _day, shift in cells]
        return [s for s in self.shifts if worked.count(s) > most.get(s, 0)]

    def within(self, person, prices, limit, most):
        ((crew, _names),) = self._crews([person])
        crew.price(self._cost([person], prices))
        base = sum(self.instance.workers[person].wished.values())
        found, is_all = crew.chains(0, limit - base, most)
        if not is_all:
            return None
        return [self._pattern(person, row) for row in found if not self._too_many(person, row)]

    def _pattern(self, name, cells):
        worker = self.instance.workers[name]
        worked = set(cells)
        cost = sum(p for cell, p in worker.wished.items() if cell not in worked)
        cost += sum(p for cell, p in worker.unwished.items() if cell in worked)
        covers = tuple((self.slots[cell], 1) for cell in cells if cell in self.slots)
        return Pattern(cells, cost, covers)


def problem_of(instance):
    """Return an instance as the core takes it, and its pricing."""
    slots = {cell: rank for rank, cell in enumerate(instance.cover)}
    needs = tuple(
        Need(f"{shift}, day {day}", low=wanted, high=wanted, under=under, over=over)
        for (day, shift), (wanted, under, over) in instance.cover.items()
    )
    people = tuple(Person(name, (Leg(range(instance.days), ()),)) for name in instance.workers)
    return Problem(people, needs), StretchPricing(instance, slots)
