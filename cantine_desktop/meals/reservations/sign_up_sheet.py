"""« Feuille d’inscription cuisine et repas » (D17): a week on the wall, a line for each name.

The grid where it is typed back has the same columns and the same lines.
"""

from collections.abc import Sequence
from datetime import datetime, time
from typing import IO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak
from sqlalchemy.orm import Session
from typing_extensions import override

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.drawing import greys, rules, write, write_centred
from cantine_desktop.documents.fonts import BOLD, REGULAR, SEMIBOLD
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.posters import DEEP, PALE, WHITE, write_nothing
from cantine_desktop.documents.registry import Cadence
from cantine_desktop.documents.sheet_ids import sheet_id
from cantine_desktop.documents.styles import INK, MUTED, RULE
from cantine_desktop.i18n import long_day, tr
from cantine_desktop.meals.reservations.model import Place, ReservationState
from cantine_desktop.meals.reservations.week import Line, ServiceLines, lines_needed, week_of
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP

LETTER = "IN"
"""Of the ids of its sheets: ``IN-2026-S48``."""

MOST = 5
"""Services beside one another on a page: a name has room to be written."""

_HEAD, _BAND, _FOOT = 14 * mm, 6.6 * mm, 12 * mm
_NUMBERS = 8 * mm
_PAD = 1.8 * mm
_LEAST, _TALLEST = 4.4 * mm, 9 * mm
"""Height of a line: what a hand needs, and what would waste paper."""


def write_sign_up_sheet(
    session: Session, period: Period, now: datetime, target: IO[bytes], *, blank: bool
) -> None:
    """Write the sheet of the week in which a period begins.

    Args:
        session: Where to read.
        period: Its first day tells the week.
        now: The present instant.
        target: Where the PDF goes.
        blank: No name already noted is printed in its line.
    """
    week = Period.week(period.first)
    services = week_of(session, week)
    name, title = canteen_name(session), tr("Inscriptions cuisine et repas")
    if not services:
        sentence = tr(
            "Aucun service n’est posé pour {period} : ajoutez-le au calendrier, la feuille suit."
        ).format(period=in_words(week))
        write_nothing(target, name, title, sentence, now)
        return
    frame = PageFrame(
        name,
        title,
        in_words(week),
        now,
        sheet_id=sheet_id(LETTER, week, Cadence.WEEK),
        footer=tr("Un prénom suffit. Les noms sont effacés ensuite, seul le nombre reste."),
    )
    needed = lines_needed(services, blank=blank)
    story: list[Flowable] = []
    for first in range(0, len(services), MOST):
        page = services[first : first + MOST]
        story += [*([PageBreak()] if first else []), *_pages(page, needed, frame.room[1], blank)]
    write_document(target, frame, story)


def _pages(
    services: Sequence[ServiceLines],
    needed: tuple[int, int],
    height: float,
    blank: bool,  # noqa: FBT001
) -> list[Flowable]:
    """Return the sheet of some services; on two pages when a hand could not write on one."""
    cooks, eaters = needed
    fixed = _HEAD + 2 * _BAND + _FOOT
    if (height - fixed) / (cooks + eaters) >= _LEAST:
        return [SignUp(services, (0, cooks), (0, eaters), height, blank=blank)]
    fits = int((height - fixed) / _LEAST) - min(cooks, 30)
    fits = max(fits, 5)
    return [
        SignUp(services, (0, cooks), (0, fits), height, blank=blank),
        PageBreak(),
        SignUp(services, (0, 0), (fits, eaters), height, blank=blank),
    ]


