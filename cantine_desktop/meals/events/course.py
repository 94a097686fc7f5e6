"""The course of an event: accepted, declined, called off, taken up again."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.events import issuing
from cantine_desktop.meals.events.hosting import release
from cantine_desktop.meals.events.keeping import OVER
from cantine_desktop.meals.events.model import EventPaper, EventState, PaperKind, PrivateEvent


def accept(session: Session, event: PrivateEvent, day: date) -> None:
    """Note that the customer says yes; without a quote too, for who never asked for one.

    Raises:
        UserError: It is accepted already, or over.
    """
    if event.state not in {EventState.ENQUIRY, EventState.QUOTED}:
        raise UserError(tr("Cet événement est déjà accepté, facturé ou clos."))
    event.state, event.accepted_on = EventState.ACCEPTED, day
    session.flush()


def decline(session: Session, event: PrivateEvent, reason: str) -> None:
    """Note that nothing comes of a request or of a quote.

    Raises:
        UserError: It was accepted: it is called off then.
    """
    if event.state not in {EventState.ENQUIRY, EventState.QUOTED}:
        raise UserError(tr("Cet événement a été accepté : annulez-le plutôt, avec une raison."))
    event.state, event.reason = EventState.DECLINED, reason.strip()
    session.flush()


def call_off(
    session: Session,
    event: PrivateEvent,
    reason: str,
    now: datetime,
    *,
    keeps_deposit: bool = False,
) -> list[EventPaper]:
    """Call an event off: its service is cancelled, what was invoiced is taken back.

    Args:
        session: The session of an action.
        event: The event.
        reason: Why, in a few words; credit notes carry it.
        now: Present instant, aware.
        keeps_deposit: Keep the deposits: an invoice turns them into income.

    Returns:
        The papers issued.

    Raises:
        UserError: No reason is given, it is over already, or a paper is refused.
    """
    if event.state in OVER:
        raise UserError(tr("Cet événement est déjà sans suite ou annulé."))
    if not reason.strip():
        raise UserError(tr("Dites en quelques mots pourquoi il est annulé."))
    day = civil_date(now)
    standing = issuing.standing_papers(session, event)
    made = [
        issuing.issue(session, event, issuing.draft_credit(session, paper, day, reason), now)
        for paper in standing
        if paper.kind is PaperKind.INVOICE
    ]
    deposits = [paper for paper in standing if paper.kind is PaperKind.DEPOSIT]
    event.state, event.reason = EventState.CANCELLED, reason.strip()
    release(session, event, reason, now)
    if deposits and keeps_deposit:
        kept = issuing.draft_kept_deposit(session, event, day)
        made.append(issuing.issue(session, event, kept, now))
    else:
        made += [
            issuing.issue(session, event, issuing.draft_credit(session, paper, day, reason), now)
            for paper in deposits
        ]
    session.flush()
    return made


def take_up(session: Session, event: PrivateEvent) -> None:
    """Take up again what was declined or called off; its papers stay as they are.

    Raises:
        UserError: It is not over, or its deposit was kept.
    """
    if event.state not in OVER:
        raise UserError(tr("Cet événement suit déjà son cours."))
    if issuing.standing_papers(session, event):
        raise UserError(
            tr("Son acompte a été gardé : faites d’abord l’avoir, ou notez une nouvelle demande.")
        )
    quoted = issuing.last_paper(session, event, PaperKind.QUOTE) is not None
    if event.accepted_on is not None:
        event.state = EventState.ACCEPTED
    else:
        event.state = EventState.QUOTED if quoted else EventState.ENQUIRY
    event.reason = ""
    session.flush()


def credit(session: Session, paper: EventPaper, reason: str, now: datetime) -> EventPaper:
    """Take an invoice back by a credit note; the event may then be invoiced again.

    Raises:
        UserError: It is refused as ``issuing.draft_credit`` tells.
    """
    event = session.get_one(PrivateEvent, paper.event_id)
    draft = issuing.draft_credit(session, paper, civil_date(now), reason)
    return issuing.issue(session, event, draft, now)
