"""Tables keep every word, align their numbers, and flow over as many pages as they need."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.units import mm

from cantine_desktop.documents.archive import check_pdfa
from cantine_desktop.documents.styles import Align
from cantine_desktop.documents.tables import Band, Column, Total, ruled_table
from tests.documents.reading import body, clipped, pages, written
from tests.documents.test_fonts import HOSTILE

COLUMNS = [Column("Nom", 3), Column("Montant", 1, Align.RIGHT)]


def test_the_head_repeats_and_every_row_is_printed_once(frame):
    texts = pages(
        written(frame, [ruled_table(COLUMNS, [(f"ligne {n};", "1") for n in range(200)])])
    )
    assert len(texts) > 3
    assert all("Nom" in text and "Montant" in text for text in texts)
    whole = "".join(texts)
    assert all(whole.count(f"ligne {n};") == 1 for n in range(200))


def test_numbers_end_at_the_same_place(frame):
    content = written(frame, [ruled_table(COLUMNS, [("a", "7"), ("b", "1 234 567"), ("c", "-9")])])
    right = max(x for _, letter, _, _, x, _ in body(content) if letter in "79")
    ends = [x for _, letter, _, _, x, _ in body(content) if letter in "79" and right - x < 1]
    assert len(ends) == 3


def test_a_text_too_wide_is_wrapped_inside_its_column(frame):
    words = "mot " * 40 + "x" * 200
    content = written(frame, [ruled_table([Column("A"), Column("B")], [(words, "Z")])])
    start_of_second = next(x for _, letter, x, *_ in body(content) if letter == "Z")
    assert all(r < start_of_second for _, letter, _, _, r, _ in body(content) if letter in "motx")
    assert sum(letter == "x" for _, letter, *_ in body(content)) == 200


def test_a_row_longer_than_a_page_goes_on_over_the_next(frame):
    words = " ".join(f"mot{n}." for n in range(1500))
    content = written(frame, [ruled_table(COLUMNS, [(words, "1")])])
    whole = "".join(pages(content)).replace("\n", " ")
    assert all(f"mot{n}." in whole for n in range(1500))
    assert not clipped(content, 11 * mm)


def test_a_band_never_ends_a_page(frame):
    for count in range(30, 50):
        rows = [("x", "1")] * count + [Band("Famille"), ("dernier", "2")]
        for text in pages(written(frame, [ruled_table(COLUMNS, rows)])):
            assert ("Famille" in text) == ("dernier" in text)


def test_a_row_that_has_not_one_text_per_column_is_refused():
    with pytest.raises(ValueError, match="2 columns, but a row of 3"):
        ruled_table(COLUMNS, [("a", "b", "c")])
    with pytest.raises(ValueError, match="2 columns, but a row of 1"):
        ruled_table(COLUMNS, [Total(["a"])])


def test_a_table_without_rows_shows_its_head(frame):
    assert "Montant" in pages(written(frame, [ruled_table(COLUMNS, [])]))[0]


def test_more_characters_than_one_part_of_a_font_holds_are_all_printed(frame):
    alphabet = "".join(map(chr, [*range(0x21, 0x7F), *range(0xA1, 0x180), *range(0x391, 0x3A1)]))
    content = written(frame, [ruled_table([Column("A")], [(alphabet,)])])
    text = pages(content)[0].replace("\n", "")
    assert all(letter in text for letter in alphabet if letter != "\u00ad")
    assert not check_pdfa(content)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(max_size=120) | st.sampled_from(HOSTILE), min_size=1, max_size=40))
def test_whatever_the_cells_hold_stays_inside_the_page(frame, texts):
    rows = [(text, text) for text in texts] + [Band(texts[0]), Total([texts[0], "1"])]
    columns = [Column(texts[0], 3), Column("Montant", 1, Align.RIGHT)]
    assert not clipped(written(frame, [ruled_table(columns, rows)]), 11 * mm)
