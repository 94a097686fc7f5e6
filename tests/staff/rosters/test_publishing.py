"""Publishing: what the team saw is sealed, and each later change is told with its notice."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.office.todo_staff import staff_waits
from cantine_desktop.staff.contracts.keeping_terms import destroy_member
from cantine_desktop.staff.rosters.board import board_of
from cantine_desktop.staff.rosters.model import Publication, RosterChange, RosterState, Shift
from cantine_desktop.staff.rosters.planning import Spot, set_day
from cantine_desktop.staff.rosters.publishing import change_words, pending, publish, shown
from cantine_desktop.staff.rosters.typed_hours import read_hours
from cantine_desktop.storage.verify import verify
from tests.staff.contracts.people import hire, member, plain
from tests.staff.rosters.week import MONDAY, NOW, TUESDAY, WEDNESDAY, team, type_in

EARLY = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def people(book):
    return team(book)


def publish_it(book, now=NOW, reason="", consents=None):
    with book.action("Planning publié") as session:
        publish(session, MONDAY, now, reason, consents)


def changes(book):
    with book.read() as session:
        return [
            (each.before, each.after, each.notice, each.due, each.consent, each.reason)
            for each in session.scalars(select(RosterChange).order_by(RosterChange.id))
        ]


@pytest.mark.usefixtures("people")
def test_an_empty_week_is_not_published(book):
    with pytest.raises(UserError, match="rien à publier"):
        publish_it(book)


def test_a_published_week_is_sealed_as_it_was_shown(book, people):
    type_in(book, people[0], TUESDAY, "8-16 p30")
    publish_it(book, EARLY)
    type_in(book, people[0], TUESDAY, "9-16 p30")
    with book.read() as session:
        kept = session.scalars(select(Publication)).one()
        assert kept.is_sealed
        assert [each.facts.start for each in shown(kept)] == [480]
        board = board_of(session, MONDAY, NOW)
    assert (board.state, board.revision, board.changed) == (RosterState.PUBLISHED, 1, 1)
    with pytest.raises(SealedError), book.action("Tricher") as session:
        session.scalars(select(Publication)).one().content = "[]"


def test_a_change_told_late_says_how_late_and_whether_the_person_agreed(book, people):
    anne = people[1]
    type_in(book, anne, TUESDAY, "8:30-12:30")
    publish_it(book, EARLY)
    type_in(book, anne, TUESDAY, "14-18")
    with book.read() as session:
        change = pending(session, MONDAY, NOW)[0]
        assert change.alert is not None
        assert "L3123-31" in change.alert.sentence
        assert change_words(change).replace("\u00a0", " ").endswith("8:30–12:30 devient 14–18")
    publish_it(book, NOW, "absence de Malik", {Spot(anne, TUESDAY): True})
    assert changes(book) == [("8:30–12:30", "14–18", 0, 7, True, "absence de Malik")]
    with book.read() as session:
        assert pending(session, MONDAY, NOW) == []
    with pytest.raises(UserError, match="Rien n’a changé"):
        publish_it(book)


def test_a_change_told_in_time_is_noted_without_a_lack(book, people):
    type_in(book, people[0], WEDNESDAY, "8-16 p30")
    publish_it(book, EARLY)
    type_in(book, people[0], WEDNESDAY, "")
    publish_it(book, EARLY)
    assert changes(book) == [("8–16 p30", "", 0, 0, None, "")]


def test_a_hand_that_changes_what_was_published_is_found(book, people):
    type_in(book, people[0], TUESDAY, "8-16 p30")
    publish_it(book, EARLY)
    with book.read() as session:
        connection = session.connection().engine
    with connection.connect() as raw:
        raw.exec_driver_sql("UPDATE roster_publication SET content = '[]'")
        raw.commit()
    with book.read() as session:
        assert any("publié" in str(each) for each in verify(session))


def test_today_tells_the_week_to_publish_and_the_changes_to_announce(book, people):
    type_in(book, people[0], TUESDAY, "8-16 p30")
    assert waits(book) == ["Planning de la semaine 48 : pas encore publié"]
    publish_it(book, EARLY)
    assert waits(book) == []
    type_in(book, people[0], WEDNESDAY, "8-16 p30")
    assert waits(book) == ["Planning de la semaine 48 : 1 jour changé à annoncer"]


def waits(book):
    with book.read() as session:
        found = [line for line in staff_waits(session, NOW) if line.screen == "roster"]
    return [plain(line.words) for line in found]


def test_what_is_known_of_somebody_is_destroyed_with_their_hours(book):
    long_ago = date(2020, 3, 2)
    with book.action("Ancien") as session:
        gone = member(session, "Inès Roth", date(1999, 1, 2))
        hire(session, gone, first=date(2020, 1, 6), end=date(2020, 7, 1))
        set_day(session, Spot(gone, long_ago), read_hours("8-16 p30"))
    with book.action("Détruire", undoable=False) as session:
        destroy_member(session, gone, "AM", NOW)
    with book.read() as session:
        assert session.scalars(select(Shift)).all() == []
        assert verify(session) == []
