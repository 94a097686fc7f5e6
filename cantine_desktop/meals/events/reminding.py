"""Reminders: when one is due, how firm it is, what it says.

A quote is asked about after ten days without an answer; an invoice a week after its due day,
then a fortnight later, then by formal notice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.meals.events.model import EventPaper, EventReminder, PaperKind, PrivateEvent
from cantine_desktop.meals.events.payments import payments
from cantine_desktop.meals.events.reminder_words import About, reminder_words

QUOTE_WAITS = 10
"""Days without an answer after which a quote is asked about (K30)."""
FIRST_AFTER = 7
"""Days after its due day at which an invoice is first reminded."""
NEXT_AFTER = 15
"""Days between two reminders."""
MOST = {PaperKind.QUOTE: 2}
_INVOICE_MOST = 3

LEVELS = {
    1: mark("Relance"),
    2: mark("Deuxième relance"),
    3: mark("Mise en demeure"),
}


@dataclass(frozen=True)
class Reminding:
    """A reminder that is due.

    Attributes:
        level: 1, 2 or 3.
        since: Days it has waited for an answer, or is late.
    """

    paper_id: int
    level: int
    since: int
    is_quote: bool

    @property
    def words(self) -> str:
        """What is to be done, in words."""
        if self.is_quote:
            return trn(
                "À relancer : devis sans réponse depuis {n} jour",
                "À relancer : devis sans réponse depuis {n} jours",
                self.since,
            )
        if self.level == _INVOICE_MOST:
            return trn(
                "Mise en demeure à envoyer : {n} jour de retard",
                "Mise en demeure à envoyer : {n} jours de retard",
                self.since,
            )
        return trn(
            "À relancer : {n} jour de retard", "À relancer : {n} jours de retard", self.since
        )


def reminding(paper: EventPaper, sent: Sequence[EventReminder], today: date) -> Reminding | None:
    """Return the reminder that a paper still unanswered or unpaid asks for today, if any."""
    is_quote = paper.kind is PaperKind.QUOTE
    begins = paper.day if is_quote else paper.due_day
    if begins is None or len(sent) >= MOST.get(paper.kind, _INVOICE_MOST):
        return None
    if sent:
        due = sent[-1].sent_on + timedelta(days=QUOTE_WAITS if is_quote else NEXT_AFTER)
    else:
        due = begins + timedelta(days=QUOTE_WAITS if is_quote else FIRST_AFTER)
    # « more than ten days »: the eleventh day for a quote, the seventh of lateness for an invoice.
    if today < due or (is_quote and today == due):
        return None
    return Reminding(paper.id, len(sent) + 1, (today - begins).days, is_quote)


def remind(session: Session, paper: EventPaper, now: datetime, words: str = "") -> EventReminder:
    """Keep a reminder as sent today.

    Args:
        session: The session of an action.
        paper: A quote without an answer, or an invoice that is not paid.
        now: Present instant, aware.
        words: What the letter says; empty takes the usual words.

    Raises:
        UserError: It is paid, it is a credit note, or it was reminded today already.
    """
    sent = sent_for(session, paper)
    _refuse_settled(session, paper)
    if sent and sent[-1].sent_on == civil_date(now):
        raise UserError(
            tr("Une relance de {number} est notée aujourd’hui déjà.").format(number=paper.number)
        )
    level = min(len(sent) + 1, MOST.get(paper.kind, _INVOICE_MOST))
    reminder = EventReminder(
        paper_id=paper.id,
        sent_on=civil_date(now),
        level=level,
        words=words.strip() or usual_words(session, paper, level, civil_date(now)),
        recorded_at=now,
    )
    session.add(reminder)
    session.flush()
    return reminder


def sent_for(session: Session, paper: EventPaper) -> list[EventReminder]:
    """Return the reminders sent about a paper, in order."""
    query = select(EventReminder).where(EventReminder.paper_id == paper.id)
    return list(session.scalars(query.order_by(EventReminder.id)))


def usual_words(session: Session, paper: EventPaper, level: int, today: date) -> str:
    """Return what a reminder says; in French, as its reader is.

    Amounts are those still to be paid, as the accounts have them.
    """
    event = session.get_one(PrivateEvent, paper.event_id)
    payment = payments(session, [paper]).get(paper.id)
    return reminder_words(
        About(
            paper,
            payment.left if payment else paper.due,
            (today - paper.due_day).days if paper.due_day else 0,
            event.is_professional,
        ),
        level,
    )


def _refuse_settled(session: Session, paper: EventPaper) -> None:
    if paper.kind is PaperKind.CREDIT_NOTE:
        raise UserError(tr("Un avoir ne se relance pas."))
    payment = payments(session, [paper]).get(paper.id)
    if paper.kind is not PaperKind.QUOTE and (payment is None or payment.left.cents <= 0):
        raise UserError(tr("{number} est réglée.").format(number=paper.number))
