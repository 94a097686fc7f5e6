"""An order leaves, comes back to be changed, is confirmed or cancelled: each time is kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.storage.numbering import next_number, number_to_come
from cantine_desktop.storage.seal import seal
from cantine_desktop.supply.orders.model import OrderSending, OrderState, PurchaseOrder
from cantine_desktop.supply.orders.queries import totals
from cantine_desktop.supply.suppliers.model import OrderWay

SERIES = "purchase-order"


@dataclass(frozen=True)
class Sent:
    """How an order left.

    Attributes:
        to: Address or number it went to.
        by: Initials of who sent it.
        words: The text that was sent.
        attachment_id: The paper that was sent, if one was.
    """

    way: OrderWay
    to: str = ""
    by: str = ""
    words: str = ""
    attachment_id: int | None = None


def coming_number(session: Session, order_id: int, now: datetime) -> str:
    """Return the number of an order, or the one it takes if it leaves next: none is taken."""
    order = session.get_one(PurchaseOrder, order_id)
    year = civil_date(now).year
    return order.number or _number(year, number_to_come(session, SERIES, year))


def number_for(session: Session, order_id: int, now: datetime) -> str:
    """Return the number of an order, taken once: when a text or a paper of it goes out."""
    order = session.get_one(PurchaseOrder, order_id)
    if not order.number:
        year = civil_date(now).year
        order.number = _number(year, next_number(session, SERIES, year))
        session.flush()
    return order.number


def mark_sent(
    session: Session, order_id: int, sent: Sent, now: datetime, *, below_minimum: bool = False
) -> OrderSending:
    """Say that an order left: it gets its number, its next revision, and the proof is sealed.

    Args:
        session: The session of an action.
        order_id: The order.
        sent: How it left.
        now: Present instant, aware.
        below_minimum: Sent all the same though its supplier asks for more.

    Raises:
        UserError: It left already, it asks for nothing, or its supplier asks for more.
    """
    order = session.get_one(PurchaseOrder, order_id)
    if order.state is not OrderState.DRAFT:
        raise UserError(tr("Cette commande est déjà partie."))
    if not any(line.units for line in order.lines):
        raise UserError(tr("Cette commande est vide : ajoutez un article avant de l’envoyer."))
    lacks = totals(session, order_id).lacks
    if lacks and not below_minimum:
        raise UserError(" ".join(lacks))
    number_for(session, order_id, now)
    order.revision += 1
    order.state = OrderState.SENT
    return _keep(session, order, sent, now)


def reopen(session: Session, order_id: int) -> None:
    """Take an order that left back to the desk: what leaves next replaces it.

    Raises:
        UserError: It is received or cancelled.
    """
    order = session.get_one(PurchaseOrder, order_id)
    if order.state not in {OrderState.SENT, OrderState.CONFIRMED}:
        raise UserError(tr("Seule une commande partie et non reçue se rouvre."))
    order.state = OrderState.DRAFT
    session.flush()


def confirm(session: Session, order_id: int) -> None:
    """Say that the supplier has confirmed an order.

    Raises:
        UserError: It has not left.
    """
    order = session.get_one(PurchaseOrder, order_id)
    if order.state is not OrderState.SENT:
        raise UserError(tr("Seule une commande partie se confirme."))
    order.state = OrderState.CONFIRMED
    session.flush()


def cancel(session: Session, order_id: int, sent: Sent, now: datetime) -> OrderSending:
    """Cancel an order that left; ``sent.words`` say why and are what the supplier was told.

    Raises:
        UserError: It never left, it is received or cancelled, or nobody says why.
    """
    order = session.get_one(PurchaseOrder, order_id)
    if not order.revision or order.state in {OrderState.RECEIVED, OrderState.CANCELLED}:
        raise UserError(tr("Seule une commande partie et non reçue s’annule."))
    if not sent.words.strip():
        raise UserError(tr("Dites pourquoi cette commande est annulée."))
    order.state = OrderState.CANCELLED
    return _keep(session, order, sent, now, is_cancelling=True)


def sendings_of(session: Session, order_id: int) -> list[OrderSending]:
    """Return each time an order left or was cancelled, the first one first."""
    query = select(OrderSending).where(OrderSending.order_id == order_id)
    return list(session.scalars(query.order_by(OrderSending.id)))


def _number(year: int, rank: int) -> str:
    return f"CO-{year}-{rank:04}"


def _keep(
    session: Session,
    order: PurchaseOrder,
    sent: Sent,
    now: datetime,
    *,
    is_cancelling: bool = False,
) -> OrderSending:
    kept = OrderSending(
        revision=order.revision,
        sent_at=now,
        way=sent.way,
        to=sent.to.strip(),
        words=sent.words,
        by=sent.by.strip(),
        is_cancelling=is_cancelling,
        attachment_id=sent.attachment_id,
    )
    order.sendings.append(kept)
    session.flush()
    seal(session, [kept], now)
    return kept
