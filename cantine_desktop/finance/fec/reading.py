"""Reading the FEC of any program, with the liberties that programs take.

Taken as they come: leading zeros and spaces in amounts, ``-`` where nothing stands, names in
lower case, ``Montant``/``Sens``, days as ``31/12/2026`` or ``2026-12-31``, decimal points,
UTF-8 with its mark, ``|`` or ``;`` as separators, quotes, columns after the eighteen. Whether
the file keeps the norm is said by ``checking``.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import IO

from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.finance.fec.fields import ENCODING, NAMES
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import fold

LARGEST_LINE = 64 * 1024
"""Characters; a longer line is no line of entries."""

_FILLERS = {"-", "--", "/", "."}
_BY_FOLDED = {
    **{name.lower(): name for name in (*NAMES, "Montant", "Sens")},
    "compteauxnum": "CompAuxNum",
    "compteauxlib": "CompAuxLib",
}
_NEEDED = ("JournalCode", "EcritureNum", "EcritureDate", "CompteNum")
_DAY = (
    re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)"),
    re.compile(r"(?P<d>\d\d?)[/.-](?P<m>\d\d?)[/.-](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})[/.-](?P<m>\d\d?)[/.-](?P<d>\d\d?)"),
)
_AMOUNT = re.compile(r"([+-]?)(\d{0,40})(?:[.,](\d{0,40}))?([+-]?)")


@dataclass(frozen=True, slots=True)
class FecLine:
    """A line of a FEC.

    Attributes:
        line: Line of the file, from 1.
        number: Number of the entry as written: ``"BQ1-00042"``.
        debit: In cents, may be negative.
        credit: In cents, may be negative.
        party: Code of the party, or empty.
        validated_on: ``None`` for an entry nobody validated.
        more: Values of the columns after the eighteen, in order.
    """

    line: int
    journal: str
    journal_title: str
    number: str
    day: date
    account: str
    account_title: str
    party: str
    party_name: str
    piece_ref: str
    piece_day: date | None
    label: str
    debit: Money
    credit: Money
    lettering: str
    lettered_on: date | None
    validated_on: date | None
    currency_amount: Money | None
    currency: str
    more: tuple[str, ...] = ()


def read_fec(source: IO[bytes]) -> Iterator[FecLine]:
    """Read the lines of a FEC one by one.

    Args:
        source: The file, open for reading bytes, and one that can be read from its start again.

    Raises:
        UnreadableError: It is no FEC, or a line says no day or no amount; the place is told.
    """
    encoding = encoding_of(source)
    texts = _lines(source, encoding)
    heading = next(texts, "")
    separator = separator_of(heading)
    names = _names(heading, separator)
    for row, text in enumerate(texts, 2):
        if text.strip():
            yield _line(row, names, _split(text, separator))


def closing_balances(source: IO[bytes]) -> dict[str, int]:
    """Return debit less credit of each account of a FEC, in cents, by number.

    Raises:
        UnreadableError: As ``read_fec``.
    """
    balances: dict[str, int] = {}
    for line in read_fec(source):
        cents = line.debit.cents - line.credit.cents
        balances[line.account] = balances.get(line.account, 0) + cents
    return balances


def encoding_of(source: IO[bytes]) -> str:
    """Return the encoding of a file, which is then at its start again: UTF-8 or ISO 8859-15."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    source.seek(0)
    found = "utf-8-sig"
    head = source.read(4)
    if head[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} or b"\0" in head:
        source.seek(0)
        return "utf-16"
    try:
        decoder.decode(head)
        while chunk := source.read(1 << 20):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        found = ENCODING
    source.seek(0)
    return found


def separator_of(heading: str) -> str:
    """Return what separates the fields of a heading: nine of them at least.

    Raises:
        UnreadableError: Nothing does.
    """
    for separator in ("\t", "|", ";"):
        if heading.count(separator) >= 9:
            return separator
    raise UnreadableError(
        whole_file(
            tr(
                "Ce fichier n’est pas un FEC : sa première ligne ne nomme pas les dix-huit zones,"
                " séparées par des tabulations ou des barres verticales."
            )
        )
    )


