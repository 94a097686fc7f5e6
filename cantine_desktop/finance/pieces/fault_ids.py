"""Numbers of an invoice whose key is wrong: SIREN, SIRET, VAT, IBAN."""

import re
from collections.abc import Iterator

from cantine_desktop.finance.pieces.identifiers import (
    grouped,
    is_french_vat,
    is_iban,
    is_siren,
    is_siret,
    plain,
    siren_of_vat,
)
from cantine_desktop.finance.pieces.invoice_facts import (
    Fault,
    InvoiceFacts,
    InvoiceParty,
    Syntax,
    Weight,
)
from cantine_desktop.finance.pieces.party_ids import SIREN_SCHEME, SIRET_SCHEME
from cantine_desktop.i18n import tr

VAT_FORMS = {
    "AT": r"U\d{8}", "BE": r"[01]?\d{9}", "DE": r"\d{9}", "DK": r"\d{8}", "ES": r"\w\d{7}\w",
    "FI": r"\d{8}", "IT": r"\d{11}", "LU": r"\d{8}", "NL": r"\w{12}", "PL": r"\d{10}",
    "PT": r"\d{9}", "SE": r"\d{12}", "IE": r"\w{8,9}", "GR": r"\d{9}", "EL": r"\d{9}",
}  # fmt: skip
"""What follows the country in VAT numbers of neighbours (VIES)."""


def identifiers(facts: InvoiceFacts) -> Iterator[Fault]:
    """Find the numbers that cannot be right, each with its place."""
    yield from _party(facts.seller, tr("fournisseur"))
    yield from _party(facts.buyer, tr("client"))
    for iban in facts.ibans:
        yield from _account(iban, facts)
    taxed = any(part.category == "S" and part.tax for part in facts.vat)
    seller = facts.seller
    if taxed and not (seller.vat or seller.tax_number):
        text = tr("la TVA est facturée, mais le fournisseur ne donne pas de numéro de TVA.")
        yield Fault("vat-number", tr("fournisseur"), text, Weight.DOUBT)


def _account(number: str, facts: InvoiceFacts) -> Iterator[Fault]:
    """Judge an account to pay to; other countries than those of the euro have their own."""
    place = tr("paiement")
    if is_iban(number):
        return
    if number[:2].isalpha() or len(number) < 5:
        text = tr("l’IBAN {account} est faux : sa clé ne correspond pas. Ne payez pas dessus.")
        yield Fault("iban", place, text.format(account=grouped(number)))
    elif facts.syntax is Syntax.CII or facts.currency == "EUR":
        text = tr("le compte {account} n’est pas un IBAN : demandez-le au fournisseur.")
        yield Fault("iban", place, text.format(account=grouped(number[:40])), Weight.DOUBT)


def _party(party: InvoiceParty, place: str) -> Iterator[Fault]:
    number = plain(party.legal_id)
    if party.legal_scheme == SIREN_SCHEME and not (is_siren(number) or is_siret(number)):
        text = tr("le SIREN « {written} » est faux.")
        yield Fault("siren", place, text.format(written=party.legal_id[:40]), Weight.DOUBT)
    elif party.legal_scheme == SIREN_SCHEME and number != party.legal_id:
        text = tr("le SIREN « {written} » contient des espaces.")
        yield Fault("siren", place, text.format(written=party.legal_id[:40]), Weight.NOTE)
    elif party.legal_scheme == SIRET_SCHEME and not is_siret(number):
        text = tr("le SIRET « {written} » est faux.")
        yield Fault("siret", place, text.format(written=party.legal_id[:40]), Weight.DOUBT)
    elif not party.legal_scheme and party.country == "FR" and number:
        yield from _unsaid(number, place)
    if party.vat.startswith("FR") and not is_french_vat(party.vat):
        text = tr("le numéro de TVA « {vat} » est faux : sa clé ne correspond pas.")
        yield Fault("vat-number", place, text.format(vat=party.vat[:40]), Weight.DOUBT)
    elif (form := VAT_FORMS.get(party.vat[:2])) and not re.fullmatch(form, party.vat[2:]):
        text = tr("le numéro de TVA « {vat} » n’a pas la forme de son pays.")
        yield Fault("vat-number", place, text.format(vat=party.vat[:40]), Weight.DOUBT)
    elif party.vat and not party.vat[:2].isalpha():
        text = tr("le numéro de TVA « {vat} » ne commence pas par un pays.")
        yield Fault("vat-number", place, text.format(vat=party.vat[:40]), Weight.DOUBT)
    elif party.vat and party.country == "FR" and party.siren and party.vat[:2] != "FR":
        text = tr("le numéro de TVA « {vat} » n’est pas français, et le SIREN l’est.")
        yield Fault("vat-number", place, text.format(vat=party.vat[:40]), Weight.DOUBT)
    held = siren_of_vat(party.vat)
    if held and party.siren and held != party.siren:
        text = tr("le SIREN {siren} n’est pas celui du numéro de TVA {vat}.")
        yield Fault("siren", place, text.format(siren=party.siren, vat=party.vat), Weight.DOUBT)


def _unsaid(number: str, place: str) -> Iterator[Fault]:
    """Judge a French id whose register is not named: nine digits are a SIREN, fourteen a SIRET."""
    if number.isdigit() and len(number) == 9 and not is_siren(number):
        yield Fault("siren", place, tr("le SIREN « {n} » est faux.").format(n=number), Weight.DOUBT)
    elif number.isdigit() and len(number) == 14 and not is_siret(number):
        yield Fault("siret", place, tr("le SIRET « {n} » est faux.").format(n=number), Weight.DOUBT)
