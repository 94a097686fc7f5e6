"""How many diners come as a rule, learned from one service after another.

The last eight comparable services give a median, with the effect of holidays taken out; the
trend of the last weeks and the effect of holidays are put on it; who is announced already
corrects it, as much as announcements were worth so far. Medians all along: one odd service
changes little.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from cantine_desktop.meals.forecast.history import Announced, Held, Slot
from cantine_desktop.meals.services.model import MealKind

COMPARABLE = 8
"""Services of the same weekday and kind that are compared."""

ENOUGH = 3
"""Comparable services under which other weekdays are looked at."""

_TREND = 8
_EFFECT = 20
_DOUBT = 3
"""Services without effect that every effect is mixed with before it is believed."""

_PICKUPS = 5
"""Services with reservations under which reservations only set a floor."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What is expected of a service.

    Attributes:
        level: Diners as a rule, holidays aside: the median of the comparable ones.
        n: Comparable services it comes from; 0 when nothing is known.
        same_day: They are of the same weekday and kind.
        trend: What the last weeks change: 1.05 is five in a hundred more.
        effects: What each mark of its day changes.
        announced: People announced by then.
        expected: Diners, all told; not rounded.
    """

    level: float
    n: int
    same_day: bool
    trend: float
    effects: tuple[tuple[str, float], ...]
    announced: int
    expected: float


@dataclass
class Learner:
    """Learns services in their order and guesses those that follow."""

    _same: dict[tuple[MealKind, int], deque[float]] = field(
        default_factory=dict[tuple[MealKind, int], deque[float]]
    )
    _kind: dict[MealKind, deque[float]] = field(default_factory=dict[MealKind, deque[float]])
    _every: deque[float] = field(default_factory=lambda: deque[float](maxlen=COMPARABLE))
    _most: dict[MealKind, int] = field(default_factory=dict[MealKind, int])
    _ratios: deque[float] = field(default_factory=lambda: deque[float](maxlen=_TREND))
    _effects: dict[str, deque[float]] = field(default_factory=dict[str, deque[float]])
    _pickups: dict[MealKind, deque[float]] = field(default_factory=dict[MealKind, deque[float]])
    _usual_errors: deque[float] = field(default_factory=lambda: deque[float](maxlen=30))
    _pickup_errors: deque[float] = field(default_factory=lambda: deque[float](maxlen=30))
    _came: int = 0
    _missed: int = 0

    def guess(self, slot: Slot, announced: Sequence[Announced], lead: int) -> Guess:
        """Return what is expected of a service seen some days ahead.

        Args:
            slot: The service.
            announced: Who is announced for it.
            lead: Days ahead: who announced themselves later is not seen.
        """
        values, same_day = self._comparable(slot)
        shown = _known(announced, lead)
        coming = shown * (1 - self.absence)
        if not values:
            return Guess(0.0, 0, same_day, 1.0, (), shown, coming)
        level, trend = median(values), self._trend()
        effects = tuple((each, self._effect(each)) for each in sorted(slot.marks))
        usual = level * trend
        for _, effect in effects:
            usual *= effect
        expected = self._mixed(slot, usual, coming) if shown else usual
        ceiling = max(slot.seats, self._most.get(slot.kind, 0))
        expected = max(min(expected, ceiling), coming)
        return Guess(level, len(values), same_day, trend, effects, shown, expected)

    def learn(self, held: Held, announced: Sequence[Announced], lead: int) -> None:
        """Learn from a service that was held."""
        slot, diners = held.slot, float(held.diners)
        found = self.guess(slot, [], lead)
        self._learn_reservations(held, announced, lead, found.expected)
        effect = 1.0
        for _, each in found.effects:
            effect *= each
        if found.level > 0 and found.same_day:
            ratio = diners / (found.level * effect)
            self._ratios.append(ratio)
            if len(slot.marks) == 1:
                part = diners / (found.level * found.trend)
                mark = next(iter(slot.marks))
                self._effects.setdefault(mark, deque(maxlen=_EFFECT)).append(part)
        bare = diners / max(effect, 0.1)
        key = (slot.kind, slot.day.weekday())
        self._same.setdefault(key, deque(maxlen=COMPARABLE)).append(bare)
        self._kind.setdefault(slot.kind, deque(maxlen=COMPARABLE)).append(bare)
        self._every.append(bare)
        self._most[slot.kind] = max(self._most.get(slot.kind, 0), held.diners)

    @property
    def absence(self) -> float:
        """Share of those announced who do not come, as far as somebody noted it."""
        noted = self._came + self._missed
        return self._missed / (noted + 10) if noted else 0.0

    def _learn_reservations(
        self, held: Held, announced: Sequence[Announced], lead: int, usual: float
    ) -> None:
        shown = _known(announced, lead)
        if shown:
            coming = shown * (1 - self.absence)
            if (pickup := self._pickup(held.slot)) is not None:
                self._usual_errors.append(abs(held.diners - usual))
                self._pickup_errors.append(abs(held.diners - coming - pickup))
            pickups = self._pickups.setdefault(held.slot.kind, deque(maxlen=COMPARABLE))
            pickups.append(held.diners - coming)
        if any(each.came is False for each in announced):
            self._missed += sum(each.people for each in announced if each.came is False)
            self._came += sum(each.people for each in announced if each.came is not False)

    def _comparable(self, slot: Slot) -> tuple[deque[float], bool]:
        same = self._same.get((slot.kind, slot.day.weekday()), deque[float]())
        if len(same) >= ENOUGH:
            return same, True
        kind = self._kind.get(slot.kind, deque[float]())
        return (kind or self._every), False

    def _trend(self) -> float:
        if len(self._ratios) < ENOUGH:
            return 1.0
        seen = len(self._ratios)
        moved = (median(self._ratios) - 1) * seen / (seen + _TREND)
        return 1 + min(max(moved, -0.25), 0.25)

    def _effect(self, mark: str) -> float:
        seen = self._effects.get(mark)
        if not seen:
            return 1.0
        believed = (median(seen) * len(seen) + _DOUBT) / (len(seen) + _DOUBT)
        return min(max(believed, 0.3), 2.0)

    def _pickup(self, slot: Slot) -> float | None:
        seen = self._pickups.get(slot.kind)
        return median(seen) if seen and len(seen) >= _PICKUPS else None

    def _mixed(self, slot: Slot, usual: float, coming: float) -> float:
        """Return what habit and announcements say together, each as much as it was right."""
        pickup = self._pickup(slot)
        if pickup is None or len(self._usual_errors) < _PICKUPS:
            return usual
        by_habit = sum(self._usual_errors) ** 2
        by_announced = sum(self._pickup_errors) ** 2
        whole = by_habit + by_announced
        weight = by_habit / whole if whole else 0.5
        return usual + weight * (coming + pickup - usual)


def _known(announced: Sequence[Announced], lead: int) -> int:
    return sum(each.people for each in announced if each.lead >= lead)
