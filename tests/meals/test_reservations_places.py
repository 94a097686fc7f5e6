"""Places that come free go to who waits, and are said: messages, files, checks, lists pasted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.errors import UserError
from cantine_desktop.meals.reservations import diets, seating
from cantine_desktop.meals.reservations.checks import check
from cantine_desktop.meals.reservations.files import reservation_table
from cantine_desktop.meals.reservations.model import Diet, Place, ReservationState
from cantine_desktop.meals.reservations.moving_up import change_service
from cantine_desktop.meals.reservations.pasting import MOST, read_list, write_list
from cantine_desktop.meals.reservations.places import free_places, places_message
from cantine_desktop.meals.services.facts import Scope
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.meals.services.single import facts_of
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.meals.test_reservations import reserve, service

WEEK = Period.week(NOW.date())
SEATED, WAITING = ReservationState.SEATED, ReservationState.WAITING


def test_an_absence_told_before_the_meal_gives_the_place_to_who_waits(any_book):
    with any_book.action("réserver") as session:
        key = service(session, seats=1)
        first, second = reserve(session, key, "odile"), reserve(session, key, "karim")
        assert seating.mark_no_show(session, first.id, NOW) == [second]
        assert second.state is SEATED
        seating.expect_again(session, first.id)
        assert first.state is WAITING


def test_an_absence_seen_during_the_meal_calls_nobody(any_book):
    with any_book.action("réserver") as session:
        key = service(session, seats=1)
        first, second = reserve(session, key, "odile"), reserve(session, key, "karim")
        assert seating.mark_no_show(session, first.id, NOW + timedelta(hours=6)) == []
        assert second.state is WAITING
        seating.expect_again(session, first.id)
        assert first.state is SEATED


def test_came_is_taken_back(any_book):
    with any_book.action("réserver") as session:
        key = service(session)
        row = reserve(session, key, "odile")
        seating.came(session, row.id)
        seating.expect_again(session, row.id)
        assert row.state is SEATED


def test_places_added_to_a_service_go_to_who_waits_and_are_told(any_book):
    with any_book.action("réserver") as session:
        key = service(session, seats=2, kitchen=1)
        for typed in ("odile c", "karim", "léa c", "zoé"):
            reserve(session, key, typed)
        facts = facts_of(session.get_one(MealService, key))
        changed = change_service(
            session, key, replace(facts, seats=4, kitchen_places=2), Scope.ONE, NOW
        )
        assert changed.moved == "Léa, Zoé"
        assert changed.service.seats == 4
        assert seating.counts(session, key).waiting == 0


def test_a_change_that_adds_no_place_moves_nobody(any_book):
    with any_book.action("réserver") as session:
        key = service(session, seats=1, kitchen=1)
        reserve(session, key, "odile")
        reserve(session, key, "karim")
        facts = facts_of(session.get_one(MealService, key))
        assert not change_service(session, key, replace(facts, note="x"), Scope.ONE, NOW).moved


def test_a_change_refused_for_want_of_places_changes_nothing_at_all(any_book):
    with any_book.action("réserver") as session:
        key = service(session, seats=2)
        row = reserve(session, key, "odile")
        reserve(session, key, "karim")
        with pytest.raises(UserError):
            seating.change(session, row.id, name="Paul", place=Place.EAT, people=2, note="tard")
        assert (row.name, row.people, row.note) == ("Odile", 1, "")
        seating.change(session, row.id, name="Paul", place=Place.EAT, people=1, note=" tard ")
        assert (row.name, row.note, row.contact) == ("Paul", "tard", "")


def test_the_check_tells_services_over_their_places_and_who_waits_for_nothing(any_book):
    with any_book.action("réserver") as session:
        key = service(session, NOW.date() + timedelta(1), seats=2, kitchen=2)
        first = reserve(session, key, "odile c").id
        for typed in ("karim c", "léa"):
            reserve(session, key, typed)
    with any_book.read() as session:
        assert [*check(session)] == []
    with any_book.action("à la main") as session:
        seating.mark_no_show(session, first)
    with any_book.read() as session:
        (found,) = check(session)
    assert "reste des places" in found.text
    with any_book.action("moins de places") as session:
        row = session.get_one(MealService, key)
        facts = replace(facts_of(row), seats=0, kitchen_places=0)
        row.seats, row.kitchen_places = facts.seats, facts.kitchen_places
    with any_book.read() as session:
        assert [finding.text for finding in check(session)] == [
            "1 personnes inscrites pour 0 places à table",
            "1 personnes inscrites pour 0 places en cuisine",
        ]


def test_the_message_of_the_places_names_nobody(any_book):
    with any_book.action("réserver") as session:
        key = service(session, seats=6, kitchen=3)
        reserve(session, key, "odile c")
        reserve(session, key, "karim")
        full = service(session, NOW.date() - timedelta(1))
    with any_book.read() as session:
        said = places_message(session, WEEK, NOW)
        assert said == "Il reste 4 places à table, dont 2 en cuisine, dimanche 22 novembre midi."
        assert free_places(session, [key, full]) == {key: 4, full: 4}
        assert free_places(session, []) == {}
        with pytest.raises(UserError, match="à venir"):
            places_message(session, WEEK, NOW + timedelta(1))


def test_the_message_says_full_and_kitchen_full(any_book):
    with any_book.action("réserver") as session:
        key = service(session, seats=2, kitchen=1)
        reserve(session, key, "odile c")
        assert "cuisine est complète" in places_message(session, WEEK, NOW)
        reserve(session, key, "karim")
        assert "C’est complet dimanche" in places_message(session, WEEK, NOW)


def test_the_file_counts_people_and_names_nobody(any_book):
    with any_book.action("réserver") as session:
        key = service(session, seats=4, kitchen=2)
        odile, karim, _group, _late = (
            reserve(session, key, typed) for typed in ("odile c", "karim", "2", "zoé")
        )
        seating.came(session, odile.id)
        seating.mark_no_show(session, karim.id)
    with any_book.read() as session:
        table = reservation_table(session, WEEK, NOW)
    assert [*table.rows] == [[NOW.date(), "Déjeuner", 4, 2, 3, 1, 1, 1, 1]]
    assert len(table.headings) == 9


LIST = """
- odile c
1. Karim +2 06 12 34 56 78
• karim

