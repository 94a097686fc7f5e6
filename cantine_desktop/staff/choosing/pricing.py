"""How new patterns are found: prices of the needs in, best patterns out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from cantine_desktop.staff.choosing.model import Pattern


@dataclass(frozen=True)
class Priced:
    """What pricing found for a person.

    Attributes:
        least: Reduced cost under which no pattern of the person lies: cost less what it brings
            at the prices. It must be true for the bound to be true.
        patterns: The best ones, best first; at least one, or the person has no pattern at all.
    """

    least: float
    patterns: tuple[Pattern, ...]


class Pricing(Protocol):
    """Patterns of people whose patterns are too many to be listed: one leg, the whole period.

    A pricing keeps locks itself: it knows what it may propose.
    """

    @property
    def dearest(self) -> int:
        """Points that no pattern exceeds, nor its opposite."""
        ...

    def best(self, people: Sequence[str], prices: Sequence[float]) -> Sequence[Priced]:
        """Return for each of some people the patterns that are best at some prices.

        Args:
            people: By name.
            prices: Points a unit brings, for each need of the problem in order.
        """
        ...

    def within(
        self, person: str, prices: Sequence[float], limit: float, most: int
    ) -> Sequence[Pattern] | None:
        """Return every pattern of a reduced cost up to a limit; ``None`` if they are more.

        Args:
            person: By name.
            prices: As for ``best``.
            limit: Reduced cost.
            most: Patterns that are still wanted.
        """
        ...
