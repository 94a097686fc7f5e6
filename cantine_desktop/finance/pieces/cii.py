"""Reading invoices in Cross Industry Invoice: Factur-X, ZUGFeRD 1 and 2, XRechnung.

Elements are found by their local names, so that prefixes, comments and versions of the
namespace do not matter; ZUGFeRD 1 has other names for the same things.
"""

from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import Element  # noqa: S405  -- the tree only; exchange.xml reads

from cantine_desktop.finance.pieces.identifiers import plain
from cantine_desktop.finance.pieces.invoice_facts import (
    Adjustment,
    InvoiceFacts,
    InvoiceLine,
    InvoiceParty,
    Syntax,
    Totals,
    VatPart,
    Weight,
)
from cantine_desktop.finance.pieces.party_ids import identified
from cantine_desktop.finance.pieces.profiles import profile_of
from cantine_desktop.finance.pieces.xml_values import Remarks, each, find, local, text
from cantine_desktop.i18n import tr

ROOTS = frozenset({"CrossIndustryInvoice", "CrossIndustryDocument"})
NAMESPACES = (
    "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "urn:ferd:CrossIndustryDocument:invoice:1p0",
    "urn:un:unece:uncefact:data:standard:CBFBUY:5",
)

_CONTEXT = "ExchangedDocumentContext|SpecifiedExchangedDocumentContext"
_DOCUMENT = "ExchangedDocument|HeaderExchangedDocument"
_TRADE = "SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction"
_AGREEMENT = "ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement"
_DELIVERY = "ApplicableHeaderTradeDelivery|ApplicableSupplyChainTradeDelivery"
_SETTLEMENT = "ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
_SUMS = "SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_LINE_AGREEMENT = "SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement"
_LINE_DELIVERY = "SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery"
_LINE_SETTLEMENT = "SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement"
_LINE_SUMS = (
    "SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
)
_NOTE = "DespatchAdviceReferencedDocument|DeliveryNoteReferencedDocument"
_DATE = "DateTimeString|DateString"


def is_cii(root: Element) -> bool:
    """Tell whether an element is an invoice of that kind, drafts of ZUGFeRD 1 included."""
    return local(root) in ROOTS or (
        find(root, _DOCUMENT) is not None and find(root, _TRADE) is not None
    )


def read_cii(root: Element) -> InvoiceFacts:
    """Return what an invoice in Cross Industry Invoice says."""
    remarks = Remarks()
    _check_namespace(root, remarks)
    trade = find(root, _TRADE)
    agreement, settlement = find(trade, _AGREEMENT), find(trade, _SETTLEMENT)
    facts = _referring(_heading(root, trade, remarks), trade)
    items = each(trade, "IncludedSupplyChainTradeLineItem")
    return replace(
        facts,
        due_day=_due_day(settlement, remarks),
        seller=_party(find(agreement, "SellerTradeParty")),
        buyer=_party(find(agreement, "BuyerTradeParty")),
        ibans=_ibans(settlement),
        bic=_bic(settlement),
        payment_reference=text(settlement, "PaymentReference"),
        lines=tuple(_line(rank, node, remarks) for rank, node in enumerate(items, 1)),
        adjustments=_adjustments(settlement, remarks),
        vat=tuple(_vat(node, remarks) for node in each(settlement, "ApplicableTradeTax")),
        totals=_totals(find(settlement, _SUMS), facts.currency, remarks),
        remarks=tuple(remarks.faults),
    )


def _heading(root: Element, trade: Element | None, remarks: Remarks) -> InvoiceFacts:
    document, context = find(root, _DOCUMENT), find(root, _CONTEXT)
    guideline = text(context, "GuidelineSpecifiedDocumentContextParameter", "ID")
    number = find(document, "ID")
    delivered = find(trade, _DELIVERY, "ActualDeliverySupplyChainEvent", "OccurrenceDateTime")
    notes = each(document, "IncludedNote")
    return InvoiceFacts(
        syntax=Syntax.CII,
        number="" if number is None else (number.text or ""),
        type_code=text(document, "TypeCode"),
        guideline=guideline,
        profile=profile_of(guideline),
        process=text(context, "BusinessProcessSpecifiedDocumentContextParameter", "ID"),
        day=remarks.packed_day(tr("date de la facture"), document, "IssueDateTime", _DATE),
        delivered_on=remarks.packed_day(tr("date de livraison"), delivered, _DATE),
        currency=text(trade, _SETTLEMENT, "InvoiceCurrencyCode"),
        notes=tuple((text(note, "SubjectCode"), text(note, "Content")) for note in notes),
    )


