"""Printed sheets of days, to fill by hand or as they were filled; the cleaning plan (D04)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import IO

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.grid_cells import Cell, Group, HandRow, Mark
from cantine_desktop.documents.grids import BAND_MM, LEAST_MM, TIGHT_MM, hand_grid, page_grid
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.sheet_ids import sheet_id
from cantine_desktop.documents.styles import heading, small, writing_lines
from cantine_desktop.hygiene.cleaning.matrices import CLEANING, MATRICES, PESTS, WASTE
from cantine_desktop.hygiene.cleaning.matrix import Item, Matrix, Total
from cantine_desktop.hygiene.cleaning.plan_page import write_plan
from cantine_desktop.hygiene.cleaning.weeks import Box, Sheet, Spot, read_sheet
from cantine_desktop.hygiene.cleaning.words import (
    batch_words,
    box_text,
    every_short,
    late_words,
    plain,
    reasons,
    written_text,
)
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.hygiene.sheet_notes import kept_line
from cantine_desktop.hygiene.words import status_words
from cantine_desktop.i18n import mark, round_half_up, short_day, tr, weekday
from cantine_desktop.sources import sources
from cantine_desktop.values.period import Period

HOLE = "—"
"""Printed where something was due and nothing at all was written."""

IDLE = Cell("", Mark.IDLE)

ROOM_MM, TIGHT_ROOM_MM = 172.0, 208.0
"""Height for the rows of a standing page, with lines to write on under them and without."""

FEW_DAYS = 4
"""Days that leave room for whole words above their parts."""

TWO_LINES_MM = 10.6
LONG_TITLE = 40
"""Letters that one line of the head of a row holds."""


def write_sheet(
    session: Session,
    period: Period,
    now: datetime,
    target: IO[bytes],
    *,
    matrix: Matrix,
    blank: bool,
) -> None:
    """Write the sheet of a week, to fill by hand or as it was filled.

    Args:
        session: Where to read.
        period: Any days; the ISO week of the first one is written.
        now: The present instant.
        target: Where the PDF goes.
        matrix: What kind of sheet.
        blank: Nothing written that week is shown.
    """
    week = Period.week(period.first)
    sheet = read_sheet(session, matrix, week, blank=blank)
    today = None if blank else civil_date(now)
    rows = [*_rows(sheet, today)]
    legend = " ".join((*matrix.legend(session, week), _key(matrix, blank=blank)))
    story: list[Flowable] = [_grid(sheet, rows, today), small(legend)]
    story += _to_sign(rows) if blank else _what_happened(sheet, is_tight=_is_tight(rows))
    frame = PageFrame(
        canteen_name(session),
        tr(matrix.title),
        in_words(week),
        now,
        sheet_id=sheet_id(matrix.letter, week, Cadence.WEEK),
        footer=basis_of(session, matrix),
        landscape=_is_wide(matrix),
    )
    write_document(target, frame, story)


def blank_part(session: Session, matrix: Matrix, week: Period) -> tuple[Flowable, str]:
    """Return the grid of a sheet to fill by hand and what its signs mean, for a shared page."""
    sheet = read_sheet(session, matrix, week, blank=True)
    legend = " ".join((*matrix.legend(session, week), _key(matrix, blank=True)))
    return _grid(sheet, [*_rows(sheet, None)], None), legend


def _grid(sheet: Sheet, rows: Sequence[HandRow], today: date | None) -> Flowable:
    groups = [*_groups(sheet)]
    visas = [
        _visa(sheet, day, part.key, today) for day in sheet.days for part in sheet.matrix.parts
    ]
    before, after = [IDLE] * _has_rhythm(sheet.matrix), [IDLE] * (len(_totals(sheet)) > 0)
    every = [*before, *visas, *after, Cell()]
    corner, head = _corner(sheet.matrix)
    if _is_tight(rows):
        signed = HandRow(tr("Visa"), every)
        return page_grid(corner, groups, [*rows, signed], TIGHT_MM, head_mm=head)
    return hand_grid(corner, groups, rows, head_mm=head, visa=tr("Visa"), visas=every)


def _corner(matrix: Matrix) -> tuple[str, float]:
    """Return what the rows of a sheet are, and the millimetres of their heads."""
    if matrix is CLEANING:
        return tr("Zone ou matériel"), 66
    if matrix is WASTE:
        return tr("Ce qui est pesé"), 58
    return (tr("Poste"), 60) if matrix is PESTS else (tr("Point de contrôle"), 78)


def _is_wide(matrix: Matrix) -> bool:
    return matrix not in {CLEANING, WASTE}


def _is_tight(rows: Sequence[HandRow]) -> bool:
    """Tell whether boxes of the usual height would need a second page, and low ones would not."""
    usual, low = (sum(_height(row, least) for row in rows) for least in (LEAST_MM, TIGHT_MM))
    return usual > ROOM_MM and low <= TIGHT_ROOM_MM


def _height(row: HandRow, least: float) -> float:
    if row.is_band:
        return BAND_MM
    return TWO_LINES_MM if len(row.title) > LONG_TITLE else least


def _groups(sheet: Sheet) -> Iterator[Group]:
    if _has_rhythm(sheet.matrix):
        yield Group(tr("Fréquence"), share=1.5)
    titles = [tr(part.title) if part.title else "" for part in sheet.matrix.parts]
    if len(sheet.days) > FEW_DAYS:
        short = {tr("Ouverture"): tr("Ouv."), tr("Fermeture"): tr("Ferm.")}
        titles = [short.get(title, title) for title in titles]
    for day in sheet.days:
        note = tr("fermé") if day in sheet.closed else ""
        yield Group(f"{weekday(day)} {day:%d/%m}", titles, note)
    if _totals(sheet):
        yield Group(tr("Semaine"), share=1.2)
    yield Group(tr("Remarque, action"), share=2.6)


def _rows(sheet: Sheet, today: date | None) -> Iterator[HandRow]:
    for zone, items in groupby(sheet.items, key=lambda item: item.zone):
        if zone:
            yield HandRow(zone, is_band=True)
        for item in items:
            yield _row(sheet, item, today)
    totals = _totals(sheet)
    if totals:
        yield HandRow(tr("Totaux"), is_band=True)
    for total in totals:
        yield _total_row(sheet, total, blank=today is None)


def _row(sheet: Sheet, item: Item, today: date | None) -> HandRow:
    cells = [
        _cell(sheet, item, Spot(item.key, day, part.key), today)
        for day in sheet.days
        for part in sheet.matrix.parts
    ]
    if _has_rhythm(sheet.matrix):
        cells.insert(0, Cell(every_short(item)))
    if _totals(sheet):
        cells.append(_week_total(sheet, item))
    cells.append(Cell(_remark(sheet, item)))
    note = "" if _has_rhythm(sheet.matrix) else item.note
    unit = tr(" ({unit})").format(unit=item.unit) if item.unit and not item.note else ""
    return HandRow(item.title + unit, cells, note)


def _cell(sheet: Sheet, item: Item, spot: Spot, today: date | None) -> Cell:
    """Return a cell: what was ticked, a hole, a blank to fill, a hatched or a grey one."""
    box = sheet.boxes.get(spot)
    if box is not None:
        return _written(sheet, item, spot, box)
    if spot.day in sheet.closed:
        return Cell("", Mark.CLOSED)
    if not item.has_part(spot.part) or not item.in_service(spot.day):
        return IDLE
    if spot in sheet.due:
        missing = today is not None and spot in sheet.last_chance and spot.day < today
        return Cell(HOLE, Mark.GAP) if missing else Cell()
    return Cell() if item.is_written_on_event else IDLE


def _written(sheet: Sheet, item: Item, spot: Spot, box: Box) -> Cell:
    former = (written_text(sheet.matrix, item, each, spot.part) for each in box.former)
    struck = " ".join(filter(None, former))
    if box.is_void:
        return Cell("", Mark.PLAIN, struck)
    text = box_text(sheet.matrix, item, box, spot.part)
    if box.verdict is Verdict.BREACH:
        return Cell(text, Mark.BREACH, struck)
    if box.is_explained:
        return Cell(tr("non"), Mark.GAP, struck)
    return Cell(text, Mark.PLAIN, struck)


def _visa(sheet: Sheet, day: date, part: str, today: date | None) -> Cell:
    initials = "" if today is None else sheet.initials_of(day, part)
    if not initials and day in sheet.closed:
        return Cell("", Mark.CLOSED)
    return Cell(initials)


def _remark(sheet: Sheet, item: Item) -> str:
    """Return the words written beside the boxes of a row, each day's once."""
    said = [
        f"{weekday(spot.day)} {box.written.note}"
        for spot, box in sorted(sheet.boxes.items(), key=lambda pair: pair[0].day)
        if spot.key == item.key and box.written.note and not box.is_void
    ]
    return " ; ".join(said)


