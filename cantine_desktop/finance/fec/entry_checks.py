"""Entries: what the lines of one must have in common, and their sums."""

from dataclasses import dataclass

from cantine_desktop.finance.fec.codes import Severity
from cantine_desktop.finance.fec.faults import Tally
from cantine_desktop.finance.fec.numbering_checks import Numbers
from cantine_desktop.finance.fec.values import euros, shown
from cantine_desktop.i18n import mark
from cantine_desktop.values.text import fold

_MOST_OPEN = 200_000
"""Pieces of entries that wait for their other lines; more are not followed."""
_OPENING_CODES = {"an", "ano", "anv", "ran", "rn", "ouv", "an0", "a-n", "anouv"}
_OPENING_WORDS = ("a nouveau", "a-nouveau", "anouveau", "reprise des soldes", "ouverture")

OPERATING = 1
"""An account of classes 6 or 7."""
RESULT = 2
"""An account 12."""
IN_KIND = 4
"""An account of class 8."""

LONGEST_YEAR = 731
"""Days that a fiscal year lasts at most: the first of a company may have twenty-four months."""
_TWELVE_MONTHS = 365
"""Days before the closing day on which a year of twelve months may begin, leap years too."""


@dataclass
class Year:
    """The days the entries of a file lie in, as ordinals; 0 is unknown.

    Attributes:
        known: The first day is known, not guessed from the longest year there is.
        given: Who asks for the check said both days.
    """

    first: int = 0
    last: int = 0
    known: bool = False
    given: bool = False


def opens(journal: str, title: str) -> bool:
    """Tell whether a journal holds opening entries, by its code or title."""
    words = fold(title)
    return fold(journal) in _OPENING_CODES or any(sign in words for sign in _OPENING_WORDS)


@dataclass(slots=True)
class _Open:
    """A piece of an entry: lines that follow each other."""

    journal: str = ""
    number: str = ""
    line: int = 0
    day_text: str = ""
    day: int = 0
    valid_text: str = ""
    valid: int = 0
    ref: str = ""
    total: int = 0
    count: int = 0
    kinds: int = 0
    opening: bool = False
    unsure: bool = False
    told: bool = False
    undated: bool = False


