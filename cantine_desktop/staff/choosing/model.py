"""People with the patterns they may work, what is needed, and what was chosen: plain exact data.

Nothing here knows a law, a database or a solver. A *pattern* is a lawful week of duties of one
person, or a whole period; whoever lists patterns answers for their being lawful.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Cell = tuple[int, str]
"""A day, counted from the first of the period, and a duty worked on it."""
MUST = 1_000_000
"""Most points that a unit of what must be may weigh inside the solver."""


@dataclass(frozen=True)
class Need:
    """What is counted over all chosen patterns, and what it costs to be beside it.

    Heads in a slot, trained people during an opening, but also a counter of one person: hours of
    a month, Sundays. Penalties add up: below the minimum both ``under`` and ``missing`` are paid.

    Attributes:
        name: As it is shown, in French.
        minimum: Under it, each unit costs ``missing`` points.
        low: Under it, each unit costs ``under``: the target. Not under the minimum.
        high: Over it, each unit costs ``over``; ``None`` where more never harms.
        maximum: Over it, each unit costs ``excess``; ``None`` without one. Not under ``high``.
        is_required: Minimum and maximum must be kept: what is beside them is not paid but broken,
            and as little is broken as possible before anything is paid for.
    """

    name: str
    minimum: int = 0
    low: int = 0
    high: int | None = None
    maximum: int | None = None
    missing: int = 0
    under: int = 0
    over: int = 0
    excess: int = 0
    is_required: bool = False

    def __post_init__(self) -> None:
        high = self.maximum if self.high is None else self.high
        bounds = (0, self.minimum, max(self.low, self.minimum), high, self.maximum)
        known = [bound for bound in bounds if bound is not None]
        weights = (self.missing, self.under, self.over, self.excess)
        if known != sorted(known) or min(weights) < 0:
            raise ValueError(f"{self.name}: bounds out of order, or a weight below zero")

    def penalty(self, count: int) -> int:
        """Return the points that a count costs; what is broken is not among them."""
        points = self.under * max(0, max(self.low, self.minimum) - count)
        if self.high is not None:
            points += self.over * max(0, count - self.high)
        if not self.is_required:
            short, long = self.beside(count)
            points += self.missing * short + self.excess * long
        return points

    def beside(self, count: int) -> tuple[int, int]:
        """Return the units under the minimum and over the maximum."""
        over = 0 if self.maximum is None else max(0, count - self.maximum)
        return max(0, self.minimum - count), over


@dataclass(frozen=True)
class Pattern:
    """Duties that one person may work in one leg.

    Attributes:
        cells: Worked days and duties, sorted.
        cost: Points: wishes, fairness, hours beside the contract… may be negative.
        covers: Ranks of needs and units it brings to them, from 0 on.
        entry: What the pattern before must respect; ``exit``, what the next one must.
        barred: Names of locks and rules that forbid it; none for a pattern that may be chosen.
            Barred patterns are never chosen, but tell what forbids a cell and what lifting it
            would save.
    """

    cells: tuple[Cell, ...]
    cost: int = 0
    covers: tuple[tuple[int, int], ...] = ()
    entry: Hashable = None
    exit: Hashable = None
    barred: tuple[str, ...] = ()

    def on(self, day: int) -> frozenset[str]:
        """Return the duties of a day; none when it is off."""
        return frozenset(duty for at, duty in self.cells if at == day)


@dataclass(frozen=True)
class Leg:
    """A part of the period, usually a week, for which a person takes one pattern.

    Attributes:
        days: Days it holds, worked or not.
        patterns: What may be chosen; empty for a person who is priced.
    """

    days: range
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True)
class Person:
    """Somebody to be rostered.

    Attributes:
        name: Distinct; as it is shown.
        legs: In the order of time.
        follows: Tells whether a pattern with an entry may come after one with an exit (Sunday
            evening, Monday morning); ``None`` where anything may.
    """

    name: str
    legs: tuple[Leg, ...]
    follows: Callable[[Hashable, Hashable], bool] | None = None


@dataclass(frozen=True)
class Lock:
    """A day of a person that is decided: these duties and no other; no duty for a day off."""

    person: str
    day: int
    duties: frozenset[str]
    name: str = ""


@dataclass(frozen=True)
class Problem:
    """What is asked."""

    people: tuple[Person, ...]
    needs: tuple[Need, ...]


class Quality(StrEnum):
    """How sure it is that nothing better exists."""

    OPTIMAL = "optimal"
    BOUNDED = "bounded"


class Ending(StrEnum):
    """Why the search ended."""

    DONE = "done"
    TIME = "time"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Miss:
    """Something that must be and is not.

    Attributes:
        name: Of the need; of the person where a leg has no pattern, or two weeks do not follow.
        short: Units under the minimum; ``over``, above the maximum.
        leg: Rank of the leg without a pattern, or of the one that does not follow; else ``None``.
    """

    name: str
    short: int = 0
    over: int = 0
    leg: int | None = None


@dataclass(frozen=True)
class Answer:
    """What was chosen.

    Attributes:
        chosen: By person, a pattern for each leg; ``None`` where none may be chosen.
        cost: Points paid, exact.
        bound: Points under which no choice that breaks as little exists; never above ``cost``.
        misses: What is broken all the same.
        is_broken_least: Whether it is proved that no choice breaks less.
        counts: What was counted for each need, in its order.
    """

    chosen: Mapping[str, tuple[Pattern | None, ...]]
    cost: int
    bound: int
    misses: tuple[Miss, ...] = ()
    is_broken_least: bool = True
    counts: tuple[int, ...] = ()
    ending: Ending = Ending.DONE

    @property
    def quality(self) -> Quality:
        """Whether nothing better exists, or only a bound is known."""
        is_best = self.cost <= self.bound and self.is_broken_least
        return Quality.OPTIMAL if is_best else Quality.BOUNDED

    @property
    def broken(self) -> int:
        """Units that must be and are not."""
        return sum(max(1, miss.short + miss.over) for miss in self.misses)


@dataclass(frozen=True)
class Progress:
    """Where a search stands, in points; what is broken weighs more than all that is paid."""

    best: int | None
    bound: int


def _never() -> bool:
    return False


def _silent(_progress: Progress) -> None:
    return None


@dataclass(frozen=True)
class Effort:
    """How long to search, and how to follow it.

    The same problem gives the same answer as long as neither time nor somebody stops it.

    Attributes:
        seconds: Of search at most.
        enough: Part of the cost that may remain unproved: 0 for the best.
        is_cancelled: Asked often; when it says so, the best choice so far is given.
        tell: Told of each better choice or bound.
    """

    seconds: float = 10.0
    enough: float = 0.0
    is_cancelled: Callable[[], bool] = field(default=_never)
    tell: Callable[[Progress], None] = field(default=_silent)
