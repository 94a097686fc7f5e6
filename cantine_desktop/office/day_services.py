"""The services of a day as the day tells them: who comes, what is served, what is left to do."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import hour, tr, trn
from cantine_desktop.meals.closing.queries import closing_of
from cantine_desktop.meals.forecast.predicting import forecast_of
from cantine_desktop.meals.forecast.verdict import expected_words
from cantine_desktop.meals.menus.model import Dish, Menu
from cantine_desktop.meals.recipes.model import COURSES
from cantine_desktop.meals.reservations.seating import counts_of
from cantine_desktop.meals.services.model import ServiceState
from cantine_desktop.meals.services.queries import ServiceRow, services_of
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.values.period import DAY, Period


class MealOfDay(NamedTuple):
    """A service of the day.

    Attributes:
        key: Its number.
        title: What people call it.
        announced: When and for how many, in words.
        menu: Its dishes in words; empty without a menu.
        is_closed: It was closed for good.
        may_close: Its meal has begun: it may be closed.
        diners: Who were at table, once it is closed.
    """

    key: int
    title: str
    announced: str
    menu: str
    is_closed: bool
    may_close: bool
    diners: int | None


def day_services(session: Session, day: date, now: datetime) -> tuple[MealOfDay, ...]:
    """Return the services of a day, in the order of their meals; none to who may not read them.

    Args:
        session: A session that reads.
        day: A civil day.
        now: Present instant, aware.
    """
    if not watch_of(session).actor.may_read("meals"):
        return ()
    rows = services_of(session, Period(day, day + DAY))
    counts = counts_of(session, [row.key for row in rows])
    menus = _menus(session, [row.key for row in rows])
    found: list[MealOfDay] = []
    for row in rows:
        told = counts[row.key]
        announced = told.eaters + told.cooks
        words = tr("{service} à {time} : {n} sur {seats} places, dont {cooks} en cuisine")
        if told.waiting:
            words += trn(", {n} en attente", ", {n} en attente", told.waiting)
        words = words.format(
            service=row.title,
            time=hour(row.meal),
            n=announced,
            seats=row.seats,
            cooks=told.cooks,
        )
        closed = row.state is ServiceState.CLOSED
        found.append(
            MealOfDay(
                row.key,
                row.title,
                words,
                menus.get(row.key, ""),
                closed,
                not closed and row.meal <= now,
                _diners(session, row) if closed else None,
            )
        )
    return tuple(found)


def expected_today(session: Session, now: datetime) -> dict[int, str]:
    """Return how many to cook for at each service of today, in words: slower than the rest."""
    if not watch_of(session).actor.may_read("meals"):
        return {}
    today = civil_date(now)
    rows = [
        row
        for row in services_of(session, Period(today, today + DAY))
        if row.state is ServiceState.PLANNED
    ]
    found = forecast_of(session, rows, now) if rows else {}
    return {key: expected_words(each) for key, each in found.items()}


def _menus(session: Session, keys: list[int]) -> dict[int, str]:
    query = select(Menu).where(Menu.service_id.in_(keys)).options(selectinload(Menu.dishes))
    return {
        menu.service_id: ", ".join(dish.name for dish in sorted(menu.dishes, key=_rank))
        for menu in session.scalars(query)
    }


def _rank(dish: Dish) -> tuple[int, int]:
    return list(COURSES).index(dish.course), dish.rank


def _diners(session: Session, row: ServiceRow) -> int | None:
    closing = closing_of(session, row.key)
    return closing.diners if closing is not None else None
