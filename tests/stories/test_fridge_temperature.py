"""A temperature typed in the grid ends on the printed sheet."""

from datetime import date
from decimal import Decimal

import pypdfium2 as pdfium
import pytest
from sqlalchemy import select

from cantine_desktop.hygiene.model import Breach, ColdUnit, Reading
from cantine_desktop.storage.history import Action
from ui.desk import Desk
from ui.hygiene.readings import ReadingsScreen
from ui.printing import make_pdf


@pytest.fixture
def screen(qtbot, book):
    with book.action("Installer") as session:
        session.add(ColdUnit(name="Frigo légumes", maximum=Decimal(4), tolerance=Decimal(1)))
    desk = Desk(book)
    screen = ReadingsScreen(desk, date(2026, 11, 1))
    qtbot.addWidget(screen)
    screen.show()
    yield screen
    desk.jobs.close()


def test_a_warm_fridge_opens_a_breach_that_undo_takes_back(screen, book):
    model = screen.model
    assert model.setData(model.index(0, 0), "6,2")
    assert model.data(model.index(0, 0)) == "6,2"
    assert screen.notice.text() == "1 à traiter"
    with book.read() as session:
        assert session.scalar(select(Breach.excess)) == Decimal("2.2")
    assert book.undo_label == "Relevé de température"
    book.undo()
    assert not model.data(model.index(0, 0))
    assert not screen.notice.text()
    book.redo()
    assert model.data(model.index(0, 0)) == "6,2"
    with book.read() as session:
        assert [a.label for a in session.scalars(select(Action))][1:] == [
            "Relevé de température"
        ] * 3


def test_a_tolerated_reading_opens_no_breach(screen, book):
    screen.model.setData(screen.model.index(0, 1), "4.8")
    with book.read() as session:
        assert session.scalar(select(Reading.celsius)) == Decimal("4.8")
        assert session.scalar(select(Breach.id)) is None


def test_words_are_refused_and_said_so(screen):
    assert not screen.model.setData(screen.model.index(0, 0), "froid")
    assert "froid" in screen.notice.text()


def test_the_printed_sheet_shows_the_reading(screen, qtbot):
    screen.model.setData(screen.model.index(0, 0), "6,2")
    made, errors = [], []
    make_pdf(screen._desk, "temperatures-month", screen.period, made.append, errors.append)
    qtbot.waitUntil(lambda: bool(made or errors), timeout=5000)
    assert not errors
    text = pdfium.PdfDocument(made[0])[0].get_textpage().get_text_range()
    assert "Relevé des températures des enceintes froides" in text
    assert "novembre 2026" in text
    assert "Frigo légumes" in text
    assert "▲" in "".join(
        page.get_textpage().get_text_range() for page in pdfium.PdfDocument(made[0])
    )
    assert "6,2" in text
