"""An invoice of two rates made for tests, in UBL, with all that can be wrong in one."""

_CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
_CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
_ROOT = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"


def _eur(name, amount):
    return f'<cbc:{name} currencyID="EUR">{amount}</cbc:{name}>'


def _line(rank, name, quantity, price, total, rate):
    return (
        f"<cac:InvoiceLine><cbc:ID>{rank}</cbc:ID>"
        f'<cbc:InvoicedQuantity unitCode="KGM">{quantity}</cbc:InvoicedQuantity>'
        f"{_eur('LineExtensionAmount', total)}<cac:Item><cbc:Name>{name}</cbc:Name>"
        f"<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>{rate}</cbc:Percent>"
        "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item>"
        f"<cac:Price>{_eur('PriceAmount', price)}</cac:Price></cac:InvoiceLine>"
    )


def _rate(basis, tax, rate):
    return (
        f"<cac:TaxSubtotal>{_eur('TaxableAmount', basis)}{_eur('TaxAmount', tax)}"
        f"<cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>{rate}</cbc:Percent>"
        "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>"
    )


UBL = (
    f'<?xml version="1.0"?><Invoice xmlns="{_ROOT}" xmlns:cbc="{_CBC}" xmlns:cac="{_CAC}">'
    "<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>"
    "<cbc:ID>F-2026-118</cbc:ID><cbc:IssueDate>2026-10-14</cbc:IssueDate>"
    "<cbc:DueDate>2026-11-13</cbc:DueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>"
    "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>"
    "<cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Maraîchers du Ried</cbc:Name>"
    "</cac:PartyName><cac:PostalAddress><cac:Country><cbc:IdentificationCode>FR"
    "</cbc:IdentificationCode></cac:Country></cac:PostalAddress><cac:PartyTaxScheme>"
    "<cbc:CompanyID>FR44732829320</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID>"
    "</cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity>"
    '<cbc:CompanyID schemeID="0009">73282932000074</cbc:CompanyID></cac:PartyLegalEntity>'
    "</cac:Party></cac:AccountingSupplierParty>"
    "<cac:Delivery><cbc:ActualDeliveryDate>2026-10-13</cbc:ActualDeliveryDate></cac:Delivery>"
    "<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cac:PayeeFinancialAccount>"
    "<cbc:ID>FR7630006000011234567890189</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>"
    f"<cac:TaxTotal>{_eur('TaxAmount', '10.19')}{_rate('112.40', '6.18', '5.5')}"
    f"{_rate('20.05', '4.01', '20')}</cac:TaxTotal><cac:LegalMonetaryTotal>"
    f"{_eur('LineExtensionAmount', '132.45')}{_eur('TaxExclusiveAmount', '132.45')}"
    f"{_eur('TaxInclusiveAmount', '142.64')}{_eur('PayableAmount', '142.64')}"
    "</cac:LegalMonetaryTotal>"
    f"{_line(1, 'Carottes', '40', '1.56', '62.40', '5.5')}"
    f"{_line(2, 'Poireaux', '20', '2.50', '50.00', '5.5')}"
    f"{_line(3, 'Caisses', '5', '4.01', '20.05', '20')}</Invoice>"
).encode()