def _lines(source: IO[bytes], encoding: str) -> Iterator[str]:
    """Return the lines without their ends, whichever of CR and LF these are.

    Raises:
        UnreadableError: The file is no text.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    rest = ""
    ended = False
    while not ended:
        chunk = source.read(1 << 18)
        ended = not chunk
        try:
            rest += decoder.decode(chunk, final=ended)
        except UnicodeError as error:
            raise UnreadableError(whole_file(_no_text())) from error
        held = "\r" if rest.endswith("\r") and not ended else ""
        *whole, rest = re.split(r"\r\n|\r|\n", rest.removesuffix(held) if held else rest)
        rest += held
        if len(rest) > LARGEST_LINE:
            raise UnreadableError(whole_file(_no_text()))
        yield from whole
    if rest:
        yield rest


def _no_text() -> str:
    return tr("Ce fichier ne contient pas du texte lisible.")


def _split(text: str, separator: str) -> list[str]:
    parts = text.split(separator)
    if text.startswith('"'):
        return [part.strip('"').replace('""', '"') for part in parts]
    return parts


def _names(heading: str, separator: str) -> dict[str, int]:
    """Return the place of each known column; others get their place as a name.

    Raises:
        UnreadableError: One that nothing works without is missing.
    """
    places: dict[str, int] = {}
    for place, written in enumerate(_split(heading, separator)):
        name = _BY_FOLDED.get(fold(written.strip()))
        places.setdefault(name or f"#{place}", place)
    has_amount = {"Debit", "Credit"} <= set(places) or {"Montant", "Sens"} <= set(places)
    missing = [name for name in _NEEDED if name not in places]
    if not has_amount:
        missing.append("Debit")
    if missing:
        raise UnreadableError(
            *(Problem(1, name, tr("cette zone manque dans la première ligne")) for name in missing)
        )
    return places


class _Values:
    """The values of a line, by name of field."""

    def __init__(self, row: int, names: dict[str, int], parts: Sequence[str]) -> None:
        self.row, self._names, self._parts = row, names, parts

    def text(self, name: str) -> str:
        place = self._names.get(name)
        if place is None or place >= len(self._parts):
            return ""
        value = self._parts[place].strip()
        return "" if value in _FILLERS else value

    def day(self, name: str) -> date | None:
        value = self.text(name)
        found = read_day(value) if value else None
        if value and found is None:
            said = tr("« {it} » n’est pas une date : attendu, par exemple, 20261231")
            raise UnreadableError(Problem(self.row, name, said.format(it=value)))
        return found

    def cents(self, name: str) -> int:
        value = self.text(name)
        found = read_cents(value) if value else 0
        if found is None:
            said = tr("« {it} » n’est pas un montant : attendu, par exemple, 1234,50")
            raise UnreadableError(Problem(self.row, name, said.format(it=value)))
        return found

    def more(self) -> tuple[str, ...]:
        extra = (place for name, place in self._names.items() if name.startswith("#"))
        return tuple(self._parts[place].strip() for place in extra if place < len(self._parts))

    def sides(self) -> tuple[Money, Money]:
        """Return debit and credit, from either way of writing them.

        Raises:
            UnreadableError: The side is none of both.
        """
        if "Debit" in self._names:
            return Money(self.cents("Debit")), Money(self.cents("Credit"))
        cents, side = self.cents("Montant"), self.text("Sens")
        if side.upper() in {"D", "+1", "1", "+"}:
            return Money(cents), Money(0)
        if side.upper() in {"C", "-1"}:
            return Money(0), Money(cents)
        said = tr("« {it} » n’est pas un sens : attendu D ou C")
        raise UnreadableError(Problem(self.row, "Sens", said.format(it=side)))


def _line(row: int, names: dict[str, int], parts: Sequence[str]) -> FecLine:
    values = _Values(row, names, parts)
    day = values.day("EcritureDate")
    if day is None:
        raise UnreadableError(Problem(row, "EcritureDate", tr("la date de l’écriture manque")))
    debit, credit = values.sides()
    currency = values.text("Idevise")
    return FecLine(
        row,
        values.text("JournalCode"),
        values.text("JournalLib"),
        values.text("EcritureNum"),
        day,
        values.text("CompteNum"),
        values.text("CompteLib"),
        values.text("CompAuxNum"),
        values.text("CompAuxLib"),
        values.text("PieceRef"),
        values.day("PieceDate"),
        values.text("EcritureLib"),
        debit,
        credit,
        values.text("EcritureLet"),
        values.day("DateLet"),
        values.day("ValidDate"),
        Money(values.cents("Montantdevise")) if currency else None,
        currency,
        values.more(),
    )


@lru_cache(maxsize=4096)
def read_day(text: str) -> date | None:
    """Return the day a text writes in one of the ways programs do, or ``None``."""
    for pattern in _DAY:
        found = pattern.fullmatch(text)
        if found:
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None


def read_cents(text: str) -> int | None:
    """Return an amount in cents, halves of a cent away from zero, or ``None``."""
    found = _AMOUNT.fullmatch("".join(text.split()))
    if not found or not (found[2] or found[3]) or (found[1] and found[4]):
        return None
    decimals = (found[3] or "").ljust(3, "0")
    cents = int(found[2] or 0) * 100 + int(decimals[:2]) + (decimals[2] >= "5")
    return -cents if "-" in {found[1], found[4]} else cents
