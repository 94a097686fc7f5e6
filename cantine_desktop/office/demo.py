"""One fictional year of a canteen that does not exist, written as its people would.

Everything is invented: « La Tablée du Faubourg », its fridges and its people.
The year ends on the day given, so that what the app shows is always alive; the
same day gives the same book. Values go through the same functions as typed
ones: limits, breaches and signatures are not painted on.
"""

import gc
import random
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import open_days
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene import breaches, recording
from cantine_desktop.hygiene.breaches import Recheck
from cantine_desktop.hygiene.families import Family
from cantine_desktop.hygiene.limits import UnitKind
from cantine_desktop.hygiene.model import READINGS, Breach, ColdUnit, Gap, Origin, Slot
from cantine_desktop.hygiene.plan import drafting
from cantine_desktop.hygiene.recording import Entry, Spot, Taken
from cantine_desktop.hygiene.starter import StarterUnit, add_unit
from cantine_desktop.i18n import mark, tr
from cantine_desktop.office.demo_budget import write_budget, write_policy
from cantine_desktop.office.demo_food import write_food_week
from cantine_desktop.office.demo_hours import write_hours
from cantine_desktop.office.demo_kitchen import furnish, instant, write_kitchen_week
from cantine_desktop.office.demo_meals.menus import write_menus
from cantine_desktop.office.demo_meals.reservations import write_reservations
from cantine_desktop.office.demo_money.writing import first_day, write_bank, write_money
from cantine_desktop.office.demo_roster import write_roster
from cantine_desktop.office.demo_staff import write_staff
from cantine_desktop.office.demo_supply.writing import WEEKS as SUPPLIED
from cantine_desktop.office.demo_supply.writing import write_supply
from cantine_desktop.storage.book import Book
from cantine_desktop.values.period import Period

WEEKS = 52
"""Weeks of the fictional year, the current one included."""

OPEN = "2345"
"""Weekdays of service."""

DRIFT_WEEKS_AGO = 6
FORGOTTEN_EVENINGS = {(3, 3), (9, 1)}
"""Weeks ago and rank of the open day when nobody noted the evening."""


class DemoUnit(NamedTuple):
    """A cold unit and the temperature it usually shows, in tenths of a degree."""

    starter: StarterUnit
    usual: int
    spread: int


UNITS: tuple[DemoUnit, ...] = (
    DemoUnit(
        StarterUnit(
            mark("CF 1"),
            UnitKind.COLD_ROOM,
            frozenset({Family.VERY_PERISHABLE, Family.PERISHABLE}),
            mark("Réserve"),
        ),
        30,
        6,
    ),
    DemoUnit(
        StarterUnit(
            mark("CF 2"),
            UnitKind.COLD_ROOM,
            frozenset({Family.VERY_PERISHABLE, Family.MEAT_CUT, Family.MEAT_PREPARATION}),
            mark("Réserve"),
        ),
        33,
        5,
    ),
    DemoUnit(
        StarterUnit(
            mark("Frigo cuisine"), UnitKind.FRIDGE, frozenset({Family.PREPARED}), mark("Cuisine")
        ),
        22,
        5,
    ),
    DemoUnit(
        StarterUnit(
            mark("Frigo plats témoins"),
            UnitKind.SAMPLES,
            frozenset({Family.SAMPLES}),
            mark("Cuisine"),
        ),
        20,
        5,
    ),
    DemoUnit(
        StarterUnit(
            mark("Vitrine des desserts"),
            UnitKind.DISPLAY,
            frozenset({Family.VERY_PERISHABLE}),
            mark("Salle"),
        ),
        31,
        6,
    ),
    DemoUnit(
        StarterUnit(
            mark("Congélateur armoire"),
            UnitKind.FREEZER,
            frozenset({Family.FROZEN}),
            mark("Réserve"),
        ),
        -205,
        9,
    ),
    DemoUnit(
        StarterUnit(
            mark("Congélateur coffre"), UnitKind.FREEZER, frozenset({Family.FROZEN}), mark("Cave")
        ),
        -215,
        10,
    ),
)


