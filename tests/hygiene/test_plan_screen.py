"""The plan in its screen: points switched by keyboard, a draft, a template, putting in force."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from cantine_desktop.hygiene.plan import drafting, flexibility, in_force
from cantine_desktop.hygiene.plan.model import Regime
from cantine_desktop.hygiene.plan.template import FieldChange
from cantine_desktop.storage.rights import Actor
from tests.hygiene.test_plan_versions import NOW, SIGNED, TODAY
from ui.desk import Desk
from ui.hygiene.plan import PlanScreen
from ui.hygiene.plan_dialogs import ForceDialog, OwnPointDialog, ProfileDialog
from ui.hygiene.plan_import import DifferenceDialog, ProblemsDialog, change_words
from ui.hygiene.plan_meter import MeterDialog
from ui.kit.fields import NumberEdit


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def screen(qtbot, desk):
    screen = PlanScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 640)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    return screen


def answer(kind, act):
    """Answer the next dialog that opens, and tell what was seen."""
    seen = []

    def act_on_it():
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(20, act_on_it)
            return
        seen.append(dialog)
        assert isinstance(dialog, kind)
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.done(QDialog.DialogCode.Rejected)

    QTimer.singleShot(0, act_on_it)
    return seen


def force(book, day=date(2026, 9, 1)):
    with book.action("Mettre en vigueur") as session:
        drafting.start_draft(session)
        drafting.put_in_force(session, day, SIGNED, NOW)


def draft_rows(book):
    with book.read() as session:
        version = drafting.draft(session)
        return {} if version is None else {row.code: row.is_on for row in version.points}


def test_without_a_plan_it_says_what_judges_and_shows_what_a_small_canteen_starts_with(screen):
    assert "plan de départ" in screen.state.text
    assert len(screen.table.model.keys) == 42
    assert screen.table.current_key == "REC-02"
    assert screen.primary().isEnabled()


def test_space_switches_a_point_and_undo_takes_it_back(qtbot, screen, book):
    force(book)
    screen.refresh()
    assert not screen.primary().isEnabled()
    screen.shown.setCurrentIndex(3)
    screen.show_code("STO-10")
    screen.table.view.setFocus()
    qtbot.keyClick(screen.table.view, Qt.Key.Key_Space)
    assert draft_rows(book)["STO-10"]
    qtbot.waitUntil(lambda: "1 changement" in screen.draft.text)
    assert screen.table.current_key == "STO-10"
    assert screen.primary().isEnabled()
    book.undo()
    qtbot.waitUntil(lambda: not screen.draft.text)
    assert draft_rows(book) == {}


def test_what_the_draft_changes_stays_in_sight_whatever_the_filter(qtbot, screen, book):
    force(book)
    screen.refresh()
    with book.action("Décocher") as session:
        drafting.switch(session, ["COL-01"], on=False)
    qtbot.waitUntil(lambda: bool(screen.draft.text))
    assert "COL-01" in screen.table.model.keys


def test_the_list_is_filtered_by_words_without_accents_and_by_chapter(qtbot, screen):
    screen.shown.setCurrentIndex(3)
    screen.browser.search.setText("refroid rapide")
    qtbot.waitUntil(lambda: list(screen.table.model.keys) == ["COL-01"])
    screen.browser.search.clear()
    screen.chapter.setCurrentIndex(4)
    qtbot.waitUntil(
        lambda: (
            {code[:3] for code in screen.table.model.keys} == {"COO", "CLE"}
            or {code[:3] for code in screen.table.model.keys} == {"COO"}
        )
    )


def test_a_figure_of_the_law_may_be_tightened_and_not_loosened(screen, book, desk):
    force(book)
    screen.refresh()
    told = []
    desk.told.connect(lambda text, _undo: told.append(text))
    screen.show_code("STO-03")
    pane = screen.browser.pane
    most = pane.form.field("most")
    assert isinstance(most, NumberEdit)
    most.line.setText("-12")
    most.commit()
    assert "fixée par un texte" in told[0]
    assert most.value == Decimal(-18)
    assert draft_rows(book) == {}
    most.line.setText("-20")
    most.commit()
    with book.read() as session:
        row = next(r for r in drafting.draft(session).points if r.code == "STO-03")
        assert in_force.read_point(row).rule.most == -20


def test_the_regime_and_what_the_canteen_does_adapt_the_draft(screen, book):
    def act(dialog):
        dialog._regimes[Regime.BOTH].setChecked(True)
        dialog._traits["has:fryer"].setChecked(True)
        dialog.accept()

    answer(ProfileDialog, act)
    screen.steps.ask_profile()
    assert draft_rows(book)["COO-07"]
    with book.read() as session:
        assert drafting.draft(session).regime is Regime.BOTH


def test_a_point_of_ones_own_is_added_and_shown(screen, book):
    def act(dialog):
        dialog._title.set_value("Huile filtrée")
        dialog._measure.setCurrentIndex(1)
        dialog._most.set_value(Decimal(170))
        dialog.accept()

    answer(OwnPointDialog, act)
    screen.steps.add_own()
    assert draft_rows(book)["OWN-01"]
    assert screen.table.current_key == "OWN-01"


def test_the_draft_is_put_in_force_by_somebody_from_a_day_on(screen, book):
    def act(dialog):
        dialog._accept()
        assert dialog.isVisible(), "nobody signed"
        dialog._initials.set_value("LM")
        dialog._label.set_value("Première version")
        dialog._accept()

    answer(ForceDialog, act)
    screen.steps.put_in_force()
    with book.read() as session:
        version = in_force.version_in_force(session, TODAY)
        assert (version.number, version.initials, version.label) == (1, "LM", "Première version")
    assert not screen.state.text


def test_a_template_is_shown_before_it_is_taken(screen, book, tmp_path):
    force(book)
    screen.refresh()
    path = tmp_path / "reseau.toml"
    screen.steps.write_template(path)
    path.write_text(path.read_text("utf-8").replace('max = "-18"', 'max = "-20"'), "utf-8")
    answer(DifferenceDialog, lambda dialog: dialog.reject())
    screen.steps.compare_with(path)
    assert draft_rows(book) == {}
    answer(DifferenceDialog, lambda dialog: dialog.accept())
    screen.steps.compare_with(path)
    assert len(draft_rows(book)) == 158
    book.undo()
    assert draft_rows(book) == {}


@pytest.mark.parametrize(
    ("name", "content"),
    [("faux.toml", b"\x00\x01"), ("faux.csv", b"rien\n1\n"), ("x.toml", b"[points.A]\nb=1\n")],
)
def test_a_wrong_file_says_what_is_wrong_and_changes_nothing(screen, book, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    seen = answer(ProblemsDialog, lambda _dialog: None)
    screen.steps.compare_with(path)
    assert len(seen) == 1
    assert draft_rows(book) == {}


def test_the_plan_is_written_as_a_sheet_too(screen, tmp_path):
    path = tmp_path / "plan.csv"
    screen.steps.write_template(path)
    lines = path.read_text("utf-8-sig").splitlines()
    assert len(lines) == 159
    assert lines[0].startswith("code;coche;titre")


def test_the_meter_notes_a_week_and_says_at_once_what_it_means(screen, book):
    def act(dialog):
        edits = dialog.findChildren(NumberEdit)
        edits[0].line.setText("1200")
        edits[0].commit()

    answer(MeterDialog, act)
    screen.steps.show_meter()
    with book.read() as session:
        (test,) = flexibility.tests(session, TODAY)
        assert test.is_met is False


def test_a_change_of_a_template_is_said_in_words():
    said = [
        change_words(FieldChange("limit_basis", "law", "internal")),
        change_words(FieldChange("frequency", "daily", "weekly")),
        change_words(FieldChange("rule.max", "-18", "")),
        change_words(FieldChange("on", "True", "False")),
    ]
    assert [words.replace("\u00a0", " ") for words in said] == [
        "base de la limite : texte → choix de la cantine",
        "fréquence : chaque jour → chaque semaine",
        "maximum : -18 → rien",
        "coché : oui → non",
    ]


def test_who_may_not_write_reads_the_plan_and_changes_nothing(qtbot, book):
    book.actor = Actor("Bénévole", reads=frozenset({"hygiene"}), writes=frozenset())
    desk = Desk(book)
    screen = PlanScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 640)
    screen.show()
    qtbot.waitUntil(lambda: bool(screen.table.model.keys))
    assert screen.primary() is None
    assert not screen.browser.pane.on.isEnabled()
    desk.close()
