"""Notes on days that may explain figures (repères): a new poster, a heat wave."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.model import DayNote
from cantine_desktop.values.period import Period


def notes_of(session: Session, period: Period) -> list[DayNote]:
    """Return the notes of the days of a period, the last one first."""
    query = select(DayNote).where(DayNote.day >= period.first, DayNote.day < period.end)
    return list(session.scalars(query.order_by(DayNote.day.desc(), DayNote.id.desc())))


def drop_note(session: Session, key: int) -> None:
    """Take a note off; one that is gone already stays gone."""
    note = session.get(DayNote, key)
    if note is not None:
        session.delete(note)
