"""The chapter of a sheet of days: each month on a page, its holes in sight."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from reportlab.platypus import Flowable

from cantine_desktop.documents.binder import Part
from cantine_desktop.documents.styles import heading, paragraph, small
from cantine_desktop.hygiene.cleaning.matrix import Item, Matrix
from cantine_desktop.hygiene.cleaning.model import Answer
from cantine_desktop.hygiene.cleaning.weeks import Box, Sheet, Spot, read_sheet
from cantine_desktop.hygiene.inspection.controls import Control
from cantine_desktop.hygiene.inspection.making import Making
from cantine_desktop.hygiene.inspection.readings_part import months
from cantine_desktop.hygiene.inspection.signatures import signature_lines
from cantine_desktop.hygiene.inspection.ticks import TickRow, tick_grid
from cantine_desktop.hygiene.inspection.words import NOT_DONE_SIGN, SIGNS, counts_words
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.sheet_notes import kept_line
from cantine_desktop.i18n import mark, number, tr, weekday
from cantine_desktop.i18n import month as month_name
from cantine_desktop.values.period import Period

DONE = "✓"

KEY = mark(
    "✓ : fait, ou conforme. ▲ : non conforme. so : sans objet. non : pas fait, et l’on dit "
    "pourquoi dans le livre. — : rien n’a été noté. Gris : rien n’était dû. Un astérisque suit "
    "ce qui a été noté après son jour."
)


def matrix_part(making: Making, matrix: Matrix, control: Control) -> Part:
    """Return the chapter of a matrix, month after month."""
    name = tr(matrix.title)
    frame = making.frame(name, kept_line(making.session, matrix.retention))
    story = partial(_story, making, matrix, control)
    return Part(name, frame, story, note=counts_words(control))


def _story(making: Making, matrix: Matrix, control: Control) -> list[Flowable]:
    story: list[Flowable] = [paragraph(counts_words(control))]
    story += [small(words) for words in matrix.legend(making.session, making.counted)]
    if control.is_empty:
        return [*story, paragraph(tr("Rien n’a été noté sur cette fiche pendant la période."))]
    story += [*signature_lines(making, matrix.key), small(tr(KEY))]
    for month in months(making.counted):
        story += _month(making, matrix, month)
    return story


def _month(making: Making, matrix: Matrix, month: Period) -> list[Flowable]:
    sheet = read_sheet(making.session, matrix, month)
    missing = frozenset(sheet.missing(making.today))
    rows: list[TickRow] = []
    zone = ""
    for item in sheet.items:
        if item.zone and item.zone != zone:
            zone = item.zone
            rows.append(TickRow(zone))
        rows += _rows(sheet, item, month.days, missing)
    if not rows:
        return []
    heads = [(weekday(day)[:1].upper(), str(day.day)) for day in month.days]
    closed = [
        tr("{day} fermé{why}").format(day=f"{day:%d/%m}", why=f" ({why})" if why else "")
        for day, why in sorted(sheet.closed.items())
    ]
    return [
        heading(month_name(month.first)),
        tick_grid(heads, rows),
        *([small(tr("Jours fermés : {days}.").format(days=", ".join(closed)))] if closed else []),
        *map(small, _notes(sheet)),
    ]


def _rows(
    sheet: Sheet, item: Item, days: Sequence[date], missing: frozenset[Spot]
) -> list[TickRow]:
    found: list[TickRow] = []
    for part in sheet.matrix.parts:
        if not item.has_part(part.key):
            continue
        spots = [Spot(item.key, day, part.key) for day in days]
        boxes = [sheet.boxes.get(spot) for spot in spots]
        texts = [
            (_text(box) if box else "") or (NOT_DONE_SIGN if spot in missing else "")
            for spot, box in zip(spots, boxes, strict=True)
        ]
        closed = {n for n, spot in enumerate(spots) if spot not in sheet.due and not boxes[n]}
        strong = {n for n, box in enumerate(boxes) if box and box.verdict is Verdict.BREACH}
        strong |= {n for n, spot in enumerate(spots) if spot in missing}
        title = f"{item.title}, {tr(part.title)}" if part.title else item.title
        found.append(TickRow(title, texts, frozenset(closed), frozenset(strong)))
    return found


def _text(box: Box) -> str:
    if box.is_void:
        return ""
    late = "*" if box.late else ""
    written = box.written
    if written.value is not None:
        return f"{SIGNS[box.verdict]}{_figure(written.value)}{late}"
    words = {
        Answer.CONFORM: DONE,
        Answer.NOT_CONFORM: SIGNS[Verdict.BREACH],
        Answer.NOT_APPLICABLE: tr("so"),
        Answer.NOT_DONE: tr("non"),
        None: "",
    }
    return words[written.answer] + late


def _figure(value: Decimal) -> str:
    """Write a measure without the zeros it is stored with: the boxes are small."""
    return number(value.to_integral_value() if value % 1 == 0 else value.normalize())


def _notes(sheet: Sheet) -> list[str]:
    """Say why what was not done was not, and what corrections replaced."""
    titles = {item.key: item.title for item in sheet.items}
    said: list[str] = []
    for spot, box in sorted(sheet.boxes.items(), key=lambda pair: pair[0].day):
        title = titles.get(spot.key, "")
        if box.former:
            said.append(
                tr("{day}, {title} : corrigé après signature ({reason}).").format(
                    day=f"{spot.day:%d/%m}", title=title, reason=box.reason
                )
            )
        elif box.written.note and (box.is_explained or box.verdict is Verdict.BREACH):
            said.append(
                tr("{day}, {title} : {note}.").format(
                    day=f"{spot.day:%d/%m}", title=title, note=box.written.note
                )
            )
    return said