class Entries:
    """Follows entries from line to line.

    Attributes:
        is_cash_basis: Receipts and expenses are kept, which need no other side.
    """

    def __init__(self, tally: Tally, numbers: Numbers, year: Year, today: int) -> None:
        self._tally, self._numbers, self._year, self._today = tally, numbers, year, today
        self._now = _Open()
        self._waiting: dict[tuple[str, str], list[int]] = {}
        self._lost: set[tuple[str, str]] = set()
        self.openings: set[str] = set()
        self.count = self.drafts = self.opening_count = 0
        self.first_day = self.last_day = self.draft_line = 0
        self.is_complete = True
        self.is_unsure = self.is_cash_basis = False
        self._past_opening = False
        self._first_line = 0

    @property
    def is_opening(self) -> bool:
        """Whether the entry in hand is an opening one."""
        return self._now.opening

    def add(
        self,
        line: int,
        names: tuple[str, str, str, str, str],
        days: tuple[int, int],
        cents: int | None,
        kind: int,
    ) -> None:
        """Add a line to the entry in hand, or begin the next one.

        Args:
            line: Line of the file.
            names: Journal, number, day, reference and day of validation, as written.
            days: Ordinals of day and validation; 0 is unreadable.
            cents: Debit less credit; ``None`` when an amount cannot be read.
            kind: What the account is: a sum of ``OPERATING``…
        """
        now = self._now
        if names[1] != now.number or names[0] != now.journal or not now.count:
            names = self._begin(line, names, days)
            now = self._now
        elif names[2:] != (now.day_text, now.ref, now.valid_text):
            if self._differs(line, names, days):
                self._begin(line, names, days)
            now = self._now
        now.count += 1
        now.kinds |= kind
        if cents is None:
            now.unsure = self.is_unsure = True
        else:
            now.total += cents

    def doubt(self, journal: str, number: str) -> None:
        """Note that a line of an entry could not be read."""
        now = self._now
        self.is_unsure = True
        if (journal, number) == (now.journal, now.number):
            now.unsure = True
        elif len(self._lost) < _MOST_OPEN:
            self._lost.add((journal, number))

    def _begin(
        self, line: int, names: tuple[str, str, str, str, str], days: tuple[int, int]
    ) -> tuple[str, str, str, str, str]:
        now = self._now
        journal, number, day_text, ref, valid_text = names
        blank = not (journal and number and now.journal and now.number)
        if blank and now.count and self._same_but_blank(names):
            now.journal, now.number = now.journal or journal, now.number or number
            return names
        self._close()
        self._now = now = _Open(
            journal,
            number,
            line,
            day_text,
            days[0],
            valid_text,
            days[1],
            ref,
            opening=journal in self.openings,
        )
        if now.opening:
            self.opening_count += 1
            if not self._year.known and days[0]:
                self._year.first, self._year.known = days[0], True
        return names

    def _same_but_blank(self, names: tuple[str, str, str, str, str]) -> bool:
        """Tell whether a line goes on an entry, where one of both lacks journal or number."""
        now = self._now
        journal = not names[0] or not now.journal or names[0] == now.journal
        number = not names[1] or not now.number or names[1] == now.number
        return journal and number and names[2] == now.day_text and now.total != 0

    def _differs(
        self, line: int, names: tuple[str, str, str, str, str], days: tuple[int, int]
    ) -> bool:
        """Judge a line whose day, reference or validation is another; tell if it is a new entry."""
        now = self._now
        other_day = bool(days[0] and now.day and days[0] != now.day)
        if other_day and now.total == 0 and now.count > 1:
            return True
        now.day = now.day or days[0]
        now.valid = now.valid or days[1]
        if now.told:
            return False
        if other_day:
            words = mark("L’écriture {number} du journal {journal} a plusieurs dates.")
            self._tell("E03", line, "EcritureDate", words)
        elif days[1] and now.valid and days[1] != now.valid:
            words = mark("L’écriture {number} du journal {journal} a plusieurs validations.")
            self._tell("E03", line, "ValidDate", words)
        elif names[3] != now.ref and names[3].strip() and now.ref.strip():
            words = mark("L’écriture {number} du journal {journal} porte plusieurs pièces.")
            self._tell("E03", line, "PieceRef", words, weight=Severity.WARNING)
        else:
            return False
        now.told = True
        return False

    def _close(self) -> None:
        """Judge the piece in hand, now that its last line is known."""
        now = self._now
        if not now.count:
            return
        before = (
            self._numbers.enter(now.journal, now.number, now.day, now.line)
            if now.number.strip()
            else None
        )
        if before is None:
            self.count += 1
            self._judge_days()
            self._judge_kinds()
        elif before and now.day and before != now.day:
            words = mark("Le numéro {number} du journal {journal} sert à deux écritures.")
            self._tell("E08", now.line, "EcritureNum", words)
            self.count += 1
            self._judge_days()
        else:
            words = mark("L’écriture {number} du journal {journal} reprend après d’autres.")
            self._tell("E04", now.line, "EcritureNum", words)
        self._settle(again=before is not None)
        if not now.opening:
            self._past_opening = True

    def _tell(
        self, code: str, line: int, name: str, words: str, *, weight: Severity | None = None
    ) -> None:
        """Note a fault of the entry in hand."""
        now = self._now
        days = {"day": shown(now.day), "valid": shown(now.valid)}
        self._tally.add(
            code,
            line,
            name,
            words,
            severity=weight,
            number=now.number,
            journal=now.journal,
            day=days["day"],
            valid=days["valid"],
        )

    def _settle(self, *, again: bool) -> None:
        """Keep the sum of a piece that does not balance, or is alone, for those that follow."""
        now, key = self._now, (self._now.journal, self._now.number)
        if now.unsure and len(self._lost) < _MOST_OPEN:
            self._lost.add(key)
        waiting = self._waiting.pop(key, None) if again else None
        total, count, line = waiting or (0, 0, now.line)
        total, count = total + now.total, count + now.count
        if (total or count < 2) and not now.unsure:
            if len(self._waiting) >= _MOST_OPEN:
                self.is_complete = False
            else:
                self._waiting[key] = [total, count, line]

    def _judge_days(self) -> None:
        now, year = self._now, self._year
        if now.day:
            if not self.first_day or now.day < self.first_day:
                self.first_day, self._first_line = now.day, now.line
            self.last_day = max(self.last_day, now.day)
            if year.last and now.day > year.last:
                words = mark(
                    "L’écriture {number} ({journal}) est datée du {day}, après la clôture."
                )
                self._tell("E05", now.line, "EcritureDate", words)
            elif year.first and now.day < year.first:
                words = mark(
                    "L’écriture {number} ({journal}) est datée du {day}, avant l’ouverture."
                )
                self._tell("E05", now.line, "EcritureDate", words)
        if now.valid:
            self._judge_validation()
        else:
            self.drafts += not now.valid_text.strip()
            self.draft_line = self.draft_line or now.line

    def _judge_validation(self) -> None:
        now = self._now
        if now.valid > self._today:
            words = mark("L’écriture {number} ({journal}) est validée le {valid}, un jour à venir.")
            self._tell("E06", now.line, "ValidDate", words)
        elif now.day and now.valid < now.day:
            words = mark("L’écriture {number} ({journal}) est validée le {valid}, avant sa date.")
            self._tell("E06", now.line, "ValidDate", words, weight=Severity.WARNING)
        if not now.opening:
            self._numbers.follow(now.journal, now.number, now.valid, now.line)

    def _judge_kinds(self) -> None:
        now = self._now
        if now.opening and self._past_opening:
            words = mark("L’à-nouveau {number} vient après d’autres écritures.")
            self._tell("G04", now.line, "JournalCode", words)
        if now.opening and now.kinds & (OPERATING | IN_KIND):
            words = mark("L’à-nouveau {number} reprend des comptes des classes 6, 7 ou 8.")
            self._tell("G04", now.line, "CompteNum", words)
        if not now.opening and now.kinds & OPERATING and now.kinds & RESULT:
            words = mark(
                "L’écriture {number} ({journal}) solde des comptes 6 ou 7 par le compte 12."
            )
            self._tell("G05", now.line, "CompteNum", words)

    def _judge_length(self) -> None:
        """Tell a year that would last more than twelve months, when nobody said how long it is."""
        year = self._year
        if year.given or not year.last or self.first_day < max(year.first, 1):
            return
        if self.first_day < year.last - _TWELVE_MONTHS:
            words = mark(
                "Des écritures sont datées du {first}, plus de douze mois avant la clôture du "
                "{last} : vérifiez leur date, ou la durée de l’exercice."
            )
            self._tally.add(
                "E05",
                self._first_line,
                "EcritureDate",
                words,
                severity=None if self.first_day < year.last - LONGEST_YEAR else Severity.WARNING,
                first=shown(self.first_day),
                last=shown(year.last),
            )

    def conclude(self) -> None:
        """Judge the last entry, those that still wait, and how long the year is."""
        self._close()
        self._now = _Open()
        self._judge_length()
        weight = Severity.WARNING if self.is_cash_basis else None
        for (journal, number), (total, count, line) in self._waiting.items():
            if (journal, number) in self._lost:
                continue
            gap = euros(total)
            if total:
                words = mark(
                    "L’écriture {number} ({journal}) a {gap} d’écart entre débit et crédit."
                )
                self._tally.add(
                    "E01",
                    line,
                    "Debit",
                    words,
                    severity=weight,
                    gap=gap,
                    number=number,
                    journal=journal,
                )
            if count < 2:
                words = mark("L’écriture {number} ({journal}) n’a qu’une ligne.")
                self._tally.add(
                    "E02",
                    line,
                    "EcritureNum",
                    words,
                    severity=weight,
                    number=number,
                    journal=journal,
                )
