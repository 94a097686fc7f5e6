"""What is proved of the slips when a book is verified."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.i18n import month, tr
from cantine_desktop.meals.visits.model import SlipCount
from cantine_desktop.meals.visits.slips import ANSWERS
from cantine_desktop.storage.findings import Finding, at


def check(session: Session) -> Iterator[Finding]:
    """Find counts of slips tied to a day, or of an answer nobody asks for."""
    for row in session.scalars(select(SlipCount)):
        spot = (SlipCount.__tablename__, row.id)
        if row.month.day != 1:
            words = tr("Un compte de petits papiers tient à un jour, non à un mois : {day}.")
            yield at(spot, words, day=row.month.isoformat())
        if (row.question, row.answer) not in ANSWERS:
            words = tr("Petits papiers de {month} : réponse inconnue, « {answer} ».")
            yield at(spot, words, month=month(row.month), answer=row.answer)
