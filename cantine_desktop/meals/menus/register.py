"""The register of allergens: each dish served, what it holds, who confirmed it and when."""

from datetime import datetime
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import allergen_words
from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.styles import lead
from cantine_desktop.documents.tables import Band, Column, Row, ruled_table
from cantine_desktop.i18n import long_day, short_day, tr
from cantine_desktop.meals.menus.allergens import STATES, DishState
from cantine_desktop.meals.menus.queries import DishRow, week_of_menus
from cantine_desktop.values.period import Period


def write_allergen_register(
    session: Session, period: Period, now: datetime, target: IO[bytes]
) -> None:
    """Write what each dish of a period holds; those nobody confirmed say so."""
    rows: list[Row] = []
    for menu in week_of_menus(session, period):
        if menu.dishes:
            day = long_day(menu.service.day)
            rows.append(Band(f"{day[:1].upper()}{day[1:]}, {menu.service.title}"))
            rows.extend(_cells(dish) for dish in menu.dishes)
    columns = [
        Column(tr("Plat"), 2.2),
        Column(tr("Allergènes"), 2.4),
        Column(tr("Confirmé par"), 1.2),
    ]
    text = tr("Ce que chaque plat servi contient, parmi les 14 allergènes à déclarer par écrit.")
    nothing = lead(tr("Aucun menu sur cette période."))
    story = [lead(text), ruled_table(columns, rows)] if rows else [nothing]
    title = tr("Registre des allergènes")
    write_document(target, PageFrame(canteen_name(session), title, in_words(period), now), story)


def _cells(dish: DishRow) -> list[str]:
    if dish.state is not DishState.CONFIRMED or dish.confirmed_at is None:
        unknown = ", ".join(dish.allergens.unknown)
        return [dish.name, unknown and f"? {unknown}", tr(STATES[dish.state])]
    signed = f"{dish.confirmed_by}, {short_day(civil_date(dish.confirmed_at))}"
    return [dish.name, allergen_words(dish.held) or tr("aucun"), signed]
