"""Account numbers: written without spaces, and the IBAN that French codes amount to."""

import re
import string

_LETTERS = str.maketrans(string.ascii_uppercase, "12345678912345678923456789")
"""Letters as digits, as the key of a French account counts them."""


def plain_account(text: str) -> str:
    """Return an account number without spaces nor separators, in capitals, 34 letters at most."""
    return re.sub(r"[\s.\-_/]+", "", text).upper()[:34]


def is_iban(text: str) -> bool:
    """Tell whether a text is an IBAN whose key is right (ISO 13616)."""
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}", text):
        return False
    return _remainder(text[4:] + text[:4]) == 1


def french_iban(bank: str, branch: str, account: str) -> str:
    """Return the IBAN of a French account told by its codes; empty when they are not those.

    Args:
        bank: Five digits (code banque).
        branch: Five digits (code guichet).
        account: Eleven digits or letters, or an IBAN already.
    """
    if is_iban(account):
        return account
    bank, branch = plain_account(bank), plain_account(branch)
    if not (re.fullmatch(r"\d{5}", bank) and re.fullmatch(r"\d{5}", branch)):
        return ""
    if not re.fullmatch(r"[A-Z0-9]{11}", account):
        return ""
    digits = int(account.translate(_LETTERS))
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * digits) % 97
    body = f"{bank}{branch}{account}{key:02d}"
    return f"FR{98 - _remainder(body + 'FR00'):02d}{body}"


def same_account(one: str, other: str) -> bool:
    """Tell whether two numbers name one account: equal, or one the heart of the other’s IBAN.

    ``00012345603`` and ``FR76 … 00012345603 ..`` do; short numbers prove nothing.
    """
    if not one or not other:
        return False
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= 8 and is_iban(long) and short in long[4:]


def shown(iban: str) -> str:
    """Return an account number in groups of four."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def _remainder(text: str) -> int:
    return int("".join(str(int(each, 36)) for each in text)) % 97
