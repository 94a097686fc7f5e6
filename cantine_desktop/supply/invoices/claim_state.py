"""Where the claim of a reception stands: to send, sent, a credit note awaited or come, closed."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.i18n import money, short_day, tr
from cantine_desktop.supply.deliveries.claims import claimed, sent_on, to_claim
from cantine_desktop.supply.deliveries.model import Coming, Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.standing import standing_lines
from cantine_desktop.supply.deliveries.value import kept_units
from cantine_desktop.supply.invoices.credits import open_claims
from cantine_desktop.supply.invoices.model import Settlement, SupplierInvoice, SupplierInvoiceLine
from cantine_desktop.values.money import Money

_Bills = list[tuple[SupplierInvoiceLine, SupplierInvoice]]


class Stage(StrEnum):
    """How far a claim is."""

    TO_SEND = "to-send"
    SENT = "sent"
    AWAITED = "awaited"
    CREDITED = "credited"
    CLOSED = "closed"
    GIVEN_UP = "given-up"


@dataclass(frozen=True)
class ClaimState:
    """Where the claim of a reception stands.

    Attributes:
        amount: What is claimed, or still awaited, taxes left out; ``None`` without a price.
        sent: Day the letter left; ``None`` while nobody said.
        invoice_id: The invoice or credit note it is settled with; ``None`` while none came.
        number: Its number.
        has_letter: Something lacked or went back: there is a letter to print.
    """

    stage: Stage
    amount: Money | None
    sent: date | None
    invoice_id: int | None
    number: str
    has_letter: bool = True

    @property
    def words(self) -> str:
        """A sentence that says where it stands."""
        texts = {
            Stage.TO_SEND: tr("Réclamation à envoyer{amount}."),
            Stage.SENT: tr("Réclamation envoyée le {day}{amount}."),
            Stage.AWAITED: tr("Avoir attendu sur la facture {number}{amount}."),
            Stage.CREDITED: tr("Avoir reçu : {number}."),
            Stage.CLOSED: tr("Réclamation close : {number} ne facture que ce qui a été gardé."),
            Stage.GIVEN_UP: tr("Réclamation close : {number} est acceptée comme facturée."),
        }
        told = texts[self.stage].format(
            day="" if self.sent is None else short_day(self.sent),
            number=self.number,
            amount=""
            if self.amount is None
            else tr(", {amount} HT").format(amount=money(self.amount)),
        )
        if self.sent is not None and self.stage is Stage.AWAITED:
            told += " " + tr("Lettre envoyée le {day}.").format(day=short_day(self.sent))
        return told


def claim_state(session: Session, delivery_id: int) -> ClaimState | None:
    """Return where the claim of a closed reception stands; ``None`` when there is none."""
    delivery = session.get_one(Delivery, delivery_id)
    if not delivery.is_sealed or delivery.coming is Coming.DONATED:
        return None
    lines = standing_lines(session, delivery)
    asked, bills = to_claim(lines), _bills(session, delivery)
    sent = sent_on(session, delivery_id)
    settled = _settled(session, delivery, bills, sent)
    if settled is not None:
        return replace(settled, has_letter=bool(asked))
    if not asked:
        return None
    if _bills_all(delivery, lines, bills):
        invoice = bills[-1][1]
        is_taken = any(line.settlement is Settlement.ACCEPTED for line, _invoice in bills)
        stage = Stage.GIVEN_UP if is_taken else Stage.CLOSED
        return ClaimState(stage, None, sent, invoice.id, invoice.number)
    amounts = [amount for line in asked if (amount := claimed(line)) is not None]
    amount = Money(sum(each.cents for each in amounts)) if amounts else None
    stage = Stage.TO_SEND if sent is None else Stage.SENT
    key, number = (bills[-1][1].id, bills[-1][1].number) if bills else (None, "")
    return ClaimState(stage, amount, sent, key, number)


def _bills(session: Session, delivery: Delivery) -> _Bills:
    query = (
        select(SupplierInvoiceLine, SupplierInvoice)
        .join(SupplierInvoice, SupplierInvoiceLine.invoice_id == SupplierInvoice.id)
        .where(SupplierInvoiceLine.delivery_line_id.in_([line.id for line in delivery.lines]))
        .order_by(SupplierInvoice.day, SupplierInvoice.id, SupplierInvoiceLine.rank)
    )
    return [(line, invoice) for line, invoice in session.execute(query)]


def _settled(
    session: Session, delivery: Delivery, bills: _Bills, sent: date | None
) -> ClaimState | None:
    """Return where it stands once an invoice is claimed; ``None`` while nothing of one is."""
    wanted = {line.id: line for line, _invoice in bills if line.settlement is Settlement.CLAIMED}
    if not wanted:
        return None
    waiting = [each for each in open_claims(session, delivery.supplier_id) if each.key in wanted]
    if waiting:
        left = Money(sum(each.left.cents for each in waiting))
        first = waiting[0]
        return ClaimState(Stage.AWAITED, left, sent, first.invoice_id, first.invoice)
    given = [line.credit_line_id for line in wanted.values()]
    query = (
        select(SupplierInvoice)
        .join(SupplierInvoiceLine, SupplierInvoiceLine.invoice_id == SupplierInvoice.id)
        .where(SupplierInvoiceLine.id.in_(given))
        .order_by(SupplierInvoice.day.desc(), SupplierInvoice.id.desc())
    )
    note = session.scalars(query).first()
    if note is None:
        return None
    return ClaimState(Stage.CREDITED, None, sent, note.id, note.number)


def _bills_all(delivery: Delivery, lines: list[DeliveryLine], bills: _Bills) -> bool:
    """Tell whether all that was kept is billed, and nobody has to look at it any more."""
    seen = {line.delivery_line_id for line, _invoice in bills}
    kept = {first.id for first, line in zip(delivery.lines, lines, strict=True) if kept_units(line)}
    is_open = any(line.settlement is Settlement.TO_SEE for line, _invoice in bills)
    return bool(bills) and kept <= seen and not is_open
