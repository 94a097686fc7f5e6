"""Every document of the catalogue, printed from the demonstration book, is fit to hand over."""

import re
import shutil
from decimal import Decimal
from io import BytesIO

import numpy as np
import pytest
from reportlab.lib.units import mm

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.archive import check_pdfa
from cantine_desktop.documents.registry import Cadence
from cantine_desktop.documents.sheet_ids import read_sheet_id, sheet_id
from cantine_desktop.hygiene.model import ColdUnit
from cantine_desktop.i18n import use_language
from cantine_desktop.office.catalogue import OUR_DOCUMENTS
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.documents.reading import clipped, pages, picture
from tests.documents.test_fonts import HOSTILE

OURS = {document.key: document for document in OUR_DOCUMENTS}
POSTERS = {
    "kitchen-rules-poster",
    "menu-week",
    "menu-day",
    "price-poster",
    "effect-poster",
    "thanks-poster",
    "diversity-slips",
}
"""One page for a wall: it says whose it is, and needs no number."""

UNDATED = {"outbreak-sheets"}
"""Kept blank in a drawer until something happens: only those of a suspicion have its day."""

TODAY = civil_date(NOW)
PERIODS = {
    Cadence.DAY: Period.through(TODAY, TODAY),
    Cadence.WEEK: Period.week(TODAY),
    Cadence.MONTH: Period.month(TODAY),
    Cadence.YEAR: Period.year(TODAY),
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory, demo_made_once):
    """Return every document of ours, printed once from the demonstration book."""
    use_language("fr")
    folder = tmp_path_factory.mktemp("shelf")
    engine = open_engine(f"sqlite:///{shutil.copy(demo_made_once, folder)}")
    book = Book(engine, clock=lambda: NOW)
    yield {key: (printed(book, key), printed(book, key)) for key in OURS}
    engine.dispose()


def printed(book, key):
    target = BytesIO()
    with book.read() as session:
        OURS[key].write(session, PERIODS[OURS[key].cadence], NOW, target)
    return target.getvalue()


@pytest.mark.parametrize("key", OURS)
def test_a_document_is_an_archive_with_no_letter_cut_at_the_edge(shelf, key):
    content = shelf[key][0]
    assert not check_pdfa(content)
    assert not clipped(content, 11 * mm)


@pytest.mark.parametrize("key", OURS)
def test_a_document_leaves_the_margins_that_printers_need(shelf, key):
    content = shelf[key][0]
    for page in range(len(pages(content))):
        ink = np.asarray(picture(content, page)) < 200
        edge = int(10 * mm)
        assert not ink[:edge].any()
        assert not ink[-edge:].any()
        assert not ink[:, :edge].any()
        assert not ink[:, -edge:].any()


@pytest.mark.parametrize("key", OURS)
def test_each_page_of_a_document_is_numbered_and_says_whose_it_is(shelf, key):
    texts = pages(shelf[key][0])
    if key in POSTERS:
        assert len(texts) == 1
        assert "La Tablée du Faubourg" in texts[0]
        return
    for number, text in enumerate(texts, 1):
        # Each sheet of the kit hangs in its own place, and counts its own pages.
        own = re.search(r"page [1-9]/[1-9]", text) is not None
        assert own if key == "weekly-kit" else f"page {number}/{len(texts)}" in text
        assert "La Tablée du Faubourg" in text


@pytest.mark.parametrize("key", OURS)
def test_a_document_printed_twice_is_the_same_file(shelf, key):
    once, again = shelf[key]
    assert once == again


@pytest.mark.parametrize("key", [key for key in OURS if OURS[key].sheet and key not in UNDATED])
def test_a_sheet_carries_the_code_that_finds_it_again(shelf, key):
    document = OURS[key]
    period = PERIODS[document.cadence]
    code = sheet_id(document.sheet, period, document.cadence)
    assert code in pages(shelf[key][0])[0]
    assert read_sheet_id(code) == (document.sheet, period)


def test_no_letter_stands_for_two_screens():
    screens = {}
    for document in OURS.values():
        if document.sheet:
            assert screens.setdefault(document.sheet, document.screen) == document.screen


@pytest.mark.parametrize("key", OURS)
def test_whatever_the_units_are_called_the_sheets_hold(book, key):
    with book.action("Installer") as session:
        session.add_all(
            ColdUnit(name=words, maximum=Decimal(4), tolerance=Decimal(1), place=words)
            for words in HOSTILE
            if words.strip()
        )
    content = printed(book, key)
    assert not check_pdfa(content)
    assert not clipped(content, 11 * mm)


@pytest.mark.parametrize("key", OURS)
def test_an_empty_book_still_prints(book, key):
    assert not check_pdfa(printed(book, key))
