from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.i18n import number
from cantine_desktop.values.typed import Ambiguous, NotANumber, TooPrecise, read_decimal

READ = [
    ("0", "0"),
    ("7", "7"),
    ("12,5", "12.5"),
    ("12.5", "12.5"),
    (" 12,5 ", "12.5"),
    ("12,50 €", "12.50"),
    ("12,50\u00a0€", "12.50"),
    ("€12.50", "12.50"),
    ("€ 12,50", "12.50"),
    ("12 EUR", "12"),
    ("3 euros", "3"),
    ("3,4 °C", "3.4"),
    ("3,4°", "3.4"),
    ("-18 °C", "-18"),
    ("5,5 %", "5.5"),
    (",5", "0.5"),
    (".5", "0.5"),
    ("5,", "5"),
    ("5.", "5"),
    ("+4", "4"),
    ("-4", "-4"),
    ("- 4", "-4"),
    ("−4,25", "-4.25"),
    ("–4", "-4"),
    ("4-", "-4"),
    ("12,50-", "-12.50"),
    ("(12,50)", "-12.50"),
    ("(12,50 €)", "-12.50"),
    ("( 12 )", "-12"),
    ("1 234", "1234"),
    ("1 234,50", "1234.50"),
    ("1\u00a0234,50", "1234.50"),
    ("1\u202f234,50\u00a0€", "1234.50"),
    ("1\u2009234", "1234"),
    ("−1\u202f234,50\u00a0€", "-1234.50"),
    ("12 345 678,9", "12345678.9"),
    ("1'234.50", "1234.50"),
    ("1’234", "1234"),
    ("1.234,50", "1234.50"),
    ("1,234.50", "1234.50"),
    ("1.234.567", "1234567"),
    ("1,234,567", "1234567"),
    ("1.234.567,89", "1234567.89"),
    ("1,234,567.89", "1234567.89"),
    ("1,234", "1.234"),
    ("0.234", "0.234"),
    ("0,125", "0.125"),
    ("1234.567", "1234.567"),
    ("1.2345", "1.2345"),
    ("1.23", "1.23"),
    ("1234", "1234"),
    ("0012", "12"),
    ("12+8,5", "20.5"),
    ("12 + 8,5", "20.5"),
    ("12 € + 8,50 €", "20.50"),
    ("10-2,5", "7.5"),
    ("1+2+3", "6"),
    ("-1-2", "-3"),
    ("1 234 + 5", "1239"),
    ("7+3.5+0,25", "10.75"),
    ("99999999999,99", "99999999999.99"),
]

REFUSED = [
    "",
    " ",
    "froid",
    "12a",
    "a12",
    "1,2,3",
    "1.2.3",
    "12 50",
    "1 23",
    "1 234 + 12 5",
    "1,234.567,8",
    "12..5",
    "12,,5",
    "1.234,5.6",
    "12,34.567",
    "--4",
    "4--",
    "(12",
    "12)",
    "((12))",
    "-(12)",
    "(-12)",
    "+",
    "-",
    ",",
    ".",
    "€",
    "12+",
    "12++3",
    "2*3",
    "1e5",
    "NaN",
    "Infinity",
    "٣",
    "²",
    "1/2",
    "12:30",
    "1.234+5",
    "9" * 61,
]


@pytest.mark.parametrize(("text", "value"), READ)
def test_a_number_is_read_as_people_write_it(text, value):
    assert read_decimal(text) == Decimal(value)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NotANumber):
        read_decimal(text)


@pytest.mark.parametrize(
    ("text", "places", "readings"),
    [
        ("1.234", None, ("1234", "1.234")),
        ("12.500", 3, ("12500", "12.500")),
        ("-1.234", None, ("-1234", "-1.234")),
        ("(1.234 €)", None, ("-1234", "-1.234")),
        ("1.234", 2, ("1234",)),
        ("1.230", 2, ("1230", "1.230")),
    ],
)
def test_a_point_before_three_digits_is_asked_about(text, places, readings):
    with pytest.raises(Ambiguous) as caught:
        read_decimal(text, places)
    assert caught.value.readings == tuple(map(Decimal, readings))


def test_people_who_group_with_commas_are_asked_about_commas_too():
    with pytest.raises(Ambiguous) as caught:
        read_decimal("1,234", comma_groups=True)
    assert caught.value.readings == (Decimal(1234), Decimal("1.234"))


@pytest.mark.parametrize(("text", "places"), [("12,345", 2), ("3,14", 1), ("2,5", 0)])
def test_too_many_decimals_are_refused_not_rounded(text, places):
    with pytest.raises(TooPrecise) as caught:
        read_decimal(text, places)
    assert caught.value.places == places


def test_zeros_at_the_end_are_not_decimals():
    assert read_decimal("12,500", 1) == Decimal("12.5")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_what_the_screen_writes_is_read_back(value):
    assert read_decimal(number(value)) == value


@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text):
    with suppress(NotANumber, Ambiguous):
        assert read_decimal(text).is_finite()
