"""What a check found: faults with their place, how many of each, and the verdicts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from cantine_desktop.finance.fec.codes import CODES, ORDER, Severity
from cantine_desktop.finance.fec.fields import NAMES
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money

SHOWN = 20
"""Faults of one code that are told one by one; the others are counted."""
LONGEST_VALUE = 60
"""Letters of a value that a sentence quotes."""


class Office(StrEnum):
    """What the tax office’s own tool, Test Compta Demat, would say."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    REJECTED = "rejected"
    STOPPED = "stopped"


_WORSE = {verdict: place for place, verdict in enumerate(Office)}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        code: One of ``codes.CODES``.
        severity: How much it weighs here.
        line: Line of the file, from 1; 0 is the whole file.
        column: Place of the field in the line, from 1; 0 is the whole line.
        field: Name of that field, or empty.
        words: What is wrong, in a sentence.
        told_by_office: Whether the tax office’s tool would refuse the file for it.
    """

    code: str
    severity: Severity
    line: int
    column: int
    field: str
    words: str
    told_by_office: bool = False

    @property
    def place(self) -> str:
        """Where it is, in words: ``ligne 4, zone 12 (Debit)``; empty for the whole file."""
        if not self.line:
            return ""
        if not self.column:
            return tr("ligne {line}").format(line=self.line)
        return tr("ligne {line}, zone {column} ({field})").format(
            line=self.line, column=self.column, field=self.field
        )

    def place_of(self, lines: str) -> str:
        """Return its place for several lines: ``lignes 2 à 21, zone 16 (ValidDate)``."""
        if lines == str(self.line) or not self.line:
            return self.place
        if not self.column:
            return tr("lignes {lines}").format(lines=lines)
        return tr("lignes {lines}, zone {column} ({field})").format(
            lines=lines, column=self.column, field=self.field
        )

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return tr(CODES[self.code].remedy)

    @property
    def source(self) -> str:
        """What it rests on."""
        return CODES[self.code].source


class Tally:
    """Gathers faults: the first ones of a code with their words, the others as a number.

    Attributes:
        columns: Place of each field in the lines of the file, from 1.
        office: What the tax office’s tool would say so far.
    """

    def __init__(self) -> None:
        self.columns = {name: place for place, name in enumerate(NAMES, 1)}
        self.faults: list[Fault] = []
        self.counts: Counter[str] = Counter()
        self.errors = self.warnings = 0
        self.office = Office.ACCEPTED
        self._told: Counter[str] = Counter()

    def add(
        self,
        code: str,
        line: int,
        name: str,
        words: str,
        /,
        *,
        severity: Severity | None = None,
        office: bool = False,
        **values: object,
    ) -> None:
        """Note a fault.

        Args:
            code: Which check.
            line: Line of the file; 0 is the whole file.
            name: Name of the field, or empty.
            words: What is wrong, marked; filled in with ``values``.
            severity: Its weight when it is not the usual one.
            office: Whether the tax office’s tool would refuse the file for it.
            values: Fill the sentence in; what is a text is cut when it is long.
        """
        weight = severity or CODES[code].severity
        self.counts[code] += 1
        self.errors += weight is Severity.ERROR
        self.warnings += weight is Severity.WARNING
        if office:
            self.worsen(Office.REFUSED)
        if self._told[code] >= SHOWN:
            return
        self._told[code] += 1
        said = tr(words).format(**{key: _cut(value) for key, value in values.items()})
        column = self.columns.get(name, 0) if line else 0
        self.faults.append(Fault(code, weight, line, column, name, said, office))

    def worsen(self, office: Office) -> None:
        """Note what the tax office’s tool would say, unless worse is known."""
        if _WORSE[office] > _WORSE[self.office]:
            self.office = office


def merged(faults: Iterable[Fault]) -> list[tuple[str, Fault]]:
    """Return faults that say the same of the same field once, each with its lines in words.

    Args:
        faults: Of one code, in the order of the lines.

    Returns:
        Lines as ``"2 à 21, 30"``, empty for the whole file, and the first fault of them.
    """
    together: dict[tuple[int, str, Severity], list[Fault]] = {}
    for fault in faults:
        together.setdefault((fault.column, fault.words, fault.severity), []).append(fault)
    return [(_runs([fault.line for fault in same]), same[0]) for same in together.values()]


def _runs(lines: Sequence[int]) -> str:
    """Write numbers that follow each other as a run."""
    runs: list[list[int]] = []
    for line in filter(None, lines):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    said = [
        tr("{first} à {last}").format(first=first, last=last) if last > first else str(first)
        for first, last in runs
    ]
    return ", ".join(said)


def _cut(value: object) -> object:
    """Return a value as a sentence may quote it: short, and without control characters."""
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST_VALUE:
        value = value[: LONGEST_VALUE - 1] + "…"
    return "".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in value)


@dataclass(frozen=True)
class Expected:
    """What the ledger a file was made from says of it.

    Attributes:
        result: Income less expenses of the year, as the statements show; ``None`` if unknown.
        drafts: Entries of the year that nobody validated.
    """

    lines: int
    entries: int
    debit: Money
    credit: Money
    result: Money | None = None
    drafts: int = 0


@dataclass
class Report:
    """All that is known of a file once it was checked.

    Attributes:
        name: Of the file, as handed over.
        size: Bytes.
        sha256: Of the file, in hexadecimal.
        encoding: ``"utf-8"``, ``"iso8859-15"``, or empty when it is no text.
        separator: A tabulation or ``"|"``, or empty.
        line_end: What ends most lines: CR LF, LF or CR; empty for one line.
        lines: Lines of entries.
        entries: Entries.
        debit: Sum of the debits that could be read.
        first_day: Day of the first entry; ``None`` without any.
        closing: Closing day that the name says; ``None`` when it says none.
        siren: That the name says, or empty.
        faults: What breaks the norm first, in order of codes, then of lines; the first
            ``SHOWN`` of each code.
        counts: How many faults each code has.
        errors: How many faults break the norm or make the accounts wrong.
        warnings: How many ask to be looked at.
        office: What the tax office’s tool would say.
        unchecked: Why the content was not checked, in a sentence; empty when it was.
        has_prior: Openings were compared with the closing of the year before.
        has_ledger: Sums were compared with the ledger the file was made from.
    """

    name: str
    size: int = 0
    sha256: str = ""
    encoding: str = ""
    separator: str = ""
    line_end: str = ""
    lines: int = 0
    entries: int = 0
    debit: Money = field(default=Money(0))
    credit: Money = field(default=Money(0))
    first_day: date | None = None
    last_day: date | None = None
    closing: date | None = None
    siren: str = ""
    faults: list[Fault] = field(default_factory=list[Fault])
    counts: dict[str, int] = field(default_factory=dict[str, int])
    errors: int = 0
    warnings: int = 0
    office: Office = Office.ACCEPTED
    unchecked: str = ""
    has_prior: bool = False
    has_ledger: bool = False

    @property
    def is_accepted(self) -> bool:
        """Whether the whole file was checked and nothing in it breaks the norm."""
        return not self.errors and not self.unchecked

    @property
    def codes(self) -> set[str]:
        """The checks that found something."""
        return set(self.counts)

    def take(self, tally: Tally) -> None:
        """Take over what was gathered."""
        mild = {f.code for f in tally.faults} - {
            f.code for f in tally.faults if f.severity is Severity.ERROR
        }

        def place(fault: Fault) -> tuple[bool, int, int, int]:
            return fault.code in mild, ORDER[fault.code], fault.line, fault.column

        def weight(code: str) -> tuple[bool, int]:
            return code in mild, ORDER[code]

        self.faults = sorted(tally.faults, key=place)
        self.counts = {code: tally.counts[code] for code in sorted(tally.counts, key=weight)}
        self.errors, self.warnings = tally.errors, tally.warnings
        self.office = tally.office
