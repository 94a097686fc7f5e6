"""The past walked through again, each service guessed from what was known before it."""

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import ceil, floor, sqrt
from typing import NamedTuple

from cantine_desktop.meals.forecast.history import Announced, Held, Slot
from cantine_desktop.meals.forecast.learning import Guess, Learner
from cantine_desktop.meals.services.model import MealKind

ERRORS = 100
"""Own errors, the last ones, that intervals are made of."""

LEADS = (0, 1, 3, 7, 14)
"""Days ahead the past is walked through from; after a fortnight little changes."""

COLD = 6
"""Services closed under which nothing is learned (cold start)."""


class Interval(NamedTuple):
    """Diners from one number to another, both included."""

    low: int
    high: int


class Step(NamedTuple):
    """A service of the past, as it would have been forecast.

    Attributes:
        naive: Diners of the same weekday the week before, or ``None`` when there was none.
        half: The interval that should hold one service out of two; ``None`` before errors.
        most: The one that should hold four out of five.
    """

    held: Held
    guess: Guess
    expected: int
    naive: int | None
    half: Interval | None
    most: Interval | None


class Walk:
    """Goes through services in their order, some days behind what it guesses.

    Args:
        lead: Days ahead a service is guessed: what was held in between is not known.
        keeps: Each step is kept with its intervals; otherwise only what was learned stays.
    """

    def __init__(self, lead: int, *, keeps: bool = True) -> None:
        self.lead = lead
        self._keeps = keeps
        self.learner = Learner()
        self.learned = 0
        self._scores: deque[float] = deque(maxlen=ERRORS)
        self._waiting: deque[tuple[Held, list[Announced], float | None]] = deque()
        self._naive: dict[tuple[MealKind, date], int] = {}

    def through(self, past: Sequence[Held], announced: Mapping[int, list[Announced]]) -> list[Step]:
        """Guess, then learn, each service; return those that could be guessed."""
        steps: list[Step] = []
        for held in past:
            slot = held.slot
            self.catch_up(slot.day)
            came = announced.get(slot.key, [])
            score: float | None = None
            if self.learned >= COLD:
                guess = self.learner.guess(slot, came, self.lead)
                if self._keeps:
                    steps.append(self._step(held, guess))
                score = abs(held.diners - guess.expected) / spread(guess.expected)
            self._waiting.append((held, came, score))
            self._naive[slot.kind, slot.day] = held.diners
        return steps

    def catch_up(self, day: date) -> None:
        """Learn all that is known when a service of a day is guessed."""
        known = day - timedelta(days=max(self.lead, 1))
        while self._waiting and self._waiting[0][0].slot.day <= known:
            held, came, score = self._waiting.popleft()
            if score is not None:
                self._scores.append(score)
            self.learner.learn(held, came, self.lead)
            self.learned += 1

    def learn_all(self) -> None:
        """Learn what waits: everything was held before today."""
        self.catch_up(date.max)

    @property
    def errors(self) -> int:
        """Own errors known."""
        return len(self._scores)

    def interval(self, expected: float, share: float) -> Interval | None:
        """Return the numbers that hold a share of services, by one's own errors so far.

        The error of rank ``⌈(n+1)·share⌉`` of the last n gives its width: a new service falls
        inside with that probability at least when services are alike. ``None`` when n is too
        small to say.
        """
        rank = ceil((len(self._scores) + 1) * share)
        if rank > len(self._scores):
            return None
        wide = sorted(self._scores)[rank - 1] * spread(expected)
        middle = rounded(expected)
        low = max(ceil(expected - wide - 1e-9), 0)
        return Interval(min(low, middle), max(floor(expected + wide + 1e-9), middle))

    def _step(self, held: Held, guess: Guess) -> Step:
        slot = held.slot
        return Step(
            held,
            guess,
            rounded(guess.expected),
            self._naive.get((slot.kind, slot.day - timedelta(days=7))),
            self.interval(guess.expected, 0.5),
            self.interval(guess.expected, 0.8),
        )


def walked(
    past: Sequence[Held],
    announced: Mapping[int, list[Announced]],
    lead: int,
    *,
    keeps: bool = True,
) -> tuple[Walk, list[Step]]:
    """Walk through the past, all of it learned at the end."""
    walk = Walk(lead, keeps=keeps)
    steps = walk.through(past, announced)
    walk.learn_all()
    return walk, steps


def spread(expected: float) -> float:
    """Return how far a number of diners spreads: the root of it, as counts do."""
    return sqrt(max(expected, 1.0))


def rounded(value: float) -> int:
    """Round to the nearest whole diner, halves up."""
    return floor(value + 0.5)


def ahead(slot: Slot, today: date) -> int:
    """Return from how many days ahead a service is seen, of ``LEADS``: never from nearer."""
    days = (slot.day - today).days
    return next((lead for lead in LEADS if lead >= days), LEADS[-1])
