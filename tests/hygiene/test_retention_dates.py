"""From which day a record may be destroyed, to the day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.hygiene.retention.classes import RETENTION, Retention
from cantine_desktop.hygiene.retention.dates import Facts, may_go_from, months_after

MONTHS = [
    (date(2025, 8, 31), 6, date(2026, 2, 28)),
    (date(2023, 8, 31), 6, date(2024, 2, 29)),
    (date(2024, 2, 29), 12, date(2025, 2, 28)),
    (date(2024, 2, 29), 48, date(2028, 2, 29)),
    (date(2026, 1, 31), 1, date(2026, 2, 28)),
    (date(2026, 1, 31), 2, date(2026, 3, 31)),
    (date(2026, 12, 31), 1, date(2027, 1, 31)),
    (date(2026, 11, 22), 0, date(2026, 11, 22)),
    (date(2026, 11, 22), 36, date(2029, 11, 22)),
]


@pytest.mark.parametrize(("day", "months", "expected"), MONTHS)
def test_months_end_on_the_same_number_or_on_the_last_day(day, months, expected):
    assert months_after(day, months) == expected


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 700))
def test_months_never_skip_one_and_never_go_back(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and months_after(later, 0) == later)


def test_a_record_stands_on_its_last_day_and_may_go_on_the_next():
    kept = may_go_from(Retention.MONITORING, Facts(date(2026, 1, 31)), 6)
    assert kept == date(2026, 8, 1)


D = date(2026, 3, 10)

CASES = {
    "monitoring by default": (Retention.MONITORING, Facts(D), None, date(2027, 3, 11)),
    "monitoring of food dated far": (
        Retention.MONITORING,
        Facts(D, best_before=date(2028, 1, 15)),
        None,
        date(2028, 7, 16),
    ),
    "monitoring of food dated near": (
        Retention.MONITORING,
        Facts(D, use_by=date(2026, 3, 20)),
        6,
        date(2026, 9, 21),
    ),
    "traceability without a life": (Retention.TRACEABILITY, Facts(D), 6, date(2031, 3, 11)),
    "traceability of a short DLC": (
        Retention.TRACEABILITY,
        Facts(D, use_by=date(2026, 3, 20)),
        6,
        date(2026, 9, 21),
    ),
    "traceability of a DLC of three months exactly": (
        Retention.TRACEABILITY,
        Facts(D, use_by=date(2026, 6, 10)),
        6,
        date(2031, 3, 11),
    ),
    "traceability of a short DLC, kept five years by choice": (
        Retention.TRACEABILITY,
        Facts(D, use_by=date(2026, 3, 20)),
        None,
        date(2031, 3, 11),
    ),
    "traceability undated": (
        Retention.TRACEABILITY,
        Facts(D, is_undated=True),
        6,
        date(2026, 9, 11),
    ),
    "traceability beyond five years": (
        Retention.TRACEABILITY,
        Facts(D, best_before=date(2032, 1, 31)),
        None,
        date(2032, 8, 1),
    ),
    "verification": (Retention.VERIFICATION, Facts(D), None, date(2029, 3, 11)),
    "refusal": (Retention.ALLERGEN_REFUSAL, Facts(D), None, date(2029, 3, 11)),
    "refusal, last meal later": (
        Retention.ALLERGEN_REFUSAL,
        Facts(D, last_meal=date(2026, 12, 31)),
        None,
        date(2030, 1, 1),
    ),
    "briefing": (Retention.BRIEFING, Facts(D), None, date(2026, 9, 11)),
    "permanent": (Retention.PERMANENT, Facts(D), None, None),
}


@pytest.mark.parametrize(("retention", "facts", "months", "expected"), CASES.values(), ids=CASES)
def test_each_class_is_kept_as_long_as_its_text_says(retention, facts, months, expected):
    assert may_go_from(retention, facts, months) == expected


@given(
    st.sampled_from(sorted(set(Retention) - {Retention.PERMANENT})),
    st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    st.integers(0, 600),
    st.none() | st.dates(date(2000, 1, 1), date(2070, 1, 1)),
)
def test_no_choice_shortens_what_the_text_asks(retention, day, months, use_by):
    facts = Facts(day, use_by=use_by)
    chosen = may_go_from(retention, facts, months)
    assert chosen >= may_go_from(retention, facts, 0)
    assert chosen > months_after(day, max(months, RETENTION[retention].least_months))
