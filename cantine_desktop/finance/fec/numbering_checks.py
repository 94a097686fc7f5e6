"""The numbers of entries: given once, in a sequence without a gap, in the order of validation."""

import string
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from cantine_desktop.finance.fec.codes import Severity
from cantine_desktop.finance.fec.faults import SHOWN, Tally
from cantine_desktop.i18n import mark

_BLOCK = 6
"""Numbers are kept by runs of 64, two bytes each, so that a million of them take 3 MB."""
_SPAN = 1 << _BLOCK
_MOST_BLOCKS = 100_000
"""Numbers strewn wider than this are not followed: the file is told so."""
_MOST_ODD = 100_000
_LONGEST = 15
_MOST_JUMPS = 1000


@dataclass
class _Series:
    """The numbers of a journal that share what stands before their last digits.

    Attributes:
        jumps: Line of the first numbers that did not follow the highest one before.
    """

    blocks: dict[int, "array[int]"] = field(default_factory=dict[int, "array[int]"])
    count: int = 0
    low: int = 0
    high: int = 0
    last: int = 0
    last_validation: int = 0
    places: int = 0
    low_line: int = 0
    jumps: dict[int, int] = field(default_factory=dict[int, int])


class Numbers:
    """Every number of the file with the day of its entry, in bounded memory."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._series: defaultdict[tuple[str, str], _Series] = defaultdict(_Series)
        self._odd: dict[tuple[str, str], int] = {}
        self._last: tuple[_Series, int] | None = None
        self._odd_line = 0
        self._blocks = 0
        self._base = 0
        self._newest = 0
        self.is_complete = True

    def enter(self, journal: str, number: str, day: int, line: int) -> int | None:
        """Note the number of an entry and return the day it was met with before, if it was.

        Args:
            journal: Code of its journal.
            number: As written.
            day: Ordinal of the day of the entry, 0 when it is unknown.
            line: First line of the entry.

        Returns:
            The ordinal of that day, 0 when it was unknown; ``None`` for a new number.
        """
        prefix, digits = _parted(journal, number)
        self._last = None
        if not digits or len(digits) > _LONGEST:
            return self._enter_odd(journal, number, day, line)
        if self._blocks >= _MOST_BLOCKS and (journal, prefix) not in self._series:
            self.is_complete = False
            return None
        series, value = self._series[journal, prefix], int(digits)
        self._last = series, value
        block = series.blocks.get(value >> _BLOCK)
        if block is None:
            if self._blocks >= _MOST_BLOCKS:
                self.is_complete = False
                return None
            self._blocks += 1
            block = series.blocks[value >> _BLOCK] = array("H", bytes(2 * _SPAN))
        before = block[value % _SPAN]
        if before:
            return 0 if before == 1 else before + self._base
        self._base = self._base or day - 30_000
        block[value % _SPAN] = min(max(day - self._base, 1), 65_535) if day else 1
        _widen(series, value, len(digits), line)
        return None

    def _enter_odd(self, journal: str, number: str, day: int, line: int) -> int | None:
        before = self._odd.get((journal, number))
        if before is None and len(self._odd) < _MOST_ODD:
            self._odd[journal, number] = day
            self._odd_line = self._odd_line or line
        return before

    def follow(self, journal: str, number: str, validation: int, line: int) -> None:
        """Judge the order of the entry just entered: by day of validation, then by number."""
        if not validation:
            return
        if validation < self._newest:
            words = mark(
                "L’écriture {number} du journal {journal} suit une validation plus tardive."
            )
            self._tally.add("G03", line, "ValidDate", words, number=number, journal=journal)
        self._newest = max(validation, self._newest)
        if self._last is None:
            return
        series, value = self._last
        if validation == series.last_validation and value < series.last:
            words = mark(
                "L’écriture {number} du journal {journal} vient après un numéro plus grand."
            )
            self._tally.add("G03", line, "EcritureNum", words, number=number, journal=journal)
        series.last, series.last_validation = value, validation

    def conclude(self) -> None:
        """Look for gaps, in each journal or over all of them, whichever the program meant."""
        if not self.is_complete:
            words = mark("Les numéros sont trop dispersés pour prouver leur suite.")
            self._tally.add("G02", 0, "EcritureNum", words, severity=Severity.WARNING)
            return
        if self._odd:
            journal, number = next(iter(self._odd))
            words = mark(
                "Des numéros ({count}) ne finissent pas par des chiffres, comme « {number} » du "
                "journal {journal} : leur suite ne se prouve pas."
            )
            self._tally.add(
                "G02",
                self._odd_line,
                "EcritureNum",
                words,
                severity=Severity.WARNING,
                count=len(self._odd),
                number=number,
                journal=journal,
            )
        by_prefix: defaultdict[str, list[tuple[str, _Series]]] = defaultdict(list)
        for (journal, prefix), series in self._series.items():
            if series.count:
                by_prefix[prefix].append((journal, series))
        for prefix, group in by_prefix.items():
            self._judge_group(prefix, group)

    def _judge_group(self, prefix: str, group: list[tuple[str, _Series]]) -> None:
        missing = sum(s.high - s.low + 1 - s.count for _journal, s in group)
        if missing and len(group) > 1:
            merged = _merged([series for _journal, series in group])
            if merged.high - merged.low + 1 - merged.count < missing:
                self._tell_gaps(prefix, "", merged)
                return
        for journal, series in group:
            self._tell_gaps(prefix, journal, series)
        self._tell_starts(prefix, group)

    def _tell_starts(self, prefix: str, group: list[tuple[str, _Series]]) -> None:
        if not any(series.low <= 1 for series in self._series.values() if series.count):
            return
        for journal, series in group:
            if series.low > 1:
                words = mark("Dans le journal {journal}, la numérotation commence à {number}.")
                self._tally.add(
                    "G02",
                    series.low_line,
                    "EcritureNum",
                    words,
                    severity=Severity.WARNING,
                    journal=journal,
                    number=_spelled(prefix, series, series.low),
                )

    def _tell_gaps(self, prefix: str, journal: str, series: _Series) -> None:
        for told, (first, last) in enumerate(_gaps(series)):
            if told >= SHOWN:
                break
            numbers = _spelled(prefix, series, first)
            if last > first:
                numbers += "–" + _spelled(prefix, series, last)
            words = mark("Il manque {numbers} dans le journal {journal}.")
            if not journal:
                words = mark("Il manque {numbers} dans la suite des écritures.")
            line = series.jumps.get(last + 1, 0)
            self._tally.add("G02", line, "EcritureNum", words, numbers=numbers, journal=journal)


def _parted(journal: str, number: str) -> tuple[str, str]:
    """Return what stands before the last digits of a number, and these digits.

    The code of the journal belongs to what stands before, even when it ends with a digit.
    """
    lead = journal if number.startswith(journal) and not journal.isdigit() else ""
    prefix = lead + number[len(lead) :].rstrip(string.digits)
    return prefix, number[len(prefix) :]


def _widen(series: _Series, value: int, places: int, line: int) -> None:
    if not series.count or value < series.low:
        series.low, series.low_line = value, line
    if series.count and value > series.high + 1 and len(series.jumps) < _MOST_JUMPS:
        series.jumps[value] = line
    series.high = max(series.high, value) if series.count else value
    series.places = max(series.places, places)
    series.count += 1


def _merged(every: list[_Series]) -> _Series:
    merged = _Series()
    for series in every:
        for place, block in series.blocks.items():
            known = merged.blocks.setdefault(place, array("H", bytes(2 * _SPAN)))
            for offset, day in enumerate(block):
                if day and not known[offset]:
                    known[offset] = day
                    value = (place << _BLOCK) + offset
                    _widen(merged, value, series.places, series.jumps.get(value, 0))
    return merged


def _gaps(series: _Series) -> Iterator[tuple[int, int]]:
    """Return the first and last number of each hole."""
    if series.high - series.low + 1 == series.count:
        return
    previous = series.low
    for place in sorted(series.blocks):
        for offset, day in enumerate(series.blocks[place]):
            value = (place << _BLOCK) + offset
            if day:
                if value > previous + 1:
                    yield previous + 1, value - 1
                previous = max(value, previous)


def _spelled(prefix: str, series: _Series, value: int) -> str:
    return f"{prefix}{value:0{series.places}d}"
