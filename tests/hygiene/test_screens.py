"""Cold units, breaches and the day, in their screens."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.hygiene.breach_effects import Deed, do
from cantine_desktop.hygiene.cleaning.starter import add_starter_tasks
from cantine_desktop.hygiene.families import Family
from cantine_desktop.hygiene.limits import UnitKind
from cantine_desktop.hygiene.lots import block
from cantine_desktop.hygiene.model import (
    Breach,
    ColdUnit,
    CorrectiveAction,
    Frequency,
    Slot,
)
from cantine_desktop.hygiene.plan.drafting import Signed, put_in_force, start_draft
from cantine_desktop.hygiene.recording import record_temperature
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.hygiene.breaches import BreachesScreen
from ui.hygiene.readings import ReadingsScreen
from ui.hygiene.units import UnitsScreen
from ui.kit.cells import State
from ui.today.day import MOST_LINES, TodayScreen

FRIDAY = date(2026, 11, 20)
"""The book's clock says Sunday 22 November 2026, 8:30 in Paris."""


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def show(qtbot, desk):
    def build(kind):
        screen = kind(desk)
        qtbot.addWidget(screen)
        screen.resize(1100, 700)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        qtbot.waitUntil(lambda: not desk.jobs.running)  # the day is read beside the window
        QApplication.processEvents()  # and its lines are shown by the next turn of Qt
        return screen

    return build


def install(book, *names, weekdays="12345"):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays=weekdays))
        for position, name in enumerate(names):
            unit = ColdUnit(name=name, maximum=Decimal(4), tolerance=Decimal(2), position=position)
            session.add(unit)


def note(book, celsius, day=FRIDAY):
    with book.action("Relevé") as session:
        record_temperature(session, 1, day, Slot.MORNING, Decimal(celsius), book.clock())


def units(book):
    with book.read() as session:
        return session.scalars(select(ColdUnit).order_by(ColdUnit.position)).all()


def buttons(screen):
    return {
        (button.accessibleName() or button.text()).replace("\u00a0", " "): button
        for button in screen.findChildren(QPushButton)
        if button.isVisible()
    }


def test_a_new_canteen_starts_with_usual_units_in_one_click(qtbot, show, book):
    screen = show(UnitsScreen)
    qtbot.mouseClick(screen.start, Qt.MouseButton.LeftButton)
    assert [unit.name for unit in units(book)][:2] == ["CF 1", "CF 2"]
    assert {unit.kind for unit in units(book)} >= {UnitKind.FREEZER, UnitKind.SAMPLES}
    assert screen.list.count() == len(units(book))
    book.undo()
    assert not units(book)


def test_ticking_a_stricter_food_lowers_the_limit_and_names_its_text(show, book):
    install(book, "CF 1")
    screen = show(UnitsScreen)
    screen.form._lines[Family.PREPARED].box.click()
    assert units(book)[0].holds == {Family.PREPARED}
    assert "3\u00a0°C" in screen.form.limit.text()
    assert "annexe IV" in screen.form.source.text()
    assert "≤\u00a03" in screen.list.item(0).text()


def test_a_field_is_kept_when_it_is_left(show, book):
    install(book, "CF 1")
    screen = show(UnitsScreen)
    screen.form.name.line.setText("Chambre des légumes")
    screen.form.name.commit()
    screen.form.tolerance.line.setText("1,5")
    screen.form.tolerance.commit()
    assert [(unit.name, unit.tolerance) for unit in units(book)] == [
        ("Chambre des légumes", Decimal("1.5"))
    ]
    screen.form.kind.setCurrentIndex(screen.form.kind.findData(UnitKind.FREEZER))
    assert units(book)[0].maximum == Decimal(-18)
    assert screen.form._lines[Family.FROZEN].isVisible()
    assert not screen.form._lines[Family.PREPARED].isVisible()


def test_a_unit_read_once_a_day_owes_nothing_in_the_evening_but_takes_it(qtbot, show, book):
    install(book, "Frigo", "Coffre", weekdays="5")
    plan = show(UnitsScreen)
    plan.open_at(2)
    plan.form.frequency.setCurrentIndex(plan.form.frequency.findData(Frequency.ONCE))
    assert [unit.frequency for unit in units(book)] == [Frequency.TWICE, Frequency.ONCE]
    week = show(ReadingsScreen)
    week.open_at(FRIDAY)
    assert week.subtitle.endswith("0 sur 3 relevés")
    assert week.model.cell(1, 1).state is State.SPARE
    week.grid.view.stand(0, 1)
    for key in "3,4\rAM\r":
        qtbot.keyClick(QApplication.focusWidget(), key)
    # Enter went past the evening of the chest, to the visa.
    assert week.model.cell(1, 1).state is State.SPARE
    assert week.model.cell(2, 1).text == "AM"
    week.grid.view.stand(1, 1)
    for key in "3,1\r":
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert week.model.cell(1, 1).state is State.CONFORM


