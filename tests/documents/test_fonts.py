"""The words people type fit, whatever they type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.documents import fonts
from cantine_desktop.documents.fonts import (
    PLACEHOLDER,
    REGULAR,
    clamp,
    fit,
    printable,
    text_width,
    wrap,
)

HOSTILE = [
    "",
    " ",
    "<b>gras</b> & <para>",
    "Rémi 🙂👩🏽‍🍳 fin",
    "مطبخ الحي",
    "食堂",
    "x" * 400,
    "un mot " * 300,
    "a\nb\r\nc\td\x00e\x07f",
    "\u202eenvers\u202c",
    "e\u0301te\u0301",
    r"(paren \ thèse) %s {x}",
    "12\u202f345,00\u00a0€",
]


def test_every_face_writes_what_french_paper_needs():
    for face in fonts.FACES:
        for character in "\u202f\u00a0☐☑✓✗−–—œŒæÉÀçŸ’«»…€°≤≥½²●○□→·":
            assert text_width(character, face, 10) > 0, (face, character)


def test_a_narrow_no_break_space_is_narrower_than_a_space():
    assert text_width("\u202f", REGULAR, 10) < text_width(" ", REGULAR, 10)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("e\u0301te\u0301", "été"),
        ("Rémi 🙂", f"Rémi {PLACEHOLDER}"),
        ("食堂", PLACEHOLDER * 2),
        ("👩🏽\u200d🍳", PLACEHOLDER * 3),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("a\tb\x00c", "a b c"),
        ("\u202eenvers", "envers"),
        ("un\r\ndeux", "un\ndeux"),
        ("<b>gras</b> & co", "<b>gras</b> & co"),
    ],
)
def test_what_cannot_be_written_is_shown_as_missing(typed, printed):
    assert printable(typed) == printed


def test_no_break_spaces_hold_words_together():
    assert wrap("prix\u202f: 12\u00a0€", REGULAR, 10, 35) == ["prix\u202f:", "12\u00a0€"]


def test_compound_words_break_after_the_hyphen_and_codes_do_not():
    width = text_width("chou-fleur", REGULAR, 10) - 1
    assert wrap("chou-fleur", REGULAR, 10, width) == ["chou-", "fleur"]
    width = text_width("voir T-2026-S47", REGULAR, 10) - 1
    assert wrap("voir T-2026-S47", REGULAR, 10, width) == ["voir", "T-2026-S47"]


@given(st.text(max_size=200) | st.sampled_from(HOSTILE), st.floats(12, 400))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text, width):
    lines = wrap(text, REGULAR, 10, width)
    assert lines
    assert all(text_width(line, REGULAR, 10) <= width + 0.01 for line in lines if len(line) > 1)
    kept = "".join(lines).replace(" ", "").replace("\n", "")
    assert kept == printable(text).replace(" ", "").replace("\n", "")


@given(st.text(max_size=300) | st.sampled_from(HOSTILE), st.floats(30, 400))
def test_one_line_shrinks_then_is_cut_but_never_overflows(text, width):
    words, size = fit(text, REGULAR, 12, width)
    assert text_width(words, REGULAR, size) <= width + 0.01
    assert 7 <= size <= 12
    assert "\n" not in words


def test_lines_left_out_are_said_to_be():
    lines = clamp(["un", "deux", "trois"], 2, REGULAR, 10, 100)
    assert lines == ["un", "deux…"]
