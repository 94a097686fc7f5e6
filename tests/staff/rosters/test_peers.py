"""What the boards of others do wrong, each shown not to happen here.

The rules themselves are in ``tests/staff/law/test_peers.py``.
"""

import pytest

from cantine_desktop.staff.law.nouns import Severity
from cantine_desktop.staff.rosters.absences import AbsenceFacts, add_absence
from cantine_desktop.staff.rosters.board import board_of
from cantine_desktop.staff.rosters.model import AbsenceCode, StaffLimit
from cantine_desktop.staff.rosters.planning import clear_week, copy_week
from cantine_desktop.values.period import DAY
from tests.staff.rosters.week import MONDAY, NOW, TUESDAY, WEDNESDAY, hours, team, type_in


@pytest.fixture
def people(book):
    return team(book)


def read(book, monday=MONDAY):
    with book.read() as session:
        return board_of(session, monday, NOW)


def said(board, who):
    return [alert for alert in board.alerts if alert.worker == str(who)]


def test_a_shift_that_is_forbidden_stays_where_it_was_typed_and_says_why(book, people):
    malik = people[0]
    type_in(book, malik, TUESDAY, "8-20")
    board = read(book)
    assert hours(board, malik, TUESDAY) == "8–20"
    assert Severity.FORBIDDEN in {alert.severity for alert in said(board, malik)}


def test_leave_over_a_planned_shift_is_no_error_both_are_seen_and_the_week_goes_on(book, people):
    malik = people[0]
    type_in(book, malik, TUESDAY, "9-16")
    type_in(book, malik, WEDNESDAY, "9-16")
    with book.action("congé") as session:
        facts = AbsenceFacts(AbsenceCode.PAID_LEAVE, TUESDAY, TUESDAY + DAY)
        add_absence(session, malik, facts)
    board = read(book)
    row = next(row for row in board.rows if row.key == malik)
    assert row.cells[board.days.index(TUESDAY)].absence == "CP"
    assert hours(board, malik, WEDNESDAY) == "9–16"
    type_in(book, malik, WEDNESDAY, "9-15")
    assert hours(read(book), malik, WEDNESDAY) == "9–15"


def test_one_wrong_shift_leaves_the_rest_of_the_person_and_of_the_team_alone(book, people):
    malik, anne, _tom, _paul = people
    type_in(book, malik, TUESDAY, "8-20")
    type_in(book, malik, WEDNESDAY + DAY, "9-16")
    type_in(book, anne, TUESDAY, "9-12")
    board = read(book)
    assert hours(board, malik, WEDNESDAY + DAY) == "9–16"
    assert hours(board, anne, TUESDAY) == "9–12"
    assert not said(board, anne)


def test_a_repeated_week_goes_at_once_and_comes_back_with_one_undo(book, people):
    malik = people[0]
    for place in range(4):
        type_in(book, malik, MONDAY + place * DAY, "9-16")
    following = MONDAY + 7 * DAY
    with book.action("copie") as session:
        copy_week(session, MONDAY, following)
    assert hours(read(book, following), malik, following) == "9–16"
    with book.action("vider") as session:
        clear_week(session, following)
    assert not any(cell.shifts for row in read(book, following).rows for cell in row.cells)
    book.undo()
    assert hours(read(book, following), malik, following) == "9–16"


def test_the_canteen_sets_a_limit_of_its_own_without_asking_anybody(book, people):
    malik = people[0]
    type_in(book, malik, TUESDAY, "8-17 p30")
    assert not said(read(book), malik)
    with book.action("limite") as session:
        session.add(StaffLimit(rule="DAILY_MAX", value=8 * 60))
    (alert,) = said(read(book), malik)
    assert (alert.rule, alert.measured) == ("DAILY_MAX", 510)
