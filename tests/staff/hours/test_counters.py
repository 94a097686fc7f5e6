"""Hours counted by month, with figures worked out by hand, then minute by minute."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cantine_desktop.staff.contracts.model import BalanceKind, Status
from cantine_desktop.staff.hours.clock_text import Hours
from cantine_desktop.staff.hours.confirming import set_hours
from cantine_desktop.staff.hours.counters import month_counts
from cantine_desktop.staff.law.rules import Branch
from cantine_desktop.staff.rosters.model import AbsenceCode
from cantine_desktop.values.period import Period
from tests.staff.contracts.people import hire, member
from tests.staff.hours.team import away, canteen, opening, plan_week, work, work_week

PARIS = ZoneInfo("Europe/Paris")
LATER = datetime(2027, 1, 4, 9, tzinfo=UTC)
NOVEMBER = Period.month(date(2026, 11, 1))
H = 60


def person(session, hours=35, status=Status.PERMANENT, **facts):
    who = member(session, "Awa Diop")
    hire(session, who, status, date(2025, 12, 1), weekly_minutes=hours * H, **facts)
    return who


def count(session, month=NOVEMBER):
    (found,) = month_counts(session, month, LATER)
    return found


def bands(found):
    return [(each.percent, each.minutes) for each in found]


@pytest.mark.parametrize(
    ("branch", "hand", "rest"),
    [
        (Branch.NONE, [(25, 8 * H), (50, 2 * H)], 0),
        (Branch.HCR, [(10, 4 * H), (20, 4 * H), (50, 2 * H)], 0),
        # 8 h give 10 h of rest, 2 h give 3 h
        (Branch.ECLAT, [(25, 8 * H), (50, 2 * H)], 13 * H),
    ],
)
def test_a_week_of_45_hours_is_paid_by_bands_or_recovered(book, branch, hand, rest):
    with book.action("mois") as session:
        canteen(session, branch)
        who = person(session)
        work_week(session, who, "9:00-18:30 p30", date(2026, 11, 2))
        found = count(session)
    (week,) = found.weeks
    assert (week.minutes, week.contract) == (45 * H, 35 * H)
    assert bands(week.overtime) == hand
    assert found.recovered == rest
    assert found.recovery == rest
    assert found.contingent == 10 * H
    assert found.allowed == {Branch.NONE: 220, Branch.HCR: 360, Branch.ECLAT: 70}[branch] * H


@pytest.mark.parametrize(
    ("branch", "hand"),
    [
        # 24 h agreed, 28 h done: a tenth is 2 h 24
        (Branch.NONE, [(10, 144), (25, 96)]),
        (Branch.HCR, [(10, 144), (25, 96)]),
        (Branch.ECLAT, [(17, 240)]),
    ],
)
def test_complementary_hours_of_a_part_time_week(book, branch, hand):
    with book.action("mois") as session:
        canteen(session, branch)
        who = person(session, 24)
        work_week(session, who, "9:00-16:00", date(2026, 11, 2), range(4))
        found = count(session)
    (week,) = found.weeks
    assert bands(week.complementary) == hand
    assert not week.overtime
    assert not found.contingent


def test_a_week_between_two_months_is_paid_where_it_ends(book):
    with book.action("mois") as session:
        canteen(session)
        who = person(session)
        # Monday 28 September to Friday 2 October 2026: 40 h
        work_week(session, who, "9:00-17:00", date(2026, 9, 28))
        september = count(session, Period.month(date(2026, 9, 1)))
        october = count(session, Period.month(date(2026, 10, 1)))
    assert september.minutes == 3 * 8 * H
    assert not september.weeks
    assert october.minutes == 2 * 8 * H
    assert [bands(week.overtime) for week in october.weeks] == [[(25, 5 * H)]]


def test_a_saturday_night_is_shared_between_its_days(book):
    with book.action("mois") as session:
        canteen(session)
        who = person(session)
        work(session, who, date(2026, 11, 7), "18:00-0:30", LATER)
        days = {each.day: each for each in count(session).days}
    saturday, sunday = days[date(2026, 11, 7)], days[date(2026, 11, 8)]
    assert (saturday.minutes, saturday.night, saturday.sunday) == (360, 180, 0)
    assert (sunday.minutes, sunday.night, sunday.sunday) == (30, 30, 30)


def test_night_begins_later_under_an_agreement(book):
    with book.action("mois") as session:
        canteen(session, Branch.ECLAT)
        who = person(session)
        work(session, who, date(2026, 11, 6), "18:00-22:30", LATER)
        (day,) = count(session).days
    assert day.night == 30


def test_holidays_are_those_of_the_place_and_may_first_stands_alone(book):
    with book.action("mois") as session:
        canteen(session, department="67")
        who = person(session)
        for day in (date(2026, 4, 3), date(2026, 5, 1), date(2026, 5, 8), date(2026, 12, 26)):
            work(session, who, day, "9-12", LATER)
        april, may, december = (
            count(session, Period.month(date(2026, month, 1))) for month in (4, 5, 12)
        )
    assert [each.holiday for each in april.days] == [180]
    assert [(each.holiday, each.may_first) for each in may.days] == [(0, 180), (180, 0)]
    assert [each.holiday for each in december.days] == [180]


def test_recovery_goes_from_the_opening_balance_through_what_was_earned_and_taken(book):
    with book.action("mois") as session:
        canteen(session, Branch.ECLAT)
        who = person(session)
        opening(session, who, BalanceKind.RECOVERY, 5 * H, date(2026, 11, 1))
        opening(session, who, BalanceKind.OVERTIME, 30 * H, date(2026, 11, 1))
        # 3 h above 35 h, at 125 %: 3 h 45; then a whole day planned for 7 h
        work_week(session, who, "9:00-16:36", date(2026, 11, 2))
        plan_week(session, who, "9:00-16:00", date(2026, 11, 9))
        away(session, who, AbsenceCode.RECOVERY, date(2026, 11, 10), date(2026, 11, 10))
        found = count(session)
    assert found.recovered == 225
    assert found.recovery == 5 * H + 225 - 7 * H
    assert found.contingent == 33 * H


def test_overtime_above_the_contingent_earns_half_in_rest(book):
    with book.action("mois") as session:
        canteen(session, Branch.ECLAT)
        who = person(session)
        opening(session, who, BalanceKind.OVERTIME, 67 * H, date(2026, 11, 1))
        # 10 h above 35 h: 67 h and 10 h are 7 h above the contingent of 70 h
        work_week(session, who, "9:00-18:30 p30", date(2026, 11, 2))
        for day in range(7, 12):
            work(session, who, date(2026, 12, day), "9:00-17:00", LATER)
        november, december = count(session), count(session, Period.month(date(2026, 12, 1)))
    assert (november.contingent, november.compulsory) == (77 * H, 210)
    assert (december.contingent, december.compulsory) == (82 * H, 150)


def test_training_counts_as_work_and_sick_leave_does_not(book):
    with book.action("mois") as session:
        canteen(session)
        who = person(session)
        work_week(session, who, "9:00-16:00", date(2026, 11, 2), range(4))
        away(session, who, AbsenceCode.TRAINING, date(2026, 11, 6), date(2026, 11, 6))
        away(session, who, AbsenceCode.SICKNESS, date(2026, 11, 9), date(2026, 11, 13))
        found = count(session)
    assert [week.minutes for week in found.weeks] == [35 * H]
    # no roster that week: a fifth of 35 h a day, from Monday to Friday, the 11th being a holiday
    training, sick = found.away
    assert (training.total, training.workable, training.working) == (7 * H, 2, 2)
    assert (sick.total, sick.workable, sick.working) == (28 * H, 8, 8)


@pytest.mark.parametrize(
    ("branch", "hand"),
    [
        # 36 h in four days and a day of leave of 7 h: 43 h, though 36 were worked
        (Branch.NONE, [(25, 8 * H)]),
        (Branch.HCR, [(10, 4 * H), (20, 4 * H)]),
        (Branch.ECLAT, [(25, 8 * H)]),
    ],
)
def test_a_day_of_paid_leave_counts_towards_overtime_as_if_it_were_worked(book, branch, hand):
    with book.action("mois") as session:
        canteen(session, branch)
        who = person(session)
        work_week(session, who, "9:00-18:30 p30", date(2026, 11, 16), range(4))
        away(session, who, AbsenceCode.PAID_LEAVE, date(2026, 11, 20), date(2026, 11, 20))
        (week,) = count(session).weeks
    assert (week.minutes, week.leave) == (36 * H, 7 * H)
    assert bands(week.overtime) == hand


def test_leave_counted_towards_overtime_uses_up_no_contingent(book):
    with book.action("mois") as session:
        canteen(session)
        who = person(session)
        work_week(session, who, "9:00-18:30 p30", date(2026, 11, 16), range(4))
        away(session, who, AbsenceCode.PAID_LEAVE, date(2026, 11, 20), date(2026, 11, 20))
        assert count(session).contingent == 1 * H


@pytest.mark.parametrize("code", [AbsenceCode.SICKNESS, AbsenceCode.UNPAID, AbsenceCode.RECOVERY])
def test_other_absences_make_no_overtime(book, code):
    with book.action("mois") as session:
        canteen(session)
        who = person(session)
        work_week(session, who, "9:00-17:30 p30", date(2026, 11, 16), range(4))
        away(session, who, code, date(2026, 11, 20), date(2026, 11, 20))
        (week,) = count(session).weeks
    assert (week.minutes, week.leave, week.overtime) == (32 * H, 0, ())


def test_leave_makes_no_complementary_hours_and_a_week_below_35_hours_with_it_no_overtime(book):
    with book.action("mois") as session:
        canteen(session)
        who = person(session, 24)
        work_week(session, who, "9:00-16:00", date(2026, 11, 16), range(3))
        away(session, who, AbsenceCode.PAID_LEAVE, date(2026, 11, 19), date(2026, 11, 20))
        (week,) = count(session).weeks
    assert (week.complementary, week.overtime, week.leave) == ((), (), 0)


def test_a_day_of_absence_nobody_planned_is_what_the_roster_leaves_of_the_contract(book):
    with book.action("mois") as session:
        canteen(session)
        who = person(session)
        # 17 h planned on Thursday and Friday; Monday to Wednesday on leave, and not planned
        plan_week(session, who, "9:00-17:30", date(2026, 11, 16), (3, 4))
        away(session, who, AbsenceCode.PAID_LEAVE, date(2026, 11, 16), date(2026, 11, 18))
        (leave,) = count(session).away
    assert leave.total == 18 * H


def test_a_roster_half_written_makes_no_long_day_of_absence(book):
    with book.action("mois") as session:
        canteen(session)
        who = person(session)
        plan_week(session, who, "9:00-13:00", date(2026, 11, 16), (0,))
        away(session, who, AbsenceCode.SICKNESS, date(2026, 11, 17), date(2026, 11, 17))
        (sick,) = count(session).away
    assert sick.total == 7 * H


def test_days_nobody_wrote_are_told(book):
    with book.action("mois") as session:
        canteen(session)
        who = person(session)
        plan_week(session, who, "9:00-16:00", date(2026, 11, 2))
        work(session, who, date(2026, 11, 3), "9-10")
        found = count(session)
    assert [day.day for day in found.waiting] == [2, 4, 5, 6]


def minutes_of(day, hours):
    """Yield each minute of effective work as an aware instant, the break in the middle."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  -- a clock, moved below

    def at(minutes):
        return (midnight + timedelta(minutes=minutes)).replace(tzinfo=PARIS).astimezone(UTC)

    every, instant = [], at(hours.start)
    while instant < at(hours.finish):
        every.append(instant)
        instant += timedelta(minutes=1)
    before = (len(every) - hours.pause) // 2
    return [each.astimezone(PARIS) for each in every[:before] + every[before + hours.pause :]]