def _referring(facts: InvoiceFacts, trade: Element | None) -> InvoiceFacts:
    agreement, delivery = find(trade, _AGREEMENT), find(trade, _DELIVERY)
    former = each(find(trade, _SETTLEMENT), "InvoiceReferencedDocument")
    return replace(
        facts,
        order_reference=_reference(find(agreement, "BuyerOrderReferencedDocument")),
        delivery_reference=_reference(find(delivery, _NOTE)),
        contract_reference=_reference(find(agreement, "ContractReferencedDocument")),
        buyer_reference=text(agreement, "BuyerReference"),
        preceding=tuple(number for node in former if (number := _reference(node))),
    )


def _check_namespace(root: Element, remarks: Remarks) -> None:
    namespace = root.tag.rpartition("}")[0].lstrip("{")
    if namespace not in NAMESPACES:
        said = tr("l’espace de noms « {name} » n’est celui d’aucune facture connue.")
        remarks.tell("syntax", tr("fichier"), said.format(name=namespace[:80]), Weight.DOUBT)


def _party(node: Element | None) -> InvoiceParty:
    registrations = [
        (identifier.get("schemeID", ""), text(identifier))
        for registration in each(node, "SpecifiedTaxRegistration")
        for identifier in each(registration, "ID")
    ]
    legal = find(node, "SpecifiedLegalOrganization", "ID")
    if legal is None:
        legal = next(iter(each(node, "GlobalID")), None)
    address = find(node, "PostalTradeAddress")
    lines = ("LineOne", "LineTwo", "LineThree", "PostcodeCode", "CityName")
    party = InvoiceParty(
        name=text(node, "Name") or text(node, "SpecifiedLegalOrganization", "TradingBusinessName"),
        legal_id=text(legal),
        legal_scheme="" if legal is None else legal.get("schemeID", ""),
        vat=next((number for scheme, number in registrations if scheme == "VA"), ""),
        tax_number=next((number for scheme, number in registrations if scheme != "VA"), ""),
        country=text(address, "CountryID"),
        address=" ".join(filter(None, (text(address, line) for line in lines))),
        email=text(node, "DefinedTradeContact", "EmailURIUniversalCommunication", "URIID"),
    )
    return identified(party, text(node, "URIUniversalCommunication", "URIID"))


def _due_day(settlement: Element | None, remarks: Remarks) -> date | None:
    for terms in each(settlement, "SpecifiedTradePaymentTerms"):
        if find(terms, "DueDateDateTime") is not None:
            return remarks.packed_day(tr("échéance"), terms, "DueDateDateTime", _DATE)
    return None


def _ibans(settlement: Element | None) -> tuple[str, ...]:
    found = (
        plain(text(account, "IBANID"))
        for means in each(settlement, "SpecifiedTradeSettlementPaymentMeans")
        for account in each(means, "PayeePartyCreditorFinancialAccount")
    )
    return tuple(dict.fromkeys(filter(None, found)))


def _bic(settlement: Element | None) -> str:
    for means in each(settlement, "SpecifiedTradeSettlementPaymentMeans"):
        if bic := text(means, "PayeeSpecifiedCreditorFinancialInstitution", "BICID"):
            return plain(bic)
    return ""


def _reference(node: Element | None) -> str:
    return text(node, "IssuerAssignedID") or text(node, "ID")


