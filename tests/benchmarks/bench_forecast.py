"""Ten services forecast on five years of closings, beside « same weekday last week » by SQL.

The other way asks the book for the last closing of the same weekday, once for each service; it
gives a number alone, without interval, reason or back-test.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from cantine_desktop.meals.closing.model import ServiceClosing
from cantine_desktop.meals.forecast.backtest import backtest
from cantine_desktop.meals.forecast.predicting import forecast_of
from cantine_desktop.meals.services.model import MealService
from cantine_desktop.meals.services.queries import services_of
from cantine_desktop.schema.upgrade import create_book
from cantine_desktop.values.period import Period
from tests.benchmarks.measuring import Row, in_turn
from tests.meals.attendance import fill, history, plan

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
TODAY = NOW.date()


def measure(folder):
    opened = create_book(folder / "attendance.cantine", lambda: NOW)
    book = opened.book
    past = history(TODAY, weeks=260)
    fill(book, past)
    plan(book, [TODAY + timedelta(days=n) for n in range(2, 19) if n % 7 in {2, 3, 4, 5}])
    ahead = Period.through(TODAY, TODAY + timedelta(days=30))

    def ours():
        with book.read() as session:
            return forecast_of(session, services_of(session, ahead)[:10], NOW)

    def naive():
        with book.read() as session:
            return {row.key: last(session, row) for row in services_of(session, ahead)[:10]}

    def tried():
        with book.read() as session:
            return backtest(session, NOW)

    assert len(ours()) == 10
    assert all(abs(each.expected - naive()[key]) < 30 for key, each in ours().items())
    mine, theirs = in_turn(ours, naive)
    words = f"{mine.cpu * 1000:.1f} ms of processor, to be under 50"
    yield Row("ten services forecast", mine, theirs, "ten times the last weekday", None, words)
    found = tried()
    assert found.error_compared < found.error_naive
    mine, theirs = in_turn(tried, naive)
    words = f"{found.n} services, error {found.error:.2f}, last week {found.error_naive:.2f}"
    yield Row("back-test of a year", mine, theirs, "ten times the last weekday", None, words)
    book.close()
    opened.close()


def last(session, row):
    query = select(ServiceClosing.diners, MealService.day).join(
        MealService, ServiceClosing.service_id == MealService.id
    )
    found = session.execute(query.where(MealService.day < TODAY).order_by(MealService.day.desc()))
    return next(diners for diners, day in found if day.weekday() == row.day.weekday())
