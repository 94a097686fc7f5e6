"""Invoices as the screen shows them: where each stands, line by line."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.i18n import mark, money, tr, trn
from cantine_desktop.supply.articles.model import PriceBasis
from cantine_desktop.supply.invoices.drafting import missing_net
from cantine_desktop.supply.invoices.following import PutRight, put_right_costs
from cantine_desktop.supply.invoices.model import Settlement, SupplierInvoice, SupplierInvoiceLine
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.money import Money

SETTLEMENTS = {
    Settlement.TO_SEE: mark("à voir"),
    Settlement.AGREED: mark("d’accord"),
    Settlement.ACCEPTED: mark("accepté"),
    Settlement.CLAIMED: mark("réclamé"),
}

RISE = Fraction(5, 100)
"""Part above what was expected from which a line tells a rise of price."""


@dataclass(frozen=True)
class LineRow:
    """A line of an invoice.

    Attributes:
        gap: What is billed above what was expected; ``None`` when nothing answers it.
        put_right: What it cost first and now, when its reception was put right; else ``None``.
        is_awaited: Whether a credit note is awaited for it.
    """

    key: int
    name: str
    quantity: Decimal | None
    price: Decimal | None
    basis: PriceBasis
    expected: Money | None
    amount: Money
    gap: Money | None
    settlement: Settlement
    claimed: Money
    reason: str
    put_right: PutRight | None
    is_awaited: bool = False

    @property
    def rise(self) -> Fraction | None:
        """How much dearer than expected it is billed, of one, when that is a rise to look at."""
        if self.gap is None or not self.expected or self.expected.cents <= 0:
            return None
        share = Fraction(self.gap.cents, self.expected.cents)
        return share if share >= RISE else None

    @property
    def put_right_words(self) -> str:
        """What its reception made of it first and makes now; empty when it was not put right."""
        if self.put_right is None:
            return ""
        first, now = ("…" if each is None else money(each) for each in self.put_right)
        if first == now:
            return tr("réception corrigée, même montant")
        return tr("réception corrigée : {first} → {now}").format(now=now, first=first)


@dataclass(frozen=True)
class InvoiceRow:
    """An invoice of a list.

    Attributes:
        missing: What its lines lack to its total without taxes; ``None`` without that total.
        to_see: How many lines somebody has to decide; ``claims``, wait for a credit note.
    """

    key: int
    number: str
    supplier_id: int
    supplier: str
    day: date
    total: Money
    net: Money | None
    missing: Money | None
    to_see: int
    claims: int
    is_posted: bool
    lines: tuple[LineRow, ...]

    @property
    def state_words(self) -> str:
        """Where it stands."""
        if self.claims:
            return tr("avoir attendu")
        if self.is_posted:
            return tr("en comptes")
        if self.to_see or not self.lines:
            return trn("{n} ligne à voir", "{n} lignes à voir", self.to_see)
        return tr("à passer en comptes")


def invoice_rows(session: Session, since: date) -> list[InvoiceRow]:
    """Return the invoices from a day on, and older ones that are not over, the newest first."""
    query = (
        select(SupplierInvoice, Supplier.name)
        .join(Supplier, SupplierInvoice.supplier_id == Supplier.id)
        .options(selectinload(SupplierInvoice.lines))
        .order_by(SupplierInvoice.day.desc(), SupplierInvoice.id.desc())
    )
    given = _credits(session)
    found = session.execute(query).all()
    right = put_right_costs(
        session, (line.delivery_line_id for invoice, _name in found for line in invoice.lines)
    )
    rows = [_row(invoice, name, given, right) for invoice, name in found]
    return [row for row in rows if row.day >= since or not row.is_posted or row.claims]


def invoice_row(session: Session, invoice_id: int) -> InvoiceRow:
    """Return an invoice as lists show it."""
    invoice = session.get_one(SupplierInvoice, invoice_id)
    name = session.get_one(Supplier, invoice.supplier_id).name
    right = put_right_costs(session, (line.delivery_line_id for line in invoice.lines))
    return _row(invoice, name, _credits(session), right)


def _credits(session: Session) -> dict[int, Money]:
    """Return what credit notes gave back, by the line that gave it."""
    answered = select(SupplierInvoiceLine.credit_line_id).where(
        SupplierInvoiceLine.credit_line_id.is_not(None)
    )
    query = select(SupplierInvoiceLine.id, SupplierInvoiceLine.amount).where(
        SupplierInvoiceLine.id.in_(answered)
    )
    return dict(session.execute(query).all())


def _row(
    invoice: SupplierInvoice,
    supplier: str,
    given: dict[int, Money],
    right: dict[int, PutRight],
) -> InvoiceRow:
    lines = tuple(
        _line(line, right.get(line.delivery_line_id or 0), given) for line in invoice.lines
    )
    return InvoiceRow(
        key=invoice.id,
        number=invoice.number,
        supplier_id=invoice.supplier_id,
        supplier=supplier,
        day=invoice.day,
        total=invoice.total,
        net=invoice.net,
        missing=missing_net(invoice),
        to_see=sum(line.settlement is Settlement.TO_SEE for line in lines),
        claims=sum(line.is_awaited for line in lines),
        is_posted=invoice.entry_id is not None,
        lines=lines,
    )


def _waits(line: SupplierInvoiceLine, given: dict[int, Money]) -> bool:
    """Tell whether a credit note is still awaited for a line."""
    back = given.get(line.credit_line_id or 0, Money(0))
    return line.settlement is Settlement.CLAIMED and (line.claimed + back).cents > 0


def _line(line: SupplierInvoiceLine, right: PutRight | None, given: dict[int, Money]) -> LineRow:
    return LineRow(
        key=line.id,
        name=line.name,
        quantity=line.quantity,
        price=line.price,
        basis=line.basis,
        expected=line.expected,
        amount=line.amount,
        gap=None if line.expected is None else line.amount - line.expected,
        settlement=line.settlement,
        claimed=line.claimed,
        reason=line.reason,
        put_right=right,
        is_awaited=_waits(line, given),
    )
