"""The cleaning of the fictional canteen: its plan, its products, its last weeks of ticks."""

import random
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import open_days
from cantine_desktop.clock import PARIS
from cantine_desktop.hygiene.cleaning import marking, tasks
from cantine_desktop.hygiene.cleaning.due import is_daily
from cantine_desktop.hygiene.cleaning.matrices import CLEANING, WASTE
from cantine_desktop.hygiene.cleaning.model import Answer
from cantine_desktop.hygiene.cleaning.starter import add_starter_tasks
from cantine_desktop.hygiene.cleaning.waste import MEALS
from cantine_desktop.hygiene.cleaning.weeks import Entry, Spot, read_sheet
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import DAY, Period

WEEKS = 4
"""Weeks of ticks, the current one included."""

WEIGHTS = {
    "preparation_inedible": (1200, 2600),
    "unserved_edible": (150, 900),
    "leftovers_edible": (300, 1100),
    "leftovers_inedible": (80, 400),
}
"""Lines weighed in the last whole week, and between how many grams."""


def write_cleaning(session: Session, today: date) -> None:
    """Write the cleaning plan and its last weeks, signed week after week but the present one."""
    first = Period.week(today).first - timedelta(weeks=WEEKS - 1)
    add_starter_tasks(session, _at(first))
    _write_products(session)
    dice = random.Random(2025)  # noqa: S311  -- a fictional canteen, no secret
    for ago in reversed(range(WEEKS)):
        monday = Period.week(today).first - timedelta(weeks=ago)
        days = [day for day in open_days(session, Period.week(monday)) if day < today]
        for day in days:
            _write_day(session, day, dice, forgets=(ago, day) == (2, days[-1]))
        if days and ago == 1:
            _write_waste(session, days, dice)
        if days and ago:
            _sign(session, monday, days[-1])


def _write_products(session: Session) -> None:
    """Write two invented products; the contact time of one is still to be read."""
    both = tasks.add_product(
        session,
        tr("Dégraissant désinfectant (fictif)"),
        dose=tr("20 mL pour 5 L d’eau"),
        contact_minutes=5,
        standards="EN 1276, EN 13697",
    ).id
    floors = tasks.add_product(session, tr("Nettoyant sols (fictif)")).id
    for task in tasks.cleaning_tasks(session):
        is_floor = any(word in task.name.lower() for word in ("sol", "terrasse"))
        tasks.change_task(session, task.id, product_id=floors if is_floor else both)


def _write_day(session: Session, day: date, dice: random.Random, *, forgets: bool) -> None:
    sheet = read_sheet(session, CLEANING, Period(day, day + DAY))
    items = {item.key: item for item in sheet.items}
    entries: list[Entry] = []
    for spot in sorted(sheet.due, key=lambda spot: str(spot.key)):
        if is_daily(items[spot.key]):
            entries.append(_entry(spot, dice, forgets=forgets))
        elif spot in sheet.last_chance or dice.random() < 0.35:
            entries.append(Entry(spot, Answer.CONFORM, initials="MB"))
    marking.write(session, CLEANING, entries, _at(day))


def _entry(spot: Spot, dice: random.Random, *, forgets: bool) -> Entry:
    if forgets and dice.random() < 0.2:
        return Entry(spot, Answer.NOT_DONE, note=tr("Fermeture trop rapide"), initials="MB")
    return Entry(spot, Answer.CONFORM, initials="MB")


def _write_waste(session: Session, days: Collection[date], dice: random.Random) -> None:
    for day in days:
        weights = {line: dice.randint(*bounds) for line, bounds in WEIGHTS.items()}
        entries = [
            Entry(Spot(line, day), value=_kilograms(grams), initials="AM")
            for line, grams in weights.items()
        ]
        diners = Entry(Spot(MEALS, day), value=Decimal(dice.randint(22, 35)), initials="AM")
        marking.write(session, WASTE, [*entries, diners], _at(day))


def _kilograms(grams: int) -> Decimal:
    return Decimal(grams).scaleb(-3)


def _sign(session: Session, monday: date, last: date) -> None:
    note = tr("Relu avec l’équipe") if _has_holes(session, monday, last) else ""
    marking.sign_week(session, CLEANING, monday, "AM", note, _at(last, time(17, 20)))


def _has_holes(session: Session, monday: date, last: date) -> bool:
    return bool(read_sheet(session, CLEANING, Period.week(monday)).missing(last))


def _at(day: date, moment: time = time(16, 30)) -> datetime:
    return datetime.combine(day, moment, PARIS)
