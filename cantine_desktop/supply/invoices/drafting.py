"""An invoice written beside the deliveries it bills, line by line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.model import PriceBasis
from cantine_desktop.supply.articles.packing import exact, kept_as_units
from cantine_desktop.supply.deliveries.model import Coming, Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.standing import corrected_lines, standing
from cantine_desktop.supply.deliveries.value import cost, kept_units, measured_units
from cantine_desktop.supply.invoices.judging import judge_again, open_invoice, open_line
from cantine_desktop.supply.invoices.model import Settlement, SupplierInvoice, SupplierInvoiceLine
from cantine_desktop.supply.products.model import Product
from cantine_desktop.values.money import Money

MOST = Money(10_000_000)
PRICE_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Head:
    """What stands at the head of an invoice or of a credit note.

    Attributes:
        total: Taxes included; below zero for a credit note.
        net: Taxes left out; ``None`` when the paper does not say.
        piece_id: The piece it is read from.
    """

    supplier_id: int
    number: str
    day: date
    total: Money
    net: Money | None = None
    due_day: date | None = None
    piece_id: int | None = None


@dataclass(frozen=True)
class Awaited:
    """A line that came in and that no invoice bills yet.

    Attributes:
        delivery: Number of its reception.
        units: Order units kept.
        quantity: Units of the price that were kept: kilograms when it is weighed.
        expected: What it should cost, taxes left out; ``None`` without a price.
    """

    key: int
    delivery: str
    day: date
    name: str
    units: Decimal
    quantity: Decimal | None
    price: Decimal | None
    basis: PriceBasis
    expected: Money | None
    article_id: int | None


def begin(session: Session, head: Head, now: datetime) -> SupplierInvoice:
    """Write the head of an invoice.

    Raises:
        UserError: It has no number or no amount, or is written already for this supplier.
    """
    number = " ".join(head.number.split())
    if not number:
        raise UserError(tr("Donnez le numéro de la facture, tel qu’il est écrit dessus."))
    if not head.total or abs(head.total.cents) > MOST.cents:
        raise UserError(tr("Donnez le total de la facture, toutes taxes comprises."))
    if head.net is not None and abs(head.net.cents) > abs(head.total.cents):
        raise UserError(tr("Le total hors taxes dépasse le total : vérifiez les deux montants."))
    query = select(SupplierInvoice.id).where(
        SupplierInvoice.supplier_id == head.supplier_id, SupplierInvoice.number == number
    )
    if session.scalar(query) is not None:
        raise UserError(
            tr("La facture {number} de ce fournisseur est déjà notée.").format(number=number)
        )
    invoice = SupplierInvoice(
        supplier_id=head.supplier_id,
        number=number,
        day=head.day,
        total=head.total,
        created_at=now,
        net=head.net,
        due_day=head.due_day,
        piece_id=head.piece_id,
    )
    session.add(invoice)
    session.flush()
    return invoice


def awaited(session: Session, supplier_id: int) -> list[Awaited]:
    """Return what came in from a supplier and no invoice bills yet, the oldest first."""
    query = (
        select(DeliveryLine, Delivery)
        .join(Delivery, DeliveryLine.delivery_id == Delivery.id)
        .where(
            Delivery.supplier_id == supplier_id,
            Delivery.sealed_at.is_not(None),
            Delivery.coming != Coming.DONATED,
            Delivery.corrects_id.is_(None),
            DeliveryLine.id.not_in(billed_lines()),
        )
        .order_by(Delivery.day, Delivery.id, DeliveryLine.rank)
    )
    rows = session.execute(query).all()
    products = _products(session, (line for line, _delivery in rows))
    right = corrected_lines(session)
    return [
        _awaited(line, standing(line, right), delivery, products.get(line.product_id or 0))
        for line, delivery in rows
        if kept_units(standing(line, right)) > 0
    ]


def billed_lines() -> ScalarSelect[int | None]:
    """Return the question whose answers are the lines of deliveries that are billed."""
    return (
        select(SupplierInvoiceLine.delivery_line_id)
        .where(SupplierInvoiceLine.delivery_line_id.is_not(None))
        .scalar_subquery()
    )


def bill(session: Session, invoice_id: int, delivery_lines: Iterable[int]) -> None:
    """Add lines that came in to an invoice, billed as they were expected.

    Raises:
        UserError: A line is billed already, comes from somebody else, or the invoice is in
            the accounts already.
    """
    invoice = open_invoice(session, invoice_id)
    known = {each.key: each for each in awaited(session, invoice.supplier_id)}
    for key in delivery_lines:
        if key not in known:
            raise UserError(tr("Cette ligne est déjà facturée, ou vient d’un autre fournisseur."))
        found = known[key]
        invoice.lines.append(
            SupplierInvoiceLine(
                rank=len(invoice.lines) + 1,
                name=found.name,
                amount=found.expected or Money(0),
                quantity=found.quantity,
                price=found.price,
                basis=found.basis,
                delivery_line_id=key,
                expected=found.expected,
                settlement=Settlement.TO_SEE if found.expected is None else Settlement.AGREED,
            )
        )
    session.flush()


def add_other(session: Session, invoice_id: int, name: str, amount: Money) -> SupplierInvoiceLine:
    """Add a line that no delivery answers: transport, a deposit, a credit.

    Raises:
        UserError: It has no name, or the invoice is in the accounts already.
    """
    invoice = open_invoice(session, invoice_id)
    if not name.strip():
        raise UserError(tr("Dites ce que cette ligne facture."))
    line = SupplierInvoiceLine(rank=len(invoice.lines) + 1, name=name.strip(), amount=amount)
    invoice.lines.append(line)
    session.flush()
    return line


def set_amount(session: Session, line_id: int, amount: Money) -> None:
    """Write what a line bills, taxes left out; its price follows, and it is judged again.

    Raises:
        UserError: It is out of reach, or the invoice is in the accounts already.
    """
    line = open_line(session, line_id)
    if abs(amount.cents) > MOST.cents:
        raise UserError(tr("Ce montant n’est pas plausible : vérifiez la virgule."))
    line.amount = amount
    if line.quantity:
        price = Fraction(amount.cents, 100) / exact(line.quantity)
        line.price = (Decimal(price.numerator) / price.denominator).quantize(PRICE_PLACES)
    judge_again(line)
    session.flush()


def remove_line(session: Session, line_id: int) -> None:
    """Take a line out of an invoice.

    Raises:
        UserError: The invoice is in the accounts already, or a credit note answers the line.
    """
    line = open_line(session, line_id)
    invoice = session.get_one(SupplierInvoice, line.invoice_id)
    _let_go(session, [line])
    invoice.lines.remove(line)
    session.flush()


def discard(session: Session, invoice_id: int) -> None:
    """Throw away an invoice that is not in the accounts yet.

    Raises:
        UserError: It is there already, or a credit note answers a line of it.
    """
    invoice = open_invoice(session, invoice_id)
    _let_go(session, invoice.lines)
    session.delete(invoice)
    session.flush()


def _let_go(session: Session, lines: Iterable[SupplierInvoiceLine]) -> None:
    """Have claims wait again for the credit that goes; keep what a credit answers.

    Raises:
        UserError: A credit note answers one of the lines.
    """
    going = list(lines)
    if any(line.credit_line_id is not None for line in going):
        raise UserError(tr("Un avoir répond à cette ligne : retirez d’abord l’avoir."))
    answered = SupplierInvoiceLine.credit_line_id.in_([line.id for line in going])
    for claimed in session.scalars(select(SupplierInvoiceLine).where(answered)):
        claimed.credit_line_id = None
    session.flush()


def missing_net(invoice: SupplierInvoice) -> Money | None:
    """Return what its lines lack to its total, taxes left out; ``None`` without that total."""
    if invoice.net is None:
        return None
    return invoice.net - Money(sum(line.amount.cents for line in invoice.lines))


def _products(session: Session, lines: Iterable[DeliveryLine]) -> dict[int, Product]:
    keys = {line.product_id for line in lines if line.product_id is not None}
    query = select(Product).where(Product.id.in_(keys))
    return {product.id: product for product in session.scalars(query)}


def _awaited(
    first: DeliveryLine, line: DeliveryLine, delivery: Delivery, product: Product | None
) -> Awaited:
    """Return a line as it stands, by the key of the one that was written first."""
    return Awaited(
        key=first.id,
        delivery=delivery.number,
        day=delivery.day,
        name=line.name,
        units=kept_units(line),
        quantity=_billed_quantity(line, product),
        price=line.price,
        basis=line.basis,
        expected=cost(line, product),
        article_id=line.article_id,
    )


def _billed_quantity(line: DeliveryLine, product: Product | None) -> Decimal | None:
    """Return what was kept in units of its price: the scale wins over the label."""
    measured = measured_units(line, product)
    if measured is not None:
        return kept_as_units(measured)
    if line.basis is PriceBasis.ORDER_UNIT:
        return kept_units(line)
    return kept_as_units(exact(kept_units(line)) * Fraction(line.per_unit))
