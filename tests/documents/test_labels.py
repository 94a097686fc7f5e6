"""Labels fall where the paper is cut."""

from io import BytesIO

import pytest
from reportlab.lib.units import mm

from cantine_desktop.documents.archive import check_pdfa
from cantine_desktop.documents.labels import A4_24, ROLL_62, Label, write_labels
from tests.documents.reading import clipped, letters, pages
from tests.documents.test_fonts import HOSTILE


def labels(frame, given, paper=A4_24, start=1):
    target = BytesIO()
    write_labels(target, frame, given, paper, start)
    return target.getvalue()


def boxes(paper):
    """Left, low, right and high of each place of a page, in points."""
    wide, high = (side * mm for side in paper.size)
    for place in range(paper.places):
        line, column = divmod(place, paper.columns)
        left = paper.corner[0] * mm + column * wide
        top = (paper.page[1] - paper.corner[1]) * mm - line * high
        yield left, top - high, left + wide, top


@pytest.mark.parametrize("paper", [A4_24, ROLL_62])
@pytest.mark.parametrize("words", [*HOSTILE, "Gratin de courge"])
def test_each_label_stays_inside_its_place(frame, paper, words):
    given = [Label(words or "vide", [words] * 3, words, words)] * paper.places
    content = labels(frame, given, paper)
    assert not check_pdfa(content)
    places = list(boxes(paper))
    for _, letter, left, low, right, high in letters(content):
        assert any(
            a + 2 * mm < left and b + mm < low and right < c - 2 * mm and high < d - mm
            for a, b, c, d in places
        ), letter
    assert not clipped(content, mm)


def test_printing_starts_at_the_first_free_place(frame):
    content = labels(frame, [Label(f"É{n}") for n in range(1, 26)], start=3)
    texts = pages(content)
    assert len(texts) == 2
    assert "É22" in texts[0]
    assert "É23" in texts[1]
    third = list(boxes(A4_24))[2]
    _, _, left, low, *_ = next(letters(content))
    assert third[0] < left < third[2]
    assert third[1] < low < third[3]


def test_a_roll_has_one_label_a_page(frame):
    assert len(pages(labels(frame, [Label("A"), Label("B")], ROLL_62))) == 2


def test_a_place_the_sheet_has_not_is_refused(frame):
    for start in (0, 25):
        with pytest.raises(ValueError, match="places 1 to 24"):
            labels(frame, [Label("A")], start=start)
    with pytest.raises(ValueError, match="no label"):
        labels(frame, [])
