"""The sheet of a week of any register: to fill by hand, or as it was filled."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import IO, Any, NamedTuple

from reportlab.lib.units import mm
from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.fonts import SEMIBOLD
from cantine_desktop.documents.grid_cells import Cell, Group, HandRow, Mark
from cantine_desktop.documents.grids import LEAST_MM, hand_grid
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.sheet_ids import sheet_id
from cantine_desktop.documents.styles import TextStyle, paragraph, small, writing_lines
from cantine_desktop.hygiene.breach_rows import breaches_of
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.registers.honesty import remarks
from cantine_desktop.hygiene.registers.probes import names_one_probe, probes_of
from cantine_desktop.hygiene.registers.queries import Line, lines_of, records_of
from cantine_desktop.hygiene.registers.register import Column, Kind, Register
from cantine_desktop.hygiene.registers.signing import signature_of
from cantine_desktop.hygiene.registers.states import SheetState, state_of
from cantine_desktop.hygiene.sheet_notes import breaches_part, kept_line
from cantine_desktop.hygiene.words import BREACH_SIGN, TOLERATED_SIGN
from cantine_desktop.i18n import mark, short_day, tr, trn, weekday
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP

HEAD_MM = 20.0
"""Width of the day at the left of each row, in millimetres."""

TALLEST_MM = 11.0
"""Height a row of a blank sheet has at most, where the page leaves room."""

LEAST_ROWS = 5
"""A blank sheet has no fewer, whatever stands around them."""

_SIGNED = TextStyle(SEMIBOLD, 10.5, 14, before=8)
"""Who signed: it stands alone, and may be the last line of a page."""

NOTED = " / "
"""Between the former values of a cell."""

SCREEN = "records"
"""Where every filled sheet is typed back."""


class Sheet(NamedTuple):
    """Which sheet is written.

    Attributes:
        register: What it records.
        week: Its ISO week.
        now: The present instant.
    """

    register: Register
    week: Period
    now: datetime

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column but the day, which heads each row."""
        return self.register.columns[1:]


def code_of(register: Register, week: Period) -> str:
    """Return the id of a sheet: ``FR-2026-S47``."""
    return sheet_id(register.letter, week, Cadence.WEEK)


def write_blank(
    register: Register, session: Session, period: Period, now: datetime, target: IO[bytes]
) -> None:
    """Write the sheet of a week to fill by hand.

    Args:
        register: What it records.
        session: Where to read limits and the name of the canteen.
        period: Any days; the ISO week of the first one is written.
        now: The present instant.
        target: Where the PDF goes.
    """
    sheet = Sheet(register, Period.week(period.first), now)
    frame = _frame(session, sheet)
    above, below = legend_of(session, sheet), _under_blank(register)
    room = _room_for_rows([*above, *below], sheet, frame)
    rows = min(register.blank_rows, max(int(room / LEAST_MM), LEAST_ROWS))
    grid = blank_grid(sheet, rows, min(room / rows, TALLEST_MM))
    # Measuring used up the first ones: a flowable is drawn once.
    story = [*legend_of(session, sheet), grid, *_under_blank(register)]
    write_document(target, frame, story)


def _under_blank(register: Register) -> list[Flowable]:
    return [
        small(_how_to_fill(register)),
        writing_lines(tr("Visa du responsable en fin de semaine, remarques"), 1),
    ]


def blank_grid(sheet: Sheet, rows: int, row_mm: float = LEAST_MM) -> Flowable:
    """Return the grid of a sheet with rows to fill by hand, of a height in millimetres."""
    return _grid(sheet, [HandRow("")] * rows, row_mm)


def _room_for_rows(others: Sequence[Flowable], sheet: Sheet, frame: PageFrame) -> float:
    """Return the millimetres that what stands around the rows leaves them on the page."""
    width, height = frame.room
    taken = sum(each.wrap(width, height)[1] + each.getSpaceAfter() for each in others)
    taken += sum(each.getSpaceBefore() for each in others)
    head = blank_grid(sheet, 1).wrap(width, height)[1] - LEAST_MM * mm
    return (height - taken - head) / mm - 0.5  # no row is pushed over by a rounding


