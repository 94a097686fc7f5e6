"""Which days usual services give: every week, every n weeks, ranks of the month, ends of years."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cantine_desktop.canteen.calendar import closed_days
from cantine_desktop.canteen.model import Canteen, ClosedDay
from cantine_desktop.clock import PARIS
from cantine_desktop.errors import UserError
from cantine_desktop.meals.services import closures, planning
from cantine_desktop.meals.services.checks import check
from cantine_desktop.meals.services.facts import Scope
from cantine_desktop.meals.services.model import MealService, ServicePattern, ServiceState
from cantine_desktop.meals.services.queries import services_of
from cantine_desktop.meals.services.rhythm import LAST, Rhythm, days_of, gives
from cantine_desktop.meals.services.single import facts_of
from cantine_desktop.values.period import Period
from tests.meals.season import NOW, changed, lunches

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
WEEKDAYS = st.sets(st.sampled_from("1234567"), min_size=1).map("".join)
YEAR = 366


@st.composite
def rhythms(draw):
    first = draw(DAYS)
    last = draw(st.none() | st.integers(0, 700).map(lambda n: first + timedelta(days=n)))
    rank = draw(st.none() | st.sampled_from([LAST, 1, 2, 3, 4, 5]))
    weeks = 1 if rank is not None else draw(st.integers(1, 6))
    return Rhythm(draw(WEEKDAYS), first, last, weeks, rank)


def a_year(rhythm):
    return days_of(rhythm, Period(rhythm.first, rhythm.first + timedelta(days=YEAR)))


@given(rhythms())
def test_days_are_on_their_weekdays_within_bounds_and_in_order(rhythm):
    found = a_year(rhythm)
    assert found == sorted(set(found))
    for day in found:
        assert str(day.isoweekday()) in rhythm.weekdays
        assert day >= rhythm.first
        assert rhythm.last is None or day <= rhythm.last


@given(rhythms(), st.integers(1, YEAR - 1))
def test_a_period_cut_in_two_gives_the_same_days(rhythm, cut):
    middle = rhythm.first + timedelta(days=cut)
    end = rhythm.first + timedelta(days=YEAR)
    parts = days_of(rhythm, Period(rhythm.first, middle)) + days_of(rhythm, Period(middle, end))
    assert parts == a_year(rhythm)


@given(rhythms().filter(lambda each: each.nth_of_month is None))
def test_weeks_between_two_are_a_multiple_of_the_rhythm_over_the_end_of_years(rhythm):
    weeks = {Period.week(day).first for day in a_year(rhythm)}
    for one, other in pairwise(sorted(weeks)):
        assert (other - one).days == 7 * rhythm.every_weeks


@given(rhythms().filter(lambda each: each.nth_of_month is not None))
def test_a_rank_gives_each_weekday_once_a_month_at_most_and_the_last_one_always(rhythm):
    counts = Counter((day.year, day.month, day.isoweekday()) for day in a_year(rhythm))
    assert all(count == 1 for count in counts.values())
    if rhythm.nth_of_month == LAST and rhythm.last is None:
        assert len(counts) >= 11 * len(rhythm.weekdays)


def test_a_fifth_sunday_comes_only_in_the_months_that_have_one():
    found = a_year(Rhythm("7", date(2026, 1, 1), nth_of_month=5))
    assert found == [
        date(2026, 3, 29),
        date(2026, 5, 31),
        date(2026, 8, 30),
        date(2026, 11, 29),
    ]


def test_a_week_fifty_three_does_not_turn_every_other_week():
    found = a_year(Rhythm("5", date(2026, 12, 18), every_weeks=2))
    assert found[:3] == [date(2026, 12, 18), date(2027, 1, 1), date(2027, 1, 15)]


def test_the_day_after_the_last_is_not_given():
    rhythm = Rhythm("1234567", date(2026, 1, 1), date(2026, 1, 3))
    assert len(a_year(rhythm)) == 3
    assert not gives(rhythm, date(2026, 1, 4))
    assert not gives(rhythm, date(2025, 12, 31))


@given(DAYS, st.times(time(7), time(21)))
def test_a_service_keeps_its_hour_on_the_wall_whatever_summer_time_does(day, at):
    there = [datetime.combine(day + timedelta(days=7 * n), at, PARIS) for n in range(54)]
    gaps = {(two.astimezone(UTC) - one.astimezone(UTC)) for one, two in pairwise(there)}
    week = timedelta(days=7)
    assert gaps <= {week, week - timedelta(hours=1), week + timedelta(hours=1)}
    assert len(gaps) > 1
    assert {one.time() for one in there} == {at}


# -- whatever is done, the season holds together

SEASON = Period(date(2026, 10, 1), date(2027, 2, 1))
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["one", "following", "all", "move", "cancel", "restore", "close", "open"]),
        st.integers(0, 400),
        st.integers(-4, 4),
    ),
    max_size=8,
)


def try_deed(session, deed, rank, step):
    every = session.scalars(select(MealService).order_by(MealService.day)).all()
    service = every[rank % len(every)]
    day = service.day + timedelta(days=step)
    facts = changed(facts_of(service), day=day, seats=30 + rank % 9)
    deeds = {
        "one": lambda: planning.change(session, service.id, facts, Scope.ONE, NOW),
        "following": lambda: planning.change(session, service.id, facts, Scope.FOLLOWING, NOW),
        "all": lambda: planning.change(session, service.id, facts, Scope.ALL, NOW),
        "move": lambda: planning.move(session, service.id, day, NOW),
        "cancel": lambda: planning.cancel(session, service.id, "Grève", NOW),
        "restore": lambda: planning.restore(session, service.id),
        "close": lambda: closures.close_days(session, [day], "Pont", NOW),
        "open": lambda: planning.reopen_day(session, day),
    }
    deeds[deed]()


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(DEEDS)
def test_whatever_is_changed_no_day_is_served_closed_and_nothing_is_made_twice(book, deeds):
    with book.action("Vider") as session:
        for table in (MealService, Canteen, ClosedDay, ServicePattern):
            for row in session.scalars(select(table)).all():
                session.delete(row)
            session.flush()
        session.add(Canteen(name="La Tablée", department="67", open_weekdays="2345"))
        session.flush()
        planning.add_pattern(session, lunches(), NOW)
        planning.fill(session, SEASON.last, NOW)
    for deed in deeds:
        try:
            with book.action("Agir") as session:
                try_deed(session, *deed)
        except UserError:
            continue
    with book.action("Remplir") as session:
        before = [row.key for row in services_of(session, SEASON, cancelled=True)]
        planning.fill(session, SEASON.last, NOW)
        assert [row.key for row in services_of(session, SEASON, cancelled=True)] == before
        assert not list(check(session))
        closed = {row.day for row in closed_days(session, SEASON)}
        rows = session.scalars(select(MealService)).all()
        assert not [r for r in rows if r.day in closed and r.state is ServiceState.PLANNED]
        given_days = [(r.pattern_id, r.original_day) for r in rows if r.pattern_id]
        assert len(given_days) == len(set(given_days))
