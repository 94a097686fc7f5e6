"""The month’s end from the window: eight steps seen, left with a reason, closed by keyboard."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import func, select

from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.month_end.closing import month_end_of
from cantine_desktop.finance.month_end.model import Step
from cantine_desktop.values.period import Period
from ui.finance import month_end

OCTOBER = Period.month(date(2026, 10, 1))


@pytest.fixture
def screen(open_book, demo):
    workplace = open_book(demo)
    workplace.navigator.go("month-end", OCTOBER)
    return workplace.navigator.current


@pytest.fixture
def said(monkeypatch):
    """Answer each dialogue with the words in store, and each question by yes."""
    words = []
    monkeypatch.setattr(
        month_end, "ask_text", lambda *_args, value="", **_more: words.pop(0) if words else value
    )
    monkeypatch.setattr(month_end, "ask", lambda *_args, **_more: True)
    return words


def test_the_first_month_to_close_is_shown_with_its_eight_steps(screen):
    assert screen.month.text() == "Octobre 2026"
    done = [step for step, card in screen.steps.cards.items() if "fait" in card.title.text()]
    assert done[0] is Step.SERVICES
    assert "23 services" in screen.steps.cards[Step.SERVICES].sentence.text()
    assert "75 lignes à pointer" in screen.steps.cards[Step.BANK].missing.text()
    assert "pointez-la d’abord" in screen.steps.cards[Step.PIECES].sentence.text()
    assert "banque pointée, pièces, relecture" in screen.steps.cards[Step.SENDING].sentence.text()
    assert "facultatif" in screen.steps.cards[Step.STOCK].title.text()
    assert not screen.primary().isEnabled()


def test_a_month_is_left_with_reasons_closed_and_reopened(qtbot, screen, said):
    book = screen.desk.book
    cash = screen.steps.cards[Step.CASH]
    assert "fait" in cash.title.text()
    assert "se clôturera avec le mois" in cash.sentence.text()
    for step in (Step.BANK, Step.PIECES):
        said.append("vu avec la trésorière")
        qtbot.keyClick(screen.steps.cards[step].leave, Qt.Key.Key_Space)
        assert "vu avec la trésorière" in screen.steps.cards[step].missing.text()
    qtbot.keyClick(screen.steps.cards[Step.SENTENCE].act, Qt.Key.Key_Space)
    assert "666 repas" in screen.steps.cards[Step.SENTENCE].sentence.text()
    assert screen.primary().isEnabled()
    screen.primary().trigger()
    with book.read() as session:
        assert month_end_of(session, OCTOBER.first).is_sealed
        draft = session.scalar(select(func.min(Entry.day)).where(Entry.number.is_(None)))
        assert draft >= OCTOBER.end
    screen.open_at(OCTOBER)
    said.append("facture retrouvée")
    screen._reopen.trigger()
    with book.read() as session:
        again = month_end_of(session, OCTOBER.first)
        assert (again.turn, again.reason) == (2, "facture retrouvée")