def write_filled(
    register: Register, session: Session, period: Period, now: datetime, target: IO[bytes]
) -> None:
    """Write the sheet of a week as it was filled, its holes and corrections included.

    Args:
        register: What it records.
        session: Where to read.
        period: Any days; the ISO week of the first one is written.
        now: The present instant.
        target: Where the PDF goes.
    """
    sheet = Sheet(register, Period.week(period.first), now)
    write_document(target, _frame(session, sheet), story_of(session, sheet))


def story_of(session: Session, sheet: Sheet) -> list[Flowable]:
    """Return what stands on the filled sheet of a week, for a document of several sheets too."""
    register, week, _now = sheet
    lines = lines_of(session, register, week)
    state = state_of(session, register, week.first)
    story = legend_of(session, sheet)
    if lines:
        story += [_grid(sheet, [_row(sheet, line) for line in lines]), small(_key(lines))]
    else:
        story.append(paragraph(_nothing(state, week, sheet.now)))
    said = [*_holes(state, week, sheet.now), *_corrections(lines)]
    records = records_of(session, register, week)
    said += [*remarks(register, records), *_probes(register, records)]
    breaches = breaches_of(session, week, sheet.now, register.key)
    story += [*map(small, said), *(breaches_part(breaches) if breaches else [])]
    story += _signed(session, sheet)
    return story


def documents_of(register: Register) -> tuple[Document, Document]:
    """Return the two documents of a register: its sheet to fill, and as it was filled."""
    return (
        Document(
            f"{register.key}-week-blank",
            register.title,
            partial(write_blank, register),
            register.code,
            cadence=Cadence.WEEK,
            area="hygiene",
            sheet=register.letter,
            screen=SCREEN,
            form=mark("{title} : semaine à remplir"),
        ),
        Document(
            f"{register.key}-week",
            register.title,
            partial(write_filled, register),
            register.code,
            cadence=Cadence.WEEK,
            area="hygiene",
            sheet=register.letter,
            screen=SCREEN,
            form=mark("{title} : semaine notée"),
        ),
    )


def _frame(session: Session, sheet: Sheet) -> PageFrame:
    register, week, now = sheet
    return PageFrame(
        canteen_name(session),
        tr(register.title),
        in_words(week),
        now,
        sheet_id=code_of(register, week),
        footer=kept_line(session, register.retention),
        landscape=register.landscape,
    )


def legend_of(session: Session, sheet: Sheet) -> list[Flowable]:
    """Return the limits and reminders printed above the rows."""
    return [small(line) for line in sheet.register.legend(session, sheet.week) if line]


def _grid(sheet: Sheet, rows: Sequence[HandRow], row_mm: float = LEAST_MM) -> Flowable:
    together = groupby(sheet.columns, key=lambda column: column.group or column.key)
    groups = [_group(list(columns)) for _group_key, columns in together]
    corner = tr(sheet.register.columns[0].title)
    return hand_grid(corner, groups, rows, head_mm=HEAD_MM, row_mm=row_mm)


def _group(columns: Sequence[Column]) -> Group:
    """Return the head of a column alone, or of those that share a title."""
    first = columns[0]
    if not first.group:
        return Group(tr(first.title), note=first.unit, share=first.share)
    share = sum(column.share for column in columns) / len(columns)
    return Group(tr(first.group), [tr(column.short) for column in columns], share=share)


def _row(sheet: Sheet, line: Line) -> HandRow:
    """Return a line as printed: what was signed before stays, struck through."""
    former = [
        NOTED.join(dict.fromkeys(texts[place] for texts in line.former if texts[place]))
        for place in range(len(line.texts))
    ]
    cells = [
        _cell(column, line, place, former[place])
        for place, column in enumerate(sheet.register.columns)
    ]
    sign = {Verdict.BREACH: BREACH_SIGN, Verdict.TOLERATED: TOLERATED_SIGN}.get(line.verdict)
    # The week is said above: the day of the month is enough, and leaves room to the others.
    day = f"{weekday(line.day)}{NBSP}{line.day.day}"
    title = f"{sign}{NBSP}{day}" if sign else day
    return HandRow(
        title,
        cells[1:],
        note=_head_note(line),
        is_framed=line.verdict is Verdict.BREACH,
    )