def _totals(sheet: Sheet) -> Sequence[Total]:
    return sheet.matrix.totals(sheet)


def _week_total(sheet: Sheet, item: Item) -> Cell:
    values = [
        box.written.value
        for spot, box in sheet.boxes.items()
        if spot.key == item.key and box.written.value is not None and not box.is_void
    ]
    return Cell(plain(sum(values, Decimal(0))) if values else "")


def _total_row(sheet: Sheet, total: Total, *, blank: bool) -> HandRow:
    def said(day: date | None) -> Cell:
        value = None if blank else total.values.get(day)
        if day in sheet.closed:
            return Cell("", Mark.CLOSED)
        return Cell("" if value is None else plain(round_half_up(value, total.places)))

    title = tr("{title} ({unit})").format(title=total.title, unit=total.unit)
    return HandRow(title, [*map(said, sheet.days), said(None), Cell()])


def _has_rhythm(matrix: Matrix) -> bool:
    """Tell whether a column says how often: where rows are not all due alike."""
    return not matrix.totals(Sheet(matrix, Period.week(date(2024, 1, 1))))


def _key(matrix: Matrix, *, blank: bool) -> str:
    if blank:
        return tr(
            "Case hachurée : rien n’est prévu ce jour-là. Pas fait : un « / » et la raison dans "
            "la remarque. Visa : initiales de qui a fait, chaque jour."
        )
    if matrix is CLEANING:
        return tr(
            "— : rien n’a été noté. non : pas fait, raison dans la remarque. Barré : corrigé "
            "après signature. Case hachurée : rien n’était prévu."
        )
    return tr(
        "▲ encadré : non conforme. △ : toléré par la cantine, à recontrôler. — : rien n’a été "
        "noté. Barré : corrigé après signature. Case hachurée : rien n’était prévu."
    )


