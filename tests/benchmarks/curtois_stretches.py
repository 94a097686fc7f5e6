"""Costs of chains of work stretches, for workers under the same limits, all at once.

A row is a chain of stretches of work with days off between. What a chain uses is counted:
weekends, shifts of the types whose number is limited for these workers, and minutes; where all
other shifts are as long, how many shifts there are says how many minutes.
"""

from itertools import product
from math import gcd

import numpy as np

FAR = 1e12


class Crew:
    """Workers whose limits are the same.

    Attributes:
        ahead: For each day, the least cost of what comes from it on when a stretch may begin
            there, by worker and by what was used before.
        best: For each length, by use: the least cost of a stretch, by worker and first day.
        tail: The same, by use and first shift.
    """

    def __init__(self, instance, worker, limited, allowed):
        self.days, self.worker, self.limited = instance.days, worker, limited
        self.shifts = list(instance.minutes)
        self.after = [
            [j for j, after in enumerate(self.shifts) if after not in instance.forbidden[shift]]
            for shift in self.shifts
        ]
        free = {instance.minutes[s] for s in allowed if s not in limited} or {1}
        self.usual = free.pop() if len(free) == 1 else 0
        unit = gcd(*instance.minutes.values())
        self.uses = [
            (1 if self.usual else instance.minutes[s] // unit, *(int(s == t) for t in limited))
            for s in self.shifts
        ]
        self.allowed = [self.shifts.index(shift) for shift in allowed]
        least = min((instance.minutes[shift] for shift in allowed), default=1)
        length = worker.most_minutes // (least if self.usual else unit)
        self.room = (length, *(worker.most[s] for s in limited))
        used = np.indices([r + 1 for r in self.room])
        minutes = used[0] * (self.usual or unit)
        if self.usual:
            for count, shift in zip(used[1:], limited, strict=True):
                minutes += count * (instance.minutes[shift] - self.usual)
        inside = (minutes >= worker.least_minutes) & (minutes <= worker.most_minutes)
        self.last = np.where(inside, 0.0, FAR)
        self.ends = [self._ends(first) for first in range(self.days)]
        self._prepare()

    def _prepare(self):
        """Find out what stretches of each length may use, and by which shifts they begin."""
        self.kinds = [set(), {(self.uses[shift], shift) for shift in self.allowed}]
        for _length in range(2, self.worker.most_in_row + 1):
            longer = {
                (tuple(a + b for a, b in zip(self.uses[shift], rest, strict=True)), shift)
                for (rest, head), shift in product(self.kinds[-1], self.allowed)
                if head in self.after[shift]
            }
            self.kinds.append({
                (use, shift)
                for use, shift in longer
                if all(a <= b for a, b in zip(use, self.room, strict=True))
            })
        self.kinds = [sorted(kinds) for kinds in self.kinds]

    def _ends(self, first):
        """Return of each stretch from a day: length, weekends, day the next one may begin."""
        found = []
        for length in range(1, self.worker.most_in_row + 1):
            end = first + length
            inside = first > 0 and end < self.days
            weekends = len({day // 7 for day in range(first, end) if day % 7 >= 5})
            short = inside and length < self.worker.least_in_row
            if end <= self.days and not short and weekends <= self.worker.weekends:
                found.append((length, weekends, min(end + self.worker.least_off, self.days)))
        return found

    def price(self, cost):
        """Work everything out for costs by worker, day and shift; return the least of each."""
        self.cost = cost
        self._stretches()
        count = len(cost)
        shape = (count, self.worker.weekends + 1, *self.last.shape)
        end = np.broadcast_to(self.last, shape)
        self.ahead = [end] * (self.days + 1)
        for first in range(self.days - 1, -1, -1):
            here = self.ahead[first + 1].copy()
            for length, weekends, then in self.ends[first]:
                for use, costs in self.best[length].items():
                    used = (weekends, *use)
                    to = tuple(slice(n, None) for n in used)
                    of = tuple(
                        slice(0, size - n) for size, n in zip(here.shape[1:], used, strict=True)
                    )
                    found = self.ahead[then][:, *to] + costs[:, first].reshape(-1, *[1] * len(used))
                    np.minimum(here[:, *of], found, out=here[:, *of])
            self.ahead[first] = here
        return self.ahead[0].reshape(count, -1)[:, 0]

    def _stretches(self):
        self.tail = [{}, {(u, s): self.cost[:, :, s] for u, s in self.kinds[1]}]
        for kinds in self.kinds[2:]:
            level = {}
            for use, shift in kinds:
                rest = tuple(a - b for a, b in zip(use, self.uses[shift], strict=True))
                nexts = [
                    self.tail[-1][rest, head]
                    for head in self.after[shift]
                    if (rest, head) in self.tail[-1]
                ]
                row = np.full(self.cost.shape[:2], FAR)
                row[:, :-1] = self.cost[:, :-1, shift] + np.minimum.reduce(nexts)[:, 1:]
                level[use, shift] = row
            self.tail.append(level)
        self.best = [{}]
        for level in self.tail[1:]:
            by_use = {}
            for (use, _shift), row in level.items():
                by_use.setdefault(use, []).append(row)
            self.best.append({use: np.minimum.reduce(rows) for use, rows in by_use.items()})

    def chains(self, place, limit, most):
        """Return chains of one worker up to a cost, and whether they are all there is."""
        walk = Walk(self, place, most)
        is_all = walk.on(0, (0,) * (1 + len(self.room)), limit, ())
        return walk.found[:most], is_all


class Walk:
    """A walk along the chains of one worker that cost little enough: none is tried in vain."""

    def __init__(self, crew, place, most):
        self.crew, self.most, self.found = crew, most, []
        self.ahead = [ahead[place] for ahead in crew.ahead]
        self.place = place

    def on(self, first, used, spare, cells):
        """Go on from a day; tell whether there is room for what was found."""
        crew = self.crew
        if self.ahead[first][used] > spare:
            return True
        if first == crew.days:
            self.found.append(cells)
            return len(self.found) <= self.most
        return all(
            self.on(then, more, spare - cost, cells + shifts)
            for cost, shifts, then, more in self._stretches(first, used, spare)
        ) and self.on(first + 1, used, spare, cells)

    def _stretches(self, first, used, spare):
        crew = self.crew
        for length, weekends, then in crew.ends[first]:
            ahead = self.ahead[then]
            for use, costs in crew.best[length].items():
                more = tuple(a + b for a, b in zip(used, (weekends, *use), strict=True))
                if any(a >= size for a, size in zip(more, ahead.shape, strict=True)):
                    continue
                left = spare - ahead[more]
                if costs[self.place, first] <= left:
                    for cost, shifts in self._sequences(first, length, use, left, None):
                        yield cost, shifts, then, more

    def _sequences(self, day, length, use, left, before):
        crew = self.crew
        heads = range(len(crew.shifts)) if before is None else crew.after[before]
        for shift in heads:
            tail = crew.tail[length].get((use, shift))
            if tail is None or tail[self.place, day] > left:
                continue
            own = crew.cost[self.place, day, shift]
            cell = (day, crew.shifts[shift])
            if length == 1:
                yield own, (cell,)
                continue
            rest = tuple(a - b for a, b in zip(use, crew.uses[shift], strict=True))
            for cost, cells in self._sequences(day + 1, length - 1, rest, left - own, shift):
                yield own + cost, (cell, *cells)
