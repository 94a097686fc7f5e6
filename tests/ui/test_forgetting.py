"""An open book forgets by itself: nobody is asked, the window does not wait."""

from datetime import time, timedelta

from sqlalchemy import select

from cantine_desktop.clock import civil_date
from cantine_desktop.meals.reservations import diets, seating
from cantine_desktop.meals.reservations.model import Diet, DietCount, Place, Reservation
from cantine_desktop.meals.services.model import MealKind, MealService


def noted_long_ago(book):
    now = book.clock()
    with book.action("noter") as session:
        row = MealService(
            day=civil_date(now) + timedelta(1),
            kind=MealKind.LUNCH,
            cook_at=time(9, 30),
            meal_at=time(12, 30),
            seats=4,
            kitchen_places=2,
        )
        session.add(row)
        session.flush()
        seating.reserve(session, row.id, "Zénobie", Place.EAT, 1, now)
        diets.set_diets(session, row.id, {Diet.NO_GLUTEN: 1})
    with book.action("le temps passe") as session:
        session.get_one(MealService, row_id(session)).day -= timedelta(60)


def row_id(session):
    return session.scalar(select(MealService.id))


def test_names_past_their_days_go_when_a_book_is_open(qtbot, workplace):
    book = workplace.desk.book
    said = []
    workplace.desk.told.connect(lambda text, _undo: said.append(text))
    noted_long_ago(book)
    workplace.daily.begin()
    qtbot.waitUntil(lambda: any("effacés, comme prévu" in text for text in said), timeout=10_000)
    with book.read() as session:
        (row,) = session.scalars(select(Reservation))
        assert (row.name, row.people) == ("", 1)
        assert session.scalars(select(DietCount)).all() == []
    said.clear()
    workplace.daily.begin()
    qtbot.waitUntil(lambda: not workplace.daily._is_running, timeout=10_000)
    assert said == []
