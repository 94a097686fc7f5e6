"""Inspections that took place: when the last one was decides what the next will ask for."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.inspection.model import Inspection
from cantine_desktop.i18n import tr

OLDEST_YEARS = 30


def note_inspection(session: Session, day: date, words: str, now: datetime) -> Inspection:
    """Write that an inspection took place; one a day is enough, and its words are replaced.

    Args:
        session: The session of an action.
        day: Civil day of the visit.
        words: What is to be remembered: the service, the outcome.
        now: The present instant.

    Raises:
        UserError: The day is still to come, or very old.
    """
    today = civil_date(now)
    if day > today:
        raise UserError(tr("Une inspection se note le jour venu."))
    if today.year - day.year > OLDEST_YEARS:
        raise UserError(tr("Cette date est trop ancienne : vérifiez l’année."))
    found = session.scalar(select(Inspection).where(Inspection.day == day))
    if found is None:
        found = Inspection(day=day, recorded_at=now, words=words.strip())
        session.add(found)
    elif words.strip():
        found.words = words.strip()
    session.flush()
    return found


def last_inspection(session: Session) -> date | None:
    """Return the day of the last inspection that was noted."""
    return session.scalar(select(Inspection.day).order_by(Inspection.day.desc()).limit(1))
