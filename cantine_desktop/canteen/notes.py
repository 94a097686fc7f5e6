"""What happened on a day and may explain figures: « nouvelle affiche »."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.model import DayNote
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr


def note_day(session: Session, day: date, words: str) -> DayNote:
    """Note what happened on a day; the same words on the same day stay one note.

    Raises:
        UserError: Nothing is said.
    """
    said = " ".join(words.split())
    if not said:
        raise UserError(tr("Dites en quelques mots ce qui a changé ce jour-là."))
    known = session.scalars(
        select(DayNote).where(DayNote.day == day, DayNote.words == said)
    ).first()
    if known is not None:
        return known
    note = DayNote(day=day, words=said)
    session.add(note)
    session.flush()
    return note
