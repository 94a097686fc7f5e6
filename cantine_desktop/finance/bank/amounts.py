"""Amounts and days as banks write them: which mark is the decimal one, and nothing guessed."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money

_SIGNS = str.maketrans(
    dict.fromkeys("\u2212\u2013\u2014\u2011", "-") | dict.fromkeys("\u2019`\u00b4\ufffd", "'")
)
_BLANKS = re.compile(r"\s+")
_UNITS = r"[A-Z]{3}|[A-Z]{0,2}[€$£¥]|Fr\.?"
_CURRENCY = re.compile(rf"^(?:{_UNITS})|(?:{_UNITS}|euros?)$", re.IGNORECASE)
_SIDES = {"CR": 1, "DR": -1, "DB": -1}
_BODY = re.compile(r"[0-9]+(?:[.,'][0-9]+)*[.,]?|[.,][0-9]+")
_ZEROS = re.compile(r"^0+(?=[0-9])")
LONGEST = 40
"""Letters of a cell that may still be an amount."""
LEAST_UNSURE = 8
"""Different amounts like ``53.100`` from which they tell that their mark is the decimal one."""


class AmountError(ValueError):
    """A text that is no amount; the message says so to the person who reads the file."""


def decimal_mark(texts: Iterable[str]) -> str:
    """Return the decimal mark some amounts prove: ``","``, ``"."``, or empty for no proof.

    ``1.234`` alone proves nothing; ``1.234,56``, ``12,5`` and ``1.234.567`` do. So does a whole
    column of ``53.100``, ``8.400``…: none below a thousand and none to the unit would be odd.
    """
    votes = {",": 0, ".": 0}
    unsure: set[str] = set()
    plain = 0
    for text in texts:
        body = _body(text)[1]
        mark = _mark_of(body)
        if mark in votes:
            votes[mark] += 1
        elif mark == "?":
            unsure.add(body)
        else:
            plain += body.isdecimal() and body != "0"
    if votes[","] != votes["."]:
        return max(votes, key=votes.__getitem__)
    if plain or len(unsure) < LEAST_UNSURE or any(body[-1] != "0" for body in unsure):
        return ""
    marks = {body[-4] for body in unsure}
    return marks.pop() if len(marks) == 1 else ""


def to_decimal(text: str, mark: str = "") -> Decimal:
    """Return the number a cell holds, with its sign.

    Signs may stand before or after, as brackets, or as ``CR`` and ``DR``; a currency may too.

    Args:
        text: What the cell holds.
        mark: The decimal mark of the file, used for ``1.234`` only; empty when unknown.

    Raises:
        AmountError: It is no number, or could be two.
    """
    sign, body = _body(text)
    if not text.strip():
        raise AmountError(tr("le montant manque"))
    found = _mark_of(body)
    if not _BODY.fullmatch(body) or found == "!" or len(body) > 18:
        raise AmountError(tr("« {text} » n’est pas un montant").format(text=shown(text)))
    if found == "?":
        found = mark
        if not found:
            raise AmountError(tr("« {text} » peut se lire de deux façons").format(text=shown(text)))
    plain = body.replace("'", "")
    plain = plain.replace("." if found == "," else ",", "").replace(",", ".")
    return Decimal(plain.rstrip(".") or "0") * sign


def to_money(value: Decimal) -> Money:
    """Round a number of euros to the cent, halves away from zero."""
    return Money.from_decimal(value)


def is_exact(value: Decimal) -> bool:
    """Tell whether a number holds no part of a cent."""
    return value == value.quantize(Decimal("0.01"))


def rounded(value: Decimal) -> str:
    """Say that an amount was rounded."""
    text = tr("{amount} a plus de deux décimales : arrondi au centime")
    return text.format(amount=value)


def shown(text: str) -> str:
    """Return the beginning of a text on one line, enough to recognise it."""
    flat = " ".join(text[:200].split())
    return flat if len(flat) <= LONGEST else f"{flat[:LONGEST]}…"


def eight_digits(text: str) -> date | None:
    """Return the civil day ``AAAAMMJJ…`` begins with, whatever hour or zone follows."""
    found = re.match(r"\s*(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})", text[:LONGEST], re.ASCII)
    if found is None:
        return None
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return None
    return day if day.year >= 1900 else None


def _body(text: str) -> tuple[int, str]:
    """Return the sign and the digits with their marks; no digits for what is too long."""
    if len(text) > LONGEST:
        return 1, ""
    plain = _BLANKS.sub("", text.translate(_SIGNS))
    sign = 1
    if plain.startswith("(") and plain.endswith(")"):
        sign, plain = -1, plain[1:-1]
    if plain[-2:].upper() in _SIDES:
        sign, plain = sign * _SIDES[plain[-2:].upper()], plain[:-2]
    for _turn in range(2):
        plain = _CURRENCY.sub("", plain)
        if plain[:1] in {"+", "-"}:
            sign, plain = sign * (-1 if plain[0] == "-" else 1), plain[1:]
        elif plain[-1:] in {"+", "-"}:
            sign, plain = sign * (-1 if plain[-1] == "-" else 1), plain[:-1]
    return sign, _ZEROS.sub("", plain)


def _mark_of(body: str) -> str:
    """Return the decimal mark of digits: ``","``, ``"."``, ``"?"`` unsure, or empty for none."""
    marks = [each for each in body if each in ",."]
    if not marks:
        return ""
    last = marks[-1]
    if len(set(marks)) == 2:
        return last if marks.count(last) == 1 else "!"
    other = "." if last == "," else ","
    if len(marks) > 1:
        groups = re.split(r"[.,']", body)
        return other if all(len(group) == 3 for group in groups[1:]) else "!"
    before, after = body.split(last)
    if len(after) != 3 or len(before.replace("'", "")) > 3 or before in {"", "0"}:
        return last
    return "?"
