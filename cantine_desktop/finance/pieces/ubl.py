"""Reading invoices and credit notes in UBL 2: XRechnung, Peppol, French platforms."""

from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import Element  # noqa: S405  -- the tree only; exchange.xml reads

from cantine_desktop.finance.pieces.cii import line_place
from cantine_desktop.finance.pieces.identifiers import plain
from cantine_desktop.finance.pieces.invoice_facts import (
    CREDIT_NOTE_TYPES,
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

ROOTS = frozenset({"Invoice", "CreditNote"})
NAMESPACES = frozenset(
    f"urn:oasis:names:specification:ubl:schema:xsd:{name}-2" for name in sorted(ROOTS)
)


def read_ubl(root: Element) -> InvoiceFacts:
    """Return what an invoice or a credit note in UBL says."""
    remarks = Remarks()
    facts = _heading(root, remarks)
    items = each(root, "InvoiceLine|CreditNoteLine")
    place = tr("remises et frais")
    return replace(
        facts,
        due_day=_due_day(root, remarks),
        seller=_party(find(root, "AccountingSupplierParty", "Party")),
        buyer=_party(find(root, "AccountingCustomerParty", "Party")),
        ibans=_ibans(root),
        bic=_bic(root),
        payment_reference=text(root, "PaymentMeans", "PaymentID"),
        lines=tuple(_line(rank, node, remarks) for rank, node in enumerate(items, 1)),
        adjustments=tuple(
            _adjustment(place, node, remarks) for node in each(root, "AllowanceCharge")
        ),
        vat=_vat(root, facts.currency, remarks),
        totals=_totals(root, facts.currency, remarks),
        order_reference=text(root, "OrderReference", "ID"),
        delivery_reference=text(root, "DespatchDocumentReference", "ID"),
        contract_reference=text(root, "ContractDocumentReference", "ID"),
        buyer_reference=text(root, "BuyerReference"),
        preceding=tuple(
            text(node, "InvoiceDocumentReference", "ID") for node in each(root, "BillingReference")
        ),
        remarks=tuple(remarks.faults),
    )


def _heading(root: Element, remarks: Remarks) -> InvoiceFacts:
    is_credit = local(root) == "CreditNote"
    guideline = text(root, "CustomizationID")
    number, delivery = find(root, "ID"), find(root, "Delivery")
    code = text(root, "InvoiceTypeCode|CreditNoteTypeCode")
    if code in CREDIT_NOTE_TYPES and not is_credit:
        said = tr("le type {kind} est celui d’un avoir, et le document est une facture.")
        remarks.tell("type", tr("en-tête"), said.format(kind=code), Weight.DOUBT)
    return InvoiceFacts(
        syntax=Syntax.UBL,
        number="" if number is None else (number.text or ""),
        type_code=code or ("381" if is_credit else ""),
        guideline=guideline,
        profile=profile_of(guideline),
        process=text(root, "ProfileID"),
        day=remarks.iso_day(tr("date de la facture"), root, "IssueDate"),
        delivered_on=remarks.iso_day(tr("date de livraison"), delivery, "ActualDeliveryDate"),
        currency=text(root, "DocumentCurrencyCode"),
        notes=tuple(_note(text(node)) for node in each(root, "Note")),
    )


def is_ubl(root: Element) -> bool:
    """Tell whether an element is an invoice of UBL, and not another thing of that name."""
    namespace = root.tag.rpartition("}")[0].lstrip("{")
    return local(root) in ROOTS and (namespace in NAMESPACES or not namespace)


def _note(words: str) -> tuple[str, str]:
    """Split ``#PMT#Indemnité…`` into its code and its words."""
    if words.startswith("#") and words.count("#") >= 2:
        code, _, rest = words[1:].partition("#")
        return code, rest
    return "", words


def _due_day(root: Element, remarks: Remarks) -> date | None:
    if find(root, "DueDate") is not None:
        return remarks.iso_day(tr("échéance"), root, "DueDate")
    return remarks.iso_day(tr("échéance"), root, "PaymentMeans", "PaymentDueDate")


def _party(node: Element | None) -> InvoiceParty:
    taxes = [
        (text(scheme, "TaxScheme", "ID"), text(scheme, "CompanyID"))
        for scheme in each(node, "PartyTaxScheme")
    ]
    legal = find(node, "PartyLegalEntity", "CompanyID")
    if legal is None:
        legal = find(node, "PartyIdentification", "ID")
    address = find(node, "PostalAddress")
    lines = ("StreetName", "AdditionalStreetName", "PostalZone", "CityName")
    party = InvoiceParty(
        name=text(node, "PartyName", "Name") or text(node, "PartyLegalEntity", "RegistrationName"),
        legal_id=text(legal),
        legal_scheme="" if legal is None else legal.get("schemeID", ""),
        vat=next((number for scheme, number in taxes if scheme in {"VAT", ""}), ""),
        tax_number=next((number for scheme, number in taxes if scheme not in {"VAT", ""}), ""),
        country=text(address, "Country", "IdentificationCode"),
        address=" ".join(filter(None, (text(address, line) for line in lines))),
        email=text(node, "Contact", "ElectronicMail"),
    )
    return identified(party, text(node, "EndpointID"))


def _ibans(root: Element) -> tuple[str, ...]:
    found = (
        plain(text(account, "ID"))
        for means in each(root, "PaymentMeans")
        for account in each(means, "PayeeFinancialAccount")
    )
    return tuple(dict.fromkeys(filter(None, found)))


def _bic(root: Element) -> str:
    for means in each(root, "PaymentMeans"):
        branch = find(means, "PayeeFinancialAccount", "FinancialInstitutionBranch")
        if bic := text(branch, "ID"):
            return plain(bic)
    return ""


def _line(rank: int, node: Element, remarks: Remarks) -> InvoiceLine:
    item = find(node, "Item")
    name = text(item, "Name")
    place = line_place(rank, name)
    quantity = find(node, "InvoicedQuantity|CreditedQuantity")
    tax = find(item, "ClassifiedTaxCategory")
    instance = find(item, "ItemInstance", "LotIdentification")
    return InvoiceLine(
        rank=rank,
        identifier=text(node, "ID"),
        name=name,
        description=text(item, "Description"),
        seller_id=text(item, "SellersItemIdentification", "ID"),
        buyer_id=text(item, "BuyersItemIdentification", "ID"),
        global_id=text(item, "StandardItemIdentification", "ID"),
        quantity=remarks.amount(place, quantity),
        unit="" if quantity is None else quantity.get("unitCode", ""),
        price=remarks.amount(place, node, "Price", "PriceAmount"),
        price_basis=remarks.amount(place, node, "Price", "BaseQuantity") or InvoiceLine.price_basis,
        total=remarks.amount(place, node, "LineExtensionAmount"),
        category=text(tax, "ID"),
        rate=remarks.amount(place, tax, "Percent"),
        adjustments=tuple(
            _adjustment(place, charge, remarks) for charge in each(node, "AllowanceCharge")
        ),
        batch=text(instance, "LotNumberID"),
        use_by=remarks.iso_day(place, instance, "ExpiryDate"),
        order_line=text(node, "OrderLineReference", "LineID"),
        order_reference=text(node, "OrderLineReference", "OrderReference", "ID"),
        delivery_reference=text(node, "DespatchLineReference", "DocumentReference", "ID"),
    )


def _adjustment(place: str, node: Element, remarks: Remarks) -> Adjustment:
    tax = find(node, "TaxCategory")
    return Adjustment(
        remarks.amount(place, node, "Amount"),
        is_charge=text(node, "ChargeIndicator").lower() in {"true", "1"},
        reason=text(node, "AllowanceChargeReason"),
        basis=remarks.amount(place, node, "BaseAmount"),
        percent=remarks.amount(place, node, "MultiplierFactorNumeric"),
        category=text(tax, "ID"),
        rate=remarks.amount(place, tax, "Percent"),
    )


def _tax_total(root: Element, currency: str) -> Element | None:
    """Return the taxes in the currency of the invoice: there may be others for accounting."""
    found = list(each(root, "TaxTotal"))
    for node in found:
        amount = find(node, "TaxAmount")
        if amount is not None and amount.get("currencyID", currency) == currency:
            return node
    return found[0] if found else None


def _vat(root: Element, currency: str, remarks: Remarks) -> tuple[VatPart, ...]:
    place = tr("ventilation de la TVA")
    parts: list[VatPart] = []
    for node in each(_tax_total(root, currency), "TaxSubtotal"):
        category = find(node, "TaxCategory")
        parts.append(
            VatPart(
                category=text(category, "ID"),
                rate=remarks.amount(place, category, "Percent"),
                basis=remarks.amount(place, node, "TaxableAmount"),
                tax=remarks.amount(place, node, "TaxAmount"),
                reason=text(category, "TaxExemptionReason")
                or text(category, "TaxExemptionReasonCode"),
                rate_text=text(category, "Percent"),
            )
        )
    return tuple(parts)


def _totals(root: Element, currency: str, remarks: Remarks) -> Totals:
    place = tr("totaux")
    node = find(root, "LegalMonetaryTotal")
    return Totals(
        lines=remarks.amount(place, node, "LineExtensionAmount"),
        allowances=remarks.amount(place, node, "AllowanceTotalAmount"),
        charges=remarks.amount(place, node, "ChargeTotalAmount"),
        before_tax=remarks.amount(place, node, "TaxExclusiveAmount"),
        tax=remarks.amount(place, _tax_total(root, currency), "TaxAmount"),
        with_tax=remarks.amount(place, node, "TaxInclusiveAmount"),
        prepaid=remarks.amount(place, node, "PrepaidAmount"),
        rounding=remarks.amount(place, node, "PayableRoundingAmount"),
        due=remarks.amount(place, node, "PayableAmount"),
    )
