"""Leave earned, taken and left, with figures worked out by hand."""

from datetime import date

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.staff.contracts.model import BalanceKind, Status
from cantine_desktop.staff.hours.leave import leaves
from cantine_desktop.staff.rosters.absences import remove_absence
from cantine_desktop.staff.rosters.model import AbsenceCode
from tests.staff.contracts.people import hire, member
from tests.staff.hours.team import away, canteen, opening

CP = AbsenceCode.PAID_LEAVE


@pytest.fixture
def awa(book):
    with book.action("équipe") as session:
        canteen(session)
        who = member(session, "Awa Diop")
        hire(session, who, first=date(2025, 6, 1))
    return who


def leave(session, day):
    (found,) = leaves(session, day)
    return found


@pytest.mark.usefixtures("awa")
def test_two_and_a_half_days_a_month_up_to_thirty(book):
    with book.read() as session:
        november = leave(session, date(2025, 11, 30))
        assert (november.accruing, november.available) == (15_00, 0)
        may = leave(session, date(2026, 5, 31))
        assert (may.accruing, may.available) == (30_00, 0)
        june = leave(session, date(2026, 6, 30))
        assert (june.accruing, june.available) == (2_50, 30_00)


def test_three_months_of_sickness_give_two_days_each_and_the_year_is_rounded_up(book, awa):
    # nine months at 2,5 and three at 2: 28,5, then 29
    with book.action("absence") as session:
        away(session, awa, AbsenceCode.SICKNESS, date(2026, 1, 1), date(2026, 3, 31))
        found = leave(session, date(2026, 6, 1))
    assert (found.years[0].earned, found.years[0].granted, found.years[0].sick) == (28_50, 29, 6_00)


def test_a_work_accident_costs_nothing_and_four_weeks_without_pay_neither(book, awa):
    with book.action("absence") as session:
        away(session, awa, AbsenceCode.WORK_ACCIDENT, date(2025, 9, 1), date(2025, 10, 31))
        away(session, awa, AbsenceCode.UNPAID, date(2026, 2, 2), date(2026, 3, 1))
        assert leave(session, date(2026, 5, 31)).accruing == 30_00


def test_six_months_without_pay_cost(book, awa):
    # 1 December to 31 May away: June to November are 183 days less 27 Sundays, 156, that is
    # 6,5 months of 24 days: 16,25 days, better than six months at 2,5
    with book.action("absence") as session:
        away(session, awa, AbsenceCode.UNPAID, date(2025, 12, 1), date(2026, 5, 31))
        found = leave(session, date(2026, 6, 1))
    assert (found.years[0].earned, found.years[0].granted) == (16_25, 17)


def test_leave_is_counted_from_monday_to_saturday_holidays_left_out(book, awa):
    with book.action("absence") as session:
        # Monday 10 to Sunday 16 August 2026: six days, the 15th is a holiday
        away(session, awa, CP, date(2026, 8, 10), date(2026, 8, 16))
        away(session, awa, CP, date(2026, 9, 1), date(2026, 9, 1), start=780, finish=1080)
        found = leave(session, date(2026, 9, 30))
    assert found.taken == 5_50
    assert found.available == 24_50


@pytest.mark.parametrize(("last", "more"), [(3, 0), (4, 1), (6, 1), (7, 2)])
def test_main_leave_taken_in_winter_gives_days_more(book, awa, last, more):
    # 18 days in summer leave 6 of the 24; in winter from Monday 2 November 2026 on
    with book.action("absence") as session:
        away(session, awa, CP, date(2026, 7, 6), date(2026, 7, 26))
        away(session, awa, CP, date(2026, 8, 3), date(2026, 8, 3))
        away(session, awa, CP, date(2026, 11, 2), date(2026, 11, last))
        found = leave(session, date(2027, 2, 1))
    assert found.taken == (18 + last - 1) * 100
    assert found.split == {3: 0, 4: 1, 6: 1, 7: 2}[last] == more


def test_the_balance_goes_on_from_what_was_brought(book, awa):
    with book.action("solde") as session:
        opening(session, awa, BalanceKind.LEAVE, 12_50, date(2026, 9, 1))
        away(session, awa, CP, date(2026, 8, 10), date(2026, 8, 14))
        away(session, awa, CP, date(2026, 10, 5), date(2026, 10, 10))
        away(session, awa, CP, date(2026, 12, 21), date(2026, 12, 24))
        found = leave(session, date(2026, 11, 30))
    assert (found.taken, found.available, found.accruing, found.asked) == (6_00, 6_50, 7_50, 4_00)


def test_after_sick_leave_a_word_is_due_within_a_month(book, awa):
    with book.action("absence") as session:
        away(session, awa, AbsenceCode.SICKNESS, date(2026, 10, 1), date(2026, 11, 4))
        assert leave(session, date(2026, 11, 20)).inform_by == (date(2026, 12, 5),)
        assert not leave(session, date(2026, 12, 20)).inform_by


def test_a_civic_service_has_two_days_a_month_from_monday_to_friday(book):
    with book.action("équipe") as session:
        canteen(session)
        who = member(session, "Inès Roth", date(2004, 1, 2))
        hire(session, who, Status.CIVIC_SERVICE, date(2026, 9, 1), date(2027, 5, 1))
        away(session, who, AbsenceCode.CIVIC_LEAVE, date(2026, 11, 5), date(2026, 11, 9))
        found = leave(session, date(2026, 11, 30))
    # Thursday, Friday and Monday
    assert (found.available, found.taken) == (3_00, 3_00)


def test_absences_that_cannot_be_are_refused(book, awa):
    with book.action("absence") as session:
        held = away(session, awa, CP, date(2026, 8, 10), date(2026, 8, 16))
        with pytest.raises(UserError, match="déjà en absence, CP du 10/08/2026"):
            away(session, awa, AbsenceCode.SICKNESS, date(2026, 8, 16), date(2026, 8, 20))
        with pytest.raises(UserError, match="finit avant de commencer"):
            away(session, awa, CP, date(2026, 9, 10), date(2026, 9, 8))
        with pytest.raises(UserError, match="pas de contrat"):
            away(session, awa, CP, date(2024, 9, 10), date(2024, 9, 11))
        remove_absence(session, held.id)
        with pytest.raises(UserError, match="n’existe plus"):
            remove_absence(session, held.id)
