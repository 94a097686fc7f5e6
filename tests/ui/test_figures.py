"""The indicators by the keyboard: other days, the formula, the lines behind a figure."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from cantine_desktop.clock import civil_date
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import year_of
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.network.spans import Span
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


@pytest.fixture
def today(workplace):
    return civil_date(workplace.desk.book.clock())


@pytest.fixture
def lived(workplace, today):
    """Write a service today, another forty days before, and a charge."""
    now = workplace.desk.book.clock()
    with workplace.desk.book.action("année") as session:
        for day in (today, today - timedelta(days=40)):
            year_of(session, day)
            parts = {(Means.CASH, Purpose.MEALS): Money(200_00)}
            tally = {Money(10_00): 20}
            facts = TakingsFacts(day, "Déjeuner", parts, 20, cooks=7, newcomers=2, tally=tally)
            post_takings(session, facts, now)
        lines = (
            debit("601000", Money(90_00), activity="REPAS"),
            credit("512000", Money(90_00)),
        )
        post(session, DraftEntry("OD", today, "Denrées", "D", lines))
    return workplace


@pytest.fixture
def screen(lived, qtbot):
    lived.navigator.go("figures")
    found = lived.navigator.current
    qtbot.waitUntil(lambda: bool(found.rows.rows))
    return found


def texts(screen, key):
    return next(row.texts for row in screen.rows.rows if row.key == key)


def test_what_is_noted_today_counts_and_what_is_not_is_a_dash(screen):
    assert texts(screen, "meals")[2] == "20"
    assert texts(screen, "cooks")[2].startswith("35,0")
    assert texts(screen, "waste-per-meal")[2] == "–"
    assert "repas servis" in screen.sentence.text()
    assert [row.texts[0] for row in screen.rows.rows][:3] == ["K1", "K2", "K2"]


def test_other_days_are_chosen_and_stepped_through(screen, qtbot, today):
    bar = screen.bar
    bar.span.setCurrentIndex(list(Span).index(Span.SERVICE))
    assert bar.period == Period.through(today, today)
    assert not bar.next.isEnabled()
    qtbot.mouseClick(bar.previous, Qt.MouseButton.LeftButton)
    assert bar.period.first == today - timedelta(days=40)
    qtbot.mouseClick(bar.next, Qt.MouseButton.LeftButton)
    assert bar.period.first == today
    bar.span.setCurrentIndex(list(Span).index(Span.ALL))
    assert bar.period.first <= today - timedelta(days=40)
    qtbot.waitUntil(lambda: texts(screen, "meals")[2] == "40")
    assert texts(screen, "meals")[3] == "–", "nothing is a year before all"


def test_enter_tells_how_a_figure_is_computed_and_goes_to_a_line(screen, lived, qtbot, monkeypatch):
    seen, went = [], []

    def look(dialog):
        seen.append((dialog.windowTitle(), dialog.words.text(), len(dialog.table.rows)))
        dialog._open()

    monkeypatch.setattr(QDialog, "exec", look)
    lived.desk.going.disconnect()
    lived.desk.going.connect(lambda *place: went.append(place))
    screen.rows.go_to("average-contribution")
    qtbot.keyClick(screen.rows.table.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(went))
    title, words, lines = seen[0]
    assert title == "Contribution moyenne"
    assert "200,00" in words
    assert lines == 1
    assert went[0][0] == "cash"


def test_the_accounts_of_a_cost_open_their_entries(screen, qtbot, monkeypatch):
    seen = []

    def look(dialog):
        seen.append(dialog.windowTitle())
        if len(seen) == 1:
            dialog._open()

    monkeypatch.setattr(QDialog, "exec", look)
    screen.open_at("full-cost")
    qtbot.mouseClick(screen.why, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[1].startswith("601000")


def test_every_indicator_opens_something(screen, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(QDialog, "exec", lambda dialog: opened.append(dialog.windowTitle()))
    keys = [row.key for row in screen.rows.rows]
    for number, key in enumerate(keys, 1):
        screen.rows.go_to(key)
        screen.explain.trigger()
        qtbot.waitUntil(lambda n=number: len(opened) == n)


def test_figures_are_exported_by_area(screen, lived):
    asked = []
    lived.desk.exporting.disconnect()
    lived.desk.exporting.connect(lambda key, _period: asked.append(key))
    for deed in screen.exports:
        deed.trigger()
    assert asked == ["figures-meals", "figures-finance", "figures-hygiene"]


def test_a_new_canteen_is_told_where_to_begin(workplace, qtbot):
    workplace.navigator.go("figures")
    screen = workplace.navigator.current
    qtbot.waitUntil(lambda: bool(screen.rows.rows))
    assert texts(screen, "meals")[2] == "–"
    assert "None" not in screen.sentence.text()
