"""Workshops and private events on their screen, by the keyboard alone."""

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from sqlalchemy import select

from cantine_desktop.clock import civil_date
from cantine_desktop.finance.ledger.years import year_of
from cantine_desktop.finance.statements.model import VatStatus
from cantine_desktop.finance.statements.policy import Policy, decide
from cantine_desktop.meals.events import course, issuing
from cantine_desktop.meals.events.keeping import EventFacts, LineFacts, save_event
from cantine_desktop.meals.events.model import (
    EventKind,
    EventPaper,
    EventState,
    PaperKind,
    PrivateEvent,
)
from cantine_desktop.meals.services.model import MealService
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.money import Money
from ui.meals import workshops_deeds
from ui.meals.workshops_next import Deed

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def today(workplace):
    return civil_date(workplace.desk.book.clock())


@pytest.fixture
def screen(workplace, today):
    with workplace.desk.book.action("année") as session:
        year_of(session, today)
        decide(session, Policy(VatStatus.SOCIAL))
    workplace.navigator.go("workshops")
    return workplace.navigator.current


@pytest.fixture
def shown(monkeypatch):
    """Note the papers that would be shown, instead of making their PDF."""
    titles = []
    monkeypatch.setattr(
        workshops_deeds, "show_pdf", lambda _desk, _window, title, _write: titles.append(title)
    )
    return titles


def in_dialog(monkeypatch, act):
    """Do something in the next dialog instead of waiting for a person."""
    monkeypatch.setattr(QDialog, "exec", lambda dialog: act(dialog) or dialog.result())


def facts(day, **more):
    given = {
        "kind": EventKind.PRIVATE_MEAL,
        "title": "Repas d’équipe",
        "customer": "Coopérative du Rhin",
        "day": day,
        "people": 22,
        "asked_on": day - timedelta(days=30),
        "lines": (LineFacts("Repas", Decimal(22), Money(32_00)),),
    }
    return EventFacts(**(given | more))


def add(screen, *steps, **more):
    """Add an event; accept it, or issue papers, as asked."""
    book = screen.desk.book
    today = civil_date(book.clock())
    with book.action("événement", undoable=False) as session:
        event = save_event(session, facts(more.pop("day", today + timedelta(days=20)), **more))
        for step in steps:
            if step is course.accept:
                course.accept(session, event, today)
            else:
                issuing.issue(session, event, step(session, event, today), book.clock())
        return event.id


def enter(dialog):
    """Press what Enter would: the dialogue is not in front, so no key reaches it."""
    next(b for b in dialog.findChildren(QPushButton) if b.isDefault()).click()


def test_an_event_goes_from_the_call_to_its_invoice_by_the_keyboard(
    screen, qtbot, monkeypatch, shown, today
):
    assert screen.pages.currentWidget() is screen.empty

    def fill(dialog):
        line = dialog.lines._lines[0]
        QTest.keyClicks(dialog.customer, "La Coop")
        for field, words in (
            (dialog.title, "Repas de Noel"),
            (dialog.day, "hier"),
            (line.label, "Repas"),
            (line.quantity, "22"),
            (line.price, "32"),
        ):
            QTest.keyClicks(field.line, words)
            field.commit()
        assert "704,00" in dialog.lines.sum.text()
        enter(dialog)

    in_dialog(monkeypatch, fill)
    qtbot.keyClick(screen, Qt.Key.Key_N, CTRL)
    assert screen.sentence.text() == "Rien n’attend trop longtemps."
    in_dialog(monkeypatch, enter)
    for state in (EventState.QUOTED, EventState.HELD, EventState.INVOICED):
        qtbot.keyClick(screen, Qt.Key.Key_Return, CTRL)
        assert screen._current().state is state
    assert shown == ["D" + f"{today.year}-001", f"F{today.year}-001"]
    assert "704,00" in screen.sentence.text()
    with screen.desk.book.read() as session:
        kinds = [paper.kind for paper in session.scalars(select(EventPaper))]
        assert kinds == [PaperKind.QUOTE, PaperKind.INVOICE]


def test_saying_yes_puts_the_event_in_the_calendar(screen, qtbot, today):
    add(screen, issuing.draft_quote)
    assert screen.first.text() == "Le client accepte"
    qtbot.keyClick(screen, Qt.Key.Key_Return, CTRL)
    assert screen._current().state is EventState.ACCEPTED
    with screen.desk.book.read() as session:
        service = session.scalars(select(MealService)).one()
        assert (service.day, service.name) == (today + timedelta(days=20), "Repas d’équipe")
    assert screen.first.text() == "Facturer l’acompte…"


