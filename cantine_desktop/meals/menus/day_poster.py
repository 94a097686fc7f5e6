"""« Menu du jour » (D13): the dishes very large, and the table of the fourteen allergens."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import ALLERGENS
from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.drawing import greys
from cantine_desktop.documents.fonts import BOLD, REGULAR, SEMIBOLD, wrap
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.posters import (
    DEEP,
    MARGIN,
    PALE,
    Draw,
    Poster,
    foot,
    say,
    say_large,
)
from cantine_desktop.documents.styles import INK
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import long_day, tr
from cantine_desktop.meals.menus.queries import DishRow, MenuRow
from cantine_desktop.meals.menus.week_poster import (
    day_of,
    hours_of,
    leaf,
    menus_to_post,
    say_no_menu,
)
from cantine_desktop.values.period import Period

MOST = 7
"""Dishes beside which fourteen allergens are read from a step away."""
NAME_SHARE = 0.27
HEAD = 33 * mm
BAND = 31 * mm
"""Height left under the table: the leaf, what the dots mean, the foot."""


def write_day_poster(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the poster of each service of a day, one page each.

    Raises:
        UserError: A dish is not confirmed, or there are too many.
    """
    menus = menus_to_post(session, period)
    if not menus:
        say_no_menu(session, period, tr("Menu du jour et allergènes"), now, target)
        return
    for menu in menus:
        if len(menu.dishes) > MOST:
            raise UserError(
                tr("« {title} » du {day} a {n} plats : l’affiche en montre {most} au plus.").format(
                    title=menu.service.title,
                    day=long_day(menu.service.day),
                    n=len(menu.dishes),
                    most=MOST,
                )
            )
    name = canteen_name(session)
    frame = PageFrame(name, tr("Menu du jour et allergènes"), "", now, bare=True)
    pages = [Poster(frame.page_size, _page(menu, name)) for menu in menus]
    write_document(target, frame, pages)


def _page(menu: MenuRow, canteen: str) -> Draw:
    def draw(canvas: Canvas, size: tuple[float, float]) -> None:
        width, height = size
        room = width - 2 * MARGIN
        top = (MARGIN, height - MARGIN, room)
        level = say_large(canvas, day_of(menu), 50, top, colour=DEEP, centred=False)
        title = menu.theme or menu.service.title
        words = tr("{title}, à table à {hour}").format(title=title, hour=hours_of(menu))
        level = say(canvas, words, SEMIBOLD, 20, (MARGIN, level, room))
        rows = 15 * len(ALLERGENS)
        low = BAND + rows + _head_height(menu.dishes, room)
        _dishes(canvas, menu.dishes, (MARGIN, low + 4 * mm, room, level - low - 10 * mm))
        _table(canvas, menu.dishes, (MARGIN, BAND, room, rows))
        _legend(canvas, room)
        signed = tr("Allergènes confirmés par {who}.").format(who=_signed(menu.dishes))
        foot(canvas, canteen, signed, width)

    return draw


def _signed(dishes: Sequence[DishRow]) -> str:
    return ", ".join(dict.fromkeys(dish.confirmed_by for dish in dishes))


def _dishes(
    canvas: Canvas, dishes: Sequence[DishRow], box: tuple[float, float, float, float]
) -> None:
    """Write the dishes as large as all of them stand, shared out over the room."""
    left, low, room, high = box
    size = next((s for s in range(52, 12, -1) if _tall(dishes, s, room) <= high), 12)
    spare = (high - _tall(dishes, size, room)) / (len(dishes) + 1)
    level = low + high - spare
    for dish in dishes:
        lines = wrap(dish.name, BOLD, size, room - 1.05 * size)
        for rank, line in enumerate(lines):
            level -= 1.16 * size
            if not rank and dish.is_vegetarian:
                leaf(canvas, left, level + 0.22 * size, 0.66 * size)
            canvas.setFillColor(INK)
            canvas.setFont(BOLD, size)
            canvas.drawString(left + 1.05 * size, level + 0.26 * size, line)
        level -= spare + 0.16 * size


