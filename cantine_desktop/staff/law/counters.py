"""Hours counted by week and by year, for the roster, the annex of the payslip and payroll.

Everything is in whole minutes, weeks are civil weeks named by their Monday.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from cantine_desktop.staff.law.nouns import Terms, Worker
from cantine_desktop.staff.law.rules import Branch, Limit, Profile, limits
from cantine_desktop.staff.law.stints import DAY_LONG, clock_minute
from cantine_desktop.staff.law.timeline import Timeline
from cantine_desktop.values.period import DAY, Period

WEEK = 7 * DAY
LEGAL_WEEK = 2100
"""Minutes of the legal duration (durée légale), 35 h."""

_OVERTIME: dict[Branch, tuple[tuple[int, int | None, int], ...]] = {
    Branch.NONE: ((2100, 2580, 25), (2580, None, 50)),
    Branch.ALISFA: ((2100, 2580, 25), (2580, None, 50)),
    Branch.ECLAT: ((2100, 2580, 25), (2580, None, 50)),
    Branch.HCR: ((2100, 2340, 10), (2340, 2580, 20), (2580, None, 50)),
}
"""From, up to and without, premium in percent: the 36th hour begins at 35 h, the 44th at 43 h."""


@dataclass(frozen=True, slots=True)
class Band:
    """Hours paid or recovered at one rate (tranche).

    Attributes:
        percent: The premium on top of the hour.
        minutes: How much of it.
        is_recovered: Rest replaces the pay as a rule.
    """

    percent: int
    minutes: int
    is_recovered: bool = False


def minutes_by_week(line: Timeline, before: Mapping[date, int] | None = None) -> dict[date, int]:
    """Return effective minutes by civil week, with those known before the stints."""
    return {**(before or {}), **line.weeks}


def overtime(worker: Worker, monday: date, minutes: int) -> int:
    """Return the minutes of overtime of a week: above 35 h, above 39 h under a programme.

    Part-time has none (hours beyond are complementary), nor has anyone who is not an employee.

    Source: CT-TEMPS.
    """
    terms = week_terms(worker, monday)
    if not worker.regime_on(monday + 6 * DAY).is_employee or (terms and terms.is_part_time):
        return 0
    threshold = 2340 if terms and terms.follows_programme else LEGAL_WEEK
    return max(0, minutes - threshold)


def overtime_bands(branch: Branch, minutes: int) -> tuple[Band, ...]:
    """Return the bands of a full-time week of effective minutes, none of them empty.

    25 and 50 %; 10, 20 and 50 % at HCR; at ÉCLAT rest at 125 and 150 % replaces the pay.

    Source: CT-TEMPS, ECLAT, HCR.
    """
    found: list[Band] = []
    for first, end, percent in _OVERTIME[branch]:
        some = min(minutes, end if end is not None else minutes) - first
        if some > 0:
            found.append(Band(percent, some, is_recovered=branch is Branch.ECLAT))
    return tuple(found)


def complementary_bands(branch: Branch, contract: int, minutes: int) -> tuple[Band, ...]:
    """Return the bands of a part-time week: 10 % up to a tenth, 25 % above; 17 % at ÉCLAT.

    The old 5 % of the HCR text is below the legal floor of 10 %. A tenth that is no whole minute
    is rounded down, in favour of the employee.

    Args:
        branch: The agreement.
        contract: Minutes of the contract in a week.
        minutes: Effective minutes of the week.

    Source: CT-TEMPS, ECLAT, HCR.
    """
    over = max(0, minutes - contract)
    if branch is Branch.ECLAT:
        return (Band(17, over),) if over else ()
    first = min(over, contract // 10)
    return tuple(band for band in (Band(10, first), Band(25, over - first)) if band.minutes)


def contingent_used(
    worker: Worker, weeks: Mapping[date, int], year: int, through: date, before: int = 0
) -> int:
    """Return the minutes of overtime of a civil year up to a week.

    A week between two years belongs to the one it ends in.

    Args:
        worker: Whose weeks they are.
        weeks: Effective minutes by Monday.
        year: A civil year.
        through: Last day looked at: weeks that begin later are left out.
        before: Minutes used in the year before the first week.
    """
    return before + sum(
        overtime(worker, monday, minutes)
        for monday, minutes in weeks.items()
        if (monday + 6 * DAY).year == year and monday <= through
    )


def average(weeks: Mapping[date, int], last: date, count: int = 12) -> Fraction:
    """Return the average minutes of the weeks up to one, exactly; unknown weeks are empty."""
    return Fraction(sum(weeks.get(last - WEEK * back, 0) for back in range(count)), count)


def drift(worker: Worker, weeks: Mapping[date, int], last: date) -> tuple[int, int]:
    """Return by how much a part-time contract is exceeded, and in how many known weeks.

    The twelve weeks that exceed most, of the fifteen that end with ``last``: twelve that follow
    each other are among them. Minutes over all twelve together, weeks of the contract known.

    Source: CT-TEMPS.
    """
    first = min(weeks, default=last)
    found: list[int] = []
    for back in range(15):
        monday = last - WEEK * back
        terms = week_terms(worker, monday)
        if monday >= first and terms is not None and terms.is_part_time:
            found.append(weeks.get(monday, 0) - terms.weekly_minutes)
    return sum(sorted(found, reverse=True)[:12]), len(found)


def night_minutes(line: Timeline, limit: Limit, period: Period) -> dict[date, int]:
    """Return minutes worked in the window of the night, by civil day, none of them empty."""
    found: dict[date, int] = {}
    for when in line.minutes:
        if when not in period:
            continue
        early = line.worked_within(clock_minute(when, 0), clock_minute(when, limit.until))
        late = line.worked_within(clock_minute(when, limit.whole), clock_minute(when, DAY_LONG))
        if early + late:
            found[when] = early + late
    return found


def night_window(profile: Profile, worker: Worker, day: date) -> Limit:
    """Return the window of the night that holds for somebody."""
    return limits(profile, worker.regime_on(day), worker.terms_on(day))["NIGHT_WINDOW"]


def sunday_minutes(line: Timeline, period: Period) -> dict[date, int]:
    """Return minutes worked on Sundays, by day."""
    return {
        day: count for day, count in line.minutes.items() if day in period and day.weekday() == 6
    }


def week_terms(worker: Worker, monday: date) -> Terms | None:
    """Return the contract of a civil week: the last one that holds in it."""
    for place in range(6, -1, -1):
        found = worker.terms_on(monday + DAY * place)
        if found is not None:
            return found
    return None
