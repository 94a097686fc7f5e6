"""How many diners to expect: what is promised of the forecast and of its intervals."""

import random
import time as clock
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cantine_desktop.errors import UserError
from cantine_desktop.meals.forecast.backtest import backtest, tried
from cantine_desktop.meals.forecast.history import Announced, Held, Slot, held_before
from cantine_desktop.meals.forecast.learning import Learner
from cantine_desktop.meals.forecast.predicting import forecast, forecast_of
from cantine_desktop.meals.forecast.walking import walked
from cantine_desktop.meals.reservations.model import ReservationState
from cantine_desktop.meals.services.model import MealKind
from cantine_desktop.meals.services.queries import services_of
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.meals.attendance import announce, fill, history, plan, truth

TODAY = NOW.date()
TUESDAY = date(2026, 11, 24)
LONG_AGO = date(2020, 1, 1)


def coverage(past, lead=1):
    found = tried(past, {}, LONG_AGO, lead)
    return found.inside50 / found.with_intervals, found.inside80 / found.with_intervals


@pytest.mark.parametrize("lead", [1, 7, 14])
def test_intervals_hold_what_they_promise(lead):
    halves, mosts = zip(*(coverage(history(TODAY, seed=n), lead) for n in range(12)), strict=True)
    assert 0.46 <= sum(halves) / 12 <= 0.60
    assert 0.77 <= sum(mosts) / 12 <= 0.88


def test_intervals_hold_while_attendance_grows_and_holidays_empty_the_room():
    for drift, holiday in [(0.3, 0.75), (-0.2, 0.6), (0.0, 1.0)]:
        rates = [coverage(history(TODAY, seed=n, drift=drift, holiday=holiday)) for n in range(6)]
        assert sum(most for _, most in rates) / 6 >= 0.75
        assert sum(half for half, _ in rates) / 6 >= 0.44


def test_it_beats_the_same_weekday_last_week():
    for seed in range(8):
        found = tried(history(TODAY, seed=seed), {}, LONG_AGO)
        assert found.compared > 300
        assert found.error_compared < found.error_naive
        assert found.gain > 0.1


def test_it_comes_near_the_truth_of_the_day(book):
    fill(book, history(TODAY))
    (key,) = plan(book, [TUESDAY])
    with book.read() as session:
        found = forecast(session, key, NOW)
    assert abs(found.expected - truth(TUESDAY)) <= 4
    assert found.low80 <= found.low50 <= found.expected <= found.high50 <= found.high80
    assert found.is_measured
    assert found.n == 300
    assert "mardi" in found.why[0]


def test_school_holidays_are_learned_and_said(book):
    fill(book, history(TODAY))
    christmas, usual = plan(book, [date(2026, 12, 22), date(2026, 12, 15)])
    with book.read() as session:
        found = {key: forecast(session, key, NOW) for key in (christmas, usual)}
    assert found[christmas].expected < found[usual].expected
    assert any("Vacances scolaires\N{NO-BREAK SPACE}: −" in each for each in found[christmas].why)


def test_without_any_past_it_says_so_and_takes_what_is_declared(any_book):
    fill(any_book, [])
    bare, declared = plan(any_book, [TUESDAY], seats=35) + plan(
        any_book, [TUESDAY], seats=35, expected=22
    )
    announce(any_book, bare, 9)
    with any_book.read() as session:
        rows = services_of(session, Period.week(TUESDAY))
        found = forecast_of(session, rows, NOW)
    assert (found[bare].expected, found[declared].expected) == (35, 22)
    assert not found[bare].is_measured
    assert (found[bare].low80, found[bare].high80) == (9, 35)
    assert found[bare].n == 0
    assert "0 services clôturés" in found[bare].why[0]


def test_five_closings_are_not_a_past_and_six_are(book):
    past = history(TODAY)[-6:]
    fill(book, past[:5])
    (key,) = plan(book, [TUESDAY])
    with book.read() as session:
        assert not forecast(session, key, NOW).is_measured
        assert "5 services clôturés" in forecast(session, key, NOW).why[0]
    walk, _ = walked(past, {}, 1)
    assert walk.learned == 6


def test_a_service_that_is_gone_is_refused_in_words(book):
    with book.read() as session, pytest.raises(UserError, match="n’existe plus"):
        forecast(session, 404, NOW)


def test_no_service_gives_no_forecast_and_no_closing_no_back_test(any_book):
    with any_book.read() as session:
        assert forecast_of(session, [], NOW) == {}
        found = backtest(session, NOW)
    assert (found.n, found.error, found.gain, found.surplus_change) == (0, None, None, None)


def test_empty_rooms_divide_by_nothing():
    past = [Held(each.slot, 0) for each in history(TODAY, weeks=20)]
    found = tried(past, {}, LONG_AGO)
    assert found.error == 0
    assert found.gain is None
    assert found.surplus_change is None


def test_one_huge_outlier_changes_little():
    past = history(TODAY, weeks=52)
    odd = [*past[:-6], Held(past[-6].slot, 5_000), *past[-5:]]
    slot = _on(TUESDAY)
    (plain, _), (shaken, _) = walked(past, {}, 1), walked(odd, {}, 1)
    before = plain.learner.guess(slot, [], 0).expected
    after = shaken.learner.guess(slot, [], 0).expected
    assert abs(after - before) <= 4
    wide, narrow = shaken.interval(after, 0.8), plain.interval(before, 0.8)
    assert wide.high - wide.low <= narrow.high - narrow.low + 6


