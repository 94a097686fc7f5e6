"""A dish that must go fast from one temperature to another, as the plan measures it."""

from datetime import UTC, datetime

from cantine_desktop.hygiene.food.model import Curve
from cantine_desktop.hygiene.plan.rules import Measured


def curve(record: Curve, counted_from: datetime | None = None) -> Measured:
    """Return both points of a curve, complete or not, in the one clock that never jumps.

    Args:
        record: A cooling or a reheating.
        counted_from: Instant the time runs from, when it is earlier than the first point.
    """
    return Measured(
        start=_steady(record.started_at),
        start_value=record.start_celsius,
        end=_steady(record.ended_at),
        end_value=record.end_celsius,
        counted_from=_steady(counted_from),
    )


def _steady(instant: datetime | None) -> datetime | None:
    return None if instant is None else instant.astimezone(UTC)
