"""« Menu de la semaine » (D12): each service, its dishes, a leaf where there is no meat."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any, NamedTuple

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.fonts import BOLD, REGULAR, SEMIBOLD, text_width, wrap
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.posters import (
    DEEP,
    MARGIN,
    foot,
    say,
    say_large,
    write_nothing,
    write_poster,
)
from cantine_desktop.documents.styles import INK, MUTED
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import long_day, tr
from cantine_desktop.meals.menus.allergens import refuse_unconfirmed
from cantine_desktop.meals.menus.queries import DishRow, MenuRow, week_of_menus
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP

MOST = 14
"""Services on one poster: two a day all week."""
SIZES = (30, 28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 9)


class _Sizes(NamedTuple):
    """Heights of the type of a block: its day, and its dishes."""

    day: float
    dish: float


def write_week_poster(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the poster of the menus of a week.

    Raises:
        UserError: The allergens of a dish are not confirmed.
    """
    menus = menus_to_post(session, period)
    if not menus:
        say_no_menu(session, period, tr("Menu de la semaine"), now, target)
        return
    if len(menus) > MOST:
        raise UserError(
            tr("Une affiche montre {n} services au plus : choisissez moins de jours.").format(
                n=MOST
            )
        )
    name = canteen_name(session)
    words = in_words(period)

    def draw(canvas: Canvas, size: tuple[float, float]) -> None:
        _draw(canvas, size, words, menus)
        foot(
            canvas,
            name,
            tr("Les 14 allergènes de chaque plat sont affichés chaque jour à l’entrée."),
            size[0],
        )

    write_poster(target, name, tr("Menu de la semaine"), now, draw)


def menus_to_post(session: Session, period: Period) -> list[MenuRow]:
    """Return the menus of a period that has some, all confirmed; none when none is planned.

    Raises:
        UserError: The allergens of a dish are not confirmed.
    """
    menus = [menu for menu in week_of_menus(session, period) if menu.dishes]
    refuse_unconfirmed(session, period)
    return menus


def say_no_menu(session: Session, period: Period, title: str, now: datetime, to: IO[bytes]) -> None:
    """Write a page that says that no menu is planned."""
    sentence = tr("Aucun menu n’est composé pour {period} : rien à afficher encore.").format(
        period=in_words(period)
    )
    write_nothing(to, canteen_name(session), title, sentence, now)


def leaf(canvas: Canvas, left: float, low: float, size: float) -> None:
    """Draw a leaf, black and white safe: filled, with its vein."""
    canvas.saveState()
    canvas.translate(left, low)
    canvas.setFillColor(DEEP)
    path: Any = canvas.beginPath()
    path.moveTo(0, 0)
    path.curveTo(0, 0.75 * size, 0.35 * size, size, size, size)
    path.curveTo(size, 0.35 * size, 0.75 * size, 0, 0, 0)
    pen: Any = canvas
    pen.drawPath(path, stroke=0, fill=1)
    canvas.setStrokeColorRGB(1, 1, 1)
    canvas.setLineWidth(max(0.06 * size, 0.6))
    canvas.line(0.12 * size, 0.12 * size, 0.72 * size, 0.72 * size)
    canvas.restoreState()


def hours_of(menu: MenuRow) -> str:
    """Return when people sit down, as a poster says it."""
    at = menu.service.meal_at
    return f"{at.hour}{NBSP}h{NBSP}{at:%M}" if at.minute else f"{at.hour}{NBSP}h"


def day_of(menu: MenuRow) -> str:
    """Return the day of a menu without its year: « Mardi 24 novembre »."""
    words = long_day(menu.service.day).rsplit(" ", 1)[0]
    return words[:1].upper() + words[1:]


def _draw(canvas: Canvas, size: tuple[float, float], period: str, menus: Sequence[MenuRow]) -> None:
    width, height = size
    room = width - 2 * MARGIN
    level = say_large(
        canvas, tr("Au menu"), 64, (MARGIN, height - MARGIN, room), colour=DEEP, centred=False
    )
    first = period[:1].upper() + period[1:]
    level = say(canvas, first, SEMIBOLD, 22, (MARGIN, level, room), colour=MUTED)
    top, low = level - 5 * mm, 31 * mm
    sizes = _fitting(menus, room, top - low - 9 * mm)
    needed = [_height(menu, sizes, room) for menu in menus]
    air = min((top - low - 9 * mm - sum(needed)) / len(menus), 13 * mm)
    level = top
    for menu, high in zip(menus, needed, strict=True):
        _block(canvas, menu, sizes, (MARGIN, level, room))
        level -= high + air
    leaf(canvas, MARGIN, low, 13)
    say(canvas, tr("sans viande ni poisson"), REGULAR, 14, (MARGIN + 18, low + 15, room))


def _fitting(menus: Sequence[MenuRow], room: float, high: float) -> _Sizes:
    """Return the largest type in which every block stands on the page."""
    every = [_Sizes(min(size * 1.08, 30), size) for size in SIZES]
    fits = (
        each for each in every if sum(_height(menu, each, room) for menu in menus) <= 0.94 * high
    )
    return next(fits, every[-1])


def _lines(dish: DishRow, sizes: _Sizes, room: float) -> list[str]:
    return wrap(dish.name, REGULAR, sizes.dish, room - 1.25 * sizes.dish)


def _height(menu: MenuRow, sizes: _Sizes, room: float) -> float:
    lines = sum(len(_lines(dish, sizes, room)) for dish in menu.dishes)
    return 1.55 * sizes.day + 1.24 * sizes.dish * lines


def _block(canvas: Canvas, menu: MenuRow, sizes: _Sizes, place: tuple[float, float, float]) -> None:
    left, top, room = place
    canvas.setStrokeColor(DEEP)
    canvas.setLineWidth(2.2)
    canvas.line(left, top, left + room, top)
    baseline = top - 1.15 * sizes.day
    day = day_of(menu)
    canvas.setFillColor(DEEP)
    canvas.setFont(BOLD, sizes.day)
    canvas.drawString(left, baseline, day)
    words = ", ".join(filter(None, (menu.theme or menu.service.name, hours_of(menu))))
    size = 0.72 * sizes.day
    wide = text_width(words, SEMIBOLD, size)
    space = room - text_width(day, BOLD, sizes.day) - 12
    size = min(size, size * space / max(wide, 1))
    canvas.setFillColor(MUTED)
    canvas.setFont(SEMIBOLD, size)
    canvas.drawRightString(left + room, baseline, words)
    level = baseline - 0.4 * sizes.day
    for dish in menu.dishes:
        level = _dish(canvas, dish, sizes, (left, level, room))


def _dish(canvas: Canvas, dish: DishRow, sizes: _Sizes, place: tuple[float, float, float]) -> float:
    left, level, room = place
    for rank, line in enumerate(_lines(dish, sizes, room)):
        level -= 1.24 * sizes.dish
        baseline = level + 0.3 * sizes.dish
        if not rank and dish.is_vegetarian:
            leaf(canvas, left, baseline - 0.05 * sizes.dish, 0.72 * sizes.dish)
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, sizes.dish)
        canvas.drawString(left + 1.25 * sizes.dish, baseline, line)
    return level
