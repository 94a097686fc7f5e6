"""What is known of somebody's hours goes with them, signed weeks included, at its term."""

from datetime import UTC, date, datetime

from sqlalchemy import func, select

from cantine_desktop.staff.contracts.keeping_terms import destroy_member
from cantine_desktop.staff.hours.clock_text import read_hours
from cantine_desktop.staff.hours.model import HoursWeek, WorkedShift
from cantine_desktop.staff.hours.signing import correct_day, sign_week
from cantine_desktop.staff.payroll.keeping import set_number
from cantine_desktop.staff.payroll.model import PayrollNumber
from cantine_desktop.staff.rosters.model import Absence, AbsenceCode, Shift
from cantine_desktop.storage.verify import verify
from tests.staff.contracts.people import hire, member
from tests.staff.hours.team import away, canteen, confirm, plan_week

THEN = datetime(2020, 3, 9, 9, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MONDAY = date(2020, 3, 2)


def test_five_years_after_leaving_nothing_is_left_and_the_book_is_sound(book):
    with book.action("semaine") as session:
        canteen(session)
        gone, stays = member(session, "Malik Benali"), member(session, "Awa Diop")
        for who in (gone, stays):
            hire(session, who, first=date(2020, 1, 6), end=date(2020, 7, 1))
            plan_week(session, who, "9-16", MONDAY)
            away(session, who, AbsenceCode.SICKNESS, date(2020, 3, 6), date(2020, 3, 6))
        set_number(session, gone, "0042")
        confirm(session, MONDAY, THEN)
        sign_week(session, gone, MONDAY, "Malik", THEN)
        sign_week(session, stays, MONDAY, "Awa", THEN)
        correct_day(session, gone, MONDAY, read_hours("9-17"), "oubli", THEN)
    with book.action("Fiche détruite", undoable=False) as session:
        destroy_member(session, gone, "AM", NOW)
    with book.read() as session:
        for each in (WorkedShift, HoursWeek, Absence, Shift, PayrollNumber):
            own = session.scalar(select(func.count(each.id)).where(each.member_id == gone))
            assert own == 0, each
        assert session.scalar(select(func.count(HoursWeek.id))) == 1
        assert not verify(session)
