from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.i18n import day_and_month, long_day, short_day
from cantine_desktop.values.typed_day import NotADay, read_day

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9/10", "2026-10-09"),
        ("9-10", "2026-10-09"),
        ("9.10", "2026-10-09"),
        ("9 10", "2026-10-09"),
        ("09/10/26", "2026-10-09"),
        ("9/10/2025", "2025-10-09"),
        ("2026-10-09", "2026-10-09"),
        ("0910", "2026-10-09"),
        ("091025", "2025-10-09"),
        ("09102025", "2025-10-09"),
        ("9", "2026-11-09"),
        ("9 oct", "2026-10-09"),
        ("9 oct.", "2026-10-09"),
        ("9oct", "2026-10-09"),
        ("9 octobre 2025", "2025-10-09"),
        ("9 Octobre 25", "2025-10-09"),
        ("1er mars", "2027-03-01"),
        ("1st march", "2027-03-01"),
        ("3 août", "2026-08-03"),
        ("3 AOUT", "2026-08-03"),
        ("4 fév", "2027-02-04"),
        ("25 déc.", "2026-12-25"),
        ("5/1", "2027-01-05"),
        ("jeu. 9 oct", "2026-10-09"),
        ("mardi 9 octobre", "2026-10-09"),
        ("hier", "2026-11-21"),
        ("Avant-hier", "2026-11-20"),
        ("aujourd’hui", "2026-11-22"),
        ("auj", "2026-11-22"),
        ("demain", "2026-11-23"),
        ("après-demain", "2026-11-24"),
        ("yesterday", "2026-11-21"),
        ("+3", "2026-11-25"),
        ("-2", "2026-11-20"),
        ("- 2", "2026-11-20"),
        ("dimanche", "2026-11-22"),
        ("lundi", "2026-11-16"),
        ("sam", "2026-11-21"),
    ],
)
def test_a_day_is_read_as_people_write_it(text, day):
    assert read_day(text, TODAY) == date.fromisoformat(day)


def test_the_29th_of_february_is_the_nearest_one():
    assert read_day("29/2", date(2027, 12, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text",
    ["", "x", "31/2", "32", "9/13", "0/1", "9 octo", "30/2/2026", "9/10/202", "+99999", "10/"],
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(NotADay):
        read_day(text, TODAY)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_what_the_screen_writes_is_read_back(day):
    assert read_day(short_day(day), TODAY) == read_day(long_day(day), TODAY) == day
    near = TODAY + timedelta(days=day.toordinal() % 180)
    assert read_day(day_and_month(near), TODAY) == near


@given(st.text(max_size=16))
def test_no_text_breaks_the_reader(text):
    try:
        found = read_day(text, TODAY)
    except NotADay:
        found = TODAY
    assert isinstance(found, date)
