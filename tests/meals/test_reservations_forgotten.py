"""Names, contacts and diets leave the book by themselves: rows, history, and the file's bytes."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from cantine_desktop.errors import ConflictError
from cantine_desktop.meals.closing.policy import Policy, set_policy
from cantine_desktop.meals.reservations import diets, seating
from cantine_desktop.meals.reservations.checks import check
from cantine_desktop.meals.reservations.forgetting import forget_request
from cantine_desktop.meals.reservations.model import Diet, DietCount, DietRequest, Reservation
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.office.forgetting import forget_what_is_past
from cantine_desktop.storage.rights import Actor
from cantine_desktop.storage.verify import verify
from tests.conftest import NOW
from tests.meals.test_reservations import reserve, service

WORDS = ("Zénobie", "0612345678", "Melchior", "houmous", "no-gluten")


@pytest.fixture
def noted(book):
    """Return a service with a name, a contact, a diet and a request in writing, all changed."""
    today = NOW.date()
    with book.action("noter") as session:
        key = service(session, today)
        row = reserve(session, key, "Zénobie +1 c 0612345678").id
        gone = reserve(session, key, "Zénobie Partie").id
        diets.set_diets(session, key, {Diet.NO_GLUTEN: 2})
        diets.remember(session, "Melchior", "un houmous", today + timedelta(40), NOW)
    with book.action("changer") as session:
        seating.change(session, row, name="Zénobie B", place=seating.Place.COOK, people=2)
        seating.withdraw(session, gone)
    return key


def later(book, days):
    book.clock = lambda: NOW + timedelta(days)
    return forget_what_is_past(book)


def bytes_of(book):
    path = Path(book.engine.url.database)
    files = [path, *path.parent.glob(f"{path.name}-*")]
    return b"".join(each.read_bytes() for each in files if each.exists())


def held(book):
    found = bytes_of(book)
    return {word for word in WORDS if word.encode() in found or word.encode("utf-16-le") in found}


@pytest.mark.usefixtures("noted")
def test_the_bytes_of_a_name_are_no_more_in_the_file_once_its_days_are_over(book):
    assert held(book) == set(WORDS)
    assert later(book, 0) == 0
    assert later(book, 1) == 1
    assert held(book) == set(WORDS) - {"no-gluten"}
    assert later(book, 31) == 2
    assert held(book) == {"Melchior", "houmous"}
    assert later(book, 40) == 1
    assert held(book) == set()
    with book.read() as session:
        assert [*verify(session)] == []
        assert [*check(session)] == []


@pytest.mark.usefixtures("noted")
def test_forgetting_again_writes_nothing(book):
    later(book, 60)
    with book.read() as session:
        before = session.scalar(text("SELECT count(*) FROM action"))
    assert later(book, 60) == 0
    with book.read() as session:
        assert session.scalar(text("SELECT count(*) FROM action")) == before


def test_how_many_came_stays_counted(book, noted):
    with book.read() as session:
        before = seating.counts(session, noted)
    later(book, 60)
    with book.read() as session:
        assert seating.counts(session, noted) == before


@pytest.mark.usefixtures("noted")
def test_the_canteen_says_how_many_days_names_are_kept(book):
    with book.action("régler") as session:
        set_policy(session, Policy(names_kept_days=3))
    later(book, 4)
    assert b"nobie" not in bytes_of(book)


def test_diets_go_as_soon_as_the_service_is_closed(book, noted):
    with book.action("clore") as session:
        session.get_one(MealService, noted).state = ServiceState.CLOSED
    assert later(book, 0) == 1
    with book.read() as session:
        assert session.scalars(select(DietCount)).all() == []


@pytest.mark.usefixtures("noted")
def test_nothing_forgotten_comes_back_by_undo(book):
    later(book, 60)
    with pytest.raises(ConflictError):
        book.undo()
    assert held(book) == set()


@pytest.mark.usefixtures("noted")
def test_who_may_not_write_meals_forgets_nothing_and_is_not_stopped(book):
    book.actor = Actor("Cuisine", frozenset({"hygiene"}), frozenset({"hygiene"}))
    assert later(book, 60) == 0
    assert "Zénobie" in held(book)


@pytest.mark.usefixtures("noted")
def test_a_request_taken_back_leaves_at_once(book):
    with book.read() as session:
        (asked,) = diets.requests(session, NOW.date())
    assert (asked.name, asked.words) == ("Melchior", "un houmous")
    with book.action("retirer", undoable=False) as session:
        forget_request(session, asked.key, "AM", NOW)
    later(book, 0)
    assert held(book) == set(WORDS) - {"Melchior", "houmous"}
    with book.read() as session:
        assert session.scalars(select(DietRequest)).all() == []


def test_the_check_tells_names_and_diets_kept_too_long(book, noted):
    book.clock = lambda: NOW + timedelta(500)
    with book.action("plus tard") as session:
        service(session, NOW.date() + timedelta(510))
    with book.read() as session:
        told = [finding.text for finding in check(session)]
    assert sum("plus d’un an" in words for words in told) == 2
    assert sum("régime" in words for words in told) == 1
    with book.action("à la main") as session:
        session.scalars(select(Reservation)).first().forgotten_at = NOW
    with book.read() as session:
        assert any("après son oubli" in finding.text for finding in check(session))
    assert noted