def test_units_are_put_in_the_order_of_the_kitchen(qtbot, show, book):
    install(book, "A", "B", "C")
    screen = show(UnitsScreen)
    screen.list.setCurrentRow(2)
    qtbot.mouseClick(screen.up, Qt.MouseButton.LeftButton)
    assert [unit.name for unit in units(book)] == ["A", "C", "B"]


def test_a_unit_with_readings_is_retired_not_deleted(qtbot, show, book):
    install(book, "CF 1")
    note(book, "3.1")
    screen = show(UnitsScreen)
    qtbot.mouseClick(screen.remove, Qt.MouseButton.LeftButton)
    assert len(units(book)) == 1
    assert "date de fin" in screen.message.text()


def test_a_breach_is_settled_from_its_list(qtbot, show, book):
    install(book, "CF 2")
    note(book, "6.2")
    screen = show(BreachesScreen)
    assert "6,2" in screen.list.item(0).text()
    screen.open_at(1)
    assert QApplication.focusWidget() is screen.strip.cause
    screen.strip.cause.setCurrentIndex(0)
    screen.strip.action.setCurrentIndex(0)
    screen.strip.celsius.setText("3,5")
    qtbot.keyClick(screen.strip.celsius, Qt.Key.Key_Return)
    with book.read() as session:
        assert session.scalars(select(Breach)).one().closed_at is not None
    assert screen.list.count() == 0
    assert "Aucune" in screen.title_line.text()
    screen.which.setCurrentIndex(1)
    assert "Porte mal fermée" in screen.story.text()


