"""Lines that hold what no line should: stray separators, quotes, control characters."""

import re

from cantine_desktop.finance.fec.faults import Tally
from cantine_desktop.finance.fec.fields import FIELDS, NAMES, WIDTH, Kind
from cantine_desktop.finance.fec.heading_checks import Layout
from cantine_desktop.finance.fec.reading import read_cents, read_day
from cantine_desktop.i18n import mark

_READ = {field.name for field in FIELDS if field.kind != Kind.TEXT}
"""Fields that are read as days or amounts."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffd]")


def suspicion(layout: Layout) -> re.Pattern[str]:
    """Return what makes the lines of a block worth a closer look."""
    other = r"\|" if layout.separator == "\t" else r"\t"
    blank = f"{re.escape(layout.separator)} +{re.escape(layout.separator)}"
    return re.compile(rf'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffd"{other}]|{blank}')


def has_strays(text: str, layout: Layout) -> bool:
    """Tell whether lines hold the other separator, or a field of spaces alone."""
    return ("|" if layout.separator == "\t" else "\t") in text or f"{layout.separator} " in text


class Mender:
    """Judges lines of the wrong shape and, where their sense is plain, gives their values."""

    def __init__(self, tally: Tally, layout: Layout) -> None:
        self._tally, self._layout = tally, layout
        self._other = "|" if layout.separator == "\t" else "\t"

    def mend(self, line: int, text: str, parts: list[str]) -> list[str] | None:
        """Judge a line and return its values, or ``None`` when they cannot be told apart.

        Args:
            line: Its number.
            text: The whole line.
            parts: What stands between its separators.
        """
        width = self._layout.width
        if not text.strip():
            self._tally.add("F10", line, "", mark("La ligne est vide."), office=True)
            return None
        if '"' in text:
            parts = self._unquoted(line, parts)
        if len(parts) != width:
            repaired = self._resized(line, parts)
            if repaired is None:
                return None
            parts = repaired
        self._judge_characters(line, parts)
        return [part if part.strip() else "" for part in parts]

    def _unquoted(self, line: int, parts: list[str]) -> list[str]:
        wrapped = [p for p in parts if len(p) > 1 and p.startswith('"') and p.endswith('"')]
        if not wrapped:
            return parts
        words = mark("{count} zones sont entre guillemets, comme {text}.")
        place = parts.index(wrapped[0])
        name = self._name(place)
        office = any(self._name(at) in _READ for at, part in enumerate(parts) if part in wrapped)
        self._tally.add(
            "F08", line, name, words, count=len(wrapped), text=wrapped[0], office=office
        )
        return [p[1:-1].replace('""', '"') if p in wrapped else p for p in parts]

    def _name(self, place: int) -> str:
        """Return the name of the field at a place of the line."""
        order = self._layout.order
        return NAMES[order.index(place)] if place in order else ""

    def _resized(self, line: int, parts: list[str]) -> list[str] | None:
        width = self._layout.width
        if len(parts) == width + 1 and not parts[-1].strip() and self._stands(parts):
            words = mark("La ligne se termine par un séparateur de trop.")
            self._tally.add("F11", line, "", words, office=not self._layout.trails)
            return parts[:-1]
        words = mark("La ligne a {count} zones au lieu de {width}.")
        self._tally.add("L01", line, "", words, count=len(parts), width=width, office=True)
        if len(parts) <= width or width < WIDTH or not self._layout.is_plain:
            return None
        return self._rejoined(line, parts)

    def _stands(self, parts: list[str]) -> bool:
        """Tell whether values stand where they belong, as far as the layout is the usual one."""
        return not self._layout.is_plain or self._layout.signed or _reads_well(parts)

    def _rejoined(self, line: int, parts: list[str]) -> list[str] | None:
        """Find the text that a separator cut in two, if only one can have been."""
        extra = len(parts) - self._layout.width
        for place in (10, 8, 5, 7, 1):
            joined = [
                *parts[:place],
                " ".join(parts[place : place + extra + 1]),
                *parts[place + extra + 1 :],
            ]
            if _reads_well(joined):
                words = mark("Un séparateur coupe la zone {name} : « {text} ».")
                name = NAMES[place]
                self._tally.add("L08", line, name, words, name=name, text=joined[place])
                return joined
        return None

    def _judge_characters(self, line: int, parts: list[str]) -> None:
        for place, value in enumerate(parts):
            if self._other in value:
                words = mark("Une barre verticale se trouve dans « {text} ».")
                if self._other == "\t":
                    words = mark("Une tabulation se trouve dans « {text} ».")
                self._tally.add("L08", line, self._name(place), words, text=value)
            found = _CONTROL.search(value)
            if found:
                self._judge_control(line, self._name(place), value, found[0])

    def _judge_control(self, line: int, name: str, value: str, sign: str) -> None:
        if sign == "\0":
            self._tally.add("F12", line, name, mark("La zone contient un octet nul."), office=True)
        elif "\x80" <= sign <= "\x9f":
            words = mark("« {text} » contient un caractère de Windows-1252 (octet {code:X}).")
            self._tally.add("F04", line, name, words, text=value, code=ord(sign))
        elif sign == "\ufffd":
            self._tally.add(
                "F04", line, name, mark("« {text} » ne se lit pas en UTF-8."), text=value
            )
        else:
            words = mark("« {text} » contient un caractère de commande.")
            self._tally.add("L08", line, name, words, text=value)


def _reads_well(parts: list[str]) -> bool:
    """Tell whether days and amounts of a line stand where they belong."""
    days = (3, 9, 15)
    return all(read_day(parts[place].strip()) for place in days) and all(
        not parts[place].strip() or read_cents(parts[place]) is not None for place in (11, 12)
    )
