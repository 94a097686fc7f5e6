"""Public holidays and school holidays of the département of the canteen."""

from datetime import date

import pytest

from cantine_desktop.canteen.holidays import public_holiday, public_holidays
from cantine_desktop.canteen.school import school_holiday, school_holidays, school_zone
from cantine_desktop.values.period import Period


def test_alsace_and_moselle_have_two_holidays_more_than_the_rest_of_france():
    rest = public_holidays("69", 2026)
    assert len(rest) == 11
    for department in ("67", "68", "57"):
        more = public_holidays(department, 2026)
        assert {day: more[day] for day in more.keys() - rest.keys()} == {
            date(2026, 4, 3): "Vendredi saint",
            date(2026, 12, 26): "Saint-Étienne",
        }


def test_a_department_beside_them_does_not():
    assert not public_holiday("54", date(2026, 12, 26))
    assert not public_holiday("88", date(2026, 4, 3))


def test_names_are_french_and_well_written():
    assert public_holiday("75", date(2027, 1, 1)) == "Jour de l’an"
    assert public_holiday("2A", date(2027, 7, 14)) == "Fête nationale"


def test_overseas_departments_remember_the_end_of_slavery():
    assert date(2026, 5, 22) in public_holidays("972", 2026)
    assert date(2026, 12, 20) in public_holidays("974", 2026)


def test_an_unknown_department_has_those_of_the_rest_of_france():
    assert public_holidays("", 2026) == public_holidays("69", 2026)
    assert public_holidays("999", 2026) == public_holidays("69", 2026)


def test_two_holidays_on_one_day_are_one_day():
    assert len(public_holidays("69", 2008)) == 10
    assert public_holiday("69", date(2008, 5, 1)).count(";") <= 1


@pytest.mark.parametrize(
    ("department", "zone"),
    [("67", "B"), ("69", "A"), ("75", "C"), ("1", "A"), ("2A", ""), ("971", ""), ("", "")],
)
def test_each_department_knows_its_zone(department, zone):
    assert school_zone(department) == zone


def test_every_department_of_the_mainland_has_a_zone():
    numbers = [f"{n:02}" for n in range(1, 96) if n != 20]
    assert all(school_zone(number) for number in numbers)


def test_a_day_is_in_the_holidays_of_its_zone_and_not_in_those_of_another():
    assert school_holiday("69", date(2026, 2, 9)) == "Vacances d’hiver"
    assert not school_holiday("67", date(2026, 2, 9))
    assert school_holiday("67", date(2026, 11, 1)) == "Vacances de la Toussaint"
    assert not school_holiday("67", date(2026, 11, 2))
    assert not school_holiday("2A", date(2026, 12, 25))


def test_holidays_that_touch_a_period_come_whole_and_in_order():
    found = school_holidays("B", Period(date(2026, 2, 20), date(2026, 4, 12)))
    assert [(each.first, each.last, each.name) for each in found] == [
        (date(2026, 2, 14), date(2026, 3, 1), "Vacances d’hiver"),
        (date(2026, 4, 11), date(2026, 4, 26), "Vacances de printemps"),
    ]


def test_outside_the_years_it_knows_it_says_nothing():
    assert school_holidays("B", Period.year(date(2031, 1, 1))) == []
    assert not school_holiday("67", date(2031, 7, 20))