def _cell(column: Column, line: Line, place: int, former: str) -> Cell:
    text = line.texts[place]
    if line.is_void:
        return Cell("", struck=former)
    struck = former if former != text else ""
    if not text and line.verdict is Verdict.NOT_DONE and column.compute is None:
        return Cell("" if column.kind is Kind.TEXT and column.key == "note" else "—", Mark.GAP)
    return Cell(text, struck=struck)


def _head_note(line: Line) -> str:
    if line.is_void:
        return tr("annulée")
    if line.reason:
        return tr("corrigée") if line.former else tr("ajoutée")
    if line.verdict is Verdict.NOT_DONE:
        return tr("incomplète")
    return tr("noté le {day}").format(day=f"{line.recorded_on:%d/%m}") if line.is_late else ""


def _how_to_fill(register: Register) -> str:
    measured = any(column.kind is Kind.CELSIUS for column in register.columns)
    said = [tr("Notez ce qui est lu, jamais « OK ».")] if measured else []
    said.append(tr("Une ligne par fait, visée par qui l’a fait ; entourez ce qui ne va pas."))
    if any(column.kind is Kind.CHECK for column in register.columns):
        said.append(tr("C : conforme. NC : non conforme."))
    said.append(tr("Rien à noter cette semaine : barrez la feuille et visez-la."))
    if names_one_probe(register):
        said.append(tr("Sonde utilisée cette semaine : ________________"))
    return " ".join(said)


def _key(lines: Sequence[Line]) -> str:
    """Return the meaning of the signs that stand on the sheet."""
    said: list[str] = []
    if any(line.verdict is Verdict.BREACH for line in lines):
        said.append(
            tr("{breach} encadré : non conforme, action immédiate.").format(breach=BREACH_SIGN)
        )
    if any(line.verdict is Verdict.TOLERATED for line in lines):
        said.append(
            tr("{tolerated} : toléré par la cantine, ce n’est pas la limite du texte.").format(
                tolerated=TOLERATED_SIGN
            )
        )
    if any(line.verdict is Verdict.NOT_DONE for line in lines):
        said.append(tr("— : rien n’a été noté ; la ligne ne prouve rien."))
    if any(line.former for line in lines):
        said.append(tr("Barré : corrigé après signature."))
    return " ".join(said)


def _nothing(state: SheetState, week: Period, now: datetime) -> str:
    if state.is_signed:
        return tr("Aucune ligne cette semaine. Dit à la signature : « {note} ».").format(
            note=state.note
        )
    if civil_date(now) <= week.last:
        return tr("Rien n’a encore été noté cette semaine.")
    return tr("Rien n’a été noté cette semaine, et personne n’a dit pourquoi.")


def _holes(state: SheetState, week: Period, now: datetime) -> list[str]:
    if not state.missing or civil_date(now) <= week.last:
        return []
    return [trn("Il manque {n} ligne attendue.", "Il manque {n} lignes attendues.", state.missing)]


def _probes(register: Register, records: Sequence[Any]) -> list[str]:
    """Say which thermometer the sheet was filled with, where it names one for all its rows."""
    if not records or not names_one_probe(register):
        return []
    named = probes_of(records)
    without = sum(not record.probe for record in records)
    if not named:
        return [tr("Sonde utilisée : non notée.")]
    said = tr("Sonde utilisée : {probes}.").format(probes=", ".join(named))
    if without:
        said += " " + trn("{n} ligne ne la nomme pas.", "{n} lignes ne la nomment pas.", without)
    return [said]


def _corrections(lines: Sequence[Line]) -> list[str]:
    return [
        tr("{day}, {what} le {when} par {initials} : {reason}.").format(
            day=line.texts[0],
            what=_head_note(line),
            when=short_day(line.recorded_on),
            initials=line.initials,
            reason=line.reason,
        )
        for line in lines
        if line.reason
    ]


def _signed(session: Session, sheet: Sheet) -> list[Flowable]:
    signed = signature_of(session, sheet.register.key, sheet.week.first)
    if signed is None:
        return [writing_lines(tr("Visa du responsable"), 1)]
    said = tr("Semaine relue et signée par {initials} le {day}.").format(
        initials=signed.initials, day=short_day(civil_date(signed.signed_at))
    )
    if signed.note:
        said += " " + tr("Remarque : {note}.").format(note=signed.note.rstrip("."))
    return [paragraph(said, _SIGNED)]