0 personne
2 sans gluten
Léa sans porc
"""


def test_a_pasted_list_is_read_line_by_line_before_it_is_written(any_book):
    with any_book.action("liste") as session:
        key = service(session, seats=4, kitchen=2)
        read = read_list(session, key, LIST)
        assert [line.number for line in read] == [2, 3, 4, 6, 7, 8]
        odile, karim, again, wrong, diet, lea = read
        assert (odile.typed.name, odile.typed.place) == ("Odile", Place.COOK)
        assert (karim.typed.people, karim.typed.contact) == (3, "06 12 34 56 78")
        assert again.is_known
        assert "personnes" in wrong.problem
        assert diet.typed is None
        assert dict(diet.diets) == {Diet.NO_GLUTEN: 2}
        assert lea.waits
        made = write_list(session, key, read, NOW)
        assert [row.state for row in made] == [SEATED, SEATED, WAITING]
        assert diets.diets_of(session, key) == {Diet.NO_GLUTEN: 2, Diet.NO_PORK: 1}
        assert all(line.is_known for line in read_list(session, key, "Odile\nlea\nKARIM"))


def test_a_list_of_cooks_says_so_once_for_all(any_book):
    with any_book.action("liste") as session:
        key = service(session, seats=9, kitchen=9)
        read = read_list(session, key, "odile\nkarim r", Place.COOK)
        assert [line.typed.place for line in read] == [Place.COOK, Place.EAT]
        with pytest.raises(UserError, match="lignes"):
            read_list(session, key, "a\n" * (MOST + 1))


def test_a_closed_service_takes_no_list(any_book):
    with any_book.action("liste") as session:
        key = service(session, state=ServiceState.CLOSED)
        with pytest.raises(UserError, match="clos"):
            write_list(session, key, read_list(session, key, "odile"), NOW)


@pytest.mark.parametrize(
    ("typed", "left", "found"),
    [
        ("2 sans gluten", "", {Diet.NO_GLUTEN: 2}),
        ("Odile sans œuf", "Odile", {Diet.NO_EGG: 1}),
        ("Odile, 2 végétariennes", "Odile", {Diet.VEGETARIAN: 2}),
        ("Marie Végas", "Marie Végas", {}),
        ("sans fruits à coque, 1 vegan", "", {Diet.NO_NUTS: 1, Diet.VEGAN: 1}),
        ("Autre", "Autre", {}),
    ],
)
def test_diets_are_taken_out_of_a_line(typed, left, found):
    assert diets.take_diets(typed) == (left, found)


@given(st.text(max_size=40))
def test_whatever_is_typed_loses_nothing_but_its_diets(typed):
    rest, found = diets.take_diets(typed)
    assert rest or found or not any(letter.isalnum() for letter in typed)
    assert all(count >= 0 for count in found.values())
