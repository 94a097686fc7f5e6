import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.kit.clipboard import plain, read_block, write_block


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("", []),
        ("\r\n\r\n", []),
        ("3,1", [["3,1"]]),
        ("3,1\r\n", [["3,1"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\nc\td", [["a", "b"], ["c", "d"]]),
        ("a\rb", [["a"], ["b"]]),
        ("a\tb\r\nc", [["a", "b"], ["c", ""]]),
        ('"deux\nlignes"\tb', [["deux\nlignes", "b"]]),
        ('"il dit ""oui"""\tb', [['il dit "oui"', "b"]]),
        ('5" de tuyau\tb', [['5" de tuyau', "b"]]),
        ("fusion\t\t\r\n1\t2\t3", [["fusion", "", ""], ["1", "2", "3"]]),
        ("\t3,1", [["", "3,1"]]),
        ("a\r\n\r\nb", [["a"], [""], ["b"]]),
    ],
)
def test_a_block_is_read_as_spreadsheets_write_it(text, block):
    assert read_block(text) == block


def test_numbers_leave_as_spreadsheets_take_them():
    assert plain("−1\u202f234,50\u00a0€") == "-1234,50"
    assert plain("−18,5\u00a0°C") == "-18,5"
    assert plain("Chambre froide 2") == "Chambre froide 2"
    assert plain("12 h 30") == "12 h 30"


WORDS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="−"), min_size=1)


@given(st.lists(st.lists(WORDS, min_size=2, max_size=2), min_size=1, max_size=4))
def test_what_is_copied_is_pasted(lines):
    assert read_block(write_block(lines)) == [[plain(cell) for cell in line] for line in lines]
