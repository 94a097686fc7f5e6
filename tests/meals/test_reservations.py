"""Reservations: a line typed quickly, places given, a list that moves up, all forgotten."""

from datetime import time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from cantine_desktop.errors import UserError
from cantine_desktop.meals.reservations import diets, seating
from cantine_desktop.meals.reservations.forgetting import forget
from cantine_desktop.meals.reservations.model import (
    Diet,
    DietCount,
    DietRequest,
    Place,
    ReservationState,
)
from cantine_desktop.meals.reservations.quick import MOST, Typed, parse
from cantine_desktop.meals.services.model import MealKind, MealService, ServiceState
from cantine_desktop.storage.verify import verify
from tests.conftest import NOW

C, R = Place.COOK, Place.EAT


def service(session, day=None, seats=4, kitchen=2, state=ServiceState.PLANNED):
    row = MealService(
        day=day or NOW.date(),
        kind=MealKind.LUNCH,
        cook_at=time(9, 30),
        meal_at=time(12, 30),
        seats=seats,
        kitchen_places=kitchen,
        state=state,
    )
    session.add(row)
    session.flush()
    return row.id


def reserve(session, key, typed):
    line = parse(typed)
    return seating.reserve(
        session, key, line.name, line.place, line.people, NOW, contact=line.contact
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("odile c", Typed("Odile", C, 1, "")),
        ("odile r", Typed("Odile", R, 1, "")),
        ("odile", Typed("Odile", R, 1, "")),
        ("c odile", Typed("Odile", C, 1, "")),
        ("odile +2 c", Typed("Odile", C, 3, "")),
        ("+1", Typed("", R, 1, "")),
        ("+2 c", Typed("", C, 2, "")),
        ("3 c groupe", Typed("Groupe", C, 3, "")),
        ("Marie C c", Typed("Marie C", C, 1, "")),
        ("marie de la tour r", Typed("Marie de la Tour", R, 1, "")),
        ("odile 06 12 34 56 78 c", Typed("Odile", C, 1, "06 12 34 56 78")),
        ("karim +33612345678", Typed("Karim", R, 1, "+33612345678")),
        ("karim k@exemple.fr 2", Typed("Karim", R, 2, "k@exemple.fr")),
    ],
)
def test_a_line_is_read_as_it_is_said_on_the_phone(typed, read):
    assert parse(typed) == read


@pytest.mark.parametrize("typed", ["", "  ", "c", "0 odile", "301 groupe", "06 12 34 56 78"])
def test_a_line_that_says_neither_who_nor_how_many_is_refused(typed):
    with pytest.raises(UserError):
        parse(typed)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_in_words(typed):
    try:
        read = parse(typed)
    except UserError:
        return
    assert 1 <= read.people <= MOST


def test_a_cook_takes_a_place_in_the_kitchen_and_one_at_table(any_book):
    with any_book.action("réserver") as session:
        key = service(session)
        reserve(session, key, "odile c")
        reserve(session, key, "karim +1 r")
        counts = seating.counts(session, key)
        assert (counts.eaters, counts.cooks, counts.waiting) == (2, 1, 0)
        assert (counts.free, counts.kitchen_free) == (1, 1)
        assert reserve(session, key, "léa c").state is ReservationState.SEATED
        assert reserve(session, key, "paul c").state is ReservationState.WAITING
        assert reserve(session, key, "+1").state is ReservationState.WAITING
        assert seating.counts(session, key).waiting == 2


def test_the_waiting_list_moves_up_in_order_as_far_as_there_is_room(any_book):
    with any_book.action("réserver") as session:
        key = service(session, seats=3, kitchen=1)
        first, _second, _third = (reserve(session, key, each) for each in ("a", "b c", "d"))
        group, cook, single = (reserve(session, key, each) for each in ("e 2", "f c", "g"))
        assert seating.withdraw(session, first.id) == [single]
        assert (group.state, cook.state) == (ReservationState.WAITING,) * 2
        assert seating.names_in_words([group, single]) == "E (2 personnes), G"


def test_fewer_people_make_room_and_more_are_refused_when_full(any_book):
    with any_book.action("réserver") as session:
        key = service(session, seats=3)
        pair, waiting = reserve(session, key, "odile 3"), reserve(session, key, "karim")
        with pytest.raises(UserError, match="pas assez de places"):
            seating.change(session, pair.id, name="Odile", place=R, people=4)
        assert (pair.people, pair.state) == (3, ReservationState.SEATED)
        assert seating.change(session, pair.id, name="Odile", place=R, people=2) == [waiting]


