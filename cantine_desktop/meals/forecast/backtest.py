"""How good the forecast would have been: the past guessed again, service by service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.meals.forecast.history import Announced, Held, announced_for, held_before
from cantine_desktop.meals.forecast.walking import Interval, Step, walked

YEAR = timedelta(days=365)
LEAD = 1
"""Days ahead services are guessed: the day before, when people shop and soak."""

_MANY = 1_000
"""Closings it looks back at: two a day for a year, and a year to learn from."""


@dataclass(frozen=True)
class BackTest:
    """What the forecast would have said of services that were held since.

    Attributes:
        steps: Each service that could be guessed, the oldest first.
        n: How many they are.
        error: Mean absolute error in diners; ``None`` without any.
        compared: Of whom those with a service on the same weekday the week before.
        error_compared: Mean absolute error on these.
        error_naive: That of « same weekday last week » on the same ones.
        with_intervals: Those whose intervals could be given.
        inside50: Of whom fell inside the first one.
        inside80: Of whom fell inside the second one.
        surplus: Mean of what would have been cooked too many, in diners.
        surplus_naive: The same when cooking as the week before.
    """

    steps: tuple[Step, ...]
    n: int
    error: float | None
    compared: int
    error_compared: float | None
    error_naive: float | None
    with_intervals: int
    inside50: int
    inside80: int
    surplus: float | None
    surplus_naive: float | None

    @property
    def gain(self) -> float | None:
        """Share of the error of « same weekday last week » that is saved; ``None`` unknown."""
        if self.error_compared is None or not self.error_naive:
            return None
        return 1 - self.error_compared / self.error_naive

    @property
    def surplus_change(self) -> float | None:
        """How surplus meals would have changed: −0.12 is twelve in a hundred fewer."""
        if self.surplus is None or not self.surplus_naive:
            return None
        return self.surplus / self.surplus_naive - 1


def backtest(session: Session, now: datetime, lead: int = LEAD) -> BackTest:
    """Guess again the services of the last twelve months, each from what was known before.

    Args:
        session: A session of the book.
        now: The present instant.
        lead: Days ahead they are guessed.
    """
    today = civil_date(now)
    past = held_before(session, today, _MANY)
    told = announced_for(session, [held.slot for held in past])
    return tried(past, told, today - YEAR, lead)


def tried(
    past: Sequence[Held],
    announced: Mapping[int, list[Announced]],
    since: date,
    lead: int = LEAD,
) -> BackTest:
    """Guess services since a day again; those before are only learned from."""
    _walk, steps = walked(past, announced, lead)
    kept = tuple(step for step in steps if step.held.slot.day >= since)
    both = [(step, step.naive) for step in kept if step.naive is not None]
    given = [step for step in kept if step.half and step.most]
    return BackTest(
        kept,
        len(kept),
        _mean([abs(_miss(step)) for step in kept]),
        len(both),
        _mean([abs(_miss(step)) for step, _ in both]),
        _mean([abs(naive - step.held.diners) for step, naive in both]),
        len(given),
        sum(_holds(step.half, step) for step in given),
        sum(_holds(step.most, step) for step in given),
        _mean([max(_miss(step), 0) for step, _ in both]),
        _mean([max(naive - step.held.diners, 0) for step, naive in both]),
    )


def _miss(step: Step) -> int:
    return step.expected - step.held.diners


def _holds(interval: Interval | None, step: Step) -> bool:
    return interval is not None and interval.low <= step.held.diners <= interval.high


def _mean(values: Sequence[int]) -> float | None:
    return sum(values) / len(values) if values else None
