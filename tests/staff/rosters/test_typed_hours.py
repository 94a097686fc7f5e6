"""Hours as they are typed in a cell, and as they are shown."""

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.staff.rosters.model import Post
from cantine_desktop.staff.rosters.typed_hours import ShiftFacts, day_text, read_hours

EIGHT = 8 * 60 + 30


@pytest.mark.parametrize(
    "text",
    ["8:30-15:30", "8h30-15h30", "8h30 15h30", "08:30–15:30", "8 h 30 à 15 h 30", " 8:30 - 15:30 "],
)
def test_hours_are_read_however_they_are_typed(text):
    assert read_hours(text) == (ShiftFacts(EIGHT, 15 * 60 + 30),)


def test_two_shifts_a_break_and_a_post_are_read():
    assert read_hours("9-12 14-18") == (ShiftFacts(540, 720), ShiftFacts(840, 1080))
    assert read_hours("9-15 p30 plonge, 18-22 acc") == (
        ShiftFacts(540, 900, Post.DISHES, 30),
        ShiftFacts(1080, 1320, Post.WELCOME),
    )


def test_an_evening_goes_past_midnight():
    assert read_hours("18-0:30") == (ShiftFacts(1080, 1470),)
    assert read_hours("18-24") == (ShiftFacts(1080, 1440),)
    assert read_hours("18-0") == (ShiftFacts(1080, 1440),)


@pytest.mark.parametrize("text", ["", "-", "repos", "Repos", " "])
def test_nothing_is_a_day_off(text):
    assert read_hours(text) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("demain", "n’est pas un horaire"),
        ("8", "n’est pas un horaire"),
        ("8-25", "25"),
        ("8:70-9", "n’est pas une heure"),
        ("24-8", "n’est pas une heure"),
        ("9-9", "n’est pas un horaire"),
        ("9-10 p90", "ne tient pas"),
        ("9-12 11-15", "se chevauchent"),
        ("14-18 9-12", "se chevauchent"),
        ("9-12 bricolage", "n’est pas un horaire"),
        ("9" * 400, "Trop long"),
        ("=CMD()", "n’est pas un horaire"),
    ],
)
def test_what_is_no_hours_is_refused_with_a_sentence(text, told):
    with pytest.raises(UserError, match=told):
        read_hours(text)


@pytest.mark.parametrize("text", ["8:30–15:30", "9–12, 14–18", "18–0:30 p20", "20–0"])
def test_what_a_cell_shows_is_read_back(text):
    assert day_text(read_hours(text)) == text
