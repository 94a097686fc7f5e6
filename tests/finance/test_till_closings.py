"""Each day, month and year of the till is closed once, in order, and the totals run on."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash import closing, recording
from cantine_desktop.finance.cash.model import ClosingKind, PeriodClosing
from cantine_desktop.finance.cash.totals import totals_of
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.finance.test_cash import DAY, lunch


def test_closings_sum_the_takings_and_the_perpetual_total_runs_on(any_book):
    with any_book.action("clôtures") as session:
        for day in (date(2026, 9, 30), DAY, DAY + timedelta(1)):
            recording.take(session, lunch(day, cash=10_000), NOW)
        september = closing.close_month(session, date(2026, 9, 1), NOW)
        october = closing.close_month(session, DAY, NOW)
        assert (september.total, september.perpetual_total) == (Money(10_000), Money(10_000))
        assert (october.total, october.perpetual_total) == (Money(20_000), Money(30_000))
        assert october.grand_total == Money(30_000)
        assert october.cash == Money(30_000)
        days = session.scalars(
            select(PeriodClosing.first).where(PeriodClosing.kind == ClosingKind.DAY)
        )
        assert list(days) == [date(2026, 9, 30), DAY, DAY + timedelta(1)]
    with pytest.raises(UserError, match="déjà clôturée"), any_book.action("x") as session:
        closing.close_month(session, DAY, NOW)


def test_takings_typed_after_their_day_was_closed_fall_into_the_next_closing(any_book):
    with any_book.action("clôtures") as session:
        recording.take(session, lunch(), NOW)
        closing.close_day(session, DAY, NOW)
        recording.take(session, lunch(cash=500), NOW)
        recording.take(session, lunch(DAY + timedelta(1), cash=700), NOW)
        following = closing.close_day(session, DAY + timedelta(1), NOW)
        assert (following.total, following.perpetual_total) == (Money(1_200), Money(13_200))
        assert [e.amount.cents for e in closing.taken_by(session, following)] == [500, 700]


def test_a_year_closes_its_months_and_the_totals_start_again_but_one(any_book):
    with any_book.action("clôtures") as session:
        for year in (2024, 2025):
            recording.take(session, lunch(date(year, 5, 2), cash=1_000), NOW)
        first = closing.close_year(session, date(2024, 5, 2), NOW)
        second = closing.close_year(session, date(2025, 5, 2), NOW)
        assert (first.grand_total, first.perpetual_total) == (Money(1_000), Money(1_000))
        assert (second.grand_total, second.perpetual_total) == (Money(1_000), Money(2_000))


def test_nothing_is_closed_before_it_is_over_nor_backwards(book):
    for verb, words in (
        (closing.close_day, "à venir"),
        (closing.close_month, "n’est pas fini"),
        (closing.close_year, "n’est pas fini"),
    ):
        with pytest.raises(UserError, match=words), book.action("x") as session:
            verb(session, date(2026, 12, 1), NOW)
    with book.action("clôture") as session:
        closing.close_day(session, DAY, NOW)
    with (
        pytest.raises(UserError, match="clôturée jusqu’au mardi 6 octobre"),
        book.action("x") as session,
    ):
        closing.close_day(session, DAY - timedelta(1), NOW)


def test_closing_a_day_closes_the_open_days_before_it_each_by_itself(any_book):
    with any_book.action("clôture") as session:
        for past in range(3):
            recording.take(session, lunch(DAY + timedelta(past), cash=1_000 + past), NOW)
        last = closing.close_day(session, DAY + timedelta(2), NOW)
        rows = session.scalars(select(PeriodClosing).order_by(PeriodClosing.number)).all()
        assert [row.first for row in rows] == [DAY + timedelta(past) for past in range(3)]
        assert [row.total.cents for row in rows] == [1_000, 1_001, 1_002]
        assert last.perpetual_total == Money(3_003)


def test_closing_a_month_closes_the_open_months_before_it_each_by_itself(any_book):
    with any_book.action("clôture") as session:
        for day in (date(2026, 8, 4), date(2026, 10, 6)):
            recording.take(session, lunch(day, cash=1_000), NOW)
        closing.close_month(session, DAY, NOW)
        query = select(PeriodClosing.first).where(PeriodClosing.kind == ClosingKind.MONTH)
        assert list(session.scalars(query)) == [date(2026, 8, 1), date(2026, 10, 1)]


def test_the_figures_of_an_open_day_are_its_own(any_book):
    with any_book.action("recettes") as session:
        for past in range(3):
            recording.take(session, lunch(DAY + timedelta(past), cash=1_000 + past), NOW)
        closing.close_day(session, DAY, NOW)
        day = Period.through(DAY + timedelta(2), DAY + timedelta(2))
        found = totals_of(session, ClosingKind.DAY, day)
        assert found.closing is None
        assert found.total == Money(1_002)
        assert not any(line.is_late for line in found.lines)


def test_takings_typed_for_a_month_without_any_never_block_the_year(any_book):
    with any_book.action("clôtures") as session:
        recording.take(session, lunch(date(2025, 10, 7), cash=1_000), NOW)
        closing.close_month(session, date(2025, 10, 7), NOW)
        recording.take(session, lunch(date(2025, 9, 8), cash=500), NOW)
        recording.take(session, lunch(date(2025, 11, 4), cash=200), NOW)
        year = closing.close_year(session, date(2025, 1, 1), NOW)
        assert (year.total, year.perpetual_total) == (Money(1_700), Money(1_700))


def test_nothing_is_closed_by_a_clock_that_went_back(book):
    with book.action("recette") as session:
        recording.take(session, lunch(), NOW)
    earlier = NOW - timedelta(hours=3)
    with pytest.raises(UserError, match="horloge"), book.action("clôture") as session:
        closing.close_day(session, DAY, earlier)
