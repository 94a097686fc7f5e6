"""Numbers that carry their own proof: SIREN, SIRET, French VAT, IBAN, BIC.

Sources: SIREN and SIRET end with a Luhn key, but for the SIRET of La Poste, whose digits sum
to a multiple of five; ISO 13616 for the IBAN (mod 97); CGI ann. III art. 286 ter and the key
published by the tax office for French VAT numbers.
"""

import re

LA_POSTE = "356000000"

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)
_BIC = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", re.ASCII)
_FRENCH_VAT = re.compile(r"FR([0-9A-HJ-NP-Z]{2})(\d{9})", re.ASCII)
_LENGTHS = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18,
    "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28,
    "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31,
    "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27,
    "VA": 22,
}  # fmt: skip
"""Letters of an IBAN by country of the SEPA area; of other countries only the key is checked."""


def plain(text: str) -> str:
    """Return a number without spaces or points, in capitals."""
    return re.sub(r"[\s.\-\u00a0\u202f]+", "", text).upper()


def is_siren(digits: str) -> bool:
    """Tell whether nine digits are a SIREN."""
    return (
        re.fullmatch(r"\d{9}", digits, re.ASCII) is not None and digits != "0" * 9 and _luhn(digits)
    )


def is_siret(digits: str) -> bool:
    """Tell whether fourteen digits are a SIRET."""
    if not re.fullmatch(r"\d{14}", digits, re.ASCII) or not is_siren(digits[:9]):
        return False
    if digits.startswith(LA_POSTE):
        return sum(map(int, digits)) % 5 == 0 or _luhn(digits)
    return _luhn(digits)


def is_iban(text: str) -> bool:
    """Tell whether a text without spaces is an IBAN: form, length of its country, key."""
    if not _IBAN.fullmatch(text) or len(text) != _LENGTHS.get(text[:2], len(text)):
        return False
    return int("".join(str(int(c, 36)) for c in text[4:] + text[:4])) % 97 == 1


def is_bic(text: str) -> bool:
    """Tell whether a text has the form of a BIC."""
    return _BIC.fullmatch(text) is not None


def siren_of_vat(vat: str) -> str:
    """Return the SIREN that a French VAT number holds, or an empty text."""
    found = _FRENCH_VAT.fullmatch(vat)
    return found[2] if found else ""


def is_french_vat(vat: str) -> bool:
    """Tell whether a French VAT number has its form and, when its key is in digits, that key."""
    found = _FRENCH_VAT.fullmatch(vat)
    if found is None:
        return False
    if not found[1].isdigit():
        return True
    return int(found[1]) == (12 + 3 * (int(found[2]) % 97)) % 97


def grouped(iban: str) -> str:
    """Return an IBAN in groups of four."""
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
