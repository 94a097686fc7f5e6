"""The poster « l’effet de ma contribution » (D15): a ladder of amounts, from the real costs."""

from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from typing import IO, NamedTuple

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.fonts import BOLD, REGULAR, SEMIBOLD, text_width
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.posters import (
    DEEP,
    FILLS,
    MARGIN,
    WARM,
    WHITE,
    Fill,
    Part,
    bar,
    foot,
    say,
    say_large,
    write_nothing,
    write_poster,
)
from cantine_desktop.documents.styles import INK, MUTED
from cantine_desktop.finance.price.costing import Basis, Costing, usual_costing
from cantine_desktop.finance.price.displaying import Displayed, price_on
from cantine_desktop.finance.price.model import PartKind
from cantine_desktop.i18n import money, number, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP

STEPS = (Money(5_00), Money(8_00), Money(10_00), Money(15_00), Money(20_00))
"""Amounts of the ladder besides the displayed price."""
SHARED = Fill(WARM, WHITE)
"""What goes beyond one's own meal."""


class Scale(NamedTuple):
    """What a contribution is held against.

    Attributes:
        price: Displayed price.
        food: What the ingredients of a meal really cost.
        full: Full cost of a meal; ``None`` when nobody knows it.
        source: Where the figures come from, in words.
    """

    price: Money
    food: Money
    full: Money | None
    source: str


class Rung(NamedTuple):
    """What an amount does.

    Attributes:
        amount: What somebody gives.
        food: Of which ingredients; ``rest``, of which team and place; ``shared``, beyond.
        words: One sentence.
    """

    amount: Money
    food: Money
    rest: Money
    shared: Money
    words: str


def write_effect_poster(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the ladder for the price displayed at the end of a period.

    Without one the page says so.
    """
    price = price_on(session, period.last)
    name = canteen_name(session)
    if price is None:
        words = tr(
            "Aucun prix d’équilibre n’est affiché ce jour-là : notez-le d’abord dans Finances,"
            " Prix d’équilibre."
        )
        write_nothing(target, name, tr("L’effet de ma contribution"), words, now)
        return
    scale = scale_of(price, usual_costing(session, civil_date(now)))

    def draw(canvas: Canvas, size: tuple[float, float]) -> None:
        _draw(canvas, size, scale)
        foot(canvas, name, scale.source, size[0])

    write_poster(target, name, tr("L’effet de ma contribution"), now, draw)


def scale_of(price: Displayed, cost: Costing | None) -> Scale:
    """Return what contributions are held against: real costs, else the parts of the price."""
    told = price.parts.get(PartKind.FOOD, Money(0))
    if cost is None or cost.cost is None:
        return Scale(price.amount, told, None, tr("D’après les parts du prix affiché."))
    food = Money.from_decimal(cost.parts[PartKind.FOOD].euros / cost.meals)
    words = tr("D’après le budget de {period}.")
    if cost.basis is not Basis.BUDGET:
        words = tr("D’après les comptes, {period}, {meals} repas.")
    words = words.format(period=in_words(cost.period), meals=number(Decimal(cost.meals)))
    return Scale(price.amount, min(food or told, price.amount), cost.cost, words)


def ladder(scale: Scale) -> list[Rung]:
    """Return what each amount does, the least one first."""
    amounts = sorted({*STEPS, scale.price})
    return [rung(amount, scale) for amount in amounts]


def rung(amount: Money, scale: Scale) -> Rung:
    """Return what an amount pays."""
    food = min(amount, scale.food)
    rest = min(amount, scale.price) - food
    shared = Money(max(amount.cents - scale.price.cents, 0))
    return Rung(amount, food, rest, shared, _words(amount, rest, shared, scale))


def _words(amount: Money, rest: Money, shared: Money, scale: Scale) -> str:
    if shared:
        people = int((scale.price.euros / shared.euros).to_integral_value(ROUND_CEILING))
        if people == 1:
            return tr("Ton repas, et un repas entier pour quelqu’un d’autre.")
        return tr("Ton repas, et {more} pour un·e autre : à {n}, un repas offert.").format(
            more=money(shared), n=people
        )
    if amount == scale.price:
        return tr("Ton repas est à l’équilibre : les ingrédients, l’équipe, le lieu.")
    if amount <= scale.food:
        return tr("Une bonne part des ingrédients de ton repas.")
    return tr("Tes ingrédients, et {rest} pour l’équipe et le lieu.").format(rest=money(rest))


def _draw(canvas: Canvas, size: tuple[float, float], scale: Scale) -> None:
    width, height = size
    room = width - 2 * MARGIN
    level = say_large(canvas, tr("L’effet de ma contribution"), 46, (MARGIN, height - MARGIN, room))
    words = tr("Chacun donne librement. Voici ce que cela permet.")
    level = say(canvas, words, REGULAR, 20, (MARGIN, level - 2 * mm, room), centred=True)
    _legend(canvas, level - 5 * mm)
    level -= 17 * mm
    rungs = ladder(scale)
    low = 58 * mm
    pitch = (level - low) / len(rungs)
    most = rungs[-1].amount
    for rank, step in enumerate(rungs):
        _rung(canvas, step, (level - rank * pitch, pitch), (room, most), scale)
    words = tr("0 € aussi : ta place est la même.")
    say(canvas, words, SEMIBOLD, 24, (MARGIN, low - 2 * mm, room), colour=DEEP, centred=True)
    if scale.full is not None and scale.full > scale.price:
        words = tr(
            "Un repas coûte {full} en tout. Adhésions, privatisations, dons et subventions paient"
            " ce qui dépasse {price}."
        ).format(full=money(scale.full), price=money(scale.price))
        say(canvas, words, REGULAR, 15, (MARGIN, low - 16 * mm, room), colour=MUTED, centred=True)


def _legend(canvas: Canvas, top: float) -> None:
    left = MARGIN
    for words, fill in (
        (tr("les ingrédients"), FILLS[0]),
        (tr("l’équipe, le lieu, l’énergie"), FILLS[1]),
        (tr("le repas d’un·e autre"), SHARED),
    ):
        bar(canvas, [Part(1, "", fill)], (left, top - 15, 15, 15), 10)
        say(canvas, words, SEMIBOLD, 15, (left + 21, top + 1, 400))
        left += 21 + text_width(words, SEMIBOLD, 15) + 22


def _rung(
    canvas: Canvas,
    step: Rung,
    place: tuple[float, float],
    around: tuple[float, Money],
    scale: Scale,
) -> None:
    """Draw a rung: its amount, what it pays as a bar, and its sentence."""
    top, pitch = place
    room, most = around
    aside = 40 * mm
    is_price = step.amount == scale.price
    canvas.setFillColor(DEEP if is_price else INK)
    words = number(step.amount.euros, 2 if step.amount.cents % 100 else 0) + f"{NBSP}€"
    canvas.setFont(BOLD, 28)
    canvas.drawRightString(MARGIN + aside - 5 * mm, top - 24, words)
    high = min(pitch * 0.36, 30)
    wide = (room - aside) * step.amount.cents / most.cents
    parts = [
        Part(amount.cents, number(amount.euros), fill)
        for amount, fill in (
            (step.food, FILLS[0]),
            (step.rest, FILLS[1]),
            (step.shared, SHARED),
        )
        if amount
    ]
    bar(canvas, parts, (MARGIN + aside, top - high - 1, wide, high), 15)
    face = BOLD if is_price else REGULAR
    say(canvas, step.words, face, 16, (MARGIN + aside, top - high - 4, room - aside))
