"""Which days the canteen is open, and which days somebody said it is not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cantine_desktop.canteen import calendar
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import ForbiddenError
from cantine_desktop.hygiene import recording
from cantine_desktop.hygiene.model import ColdUnit
from cantine_desktop.hygiene.queries import completeness, sheet_days
from cantine_desktop.people import profiles
from cantine_desktop.people.model import ProfileKey
from cantine_desktop.values.period import Period

WEEK = Period.week(date(2026, 11, 16))
MONDAY, TUESDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 20)


@pytest.fixture
def canteen(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))
        session.add(ColdUnit(name="CF 1", maximum=Decimal(4), tolerance=Decimal(2)))
    return book


def close(book, *days, reason=""):
    with book.action("Fermer") as session:
        calendar.close_days(session, days, reason, book.clock())


def read(book, query, period=WEEK):
    with book.read() as session:
        return query(session, period)


def sign_in(book, profile):
    with book.action("Profils") as session:
        profiles.seed(session)
    profiles.sign_in(book, profile)


def test_a_closed_day_is_no_day_of_service(canteen):
    close(canteen, FRIDAY, reason=" Congés ")
    assert FRIDAY not in read(canteen, calendar.open_days)
    assert FRIDAY in read(canteen, calendar.regular_days)
    assert [(row.day, row.reason) for row in read(canteen, calendar.closed_days)] == [
        (FRIDAY, "Congés")
    ]


def test_a_public_holiday_is_open_until_somebody_says_it_is_not(canteen):
    armistice = Period.week(date(2026, 11, 11))
    assert date(2026, 11, 11) in read(canteen, calendar.open_days, armistice)


def test_closing_twice_keeps_the_first_instant_and_takes_the_last_reason(canteen):
    close(canteen, TUESDAY, FRIDAY)
    close(canteen, FRIDAY, reason="Panne d’électricité")
    rows = read(canteen, calendar.closed_days)
    assert [row.reason for row in rows] == ["", "Panne d’électricité"]
    close(canteen, FRIDAY)
    assert read(canteen, calendar.closed_days)[1].reason == "Panne d’électricité"


def test_closing_no_day_at_all_does_nothing(canteen):
    close(canteen)
    assert read(canteen, calendar.closed_days) == []


def test_a_day_opens_again_once(canteen):
    close(canteen, FRIDAY)
    with canteen.action("Rouvrir") as session:
        assert calendar.reopen_day(session, FRIDAY)
        assert not calendar.reopen_day(session, FRIDAY)
    assert FRIDAY in read(canteen, calendar.open_days)


def test_closing_is_undone_and_may_be_done_again(canteen):
    close(canteen, FRIDAY)
    canteen.undo()
    assert FRIDAY in read(canteen, calendar.open_days)
    close(canteen, FRIDAY)
    assert FRIDAY not in read(canteen, calendar.open_days)


def test_a_month_of_holidays_is_closed_in_one_gesture(canteen):
    august = Period.month(date(2026, 8, 1))
    close(canteen, *august.days, reason="Congés d’été")
    assert read(canteen, calendar.open_days, august) == []
    assert len(read(canteen, calendar.closed_days, august)) == 31


def test_readings_of_a_day_closed_elsewhere_are_not_due(canteen):
    before = read(canteen, completeness)
    close(canteen, FRIDAY)
    after = read(canteen, completeness)
    assert (before.due, before.closed) == (8, 0)
    assert (after.due, after.missing, after.closed) == (6, 6, 2)
    assert FRIDAY not in read(canteen, sheet_days)


def test_a_day_closed_on_the_sheet_of_temperatures_is_closed_everywhere(canteen):
    with canteen.action("Fermer") as session:
        recording.close_day(session, FRIDAY, [1], canteen.clock(), "Grève")
    assert [row.reason for row in read(canteen, calendar.closed_days)] == ["Grève"]
    assert read(canteen, completeness).closed == 2
    with canteen.action("Rouvrir") as session:
        recording.reopen_day(session, FRIDAY)
    assert read(canteen, calendar.closed_days) == []
    assert read(canteen, completeness).closed == 0


def test_a_day_without_service_may_be_said_closed_and_changes_nothing(canteen):
    close(canteen, MONDAY, MONDAY + timedelta(days=6))
    assert read(canteen, completeness).closed == 0
    assert read(canteen, completeness).due == 8


@pytest.mark.parametrize("profile", [ProfileKey.KITCHEN, ProfileKey.COUNTER])
def test_the_kitchen_and_the_counter_may_close_a_day(canteen, profile):
    sign_in(canteen, profile)
    close(canteen, FRIDAY)
    assert FRIDAY not in read(canteen, calendar.open_days)


def test_who_only_reads_closes_nothing(canteen):
    sign_in(canteen, ProfileKey.READING)
    with pytest.raises(ForbiddenError):
        close(canteen, FRIDAY)