def test_nothing_is_said_about_a_breach_in_someones_place(qtbot, show, book):
    install(book, "CF 2")
    note(book, "6.2")
    screen = show(BreachesScreen)
    screen.strip.start()
    assert not screen.strip.cause.currentText()
    assert not screen.strip.action.currentText()
    qtbot.keyClick(screen.strip.cause, Qt.Key.Key_Return)
    assert "la cause" in screen.strip.error.text()
    screen.strip.cause.setEditText("Joint abîmé")
    qtbot.keyClick(screen.strip.cause, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is screen.strip.action
    with book.read() as session:
        assert not session.scalars(select(CorrectiveAction)).all()


def test_a_phrase_is_found_by_any_of_its_words(qtbot, show, book):
    install(book, "CF 2")
    note(book, "6.2")
    screen = show(BreachesScreen)
    strip = screen.strip
    strip.start()
    qtbot.keyClicks(strip.action.lineEdit(), "jet")
    popup = strip.action.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert strip.action.currentText().startswith("Denrées jetées")
    assert not strip.error.text()


def test_an_action_without_its_recheck_stays_open_and_says_when_it_is_due(qtbot, show, book):
    install(book, "CF 2")
    note(book, "6.2")
    screen = show(BreachesScreen)
    screen.strip.start()
    screen.strip.cause.setCurrentIndex(0)
    screen.strip.action.setCurrentIndex(0)
    qtbot.keyClick(screen.strip.cause, Qt.Key.Key_Return)
    assert screen.list.count() == 1
    assert "contrôle attendu à 09:30" in screen.list.item(0).text()


def test_the_day_says_what_is_due_and_leads_there(qtbot, show, desk, book):
    install(book, "CF 1", "CF 2", weekdays="1234567")
    note(book, "6.2")
    note(book, "3.1", date(2026, 11, 22))
    screen = show(TodayScreen)
    assert screen.title.startswith("Dimanche 22 novembre")
    found = buttons(screen)
    (morning,) = [name for name in found if "matin : 1 sur 2" in name]
    with qtbot.waitSignal(desk.going) as gone:
        qtbot.mouseClick(found[morning], Qt.MouseButton.LeftButton)
    assert gone.args == ["readings", date(2026, 11, 22)]
    (breach,) = [name for name in found if "6,2" in name]
    with qtbot.waitSignal(desk.going) as gone:
        qtbot.mouseClick(found[breach], Qt.MouseButton.LeftButton)
    assert gone.args == ["breaches", 1]


def test_the_day_prints_the_kit_of_the_week(qtbot, show, desk, book):
    install(book, "CF 1", weekdays="1234567")
    screen = show(TodayScreen)
    assert screen.document() == ("weekly-kit", Period.week(FRIDAY))
    (kit,) = [button for name, button in buttons(screen).items() if "kit" in name]
    with qtbot.waitSignal(desk.printing) as asked:
        qtbot.mouseClick(kit, Qt.MouseButton.LeftButton)
    assert asked.args == ["weekly-kit", Period.week(FRIDAY)]


def test_after_the_last_service_of_a_week_the_next_ones_sheets_are_offered(show, book):
    install(book, "CF 1", weekdays="2345")
    screen = show(TodayScreen)
    assert screen.document() == ("weekly-kit", Period.week(date(2026, 11, 24)))
    said = " ".join(label.text() for label in screen.findChildren(QLabel))
    assert "mardi 24 novembre" in said
    assert "semaine 48" in said


def test_the_day_counts_the_readings_of_its_week(show, book):
    install(book, "CF 1", weekdays="2345")
    note(book, "3.1")
    said = " ".join(label.text() for label in show(TodayScreen).findChildren(QLabel))
    assert "Relevés de la semaine 47\u00a0: 1 sur 8" in said


def test_the_day_says_what_the_other_sheets_ask_for_and_leads_to_each(qtbot, show, desk, book):
    install(book, "CF 1", weekdays="2345")
    with book.action("Bloquer") as session:
        block(session, "Saumon", book.clock(), lot="S-1", by="AM")
    screen = show(TodayScreen)

    def found():
        return [name for name in buttons(screen) if "Saumon S-1 est bloqué" in name]

    qtbot.waitUntil(lambda: bool(found()))
    with qtbot.waitSignal(desk.going) as gone:
        qtbot.mouseClick(buttons(screen)[found()[0]], Qt.MouseButton.LeftButton)
    assert gone.args == ["breaches", 1]


def test_a_day_with_too_much_to_settle_stays_readable(show, book):
    install(book, *(f"CF {n}" for n in range(1, 13)), weekdays="2345")
    with book.action("Relevés") as session:
        for unit in range(1, 13):
            record_temperature(session, unit, FRIDAY, Slot.MORNING, Decimal(9), book.clock())
    screen = show(TodayScreen)
    said = [label.text() for label in screen.todo.findChildren(QLabel) if label.isVisible()]
    assert sum("9,0" in words for words in said) == MOST_LINES
    (more,) = [words for words in said if words.startswith("et ") and "autres" in words]
    assert int(more.split()[1]) >= 12 - MOST_LINES  # the breaches left out, and what else waits


def test_a_recheck_due_says_its_hour_on_the_day(show, book):
    install(book, "CF 2", weekdays="2345")
    note(book, "6.2")
    with book.action("Agir") as session:
        deed = Deed(1, "Joint abîmé", "Porte fermée", codes=("A-RECHECK",))
        do(session, deed, book.clock())
    (name,) = [name for name in buttons(show(TodayScreen)) if "6,2" in name]
    assert "contrôle attendu à 09:30" in name
    assert name.startswith("Contrôler")


def test_a_past_week_nobody_signed_is_asked_for(show, book):
    install(book, "CF 1")
    note(book, "3.1", date(2026, 11, 10))
    screen = show(TodayScreen)
    (name,) = [name for name in buttons(screen) if "semaine 46" in name]
    assert "9 cases vides" in name


def said_of(card):
    return [label.text() for label in card.findChildren(QLabel) if not label.isHidden()]


ALL_DONE = "Tout est fait. Bon appétit."


def begin(book):
    """Do what a canteen does once: its plan, its cleaning plan."""
    with book.action("Commencer") as session:
        start_draft(session)
        put_in_force(session, FRIDAY, Signed("", "", "", "AM"), book.clock())
        add_starter_tasks(session, book.clock())


def test_when_all_is_done_the_day_says_so(show, book, qtbot):
    install(book, "CF 1", weekdays="5")
    begin(book)
    for slot in (Slot.MORNING, Slot.EVENING):
        with book.action("Relevé") as session:
            record_temperature(session, 1, FRIDAY, slot, Decimal(3), book.clock())
    card = show(TodayScreen).order
    qtbot.waitUntil(lambda: ALL_DONE in said_of(card))


def test_a_day_after_a_week_with_holes_or_before_a_plan_does_not_say_all_is_done(show, book, qtbot):
    install(book, "CF 1", weekdays="2345")
    screen = show(TodayScreen)
    qtbot.waitUntil(lambda: any("Aucun plan" in words for words in said_of(screen.todo)))
    assert ALL_DONE not in said_of(screen.order)
    begin(book)
    screen.refresh()
    qtbot.waitUntil(lambda: not any("Aucun plan" in words for words in said_of(screen.todo)))
    assert ALL_DONE not in said_of(screen.order), "eight readings of the week are missing"


def test_a_profile_that_only_reads_sees_everything_and_changes_nothing(show, book):
    install(book, "CF 1")
    note(book, "6.2")
    book.actor = Actor("Lecture", None, frozenset())
    readings = show(ReadingsScreen)
    assert not readings.model.cell(0, 0).editable
    assert readings.breach.isVisible()
    assert not readings.breach.isEnabled()
    assert not readings.primary().isEnabled()
    plan = show(UnitsScreen)
    assert plan.form.name.value == "CF 1"
    assert not plan.form.isEnabled()
    assert not show(BreachesScreen).strip.isEnabled()