def test_who_is_announced_moves_the_forecast_once_it_was_worth_something():
    rng = random.Random(5)
    past, told = [], {}
    for held in history(TODAY, weeks=40):
        early = rng.randint(5, 40)
        told[held.slot.key] = [Announced(2, early, None)]
        past.append(Held(held.slot, early + rng.randint(6, 10)))
    walk, _ = walked(past, told, 1)
    few = walk.learner.guess(_on(TUESDAY), [Announced(2, 8, None)], 0).expected
    many = walk.learner.guess(_on(TUESDAY), [Announced(2, 38, None)], 0).expected
    assert abs(few - 16) <= 5
    assert abs(many - 46) <= 5
    with_them, without = tried(past, told, LONG_AGO), tried(past, {}, LONG_AGO)
    assert with_them.error < without.error / 2


def test_who_announced_themselves_later_is_not_seen_ahead():
    learner = Learner()
    guess = learner.guess(_on(TUESDAY), [Announced(0, 6, None), Announced(3, 2, None)], 1)
    assert guess.announced == 2


def test_absences_are_learned_from_those_noted(book):
    past = history(TODAY, weeks=30)
    came, missed = ReservationState.CAME, ReservationState.NO_SHOW
    fill(book, past, {each.slot.key: [(2, 8, came), (2, 2, missed)] for each in past})
    (key,) = plan(book, [TUESDAY])
    announce(book, key, 10)
    with book.read() as session:
        found = forecast(session, key, NOW)
    assert any("20\N{NO-BREAK SPACE}%" in each for each in found.why)
    assert any("10 personnes" in each for each in found.why)


def test_withdrawn_and_waiting_places_are_not_counted(book):
    fill(book, history(TODAY))
    (key,) = plan(book, [TUESDAY])
    announce(book, key, 30, ReservationState.WITHDRAWN)
    announce(book, key, 30, ReservationState.WAITING)
    with book.read() as session:
        assert not any("annonc" in each for each in forecast(session, key, NOW).why)


def test_a_past_service_is_forecast_from_what_was_known_then(book):
    past = history(TODAY, weeks=30)
    later = [Held(each.slot, each.diners * 3) for each in past[-40:]]
    fill(book, [*past[:-40], *later])
    key = past[-41].slot.key
    with book.read() as session:
        found = forecast(session, key, NOW)
    assert found.n == len(past) - 41
    assert found.expected < 60


def test_never_more_than_the_places_unless_more_came_already():
    walk, _ = walked(history(TODAY, seats=30), {}, 1)
    most = max(each.diners for each in history(TODAY, seats=30))
    guess = walk.learner.guess(_on(date(2026, 11, 27), seats=30), [], 0)
    assert guess.expected <= most


def test_closings_that_tell_no_diners_teach_nothing(any_book):
    fill(any_book, history(TODAY, weeks=3))
    with any_book.read() as session:
        whole = len(held_before(session, TODAY))
        assert whole == len(history(TODAY, weeks=3))
        assert held_before(session, date(2020, 1, 1)) == []
        assert len(held_before(session, TODAY, 4)) == 4


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 300), max_size=60),
    st.lists(st.integers(0, 60), max_size=60),
    st.integers(0, 14),
)
def test_any_past_gives_whole_ordered_numbers(diners, shown, lead):
    past, told = [], {}
    for n, count in enumerate(diners):
        slot = _on(date(2026, 1, 6) + timedelta(days=n), key=n + 1, seats=40)
        past.append(Held(slot, count))
        told[n + 1] = [Announced(n % 5, shown[n], n % 2 == 0)] if n < len(shown) else []
    walk, steps = walked(past, told, lead)
    for step in steps:
        assert step.expected >= 0
        for interval in (step.half, step.most):
            assert interval is None or 0 <= interval.low <= step.expected <= interval.high
    assert walk.learned == len(past)


def test_ten_services_on_five_years_cost_less_than_fifty_milliseconds(book):
    fill(book, history(TODAY, weeks=260))
    days = [TUESDAY + timedelta(days=n) for n in range(17) if n % 7 < 4]
    plan(book, days)
    with book.read() as session:
        rows = services_of(session, Period.through(TODAY, TODAY + timedelta(days=30)))
        assert len(rows) >= 10
        spent = []
        for _ in range(5):
            start = clock.process_time()
            forecast_of(session, rows[:10], NOW)
            spent.append(clock.process_time() - start)
    assert min(spent) < 0.05


def _on(day, key=9_999, seats=80):
    return Slot(key, day, MealKind.LUNCH, time(12, 15), seats, frozenset())


def test_on_the_year_of_the_demonstration_it_beats_the_same_weekday_last_week(demo_made_once):
    book = Book(open_engine(f"sqlite:///{demo_made_once}"), clock=lambda: NOW)
    with book.read() as session:
        found = backtest(session, NOW)
    assert found.n > 200
    assert found.compared > 150
    assert found.error_compared < found.error_naive
    assert found.surplus < found.surplus_naive
    assert 0.40 <= found.inside50 / found.with_intervals <= 0.60
    assert 0.70 <= found.inside80 / found.with_intervals <= 0.90
