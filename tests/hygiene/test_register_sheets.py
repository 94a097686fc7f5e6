"""The sheet of any register, read back from the paper."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdfium2 import PdfDocument

from cantine_desktop.documents.grids import LEAST_MM
from cantine_desktop.hygiene.registers import recording, signing
from cantine_desktop.hygiene.registers.sheets import documents_of
from cantine_desktop.values.period import Period
from tests.hygiene import chilling
from tests.hygiene.chilling import CHILLING
from tests.hygiene.test_registers import FRIDAY, MONDAY, SUNDAY, at

BLANK, FILLED = documents_of(CHILLING)
WEEK = Period.week(MONDAY)


@pytest.fixture
def kitchen(book):
    chilling.enter(book.engine)
    yield book
    chilling.leave()


@pytest.fixture
def paper(kitchen):
    """Return a function that prints a document and returns its text, page by page."""

    def write(document, period=WEEK):
        target = BytesIO()
        with kitchen.read() as session:
            document.write(session, period, kitchen.clock(), target)
        pages = PdfDocument(target.getvalue())
        return [page.get_textpage().get_text_range() for page in pages]

    return write


def add(book, **values):
    with book.action("Fiche") as session:
        return recording.add(session, CHILLING, values, book.clock()).id


def test_the_two_documents_are_named_after_the_register():
    assert [document.key for document in (BLANK, FILLED)] == [
        "chilling-week-blank",
        "chilling-week",
    ]
    assert {(document.sheet, document.screen) for document in (BLANK, FILLED)} == {
        ("ZZ", "records")
    }


def test_a_blank_sheet_has_every_column_its_limits_its_code_and_a_place_to_sign(paper):
    text = "\n".join(paper(BLANK))
    for column in CHILLING.columns:
        assert column.title.split()[0] in text
    assert "ZZ-2026-S47" in text
    assert "+63 à +10 °C en 2 h" in text
    assert "Visa du responsable" in text
    assert LEAST_MM == 8


def test_many_rows_run_over_pages_under_the_same_head(kitchen, paper):
    for place in range(60):
        add(kitchen, day=FRIDAY, dish=f"Plat {place}")
    pages = paper(FILLED)
    assert len(pages) > 1
    assert all("Préparation" in page for page in pages[:-1])
    assert "Plat 59" in "\n".join(pages)


def test_a_filled_sheet_shows_breach_late_hole_and_what_was_struck(kitchen, paper):
    add(kitchen, day=FRIDAY, dish="Soupe", start=at(14), end=at(15), end_celsius=Decimal("8.5"))
    add(kitchen, day=FRIDAY, dish="Gratin", start=at(14), end=at(18), end_celsius=Decimal(18))
    add(kitchen, day=FRIDAY, dish="Riz")
    text = "\n".join(paper(FILLED))
    assert "▲" in text
    assert "240 min" in text
    assert "noté le 22/11" in text
    assert "incomplète" in text
    assert "3 lignes notées après leur jour" in text
    with kitchen.action("Signer") as session:
        signing.sign_sheet(session, CHILLING, MONDAY, "AM", "", kitchen.clock())
    with kitchen.action("Corriger") as session:
        recording.correct(
            session, CHILLING, 1, {"end_celsius": Decimal(9)}, "Mal lu", "JB", kitchen.clock()
        )
        recording.void(session, CHILLING, 3, "Pas cuit", "JB", kitchen.clock())
    text = "\n".join(paper(FILLED))
    for words in ("8,5", "9,0", "corrigée", "Mal lu", "annulée", "Pas cuit", "signée par AM"):
        assert words in text, words


def test_an_empty_week_says_so_and_who_signed_that(kitchen, paper):
    past = Period.week(date(2026, 11, 10))
    assert "personne n’a dit pourquoi" in "\n".join(paper(FILLED, past))
    assert "pas encore" not in "\n".join(paper(FILLED, past))
    with kitchen.action("Signer") as session:
        note = "Rien cette semaine"
        signing.sign_sheet(session, CHILLING, past.first, "AM", note, kitchen.clock())
    text = "\n".join(paper(FILLED, past))
    assert "« Rien cette semaine »" in text
    assert "signée par AM" in text


def test_words_that_look_like_markup_and_endless_ones_print_as_they_are(kitchen, paper):
    add(kitchen, day=SUNDAY, dish="<b>&amp; " + "x" * 290)
    assert "<b>&amp;" in "\n".join(paper(FILLED))
