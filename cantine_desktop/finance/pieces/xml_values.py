"""Reading values out of the XML of an invoice, by local names; what cannot be read is told."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element  # noqa: S405  -- the tree only; exchange.xml reads

from cantine_desktop.finance.pieces.invoice_facts import Fault, Weight
from cantine_desktop.i18n import tr

LONGEST_NUMBER = 24
"""Letters of an amount or a quantity; longer ones are no amount of this world."""

_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_COMMA = re.compile(r"[+-]?\d{1,12},\d{1,6}", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(Z|[+-]\d{2}:\d{2})?", re.ASCII)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2,6})?", re.ASCII)
_MONTH = re.compile(r"(\d{4})(\d{2})", re.ASCII)


def local(node: Element) -> str:
    """Return the name of an element without its namespace."""
    return node.tag.rsplit("}", 1)[-1]


def each(node: Element | None, name: str) -> Iterator[Element]:
    """Return the children of a name; ``"A|B"`` is either of two names."""
    if node is None:
        return
    names = name.split("|")
    yield from (child for child in node if local(child) in names)


def find(node: Element | None, *path: str) -> Element | None:
    """Return the first element down a path of names, or nothing."""
    for name in path:
        node = next(each(node, name), None)
    return node


def text(node: Element | None, *path: str) -> str:
    """Return the words of an element down a path, on one line; empty when there is none."""
    found = find(node, *path)
    return "" if found is None else " ".join((found.text or "").split())


class Remarks:
    """Gathers what could not be read, while the rest is read on."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def tell(self, code: str, place: str, said: str, weight: Weight = Weight.GRAVE) -> None:
        """Add a remark."""
        self.faults.append(Fault(code, place, said, weight))

    def amount(self, place: str, node: Element | None, *path: str) -> Decimal | None:
        """Read a decimal down a path; a comma is read and told."""
        written = text(node, *path)
        if not written:
            return None
        if len(written) <= LONGEST_NUMBER and _DECIMAL.fullmatch(written):
            return Decimal(written)
        if _COMMA.fullmatch(written):
            said = tr("« {what} » est écrit avec une virgule : le format demande un point.")
            self.tell("number", place, said.format(what=written))
            return Decimal(written.replace(",", "."))
        said = tr("« {what} » ne se lit pas comme un nombre.")
        self.tell("number", place, said.format(what=written[:40]))
        return None

    def packed_day(self, place: str, node: Element | None, *path: str) -> date | None:
        """Read a date of a CII invoice: ``20261009``, by the format it announces."""
        found = find(node, *path)
        if found is None and len(path) > 1:  # drafts of ZUGFeRD 1 have no inner element
            found = find(node, *path[:-1])
        written = text(found)
        if found is None or not written:
            return None
        form = found.get("format", "102")
        parts = _PACKED.fullmatch(written)
        if parts and (form in {"203", "204"} or not parts[4]):
            return self._day(place, written, parts[1], parts[2], parts[3])
        if form == "610" and (month := _MONTH.fullmatch(written)):
            return self._day(place, written, month[1], month[2], "01")
        if iso := _ISO.fullmatch(written):
            said = tr("« {what} » n’a pas la forme que le format annonce (AAAAMMJJ).")
            self.tell("date", place, said.format(what=written))
            return self._day(place, written, iso[1], iso[2], iso[3])
        self._no_day(place, written)
        return None

    def iso_day(self, place: str, node: Element | None, *path: str) -> date | None:
        """Read a date of a UBL invoice: ``2026-10-09``."""
        written = text(node, *path)
        if not written:
            return None
        if iso := _ISO.fullmatch(written):
            return self._day(place, written, iso[1], iso[2], iso[3])
        self._no_day(place, written)
        return None

    def _day(self, place: str, written: str, year: str, month: str, day: str) -> date | None:
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            said = tr("« {what} » n’existe dans aucun calendrier.").format(what=written)
            self.tell("date", place, said)
            return None

    def _no_day(self, place: str, written: str) -> None:
        said = tr("« {what} » ne se lit pas comme une date.").format(what=written[:40])
        self.tell("date", place, said)