def _to_sign(rows: Sequence[HandRow]) -> list[Flowable]:
    """Return lines to write on, where they do not need a page of their own, and a visa."""
    lines = writing_lines(tr("Écarts constatés et actions correctives"), 2)
    visa = small(tr("Visa du responsable en fin de semaine : ______________________"))
    return [visa] if _is_tight(rows) else [lines, visa]


def _what_happened(sheet: Sheet, *, is_tight: bool) -> list[Flowable]:
    """Return what the week says of itself: closed days, reasons, batches, who signed.

    Under a grid that fills its page, all of it stands in one paragraph: two lines do not
    need a page of their own.
    """
    closed = [
        tr("Fermé le {day}. {reason}").format(day=f"{day:%d/%m}", reason=reason).strip()
        for day, reason in sorted(sheet.closed.items())
    ]
    notes = [*closed, *reasons(sheet), *batch_words(sheet), *late_words(sheet)]
    signed = [_signed(sheet)] if sheet.signed_by and sheet.signed_on else []
    if is_tight:
        said = " ".join(note if note.endswith(".") else f"{note}." for note in (*notes, *signed))
        return [small(said)] if said else []
    story: list[Flowable] = [heading(tr("Ce que la semaine dit"))] if notes else []
    return [*story, *map(small, (*notes, *signed))]


def _signed(sheet: Sheet) -> str:
    assert sheet.signed_on is not None
    said = tr("Semaine relue et signée par {initials} le {day}.").format(
        initials=sheet.signed_by, day=short_day(sheet.signed_on)
    )
    if not sheet.signed_note:
        return said
    return f"{said} {tr('Remarque : {note}.').format(note=sheet.signed_note.rstrip('.'))}"


def basis_of(session: Session, matrix: Matrix) -> str:
    """Say why the sheet exists, and who chose how often: no text does."""
    source = sources()[matrix.source]
    basis = tr("Base : {title} ({status}). Fréquences : choix de la cantine.").format(
        title=source.title, status=status_words(source)
    )
    return f"{basis} {kept_line(session, Retention.MONITORING)}"


def documents_of(matrix: Matrix) -> tuple[Document, Document]:
    """Return the two documents of a sheet of days: to fill, and as it was filled."""
    titles = {
        "cleaning": (mark("Nettoyage de la semaine, à remplir"), mark("Nettoyage de la semaine")),
        "day-checks": (
            mark("Ouverture et fermeture, à remplir"),
            mark("Ouverture et fermeture de la semaine"),
        ),
        "week-checks": (
            mark("Contrôles de la semaine et du mois, à remplir"),
            mark("Contrôles de la semaine et du mois"),
        ),
        "waste": (mark("Pesée des déchets, à remplir"), mark("Pesée des déchets de la semaine")),
        "pests": (
            mark("Postes d’appât de la semaine, à remplir"),
            mark("Postes d’appât de la semaine"),
        ),
    }
    blank, filled = (
        Document(
            f"{matrix.key}-week{suffix}",
            title,
            partial(write_sheet, matrix=matrix, blank=bool(suffix)),
            matrix.code,
            Cadence.WEEK,
            "hygiene",
            matrix.letter,
            "cleaning",
        )
        for suffix, title in zip(("-blank", ""), titles[matrix.key], strict=True)
    )
    return blank, filled


DOCUMENTS = (
    Document(
        "cleaning-plan",
        mark("Plan de nettoyage et de désinfection"),
        write_plan,
        "D04",
        Cadence.YEAR,
        "hygiene",
    ),
    *(document for matrix in MATRICES for document in documents_of(matrix)),
)
"""The cleaning plan, then each sheet of days: to fill, and as it was filled."""
