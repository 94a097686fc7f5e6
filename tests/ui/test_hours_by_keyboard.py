"""The hours of four people for a week, confirmed and signed in the whole window, by keys alone."""

from datetime import timedelta

from sqlalchemy import func, select

from cantine_desktop.clock import civil_date
from cantine_desktop.staff.contracts.engaging import ContractFacts, engage
from cantine_desktop.staff.contracts.keeping import MemberFacts, add_member
from cantine_desktop.staff.contracts.model import Status
from cantine_desktop.staff.hours.model import HoursWeek, WeekState, WorkedShift
from cantine_desktop.staff.rosters.model import Absence, AbsenceCode
from cantine_desktop.values.period import Period
from tests.staff.hours.team import plan_week
from tests.stories.person import Person

A_KEY = 1
"""Seconds that somebody who does not type takes for a key, the reading between them included."""


def four_people(workplace):
    """Write four people at 35 h and what was planned last week; return its Monday."""
    book = workplace.desk.book
    today = civil_date(book.clock())
    monday = Period.week(today - timedelta(days=7)).first
    with book.action("équipe") as session:
        for name in ("Awa Diop", "Bo Lin", "Chloé Roy", "Dan Weiss"):
            facts = MemberFacts(name, today.replace(year=1990, day=1))
            who = add_member(session, facts, book.clock()).id
            first = monday - timedelta(days=60)
            engage(session, who, ContractFacts(Status.PERMANENT, first, weekly_minutes=2100))
            plan_week(session, who, "9:00-16:30 p30", monday)
    return monday


def test_a_week_of_four_people_takes_less_than_two_minutes(qtbot, window, workplace):
    monday = four_people(workplace)
    who = Person(window)

    def story(who):
        who.press("Ctrl+K")
        who.type("heures et abs")
        who.press("Return")
        who.expect("20 jours à confirmer")
        who.press("Return", "Return")  # Monday and Tuesday of Awa, as planned
        who.type("9-17:30 p30")
        who.press("Return")
        who.press("Down")
        who.type("mal")  # Bo is ill on Thursday and Friday
        who.press("Tab")
        who.type("mal")
        who.press("Return", "Ctrl+Return")
        who.expect("Signer la semaine")
        who.press("Ctrl+Return")
        who.type("AD")
        who.press("Return")
        who.expect("Semaine signée")

    who.live(qtbot, story)
    assert (who.keys + who.letters) * A_KEY < 120, (who.keys, who.letters)
    with workplace.desk.book.read() as session:
        weeks = session.scalars(select(HoursWeek)).all()
        assert [(week.state, week.signed_by) for week in weeks] == [(WeekState.SIGNED, "AD")] * 4
        assert [week.minutes for week in weeks] == [36 * 60, 21 * 60, 35 * 60, 35 * 60]
        (absence,) = session.scalars(select(Absence))
        assert (absence.code, absence.first) == (
            AbsenceCode.SICKNESS,
            monday + timedelta(days=3),
        )
        rows = select(func.count(WorkedShift.id)).where(WorkedShift.sealed_at.is_not(None))
        assert session.scalar(rows) == 18
