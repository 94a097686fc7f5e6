"""The sign-up sheet: printed for a week, read at the wall, typed back line by line."""

from datetime import time, timedelta
from io import BytesIO
from itertools import starmap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cantine_desktop.documents.archive import check_pdfa
from cantine_desktop.meals.reservations import diets, seating
from cantine_desktop.meals.reservations.model import Diet, Place, Reservation, ReservationState
from cantine_desktop.meals.reservations.sheets import DOCUMENTS
from cantine_desktop.meals.reservations.typing_back import LineTyped, type_lines
from cantine_desktop.meals.reservations.week import lines_needed, settle, week_of
from cantine_desktop.meals.services.model import MealKind, MealService
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.documents.reading import clipped, pages
from tests.meals.test_reservations import reserve, service

MONDAY = Period.week(NOW.date()).first
WEEK = Period.week(MONDAY)
NAMED, BLANK = DOCUMENTS
C, R = Place.COOK, Place.EAT


def printed(book, document, period=WEEK):
    target = BytesIO()
    with book.read() as session:
        document.write(session, period, NOW, target)
    return target.getvalue()


@pytest.fixture
def week(book):
    with book.action("semaine") as session:
        keys = [service(session, MONDAY + timedelta(n), seats=30, kitchen=8) for n in range(1, 5)]
        for typed in ("odile c", "Karim +2", "+1"):
            reserve(session, keys[0], typed)
        diets.set_diets(session, keys[0], {Diet.NO_GLUTEN: 2})
    return keys


def type_in(book, *lines):
    with book.action("retaper") as session:
        return type_lines(session, [*starmap(LineTyped, lines)], NOW)


def names(book, key):
    with book.read() as session:
        return [(row.name, row.place, row.people) for row in seating.reservations_of(session, key)]


@pytest.mark.usefixtures("week")
def test_the_sheet_of_a_week_shows_its_services_its_names_and_its_code(book):
    content = printed(book, NAMED)
    (page,) = pages(content)
    for words in ("Mardi 17", "Vendredi 20", "Odile", "Karim +2", "2 sans gluten", "IN-2026-S47"):
        assert words in page
    assert page.count("attente") == (2 + 3) * 4
    assert not check_pdfa(content)
    assert not clipped(content, 11 * 72 / 25.4)


@pytest.mark.usefixtures("week")
def test_the_empty_sheet_names_nobody_and_keeps_ten_and_twenty_five_lines(book):
    (page,) = pages(printed(book, BLANK))
    assert "Odile" not in page
    assert "sans gluten" not in page
    assert "Je viens cuisiner" in page
    lines = page.split()
    assert lines.count("10") == 2
    assert lines.count("25") == 1
    assert "26" not in lines


def test_a_week_without_a_service_says_so_on_a_page(book):
    (page,) = pages(printed(book, NAMED))
    assert "Aucun service" in page


@pytest.mark.usefixtures("week")
def test_more_services_than_a_page_holds_go_on_another_one(book):
    with book.action("soirées") as session:
        for days in (1, 2):
            row = session.get_one(MealService, service(session, MONDAY + timedelta(days)))
            row.kind, row.meal_at = MealKind.DINNER, time(19, 30)
    content = pages(printed(book, NAMED))
    assert len(content) == 2
    assert "page 2/2" in content[1]


def test_more_names_than_lines_are_all_printed(book, week):
    with book.action("foule") as session:
        for rank in range(60):
            seating.reserve(session, week[1], f"Convive{rank:02}", R, 1, NOW)
    content = printed(book, NAMED)
    text = "".join(pages(content))
    assert all(f"Convive{rank:02}" in text for rank in range(60))
    assert not clipped(content, 11 * 72 / 25.4)


def test_what_is_printed_on_a_line_can_be_typed_back(book, week):
    with book.read() as session:
        lines = week_of(session, WEEK)[0].lines
    assert [line.text for line in lines] == ["Odile", "Karim +2", "+1"]
    for line in lines:
        type_in(book, (week[1], line.place, None, line.text))
    assert names(book, week[1]) == names(book, week[0])


def test_a_name_already_there_is_not_doubled_whatever_its_accents(book, week):
    before = names(book, week[0])
    (answer,) = type_in(book, (week[0], R, None, "KARIM"))
    assert "rien n’est doublé" in answer.told
    assert not answer.refused
    assert names(book, week[0]) == before


