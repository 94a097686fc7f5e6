"""What may be typed in the columns of a register, and what is answered to the rest."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.registers.register import Choice, Column, Kind
from cantine_desktop.hygiene.registers.typing import Where, read_value, write_value
from cantine_desktop.values.period import Period

FRIDAY = date(2026, 11, 20)
WEEK = Period.week(FRIDAY)
WHERE = Where(WEEK, date(2026, 11, 22), FRIDAY)
METHODS = (Choice("cell", "Cellule"), Choice("ice", "Bain de glace"), Choice("cut", "Découpe"))


def column(kind, **more):
    return Column(more.pop("key", "value"), "Valeur", kind, **more)


def instant(day, hour, minute):
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("mar", 17), ("Mardi", 17), ("me", 18), ("ven.", 20), ("17", 17), ("17/11", 17),
        ("2026-11-18", 18), ("hier", 21), ("auj", 22), ("mar 17", 17), ("lun 16/11", 16),
        ("mar. 17/11", 17),
    ],
)  # fmt: skip
def test_a_day_of_the_sheet_is_typed_in_many_ways(text, day):
    assert read_value(column(Kind.DAY, key="day"), text, WHERE) == date(2026, 11, day)


@pytest.mark.parametrize("text", ["m", "12", "23", "17/10", "demain", "32", "j", "0", "x" * 400])
def test_a_day_that_is_not_of_the_sheet_says_which_are(text):
    with pytest.raises(UserError, match=r"du 16/11 au 22/11"):
        read_value(column(Kind.DAY, key="day"), text, WHERE)


def test_a_week_across_two_months_knows_its_days():
    where = Where(Period.week(date(2026, 12, 1)), date(2026, 12, 6))
    day = column(Kind.DAY, key="day")
    assert read_value(day, "30", where) == date(2026, 11, 30)
    assert read_value(day, "2", where) == date(2026, 12, 2)
    assert read_value(day, "30/11", where) == date(2026, 11, 30)


def test_another_day_of_the_row_is_read_from_its_day():
    other = column(Kind.DAY, key="use_by")
    assert read_value(other, "+3", WHERE) == FRIDAY + timedelta(days=3)
    assert read_value(other, "24/12", WHERE) == date(2026, 12, 24)
    with pytest.raises(UserError, match="n’est pas un jour"):
        read_value(other, "bientôt", WHERE)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("14:30", 14, 30), ("14h30", 14, 30), ("1430", 14, 30), ("14 h 30", 14, 30),
        ("930", 9, 30), ("9h", 9, 0), ("9", 9, 0), ("14.30", 14, 30), ("14H05", 14, 5),
        ("14:30:00", 14, 30),
    ],
)  # fmt: skip
def test_an_hour_is_typed_in_many_ways(text, hour, minute):
    assert read_value(column(Kind.TIME), text, WHERE) == instant(20, hour, minute)


@pytest.mark.parametrize("text", ["24:00", "14:60", "25h", "midi", "14:3", "99999", "-1", "1:2:3"])
def test_what_is_no_hour_says_what_to_type(text):
    with pytest.raises(UserError, match="14:30, 14h30 ou 1430"):
        read_value(column(Kind.TIME), text, WHERE)


def test_an_hour_before_the_one_it_follows_is_of_the_next_day():
    end = column(Kind.TIME, after="start")
    where = Where(WEEK, FRIDAY, FRIDAY, instant(20, 23, 10))
    assert read_value(end, "0h40", where) == instant(21, 1, 40) - timedelta(hours=1)
    assert read_value(end, "23:10", where) == instant(20, 23, 10)
    assert read_value(end, "23:40", where) == instant(20, 23, 40)


def test_an_hour_waits_for_the_day():
    with pytest.raises(UserError, match="d’abord le jour"):
        read_value(column(Kind.TIME), "14:30", Where(WEEK, FRIDAY))


def test_numbers_take_a_comma_or_a_point_and_no_more_decimals_than_kept():
    kilos = column(Kind.NUMBER, places=3)
    assert read_value(kilos, "3,25", WHERE) == Decimal("3.25")
    assert read_value(kilos, "3.25", WHERE) == Decimal("3.25")
    assert read_value(column(Kind.CELSIUS), "−18,5 °C", WHERE) == Decimal("-18.5")
    assert read_value(column(Kind.NUMBER), "12", WHERE) == 12
    for kind, text in (
        (Kind.CELSIUS, "3,25"), (Kind.NUMBER, "1,5"), (Kind.CELSIUS, "400"),
        (Kind.CELSIUS, "froid"),
        (Kind.NUMBER, "9999999"), (Kind.NUMBER, "1e5"), (Kind.CELSIUS, "NaN"), (Kind.NUMBER, "inf"),
    ):  # fmt: skip
        with pytest.raises(UserError, match="«"):
            read_value(column(kind), text, WHERE)


def test_choices_are_typed_by_their_first_letters():
    method = column(Kind.CHOICE, choices=METHODS)
    for text, value in (("ce", "cell"), ("b", "ice"), ("DÉCOUPE", "cut"), ("cell", "cell")):
        assert read_value(method, text, WHERE) == value
    with pytest.raises(UserError, match="Cellule, Bain de glace, Découpe"):
        read_value(method, "frigo", WHERE)
    twins = column(Kind.CHOICE, choices=(Choice("a", "Réserve"), Choice("b", "Refusé")))
    with pytest.raises(UserError, match="Plusieurs"):
        read_value(twins, "r", WHERE)


@pytest.mark.parametrize(("text", "value"), [("c", True), ("NC", False), ("ok", True)])
def test_a_check_is_c_or_nc(text, value):
    assert read_value(column(Kind.CHECK), text, WHERE) is value


def test_not_asked_and_nonsense_are_not_conform():
    for text in ("so", "S.O.", "peut-être", "1"):
        with pytest.raises(UserError):
            read_value(column(Kind.CHECK), text, WHERE)
    assert read_value(column(Kind.CHECK), " ", WHERE) is None


def test_yes_and_no():
    assert read_value(column(Kind.YES_NO), "O", WHERE) is True
    assert read_value(column(Kind.YES_NO), "non", WHERE) is False
    with pytest.raises(UserError, match="« o » pour oui"):
        read_value(column(Kind.YES_NO), "bof", WHERE)


def test_texts_lose_their_line_breaks_and_are_never_endless():
    text = column(Kind.TEXT)
    assert read_value(text, " Soupe\n de\tcourge\x00 ", WHERE) == "Soupe de courge"
    assert read_value(text, "=1+1", WHERE) == "=1+1"
    with pytest.raises(UserError, match="300"):
        read_value(text, "x" * 301, WHERE)
    with pytest.raises(UserError, match="20"):
        read_value(column(Kind.INITIALS), "x" * 21, WHERE)


@pytest.mark.parametrize(
    ("kind", "more", "text"),
    [
        (Kind.DAY, {"key": "day"}, "mar"), (Kind.DAY, {}, "24/11"), (Kind.TIME, {}, "14h05"),
        (Kind.CELSIUS, {}, "-18"), (Kind.NUMBER, {"places": 3}, "1234,5"), (Kind.NUMBER, {}, "42"),
        (Kind.CHOICE, {"choices": METHODS}, "bain"), (Kind.YES_NO, {}, "o"), (Kind.CHECK, {}, "nc"),
        (Kind.TEXT, {}, "Soupe"), (Kind.INITIALS, {}, "AM"),
    ],
)  # fmt: skip
def test_what_is_shown_may_be_typed_back(kind, more, text):
    typed = column(kind, **more)
    value = read_value(typed, text, WHERE)
    assert read_value(typed, write_value(typed, value), WHERE) == value
