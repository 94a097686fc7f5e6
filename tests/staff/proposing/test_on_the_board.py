"""A week proposed: lawful for each person, nobody who may not counted, what is decided kept."""

from datetime import date, time

import pytest

from cantine_desktop.staff.contracts.keeping import (
    AvailabilityFacts,
    SkillFacts,
    WishFacts,
    add_availability,
    add_skill,
    add_wish,
)
from cantine_desktop.staff.contracts.model import AvailabilityKind, SkillKind, Status
from cantine_desktop.staff.law.nouns import Severity
from cantine_desktop.staff.proposing.facts import read_facts
from cantine_desktop.staff.proposing.proposing import propose
from cantine_desktop.staff.proposing.writing import write_proposal
from cantine_desktop.staff.rosters import planning
from cantine_desktop.staff.rosters.absences import AbsenceFacts, add_absence
from cantine_desktop.staff.rosters.board import board_of
from cantine_desktop.staff.rosters.coverage import coverage_of
from cantine_desktop.staff.rosters.demand import Slot
from cantine_desktop.staff.rosters.model import AbsenceCode, Post, RosterState
from cantine_desktop.staff.rosters.planning import Spot
from cantine_desktop.staff.rosters.staffing import StaffingFacts, add_rule
from cantine_desktop.values.period import DAY, Period
from tests.staff.contracts.people import hire, member, plain
from tests.staff.rosters.week import MONDAY, NOW, TUESDAY, WEDNESDAY, hours, team, type_in

WEEK = Period.week(MONDAY)
LUNCHES = tuple(
    Slot(MONDAY + rank * DAY, "lunch", "Déjeuner", time(9, 30), time(12, 30), 28)
    for rank in range(1, 5)
)
DINNER = Slot(MONDAY + 4 * DAY, "dinner", "Soirée", time(17), time(19, 30), 20)


@pytest.fixture
def people(book):
    found = team(book)
    with book.action("Besoins") as session:
        for who in found[:2]:
            add_skill(session, who, SkillFacts(SkillKind.HYGIENE), NOW)
        add_rule(session, StaffingFacts(Post.LEAD, 1, 1, before=60, skill=SkillKind.HYGIENE))
        add_rule(session, StaffingFacts(Post.SUPPORT, 0, 1))
    return found


def question(book, slots=LUNCHES):
    with book.read() as session:
        return read_facts(session, MONDAY, slots)


def proposed(book, slots=LUNCHES):
    found = propose(question(book, slots))
    with book.action("Planning proposé") as session:
        write_proposal(session, found)
    return found


def shown(book):
    with book.read() as session:
        return board_of(session, MONDAY, NOW)


def covered(book, slots=LUNCHES):
    with book.read() as session:
        return coverage_of(session, WEEK, slots)


@pytest.mark.usefixtures("people")
def test_every_service_has_somebody_in_charge_and_nothing_is_forbidden(book):
    slots = (*LUNCHES, DINNER)
    found = proposed(book, slots)
    board = shown(book)
    assert found.misses == ()
    assert not [each for each in board.alerts if each.severity is Severity.FORBIDDEN]
    assert all(not each.missing and each.is_skilled for each in covered(book, slots).covers)
    assert board.state is RosterState.PROPOSED
    assert found.is_optimal


@pytest.mark.usefixtures("people")
def test_it_is_undone_in_one_step_and_the_same_twice(book):
    first = proposed(book)
    book.undo()
    assert not any(cell.shifts for row in shown(book).rows for cell in row.cells)
    assert propose(question(book)).shifts == first.shifts


def test_what_is_fixed_is_kept_and_who_is_away_is_left(book, people):
    malik, anne, *_ = people
    type_in(book, anne, TUESDAY, "10-12 bureau")
    with book.action("Fixe") as session:
        planning.set_lock(session, Spot(anne, TUESDAY), is_locked=True)
        facts = AbsenceFacts(AbsenceCode.PAID_LEAVE, WEDNESDAY, WEDNESDAY + DAY)
        add_absence(session, malik, facts)
        never = AvailabilityFacts(AvailabilityKind.WEEKLY, 3)
        add_availability(session, malik, never)
    proposed(book)
    board = shown(book)
    assert hours(board, anne, TUESDAY) == "10–12"
    assert [hours(board, malik, MONDAY + rank * DAY) for rank in (2, 3)] == ["", ""]
    leads = [each for each in covered(book).covers if each.post is Post.LEAD]
    assert leads[-1].counted


def test_civic_service_minors_and_volunteers_are_never_put_in_charge(book, people):
    _malik, _anne, tom, paul = people
    with book.action("Apprentie") as session:
        young = member(session, "Léa Roth", date(2010, 5, 1))
        hire(session, young, Status.APPRENTICE, tutor="Malik")
        for who in (tom, young):
            add_skill(session, who, SkillFacts(SkillKind.HYGIENE), NOW)
    proposed(book)
    rows = {row.key: row for row in shown(book).rows}
    helpers = [cell for who in (tom, young) for cell in rows[who].cells]
    assert Post.LEAD not in {post for cell in helpers for post in cell.posts}
    assert not any(cell.shifts for cell in rows[paul].cells)


def test_what_cannot_be_covered_is_named(book, people):
    malik, anne, *_ = people
    with book.action("Congés") as session:
        for who in (malik, anne):
            facts = AbsenceFacts(AbsenceCode.PAID_LEAVE, TUESDAY, TUESDAY + DAY)
            add_absence(session, who, facts)
    found = proposed(book)
    told = [plain(each) for each in found.misses]
    assert "Il manque Responsable de cuisine, Déjeuner du 24/11/2026." in told
    assert not [each for each in told if "25/11/2026" in each]


def test_a_wish_moves_a_day_to_somebody_else(book, people):
    malik, anne, *_ = people
    with book.action("Souhait") as session:
        for weekday in (1, 2):
            add_wish(session, malik, WishFacts(weekday, is_wanted=False, weight=5))
    proposed(book)
    board = shown(book)
    assert hours(board, anne, TUESDAY)
    assert not hours(board, malik, TUESDAY)
