"""What food still waits for: a last temperature, a day to be thrown away."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.food.model import SAMPLE_LIFE, Cooling, Sample
from cantine_desktop.values.period import DAY


def open_coolings(session: Session, day: date) -> list[Cooling]:
    """Return the coolings of a day and of the one before that still have no last temperature."""
    return _open_curves(session, Cooling, day)


def samples_kept(session: Session, day: date) -> list[Sample]:
    """Return the samples that are in the fridge on a day, the oldest first."""
    query = _current(Sample).where(Sample.day <= day)
    gone = (Sample.discarded_on.is_(None)) | (Sample.discarded_on > day)
    return list(session.scalars(query.where(gone).order_by(Sample.day, Sample.id)))


def samples_to_discard(session: Session, day: date) -> list[Sample]:
    """Return the samples that may be thrown away on a day, the oldest first.

    Source: AM09-IV-PT.
    """
    return [sample for sample in samples_kept(session, day) if sample.day + SAMPLE_LIFE <= day]


def _open_curves(session: Session, model: Any, day: date) -> list[Any]:
    query = _current(model).where(
        model.day >= day - DAY,
        model.day <= day,
        model.started_at.is_not(None),
        model.ended_at.is_(None),
    )
    return list(session.scalars(query.order_by(model.started_at, model.id)))


def _current(model: Any) -> Any:
    """Return a query of the records that no other corrects, and that are not void."""
    corrected = select(model.corrects_id).where(model.corrects_id.is_not(None))
    return select(model).where(model.is_void.is_(False), model.id.not_in(corrected))
