"""Anonymous slips to cut out, and the sheet to count them on (U28)."""

from datetime import datetime
from typing import IO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.drawing import rules, write
from cantine_desktop.documents.fonts import BOLD, REGULAR, SEMIBOLD, fit, text_width
from cantine_desktop.documents.grid_cells import Group, HandRow
from cantine_desktop.documents.grids import hand_grid
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.posters import write_poster
from cantine_desktop.documents.registry import Cadence
from cantine_desktop.documents.sheet_ids import sheet_id
from cantine_desktop.documents.styles import INK, MUTED, RULE, paragraph, small
from cantine_desktop.i18n import tr
from cantine_desktop.meals.visits.slips import QUESTIONS, Question, counts_of
from cantine_desktop.values.period import Period

LETTER = "DV"
"""Of the ids of tally sheets: ``DV-2026-11``."""

_ACROSS, _DOWN = 2, 3
_PAD = 8 * mm
_SHRUNK = 0.88
_TICK = 4 * mm
_LINE = 7 * mm
_SIZE = 10


def write_slips(session: Session, _period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write a page of six slips to cut out."""
    name = canteen_name(session)

    def draw(canvas: Canvas, size: tuple[float, float]) -> None:
        # Shrunk inside what printers leave white, the cut lines too.
        canvas.translate((1 - _SHRUNK) * size[0] / 2, (1 - _SHRUNK) * size[1] / 2)
        canvas.scale(_SHRUNK, _SHRUNK)
        _page(canvas, size, name)

    write_poster(target, name, tr("Petits papiers"), now, draw)


def write_tally(
    session: Session, period: Period, now: datetime, target: IO[bytes], *, blank: bool
) -> None:
    """Write the sheet where slips of a month are counted, or as it was typed back.

    Args:
        session: Where to read.
        period: The month of its first day.
        now: Present instant.
        target: Where the PDF goes.
        blank: Nothing typed is shown.
    """
    month = Period.month(period.first)
    counts = {} if blank else counts_of(session, month.first)
    rows: list[HandRow] = []
    for question in QUESTIONS:
        rows.append(HandRow(tr(question.title), is_band=True))
        for answer, words in question.answers.items():
            count = counts.get((question.key, answer))
            rows.append(HandRow(tr(words), ("", "" if count is None else str(count))))
    groups = [Group(tr("Bâtons par cinq"), share=5), Group(tr("Total"), share=1)]
    story: list[Flowable] = [
        paragraph(
            tr(
                "Un bâton par réponse, question après question. Les papiers comptés sont jetés : "
                "seul le total du mois est gardé, et personne ne peut être retrouvé."
            )
        ),
        Spacer(0, 6),
        hand_grid(tr("Réponse"), groups, rows, head_mm=68, row_mm=11),
        Spacer(0, 6),
        small(tr("À recopier à l’écran « Fréquentation », dans le même ordre.")),
    ]
    frame = PageFrame(
        canteen_name(session),
        tr("Dépouillement des petits papiers"),
        in_words(month),
        now,
        sheet_id=sheet_id(LETTER, month, Cadence.MONTH),
        footer=tr("À détruire une fois recopiée."),
    )
    write_document(target, frame, story)


def _page(canvas: Canvas, size: tuple[float, float], name: str) -> None:
    width, height = size[0] / _ACROSS, size[1] / _DOWN
    cuts = [(width, 0.0, width, size[1])]
    cuts += [(0.0, height * row, size[0], height * row) for row in range(1, _DOWN)]
    canvas.saveState()
    canvas.setDash(3, 3)
    rules(canvas, cuts, RULE, 0.6)
    canvas.restoreState()
    for row in range(_DOWN):
        for column in range(_ACROSS):
            _slip(canvas, (column * width, row * height, width, height), name)


def _slip(canvas: Canvas, box: tuple[float, float, float, float], name: str) -> None:
    left, low, width, height = box
    left, room = left + _PAD, width - 2 * _PAD
    level = low + height - _PAD - 10
    canvas.setFillColor(INK)
    write(canvas, tr("Qui mange ici ?"), BOLD, 15, (left, level, room * 0.62))
    canvas.setFillColor(MUTED)
    words, points = fit(name, REGULAR, 8.5, room * 0.36)
    canvas.setFont(REGULAR, points)
    canvas.drawRightString(left + room, level, words)
    level -= 5 * mm
    lead = tr("Anonyme et facultatif : une croix par ligne, aucun nom.")
    write(canvas, lead, REGULAR, 8.5, (left, level, room))
    level -= 2.2 * mm
    for question in QUESTIONS:
        level = _question(canvas, question, (left, level, room))
    canvas.setFillColor(MUTED)
    foot = tr("À glisser dans la boîte. Compté, puis jeté : seul le total du mois reste.")
    write(canvas, foot, REGULAR, 7.5, (left, low + 5.5 * mm, room))


def _question(canvas: Canvas, question: Question, place: tuple[float, float, float]) -> float:
    left, level, room = place
    level -= 5 * mm
    canvas.setFillColor(INK)
    write(canvas, tr(question.words), SEMIBOLD, 11, (left, level, room))
    level -= _LINE - 1
    at = left
    for words in question.answers.values():
        text = tr(words)
        text = text[0].lower() + text[1:]
        wide = _TICK + 4 + text_width(text, REGULAR, _SIZE) + 9
        if at > left and at + wide > left + room + 9:
            at, level = left, level - _LINE
        canvas.setLineWidth(0.8)
        canvas.setStrokeColor(INK)
        canvas.rect(at, level - 1.5, _TICK, _TICK)
        write(canvas, text, REGULAR, _SIZE, (at + _TICK + 4, level, left + room - at - _TICK - 4))
        at += wide
    return level - 1.5 * mm
