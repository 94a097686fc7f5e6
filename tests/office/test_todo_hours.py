"""Weeks of hours that wait: told on Aujourd’hui, with where they are confirmed and signed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cantine_desktop.office.todo import read_todo
from cantine_desktop.office.waiting import Urgency
from cantine_desktop.staff.contracts.model import Status
from cantine_desktop.staff.hours.signing import sign_everybody
from cantine_desktop.staff.rosters.model import AbsenceCode
from cantine_desktop.staff.rosters.publishing import publish
from cantine_desktop.values.period import Period
from tests.staff.contracts.people import hire, member, plain
from tests.staff.hours.team import MONDAY, NOW, away, canteen, confirm, plan, plan_week, work

THURSDAY = NOW + timedelta(days=3)
BEFORE = datetime(2026, 11, 10, 9, tzinfo=UTC)


@pytest.fixture
def malik(book):
    with book.action("équipe") as session:
        canteen(session)
        who = member(session)
        hire(session, who)
        plan_week(session, who, "9-16")
        publish(session, MONDAY, BEFORE)
    return who


def lines(book, now=NOW):
    with book.read() as session:
        return [line for line in read_todo(session, now) if line.screen == "hours"]


@pytest.mark.usefixtures("malik")
def test_a_week_over_and_not_confirmed_is_for_today_and_its_button_opens_it(book):
    (line,) = lines(book)
    assert plain(line.words) == "Heures de la semaine 47 : pas encore confirmées"
    assert (line.urgency, line.button) == (Urgency.TODAY, "Confirmer")
    assert line.place == Period.week(MONDAY)


@pytest.mark.usefixtures("malik")
def test_a_week_that_is_not_over_asks_for_nothing_yet(book):
    assert not lines(book, datetime(2026, 11, 22, 20, tzinfo=UTC))


def test_several_weeks_make_one_line_that_opens_the_oldest(book, malik):
    with book.action("semaine d’après") as session:
        plan(session, malik, MONDAY + timedelta(days=7), "9-16")
    (line,) = lines(book, NOW + timedelta(days=7))
    assert plain(line.words) == "Heures de 2 semaines pas encore confirmées, dès la semaine 47"
    assert line.place == Period.week(MONDAY)


@pytest.mark.usefixtures("malik")
def test_a_confirmed_week_asks_for_its_signature_three_days_later_until_it_is_signed(book):
    with book.action("confirmer") as session:
        confirm(session)
    assert not lines(book)
    (line,) = lines(book, THURSDAY)
    assert plain(line.words) == "Heures de la semaine 47 : confirmées, pas encore signées"
    assert (line.urgency, line.button) == (Urgency.SOON, "Signer")
    with book.action("signer") as session:
        sign_everybody(session, MONDAY, "MB", THURSDAY)
    assert not lines(book, THURSDAY)


def test_a_day_planned_after_the_week_was_confirmed_waits_again(book, malik):
    with book.action("confirmer") as session:
        confirm(session)
        plan(session, malik, MONDAY + timedelta(days=5), "9-12")
    assert [line.button for line in lines(book)] == ["Confirmer"]


def test_hours_typed_in_a_week_nobody_planned_wait_for_their_confirmation(book, malik):
    with book.action("confirmer, puis noter plus tôt") as session:
        confirm(session)
        work(session, malik, MONDAY - timedelta(days=3), "9-16")
    (line,) = lines(book)
    assert line.place == Period.week(MONDAY - timedelta(days=7))


def test_what_a_volunteer_offered_never_waits_for_a_confirmation(book):
    with book.action("équipe") as session:
        canteen(session)
        cook = member(session, "Mona Ben", date(1970, 1, 2))
        hire(session, cook, Status.DINER_COOK, date(2026, 1, 2), weekly_minutes=None)
        plan(session, cook, MONDAY, "9-12")
        publish(session, MONDAY, BEFORE)
    assert not lines(book)


def test_a_week_of_leave_is_confirmed_like_any_other(book, malik):
    with book.action("absence") as session:
        away(session, malik, AbsenceCode.PAID_LEAVE, MONDAY, MONDAY + timedelta(days=4))
    assert [line.button for line in lines(book)] == ["Confirmer"]
    with book.action("confirmer") as session:
        confirm(session)
    assert not lines(book)


def test_a_roster_that_was_only_drafted_owes_no_hours(book):
    with book.action("équipe") as session:
        canteen(session)
        who = member(session)
        hire(session, who)
        plan_week(session, who, "9-16")
    assert not lines(book)
