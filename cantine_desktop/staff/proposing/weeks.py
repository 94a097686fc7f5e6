"""Every week that somebody may work, kept as numbers, and the best of them at given prices.

A week is two halves that go together: hours within bounds, rest between them, days enough off.
Daily rest, days a week and hours a week are looked at here with the limits of the law themselves,
so that nothing lawful is left out; whatever is chosen is judged whole by the law afterwards, and a
week it forbids is struck out for good.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import starmap

import numpy as np

from cantine_desktop.staff.choosing.model import Pattern
from cantine_desktop.staff.law.judging import judge
from cantine_desktop.staff.law.nouns import Alert, Severity
from cantine_desktop.staff.proposing.bounds import Bounds
from cantine_desktop.staff.proposing.costs import Costs
from cantine_desktop.staff.proposing.facts import Facts, Someone
from cantine_desktop.staff.proposing.halves import (
    Bits,
    Floats,
    Half,
    Ints,
    Part,
    bits_of,
    grouped,
    size_of,
)
from cantine_desktop.staff.proposing.needs import NeedTable
from cantine_desktop.staff.proposing.options import OFF, DayOptions, Option

SLACK = 720
"""Minutes under the contract that a week may stay, when there are enough hours to give."""
WIDEST = 120_000
"""Half weeks of a person that are looked at; beyond, the longest joins of a day are left out."""
BARRED = 1e12
HOURS_RULES = frozenset({"WEEKLY_MAX", "AVERAGE_12", "COMPLEMENTARY", "COMPLEMENTARY_35"})
"""Rules that forbid every longer week too."""
DAYS_RULES = frozenset({"DAYS_PER_WEEK", "REST_DAYS"})
"""Rules that look at the days worked alone, where days of rest follow each other."""


Week = tuple[int, int]
"""A row of each half."""


class Weeks:
    """The weeks that somebody may work.

    Args:
        facts: The week.
        who: Whose.
        days: Their choices by day.
        costs: What they cost.
        known: Minutes of the roster that people know already, which stays possible; ``None``
            where there is none: few hours are then left out.

    Attributes:
        who: Whose.
        days: Their choices by day.
        is_whole: No week within the bounds was left out.
    """

    def __init__(
        self,
        facts: Facts,
        who: Someone,
        days: Sequence[DayOptions],
        costs: Costs,
        *,
        known: int | None = None,
    ) -> None:
        self.who = who
        self.days = days
        self.is_whole = True
        self._facts = facts
        self._known = known
        self._bounds = Bounds(facts.profile, who, [each.day for each in days])
        self._offered = [list(each.offered) for each in days]
        self._trim()
        self._costs = costs
        self.points = [
            np.array([sum(costs.of_day(who, x).values()) for x in own], dtype=np.float64)
            for own in self._offered
        ]
        self._split = self._middle()
        self._beside = self._edges()
        self._first = self._half(range(self._split), self._split - 1)
        self._second = self._half(range(self._split, 7), self._split)
        self._pair()
        self._struck: dict[Week, int] = {}
        self._brings: list[Floats] = []
        self._covers: list[list[tuple[tuple[int, int], ...]]] = []
        self._patterns: dict[Week, Pattern] = {}
        self._parts: dict[tuple[int, int], Part] = {}
        self._whole_costs: dict[tuple[int, int], int] = {}
        self._charges: bool = True

    def _trim(self) -> None:
        """Leave the longest joins out when there are too many choices to compare."""
        while True:
            sizes = [len(x) for x in self._offered]
            if min(max(size_of(sizes[:at]), size_of(sizes[at:])) for at in range(1, 7)) <= WIDEST:
                return
            widest = max(self._offered, key=len)
            widest.remove(max(widest, key=lambda x: (len(x.shifts), x.gap, x.minutes)))
            self.is_whole = False

    def _middle(self) -> int:
        sizes = [len(x) for x in self._offered]
        return min(range(1, 7), key=lambda at: max(size_of(sizes[:at]), size_of(sizes[at:])))

    def _edges(self) -> tuple[Ints, Ints, Bits]:
        """Return classes of the choices on both sides of the middle, and which go together."""
        rested = self._rested(self._split)
        _rows, before = np.unique(rested, axis=0, return_inverse=True)
        _columns, after = np.unique(rested, axis=1, return_inverse=True)
        together = np.zeros((int(before.max()) + 1, int(after.max()) + 1), dtype=np.bool_)
        together[before.ravel()[:, None], after.ravel()[None, :]] = rested
        return before.ravel(), after.ravel(), together

    def _half(self, days: range, side: int) -> Half:
        rows: Ints = np.zeros((1, 0), dtype=np.int64)
        minutes: Ints = np.zeros(1, dtype=np.int64)
        mask: Ints = np.zeros(1, dtype=np.int64)
        most = self.most_minutes()
        for day in days:
            own = self._offered[day]
            count = len(own)
            before = np.repeat(np.arange(len(rows)), count)
            chosen: Ints = np.tile(np.arange(count, dtype=np.int64), len(rows))
            total = minutes[before] + np.array([x.minutes for x in own])[chosen]
            fits = total <= most
            if day > days[0]:
                fits &= self._rested(day)[rows[before, -1], chosen]
            before, chosen, minutes = before[fits], chosen[fits], total[fits]
            rows = np.column_stack([rows[before], chosen])
            works = np.array([x.duty != OFF for x in own], dtype=np.int64) << day
            mask = mask[before] | works[chosen]
        is_first = side == days[-1]
        classes = self._beside[0] if is_first else self._beside[1]
        edge: Ints = classes[rows[:, -1 if is_first else 0]]
        return grouped(rows, minutes, mask, edge)

    def _rested(self, day: int) -> Bits:
        """Return whether each choice of the day before lets each choice of a day follow."""
        least = self._bounds.least_rest(day - 1)
        until = np.array([x.until for x in self._offered[day - 1]], dtype=np.int64)[:, None]
        since = np.array([x.since for x in self._offered[day]], dtype=np.int64)[None, :]
        rested: Bits = (until == 0) | (since == 0) | (since - until >= least)
        return rested

    def _pair(self) -> None:
        """Find which groups of both halves make a week."""
        one, two = self._first, self._second
        minutes: Ints = one.minutes[:, None] + two.minutes[None, :]
        mask = one.mask[:, None] | two.mask[None, :]
        fits = minutes <= self.most_minutes()
        fits &= self._beside[2][one.edge[:, None], two.edge[None, :]]
        fits &= np.array([self._bounds.may_work(each) for each in range(128)])[mask]
        contract = self.who.contract
        if contract is not None and self._known is None and fits.any():
            reach = int(minutes[fits].max())
            fits &= minutes >= min(contract, reach) - SLACK
        self._i, self._j = np.nonzero(fits)
        self.minutes: Ints = minutes[fits]
        self.mask: Ints = mask[fits]
        self._whole = self._week_points()
        self.barred = np.zeros(len(self.minutes), dtype=np.bool_)

    def _week_points(self) -> Floats:
        keys = self.minutes * 8 + bits_of(self.mask)
        distinct, place = np.unique(keys, return_inverse=True)
        points = [
            sum(self._costs.of_week(self.who, int(key) // 8, int(key) % 8).values())
            for key in distinct
        ]
        found: Floats = np.array(points, dtype=np.float64)[place] if points else np.zeros(0)
        return found

    def most_minutes(self) -> int:
        """Return the minutes that a week of theirs never exceeds, as the law and prudence say.

        What is locked, or known already, may exceed it: the law alone judges that.
        """
        locked = sum(min(x.minutes for x in own) for own in self._offered)
        return max(self._bounds.most_minutes(), locked, self._known or 0)

    def prepare(self, table: NeedTable) -> None:
        """Say which needs each choice of a day serves."""
        for day, own in enumerate(self._offered):
            covers = [table.terms(self.who, self.days[day].day, x.covers) for x in own]
            matrix = np.zeros((len(own), len(table.needs)))
            for row, found in enumerate(covers):
                for rank, units in found:
                    matrix[row, rank] += units
            self._covers.append(covers)
            self._brings.append(matrix)

    def __len__(self) -> int:
        return len(self.minutes)

    def week_most(self) -> float:
        """Return the most points that a week costs as a whole."""
        return float(np.abs(self._whole).max())

    def reduced(self, prices: Floats) -> Floats:
        """Return the least cost of the weeks of each pair of groups, less what it brings."""
        day = [own - brings @ prices for own, brings in zip(self.points, self._brings, strict=True)]
        for half, first in ((self._first, 0), (self._second, self._split)):
            costs = np.zeros(len(half.rows))
            for place in range(half.rows.shape[1]):
                costs += day[first + place][half.rows[:, place]]
            costs[half.barred] = BARRED
            half.costs = costs
        one = np.minimum.reduceat(self._first.costs, self._first.starts)
        two = np.minimum.reduceat(self._second.costs, self._second.starts)
        found: Floats = one[self._i] + two[self._j] + self._whole
        for pair in set(self._struck.values()):
            found[pair] = min(
                (cost for cost, _week in self._of_pair(pair, BARRED / 2)), default=BARRED
            )
        found[self.barred] = BARRED
        return found

    def _of_pair(self, pair: int, limit: float) -> Iterator[tuple[float, Week]]:
        """Yield the weeks of a pair of groups up to a cost, at the last prices."""
        one, two = self._first.members(self._i[pair]), self._second.members(self._j[pair])
        costs = (
            self._first.costs[one.start : one.stop, None]
            + self._second.costs[None, two.start : two.stop]
            + self._whole[pair]
        )
        for i, j in zip(*np.nonzero(costs <= limit), strict=True):
            week = one.start + int(i), two.start + int(j)
            if week not in self._struck:
                yield float(costs[i, j]), week

    def cheapest(self, pair: int) -> Week | None:
        """Return the cheapest week of a pair of groups at the last prices."""
        if pair in self._struck.values():
            return min(self._of_pair(pair, BARRED / 2), default=(0.0, None))[1]
        one, two = self._first.members(self._i[pair]), self._second.members(self._j[pair])
        return (
            one.start + int(self._first.costs[one.start : one.stop].argmin()),
            two.start + int(self._second.costs[two.start : two.stop].argmin()),
        )

    def within(self, prices: Floats, limit: float, most: int) -> list[Week] | None:
        """Return every week up to a reduced cost; ``None`` if they are too many."""
        found: list[Week] = []
        for pair in np.flatnonzero(self.reduced(prices) <= limit):
            found += [week for _cost, week in self._of_pair(int(pair), limit)]
            if len(found) > most:
                return None
        return found

    def options(self, week: Week) -> list[Option]:
        """Return the choices of a week, one for each day."""
        return [self._offered[day][row] for day, row in enumerate(self._choices(week))]

    def _choices(self, week: Week) -> list[int]:
        rows = [*self._first.rows[week[0]], *self._second.rows[week[1]]]
        return [int(row) for row in rows]

    def pattern(self, week: Week) -> Pattern:
        """Return a week as the engine takes it."""
        known = self._patterns.get(week)
        if known is not None:
            return known
        parts = list(starmap(self._part, enumerate(week)))
        minutes, worked = sum(x.minutes for x in parts), sum(len(x.cells) for x in parts)
        whole = self._whole_costs.get((minutes, worked))
        if whole is None:
            points = self._costs.of_week(self.who, minutes, worked) if self._charges else {}
            whole = sum(points.values())
            self._whole_costs[minutes, worked] = whole
        self._patterns[week] = Pattern(
            parts[0].cells + parts[1].cells,
            parts[0].cost + parts[1].cost + whole,
            tuple(sorted(parts[0].covers + parts[1].covers)),
        )
        return self._patterns[week]

    def _part(self, side: int, row: int) -> Part:
        known = self._parts.get((side, row))
        if known is not None:
            return known
        half, first = (self._second, self._split) if side else (self._first, 0)
        ranks = [(first + place, int(x)) for place, x in enumerate(half.rows[row])]
        some = [(day, self._offered[day][rank]) for day, rank in ranks]
        found = Part(
            tuple((day, x.duty) for day, x in some if x.duty != OFF),
            sum(int(self.points[day][rank]) for day, rank in ranks),
            tuple(term for day, rank in ranks for term in self._covers[day][rank]),
            sum(x.minutes for _day, x in some),
        )
        self._parts[side, row] = found
        return found

    def add_points(self, day: int, extra: Sequence[int]) -> None:
        """Add points to the choices of a day: what changing it costs."""
        self.points[day] += np.array(extra, dtype=np.float64)
        self._forget()

    def offered(self, day: int) -> list[Option]:
        """Return the choices of a day."""
        return self._offered[day]

    def find(self, cells: Sequence[tuple[int, str]]) -> Week | None:
        """Return the week with just these duties."""
        wanted = dict(cells)
        ranks: list[int] = []
        for day, own in enumerate(self._offered):
            duties = [x.duty for x in own]
            if wanted.get(day, OFF) not in duties:
                return None
            ranks.append(duties.index(wanted.get(day, OFF)))
        one = np.flatnonzero((self._first.rows == ranks[: self._split]).all(axis=1))
        two = np.flatnonzero((self._second.rows == ranks[self._split :]).all(axis=1))
        return (int(one[0]), int(two[0])) if len(one) and len(two) else None

    def keep_only(self, day: int, duties: frozenset[str]) -> None:
        """Bar each week that has none of some duties on a day."""
        wanted = [rank for rank, x in enumerate(self._offered[day]) if x.duty in duties]
        half, place = (self._first, day) if day < self._split else (self._second, day - self._split)
        half.barred |= ~np.isin(half.rows[:, place], wanted)

    @contextmanager
    def only(self, day: int, duties: frozenset[str]) -> Generator[None]:
        """Bar other weeks for a while."""
        before = self._first.barred, self._second.barred
        self._first.barred, self._second.barred = before[0].copy(), before[1].copy()
        try:
            self.keep_only(day, duties)
            yield
        finally:
            self._first.barred, self._second.barred = before

    @contextmanager
    def free_of_charge(self) -> Generator[None]:
        """Let every week cost nothing for a while, so that only what must be is looked at."""
        before = self.points, self._whole, self._charges
        self.points = [np.zeros_like(x) for x in self.points]
        self._whole, self._charges = np.zeros_like(self._whole), False
        self._forget()
        try:
            yield
        finally:
            self.points, self._whole, self._charges = before
            self._forget()

    def _forget(self) -> None:
        self._patterns.clear()
        self._parts.clear()
        self._whole_costs.clear()

    def is_possible(self) -> bool:
        """Tell whether a week is left."""
        free: Floats = np.zeros(int(self._brings[0].shape[1]))
        costs = self.reduced(free)
        return bool(len(costs)) and bool(costs.min() < BARRED / 2)

    def judge(self, week: Week) -> list[Alert]:
        """Return what the law forbids of a week, with the hours before and after; bar it then."""
        stints = [x.stint for option in self.options(week) for x in option.shifts]
        around = [*self.who.before, *stints, *self.who.after]
        alerts = [
            x
            for x in judge(
                self.who.worker, around, self._facts.profile, self.who.context, self._facts.week
            )
            if x.severity is Severity.FORBIDDEN
        ]
        if alerts:
            self._bar(week, alerts)
        return alerts

    def is_barred(self, week: Week) -> bool:
        """Tell whether the law forbade a week."""
        return week in self._struck

    def _bar(self, week: Week, alerts: Sequence[Alert]) -> None:
        groups = [
            int(np.searchsorted(half.starts, row, side="right")) - 1
            for half, row in zip((self._first, self._second), week, strict=True)
        ]
        (pair,) = np.flatnonzero((self._i == groups[0]) & (self._j == groups[1]))
        self._struck[week] = int(pair)
        for alert in alerts:
            if alert.rule in HOURS_RULES and len(alert.days) == 7:
                self.barred |= self.minutes >= self.minutes[pair]
            rest = self._bounds.by_day[0].get(alert.rule)
            if alert.rule in DAYS_RULES and (rest is None or rest.consecutive or not rest.halves):
                self.barred |= self.mask == self.mask[pair]
