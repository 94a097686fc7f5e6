"""Guests who cook at a service give hours: valued once, with nobody’s name."""

import io
from datetime import UTC, date, datetime, time

import pypdfium2
import pytest
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.ledger.years import open_year
from cantine_desktop.meals.closing.model import ServiceClosing
from cantine_desktop.meals.closing.sealing import correct
from cantine_desktop.meals.events import hosting
from cantine_desktop.meals.events.keeping import save_event
from cantine_desktop.office.catalogue import documents
from cantine_desktop.office.volunteer_hours import cooks_given, given_month, post_given
from cantine_desktop.staff.contracts.model import Status
from cantine_desktop.staff.hours.model import Level, ValuedHours
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.meals.closings import add_service, closed, put_float, wireframe
from tests.meals.event_course import dinner
from tests.staff.contracts.people import hire, member, plain
from tests.staff.hours.team import canteen, work

NOVEMBER = date(2026, 11, 1)
DAY = date(2026, 11, 19)
DECEMBER = datetime(2026, 12, 2, 9, tzinfo=UTC)
NINE_COOKS = 9 * 3 * 100
"""Hundredths of an hour of nine guests from 9:30 to 12:30, as the closing of the tests says."""


@pytest.fixture
def served(book):
    with book.action("service") as session:
        canteen(session)
        open_year(session, Period.year(NOVEMBER))
        put_float(session)
        service = add_service(session, DAY)
        closed(session, service)
        return session.scalars(select(ServiceClosing.id)).one()


def printed(book, period):
    target = io.BytesIO()
    with book.read() as session:
        documents()["volunteer-valuation"].write(session, period, DECEMBER, target)
    with pypdfium2.PdfDocument(target.getvalue()) as pdf:
        return plain(" ".join(pdf[0].get_textpage().get_text_bounded().split()))


def hours(book):
    with book.read() as session:
        return {each.level: each.hundredths for each in given_month(session, NOVEMBER).rows}


@pytest.mark.usefixtures("served")
def test_each_guest_who_cooked_gave_the_time_up_to_the_meal_and_the_sheet_says_so(book):
    with book.read() as session:
        given, cooks = cooks_given(session, Period.month(NOVEMBER))
        (row,) = given_month(session, NOVEMBER).rows
    assert [(each.day, each.minutes, each.member_id, each.name) for each in given] == [
        (DAY, 9 * 180, None, "")
    ]
    assert (cooks.services, cooks.cooks, cooks.known) == (1, 9, 0)
    assert (row.level, row.hundredths, row.value) == (Level.HELP, NINE_COOKS, Money(324_54))
    text = printed(book, Period.month(NOVEMBER))
    assert "9 participations en cuisine, 27 h" in text
    assert "324,54 €" in text


@pytest.mark.usefixtures("served")
def test_the_hours_of_the_cooks_are_one_entry_of_class_8_posted_once(book):
    with book.action("valorisation") as session:
        (row,) = post_given(session, NOVEMBER, DECEMBER)
        assert row.hundredths == NINE_COOKS
    with book.action("encore") as session, pytest.raises(UserError, match="déjà dans les comptes"):
        post_given(session, NOVEMBER, DECEMBER)
    book.undo()
    with book.read() as session:
        assert not session.scalars(select(ValuedHours)).all()
        assert not session.scalars(select(Entry).where(Entry.fact == "volunteering")).all()


@pytest.mark.usefixtures("served")
def test_a_volunteer_whose_hours_are_written_is_one_of_the_cooks_and_counts_once(book):
    with book.action("heures notées") as session:
        mona = member(session, "Mona Ben", date(1970, 1, 2))
        hire(session, mona, Status.DINER_COOK, date(2026, 1, 2), weekly_minutes=None)
        work(session, mona, DAY, "9:30-14:00", DECEMBER)
        _given, cooks = cooks_given(session, Period.month(NOVEMBER))
    assert (cooks.cooks, cooks.known) == (8, 1)
    assert hours(book) == {Level.HELP: 8 * 300 + 450}


@pytest.mark.usefixtures("served")
def test_somebody_in_the_office_or_paid_that_morning_is_no_cook_of_the_service(book):
    with book.action("heures notées") as session:
        chair = member(session, "Paul Roy", date(1960, 1, 2))
        hire(session, chair, Status.BOARD_MEMBER, date(2026, 1, 2), weekly_minutes=None)
        work(session, chair, DAY, "10-12 bureau", DECEMBER)
        paid = member(session, "Awa Diop")
        hire(session, paid, first=date(2026, 1, 5))
        work(session, paid, DAY, "9-16", DECEMBER)
    assert hours(book) == {Level.HELP: NINE_COOKS, Level.GOVERNANCE: 200}


def test_a_corrected_closing_changes_the_hours_and_the_accounts_take_the_difference_alone(
    book, served
):
    with book.action("valorisation") as session:
        post_given(session, NOVEMBER, DECEMBER)
    with book.action("correction", undoable=False) as session:
        correct(session, served, wireframe(cooks=11), "deux oubliés", "AM", DECEMBER)
    assert hours(book) == {Level.HELP: 11 * 300}
    with book.action("la suite") as session:
        (more,) = post_given(session, NOVEMBER, DECEMBER)
        assert more.hundredths == 600


@pytest.mark.usefixtures("served")
def test_a_service_nobody_closed_gives_no_hours_and_neither_does_a_paid_workshop(book):
    with book.action("atelier") as session:
        add_service(session, date(2026, 11, 20))
        event = save_event(session, dinner(day=date(2026, 11, 21)))
        service = hosting.host(session, event, DECEMBER)
        service.cook_at, service.meal_at = time(16), time(19)
        closed(session, service.id, wireframe(cooks=22))
    assert hours(book) == {Level.HELP: NINE_COOKS}


@pytest.mark.usefixtures("served")
def test_who_may_not_read_the_services_values_nothing_by_halves(book):
    book.actor = Actor("Zoé", reads=frozenset({"staff"}), writes=frozenset({"staff", "finance"}))
    with book.read() as session:
        assert given_month(session, NOVEMBER).cooks is None
    with book.action("valorisation") as session, pytest.raises(UserError, match="cuisiniers"):
        post_given(session, NOVEMBER, DECEMBER)
