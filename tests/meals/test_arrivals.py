"""What the counter writes during a service: the draft of the closing, and who came."""

import pytest

from cantine_desktop.errors import ForbiddenError, UserError
from cantine_desktop.meals.closing import arrivals
from cantine_desktop.meals.closing.arrivals import Who, arrived, contribute, note_arrival, tap
from cantine_desktop.meals.closing.drafting import draft_of
from cantine_desktop.meals.closing.policy import Policy, set_policy
from cantine_desktop.meals.reservations.model import Place, Reservation, ReservationState
from cantine_desktop.meals.reservations.quick import parse
from cantine_desktop.meals.reservations.seating import reserve
from cantine_desktop.meals.services.model import ContributionMode, MealService
from cantine_desktop.people import profiles, way_out
from cantine_desktop.people.model import ProfileKey
from tests.conftest import NOW
from tests.meals.closings import add_service, closed, euros, prepared


@pytest.fixture
def service(book):
    with book.action("service") as session:
        return add_service(session)


def seen(book, service):
    with book.read() as session:
        return arrived(session, service)


def test_a_cook_counts_in_the_kitchen_and_at_table(book, service):
    with book.action("taps") as session:
        for who in (Who.EATER, Who.EATER, Who.COOK, Who.NEWCOMER, Who.CHILD):
            tap(session, service, who, 1, NOW)
        draft = draft_of(session, service, NOW)
        assert (draft.diners, draft.cooks, draft.newcomers, draft.children) == (3, 1, 1, 1)
    found = seen(book, service)
    assert found.counts == {Who.EATER: 2, Who.COOK: 1, Who.NEWCOMER: 1, Who.CHILD: 1}
    assert found.at_table == 3
    with book.action("back") as session:
        tap(session, service, Who.COOK, -1, NOW)
    assert seen(book, service).at_table == 2


def test_nobody_is_taken_back_from_among_the_cooks(book, service):
    with book.action("tap") as session:
        tap(session, service, Who.COOK, 1, NOW)
    with pytest.raises(UserError, match="plus personne"), book.action("back") as session:
        tap(session, service, Who.EATER, -1, NOW)
    assert seen(book, service).at_table == 1


def test_an_amount_is_a_box_of_the_tally_and_comes_back_out(book, service):
    with book.action("taps") as session:
        for amount in ("0", "10", "10", "7,50"):
            contribute(session, service, euros(amount), 1, NOW)
    assert seen(book, service).contributions == 4
    with book.action("back") as session:
        contribute(session, service, euros("10"), -1, NOW)
        tally = {each.amount: each.count for each in draft_of(session, service, NOW).tally}
    assert tally == {euros("0"): 1, euros("7,50"): 1, euros("10"): 1}


def test_a_canteen_that_notes_a_total_taps_no_amount(book, service):
    with book.action("policy") as session:
        set_policy(session, Policy(mode=ContributionMode.TOTAL))
    assert seen(book, service).amounts == ()
    with pytest.raises(UserError, match="comptoir"), book.action("tap") as session:
        contribute(session, service, euros("10"), 1, NOW)


def test_who_came_is_counted_and_who_did_not_leaves_the_count(book, service):
    with book.action("reserve") as session:
        odile = reserve(session, service, "Odile", Place.COOK, 2, NOW).id
    came, awaited = ReservationState.CAME, ReservationState.SEATED
    with book.action("came") as session:
        assert note_arrival(session, odile, came, NOW) is awaited
        assert note_arrival(session, odile, came, NOW) is came
    assert (seen(book, service).at_table, seen(book, service).counts[Who.COOK]) == (2, 2)
    with book.action("not") as session:
        note_arrival(session, odile, ReservationState.NO_SHOW, NOW)
    assert seen(book, service).at_table == 0
    with book.read() as session:
        assert session.get_one(Reservation, odile).state is ReservationState.NO_SHOW


def test_who_comes_unannounced_takes_a_free_place_and_waits_when_there_is_none(book):
    with book.action("service") as session:
        service = add_service(session)
        session.get_one(MealService, service).kitchen_places = 1
        reserve(session, service, "Groupe", Place.EAT, 33, NOW)
        tap(session, service, Who.EATER, 1, NOW)
    assert arrivals.room_in_words(seen(book, service)) == "1 place à table, 1 en cuisine"
    with book.action("door") as session:
        row = arrivals.walk_in(session, service, parse("karim c"), NOW, is_here=True)
        assert row.state is ReservationState.CAME
        known = row.id
    assert "Complet" in arrivals.room_in_words(seen(book, service))
    with book.action("door") as session:
        late = arrivals.walk_in(session, service, parse("zoé"), NOW, is_here=True)
        assert late.state is ReservationState.WAITING
        arrivals.take_away(session, known, NOW)
    assert seen(book, service).counts[Who.COOK] == 0


def test_a_service_already_closed_takes_no_tap(book):
    with book.action("closed") as session:
        service = prepared(session)
        closed(session, service)
    with pytest.raises(UserError, match="clôturé"), book.action("tap") as session:
        tap(session, service, Who.EATER, 1, NOW)


def test_the_counter_writes_meals_without_reading_the_accounts(book, service):
    before = way_out.hold_counter(book)
    with book.action("taps") as session:
        tap(session, service, Who.EATER, 1, NOW)
        contribute(session, service, euros("5"), 1, NOW)
    assert not book.actor.may_read("finance")
    assert not book.actor.may_write("access")
    assert way_out.leave_counter(book, before, None, "") == before


def test_who_only_reads_holds_no_counter(book):
    with book.action("profiles") as session:
        profiles.seed(session)
    profiles.sign_in(book, ProfileKey.READING)
    with pytest.raises(ForbiddenError):
        way_out.hold_counter(book)


def test_a_code_leaves_the_counter_where_no_profile_has_a_password(book):
    with pytest.raises(UserError, match="4"):
        way_out.set_code(book, "12")
    way_out.set_code(book, "2468")
    before = way_out.hold_counter(book)
    for _try in range(3):
        with pytest.raises(profiles.WrongPasswordError):
            way_out.leave_counter(book, before, None, "1111")
    assert book.actor != before
    with pytest.raises(profiles.TooSoonError):
        way_out.leave_counter(book, before, None, "2468")
    with book.read() as session:
        assert profiles.secrets_changed_outside(session) == []


def test_the_password_of_a_profile_leaves_and_gives_the_rights_of_that_profile(book):
    with book.action("profiles") as session:
        profiles.seed(session)
    profiles.set_password(book, ProfileKey.COUNTER, "2468")
    before = way_out.hold_counter(book)
    with pytest.raises(profiles.WrongPasswordError):
        way_out.leave_counter(book, before, ProfileKey.DIRECTION, "")
    with pytest.raises(profiles.WrongPasswordError):
        way_out.leave_counter(book, before, ProfileKey.COUNTER, "1111")
    assert way_out.leave_counter(book, before, ProfileKey.COUNTER, "2468").name == "Comptoir"
    assert book.actor.may_read("people")