def bands_by_minute(minutes, branch):
    """Return how many minutes are paid at each rate, one after the other."""
    found = Counter()
    for rank in range(35 * H, minutes):
        hour = rank // H + 1  # the 36th hour is the first above 35
        if branch is Branch.HCR:
            found[10 if hour < 40 else 20 if hour < 44 else 50] += 1
        else:
            found[25 if hour < 44 else 50] += 1
    return sorted(found.items())


@pytest.mark.parametrize("branch", [Branch.NONE, Branch.HCR, Branch.ECLAT])
@pytest.mark.parametrize("seed", range(4))
def test_random_weeks_agree_with_a_count_of_every_minute(book, branch, seed):
    """Over the two nights when clocks change, too."""
    chance = random.Random(seed)
    by_day, night = Counter(), Counter()
    evening, morning = (21, 6) if branch is Branch.NONE else (22, 7)
    with book.action("mois") as session:
        canteen(session, branch)
        who = person(session)
        for month in (3, 10):
            for day in Period.month(date(2026, month, 1)).days:
                if chance.random() < 0.2:
                    continue
                start = chance.randrange(6 * H, 20 * H)
                hours = Hours(start, start + chance.randrange(60, 620), chance.choice([0, 20, 45]))
                hours = hours._replace(finish=min(hours.finish, 24 * H + 5 * H))
                set_hours(session, who, day, [hours], LATER)
                for minute in minutes_of(day, hours):
                    by_day[minute.date()] += 1
                    night[minute.date()] += minute.hour >= evening or minute.hour < morning
        months = [count(session, Period.month(date(2026, month, 1))) for month in (3, 10)]
    for found in months:
        seen = {each.day: (each.minutes, each.night) for each in found.days}
        inside = {
            day: (by_day[day], night[day])
            for day in by_day
            if day in Period.month(found.days[0].day)
        }
        assert seen == inside
        for week in found.weeks:
            total = sum(by_day[week.monday + timedelta(days=place)] for place in range(7))
            assert week.minutes == total
            assert bands(week.overtime) == bands_by_minute(total, branch)
