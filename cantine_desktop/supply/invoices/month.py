"""What supply hands to the accounts at the end of a month: goods without invoice, stock, gifts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import PARIS, civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.postings.adjustments import post_stock
from cantine_desktop.finance.postings.facts import DeliveryFacts, InKindFacts, Share, StockFacts
from cantine_desktop.finance.postings.payroll import post_in_kind
from cantine_desktop.finance.postings.purchases import post_delivery
from cantine_desktop.i18n import month as month_words
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.packing import rounded
from cantine_desktop.supply.deliveries.model import Coming, Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.queries import lines_of
from cantine_desktop.supply.deliveries.standing import corrected_lines, standing
from cantine_desktop.supply.deliveries.value import cost
from cantine_desktop.supply.invoices.model import SupplierInvoice, SupplierInvoiceLine
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.stock.valuing import value_at
from cantine_desktop.supply.stock.vat import recovers_vat, taxed
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period

ACTIVITY = "REPAS"

YEAR = 366
"""Days back that goods without invoice are looked for: older ones are a quarrel, not a delay."""


@dataclass(frozen=True)
class NotInvoiced:
    """What came from a supplier in a month and before, whose invoice has not come.

    Attributes:
        amount: Taxes included: most canteens recover none.
        deliveries: Numbers of the receptions.
    """

    supplier_id: int
    supplier: str
    amount: Money
    deliveries: tuple[str, ...]


@dataclass(frozen=True)
class SupplyMonth:
    """What a month hands over.

    Attributes:
        stock: Worth of what is followed on the shelves at its end; ``None`` when nothing is.
        gifts: Worth of food given in the month.
    """

    month: Period
    not_invoiced: tuple[NotInvoiced, ...]
    stock: Money | None
    gifts: Money


def supply_month(session: Session, month: Period) -> SupplyMonth:
    """Return what supply hands to the accounts for a month.

    Args:
        session: Where to read.
        month: A calendar month.
    """
    end = datetime.combine(month.end, time(), PARIS)
    held = value_at(session, end)
    stock = Money(sum(value.cents for _quantity, value in held.values()))
    return SupplyMonth(
        month, tuple(not_invoiced(session, month)), stock if held else None, _gifts(session, month)
    )


def not_invoiced(session: Session, month: Period) -> list[NotInvoiced]:
    """Return what came until the end of a month and was invoiced later, or not yet, by supplier."""
    rows = _came_before(session, month)
    keys = {line.product_id for line, _delivery, _name in rows if line.product_id is not None}
    products = {
        each.id: each for each in session.scalars(select(Product).where(Product.id.in_(keys)))
    }
    cents: dict[tuple[int, str], Fraction] = defaultdict(Fraction)
    numbers: dict[tuple[int, str], dict[str, None]] = defaultdict(dict)
    right, is_recovered = corrected_lines(session), recovers_vat(session)
    for first, delivery, name in rows:
        line = standing(first, right)
        amount = cost(line, products.get(line.product_id or 0))
        if amount:
            place = delivery.supplier_id, name
            net = Fraction(amount.cents)
            cents[place] += net if is_recovered else taxed(net, line.vat)
            numbers[place][delivery.number] = None
    return [
        NotInvoiced(key, name, rounded(amount), tuple(numbers[key, name]))
        for (key, name), amount in cents.items()
    ]


def _came_before(session: Session, month: Period) -> list[tuple[DeliveryLine, Delivery, str]]:
    """Return the lines that came until the end of a month and were not invoiced by then."""
    late = (
        select(SupplierInvoiceLine.delivery_line_id, SupplierInvoice.day)
        .join(SupplierInvoice, SupplierInvoiceLine.invoice_id == SupplierInvoice.id)
        .where(
            SupplierInvoiceLine.delivery_line_id.is_not(None), SupplierInvoice.entry_id.is_not(None)
        )
        .subquery()
    )
    query = (
        select(DeliveryLine, Delivery, Supplier.name)
        .join(Delivery, DeliveryLine.delivery_id == Delivery.id)
        .join(Supplier, Delivery.supplier_id == Supplier.id)
        .outerjoin(late, late.c.delivery_line_id == DeliveryLine.id)
        .where(
            Delivery.sealed_at.is_not(None),
            Delivery.coming == Coming.DELIVERED,
            Delivery.corrects_id.is_(None),
            Delivery.day < month.end,
            Delivery.day >= month.first - YEAR * DAY,
            or_(late.c.day.is_(None), late.c.day >= month.end),
        )
        .order_by(Supplier.name, Delivery.day, Delivery.id)
    )
    return [(line, delivery, name) for line, delivery, name in session.execute(query)]


def post_month(session: Session, month: Period, now: datetime) -> list[Entry]:
    """Write the entries of a month's end, once; those that are there already are left.

    Goods without invoice are taken back on the first day of the month after; the stock is
    brought to its worth; food given is written in class 8.

    Args:
        session: The session of an action.
        month: A calendar month that is over.
        now: Present instant, aware.

    Raises:
        UserError: The month is not over, or its accounts are locked.
    """
    if civil_date(now) < month.end:
        raise UserError(tr("Ce mois n’est pas fini : attendez son dernier jour."))
    found, last = supply_month(session, month), month.end - DAY
    stamp, words = f"{last:%Y%m}", month_words(month.first)
    made: list[Entry] = []
    for each in found.not_invoiced:
        reference = f"FNP-{stamp}-{each.supplier_id}"
        if not _is_there(session, reference):
            label = tr("Facture à recevoir, {supplier}").format(supplier=each.supplier)
            share = Share(Role.FOOD, each.amount, activity=ACTIVITY)
            facts = DeliveryFacts(last, reference, label, (share,))
            made += post_delivery(session, facts, month.end)
    if found.stock is not None and not _is_there(session, f"STK-{stamp}"):
        entry = post_stock(session, StockFacts(last, f"STK-{stamp}", found.stock))
        made += [] if entry is None else [entry]
    if found.gifts and not _is_there(session, f"NAT-{stamp}"):
        label = tr("Denrées données, {month}").format(month=words)
        made.append(post_in_kind(session, InKindFacts(last, f"NAT-{stamp}", label, found.gifts)))
    return made


def _gifts(session: Session, month: Period) -> Money:
    lines = (
        line for delivery, line in lines_of(session, month) if delivery.coming is Coming.DONATED
    )
    return Money(sum(line.value.cents for line in lines if line.value is not None))


def _is_there(session: Session, reference: str) -> bool:
    """Tell whether an entry of that reference stands: one that was taken back does not."""
    back = select(Entry.reverses_id).where(Entry.reverses_id.is_not(None))
    query = select(Entry.id).where(
        Entry.piece_ref == reference, Entry.reverses_id.is_(None), Entry.id.not_in(back)
    )
    return session.scalar(query.limit(1)) is not None