def test_arrows_go_from_card_to_card_over_empty_columns(screen, qtbot):
    first = add(screen, title="Demande")
    last = add(screen, course.accept, title="Accord")
    screen.board.go_to(first)
    screen.board.take_keyboard()
    cards = screen.board.lists[EventState.ENQUIRY]
    qtbot.keyClick(cards, Qt.Key.Key_Right)
    assert screen.board.current == last
    qtbot.keyClick(screen.board.lists[EventState.ACCEPTED], Qt.Key.Key_Left)
    assert screen.board.current == first


def test_a_deposit_larger_than_the_quote_is_refused_in_its_window(screen, monkeypatch, shown):
    add(screen, course.accept)

    def ask_too_much(dialog):
        assert "211,00" in dialog.sum.text()
        dialog.amount.set_value(Money(900_00))
        enter(dialog)
        assert "plus que les" in dialog.notice.text
        dialog.reject()

    in_dialog(monkeypatch, ask_too_much)
    screen.deeds[Deed.DEPOSIT].trigger()
    assert not shown


def test_an_invoice_before_its_day_says_to_wait(screen, monkeypatch):
    add(screen, course.accept)
    seen = []
    in_dialog(monkeypatch, lambda dialog: seen.append(dialog.sum.text()))
    screen.deeds[Deed.INVOICE].trigger()
    assert "attendez le" in seen[0]


def test_calling_off_asks_why_and_gives_the_deposit_back(screen, monkeypatch):
    add(screen, course.accept, issuing.draft_deposit)

    def call_off(dialog):
        assert dialog.keeps.parentWidget() is not None
        QTest.keyClicks(dialog.reason.line, "Client absent")
        act = next(b for b in dialog.findChildren(QPushButton) if "Annuler l" in b.text())
        QTest.mouseClick(act, Qt.MouseButton.LeftButton)

    in_dialog(monkeypatch, call_off)
    screen.deeds[Deed.CALL_OFF].trigger()
    with screen.desk.book.read() as session:
        event = session.scalars(select(PrivateEvent)).one()
        assert (event.state, event.reason) == (EventState.CANCELLED, "Client absent")
        last = session.scalars(select(EventPaper).order_by(EventPaper.id.desc())).first()
        assert last.kind is PaperKind.CREDIT_NOTE


def test_what_came_to_nothing_stands_in_the_list_only(screen, monkeypatch):
    key = add(screen)
    monkeypatch.setattr("ui.meals.workshops.ask_text", lambda *_: "Trop cher")
    screen.deeds[Deed.DECLINE].trigger()
    assert screen.board.current is None
    screen.open_at(key)
    assert screen.pages.currentWidget() is screen.list
    assert "Trop cher" in screen.about.text()
    screen.deeds[Deed.TAKE_UP].trigger()
    assert screen._row(key).state is EventState.ENQUIRY


def test_a_reminder_is_kept_as_it_was_written(screen, monkeypatch, shown):
    add(screen, issuing.draft_quote)

    def write(dialog):
        dialog.words.setPlainText("Bonjour, alors ?")
        dialog._send()

    in_dialog(monkeypatch, write)
    screen.deeds[Deed.REMIND].trigger()
    assert shown == ["Relance"]
    assert screen._current().papers[0].reminders == 1


def test_who_may_not_see_the_accounts_sees_the_events_without_payments(screen):
    add(screen, course.accept, issuing.draft_deposit)
    book = screen.desk.book
    book.actor = Actor("Cuisine", frozenset({"meals", "canteen"}), frozenset({"meals"}))
    screen.refresh()
    row = screen._current()
    assert row.left == Money(0)
    assert not screen.deeds[Deed.INVOICE].isEnabled()
    assert screen.deeds[Deed.OPEN].isEnabled()


def test_costs_typed_give_the_margin(screen, monkeypatch):
    key = add(screen)

    def fill(dialog):
        food, hours = dialog.costs._lines[:2]
        food.unit.set_value(Money(4_00))
        hours.quantity.set_value(Decimal(5))
        hours.unit.set_value(Money(20_00))
        dialog.costs._update()
        assert "516,00" in dialog.costs.sum.text()
        dialog._keep()

    in_dialog(monkeypatch, fill)
    screen.deeds[Deed.OPEN].trigger()
    margin = screen._row(key).margin
    assert (margin.left, margin.share) == (Money(516_00), 73)


def test_a_narrow_window_shows_the_list(screen, window):
    add(screen)
    window.resize(960, 700)
    QTest.qWait(50)
    assert screen.pages.currentWidget() is screen.list
