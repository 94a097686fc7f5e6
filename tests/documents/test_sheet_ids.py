"""The code on a sheet of paper finds its letter and its days again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.documents.registry import Cadence
from cantine_desktop.documents.sheet_ids import read_sheet_id, sheet_id
from cantine_desktop.values.period import Period

DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))
PERIODS = {
    Cadence.DAY: lambda day: Period.through(day, day),
    Cadence.WEEK: Period.week,
    Cadence.MONTH: Period.month,
    Cadence.YEAR: Period.year,
}


@pytest.mark.parametrize(
    ("cadence", "code"),
    [
        (Cadence.DAY, "T-2026-11-18"),
        (Cadence.WEEK, "T-2026-S47"),
        (Cadence.MONTH, "T-2026-11"),
        (Cadence.YEAR, "T-2026"),
    ],
)
def test_each_cadence_has_its_form(cadence, code):
    assert sheet_id("T", PERIODS[cadence](date(2026, 11, 18)), cadence) == code


@given(DAYS, st.sampled_from(Cadence), st.sampled_from(["T", "R", "NC"]))
def test_a_code_gives_back_its_letter_and_its_days(day, cadence, letter):
    period = PERIODS[cadence](day)
    code = sheet_id(letter, period, cadence)
    for typed in (code, code.lower(), f"  {code} ", code.replace("-", " "), code.replace("-", "–")):
        assert read_sheet_id(typed) == (letter, period)


@given(DAYS, DAYS, st.sampled_from(Cadence), st.sampled_from(Cadence))
def test_two_periods_never_share_a_code(day, other, cadence, second):
    one, two = (PERIODS[cadence](day), cadence), (PERIODS[second](other), second)
    assert (sheet_id("T", *one) == sheet_id("T", *two)) == (one == two)


@pytest.mark.parametrize(
    "typed", ["t2026s47", "T 2026 S 47", "T-2026-W47", "t.2026.s47", "T2026-S47"]
)
def test_a_code_is_read_as_people_type_it(typed):
    assert read_sheet_id(typed) == ("T", Period.week(date(2026, 11, 18)))


def test_the_first_days_of_january_may_belong_to_the_week_of_the_year_before():
    assert sheet_id("T", Period.week(date(2027, 1, 1)), Cadence.WEEK) == "T-2026-S53"
    assert read_sheet_id("T-2026-S53") == ("T", Period.week(date(2027, 1, 1)))


@pytest.mark.parametrize(
    "typed",
    [
        "", "T", "2026", "2026-S47", "T-2026-S54", "T-2025-S53", "T-2026-S00", "T-2026-13",
        "T-2026-00", "T-2026-02-30", "T-2026-S", "T-1999-S01", "T-2026-S47-1", "frigo",
        "TTT-2026-S01", "T-2026-S471", "T-2026-1-1-1", "-", "T-20٢٦-S01",
    ],
)  # fmt: skip
def test_nonsense_is_refused(typed):
    assert read_sheet_id(typed) is None


def test_days_are_whole_weeks_from_monday():
    _, period = read_sheet_id("T-2026-S01")
    assert period.first == date(2025, 12, 29)
    assert period.end - period.first == timedelta(7)
