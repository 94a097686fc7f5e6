"""Numbers as people type and paste them: comma or point, spaces, euros, small sums."""

import re
from decimal import Decimal

_LONGEST = 60
_MINUS = str.maketrans({"−": "-", "–": "-"})
_UNIT = re.compile(r"(€|EUR\b|euros?\b|°\s?C\b|°|%)", re.IGNORECASE)
_SPACED = re.compile(r"(?<!\d)\d{1,3}(?:[\s'’]\d{3})+(?!\d)")
_TERM = re.compile(r"([+-])?(\d[\d.,]*|[.,]\d+)", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}([.,]\d{3})+")
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


class NotANumber(ValueError):  # noqa: N818  -- it is read as a word: "except NotANumber"
    """The text cannot be read as a number.

    Attributes:
        text: What was typed.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class TooPrecise(NotANumber):
    """The number has more decimals than are kept.

    Attributes:
        places: Decimals that are kept.
    """

    def __init__(self, text: str, places: int) -> None:
        super().__init__(text)
        self.places = places


class Ambiguous(ValueError):  # noqa: N818  -- it asks; nothing is wrong
    """The text has two honest readings, such as ``1.234``; the person chooses.

    Attributes:
        text: What was typed.
        readings: The numbers it may stand for, the larger first; one alone when the
            other has more decimals than are kept.
    """

    def __init__(self, text: str, readings: tuple[Decimal, ...]) -> None:
        super().__init__(text)
        self.text = text
        self.readings = readings


def read_decimal(text: str, places: int | None = None, *, comma_groups: bool = False) -> Decimal:
    """Read a typed or pasted number, exactly.

    Comma and point both mark decimals; ordinary and no-break spaces group digits;
    ``€``, ``°C`` and ``%`` after a number are dropped; ``(12,50)``, ``-12,50``, ``−12,50``
    and ``12,50-`` are negative; ``12+8,5`` is added up. With two kinds of mark the last
    one is the decimal one: ``1.234,50`` and ``1,234.50``.

    Args:
        text: What was typed.
        places: Decimals that are kept; ``None`` for any number of them.
        comma_groups: Ask about ``1,234`` as well, for people who group with commas.

    Raises:
        Ambiguous: ``1.234`` may be 1234 or 1,234.
        TooPrecise: The number has more decimals than ``places``.
        NotANumber: Anything else that is not a number.
    """
    plain = _undress(text)
    total = Decimal(0)
    at = 0
    while at < len(plain):
        found = _TERM.match(plain, at)
        if found is None or (at > 0 and found[1] is None):
            raise NotANumber(text)
        sign = -1 if found[1] == "-" else 1
        if _ONE_GROUP.fullmatch(found[2]) and (comma_groups or "." in found[2]):
            raise Ambiguous(text, _both_readings(plain, found, places, sign))
        total += sign * _read_term(found[2], text, places)
        at = found.end()
    if not plain:
        raise NotANumber(text)
    return total


def _undress(text: str) -> str:
    """Return a text as signed terms alone: ``(12,50 €)`` becomes ``-12,50``.

    Raises:
        NotANumber: It is too long, or a space stands where no group of thousands is.
    """
    if len(text) > _LONGEST:
        raise NotANumber(text)
    plain = _UNIT.sub(" ", text.translate(_MINUS)).strip()
    plain = _SPACED.sub(lambda found: re.sub(r"\D", "", found[0]), plain)
    if re.search(r"[\d.,]\s+[\d.,]", plain):
        raise NotANumber(text)
    plain = re.sub(r"\s", "", plain)
    if found := re.fullmatch(r"\(([\d.,]+)\)|([\d.,]+)-", plain):
        return f"-{found[1] or found[2]}"
    return plain


def _both_readings(
    plain: str, found: re.Match[str], places: int | None, sign: int
) -> tuple[Decimal, ...]:
    """Return what an ambiguous number may be.

    Raises:
        NotANumber: It is part of a sum, and must be retyped.
    """
    if found[0] != plain:
        raise NotANumber(plain)
    grouped = Decimal(re.sub(r"\D", "", found[2]))
    fraction = Decimal(found[2].replace(",", "."))
    if places is not None and _decimals(fraction) > places:
        return (sign * grouped,)
    return sign * grouped, sign * fraction


def _read_term(term: str, text: str, places: int | None) -> Decimal:
    value = Decimal(_with_point(term, text))
    if places is not None and _decimals(value) > places:
        raise TooPrecise(text, places)
    return value


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _with_point(term: str, text: str) -> str:
    """Return digits with at most one point, the decimal one.

    Raises:
        NotANumber: The marks do not group the digits by three.
    """
    marks = [c for c in term if c in ".,"]
    if len(set(marks)) == 2:
        decimal, group = marks[-1], marks[0]
        whole, _, fraction = term.rpartition(decimal)
        if not fraction or set(marks[:-1]) != {group} or not _GROUPED.fullmatch(whole):
            raise NotANumber(text)
        return f"{whole.replace(group, '')}.{fraction}"
    if len(marks) > 1:
        if not _GROUPED.fullmatch(term):
            raise NotANumber(text)
        return term.replace(marks[0], "")
    return term.replace(",", ".")
