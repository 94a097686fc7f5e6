"""What the services ask for today: those to close, menus to confirm, quotes without an answer."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import short_day, tr, trn
from cantine_desktop.meals.events.board import board
from cantine_desktop.meals.menus.model import Dish, Menu
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.meals.services.queries import title
from cantine_desktop.office.waiting import Todo, Urgency
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.values.period import DAY

IN_SIGHT = timedelta(days=7)
"""A service not closed for longer is told by the month-end."""

Source = Callable[[Session, datetime], Iterable[Todo]]


def meals_wait(session: Session, now: datetime) -> Iterator[Todo]:
    """Return what the services ask for; nothing to those who do not read them."""
    if not watch_of(session).actor.may_read("meals"):
        return
    today = civil_date(now)
    yield from _to_close(session, today)
    yield from _to_confirm(session, today)
    yield from _events(session, today)


def _to_close(session: Session, today: date) -> Iterator[Todo]:
    """Tell the services of the last days that nobody closed; today’s stands in the day."""
    query = (
        select(MealService)
        .where(
            MealService.state == ServiceState.PLANNED,
            MealService.day < today,
            MealService.day >= today - IN_SIGHT,
        )
        .order_by(MealService.day, MealService.meal_at)
    )
    found = session.scalars(query).all()
    if not found:
        return
    first = found[0]
    words = tr("Service à clôturer : {service} du {day}").format(
        service=title(first).lower(), day=short_day(first.day)
    )
    if len(found) > 1:
        words += trn(" et {n} autre", " et {n} autres", len(found) - 1)
    yield Todo(Urgency.TODAY, words, tr("Clôturer"), "closing", key=first.id)


def _to_confirm(session: Session, today: date) -> Iterator[Todo]:
    """Tell the dishes of today and tomorrow whose allergens nobody confirmed."""
    query = (
        select(Dish.name, MealService.id, MealService.day)
        .join(Menu, Dish.menu_id == Menu.id)
        .join(MealService, Menu.service_id == MealService.id)
        .where(
            MealService.state == ServiceState.PLANNED,
            MealService.day.between(today, today + DAY),
            Dish.confirmed.is_(None),
        )
        .order_by(MealService.day, MealService.meal_at, Dish.rank)
    )
    rows = session.execute(query).all()
    if not rows:
        return
    name, key, day = rows[0]
    words = tr("Allergènes à confirmer avant l’affiche : {dish}").format(dish=name)
    if len(rows) > 1:
        words += trn(" et {n} autre", " et {n} autres", len(rows) - 1)
    urgency = Urgency.TODAY if day == today else Urgency.SOON
    yield Todo(urgency, words, tr("Confirmer"), "menus", key=key)


def _events(session: Session, today: date) -> Iterator[Todo]:
    """Tell the workshops whose next step is late: a quote or an invoice to remind."""
    reads = watch_of(session).actor.may_read("finance")
    late = [row for row in board(session, today, reads_accounts=reads) if row.is_urgent]
    if not late:
        return
    words = tr("{customer} — {step}").format(customer=late[0].customer, step=late[0].next_step)
    if len(late) > 1:
        words += trn(" et {n} autre", " et {n} autres", len(late) - 1)
    yield Todo(Urgency.SOON, words, tr("Ouvrir"), "workshops", key=late[0].key)


SOURCES: tuple[Source, ...] = (meals_wait,)
