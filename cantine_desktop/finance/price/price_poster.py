"""The poster of the price (D14): what a meal is, what it pays, and give what you can."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import IO, NamedTuple

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.fonts import SEMIBOLD
from cantine_desktop.documents.posters import (
    DEEP,
    FILLS,
    MARGIN,
    Part,
    bar,
    foot,
    say,
    say_large,
    write_nothing,
    write_poster,
)
from cantine_desktop.finance.price.costing import Basis, Costing, usual_costing
from cantine_desktop.finance.price.displaying import Displayed, price_on
from cantine_desktop.finance.price.model import PartKind
from cantine_desktop.i18n import mark, money, number, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

PAYS = {
    PartKind.FOOD: mark("les ingrédients"),
    PartKind.STAFF: mark("l’équipe"),
    PartKind.OVERHEADS: mark("le lieu, l’énergie"),
    PartKind.EQUIPMENT: mark("le matériel"),
}
"""What each part pays, as a diner would say it."""
REST = mark("l’équipe, le lieu, l’énergie")
"""What a price in two parts pays besides food."""
_NARROW = 0.2
"""Share of the bar under which a part has its words in a list instead of below it."""


class Shown(NamedTuple):
    """A part of the price as the poster says it."""

    amount: Money
    words: str


def write_price_poster(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the poster of the price displayed at the end of a period.

    Without one the page says so.
    """
    price = price_on(session, period.last)
    name = canteen_name(session)
    if price is None:
        words = tr(
            "Aucun prix d’équilibre n’est affiché ce jour-là : notez-le d’abord dans Finances,"
            " Prix d’équilibre."
        )
        write_nothing(target, name, tr("Affiche du prix d’équilibre"), words, now)
        return
    words = _source(price, usual_costing(session, civil_date(now)))

    def draw(canvas: Canvas, size: tuple[float, float]) -> None:
        _draw(canvas, size, price)
        foot(canvas, name, words, size[0])

    write_poster(target, name, tr("Affiche du prix d’équilibre"), now, draw)


def shown_parts(price: Displayed) -> list[Shown]:
    """Return the parts of a price in the words of the poster."""
    parts = [(kind, price.parts[kind]) for kind in PartKind if price.parts.get(kind)]
    if not parts:
        return [Shown(price.amount, tr("tout ce qu’il faut pour un repas"))]
    if len(parts) == 2 and parts[0][0] is PartKind.FOOD:
        return [Shown(parts[0][1], tr(PAYS[PartKind.FOOD])), Shown(parts[1][1], tr(REST))]
    return [Shown(amount, tr(PAYS[kind])) for kind, amount in parts]


def _draw(canvas: Canvas, size: tuple[float, float], price: Displayed) -> None:
    width, height = size
    room = width - 2 * MARGIN
    level = say_large(canvas, tr("Un repas, c’est"), 60, (MARGIN, height - MARGIN, room))
    level = say_large(canvas, money(price.amount), 168, (MARGIN, level - 2 * mm, room), colour=DEEP)
    level = _bar(canvas, price, level - 10 * mm, room)
    level = say_large(canvas, tr("Donne ce que tu peux,"), 50, (MARGIN, level - 17 * mm, room))
    level = say_large(canvas, tr("selon tes moyens."), 50, (MARGIN, level - 1 * mm, room))
    level -= 11 * mm
    for words in (tr("Plus : tu invites quelqu’un."), tr("Moins : bienvenue.")):
        level = say(canvas, words, SEMIBOLD, 32, (MARGIN, level, room), centred=True) - 2 * mm


def _bar(canvas: Canvas, price: Displayed, top: float, room: float) -> float:
    """Draw the price split in its parts, and what each pays; return the height under them."""
    parts = shown_parts(price)
    high = 32 * mm
    drawn = [
        Part(part.amount.cents, number(part.amount.euros), FILLS[rank % len(FILLS)])
        for rank, part in enumerate(parts)
    ]
    places = bar(canvas, drawn, (MARGIN, top - high, room, high), 46)
    level = top - high - 3 * mm
    if all(wide >= _NARROW * room for _, wide in places):
        ends = [
            say(canvas, part.words, SEMIBOLD, 21, (left, level, wide), centred=True)
            for part, (left, wide) in zip(parts, places, strict=True)
        ]
        return min(ends)
    return _list(canvas, list(zip(parts, drawn, strict=True)), level, room)


def _list(canvas: Canvas, parts: Sequence[tuple[Shown, Part]], top: float, room: float) -> float:
    """Say what each part pays in two columns; return the height under them."""
    column = room / 2
    ends = [top]
    for rank, (part, drawn) in enumerate(parts):
        if rank % 2 == 0:
            top = min(ends) - 2 * mm
        left = MARGIN + column * (rank % 2)
        bar(canvas, [Part(1, "", drawn.fill)], (left, top - 19, 19, 19), 10)
        words = f"{money(part.amount)} · {part.words}"
        ends.append(say(canvas, words, SEMIBOLD, 20, (left + 27, top + 2, column - 30)))
    return min(ends)


def _source(price: Displayed, cost: Costing | None) -> str:
    words = tr("Prix {year}").format(year=price.since.year)
    if cost is None or not cost.meals:
        return words
    if cost.basis is Basis.BUDGET:
        return words + tr(", calculé sur un budget de {meals} repas").format(
            meals=number(Decimal(cost.meals))
        )
    return words + tr(", calculé sur {meals} repas").format(meals=number(Decimal(cost.meals)))
