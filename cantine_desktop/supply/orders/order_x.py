"""An order as Order-X 1.0 (BASIC): what a supplier's program reads instead of retyping it.

The quantity asked for is in order units, and so is the price: the quoted price times what
an order unit holds of its basis, exact. Taxes are left out, as on the paper.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring  # noqa: S405

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.clock import PARIS
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.wording import price_words
from cantine_desktop.supply.orders.model import PurchaseOrder, PurchaseOrderLine
from cantine_desktop.supply.orders.order_text import revision_to_print
from cantine_desktop.supply.orders.queries import totals
from cantine_desktop.supply.orders.totals import Totals, line_amount
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.money import Money

GUIDELINE: Final = "urn:order-x.eu:1p0:basic"
_UN = "urn:un:unece:uncefact:data"
RSM = f"{_UN}:SCRDMCCBDACIOMessageStructure:100"
RAM = f"{_UN}:standard:ReusableAggregateBusinessInformationEntity:128"
UDT = f"{_UN}:standard:UnqualifiedDataType:128"
NEW, CHANGED = "220", "230"
"""Type of the document: an order, or a change of one (UNTDID 1001)."""
ORIGINAL, REPLACES = "9", "5"
"""What the message does (UNTDID 1225)."""
EACH = "C62"
"""One order unit, whatever it holds (UN/ECE recommendation 20)."""

_TOWN = re.compile(r"^(.*?)[\s,]*\b(\d{5})\s+([^,]+)$", re.DOTALL)


def order_x(session: Session, order_id: int, now: datetime) -> bytes:
    """Return an order as the XML of Order-X, the revision that leaves next while it is written.

    Args:
        session: Where to read.
        order_id: The order; it has its number.
        now: Present instant, aware: the date of the document.

    Raises:
        UserError: It has no number, asks for nothing, or a line has no price: the standard
            does not know of orders without prices.
    """
    order = session.get_one(PurchaseOrder, order_id)
    lines = [line for line in order.lines if line.units]
    _judge(order, lines)
    for prefix, space in (("rsm", RSM), ("ram", RAM), ("udt", UDT)):
        register_namespace(prefix, space)
    root = Element(f"{{{RSM}}}SCRDMCCBDACIOMessageStructure")
    context = SubElement(root, f"{{{RSM}}}ExchangedDocumentContext")
    _leaf(_ram(context, "BusinessProcessSpecifiedDocumentContextParameter"), "ID", "A1")
    _leaf(_ram(context, "GuidelineSpecifiedDocumentContextParameter"), "ID", GUIDELINE)
    _write_document(root, order, now)
    trade = SubElement(root, f"{{{RSM}}}SupplyChainTradeTransaction")
    for rank, line in enumerate(lines, 1):
        _write_line(trade, rank, line)
    _write_agreement(trade, session, order)
    _write_delivery(trade, session, order)
    _write_settlement(trade, totals(session, order_id))
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _judge(order: PurchaseOrder, lines: list[PurchaseOrderLine]) -> None:
    if not order.number:
        raise UserError(tr("Cette commande n’a pas encore de numéro."))
    if not lines:
        raise UserError(tr("Cette commande est vide : ajoutez un article avant de l’envoyer."))
    unpriced = [line.name for line in lines if line.price is None]
    if unpriced:
        raise UserError(
            tr(
                "Le format Order-X demande un prix à chaque ligne, et {names} n’en a pas. "
                "Donnez-le dans la fiche de l’article, ou récrivez la ligne avec son prix ; "
                "sinon, imprimez le bon."
            ).format(names=", ".join(unpriced))
        )


def _write_document(root: Element, order: PurchaseOrder, now: datetime) -> None:
    is_change = revision_to_print(order) > 1
    document = SubElement(root, f"{{{RSM}}}ExchangedDocument")
    revision = revision_to_print(order)
    number = f"{order.number}-R{revision}" if is_change else order.number
    _leaf(document, "ID", number)
    _leaf(document, "TypeCode", CHANGED if is_change else NEW)
    issued = SubElement(_ram(document, "IssueDateTime"), f"{{{UDT}}}DateTimeString", format="203")
    issued.text = f"{now.astimezone(PARIS):%Y%m%d%H%M}"
    _leaf(document, "PurposeCode", REPLACES if is_change else ORIGINAL)
    _leaf(document, "RequestedResponseTypeCode", "AC")
    if order.remarks.strip():
        _leaf(_ram(document, "IncludedNote"), "Content", order.remarks.strip())


def _write_line(trade: Element, rank: int, line: PurchaseOrderLine) -> None:
    item = _ram(trade, "IncludedSupplyChainTradeLineItem")
    document = _ram(item, "AssociatedDocumentLineDocument")
    _leaf(document, "LineID", str(rank))
    price = line.price or Decimal(0)
    said = filter(None, (line.unit_name, price_words(price, line.basis)))
    _leaf(_ram(document, "IncludedNote"), "Content", ", ".join(said))
    product = _ram(item, "SpecifiedTradeProduct")
    if line.code.strip():
        _leaf(product, "SellerAssignedID", line.code.strip())
    _leaf(product, "Name", line.name)
    agreed = _ram(_ram(item, "SpecifiedLineTradeAgreement"), "NetPriceProductTradePrice")
    _leaf(agreed, "ChargeAmount", _decimal(price * line.per_unit))
    _leaf(agreed, "BasisQuantity", "1", unitCode=EACH)
    asked = _ram(item, "SpecifiedLineTradeDelivery")
    _leaf(asked, "RequestedQuantity", _decimal(line.units), unitCode=EACH)
    settled = _ram(item, "SpecifiedLineTradeSettlement")
    summed = _ram(settled, "SpecifiedTradeSettlementLineMonetarySummation")
    _leaf(summed, "LineTotalAmount", _amount(line_amount(line) or Money(0)))


def _write_agreement(trade: Element, session: Session, order: PurchaseOrder) -> None:
    supplier = session.get_one(Supplier, order.supplier_id)
    number, address = _here(session)
    agreement = _ram(trade, "ApplicableHeaderTradeAgreement")
    seller = _ram(agreement, "SellerTradeParty")
    _leaf(seller, "Name", supplier.name)
    _write_place(seller, supplier.siret, supplier.address)
    if supplier.email.strip():
        mail = _ram(seller, "URIUniversalCommunication")
        _leaf(mail, "URIID", supplier.email.strip(), schemeID="EM")
    buyer = _ram(agreement, "BuyerTradeParty")
    if supplier.account.strip():
        _leaf(buyer, "ID", supplier.account.strip())
    _leaf(buyer, "Name", canteen_name(session))
    _write_place(buyer, number, address)
    if revision_to_print(order) > 1:
        previous = _ram(agreement, "BuyerOrderReferencedDocument")
        _leaf(previous, "IssuerAssignedID", order.number)


def _here(session: Session) -> tuple[str, str]:
    """Return the legal number of the canteen and its address, empty when nobody said them."""
    canteen = session.scalar(select(Canteen).limit(1))
    return ("", "") if canteen is None else (canteen.siret or canteen.siren, canteen.address)


def _write_place(party: Element, number: str, address: str) -> None:
    """Write the legal number of a party, and its address: a country at the least."""
    digits = "".join(number.split())
    scheme = {9: "0002", 14: "0009"}.get(len(digits))
    if scheme and digits.isdigit():
        _leaf(_ram(party, "SpecifiedLegalOrganization"), "ID", digits, schemeID=scheme)
    place = _ram(party, "PostalTradeAddress")
    found = _TOWN.match(" ".join(address.split()))
    street, code, town = found.groups() if found else (" ".join(address.split()), "", "")
    for name, words in (("PostcodeCode", code), ("LineOne", street), ("CityName", town)):
        if words:
            _leaf(place, name, words)
    _leaf(place, "CountryID", "FR")


def _write_delivery(trade: Element, session: Session, order: PurchaseOrder) -> None:
    _, address = _here(session)
    delivery = _ram(trade, "ApplicableHeaderTradeDelivery")
    place = _ram(delivery, "ShipToTradeParty")
    _leaf(place, "Name", canteen_name(session))
    _write_place(place, "", address)
    wanted = _ram(delivery, "RequestedDeliverySupplyChainEvent")
    moment = _ram(wanted, "OccurrenceDateTime")
    day = SubElement(moment, f"{{{UDT}}}DateTimeString", format="102")
    day.text = f"{order.delivery_day:%Y%m%d}"


def _write_settlement(trade: Element, found: Totals) -> None:
    settled = _ram(trade, "ApplicableHeaderTradeSettlement")
    _leaf(settled, "OrderCurrencyCode", "EUR")
    summed = _ram(settled, "SpecifiedTradeSettlementHeaderMonetarySummation")
    amounts: Iterable[tuple[str, Money]] = (
        ("LineTotalAmount", found.net),
        ("ChargeTotalAmount", found.fee),
        ("TaxBasisTotalAmount", found.total),
    )
    for name, amount in amounts:
        if amount or name != "ChargeTotalAmount":
            _leaf(summed, name, _amount(amount))


def _ram(parent: Element, name: str) -> Element:
    return SubElement(parent, f"{{{RAM}}}{name}")


def _leaf(parent: Element, name: str, words: str, **attributes: str) -> None:
    SubElement(parent, f"{{{RAM}}}{name}", attributes).text = _readable(words)


def _readable(words: str) -> str:
    """Return words without the control characters that XML 1.0 has no way to write."""
    return "".join(char for char in words if char >= " " or char in "\n\t")


def _decimal(value: Decimal) -> str:
    """Return a number without exponent nor trailing zeros: ``"37.2"``."""
    return f"{value.normalize():f}"


def _amount(amount: Money) -> str:
    return f"{Decimal(amount.cents).scaleb(-2):.2f}"
