"""A service is closed by keyboard alone, kept as it is typed, and corrected from its screen."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from sqlalchemy import func, select

from cantine_desktop.clock import civil_date
from cantine_desktop.finance.cash.model import CashCount
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.hygiene.cleaning.waste import measured
from cantine_desktop.meals.closing.drafting import facts_of
from cantine_desktop.meals.closing.model import ServiceClosing, WasteStage
from cantine_desktop.meals.closing.policy import policy
from cantine_desktop.meals.closing.queries import closing_lines, closing_of
from cantine_desktop.meals.services.model import ContributionMode
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import NBSP
from tests.meals.closings import closed, euros, prepared, wireframe
from ui.preferences.prices import PricesPage


@pytest.fixture
def to_close(workplace):
    """Return the day of a service that waits in the open book."""
    book = workplace.desk.book
    day = civil_date(book.clock()) - timedelta(1)
    with book.action("service") as session:
        prepared(session, day)
    return day


@pytest.fixture
def screen(qtbot, workplace, to_close):
    assert to_close
    return shown(qtbot, workplace)


def shown(qtbot, workplace):
    workplace.navigator.go("closing", None)
    screen = workplace.navigator.current
    qtbot.waitUntil(lambda: screen.isVisible() and not screen._stale)
    screen.take_keyboard()
    return screen


def press(*keys):
    """Type texts, and keys by their names; the mouse is put away."""
    for key in keys:
        where = QApplication.focusWidget()
        if key == "Tab":
            QTest.keyClick(where, Qt.Key.Key_Tab)
        elif key == "Enter":
            QTest.keyClick(where, Qt.Key.Key_Return)
        elif key == "Close":
            QTest.keyClick(where, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        else:
            if isinstance(where, QLineEdit):
                where.selectAll()
            for letter in key:  # QTest knows no accents
                QApplication.sendEvent(
                    where,
                    QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter),
                )


def go_to(name):
    """Press Tab until the field of a name has the keyboard."""
    for _step in range(80):
        if QApplication.focusWidget().accessibleName().replace(NBSP, " ") == name:
            return
        press("Tab")
    pytest.fail(f"Tab never comes to {name}")


def fill_wireframe():
    """Type the wireframe from the first field to the visa, as the paper is read."""
    for number in ("31", "9", "4", "2", "3"):
        press(number, "Tab")
    go_to("Contributions de 0 €")
    for number in ("1", "4", "3", "8", "5", "5", "2"):
        press(number, "Enter")
    press("7 + 3,5", "Tab")
    press("1", "Tab", "Petits Frères", "Tab")
    go_to("Adhésions")
    press("18", "Tab", "93", "Tab", "40")
    go_to("50,00 € : nombre")
    for number in ("2", "4", "5", "4", "9", "6", "4", "6"):
        press(number, "Tab")
    go_to("Restes d’assiette")
    press("1,8", "Tab", "4")
    go_to("Mot du jour")
    press("Premier repas de Khadija, belle tablée.")


def test_a_service_is_closed_by_keys_alone_in_the_order_of_the_paper(workplace, screen):
    fill_wireframe()
    press("Close")
    assert "Signez" in screen.notice.text
    press("AM", "Close")
    book = workplace.desk.book
    with book.read() as session:
        row = closing_of(session, 1)
        assert row.is_sealed, screen.notice.text
        expected = wireframe(
            waste={WasteStage.LEFTOVERS: 1_800}, word="Premier repas de Khadija, belle tablée."
        )
        assert facts_of(session, row) == expected
        takings = session.scalars(select(Takings)).one()
        count = session.scalars(select(CashCount)).one()
        assert (takings.meals, count.difference) == (30, euros("0,20"))
        weighed = measured(session, Period(takings.day, takings.day + DAY))
        assert (weighed.total_mass, weighed.meal_count) == (euros("1,8").euros, 31)
    assert screen.sentence.text() == (
        "30 contributions ont couvert 83 % du prix d’équilibre de ce repas."
    )
    assert not screen.sheet.people.isEnabled()


def test_what_is_typed_is_kept_at_any_moment_even_if_the_computer_stops(qtbot, workplace, screen):
    press("31", "Tab", "9")
    qtbot.waitUntil(lambda: "brouillon" in screen.subtitle, timeout=5000)
    with workplace.desk.book.read() as session:
        row = closing_of(session, 1)
        assert (row.diners, row.cooks, row.is_sealed) == (31, 9, False)
        assert session.scalar(select(func.count(Takings.id))) == 0
    press("Tab", "4")
    assert [field.value for field in screen.sheet.people.fields.values()][:3] == [31, 9, 4]


def test_what_does_not_balance_is_said_and_the_keyboard_goes_there(workplace, screen):
    press("31", "Tab", "40")
    go_to("Contributions de 10 €")
    press("30", "Close")
    assert "40 en cuisine, mais 31 à table" in screen.notice.text
    assert "30 contributions : cela fait 30 repas, pour 31 à table. Il en manque 1." in (
        screen.notice.text
    )
    assert QApplication.focusWidget() is screen.sheet.people.fields["cooks"]
    with workplace.desk.book.read() as session:
        assert session.scalar(select(func.count(Takings.id))) == 0


def test_a_closing_is_corrected_from_its_screen_with_a_reason(qtbot, workplace, to_close):
    book = workplace.desk.book
    with book.action("clôture") as session:
        closed(session, 1, wireframe(), book.clock())
    screen = shown(qtbot, workplace)
    assert screen.correct.isVisible()
    screen.correct.click()
    press("31", "Tab", "8", "Close")
    go_to("Visa")
    press("MB", "Close")
    assert "pourquoi" in screen.notice.text
    screen.reason.setFocus()
    press("Huit en cuisine", "Close")
    with book.read() as session:
        lines = closing_lines(session, Period(to_close, to_close + DAY))
        assert [(line.cooks, line.corrects) for line in lines] == [(8, 1)]
        assert session.scalar(select(func.count(ServiceClosing.id))) == 2
        assert session.scalar(select(func.count(CashCount.id))) == 1


def test_a_profile_without_the_till_keeps_a_draft_and_is_told_who_closes(
    qtbot, workplace, to_close
):
    assert to_close
    book = workplace.desk.book
    book.actor = Actor("Salle", frozenset({"meals", "canteen"}), frozenset({"meals"}))
    screen = shown(qtbot, workplace)
    assert "tient la caisse" in screen.notice.text
    assert not screen.primary().isEnabled()
    press("31", "Tab", "9", "Tab")
    screen._save_now()
    with book.read() as session:
        assert closing_of(session, 1).diners == 31


def test_the_way_of_noting_changes_for_one_service(workplace, screen):
    press("30")
    screen.sheet.money.mode.setCurrentIndex(0)
    screen.sheet.money.mode.activated.emit(0)
    screen.sheet.money.total.setFocus()
    press("312", "Tab")
    screen._save_now()
    with workplace.desk.book.read() as session:
        row = closing_of(session, 1)
        assert row.mode is ContributionMode.TOTAL
        assert row.contributions_total == euros("312")
    assert "moyenne 10,40" in screen.sheet.money.sum.text()


def test_names_need_the_choice_of_the_canteen_and_a_word_of_confirmation(workplace, monkeypatch):
    answers = iter((False, True))
    monkeypatch.setattr("ui.preferences.prices.ask", lambda *_words: next(answers))
    workplace.navigator.go("preferences", "prices")
    page = workplace.navigator.current.findChild(PricesPage)
    for wanted in (False, True):
        page.names.click()
        with workplace.desk.book.read() as session:
            assert policy(session).names_allowed is wanted
    page.amounts.line.setText("0 + 10 + 5")
    page.amounts.commit()
    with workplace.desk.book.read() as session:
        assert policy(session).amounts == (euros("0"), euros("5"), euros("10"))
