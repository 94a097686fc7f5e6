"""« Merci » (D16): four numbers of a month and a word of the day; sums only, nobody in them."""

from datetime import datetime
from decimal import Decimal
from typing import IO, NamedTuple

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.fonts import BOLD, ITALIC, SEMIBOLD, wrap
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.posters import (
    DEEP,
    MARGIN,
    PALE,
    WARM,
    foot,
    say,
    say_large,
    write_nothing,
    write_poster,
)
from cantine_desktop.documents.styles import INK
from cantine_desktop.finance.postings.held import held
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.finance.price.contributions import spread_of
from cantine_desktop.i18n import number, tr, trn
from cantine_desktop.meals.closing.model import ServiceClosing
from cantine_desktop.meals.figures.services import served_in
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP, NNBSP

LONGEST = 160
"""Characters of a quotation read from three steps away."""


class Number(NamedTuple):
    """A number of the poster and what it counts."""

    many: int
    words: str


def write_thanks_poster(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the poster of a month that is over, or goes on.

    Without a closed service the page says so.
    """
    numbers = numbers_of(session, period)
    if not numbers:
        sentence = tr("Aucun service n’est clôturé en {period} : rien à remercier encore.").format(
            period=in_words(period)
        )
        write_nothing(target, canteen_name(session), tr("Merci du mois"), sentence, now)
        return
    name, quote = canteen_name(session), quote_of(session, period)

    def draw(canvas: Canvas, size: tuple[float, float]) -> None:
        _draw(canvas, size, in_words(period), numbers, quote)
        foot(
            canvas,
            name,
            tr("Chiffres des services clôturés, {period}.").format(period=in_words(period)),
            size[0],
        )

    write_poster(target, name, tr("Merci du mois"), now, draw)


def numbers_of(session: Session, period: Period) -> list[Number]:
    """Return up to four numbers worth thanks; a number that is zero or unknown is left out."""
    found = served_in(session, period)
    if not found:
        return []
    meals = sum(each.diners for each in found)
    cooks = sum(each.cooks or 0 for each in found)
    new = sum(each.newcomers or 0 for each in found)
    given = sum(each.given or 0 for each in found)
    shared = spread_of(session, period).meals_paid_for
    every = [
        Number(meals, trn("repas partagé", "repas partagés", meals)),
        Number(cooks, trn("fois où l’on a cuisiné", "fois où l’on a cuisiné", cooks)),
        Number(new, trn("nouvelle tête à table", "nouvelles têtes à table", new)),
        Number(
            shared,
            trn("repas payé par la solidarité", "repas payés par la solidarité", shared),
        ),
        Number(given, trn("repas porté à quelqu’un", "repas portés à quelqu’un", given)),
        Number(len(found), trn("service", "services", len(found))),
    ]
    return [each for each in every if each.many][:4]


def quote_of(session: Session, period: Period) -> str:
    """Return the last word of the day of a period that is short enough, or nothing."""
    query = (
        select(ServiceClosing.word)
        .join(Takings, ServiceClosing.takings_id == Takings.id)
        .where(*held(period), func.length(ServiceClosing.word) > 0)
        .order_by(Takings.day.desc(), Takings.id.desc())
    )
    words = (" ".join(word.split()) for word in session.scalars(query))
    return next((word for word in words if len(word) <= LONGEST), "")


def _draw(
    canvas: Canvas, size: tuple[float, float], month: str, numbers: list[Number], quote: str
) -> None:
    width, height = size
    room = width - 2 * MARGIN
    place = (MARGIN, height - MARGIN, room)
    level = say_large(canvas, tr("Merci !"), 96, place, colour=DEEP)
    words = tr("{month}, à la cantine").format(month=month[:1].upper() + month[1:])
    level = say(canvas, words, SEMIBOLD, 30, (MARGIN, level - 1 * mm, room), centred=True)
    level -= 9 * mm
    low = 66 * mm if quote else 34 * mm
    gap = 7 * mm
    rows = -(-len(numbers) // 2)
    high = (level - low - gap * (rows - 1)) / rows
    for rank, each in enumerate(numbers):
        row, column = divmod(rank, 2)
        alone = rank == len(numbers) - 1 and column == 0
        wide = room if alone else (room - gap) / 2
        left = MARGIN + column * (wide + gap)
        _number(canvas, each, (left, level - row * (high + gap) - high, wide, high))
    if quote:
        _quote(canvas, quote, (MARGIN, low - 8 * mm, room))


def _number(canvas: Canvas, each: Number, box: tuple[float, float, float, float]) -> None:
    left, low, wide, high = box
    canvas.setFillColor(PALE)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1.2)
    canvas.roundRect(left, low, wide, high, 10, stroke=1, fill=1)
    inside = (left + 10, wide - 20)
    lines = len(wrap(each.words, BOLD, 21, inside[1]))
    tall = min(92.0, high - 26 * lines - 24)
    top = low + high / 2 + tall * 0.72
    level = say_large(canvas, number(Decimal(each.many)), tall, (inside[0], top, inside[1]))
    say(canvas, each.words, BOLD, 21, (inside[0], level, inside[1]), centred=True)


def _quote(canvas: Canvas, quote: str, place: tuple[float, float, float]) -> None:
    words = f"«{NBSP}{quote.rstrip()}{NBSP}»"
    room = place[2]
    size = next((s for s in (28, 24, 20, 17) if len(wrap(words, ITALIC, s, room)) <= 3), 15)
    say(
        canvas,
        words.replace(f"{NNBSP}»", f"{NBSP}»"),
        ITALIC,
        size,
        place,
        colour=WARM,
        centred=True,
    )
