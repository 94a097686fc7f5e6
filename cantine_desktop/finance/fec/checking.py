"""Checking any FEC, ours or another program’s: every fault with its place, in one reading.

The file is read as a stream, twice (bytes, then lines); what is kept in memory does not grow
with it, but for the numbers of its entries, two bytes each.
"""

import io
import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack
from datetime import date
from itertools import chain
from typing import IO

from cantine_desktop.finance.chart.numbering import RENUMBERED
from cantine_desktop.finance.fec.codes import Severity
from cantine_desktop.finance.fec.entry_checks import LONGEST_YEAR, Entries, Year
from cantine_desktop.finance.fec.faults import Expected, Office, Report, Tally
from cantine_desktop.finance.fec.fields import FILE_NAME, NAMES, is_siren
from cantine_desktop.finance.fec.heading_checks import Layout, read_heading
from cantine_desktop.finance.fec.line_checks import Lines
from cantine_desktop.finance.fec.numbering_checks import Numbers
from cantine_desktop.finance.fec.raw_checks import (
    DOUBLED,
    LONGEST_LINE,
    Raw,
    blocks_of,
    scan,
    stray_ends,
)
from cantine_desktop.finance.fec.sum_checks import Sums
from cantine_desktop.finance.fec.text_checks import has_strays, suspicion
from cantine_desktop.i18n import mark, short_day, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

Step = Callable[[float], None]
"""Told how far the work is, from 0 to 1; what it raises ends the work."""

_OFFICE_NAME = re.compile(r"(.*)FEC(20\d\d[01]\d[0-3]\d)", re.IGNORECASE)


def nothing_told(_share: float) -> None:
    """Tell nobody how far the work is."""


def check_fec(  # noqa: PLR0913  -- all but two are named, and left out by most
    source: IO[bytes] | bytes,
    name: str,
    *,
    today: date,
    prior: Mapping[str, int] | None = None,
    chart: Collection[str] | None = None,
    year: Period | None = None,
    expected: Expected | None = None,
    step: Step = nothing_told,
) -> Report:
    """Check a FEC and return everything that was found; whatever the bytes, it returns.

    Args:
        source: The file.
        name: Its name, without folders; empty when it has none.
        today: No entry is validated after that civil day.
        prior: Balances of the year before once closed, debit less credit, in cents, by
            number of account, those of classes 6 and 7 included.
        chart: Numbers of accounts known besides those of the French chart.
        year: The fiscal year; ``None`` is guessed from the name and the openings.
        expected: What the ledger says the file should hold.
        step: Told how far the work is.
    """
    tally = Tally()
    report = Report(name, has_prior=prior is not None, has_ledger=expected is not None)
    closing = _judge_name(name, tally, report, year, draft=bool(expected and expected.drafts))
    with ExitStack() as stack:
        seekable = _seekable(source, stack)
        raw = scan(seekable, tally)
        report.size, report.sha256 = raw.size, raw.sha256
        report.encoding, report.line_end = raw.encoding.removesuffix("-sig"), raw.line_end
        if not raw.encoding:
            report.unchecked = tr(
                "Le contenu du fichier ne se lit pas : rien d’autre n’est contrôlé."
            )
        elif _is_xml(raw):
            report.unchecked = tr(
                "Ce fichier est un FEC au format XML. La norme admet ce format, mais son contenu "
                "n’est pas contrôlé ici : demandez le fichier à plat (.txt)."
            )
        else:
            years = _years(closing, year)
            _Reading(tally, report, raw, years, today, chart).read(seekable, prior, expected, step)
    report.take(tally)
    step(1)
    return report


def _seekable(source: IO[bytes] | bytes, stack: ExitStack) -> IO[bytes]:
    """Return a file that can be read twice."""
    if isinstance(source, bytes):
        return io.BytesIO(source)
    if source.seekable():
        return source
    spooled = stack.enter_context(
        tempfile.SpooledTemporaryFile(max_size=1 << 24)  # noqa: SIM115  -- the stack closes it
    )
    while chunk := source.read(1 << 20):
        spooled.write(chunk)
    return spooled


def _is_xml(raw: Raw) -> bool:
    return raw.head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _judge_name(
    name: str, tally: Tally, report: Report, year: Period | None, *, draft: bool
) -> date | None:
    """Judge the name of a file and return the closing day it says."""
    if not name:
        return None
    office = _OFFICE_NAME.match(name)
    if office is None or not office[1]:
        tally.worsen(Office.REJECTED)
    if name[-4:] != ".txt" and FILE_NAME.fullmatch(name[:-4] + name[-4:].lower()):
        words = mark("« {name} » se termine par « {end} » au lieu de « .txt ».")
        tally.add("F01", 0, "", words, severity=Severity.WARNING, name=name, end=name[-4:])
    elif not FILE_NAME.fullmatch(name):
        if not draft:
            words = mark("« {name} » n’est pas un nom comme 123456782FEC20261231.txt.")
            tally.add("F01", 0, "", words, name=name)
        return None if office is None else _closing(office[2])
    report.siren = name[:9]
    if not is_siren(report.siren):
        words = mark("Le SIREN {siren} n’a pas la bonne clé : un chiffre est faux.")
        tally.add("F02", 0, "", words, siren=report.siren)
    report.closing = _closing(name[12:20])
    if report.closing is None:
        words = mark("« {text} » n’est pas une date du calendrier.")
        tally.add("F03", 0, "", words, text=name[12:20])
    elif year is not None and report.closing != year.last:
        words = mark("Le nom dit {day} ; l’exercice se clôt le {last}.")
        tally.add("F03", 0, "", words, day=short_day(report.closing), last=short_day(year.last))
    return report.closing


