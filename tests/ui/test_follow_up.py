"""Budget, statements, treasury, price and grants, by the keyboard alone."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from cantine_desktop.clock import civil_date
from cantine_desktop.finance.budget import planning
from cantine_desktop.finance.budget.following import FollowedLine
from cantine_desktop.finance.ledger.years import find_year, year_of
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.finance.statements.policy import policy
from cantine_desktop.finance.treasury.curve import own_scenarios
from cantine_desktop.office.demo_budget import write_budget
from cantine_desktop.values.money import Money
from ui.finance.month_events import EventsDialog


@pytest.fixture
def today(workplace):
    return civil_date(workplace.desk.book.clock())


@pytest.fixture
def written(workplace, today):
    """Write a year with a service, and what the board decided."""
    with workplace.desk.book.action("année") as session:
        year_of(session, today)
        parts = {(Means.CASH, Purpose.MEALS): Money(250_00)}
        tally = {Money(12_50): 20}
        facts = TakingsFacts(today, "Déjeuner", parts, 20, tally=tally)
        post_takings(session, facts, workplace.desk.book.clock())
        write_budget(session, today)
    return workplace


def at(workplace, key):
    workplace.navigator.go(key)
    return workplace.navigator.current


def in_dialog(monkeypatch, act):
    """Do something in the next dialog instead of waiting for a person."""
    monkeypatch.setattr(QDialog, "exec", lambda dialog: act(dialog) or dialog.result())


def test_an_empty_budget_offers_to_begin(workplace, today):
    with workplace.desk.book.action("exercice") as session:
        year_of(session, today)
    screen = at(workplace, "budget")
    assert not screen.rows.rows
    assert "Aucun budget" in screen.sentence.text()
    screen.rows.table._empty._click()
    assert "Aucun exercice ne précède" in screen.notice.text


def test_a_table_is_pasted_into_the_budget_and_taken_back(workplace, today, window, qtbot):
    with workplace.desk.book.action("exercice") as session:
        year_of(session, today)
    screen = at(workplace, "budget")
    QGuiApplication.clipboard().setText("601\tDenrées\t1200\r\n7060\tRepas\t1500\r\n")
    screen.paste.trigger()
    natures = [row.key.nature for row in screen.rows.rows if isinstance(row.key, FollowedLine)]
    assert natures == ["601", "7060"]
    assert "excédent" in screen.sentence.text()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not screen.rows.rows


def test_a_line_is_opened_with_enter_and_its_comment_kept(written, today, qtbot, monkeypatch):
    screen = at(written, "budget")
    assert "Version 2" in screen.version.text()

    def comment(dialog):
        assert not dialog.amount.isEnabled(), "an adopted budget keeps its amounts"
        dialog.comment.setPlainText("À surveiller")
        dialog._keep()

    in_dialog(monkeypatch, comment)
    line = next(row.key for row in screen.rows.rows if isinstance(row.key, FollowedLine))
    screen.rows.go_to(line)
    qtbot.keyClick(screen.rows.table.view, Qt.Key.Key_Return)
    with written.desk.book.read() as session:
        budget = planning.current(session, find_year(session, today))
        assert "À surveiller" in {each.comment for each in budget.lines}


def test_the_budget_is_read_by_activity_too(written):
    screen = at(written, "budget")
    screen.group.setCurrentIndex(1)
    texts = [row.texts[1] for row in screen.rows.rows]
    assert "Toutes activités" in texts
    assert texts[-1] == "Résultat (produits − charges)"


def test_statements_open_down_to_the_entries(written, qtbot, monkeypatch):
    screen = at(written, "statements")
    texts = {row.texts[0].strip(): row.texts[1] for row in screen.result.rows}
    assert texts["Excédent ou déficit"] == "250,00"
    seen = []
    in_dialog(monkeypatch, lambda dialog: seen.append(dialog.windowTitle()))
    row = next(r for r in screen.result.rows if "prestations" in r.texts[0])
    screen.result.go_to(row.key)
    qtbot.keyClick(screen.result.table.view, Qt.Key.Key_Return)
    assert seen == ["Ventes de prestations de services"]
    screen.what.setCurrentIndex(1)
    sheet = {row.texts[0].strip(): row.texts for row in screen.sheet.rows}
    assert sheet["Total de l’actif"][3] == sheet["Total du passif"][3] == "250,00"
    screen.what.setCurrentIndex(2)
    assert not screen.funds.rows


def test_a_total_opens_the_accounts_it_sums(written, qtbot, monkeypatch):
    screen = at(written, "statements")
    seen = []
    in_dialog(monkeypatch, lambda dialog: seen.append([r.texts for r in dialog.rows.rows]))
    row = next(r for r in screen.result.rows if r.texts[0].strip() == "Excédent ou déficit")
    screen.result.go_to(row.key)
    qtbot.keyClick(screen.result.table.view, Qt.Key.Key_Return)
    (accounts,) = seen
    assert ("706000", "250,00") in [(texts[0], texts[2]) for texts in accounts]


def test_what_moves_the_treasury_opens_the_lines_it_is_known_from(written, qtbot, monkeypatch):
    screen = at(written, "runway")
    qtbot.waitUntil(lambda: bool(screen.months.rows))
    seen = []

    def look(dialog):
        seen.append(dialog.windowTitle())
        if isinstance(dialog, EventsDialog):
            row = next(r.key for r in dialog.rows.rows if r.key.nature)
            dialog.rows.go_to(row)
            qtbot.keyClick(dialog.rows.table.view, Qt.Key.Key_Return)
            seen.append(row.label)

    in_dialog(monkeypatch, look)
    screen.months.table.setFocus()
    qtbot.keyClick(screen.months.table.view, Qt.Key.Key_Return)
    title, lines, label = seen
    assert title.startswith("Ce qui bouge en")
    assert lines == label


def test_figures_show_beside_narrowed_words_until_the_person_chose_widths(written):
    screen = at(written, "statements")
    table = screen.result.table
    screen.result.resize(620, 400)
    assert sum(table.widths[:-1]) < 560 + 130 + 160
    table.set_widths([300, 130, 160, 130])
    screen.result.resize(500, 400)
    assert table.widths[0] == 300


def test_rules_are_kept_and_say_what_they_entail(written, monkeypatch):
    screen = at(written, "statements")

    def decide(dialog):
        dialog.vat.setCurrentIndex(3)
        assert "collectée" in dialog.words.text()
        dialog.limit.set_value(Money(81_500_00))
        dialog._keep()
        assert "Dites où" in dialog.notice.text
        dialog.source.set_value("BOFiP")
        dialog._keep()

    in_dialog(monkeypatch, decide)
    screen.rules.trigger()
    with written.desk.book.read() as session:
        assert policy(session).vat == "liable"
    assert "0 %" in screen.gauge.text().replace("\u00a0", " ")


def test_the_curve_comes_beside_the_window_and_scenarios_are_made(written, qtbot, monkeypatch):
    screen = at(written, "runway")
    qtbot.waitUntil(lambda: bool(screen.months.rows))
    assert len(screen.months.rows) == 12
    assert screen.sentence.text()

    def suppose(dialog):
        dialog.name.set_value("Hiver dur")
        dialog.meals.line.setText("-30")
        dialog.meals.commit()
        dialog._keep()

    in_dialog(monkeypatch, suppose)
    screen.new.trigger()
    qtbot.waitUntil(lambda: screen.scenario.findText("Hiver dur") >= 0)
    with written.desk.book.read() as session:
        assert "Hiver dur" in {each.name for each in own_scenarios(session)}
    titles = []
    in_dialog(monkeypatch, lambda dialog: titles.append(dialog.windowTitle()))
    qtbot.keyClick(screen.months.table.view, Qt.Key.Key_Return)
    assert titles[0].startswith("Ce qui bouge en")
    screen.flows.trigger()
    assert titles[1] == "Flux prévus"


def test_the_price_says_what_it_is_counted_from(written, qtbot, monkeypatch):
    screen = at(written, "price")
    qtbot.waitUntil(lambda: bool(screen.sentence.text()))
    qtbot.waitUntil(lambda: bool(screen.parts.rows))
    assert "budget" in screen.basis.text(), "no charge is written yet"
    assert "12,50" in screen.poster.text()

    def display(dialog):
        for field in dialog.parts.values():
            field.set_value(Money(3_25))
        dialog._sum()
        assert "13,00" in dialog.total.text()
        dialog._keep()

    in_dialog(monkeypatch, display)
    screen.new.trigger()
    qtbot.waitUntil(lambda: "13,00" in screen.poster.text())


def test_grants_show_what_is_due_first(written, today, qtbot, monkeypatch):
    screen = at(written, "grants")
    assert "25 jours" in screen.sentence.text()
    assert screen.rows.rows[0].key.days_left == 25

    def change(dialog):
        dialog._days["reported_on"].set_value(today)
        dialog._keep()

    in_dialog(monkeypatch, change)
    qtbot.keyClick(screen.rows.table.view, Qt.Key.Key_Return)
    assert "Aucun compte rendu" in screen.sentence.text()


def test_a_grant_is_notified_in_the_accounts(written, monkeypatch):
    screen = at(written, "grants")
    asked = next(row.key for row in screen.rows.rows if row.key.asked == Money(8_000_00))
    screen.rows.go_to(asked)

    def notify(dialog):
        dialog.reference.set_value("FONDATION-1")
        dialog._write()

    in_dialog(monkeypatch, notify)
    screen.notify.trigger()
    found = next(row.key for row in screen.rows.rows if row.key.key == asked.key)
    assert found.is_booked
    assert found.due == Money(8_000_00)


def test_costs_are_chosen_from_validated_lines_only(written, monkeypatch):
    screen = at(written, "grants")
    seen = []
    in_dialog(monkeypatch, lambda dialog: seen.append(dialog.others.rows))
    screen.costs.trigger()
    assert seen == [[]]


def test_screens_without_anything_say_so(workplace, qtbot):
    for key in ("budget", "statements", "grants"):
        assert not at(workplace, key).title.startswith("Erreur")
    assert "Aucune subvention" in at(workplace, "grants").sentence.text()
    price = at(workplace, "price")
    qtbot.waitUntil(lambda: "Pas encore" in price.sentence.text())
    runway = at(workplace, "runway")
    qtbot.waitUntil(lambda: bool(runway.months.rows))
    assert date.min < civil_date(workplace.desk.book.clock())
