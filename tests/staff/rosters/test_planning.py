"""Writing a week: a cell typed, moved, copied; what the rules say of it at once."""

from datetime import date

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.staff.law.nouns import Severity
from cantine_desktop.staff.rosters import planning
from cantine_desktop.staff.rosters.board import board_of
from cantine_desktop.staff.rosters.model import Absence, AbsenceCode, Branch, Post
from cantine_desktop.staff.rosters.planning import Spot
from cantine_desktop.staff.rosters.rules import RulesFacts, set_rules
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY
from tests.staff.rosters.week import (
    MONDAY,
    NOW,
    SUNDAY,
    TUESDAY,
    WEDNESDAY,
    hours,
    team,
    type_in,
)


@pytest.fixture
def people(book):
    return team(book)


def board(book, day=MONDAY):
    with book.read() as session:
        return board_of(session, day, NOW)


def act(book, verb, *args, **options):
    with book.action("Planning") as session:
        return verb(session, *args, **options)


def rules_said(book, who):
    return [alert.rule for alert in board(book).alerts if alert.worker == str(who)]


def test_typed_hours_stand_in_the_week_and_add_up(book, people):
    malik, anne, *_ = people
    type_in(book, malik, TUESDAY, "8-12 14-18")
    type_in(book, anne, TUESDAY, "8:30-15:30 p30")
    shown = board(book)
    assert hours(shown, malik, TUESDAY) == "8–12, 14–18"
    assert [row.minutes for row in shown.rows if row.key in {malik, anne}] == [390, 480]
    assert shown.minutes == 870
    assert shown.cost is None


def test_the_cost_of_the_week_is_that_of_the_hours_of_employees(book, people):
    malik, _anne, tom, paul = people
    for who in (malik, tom, paul):
        type_in(book, who, TUESDAY, "9-14:30")
    act(book, set_rules, RulesFacts(hour_cost=Money(19_50)))
    assert board(book).cost == Money(107_25)
    with pytest.raises(UserError, match="coût d’une heure"):
        act(book, set_rules, RulesFacts(hour_cost=Money(2_500_00)))


def test_a_typed_day_keeps_its_row_so_that_calendars_follow_it(book, people):
    malik = people[0]
    type_in(book, malik, TUESDAY, "8-16 plonge")
    with book.read() as session:
        before = planning.shifts_on(session, Spot(malik, TUESDAY))[0]
        key, sequence = before.id, before.sequence
    type_in(book, malik, TUESDAY, "9-16")
    type_in(book, malik, TUESDAY, "9-16")
    with book.read() as session:
        after = planning.shifts_on(session, Spot(malik, TUESDAY))[0]
        assert (after.id, after.sequence, after.post) == (key, sequence + 1, Post.DISHES)
    book.undo()
    assert hours(board(book), malik, TUESDAY) == "8–16"


def test_nobody_is_put_on_a_day_without_contract(book, people):
    tom = people[2]
    with pytest.raises(UserError, match="ni contrat ni mandat"):
        type_in(book, tom, date(2027, 3, 2), "9-15")
    type_in(book, tom, date(2027, 2, 26), "9-15")


def test_a_day_moved_takes_the_place_of_another_which_comes_back(book, people):
    malik, anne, *_ = people
    type_in(book, malik, TUESDAY, "8-16")
    type_in(book, anne, WEDNESDAY, "9-12")
    act(book, planning.move_day, Spot(malik, TUESDAY), Spot(anne, WEDNESDAY))
    shown = board(book)
    assert hours(shown, anne, WEDNESDAY) == "8–16"
    assert hours(shown, malik, TUESDAY) == "9–12"
    act(book, planning.move_day, Spot(anne, WEDNESDAY), Spot(anne, TUESDAY), copies=True)
    assert hours(board(book), anne, TUESDAY) == hours(board(book), anne, WEDNESDAY) == "8–16"
    with pytest.raises(UserError, match="rien à déplacer"):
        act(book, planning.move_day, Spot(malik, SUNDAY), Spot(anne, SUNDAY))


def test_a_week_is_copied_but_not_over_absences_volunteers_or_what_is_there(book, people):
    malik, anne, tom, paul = people
    before = MONDAY - 7 * DAY
    for who in people:
        type_in(book, who, before + DAY, "9-14")
        type_in(book, who, before + 2 * DAY, "9-13")
    type_in(book, anne, TUESDAY, "10-12")
    with book.action("Absence") as session:
        session.add(
            Absence(
                member_id=malik,
                code=AbsenceCode.PAID_LEAVE,
                first=WEDNESDAY,
                end=WEDNESDAY + DAY,
            )
        )
    report = act(book, planning.copy_week, before, MONDAY)
    shown = board(book)
    assert report.copied == 4
    assert [why for why in report.left if "Malik" in why and "Congés payés" in why]
    assert hours(shown, malik, TUESDAY) == "9–14"
    assert not hours(shown, malik, WEDNESDAY)
    assert hours(shown, anne, TUESDAY) == "10–12"
    assert hours(shown, anne, WEDNESDAY) == "9–13"
    assert hours(shown, tom, TUESDAY) == "9–14"
    assert not hours(shown, paul, TUESDAY)
    with pytest.raises(UserError, match="est vide"):
        act(book, planning.copy_week, MONDAY - 70 * DAY, MONDAY)


def test_a_week_emptied_keeps_what_is_fixed_and_what_volunteers_offered(book, people):
    malik, anne, _tom, paul = people
    for who in (malik, anne, paul):
        type_in(book, who, TUESDAY, "9-14")
    act(book, planning.set_lock, Spot(anne, TUESDAY), is_locked=True)
    assert act(book, planning.clear_week, MONDAY) == 1
    shown = board(book)
    assert [hours(shown, who, TUESDAY) for who in (malik, anne, paul)] == ["", "9–14", "9–14"]


def test_a_short_rest_is_said_in_its_cell_with_its_article(book, people):
    malik = people[0]
    type_in(book, malik, TUESDAY, "14-22")
    type_in(book, malik, WEDNESDAY, "8:30-15")
    cell = next(row for row in board(book).rows if row.key == malik).cells[2]
    rest = next(alert for alert in cell.alerts if alert.rule == "DAILY_REST")
    assert rest.severity is Severity.FORBIDDEN
    assert "L3131-1" in rest.sentence
    assert "10\u00a0h\u00a030" in rest.sentence


def test_rest_is_judged_across_the_sunday_of_the_week_before(book, people):
    malik = people[0]
    type_in(book, malik, MONDAY - DAY, "15-23")
    type_in(book, malik, MONDAY, "8-12")
    assert "DAILY_REST" in rules_said(book, malik)


def test_the_agreement_chosen_changes_what_is_said(book, people):
    malik = people[0]
    type_in(book, malik, TUESDAY, "9-19:30 p20")
    assert "DAILY_MAX" in rules_said(book, malik)
    act(book, set_rules, RulesFacts(Branch.HCR))
    assert "DAILY_MAX" not in rules_said(book, malik)


def test_an_evening_past_midnight_on_the_night_of_the_clocks_counts_real_hours(book, people):
    malik, autumn = people[0], date(2026, 10, 24)
    type_in(book, malik, autumn, "22-6 p30")
    row = next(row for row in board(book, autumn).rows if row.key == malik)
    assert row.minutes == 8 * 60 + 30, "the hour that comes twice is worked twice"
