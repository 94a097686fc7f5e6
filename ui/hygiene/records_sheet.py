"""The sheet of a week as the grid sees it: a line for each record, and one more to write in."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import open_days
from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.breach_rows import BreachRow, breaches_of
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.registers.honesty import remarks
from cantine_desktop.hygiene.registers.probes import probes_of
from cantine_desktop.hygiene.registers.queries import Line, chains, lines_from, records_of
from cantine_desktop.hygiene.registers.register import Column, Kind, Register
from cantine_desktop.hygiene.registers.states import SheetState, state_of
from cantine_desktop.hygiene.slots import Origin
from cantine_desktop.hygiene.words import BREACH_SIGN, TOLERATED_SIGN, verdict_name
from cantine_desktop.i18n import short_day, tr, trn
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP
from ui.kit.cells import Cell, Head, State

_LEAST = {
    Kind.DAY: 84,
    Kind.TIME: 62,
    Kind.CELSIUS: 60,
    Kind.NUMBER: 60,
    Kind.YES_NO: 56,
    Kind.CHECK: 56,
    Kind.CHOICE: 92,
    Kind.TEXT: 72,
    Kind.INITIALS: 56,
}
"""Pixels at 100 % in which what is typed can be read."""

_DAY = 126
"""Pixels at 100 % of the day of a row, with the mark of what the row means."""

_SHARE = 40
"""Pixels at 100 % of a share of one."""

_WORDS = {Kind.TEXT, Kind.CHOICE}

_NAMES = {"product", "dish"}
"""Columns that say what a row is about."""

_STATES = {
    Verdict.CONFORM: State.CONFORM,
    Verdict.TOLERATED: State.TOLERATED,
    Verdict.BREACH: State.BREACH,
    Verdict.NOT_DONE: State.MISSING,
    Verdict.NOT_APPLICABLE: State.PLAIN,
}


class Sheet(NamedTuple):
    """What the grid of a sheet shows.

    Attributes:
        register: What it records.
        week: Its ISO week.
        today: The civil day it is.
        lines: One row each, in order; a row to write in comes after them.
        state: How the sheet stands.
        breaches: Open breaches of the week, the oldest first.
        remarks: What is late, repeated, or written in one go.
        last_open: Last day of the week the canteen is open; ``None`` when it never is.
        probe: Thermometer that new rows of the week name; empty when none was chosen.
    """

    register: Register
    week: Period
    today: date
    lines: tuple[Line, ...] = ()
    state: SheetState = SheetState()
    breaches: tuple[BreachRow, ...] = ()
    remarks: tuple[str, ...] = ()
    last_open: date | None = None
    probe: str = ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, as on the paper."""
        return self.register.columns

    def row_heads(self) -> list[Head]:
        """Return a number for each line, and a sign for the one to write in."""
        heads = [Head(str(place)) for place in range(1, len(self.lines) + 1)]
        if self.state.is_signed:
            return heads or [Head("–")]
        return [*heads, Head("+", tip=tr("Nouvelle ligne : tapez d’abord le jour."))]

    def column_heads(self, words: Callable[[Column], Sequence[str]]) -> list[Head]:
        """Return the heads of the columns; ``words`` says what is proposed while typing."""
        return [
            Head(
                " ".join(part for part in (tr(column.title), column.unit) if part),
                width=_width(column),
                align="left" if _is_words(column) else "center",
                tip=tr(column.title),
                words=partial(words, column) if _has_words(column) else None,
            )
            for column in self.columns
        ]

    def line(self, row: int) -> Line | None:
        """Return the line of a row; ``None`` for the one to write in."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell as the grid shows it."""
        line, typed = self.line(row), self.columns[column].compute is None
        if line is None:
            tip = tr("Nouvelle ligne : le jour d’abord (mar, 17, 17/11), puis Entrée.")
            return Cell("", State.PLAIN, tip, editable=typed and not self.state.is_signed)
        if line.is_void:
            return Cell(line.former[-1][column], State.CLOSED, self.explain(line))
        text, open_ = line.texts[column], typed and not line.is_sealed
        if column:
            return Cell(text, State.PLAIN, self._tip(line, column), editable=open_)
        if line.is_sealed:
            sign = {Verdict.BREACH: BREACH_SIGN, Verdict.TOLERATED: TOLERATED_SIGN}
            text = f"{sign[line.verdict]}{NBSP}{text}" if line.verdict in sign else text
            return Cell(text, State.SEALED, self.explain(line))
        return Cell(text, _STATES[line.verdict], self.explain(line), editable=open_)

    def _tip(self, line: Line, column: int) -> str:
        """Say which row and which column a cell is of, for a wide sheet hides them, and explain."""
        named = (line.texts[i] for i, each in enumerate(self.columns) if each.key in _NAMES)
        where = (line.texts[0], next(named, ""), tr(self.columns[column].title))
        here = ", ".join(part for part in where if part)
        return tr("{here} — {words}").format(here=here, words=self.explain(line))

    def explain(self, line: Line) -> str:
        """Say in full what a line means: verdict, who wrote it when, what it replaced."""
        if line.is_void:
            return tr("Annulée par {initials} : {reason}.").format(
                initials=line.initials, reason=line.reason
            )
        incomplete = line.verdict is Verdict.NOT_DONE
        parts = [tr("Ligne incomplète") if incomplete else verdict_name(line.verdict).capitalize()]
        if line.is_late:
            parts.append(tr("noté le {day}").format(day=short_day(line.recorded_on)))
        if line.origin is Origin.FILE:
            parts.append(tr("lu dans un fichier"))
        for former in line.former:
            parts += [
                tr("« {column} » était : {was}").format(column=tr(column.title), was=was or "—")
                for column, was, text in zip(self.columns, former, line.texts, strict=True)
                if was != text and column.kind is not Kind.INITIALS
            ]
        parts += [tr("motif : {reason}").format(reason=line.reason)] if line.reason else []
        parts += [tr("semaine signée")] if line.is_sealed else []
        return ", ".join(parts) + "."

    def breach_at(self, row: int) -> BreachRow | None:
        """Return the open breach of a row."""
        line = self.line(row)
        wanted = line.record_id if line else None
        return next((each for each in self.breaches if each.record_id == wanted), None)

    def incomplete(self) -> list[int]:
        """Return the rows that prove nothing yet."""
        return [
            row
            for row, line in enumerate(self.lines)
            if line.verdict is Verdict.NOT_DONE and not line.is_void
        ]

    def first_empty(self, row: int) -> int:
        """Return the column of the first cell of a row with nothing in it."""
        line = self.line(row)
        texts = line.texts if line else ()
        return next(
            (
                place
                for place, (column, text) in enumerate(zip(self.columns, texts, strict=False))
                if not text and column.compute is None
            ),
            0,
        )

    @property
    def is_over(self) -> bool:
        """Whether no open day of the week is still to come."""
        last = self.last_open
        return self.week.first <= self.today and (last is None or last <= self.today)

    def before_signing(self) -> str:
        """Say what a signature means here, and what is to be looked at first."""
        if not self.state.rows:
            said = tr("Rien n’est noté cette semaine. Si c’est juste, dites pourquoi et signez.")
        else:
            said = tr("Signée, la semaine ne se modifie plus, elle se corrige.")
        if self.state.missing:
            said += " " + trn(
                "Il manque {n} ligne attendue : la fiche le dira.",
                "Il manque {n} lignes attendues : la fiche le dira.",
                self.state.missing,
            )
        return "\n".join([said, *self.remarks])

    def usual_initials(self) -> str:
        """Return the initials most seen on the sheet, or nothing."""
        seen = Counter(line.initials for line in self.lines if line.initials)
        return seen.most_common(1)[0][0] if seen else ""