class SignUp(Flowable):
    """Services beside one another: their day and hours, cooks, diners, diets in numbers.

    Args:
        services: The columns.
        cooks: First and past-the-last line of the cooks.
        eaters: The same of the diners.
        high: Height of the page, in points.
        blank: No name is printed.
    """

    def __init__(
        self,
        services: Sequence[ServiceLines],
        cooks: tuple[int, int],
        eaters: tuple[int, int],
        high: float,
        *,
        blank: bool,
    ) -> None:
        super().__init__()
        self._services = services
        self._cooks, self._eaters = cooks, eaters
        self._blank = blank
        lines = cooks[1] - cooks[0] + eaters[1] - eaters[0]
        bands = _BAND * (1 + (cooks[1] > cooks[0]))
        self._row = min(_TALLEST, (high - 1 - _HEAD - bands - _FOOT) / max(lines, 1))
        self._high = _HEAD + bands + _FOOT + self._row * lines

    @override
    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        self.width, self.height = aW, self._high
        return aW, self._high

    @property
    def _column(self) -> float:
        return (self.width - _NUMBERS) / len(self._services)

    def draw(self) -> None:
        """Draw heads, bands, lines and the row of diets, from the top down."""
        self._columns()
        level = self.height - _HEAD
        for rank, each in enumerate(self._services):
            self._head(each, _NUMBERS + rank * self._column, level)
        if self._cooks[1] > self._cooks[0]:
            level = self._part(tr("Je viens cuisiner, puis manger"), Place.COOK, level)
        level = self._part(tr("Je viens manger"), Place.EAT, level)
        self._diets(level)
        self._outline(level)

    def _head(self, each: ServiceLines, left: float, low: float) -> None:
        canvas: Canvas = self.canv
        greys(canvas, [(left + 0.6, low, self._column - 1.2, _HEAD)], PALE)
        room = self._column - 2 * _PAD
        day = long_day(each.service.day).rsplit(" ", 2)[0]
        canvas.setFillColor(INK)
        words = day[:1].upper() + day[1:]
        write_centred(canvas, words, BOLD, 19, (left + _PAD, low + 8.2 * mm, room))
        hours = tr("dès {cook}, table {meal}").format(
            cook=_hour(each.service.cook_at), meal=_hour(each.service.meal_at)
        )
        write_centred(
            canvas, each.service.title, SEMIBOLD, 9.5, (left + _PAD, low + 4.6 * mm, room)
        )
        write_centred(canvas, hours, REGULAR, 8.5, (left + 2, low + 1.3 * mm, self._column - 4))

    def _part(self, title: str, place: Place, top: float) -> float:
        canvas: Canvas = self.canv
        low = top - _BAND
        greys(canvas, [(0, low, self.width, _BAND)], DEEP)
        canvas.setFillColor(WHITE)
        write(canvas, title, BOLD, 14, (_PAD, low + 1.8 * mm, self.width - 2 * _PAD))
        first, end = self._cooks if place is Place.COOK else self._eaters
        for line in range(first, end):
            low -= self._row
            self._line(place, line, low)
        return low

    def _line(self, place: Place, line: int, low: float) -> None:
        canvas: Canvas = self.canv
        size = min(12.5, 0.62 * self._row)
        base = low + 0.28 * self._row
        canvas.setFillColor(MUTED)
        write_centred(canvas, str(line + 1), SEMIBOLD, min(size, 10.5), (0, base, _NUMBERS))
        for rank, each in enumerate(self._services):
            left = _NUMBERS + rank * self._column
            noted = [] if self._blank else each.of(place)
            if line < len(noted):
                canvas.setFillColor(INK)
                room = self._column - 2 * _PAD
                write(canvas, _words(noted[line]), SEMIBOLD, size, (left + _PAD, base, room))
            elif line >= _places(each, place):
                canvas.setFillColor(MUTED)
                canvas.setFont(REGULAR, min(size, 8.5))
                canvas.drawRightString(left + self._column - _PAD, base, tr("attente"))
        rules(canvas, [(0, low, self.width, low)], RULE, 0.6)

    def _diets(self, top: float) -> None:
        canvas: Canvas = self.canv
        label = tr("Régimes : combien ?")
        for rank, each in enumerate(self._services):
            place = (_NUMBERS + rank * self._column + _PAD, top - 3.6 * mm, self._column - 2 * _PAD)
            canvas.setFillColor(MUTED)
            write(canvas, label, SEMIBOLD, 8.5, place)
            if each.diets and not self._blank:
                canvas.setFillColor(INK)
                write(canvas, each.diets, REGULAR, 11, (place[0], top - 9 * mm, place[2]))

    def _columns(self) -> None:
        edges = [_NUMBERS + rank * self._column for rank in range(len(self._services))]
        rules(self.canv, [(x, 0, x, self.height) for x in edges], INK, 1.1)

    def _outline(self, low: float) -> None:
        canvas: Canvas = self.canv
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1.4)
        canvas.rect(0, 0, self.width, self.height)
        rules(canvas, [(0, low, self.width, low)], INK, 1.1)


def _places(each: ServiceLines, place: Place) -> int:
    """Return how many lines of a service have a place; who writes below waits."""
    counts = each.counts
    if place is Place.COOK:
        return min(counts.kitchen_places, counts.seats)
    return max(0, counts.seats - min(counts.kitchen_places, counts.seats))


def _words(line: Line) -> str:
    if line.state is ReservationState.WAITING:
        return tr("{name} (attente)").format(name=line.text)
    return line.text


def _hour(at: time) -> str:
    return f"{at.hour}{NBSP}h{NBSP}{at:%M}" if at.minute else f"{at.hour}{NBSP}h"