def _closing(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def _years(closing: date | None, year: Period | None) -> Year:
    if year is not None:
        return Year(year.first.toordinal(), year.last.toordinal(), known=True, given=True)
    if closing is None:
        return Year()
    return Year(max(closing.toordinal() - LONGEST_YEAR, 1), closing.toordinal())


class _Reading:
    """One reading of the lines of a file."""

    def __init__(
        self,
        tally: Tally,
        report: Report,
        raw: Raw,
        year: Year,
        today: date,
        chart: Collection[str] | None,
    ) -> None:
        self._tally, self._report, self._raw, self._chart = tally, report, raw, chart
        self._numbers = Numbers(tally)
        self._entries = Entries(tally, self._numbers, year, today.toordinal())
        self._sums = Sums(tally)

    def read(
        self,
        source: IO[bytes],
        prior: Mapping[str, int] | None,
        expected: Expected | None,
        step: Step,
    ) -> None:
        """Read and judge all lines, then what they make together."""
        blocks = blocks_of(source, self._raw)
        first, is_odd = next(blocks, ([""], False))
        layout = read_heading(first[0], self._tally)
        if layout is None:
            self._report.unchecked = tr(
                "Les zones ne se distinguent pas : les écritures ne sont pas contrôlées."
            )
            return
        self._report.separator = layout.separator
        self._tally.columns = layout.columns
        self._entries.is_cash_basis = self._sums.is_cash_basis = layout.is_cash_basis
        lines = Lines(self._tally, layout, self._entries, self._sums, self._chart)
        if layout.has_heading:
            del first[0]
        self._read_lines(lines, layout, chain([(first, is_odd)], blocks), step)
        if self._raw.line_end == DOUBLED:
            words = mark("Chaque ligne se termine par deux retours chariot (CR CR LF).")
            self._tally.add("F06", 1, "", words)
            words = mark("Le dernier nom de zone est suivi d’un retour chariot.")
            self._tally.add("H06", 1, NAMES[-1], words, office=True)
        if self._raw.is_mixed:
            for line in stray_ends(source, self._raw):
                words = mark("La ligne ne se termine pas comme les autres.")
                self._tally.add("F06", line, "", words)
        self._conclude(lines, prior, expected)

    def _read_lines(
        self, lines: Lines, layout: Layout, blocks: Iterable[tuple[list[str], bool]], step: Step
    ) -> None:
        pattern = suspicion(layout)
        number, done = 1 + layout.has_heading, 0
        for block, is_odd in blocks:
            text = "\n".join(block)
            if is_odd or has_strays(text, layout):
                for line in block:
                    lines.read(number, line, suspicious=pattern.search(line) is not None)
                    number += 1
            else:
                for line in block:
                    lines.read(number, line)
                    number += 1
            if block and len(block[-1]) >= LONGEST_LINE:
                self._report.unchecked = tr(
                    "La ligne {line} est démesurée : la suite n’est pas contrôlée."
                ).format(line=number - 1)
            done += len(text)
            step(min(done / self._raw.size, 0.99))

    def _conclude(
        self, lines: Lines, prior: Mapping[str, int] | None, expected: Expected | None
    ) -> None:
        report, entries, sums = self._report, self._entries, self._sums
        entries.conclude()
        self._numbers.conclude()
        report.lines, report.entries = lines.count, entries.count
        report.debit, report.credit = Money(sums.debit), Money(sums.credit)
        if entries.first_day:
            report.first_day = date.fromordinal(entries.first_day)
            report.last_day = date.fromordinal(entries.last_day)
        if not lines.count:
            self._tally.add("F09", 0, "", mark("Ce fichier ne contient aucune écriture."))
            self._tally.worsen(Office.STOPPED)
        first = report.first_day
        renumbers = first is not None and first.year == RENUMBERED.year
        sums.conclude(prior, unsure=entries.is_unsure, renumbers=renumbers)
        self._judge_whole(lines, expected)
        if expected is not None:
            sums.compare(expected, lines.count, entries.count)
        if not (entries.is_complete and sums.is_complete):
            report.unchecked = tr(
                "Les écritures sont trop dispersées pour que tout leur équilibre soit prouvé."
            )

    def _judge_whole(self, lines: Lines, expected: Expected | None) -> None:
        """Judge that the openings are there, and that nothing waits for validation."""
        drafts = self._entries.drafts
        if drafts:
            words = mark(
                "{count} écritures n’ont pas de date de validation : ce sont des brouillons."
            )
            self._tally.add("G14", self._entries.draft_line, "ValidDate", words, count=drafts)
        if expected is not None and expected.drafts:
            words = mark(
                "Des brouillons de l’exercice ({count}) ne sont pas dans ce fichier : il est "
                "provisoire et n’est pas un FEC."
            )
            self._tally.add("G14", 0, "", words, count=expected.drafts)
        if expected is None and lines.count and not self._entries.opening_count:
            words = mark(
                "Le fichier n’a pas d’écriture d’ouverture : c’est normal la première année "
                "seulement."
            )
            self._tally.add("G04", 0, "", words, severity=Severity.WARNING)
