"""Hours done are judged like planned ones: whatever was planned, with the weeks before."""

from datetime import timedelta

import pytest

from cantine_desktop.staff.hours.judging import said_of_week
from tests.staff.contracts.people import hire, member, plain
from tests.staff.hours.team import MONDAY, canteen, plan_week, work, work_week

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def malik(book):
    with book.action("équipe") as session:
        canteen(session)
        who = member(session)
        hire(session, who)
        plan_week(session, who, "9-16")
    return who


def said(book, monday=MONDAY):
    with book.read() as session:
        return {
            spot: (plain(each.words), each.is_bad)
            for spot, each in said_of_week(session, monday).items()
        }


def test_a_day_that_was_longer_than_planned_is_told_and_a_planned_one_is_not(book, malik):
    assert not said(book)
    with book.action("fait") as session:
        work(session, malik, TUESDAY, "8-19 p30")
    found = said(book)
    assert list(found) == [(malik, TUESDAY)]
    words, is_bad = found[malik, TUESDAY]
    assert is_bad
    assert "10 h 30 de travail mardi 17 novembre" in words
    assert "L3121-18" in words


def test_the_rest_after_the_evening_before_is_told_across_two_weeks(book, malik):
    with book.action("fait") as session:
        work(session, malik, MONDAY - timedelta(days=1), "15-23")
        work(session, malik, MONDAY, "7:30-12")
    words, _bad = said(book)[malik, MONDAY]
    assert "Repos de 8 h 30 entre dimanche 23 h et lundi 7 h 30" in words


def test_a_plan_that_was_not_followed_says_nothing_of_what_was_done(book, malik):
    with book.action("plan trop long, journée courte") as session:
        plan_week(session, malik, "16-23", places=range(5))
        work_week(session, malik, "9-12")
    assert not said(book)


def test_twelve_weeks_really_done_are_averaged(book, malik):
    with book.action("trois mois") as session:
        for back in range(12):
            monday = MONDAY - timedelta(weeks=back)
            work_week(session, malik, "8:30-18 p30", monday)
    ((spot, (words, is_bad)),) = said(book).items()
    assert (spot, is_bad) == ((malik, None), True)
    assert "sur 12 semaines" in words
