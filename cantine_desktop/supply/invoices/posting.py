"""An invoice that agrees goes to the accounts; what it says of prices goes to lots and articles."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.accounts import find_or_add_party
from cantine_desktop.finance.ledger.model import Entry, Party, PartyKind
from cantine_desktop.finance.pieces.linking import link
from cantine_desktop.finance.pieces.model import PieceLink
from cantine_desktop.finance.postings.facts import PurchaseFacts, Share
from cantine_desktop.finance.postings.purchases import post_purchase
from cantine_desktop.finance.postings.references import same_invoice
from cantine_desktop.i18n import money, short_day, tr
from cantine_desktop.supply.articles.keeping import set_price
from cantine_desktop.supply.articles.model import Article, ArticlePrice, PriceBasis
from cantine_desktop.supply.deliveries.model import DeliveryLine
from cantine_desktop.supply.invoices.drafting import missing_net
from cantine_desktop.supply.invoices.judging import open_invoice
from cantine_desktop.supply.invoices.model import Settlement, SupplierInvoice, SupplierInvoiceLine
from cantine_desktop.supply.stock.model import Lot
from cantine_desktop.supply.stock.revaluing import revalue_lot
from cantine_desktop.supply.stock.vat import recovers_vat, with_vat
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.money import Money

ACTIVITY = "REPAS"
ROUNDING = 5
"""Cents by which the lines of an invoice may differ from its total: it is rounded by rate."""


DEAREST_VAT = Fraction(20, 100)
"""Part of an amount that VAT adds at most, in France: its usual rate."""


@dataclass(frozen=True)
class PriceChange:
    """A price that an invoice says, and that the article does not have.

    Attributes:
        line_id: The line that says it.
        old: The last known price; ``None`` when there was none.
    """

    line_id: int
    article_id: int
    name: str
    old: Decimal | None
    new: Decimal
    basis: PriceBasis

    @property
    def rise(self) -> Decimal | None:
        """How much more it is, of one; ``None`` without a price before."""
        return self.new / self.old - 1 if self.old else None


def post_invoice(
    session: Session, invoice_id: int, now: datetime, account: str = Role.FOOD
) -> Entry:
    """Write the entry of an invoice, and put right what its lots cost.

    What is claimed is owed all the same until the credit note comes, as the law of accounts
    wants it; the lots of a claimed line keep what they should have cost.

    Args:
        session: The session of an action.
        invoice_id: The invoice or credit note.
        now: Present instant, aware.
        account: Where it goes.

    Raises:
        UserError: A line is still to be seen, the lines do not make the total, the invoice is
            in the accounts already, or its month is locked.
    """
    invoice = open_invoice(session, invoice_id)
    _refuse(invoice)
    _refuse_tax(invoice)
    supplier = session.get_one(Supplier, invoice.supplier_id)
    party = _party(session, supplier)
    entry = _linked(session, invoice) or same_invoice(session, party.id, invoice.number)
    if entry is None:
        entry = _post(session, invoice, supplier, party, account)
    else:
        _refuse_other(entry, party, invoice)
    invoice.entry_id = entry.id
    for line in invoice.lines:
        _revalue(session, invoice, line, now)
    session.flush()
    return entry


def price_changes(session: Session, invoice_id: int) -> list[PriceChange]:
    """Return the prices an invoice says that articles do not have, for lines that are taken."""
    invoice = session.get_one(SupplierInvoice, invoice_id)
    found: list[PriceChange] = []
    for line in invoice.lines:
        taken = line.settlement in {Settlement.AGREED, Settlement.ACCEPTED}
        if line.delivery_line_id is None or line.price is None or not taken:
            continue
        article_id = session.get_one(DeliveryLine, line.delivery_line_id).article_id
        if article_id is None:
            continue
        article = session.get_one(Article, article_id)
        last = _last_price(article)
        old = last.price if last is not None and last.basis is line.basis else None
        if old is None or abs(old - line.price) * (line.quantity or 1) >= Decimal("0.01"):
            found.append(
                PriceChange(line.id, article_id, article.name, old, line.price, line.basis)
            )
    return found


def apply_prices(session: Session, invoice_id: int, lines: set[int], now: datetime) -> int:
    """Give articles the prices of an invoice from its day on; return how many.

    Args:
        session: The session of an action.
        invoice_id: The invoice.
        lines: Keys of the lines whose price is taken.
        now: Present instant, aware.
    """
    invoice = session.get_one(SupplierInvoice, invoice_id)
    source = tr("Facture {number}").format(number=invoice.number)
    wanted = [each for each in price_changes(session, invoice_id) if each.line_id in lines]
    for each in wanted:
        set_price(session, each.article_id, each.new, each.basis, invoice.day, now, source)
    return len(wanted)


def _refuse(invoice: SupplierInvoice) -> None:
    if not invoice.lines:
        raise UserError(tr("Cette facture n’a pas de ligne : ajoutez ce qu’elle facture."))
    unseen = [line.name for line in invoice.lines if line.settlement is Settlement.TO_SEE]
    if unseen:
        raise UserError(
            tr("À voir d’abord : {names}. Acceptez ou réclamez l’écart.").format(
                names=", ".join(unseen)
            )
        )
    lack = missing_net(invoice)
    if lack is not None and abs(lack.cents) > ROUNDING:
        raise UserError(
            tr("Les lignes ne font pas le total hors taxes : il manque {lack}.").format(
                lack=money(lack)
            )
        )


def _net(invoice: SupplierInvoice) -> Money:
    lines = Money(sum(line.amount.cents for line in invoice.lines))
    return lines if invoice.net is None else invoice.net


def _refuse_tax(invoice: SupplierInvoice) -> None:
    net, total = _net(invoice), invoice.total
    most = abs(net.cents) * (1 + DEAREST_VAT) + ROUNDING
    if not abs(net.cents) - ROUNDING <= abs(total.cents) <= most or net.cents * total.cents < 0:
        raise UserError(
            tr(
                "{total} TTC ne vont pas avec {net} HT : la TVA serait de {vat}. Vérifiez le total "
                "et les lignes."
            ).format(total=money(total), net=money(net), vat=money(total - net))
        )


def _refuse_other(entry: Entry, party: Party, invoice: SupplierInvoice) -> None:
    """Let an entry that is there already pass when it owes what the invoice says.

    Raises:
        UserError: It owes another amount.
    """
    own = [line for line in entry.lines if line.party_id == party.id]
    owed = Money(sum(line.credit.cents - line.debit.cents for line in own))
    if own and owed != invoice.total:
        raise UserError(
            tr(
                "La facture {number} est déjà dans les comptes pour {there}, et non {here} : "
                "corrigez l’une ou l’autre."
            ).format(number=invoice.number, there=money(owed), here=money(invoice.total))
        )


def _party(session: Session, supplier: Supplier) -> Party:
    """Return the supplier among the parties of the accounts, and remember it."""
    if supplier.party_id is not None:
        return session.get_one(Party, supplier.party_id)
    party = find_or_add_party(session, supplier.name, PartyKind.SUPPLIER)
    supplier.party_id = party.id
    return party


def _linked(session: Session, invoice: SupplierInvoice) -> Entry | None:
    """Return the entry its piece proves already: it was posted from the pieces."""
    if invoice.piece_id is None:
        return None
    query = select(PieceLink.entry_id).where(
        PieceLink.piece_id == invoice.piece_id, PieceLink.entry_id.is_not(None)
    )
    key = session.scalar(query.limit(1))
    return None if key is None else session.get_one(Entry, key)


def _post(
    session: Session, invoice: SupplierInvoice, supplier: Supplier, party: Party, account: str
) -> Entry:
    label = tr("{supplier}, {number}").format(supplier=supplier.name, number=invoice.number)
    vat = invoice.total - _net(invoice) if recovers_vat(session) else Money(0)
    entry = post_purchase(
        session,
        PurchaseFacts(
            party=party.id,
            day=invoice.day,
            number=invoice.number,
            label=label,
            shares=(Share(account, invoice.total - vat, activity=ACTIVITY),),
            vat=vat,
            due_day=invoice.due_day,
            origin=(SupplierInvoice.__tablename__, invoice.id),
        ),
    )
    if invoice.piece_id is not None:
        link(session, invoice.piece_id, entry_id=entry.id)
    return entry


def _revalue(
    session: Session, invoice: SupplierInvoice, line: SupplierInvoiceLine, now: datetime
) -> None:
    """Add to what its lots cost what is billed more, or take off what is billed less."""
    if line.delivery_line_id is None or line.settlement is Settlement.CLAIMED:
        return
    gap = line.amount - (line.expected or Money(0))
    query = select(Lot.id).where(Lot.delivery_line_id == line.delivery_line_id).order_by(Lot.id)
    lot = session.scalar(query.limit(1))
    if not gap or lot is None:
        return
    reason = tr("Facture {number} du {day}").format(
        number=invoice.number, day=short_day(invoice.day)
    )
    origin = (SupplierInvoiceLine.__tablename__, line.id)
    rate = session.get_one(DeliveryLine, line.delivery_line_id).vat
    gap = with_vat(session, gap, rate)
    revalue_lot(session, lot, gap, now, reason=reason, origin=origin)


def _last_price(article: Article) -> ArticlePrice | None:
    return article.prices[-1] if article.prices else None