def test_who_was_to_eat_and_is_found_among_the_cooks_cooks(book, week):
    with book.action("réserver") as session:
        reserve(session, week[0], "Élise")
    (answer,) = type_in(book, (week[0], C, None, "elise"))
    assert "cuisine" in answer.told
    assert ("Élise", C, 1) in names(book, week[0])


def test_plus_one_is_a_placeholder_each_time(book, week):
    type_in(book, (week[2], R, None, "+1"), (week[2], R, None, "+1"), (week[2], C, None, "+2"))
    assert names(book, week[2]) == [("", R, 1), ("", R, 1), ("", C, 2)]


def test_an_initial_on_a_line_of_the_sheet_stays_in_the_name(book, week):
    type_in(book, (week[2], R, None, "Marie C"))
    assert names(book, week[2]) == [("Marie C", R, 1)]


def test_a_note_of_diet_goes_to_the_counts_and_to_nobody(book, week):
    answers = type_in(
        book,
        (week[0], R, None, "1 sans gluten"),
        (week[0], R, None, "Léa, sans porc"),
        (week[3], None, None, "2 végétariennes et 1 sans œuf"),
    )
    assert all("régimes" in each.told for each in answers[:2])
    with book.read() as session:
        assert diets.diets_of(session, week[0]) == {Diet.NO_GLUTEN: 3, Diet.NO_PORK: 1}
        assert diets.diets_of(session, week[3]) == {Diet.VEGETARIAN: 2, Diet.NO_EGG: 1}
        notes = session.scalars(select(Reservation.note)).all()
    assert not any(notes)
    assert names(book, week[0])[-1] == ("Léa", R, 1)
    assert "2 végétariens" in "".join(pages(printed(book, NAMED)))


def test_a_line_changed_or_emptied_changes_or_withdraws(book, week):
    with book.read() as session:
        first, second, _third = (line.key for line in week_of(session, WEEK)[0].lines)
    type_in(book, (week[0], C, first, "Odile M"), (week[0], R, second, ""))
    assert names(book, week[0]) == [("Odile M", C, 1), ("", R, 1)]


def test_a_wrong_line_is_refused_in_words_and_stops_no_other(book, week):
    answers = type_in(book, (week[2], R, None, "0 zoé"), (week[2], R, None, "Zoé"))
    assert "personnes" in answers[0].refused
    assert not answers[1].refused
    assert names(book, week[2]) == [("Zoé", R, 1)]
    (wrong,) = type_in(book, (week[2], None, None, "Paul"))
    assert "Paul" in wrong.refused


def test_a_sheet_typed_back_is_taken_back_in_one_step(book, week):
    type_in(book, *((week[2], R, None, f"Nom {letter}") for letter in "abdefg"))
    assert len(names(book, week[2])) == 6
    book.undo()
    assert names(book, week[2]) == []


def test_who_finds_no_place_waits_and_is_told(book):
    with book.action("petit service") as session:
        key = service(session, MONDAY, seats=1, kitchen=1)
    _first, second = type_in(book, (key, R, None, "Ana"), (key, R, None, "Bob"))
    assert "attente" in second.told
    with book.read() as session:
        assert session.get_one(Reservation, second.key).state is ReservationState.WAITING


@given(
    st.lists(st.none() | st.integers(1, 8), max_size=12, unique_by=lambda n: n or object()),
    st.lists(st.integers(1, 12), unique=True),
)
def test_everybody_has_one_line_and_keeps_it(before, keys):
    room = max(len(before), len(keys)) + 1
    lines = settle(before, keys, room)
    assert sorted(key for key in lines if key) == sorted(keys)
    for rank, key in enumerate(before):
        if key in keys:
            assert lines[rank] == key


def test_the_lines_of_a_week_are_ten_and_twenty_five_or_as_many_as_needed(book, week):
    with book.action("foule") as session:
        for rank in range(28):
            seating.reserve(session, week[1], f"x{rank}", R, 1, NOW)
    with book.read() as session:
        found = week_of(session, WEEK)
    assert lines_needed(found) == (10, 28)
    assert lines_needed(found, blank=True) == (10, 25)
