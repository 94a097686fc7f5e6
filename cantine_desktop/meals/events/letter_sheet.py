"""The letter of a reminder, on one page for the window of an envelope."""

from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable, Spacer
from sqlalchemy.orm import Session

from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.styles import heading, paragraph, small
from cantine_desktop.finance.pieces.identifiers import grouped
from cantine_desktop.i18n import long_day, tr
from cantine_desktop.meals.events.content import seller_of, thawed
from cantine_desktop.meals.events.model import (
    PAPERS,
    EventPaper,
    EventReminder,
    PaperKind,
    PrivateEvent,
)
from cantine_desktop.meals.events.paper_parts import Parties
from cantine_desktop.meals.events.reminding import LEVELS


def write_reminder(session: Session, key: int, now: datetime, target: IO[bytes]) -> None:
    """Write the letter of a reminder that was kept.

    Args:
        session: A session that reads.
        key: Key of the reminder.
        now: The present instant.
        target: Where the PDF goes.
    """
    reminder = session.get_one(EventReminder, key)
    paper = session.get_one(EventPaper, reminder.paper_id)
    event, content = session.get_one(PrivateEvent, paper.event_id), thawed(paper.content)
    seller = seller_of(session)
    name = tr(LEVELS[reminder.level])
    subject = tr("{level} : {paper} {number}").format(
        level=name, paper=tr(PAPERS[paper.kind]).lower(), number=paper.number
    )
    story: list[Flowable] = [
        Parties([seller.name, *seller.address.splitlines()], event.customer.splitlines()),
        heading(subject),
        Spacer(0, 6),
        paragraph(tr("Bonjour,")),
        *(paragraph(words) for words in reminder.words.splitlines()),
    ]
    if paper.kind is not PaperKind.QUOTE and content.seller.iban:
        words = tr("Pour payer : IBAN {iban}, en rappelant {number}.")
        story.append(
            paragraph(words.format(iban=grouped(content.seller.iban), number=paper.number))
        )
    story += [
        paragraph(tr("Bien à vous,")),
        Spacer(0, 42),
        paragraph(seller.name),
    ]
    if reminder.level == max(LEVELS):
        story.append(small(tr("À envoyer en recommandé avec avis de réception.")))
    frame = PageFrame(seller.name, name, long_day(reminder.sent_on), now, paper.number)
    write_document(target, frame, story)