def read_sheet(
    session: Session, register: Register, week: Period, now: datetime, order: Sequence[int] = ()
) -> Sheet:
    """Read a sheet for the grid.

    Args:
        session: Where to read.
        register: What it records.
        week: Its ISO week.
        now: The present instant.
        order: Records that keep the place they were shown at; the others come after them.
    """
    places = {first: place for place, first in enumerate(order)}
    records = records_of(session, register, week, every_revision=True)
    lines = lines_from(register, records)
    standing = [chain[-1] for chain in chains(records) if not chain[-1].is_void]
    lines.sort(key=lambda line: places.get(line.first_id, len(places)))
    found = breaches_of(session, week, now, register.key)
    days = open_days(session, week)
    return Sheet(
        register,
        week,
        civil_date(now),
        tuple(lines),
        state_of(session, register, week.first),
        tuple(row for row in found if row.settled_at is None),
        tuple(remarks(register, standing)),
        days[-1] if days else None,
        probes_of(reversed(standing))[0] if probes_of(standing) else "",
    )


def state_words(state: SheetState, *, is_past: bool) -> str:
    """Return how a sheet stands, in a few words: ``12 lignes, 1 écart``."""
    if state.is_signed and not state.rows:
        return tr("rien, signée")
    said = [trn("{n} ligne", "{n} lignes", state.rows)] if state.rows else []
    if state.incomplete:
        said.append(trn("{n} incomplète", "{n} incomplètes", state.incomplete))
    if state.breaches:
        said.append(trn("{n} écart", "{n} écarts", state.breaches))
    if state.is_signed:
        said.append(tr("signée"))
    elif is_past and not state.rows:
        said.append(tr("manquante") if state.due else tr("rien, à signer"))
    elif not state.rows:
        said.append(tr("vide"))
    return ", ".join(said)


def _has_words(column: Column) -> bool:
    return column.suggest is not None or column.kind is Kind.CHOICE


def _is_words(column: Column) -> bool:
    return column.key == "day" or (column.kind in _WORDS and column.compute is None)


def _width(column: Column) -> int:
    least = _DAY if column.key == "day" else _LEAST[column.kind]
    return max(least, round(column.share * _SHARE))