def write_demo(book: Book, today: date, months_to_close: int = 1) -> None:
    """Fill an empty book with the demonstration canteen and its year, in one action.

    Args:
        book: A book that holds no canteen yet.
        today: Last civil day of the year written.
        months_to_close: Months that are over whose accounts are left open, one at least.

    Raises:
        UserError: The book already holds a canteen: invented and real data never mix.
    """
    with _seldom_collected(), book.action(tr("Cantine de démonstration")) as session:
        if session.scalar(select(Canteen.id).limit(1)) is not None:
            raise UserError(
                tr("Ce livre contient déjà une cantine : la démonstration en demande un vide.")
            )
        canteen = write_canteen(session)
        units = write_units(session)
        write_plan(session, today)
        write_readings(session, units, today)
        write_policy(session)
        plan = write_money(session, today, _served_days(today), months_to_close)
        write_menus(session, today)
        write_reservations(session, today)
        write_supply(session, today)
        write_bank(session, plan, today, months_to_close)
        write_budget(session, today)
        write_staff(session, today)
        write_roster(session, today, canteen.department)
        write_hours(session, today, _leaves(today))


@contextmanager
def _seldom_collected() -> Generator[None]:
    """Let the collector pass seldom: what an action wrote stays to its end, looked at in vain."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _served_days(today: date) -> dict[date, list[date]]:
    """Return the days of service of each month told in full, by its first day."""
    months: dict[date, list[date]] = {}
    month = Period.month(first_day(today))
    while month.first <= today:
        months[month.first] = [
            day for day in month.days if str(day.isoweekday()) in OPEN and not _is_closed(day)
        ]
        month = Period.month(month.end)
    return months


def write_canteen(session: Session) -> Canteen:
    """Write the canteen itself; every name and address is invented."""
    canteen = Canteen(
        name="La Tablée du Faubourg",
        address="3 rue des Tilleuls (fictif), 67000 Strasbourg",
        department="67",
        seats=35,
        kitchen_places=10,
        open_weekdays=OPEN,
        is_demo=True,
    )
    session.add(canteen)
    session.flush()
    return canteen


def write_plan(session: Session, today: date) -> None:
    """Put the starter plan in force for the whole year: the essential points, and samples."""
    first = Period.week(today).first - timedelta(weeks=WEEKS)
    furnish(session, first)
    drafting.start_draft(session)
    signed = drafting.Signed(tr("Plan de départ"), tr("Ouverture de la cantine"), "Anne", "AM")
    drafting.put_in_force(session, first, signed, instant(first, time(9)))


def write_units(session: Session) -> list[ColdUnit]:
    """Write the cold units: the cleaning plan to start from has lines for them."""
    units = [add_unit(session, unit.starter, rank) for rank, unit in enumerate(UNITS, 1)]
    session.flush()
    return units


def write_readings(session: Session, units: list[ColdUnit], today: date) -> None:
    """Write a year of readings, signed week after week."""
    this_week = Period.week(today)
    for ago in reversed(range(WEEKS)):
        monday = this_week.first - timedelta(weeks=ago)
        days = [day for day in open_days(session, Period.week(monday)) if day <= today]
        dice = random.Random(2025 * 100 + ago)  # noqa: S311  -- a fictional year, no secret
        _write_week(session, units, days, ago, dice)
        served = [day for day in days if not _is_closed(day)]
        write_food_week(session, monday, served, ago, today, supplied=ago <= SUPPLIED)
        write_kitchen_week(session, monday, served, ago)
        if ago:
            signed_at = instant(monday + timedelta(days=4), time(17, 10))
            recording.sign_week(session, monday, "AM", signed_at)
    _leave_something_to_do(session, units[1], today)


def _write_week(
    session: Session, units: list[ColdUnit], days: list[date], ago: int, dice: random.Random
) -> None:
    drift = ago == DRIFT_WEEKS_AGO
    for rank, day in enumerate(days):
        if _is_closed(day):
            recording.close_day(
                session, day, [unit.id for unit in units], _at(day, Slot.MORNING), _why(day)
            )
            continue
        for slot in Slot:
            if ago == 0 and day == days[-1] and slot is Slot.EVENING:
                continue
            forgotten = slot is Slot.EVENING and (ago, rank) in FORGOTTEN_EVENINGS
            entries = [
                _forgotten(unit, day) if forgotten else _entry(unit, usual, day, slot, dice)
                for unit, usual in zip(units, UNITS, strict=True)
                if unit.frequency.asks(slot)
            ]
            if drift and rank >= 1 and not forgotten:
                entries[1] = entries[1]._replace(celsius=_drifting(rank, slot))
            when = _at(day, slot)
            how = Taken(Origin.PAPER, "AM" if slot is Slot.MORNING else "MB", when)
            recording.record_many(session, entries, when, how)
    if drift:
        _repair(session, units[1], days)


def _entry(unit: ColdUnit, usual: DemoUnit, day: date, slot: Slot, dice: random.Random) -> Entry:
    warmer = 3 if slot is Slot.EVENING else 0
    tenths = usual.usual + warmer + dice.randint(-usual.spread, usual.spread)
    return Entry(Spot(unit.id, day, slot), Decimal(tenths).scaleb(-1))


def _forgotten(unit: ColdUnit, day: date) -> Entry:
    spot = Spot(unit.id, day, Slot.EVENING)
    return Entry(spot, gap=Gap.FORGOTTEN, note=tr("Fermeture trop rapide, feuille oubliée"))


def _drifting(rank: int, slot: Slot) -> Decimal:
    """Return what a cold room with a worn seal shows, warmer each day until it is mended."""
    shown = {
        (1, Slot.MORNING): "3.9",
        (1, Slot.EVENING): "4.6",
        (2, Slot.MORNING): "6.2",
        (2, Slot.EVENING): "6.8",
        (3, Slot.MORNING): "4.0",
        (3, Slot.EVENING): "3.4",
    }
    return Decimal(shown.get((rank, slot), "3.4"))


def _repair(session: Session, unit: ColdUnit, days: list[date]) -> None:
    """Write what was done about the drift: food moved, then the seal replaced."""
    found = session.scalars(
        select(Breach)
        .where(Breach.register == READINGS, Breach.subject == unit.name)
        .order_by(Breach.id)
    ).all()
    words = (
        (
            tr("Porte mal fermée"),
            tr("Denrées contrôlées à cœur, transférées dans une enceinte conforme"),
            "5.1",
        ),
        (tr("Joint abîmé"), tr("Dépanneur frigoriste appelé"), "3.8"),
    )
    in_week = [breach for breach in found if breach.day in days]
    for breach, (cause, action, celsius) in zip(in_week, words, strict=False):
        acted = breach.opened_at + timedelta(minutes=12)
        recheck = Recheck(acted + timedelta(hours=1, minutes=18), Decimal(celsius))
        breaches.act(session, breach.id, cause, action, recheck.at, initials="AM", recheck=recheck)
        breach.actions[-1].taken_at = acted
    if in_week and in_week[0].is_open:
        later = in_week[-1].closed_at or in_week[0].opened_at
        breaches.recheck(session, in_week[0].id, Recheck(later, Decimal("3.8")), later)


def _leave_something_to_do(session: Session, unit: ColdUnit, today: date) -> None:
    """Leave the last morning's reading of a cold room out of bounds, for the day screen."""
    days = [day for day in open_days(session, Period.week(today)) if day <= today]
    days = [day for day in days if not _is_closed(day)]
    if days:
        spot = Spot(unit.id, days[-1], Slot.MORNING)
        when = _at(days[-1], Slot.MORNING)
        entry = Entry(spot, Decimal("6.2"))
        recording.record_many(session, [entry], when, Taken(Origin.TYPED, "AM", when))


HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)}


def _why(day: date) -> str:
    return tr("Jour férié") if (day.month, day.day) in HOLIDAYS else tr("Congés de l’équipe")


def _is_closed(day: date) -> bool:
    return (day.month, day.day) in HOLIDAYS or any(
        first <= (day.month, day.day) <= last for first, last in _closures()
    )


def _closures() -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    yield (1, 1), (1, 6)
    yield (4, 14), (4, 17)
    yield (8, 2), (8, 24)
    yield (12, 20), (12, 31)


def _leaves(today: date) -> list[Period]:
    """Return the closures of the civil years around a day: the team is on leave."""
    return [
        Period(date(year, *first), date(year, *last) + timedelta(days=1))
        for year in (today.year - 1, today.year, today.year + 1)
        for first, last in _closures()
    ]


def _at(day: date, slot: Slot) -> datetime:
    return instant(day, time(8, 45) if slot is Slot.MORNING else time(15, 20))
