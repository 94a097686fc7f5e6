"""Days and amounts of a file, read once for each way they are written."""

import re
from datetime import date

from cantine_desktop.finance.fec.codes import Severity
from cantine_desktop.finance.fec.faults import Tally
from cantine_desktop.finance.fec.office_tool import takes_amount, takes_day
from cantine_desktop.finance.fec.reading import read_cents
from cantine_desktop.i18n import mark, money, short_day
from cantine_desktop.values.money import Money

_MOST = 100_000
"""Texts remembered of each kind; then they are forgotten and read again."""
_DAY = re.compile(r"\d{8}", re.ASCII)
_AMOUNT = re.compile(r"\d{1,15}(,\d{1,2})?", re.ASCII)
_SIGNED = re.compile(r"[+-]\d{1,15}(,\d+)?|\d{1,15}(,\d+)?[+-]?", re.ASCII)
_OLDEST = date(1950, 1, 1).toordinal()


def shown(ordinal: int) -> str:
    """Write the day of an ordinal: ``31/12/2026``; nothing for 0."""
    return short_day(date.fromordinal(ordinal)) if ordinal else ""


def euros(cents: int) -> str:
    """Write an amount without its sign."""
    return money(Money(abs(cents)))


class Days:
    """Reads days: ``20261231``."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self.known: dict[str, int] = {"": 0}

    def judge(self, line: int, name: str, text: str) -> int:
        """Return the ordinal of a day not met yet, or 0 and a fault."""
        ordinal = _ordinal(text)
        if not ordinal and text.strip():
            office = not takes_day(text, required=name == "EcritureDate")
            words = mark("« {text} » n’est pas une date du calendrier en huit chiffres.")
            if not text.strip("0 ") and name != "EcritureDate":
                words = mark("« {text} » n’est pas une date : laissez la zone à blanc.")
            self._tally.add("L03", line, name, words, text=text, office=office)
            return 0
        if ordinal and ordinal < _OLDEST and name != "EcritureDate":
            words = mark("« {text} » est une date d’avant 1950.")
            self._tally.add("L03", line, name, words, text=text, severity=Severity.WARNING)
            return ordinal
        if len(self.known) > _MOST:
            self.known.clear()
        if ordinal:
            self.known[text] = ordinal
        return ordinal


def _ordinal(text: str) -> int:
    if not _DAY.fullmatch(text):
        return 0
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).toordinal()
    except ValueError:
        return 0


class Amounts:
    """Reads amounts: ``1234,50``."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    def read(self, line: int, name: str, text: str) -> int | None:
        """Return the cents of an amount, 0 of a blank; ``None`` and a fault when it is none."""
        digits = text[:-3] + text[-2:]
        if text[-3:-2] == "," and digits.isdecimal() and digits.isascii() and len(text) < 18:
            return int(digits) if len(text) > 3 else self._judge(line, name, text)
        return self._judge(line, name, text)

    def _judge(self, line: int, name: str, text: str) -> int | None:
        if _AMOUNT.fullmatch(text):
            whole, _comma, decimals = text.partition(",")
            return int(whole) * 100 + int(decimals.ljust(2, "0"))
        if not text.strip():
            return 0
        found = read_cents(text)
        if _SIGNED.fullmatch(text) is None:
            words = mark("« {text} » n’est pas un montant comme 1234,50.")
            office = not takes_amount(text)
            self._tally.add("L04", line, name, words, text=text, office=office)
            return found
        if len(text.strip("+-").partition(",")[2]) > 2:
            words = mark("« {text} » a plus de deux décimales.")
            self._tally.add("L07", line, name, words, text=text)
        if "-" in text:
            self._tally.add("L06", line, name, mark("« {text} » est négatif."), text=text)
        return found
