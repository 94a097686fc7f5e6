"""Changes of services: one, those that follow, all; moved, cancelled, ended, at hand."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import UserError
from cantine_desktop.meals.reservations.model import Place, Reservation
from cantine_desktop.meals.services import closures, planning, series
from cantine_desktop.meals.services.facts import Scope
from cantine_desktop.meals.services.model import MealKind, MealService, ServiceState
from cantine_desktop.meals.services.queries import (
    current_service,
    neighbours,
    next_service,
    service_row,
)
from cantine_desktop.meals.services.rhythm import Rhythm
from cantine_desktop.meals.services.single import facts_of
from cantine_desktop.values.period import Period
from tests.meals.season import (
    NOW,
    TUESDAY,
    act,
    changed,
    days,
    facts_on,
    key_on,
    lunches,
    one,
    plan,
    row_on,
)


@pytest.fixture
def canteen(any_book):
    with any_book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345", department="67"))
    return any_book


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ({"meal_at": time(9)}, "après la cuisine"),
        ({"seats": 0}, "au moins une place"),
        ({"seats": 5, "kitchen_places": 6}, "au plus autant"),
        ({"rhythm": Rhythm("", TUESDAY)}, "au moins un jour"),
        ({"rhythm": Rhythm("2", TUESDAY, last=date(2026, 1, 1))}, "avant le premier"),
        ({"rhythm": Rhythm("2", TUESDAY, nth_of_month=6)}, "au plus cinq"),
        ({"rhythm": Rhythm("2", TUESDAY, every_weeks=0)}, "chaque semaine"),
        ({"rhythm": Rhythm("2", TUESDAY, every_weeks=2, nth_of_month=1)}, "Choisissez entre"),
        ({"rhythm": Rhythm("28", TUESDAY)}, "1 .lundi. à 7"),
    ],
)
def test_what_cannot_be_is_refused_with_words(book, others, said):
    with pytest.raises(UserError, match=said):
        act(book, planning.add_pattern, lunches(**others), NOW)


def test_a_change_of_one_leaves_the_others(canteen):
    plan(canteen, lunches())
    facts = changed(facts_on(canteen, TUESDAY), seats=50, name="Repas de Noël", note="Sapin")
    act(canteen, planning.change, key_on(canteen, TUESDAY), facts, Scope.ONE, NOW)
    row = row_on(canteen, TUESDAY)
    assert (row.seats, row.title, row.is_changed, row.note) == (50, "Repas de Noël", True, "Sapin")
    assert row_on(canteen, date(2026, 11, 4)).seats == 35


def test_a_note_or_the_diners_expected_are_no_exception(canteen):
    plan(canteen, lunches())
    facts = changed(facts_on(canteen, TUESDAY), expected=28, note="Groupe")
    act(canteen, planning.change, key_on(canteen, TUESDAY), facts, Scope.ALL, NOW)
    row = row_on(canteen, TUESDAY)
    assert (row.expected, row.note, row.is_changed) == (28, "Groupe", False)
    assert row_on(canteen, date(2026, 11, 4)).expected is None


def test_this_and_the_following_change_and_those_before_do_not(canteen):
    plan(canteen, lunches())
    at = date(2026, 11, 17)
    facts = changed(facts_on(canteen, at), meal_at=time(12, 30), seats=40)
    act(canteen, planning.change, key_on(canteen, at), facts, Scope.FOLLOWING, NOW)
    assert row_on(canteen, date(2026, 11, 13)).meal_at == time(12, 15)
    assert row_on(canteen, at).meal_at == time(12, 30)
    assert row_on(canteen, date(2026, 12, 31)).seats == 40
    assert act(canteen, planning.fill, date(2027, 1, 31), NOW) == 16
    assert row_on(canteen, date(2027, 1, 26)).meal_at == time(12, 30)


def test_all_leaves_the_past_and_those_changed_one_by_one(canteen):
    plan(canteen, lunches(rhythm=Rhythm("2345", date(2026, 10, 1))))
    special = date(2026, 11, 20)
    facts = changed(facts_on(canteen, special), seats=12)
    act(canteen, planning.change, key_on(canteen, special), facts, Scope.ONE, NOW)
    facts = changed(facts_on(canteen, TUESDAY), seats=40)
    act(canteen, planning.change, key_on(canteen, TUESDAY), facts, Scope.ALL, NOW)
    assert row_on(canteen, date(2026, 10, 30)).seats == 35
    assert row_on(canteen, TUESDAY).seats == 40
    assert row_on(canteen, special).seats == 12


def test_a_series_may_change_its_weekday(canteen):
    plan(canteen, lunches())
    at = date(2026, 11, 17)
    facts = changed(facts_on(canteen, at), day=date(2026, 11, 16))
    act(canteen, planning.change, key_on(canteen, at), facts, Scope.FOLLOWING, NOW)
    found = days(canteen)
    assert date(2026, 11, 10) in found
    assert not {date(2026, 11, 17), date(2026, 11, 24)} & set(found)
    assert {date(2026, 11, 16), date(2026, 11, 23), date(2026, 11, 18)} <= set(found)
    assert act(canteen, planning.fill, date(2026, 12, 31), NOW) == 0
    assert len(found) == len(set(found)) == 16  # the first of December moves into November


def test_a_series_cannot_move_to_a_weekday_it_has_nor_to_another_week(canteen):
    plan(canteen, lunches())
    key, facts = key_on(canteen, TUESDAY), facts_on(canteen, TUESDAY)
    for day, said in [(date(2026, 11, 5), "déjà"), (date(2026, 11, 14), "dans sa semaine")]:
        with pytest.raises(UserError, match=said):
            act(canteen, planning.change, key, changed(facts, day=day), Scope.FOLLOWING, NOW)


def test_a_brunch_of_the_first_sunday_cannot_shift_its_rank_from_one_service(canteen):
    plan(canteen, lunches(kind=MealKind.BRUNCH, rhythm=Rhythm("7", TUESDAY, nth_of_month=1)))
    sunday = date(2026, 12, 6)
    with canteen.read() as session:
        service = session.scalars(select(MealService).where(MealService.day == sunday)).one()
        key, facts = service.id, facts_of(service, date(2026, 12, 5))
    with pytest.raises(UserError, match="rang du mois"):
        act(canteen, planning.change, key, facts, Scope.ALL, NOW)


def test_a_moved_service_is_not_made_again_on_its_old_day(canteen):
    plan(canteen, lunches())
    act(canteen, planning.move, key_on(canteen, TUESDAY), date(2026, 11, 7), NOW)
    assert act(canteen, planning.fill, date(2026, 12, 31), NOW) == 0
    assert TUESDAY not in days(canteen)
    assert row_on(canteen, date(2026, 11, 7)).is_changed


def test_a_cancelled_service_says_why_and_may_be_held_after_all(canteen):
    plan(canteen, lunches())
    key = key_on(canteen, TUESDAY)
    with pytest.raises(UserError, match="pourquoi"):
        act(canteen, planning.cancel, key, "  ", NOW)
    act(canteen, planning.cancel, key, "Panne d’électricité", NOW)
    assert TUESDAY not in days(canteen)
    assert TUESDAY in days(canteen, cancelled=True)
    act(canteen, planning.restore, key)
    row = row_on(canteen, TUESDAY)
    assert (row.state, row.reason) == (ServiceState.PLANNED, "")


def test_a_closed_service_changes_no_more(canteen):
    plan(canteen, lunches())
    key, facts = key_on(canteen, TUESDAY), facts_on(canteen, TUESDAY)
    with canteen.action("Clore") as session:
        session.get(MealService, key).state = ServiceState.CLOSED
    for verb, rest in [
        (planning.change, (facts, Scope.ONE, NOW)),
        (planning.cancel, ("Trop tard", NOW)),
        (planning.remove, ()),
    ]:
        with pytest.raises(UserError, match="est clos"):
            act(canteen, verb, key, *rest)


def test_a_change_of_everything_is_undone_in_one_gesture(book):
    plan(book, lunches())
    before = days(book)
    act(
        book,
        planning.change,
        key_on(book, TUESDAY),
        changed(facts_on(book, TUESDAY), day=date(2026, 11, 2)),
        Scope.ALL,
        NOW,
    )
    assert days(book) != before
    book.undo()
    assert days(book) == before
    book.undo()
    assert days(book) == []


def test_a_new_rhythm_takes_away_what_it_does_not_give_and_keeps_what_was_noted(canteen):
    pattern = plan(canteen, lunches())
    noted = key_on(canteen, date(2026, 11, 19))
    with canteen.action("Inscrire") as session:
        session.add(
            Reservation(service_id=noted, name="Odile", place=Place.EAT, rank=1, recorded_at=NOW)
        )
    rule = Rhythm("235", date(2026, 11, 16))
    act(canteen, series.change_pattern, pattern, lunches(rhythm=rule, seats=20), NOW)
    found = days(canteen)
    assert date(2026, 11, 12) in found
    assert not {date(2026, 11, 19), date(2026, 11, 26)} & set(found)
    kept = row_on(canteen, date(2026, 11, 19))
    assert (kept.state, kept.reason) == (
        ServiceState.CANCELLED,
        "Ce service habituel a changé de rythme",
    )
    assert row_on(canteen, date(2026, 11, 24)).seats == 20
    assert row_on(canteen, date(2026, 11, 13)).seats == 35


def test_a_usual_service_ends(canteen):
    pattern = plan(canteen, lunches())
    gone, kept = act(canteen, series.end_pattern, pattern, date(2026, 11, 20), NOW)
    assert kept == 0
    assert gone > 0
    assert max(days(canteen, Period.year(NOW.date()))) == date(2026, 11, 20)
    assert act(canteen, planning.fill, date(2027, 1, 31), NOW) == 0


def test_a_service_added_by_mistake_goes_and_a_usual_one_does_not(canteen):
    plan(canteen, lunches())
    act(canteen, planning.add_service, one(TUESDAY), NOW)
    key = key_on(canteen, TUESDAY, MealKind.DINNER)
    act(canteen, planning.remove, key)
    assert days(canteen).count(TUESDAY) == 1
    with pytest.raises(UserError, match="annulez-le"):
        act(canteen, planning.remove, key_on(canteen, TUESDAY))


def test_the_next_service_and_the_one_at_hand(canteen):
    plan(canteen, lunches())
    act(canteen, planning.add_service, one(TUESDAY), NOW)

    def at(hour, minute=0, day=TUESDAY):
        instant = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
        with canteen.read() as session:
            coming, current = next_service(session, instant), current_service(session, instant)
        return (coming.kind, coming.day), (current.kind, current.day)

    lunch, dinner = (MealKind.LUNCH, TUESDAY), (MealKind.DINNER, TUESDAY)
    assert at(6) == (lunch, lunch)
    assert at(11, 20) == (dinner, lunch)
    assert at(17) == (dinner, dinner)
    assert at(22) == ((MealKind.LUNCH, date(2026, 11, 4)), dinner)
    assert at(9, 0, date(2026, 11, 7))[1] == (MealKind.LUNCH, date(2026, 11, 6))


def test_an_empty_calendar_has_no_service_at_hand(book):
    with book.read() as session:
        assert next_service(session, NOW) is None
        assert current_service(session, NOW) is None
        assert service_row(session, 1) is None
        assert neighbours(session, 1) == (None, None)


def test_before_and_after_a_service(canteen):
    plan(canteen, lunches())
    act(canteen, planning.cancel, key_on(canteen, date(2026, 11, 5)), "Grève", NOW)
    here = key_on(canteen, date(2026, 11, 4))
    with canteen.read() as session:
        before, after = neighbours(session, here)
    assert (before, after) == (key_on(canteen, TUESDAY), key_on(canteen, date(2026, 11, 6)))


def test_every_change_of_hour_or_state_counts_for_copied_calendars(book):
    plan(book, lunches())
    key = key_on(book, TUESDAY)

    def revision():
        with book.read() as session:
            return session.get(MealService, key).revision

    act(book, planning.change, key, changed(facts_on(book, TUESDAY), note="x"), Scope.ONE, NOW)
    assert revision() == 0
    act(book, planning.move, key, TUESDAY + timedelta(days=4), NOW)
    act(book, planning.cancel, key, "Grève", NOW)
    assert revision() == 2


def test_a_series_does_not_move_onto_a_service_moved_there_before(canteen):
    plan(canteen, lunches())
    monday = date(2026, 11, 30)
    act(canteen, planning.move, key_on(canteen, date(2026, 12, 2)), monday, NOW)
    facts = changed(facts_on(canteen, TUESDAY), day=date(2026, 11, 2))
    with pytest.raises(UserError, match="Il y a déjà « Déjeuner » à 12:15 le lundi 30"):
        act(canteen, planning.change, key_on(canteen, TUESDAY), facts, Scope.FOLLOWING, NOW)


def test_a_cancelled_service_does_not_come_back_where_another_took_its_place(canteen):
    plan(canteen, lunches())
    act(canteen, closures.close_days, [TUESDAY], "Pont", NOW)
    taken = one(TUESDAY, kind=MealKind.LUNCH, cook_at=time(9), meal_at=time(12, 15))
    act(canteen, planning.add_service, taken, NOW)
    act(canteen, planning.reopen_day, TUESDAY)
    assert days(canteen).count(TUESDAY) == 1
