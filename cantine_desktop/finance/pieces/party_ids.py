"""The SIREN of who sells and who buys, told from whichever number an invoice gives."""

import re
from dataclasses import replace

from cantine_desktop.finance.pieces.identifiers import plain, siren_of_vat
from cantine_desktop.finance.pieces.invoice_facts import InvoiceParty

SIREN_SCHEME = "0002"
SIRET_SCHEME = "0009"


def identified(party: InvoiceParty, endpoint: str) -> InvoiceParty:
    """Return a party with its SIREN, from its id, its SIRET, its VAT number or its address.

    Args:
        party: As the file writes it.
        endpoint: Its electronic address, a SIRET for many French companies.
    """
    number, vat = plain(party.legal_id), plain(party.vat)
    if party.country not in {"FR", ""} and not vat.startswith("FR"):
        return replace(party, vat=vat)
    siret = next((each for each in (number, plain(endpoint)) if _has_digits(each, 14)), "")
    siren = number if _has_digits(number, 9) else siret[:9] or siren_of_vat(vat)
    return replace(party, vat=vat, siren=siren, siret=siret)


def _has_digits(number: str, count: int) -> bool:
    return len(number) == count and re.fullmatch(r"\d+", number, re.ASCII) is not None