def _line(rank: int, node: Element, remarks: Remarks) -> InvoiceLine:
    product = find(node, "SpecifiedTradeProduct")
    agreement, delivery = find(node, _LINE_AGREEMENT), find(node, _LINE_DELIVERY)
    settlement = find(node, _LINE_SETTLEMENT)
    associated = find(node, "AssociatedDocumentLineDocument")
    name = text(product, "Name")
    place = line_place(rank, name)
    net = find(agreement, "NetPriceProductTradePrice")
    quantity = find(delivery, "BilledQuantity")
    tax = find(settlement, "ApplicableTradeTax")
    batch = find(product, "IndividualTradeProductInstance|ApplicableTradeProductInstance")
    order = find(agreement, "BuyerOrderReferencedDocument")
    return InvoiceLine(
        rank=rank,
        identifier=text(associated, "LineID"),
        name=name,
        description=text(product, "Description"),
        seller_id=text(product, "SellerAssignedID"),
        buyer_id=text(product, "BuyerAssignedID"),
        global_id=text(product, "GlobalID"),
        quantity=remarks.amount(place, quantity),
        unit="" if quantity is None else quantity.get("unitCode", ""),
        price=remarks.amount(place, net, "ChargeAmount"),
        price_basis=remarks.amount(place, net, "BasisQuantity") or InvoiceLine.price_basis,
        total=remarks.amount(place, settlement, _LINE_SUMS, "LineTotalAmount"),
        category=text(tax, "CategoryCode"),
        rate=remarks.amount(place, tax, "RateApplicablePercent|ApplicablePercent"),
        adjustments=tuple(
            _adjustment(place, charge, remarks)
            for charge in each(settlement, "SpecifiedTradeAllowanceCharge")
        ),
        batch=text(batch, "BatchID"),
        use_by=remarks.packed_day(place, batch, "ExpiryDateTime|BestBeforeDateTime", _DATE),
        order_line=text(order, "LineID"),
        order_reference=_reference(order),
        delivery_reference=_reference(find(delivery, _NOTE)),
        is_information=text(associated, "LineStatusReasonCode") in {"GROUP", "INFORMATION"},
    )


def line_place(rank: int, name: str) -> str:
    """Say where a line stands: « ligne 3 (Tomates) »."""
    if not name:
        return tr("ligne {rank}").format(rank=rank)
    short = name if len(name) <= 40 else f"{name[:39]}…"
    return tr("ligne {rank} ({name})").format(rank=rank, name=short)


def _adjustments(settlement: Element | None, remarks: Remarks) -> tuple[Adjustment, ...]:
    found = [
        _adjustment(tr("remises et frais"), node, remarks)
        for node in each(settlement, "SpecifiedTradeAllowanceCharge")
    ]
    for node in each(settlement, "SpecifiedLogisticsServiceCharge"):
        tax = find(node, "AppliedTradeTax")
        found.append(
            Adjustment(
                remarks.amount(tr("frais de port"), node, "AppliedAmount"),
                is_charge=True,
                reason=text(node, "Description"),
                category=text(tax, "CategoryCode"),
                rate=remarks.amount(
                    tr("frais de port"), tax, "RateApplicablePercent|ApplicablePercent"
                ),
            )
        )
    return tuple(found)


def _adjustment(place: str, node: Element, remarks: Remarks) -> Adjustment:
    tax = find(node, "CategoryTradeTax")
    indicator = find(node, "ChargeIndicator")
    return Adjustment(
        remarks.amount(place, node, "ActualAmount"),
        is_charge=(text(indicator, "Indicator") or text(indicator)).lower() in {"true", "1"},
        reason=text(node, "Reason"),
        basis=remarks.amount(place, node, "BasisAmount"),
        percent=remarks.amount(place, node, "CalculationPercent"),
        category=text(tax, "CategoryCode"),
        rate=remarks.amount(place, tax, "RateApplicablePercent|ApplicablePercent"),
    )


def _vat(node: Element, remarks: Remarks) -> VatPart:
    place = tr("ventilation de la TVA")
    rate = "RateApplicablePercent|ApplicablePercent"
    return VatPart(
        category=text(node, "CategoryCode"),
        rate=remarks.amount(place, node, rate),
        basis=remarks.amount(place, node, "BasisAmount"),
        tax=remarks.amount(place, node, "CalculatedAmount"),
        reason=text(node, "ExemptionReason") or text(node, "ExemptionReasonCode"),
        rate_text=text(node, rate),
    )


def _totals(node: Element | None, currency: str, remarks: Remarks) -> Totals:
    place = tr("totaux")
    taxes = list(each(node, "TaxTotalAmount"))
    ours = (each_ for each_ in taxes if each_.get("currencyID") in {currency, None} or not currency)
    tax = next(ours, None)
    return Totals(
        lines=remarks.amount(place, node, "LineTotalAmount"),
        allowances=remarks.amount(place, node, "AllowanceTotalAmount"),
        charges=remarks.amount(place, node, "ChargeTotalAmount"),
        before_tax=remarks.amount(place, node, "TaxBasisTotalAmount"),
        tax=remarks.amount(place, tax),
        with_tax=remarks.amount(place, node, "GrandTotalAmount"),
        prepaid=remarks.amount(place, node, "TotalPrepaidAmount"),
        rounding=remarks.amount(place, node, "RoundingAmount"),
        due=remarks.amount(place, node, "DuePayableAmount"),
    )