def test_a_no_show_holds_no_place_and_who_waited_may_be_let_in(any_book):
    with any_book.action("réserver") as session:
        key = service(session, seats=1)
        absent, waiting = reserve(session, key, "odile"), reserve(session, key, "karim")
        seating.mark_no_show(session, absent.id)
        assert seating.counts(session, key).free == 1
        assert waiting.state is ReservationState.WAITING
        seating.came(session, waiting.id)
        assert seating.counts(session, key).eaters == 1


def test_a_service_cancelled_or_closed_takes_no_reservation(any_book):
    with any_book.action("réserver") as session:
        for state, word in ((ServiceState.CANCELLED, "annulé"), (ServiceState.CLOSED, "clos")):
            key = service(session, state=state)
            with pytest.raises(UserError, match=word):
                reserve(session, key, "odile")


moves = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(Place), st.integers(1, 3)))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves)
def test_no_place_is_given_twice_and_none_stays_empty_while_somebody_fits(book, steps):
    with book.action("au hasard") as session:
        key = service(session, seats=6, kitchen=3)
        for step, place, people in steps:
            rows = seating.reservations_of(session, key)
            if step == 0 and rows:
                seating.withdraw(session, rows[people % len(rows)].id)
            else:
                seating.reserve(session, key, "x", place, people, NOW)
            counts = seating.counts(session, key)
            assert counts.eaters + counts.cooks <= counts.seats
            assert counts.cooks <= counts.kitchen_places
            for row in seating.reservations_of(session, key):
                if row.state is ReservationState.WAITING:
                    assert not counts.has_room(row.place, row.people)


def test_the_kitchen_reads_diets_as_counts(any_book):
    with any_book.action("régimes") as session:
        key = service(session)
        diets.set_diets(session, key, {Diet.NO_GLUTEN: 2, Diet.VEGETARIAN: 1, Diet.VEGAN: 3})
        assert diets.adaptation(session, key) == "1 végétarien, 3 végétaliens, 2 sans gluten"
        diets.set_diets(session, key, {Diet.NO_GLUTEN: 1})
        assert diets.diets_of(session, key) == {Diet.NO_GLUTEN: 1}
        with pytest.raises(UserError, match="négatif"):
            diets.set_diets(session, key, {Diet.NO_MILK: -1})


def test_what_is_asked_in_writing_is_kept_a_year_at_most(any_book):
    today = NOW.date()
    with any_book.action("demande") as session:
        diets.remember(session, "Odile", "sans noix", today + timedelta(365), NOW)
        for until in (today, today + timedelta(400)):
            with pytest.raises(UserError, match="un an au plus"):
                diets.remember(session, "Odile", "sans noix", until, NOW)


def test_diets_go_after_the_meal_and_names_some_days_later_in_history_too(book):
    today = NOW.date()
    with book.action("réserver") as session:
        key = service(session, today)
        first = reserve(session, key, "Zénobie +1 c 0612345678").id
        seating.reserve(session, key, "Balthazar", R, 1, NOW)
        diets.set_diets(session, key, {Diet.NO_GLUTEN: 2})
        diets.remember(session, "Melchior", "sans noix", today + timedelta(3), NOW)
    with book.action("corriger") as session:
        seating.change(session, first, name="", place=C, people=2)
    with book.action("oublier", undoable=False) as session:
        assert forget(session, NOW, "AM", 30) == 0
        assert forget(session, NOW + timedelta(1), "AM", 30) == 1
        assert session.scalars(select(DietCount)).all() == []
        before = seating.counts(session, key)
        assert forget(session, NOW + timedelta(31), "AM", 30) == 3
        assert seating.counts(session, key) == before
        assert session.scalars(select(DietRequest)).all() == []
        assert forget(session, NOW + timedelta(32), "AM", 30) == 0
    with book.read() as session:
        assert [*verify(session)] == []
        kept = session.execute(text('SELECT "before", "after" FROM change')).all()
        for name in ("nobie", "Balthazar", "0612345678", "Melchior", "sans noix", "no-gluten"):
            assert not any(name in (part or "") for row in kept for part in row)
