"""The days indicators are told for, and the same days a year before."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.network.alerts import BOUNDS, alert
from cantine_desktop.network.indicators import INDICATORS
from cantine_desktop.network.spans import Span, beside, period_around, quarter, year_before
from cantine_desktop.values.period import DAY, Period

DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))


@given(DAYS)
def test_quarters_follow_one_another_without_a_hole(day):
    here = quarter(day)
    assert day in here
    assert quarter(here.end).first == here.end
    assert quarter(here.first - DAY).end == here.first
    assert here.first.month in {1, 4, 7, 10}


@given(DAYS, DAYS)
def test_the_year_before_holds_days_and_no_leap_day_fails(one, other):
    first, last = sorted((one, other))
    then = year_before(Period.through(first, last))
    assert then.first < then.end
    assert then.first.year == first.year - 1


def test_the_leap_day_becomes_the_last_day_of_february():
    assert year_before(Period.through(date(2028, 2, 29), date(2028, 2, 29))).first == date(
        2027, 2, 28
    )


@pytest.mark.parametrize("span", [Span.WEEK, Span.MONTH, Span.QUARTER, Span.YEAR])
def test_stepping_there_and_back_returns(any_book, span):
    with any_book.read() as session:
        here = period_around(session, span, date(2026, 11, 22))
        later = beside(session, span, here, later=True)
        assert later.first == here.end
        assert beside(session, span, later, later=False) == here


def test_services_are_stepped_through_by_the_days_that_had_one(any_book):
    days = [date(2026, 10, 1), date(2026, 10, 9), date(2026, 11, 3)]
    with any_book.action("services") as session:
        for rank, day in enumerate(days):
            session.add(Takings(day=day, reference=f"S{rank}", service="Midi", meals=5))
    with any_book.read() as session:
        here = period_around(session, Span.SERVICE, date(2026, 10, 20))
        assert here == Period.through(days[1], days[1])
        assert beside(session, Span.SERVICE, here, later=True).first == days[2]
        assert beside(session, Span.SERVICE, here, later=False).first == days[0]
        first = Period.through(days[0], days[0])
        assert beside(session, Span.SERVICE, first, later=False) is None
        whole = period_around(session, Span.ALL, date(2026, 11, 22))
        assert whole.first == days[0]
        assert beside(session, Span.ALL, whole, later=True) is None


def test_alerts_are_those_of_the_list_and_never_of_what_is_unknown():
    assert set(BOUNDS) <= {each.key for each in INDICATORS}
    assert not alert("charges-covered", None)
    assert alert("charges-covered", Decimal(54)).startswith("fragile")
    assert alert("charges-covered", Decimal(60)).startswith("à surveiller")
    assert not alert("charges-covered", Decimal(65))
    assert alert("waste-per-meal", Decimal("100.1"))
    assert not alert("meals", Decimal(1))
