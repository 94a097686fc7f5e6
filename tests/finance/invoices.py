"""Invoices made for tests, in Cross Industry Invoice and in UBL."""

from decimal import Decimal
from pathlib import Path

CORPORA = Path(__file__).parents[3] / "shared" / "data" / "corpora"
"""Where the third-party files stand, beside the project; absent elsewhere."""

_RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
_RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
_UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"


USUAL = {
    "number": "F-1",
    "day": "20261031",
    "due": "20261130",
    "total": "84.20",
    "seller": "Ferme des Tilleuls",
    "siren": "732829320",
    "iban": "FR7630006000011234567890189",
    "buyer_siren": "",
    "kind": "380",
    "currency": "EUR",
    "comment": "",
}


def cii(**changes):
    """Return an invoice of one line at 5,5 % whose sums hold: the total is with VAT."""
    said = USUAL | changes
    with_tax = Decimal(said["total"])
    before = (with_tax / Decimal("1.055")).quantize(Decimal("0.01"))
    tax = with_tax - before
    buyer = (
        f'<ram:SpecifiedLegalOrganization><ram:ID schemeID="0002">{said["buyer_siren"]}</ram:ID>'
        "</ram:SpecifiedLegalOrganization>"
        if said["buyer_siren"]
        else ""
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- {said["comment"]} -->
<rsm:CrossIndustryInvoice xmlns:rsm="{_RSM}" xmlns:ram="{_RAM}" xmlns:udt="{_UDT}">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter>
<ram:ID>urn:cen.eu:en16931:2017</ram:ID>
</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>{said["number"]}</ram:ID><ram:TypeCode>{said["kind"]}</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">{said["day"]}</udt:DateTimeString>
</ram:IssueDateTime>
</rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>
<ram:IncludedSupplyChainTradeLineItem>
<ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID></ram:AssociatedDocumentLineDocument>
<ram:SpecifiedTradeProduct><ram:GlobalID schemeID="0160">3012345678900</ram:GlobalID>
<ram:SellerAssignedID>TOM</ram:SellerAssignedID><ram:Name>Tomates</ram:Name>
<ram:IndividualTradeProductInstance><ram:BatchID>L42</ram:BatchID></ram:IndividualTradeProductInstance>
</ram:SpecifiedTradeProduct>
<ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice>
<ram:ChargeAmount>{before}</ram:ChargeAmount>
<ram:BasisQuantity unitCode="KGM">10</ram:BasisQuantity></ram:NetPriceProductTradePrice>
</ram:SpecifiedLineTradeAgreement>
<ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="KGM">10</ram:BilledQuantity>
</ram:SpecifiedLineTradeDelivery>
<ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode>
<ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>5.5</ram:RateApplicablePercent>
</ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation>
<ram:LineTotalAmount>{before}</ram:LineTotalAmount>
</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
</ram:IncludedSupplyChainTradeLineItem>
<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>{said["seller"]}</ram:Name>
<ram:SpecifiedLegalOrganization><ram:ID schemeID="0002">{said["siren"]}</ram:ID>
</ram:SpecifiedLegalOrganization>
<ram:PostalTradeAddress><ram:CountryID>FR</ram:CountryID></ram:PostalTradeAddress>
<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">FR44732829320</ram:ID>
</ram:SpecifiedTaxRegistration></ram:SellerTradeParty>
<ram:BuyerTradeParty><ram:Name>La Tablée</ram:Name>{buyer}</ram:BuyerTradeParty>
<ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>BC-2026-0007</ram:IssuerAssignedID>
</ram:BuyerOrderReferencedDocument></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery><ram:DespatchAdviceReferencedDocument>
<ram:IssuerAssignedID>BL-77</ram:IssuerAssignedID></ram:DespatchAdviceReferencedDocument>
</ram:ApplicableHeaderTradeDelivery>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>{said["currency"]}</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode>
<ram:PayeePartyCreditorFinancialAccount><ram:IBANID>{said["iban"]}</ram:IBANID>
</ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>
<ram:ApplicableTradeTax><ram:CalculatedAmount>{tax}</ram:CalculatedAmount>
<ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount>{before}</ram:BasisAmount>
<ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>5.5</ram:RateApplicablePercent>
</ram:ApplicableTradeTax>
<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>
<udt:DateTimeString format="102">{said["due"]}</udt:DateTimeString></ram:DueDateDateTime>
</ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation>
<ram:LineTotalAmount>{before}</ram:LineTotalAmount>
<ram:TaxBasisTotalAmount>{before}</ram:TaxBasisTotalAmount>
<ram:TaxTotalAmount currencyID="{said["currency"]}">{tax}</ram:TaxTotalAmount>
<ram:GrandTotalAmount>{with_tax}</ram:GrandTotalAmount>
<ram:DuePayableAmount>{with_tax}</ram:DuePayableAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>""".encode()