def _tall(dishes: Sequence[DishRow], size: float, room: float) -> float:
    lines = [len(wrap(dish.name, BOLD, size, room - 1.05 * size)) for dish in dishes]
    return sum(1.16 * size * each + 0.16 * size for each in lines)


def _table(
    canvas: Canvas, dishes: Sequence[DishRow], box: tuple[float, float, float, float]
) -> None:
    left, low, room, high = box
    first = NAME_SHARE * room
    wide = (room - first) / len(dishes)
    row = high / len(ALLERGENS)
    top = low + high
    for rank, words in enumerate(ALLERGENS.values()):
        level = top - (rank + 1) * row
        if rank % 2 == 0:
            greys(canvas, [(left, level, room, row)], PALE)
        canvas.setFillColor(INK)
        canvas.setFont(SEMIBOLD, 13)
        name = tr(words.name)
        canvas.drawString(left + 5, level + 0.29 * row, name[:1].upper() + name[1:])
    for place, dish in enumerate(dishes):
        middle = left + first + (place + 0.5) * wide
        _head(canvas, dish, (middle - wide / 2 + 3, top, wide - 6))
        for rank, allergen in enumerate(ALLERGENS):
            if allergen in dish.held:
                canvas.setFillColor(INK)
                canvas.circle(middle, top - (rank + 0.5) * row, 0.34 * row, stroke=0, fill=1)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1.2)
    canvas.line(left, top, left + room, top)
    canvas.line(left, low, left + room, low)
    canvas.setLineWidth(0.5)
    tall = _head_height(dishes, room)
    for place in range(len(dishes)):
        at = left + first + place * wide
        canvas.line(at, low, at, top + tall)


def _head(canvas: Canvas, dish: DishRow, place: tuple[float, float, float]) -> None:
    """Write the name of a dish above its column, standing on the table."""
    left, low, room = place
    size, lines = _head_lines(dish, room)
    say(canvas, dish.name, SEMIBOLD, size, (left, low + 1.22 * size * len(lines) + 4, room))


def _head_lines(dish: DishRow, room: float) -> tuple[float, list[str]]:
    """Return the height of the type of a head of column, and its lines."""
    sizes = (15, 14, 13, 12, 11, 10, 9, 8)
    longest = HEAD - 5 * mm
    size = next((s for s in sizes if _fits(dish.name, s, room, longest)), sizes[-1])
    return size, wrap(dish.name, SEMIBOLD, size, room)


def _head_height(dishes: Sequence[DishRow], room: float) -> float:
    """Return the room the names of the dishes take above their columns."""
    wide = (1 - NAME_SHARE) * room / len(dishes) - 6
    every = [_head_lines(dish, wide) for dish in dishes]
    return max(1.22 * size * len(lines) for size, lines in every) + 8


def _fits(name: str, size: float, room: float, high: float) -> bool:
    """Tell whether a name stands in a column without a word being cut."""
    lines = wrap(name, SEMIBOLD, size, room)
    words = [part for line in lines for part in line.split()]
    return 1.22 * size * len(lines) <= high and sorted(words) == sorted(name.split())


def _legend(canvas: Canvas, room: float) -> None:
    level = BAND - 5.5 * mm
    canvas.setFillColor(INK)
    canvas.circle(MARGIN + 5, level + 4, 4.5, stroke=0, fill=1)
    say(canvas, tr("le plat en contient"), REGULAR, 12, (MARGIN + 15, level + 12, room))
    leaf(canvas, MARGIN + 0.30 * room, level - 1, 11)
    words = tr("sans viande ni poisson")
    say(canvas, words, REGULAR, 12, (MARGIN + 0.30 * room + 16, level + 12, room))
    words = tr("Une question ? Demandez en cuisine.")
    canvas.setFont(SEMIBOLD, 12)
    canvas.drawRightString(MARGIN + room, level, words)
