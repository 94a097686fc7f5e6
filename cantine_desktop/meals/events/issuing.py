"""Issuing papers: quotes, deposits, invoices, credit notes; numbered, posted and sealed at once.

A paper that was issued never changes: another follows it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.statements.policy import policy
from cantine_desktop.i18n import long_day, money, tr
from cantine_desktop.meals.events.content import (
    Content,
    ContentLine,
    Deducted,
    base_content,
    content_lines,
    frozen,
    negated,
    one_line,
    thawed,
)
from cantine_desktop.meals.events.keeping import OVER
from cantine_desktop.meals.events.mentions import Terms, invoice_mentions, quote_mentions
from cantine_desktop.meals.events.model import EventPaper, EventState, PaperKind, PrivateEvent
from cantine_desktop.meals.events.numbering import take_number
from cantine_desktop.meals.events.posting import Advance, advances, post_paper
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.money import Money

QUOTE_DAYS = 30
"""Days a quote holds."""
DUE_DAYS = 30
"""Days to pay an invoice."""
DEPOSIT_DAYS = 15
"""Days to pay a deposit."""
NOTHING = Advance()


@dataclass(frozen=True)
class Issue:
    """A paper about to be issued: what it says, and by when.

    Attributes:
        advance: Deposits it takes off, or gives back.
        corrects: The paper it takes back or replaces.
    """

    kind: PaperKind
    content: Content
    day: date
    until: date | None = None
    advance: Advance = NOTHING
    corrects: EventPaper | None = None


def draft_quote(session: Session, event: PrivateEvent, day: date) -> Issue:
    """Return the quote as it would be issued, without its number.

    Raises:
        UserError: It has no line, or the canteen charges VAT.
    """
    _refuse_over(event)
    if event.state is EventState.INVOICED:
        raise UserError(tr("Cet événement est déjà facturé."))
    content = base_content(session, event, PaperKind.QUOTE, _lines(event))
    before = last_paper(session, event, PaperKind.QUOTE)
    content = msgspec.structs.replace(
        content,
        rate=event.deposit_rate,
        deposit=deposit_of(Money(content.total), event.deposit_rate).cents,
        mentions=tuple(quote_mentions(_terms(session, event))),
        corrects=before.number if before else "",
    )
    return Issue(PaperKind.QUOTE, content, day, day + timedelta(days=QUOTE_DAYS), corrects=before)


def draft_deposit(
    session: Session, event: PrivateEvent, day: date, amount: Money | None = None
) -> Issue:
    """Return the invoice of a deposit as it would be issued; by default the share agreed.

    Raises:
        UserError: The quote is not accepted, nothing is asked, or more than the whole.
    """
    _refuse_over(event)
    if event.state is not EventState.ACCEPTED:
        raise UserError(tr("L’acompte se facture une fois le devis accepté, avant la facture."))
    total = sum(line.amount for line in _lines(event))
    asked = advances(session, event).total
    amount = deposit_of(Money(total), event.deposit_rate) if amount is None else amount
    if amount.cents <= 0:
        raise UserError(tr("Aucun acompte n’est demandé : changez le taux, ou tapez un montant."))
    if asked.cents + amount.cents > total:
        raise UserError(
            tr("Les acomptes feraient {sum}, plus que les {total} du devis.").format(
                sum=money(asked + amount), total=money(Money(total))
            )
        )
    label = f"Acompte sur : {event.title}, le {event.day:%d/%m/%Y}"
    content = base_content(session, event, PaperKind.DEPOSIT, one_line(label, amount))
    content = msgspec.structs.replace(
        content, mentions=tuple(invoice_mentions(_terms(session, event)))
    )
    return Issue(PaperKind.DEPOSIT, content, day, day + timedelta(days=DEPOSIT_DAYS))


def draft_invoice(session: Session, event: PrivateEvent, day: date) -> Issue:
    """Return the invoice as it would be issued: its lines, less the deposits invoiced.

    Raises:
        UserError: Nobody accepted, the event is still to come, or it is invoiced already.
    """
    _refuse_over(event)
    if event.state is EventState.INVOICED:
        raise UserError(tr("Cet événement est déjà facturé."))
    if event.state is not EventState.ACCEPTED:
        raise UserError(tr("Notez d’abord que le client accepte."))
    if day < event.day:
        raise UserError(
            tr(
                "On facture ce qui a eu lieu : attendez le {day}, ou facturez un acompte d’ici là."
            ).format(day=long_day(event.day))
        )
    taken = advances(session, event)
    content = base_content(session, event, PaperKind.INVOICE, _lines(event))
    return Issue(
        PaperKind.INVOICE,
        _deducting(content, taken, invoice_mentions(_terms(session, event))),
        day,
        day + timedelta(days=DUE_DAYS),
        taken,
    )


def draft_kept_deposit(session: Session, event: PrivateEvent, day: date) -> Issue:
    """Return the invoice that keeps the deposits of an event that was called off.

    Raises:
        UserError: No deposit was invoiced.
    """
    taken = advances(session, event)
    if not taken.total:
        raise UserError(tr("Aucun acompte n’a été facturé : il n’y a rien à garder."))
    label = f"Annulation de « {event.title} » : acompte conservé"
    content = base_content(session, event, PaperKind.INVOICE, one_line(label, taken.total))
    mentions = invoice_mentions(_terms(session, event))
    return Issue(PaperKind.INVOICE, _deducting(content, taken, mentions), day, day, taken)


def draft_credit(session: Session, paper: EventPaper, day: date, reason: str) -> Issue:
    """Return the credit note that takes an invoice back, as it would be issued.

    Raises:
        UserError: No reason is given, it is no invoice, it was taken back already, or it is a
            deposit that an invoice took off.
    """
    if not reason.strip():
        raise UserError(tr("Dites en quelques mots pourquoi : l’avoir le porte."))
    if paper.kind not in {PaperKind.INVOICE, PaperKind.DEPOSIT}:
        raise UserError(tr("Seule une facture se corrige par un avoir."))
    if is_taken_back(session, paper):
        raise UserError(tr("{number} a déjà son avoir.").format(number=paper.number))
    event, old = session.get_one(PrivateEvent, paper.event_id), thawed(paper.content)
    advance = Advance(taken=Money(-sum(each.amount for each in old.deducted)))
    if paper.kind is PaperKind.DEPOSIT:
        advance = advances(session, event).of(paper.number)
        if not advance.total:
            raise UserError(
                tr(
                    "La facture déduit l’acompte {number} : faites d’abord l’avoir de la facture."
                ).format(number=paper.number)
            )
    content = msgspec.structs.replace(
        old,
        kind=PaperKind.CREDIT_NOTE.value,
        lines=negated(old.lines),
        total=-old.total,
        due=-old.due,
        deducted=tuple(Deducted(d.number, d.day, -d.amount) for d in old.deducted),
        corrects=paper.number,
        reason=reason.strip(),
        mentions=old.mentions[:1],
    )
    return Issue(PaperKind.CREDIT_NOTE, content, day, None, advance, paper)


def issue(session: Session, event: PrivateEvent, what: Issue, now: datetime) -> EventPaper:
    """Number a paper, write its entry and seal it, in one action that is not taken back.

    Args:
        session: The session of an action.
        event: What it is about; its state follows.
        what: One of the drafts of this module.
        now: Present instant, aware.

    Raises:
        UserError: It is dated of tomorrow, before the last of its series, or in a closed month.
    """
    if what.day > civil_date(now):
        raise UserError(tr("Un papier ne se date pas d’un jour à venir."))
    is_quote = what.kind is PaperKind.QUOTE
    paper = EventPaper(
        event_id=event.id,
        kind=what.kind,
        number=take_number(session, what.kind, what.day),
        day=what.day,
        total=Money(what.content.total),
        due=Money(what.content.due),
        content=frozen(what.content),
        valid_until=what.until if is_quote else None,
        due_day=None if is_quote else what.until,
        corrects_id=what.corrects.id if what.corrects else None,
    )
    session.add(paper)
    session.flush()
    if not is_quote:
        paper.entry_id = post_paper(session, event, paper, what.advance)
    _advance_state(session, event, paper)
    session.flush()
    seal(session, [paper], now)
    return paper


def last_paper(session: Session, event: PrivateEvent, kind: PaperKind) -> EventPaper | None:
    """Return the last paper of a kind issued for an event."""
    query = select(EventPaper).where(EventPaper.event_id == event.id, EventPaper.kind == kind)
    return session.scalar(query.order_by(EventPaper.id.desc()).limit(1))


def is_taken_back(session: Session, paper: EventPaper) -> bool:
    """Tell whether a credit note takes an invoice back."""
    query = select(EventPaper.id).where(
        EventPaper.corrects_id == paper.id, EventPaper.kind == PaperKind.CREDIT_NOTE
    )
    return session.scalar(query.limit(1)) is not None


def standing_papers(session: Session, event: PrivateEvent) -> list[EventPaper]:
    """Return the invoices of an event that no credit note takes back, deposits among them."""
    query = (
        select(EventPaper)
        .where(EventPaper.event_id == event.id)
        .where(EventPaper.kind.in_((PaperKind.DEPOSIT, PaperKind.INVOICE)))
        .order_by(EventPaper.id)
    )
    return [paper for paper in session.scalars(query) if not is_taken_back(session, paper)]


def deposit_of(total: Money, rate: int) -> Money:
    """Return a share of a quote, in whole euros: nobody transfers 133,37 €."""
    cents = total.cents * rate
    return Money(min((cents + 5_000) // 10_000 * 100, total.cents))


def _deducting(content: Content, taken: Advance, mentions: list[str]) -> Content:
    return msgspec.structs.replace(
        content,
        due=content.total - taken.total.cents,
        deducted=tuple(Deducted(d.number, d.day, d.amount.cents) for d in taken.deposits),
        mentions=tuple(mentions),
    )


def _lines(event: PrivateEvent) -> tuple[ContentLine, ...]:
    lines = content_lines(event)
    if not lines or sum(line.amount for line in lines) <= 0:
        raise UserError(tr("Ajoutez d’abord au devis une ligne et son prix."))
    return lines


def _terms(session: Session, event: PrivateEvent) -> Terms:
    return Terms(policy(session).vat, event.is_professional)


def _refuse_over(event: PrivateEvent) -> None:
    if event.state in OVER:
        raise UserError(tr("Cet événement est sans suite ou annulé : rouvrez-le d’abord."))


def _advance_state(session: Session, event: PrivateEvent, paper: EventPaper) -> None:
    """Bring an event where its paper leaves it."""
    if paper.kind is PaperKind.QUOTE and event.state is EventState.ENQUIRY:
        event.state = EventState.QUOTED
    elif paper.kind is PaperKind.INVOICE and event.state not in OVER:
        event.state = EventState.INVOICED
    elif paper.kind is PaperKind.CREDIT_NOTE and event.state is EventState.INVOICED:
        session.flush()
        if not any(p.kind is PaperKind.INVOICE for p in standing_papers(session, event)):
            event.state = EventState.ACCEPTED
