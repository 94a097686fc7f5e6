"""Every page says who, what, when, and how many; the same content gives the same bytes."""

import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import numpy as np
import pikepdf
import pytest
from reportlab.lib.units import mm

from cantine_desktop.documents.archive import check_pdfa
from cantine_desktop.documents.styles import (
    box,
    heading,
    lead,
    paragraph,
    small,
    title,
    writing_lines,
)
from cantine_desktop.i18n import use_language
from tests.documents.reading import clipped, letters, pages, picture, written
from tests.documents.test_fonts import HOSTILE

LONG = "Une phrase assez longue pour remplir une ligne entière de la page. " * 12


def test_each_page_says_who_what_when_and_how_many(frame):
    texts = pages(written(frame, [paragraph(LONG) for _ in range(12)]))
    assert len(texts) > 1
    for number, text in enumerate(texts, 1):
        for words in ("La Petite Cantine", "Feuille de températures", "semaine 47"):
            assert words in text
        assert f"page {number}/{len(texts)}" in text
        assert "Imprimé le 22/11/2026 à 08:30" in text
        assert "À conserver 12 mois" in text
        assert "T-2026-S47" in text


def test_an_empty_story_still_makes_a_page(frame):
    assert "page 1/1" in pages(written(frame, []))[0]


def test_a_page_exactly_full_is_not_followed_by_an_empty_one(frame):
    height = frame.room[1]
    assert len(pages(written(frame, [writing_lines("", int(height // (8 * mm)))]))) == 1


def test_the_same_content_gives_the_same_bytes_in_any_process(tmp_path):
    program = "import sys; from tests.golden.documents import specimen; specimen(sys.stdout.buffer)"
    made = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ".", "MPLCONFIGDIR": str(tmp_path)},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(made) == 1
    assert made.pop().startswith(b"%PDF-1.7")


def test_the_properties_say_title_author_language_and_the_only_date(frame):
    with pikepdf.open(BytesIO(written(frame, []))) as pdf:
        assert str(pdf.docinfo.Title) == "Feuille de températures"
        assert str(pdf.docinfo.Author) == "La Petite Cantine"
        assert str(pdf.docinfo.CreationDate) == "D:20261122083000+01'00'"
        assert str(pdf.Root.Lang) == "fr"
        fonts = {str(o.BaseFont) for o in pdf.objects if _is_font(o)}
    assert fonts
    assert all("SourceSans3" in font for font in fonts)


def _is_font(thing):
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"


def test_in_english_the_frame_is_english(frame):
    use_language("en")
    content = written(frame, [])
    with pikepdf.open(BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == "en"


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_people_type_is_printed_inside_the_page(frame, words, landscape):
    frame = replace(
        frame, canteen=words, title=words, period=words, footer=words, landscape=landscape
    )
    kinds = (title, heading, paragraph, small, lead)
    story = [*(kind(words) for kind in kinds), box(words, [words, "b"]), writing_lines("Suites", 2)]
    content = written(frame, story)
    assert not check_pdfa(content)
    assert not clipped(content, 11 * mm)


def test_markup_typed_by_people_is_printed_as_typed(frame):
    text = "".join(pages(written(frame, [paragraph("<b>pas gras</b> & <para/>")])))
    assert "<b>pas gras</b> & <para/>" in text


def test_french_spaces_and_boxes_leave_ink(frame):
    blank = picture(written(frame, []))
    drawn = picture(written(frame, [paragraph("☐ ✓ − œ ’ 12\u202f345\u202f?")]))
    assert (np.asarray(drawn) < 128).sum() > (np.asarray(blank) < 128).sum() + 20


def test_a_heading_never_ends_a_page(frame):
    for count in range(40, 60):
        story = [*(paragraph("x") for _ in range(count)), heading("Titre seul"), paragraph("suite")]
        for text in pages(written(frame, story)):
            assert ("Titre seul" in text) == ("suite" in text)


def test_a_long_note_goes_on_over_the_page(frame):
    content = written(frame, [box("Consignes", [f"Consigne {n} : {LONG}" for n in range(12)])])
    text = "".join(pages(content))
    assert all(f"Consigne {n} " in text for n in range(12))
    assert not clipped(content, 11 * mm)


def test_a_bare_page_has_nothing_around_its_content(frame):
    content = written(replace(frame, bare=True), [paragraph("seul")])
    assert "".join(character for _, character, *_ in letters(content)) == "seul"
