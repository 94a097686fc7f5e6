"""The screen of sheets of days, by keyboard: tick, say why, sign, correct, keep the plan."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from cantine_desktop.canteen import calendar
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.documents.sheet_ids import SheetAsked
from cantine_desktop.hygiene.breaches import Breach
from cantine_desktop.hygiene.cleaning import tasks
from cantine_desktop.hygiene.cleaning.matrices import CLEANING, MATRICES, WASTE
from cantine_desktop.hygiene.cleaning.model import Answer, CleaningTask, Every
from cantine_desktop.hygiene.cleaning.starter import add_starter_tasks
from cantine_desktop.hygiene.cleaning.weeks import Spot, read_sheet
from cantine_desktop.office.catalogue import documents
from cantine_desktop.people import profiles
from cantine_desktop.people.model import ProfileKey
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.hygiene.cleaning import CleaningScreen
from ui.kit.cells import State

TUESDAY, FRIDAY = date(2026, 11, 17), date(2026, 11, 20)
WEEK = Period.week(FRIDAY)
"""The book's clock says Sunday 22 November 2026: the whole week is past."""


@pytest.fixture
def canteen(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))
        tasks.add_task(session, "Cuisine", "Sols")
        tasks.add_task(session, "Cuisine", "Plonge", every=Every.PER_SERVICE)
        tasks.add_task(session, "Salle", "Vitres", every=Every.WEEKLY)
    return book


@pytest.fixture
def open_screen(qtbot):
    desks = []

    def show(book):
        desk = Desk(book)
        desks.append(desk)
        screen = CleaningScreen(desk)
        qtbot.addWidget(screen)
        screen.resize(1100, 600)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        screen.open_at(TUESDAY)
        return screen

    yield show
    for desk in desks:
        desk.close()


@pytest.fixture
def screen(open_screen, canteen):
    return open_screen(canteen)


def focused():
    return QApplication.focusWidget()


def press(qtbot, *texts):
    for text in texts:
        for character in text:
            qtbot.keyClick(focused(), character)
        qtbot.keyClick(focused(), Qt.Key.Key_Return)


def boxes(book, matrix=CLEANING):
    with book.read() as session:
        return read_sheet(session, matrix, WEEK).boxes


def stand(screen, row, column):
    screen.grid.view.stand(row, column)
    screen.grid.setFocus()


def test_space_ticks_and_goes_down_and_the_foot_says_who(qtbot, canteen, screen):
    assert screen.model.rows[0].text == "Cuisine"
    for _row in range(2):
        qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert {spot.key for spot in boxes(canteen)} == {1, 2}
    visa = len(screen.model.rows) - 1
    assert screen.model.cell(visa, 0).text == "?"
    stand(screen, visa, 0)
    press(qtbot, "AM")
    assert {box.initials for box in boxes(canteen).values()} == {"AM"}
    assert screen.model.cell(1, 0).text == "✓"


def test_x_ticks_initials_tick_and_space_again_empties(qtbot, canteen, screen):
    qtbot.keyClick(focused(), "x")
    assert boxes(canteen)[Spot(1, TUESDAY)].written.answer is Answer.CONFORM
    stand(screen, 2, 0)
    press(qtbot, "lb")
    assert boxes(canteen)[Spot(2, TUESDAY)].initials == "LB"
    stand(screen, 1, 0)
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert Spot(1, TUESDAY) not in boxes(canteen)
    canteen.undo()
    assert Spot(1, TUESDAY) in boxes(canteen)


def test_a_slash_asks_why_and_writes_the_reason(qtbot, canteen, screen):
    press(qtbot, "/")
    qtbot.waitUntil(screen.why.isVisible)
    assert not boxes(canteen)
    screen.why.words.lineEdit().setText("Panne d’eau")
    qtbot.keyClick(screen.why.words.lineEdit(), Qt.Key.Key_Return)
    assert boxes(canteen)[Spot(1, TUESDAY)].written.note == "Panne d’eau"
    assert screen.model.cell(1, 0).state is State.SKIPPED


def test_a_block_of_boxes_ticked_at_once_says_so(qtbot, canteen, screen):
    screen.grid.view.selectAll()
    qtbot.keyClick(screen.grid.view, Qt.Key.Key_Space)
    found = boxes(canteen)
    assert len(found) == 12
    assert all(box.is_batch for box in found.values())


def test_everything_done_on_a_day_is_one_gesture_of_one_person(qtbot, canteen, screen):
    screen.ask_all_done()
    assert screen.all_done.isVisible()
    qtbot.keyClick(screen.all_done.initials, Qt.Key.Key_Return)
    assert not boxes(canteen)
    press(qtbot, "AM")
    found = boxes(canteen)
    assert {spot.key for spot in found} == {1, 2}
    assert all(box.is_batch and box.initials == "AM" for box in found.values())
    assert "d’un seul geste" in screen.model.cell(1, 0).tip


def test_closed_typed_in_a_box_closes_the_day_for_every_sheet(qtbot, canteen, screen):
    press(qtbot, "ferme")
    assert screen.model.cell(1, 0).state is State.CLOSED
    with canteen.read() as session:
        assert [row.day for row in calendar.closed_days(session, WEEK)] == [TUESDAY]
    stand(screen, 1, 0)
    screen.toggle_day()
    assert screen.model.cell(1, 0).state is State.MISSING


def test_going_on_leads_to_empty_boxes_then_visas_then_the_signature(qtbot, screen):
    stand(screen, 0, 3)
    screen.go_on()
    assert "vides" in screen.grid.message
    for day in WEEK.days[1:5]:
        screen.grid.view.stand(1, (day - TUESDAY).days)
        screen.ask_all_done()
        press(qtbot, "AM")
    stand(screen, 4, 3)
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    screen.go_on()
    assert "Visa" in screen.grid.message
    press(qtbot, "AM")
    screen.go_on()
    assert screen.sign.isVisible()
    press(qtbot, "AM")
    assert "signée par AM" in screen.subtitle
    assert screen.model.cell(1, 0).state is State.SEALED


def test_an_incomplete_sheet_is_signed_only_with_a_word(qtbot, screen):
    screen.go_on()
    screen.go_on()
    assert screen.sign.isVisible()
    press(qtbot, "AM")
    assert screen.sign.isVisible()
    qtbot.keyClicks(screen.sign.note, "rien cette semaine")
    qtbot.keyClick(screen.sign.note, Qt.Key.Key_Return)
    assert "signée" in screen.subtitle


def test_a_signed_box_is_corrected_with_its_reason(qtbot, canteen, screen):
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    screen.go_on()
    screen.sign.signed.emit("AM", "incomplète")
    stand(screen, 1, 0)
    screen.go_on()
    assert screen.correction.isVisible()
    press(qtbot, "so")
    screen.correction.reason.setText("Salle fermée")
    screen.correction.initials.setText("MB")
    qtbot.keyClick(screen.correction.initials, Qt.Key.Key_Return)
    box = boxes(canteen)[Spot(1, TUESDAY)]
    assert box.written.answer is Answer.NOT_APPLICABLE
    assert box.former


def test_weights_are_typed_in_kilograms_or_grams_and_add_up(qtbot, canteen, screen):
    screen.bar.sheets.setCurrentIndex(MATRICES.index(WASTE))
    stand(screen, 1, 0)
    press(qtbot, "350 g", "1,2", "350")
    assert "350 g" in screen.grid.message
    found = {spot.key: str(box.written.value) for spot, box in boxes(canteen, WASTE).items()}
    assert found == {"preparation_edible": "0.350", "preparation_inedible": "1.200"}
    total = next(row for row, head in enumerate(screen.model.rows) if head.text == "Total")
    assert screen.model.cell(total, 0).text == "1,55"


def test_a_bait_touched_opens_a_breach(qtbot, canteen, screen):
    with canteen.action("Poste") as session:
        tasks.add_station(session, "Poste 1")
    screen.bar.sheets.setCurrentIndex(4)
    stand(screen, 0, 0)
    told = []
    screen.desk.told.connect(lambda text, _undo: told.append(text))
    press(qtbot, "2")
    with canteen.read() as session:
        (breach,) = session.scalars(select(Breach)).all()
        assert breach.register == "pests"
    assert any("Non-conformité" in text for text in told)


def test_an_empty_plan_offers_the_one_to_start_from(book, open_screen):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))
    screen = open_screen(book)
    screen.begin()
    assert len(screen.model.rows) > 20
    book.undo()
    assert not screen.grid.isVisible()


def test_the_plan_is_kept_on_its_page(qtbot, canteen, screen):
    screen.toggle_plan()
    page = screen.plan.tasks
    assert page.isVisible()
    assert page.list.count() == 3
    page.add()
    assert page.list.count() == 4
    qtbot.keyClicks(focused(), "Hotte")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    page.retire()
    with canteen.read() as session:
        assert [task.name for task in tasks.cleaning_tasks(session)] == ["Sols", "Plonge", "Vitres"]
    screen.plan.products.add()
    qtbot.keyClicks(focused(), "DD4")
    screen.plan.products._form.contact.line.setFocus()
    qtbot.keyClicks(focused(), "5")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    with canteen.read() as session:
        (product,) = tasks.products(session)
        assert (product.name, product.contact_minutes) == ("DD4", 5)
    screen.toggle_plan()
    assert screen.grid.isVisible()


def test_a_sheet_opens_from_its_code_and_comes_back(screen):
    screen.open_at(SheetAsked("DE", Period.week(TUESDAY - timedelta(days=7))))
    assert screen.bar.matrix is WASTE
    assert screen.document() == ("waste-week-blank", Period.week(TUESDAY - timedelta(days=7)))
    place = screen.place()
    screen.open_at(None)
    screen.open_at(place)
    assert screen.bar.matrix is WASTE


def test_two_hundred_lines_open_at_once(book, open_screen):
    with book.action("Plan énorme") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="1234567"))
        for n in range(200):
            session.add(CleaningTask(zone=f"Zone {n % 9}", name=f"Ligne {n}", position=n))
    screen = open_screen(book)
    assert len(screen.model.rows) == 210


def test_who_only_reads_changes_nothing(qtbot, canteen, open_screen):
    with canteen.action("Profils") as session:
        profiles.seed(session)
        add_starter_tasks(session, canteen.clock())
    profiles.sign_in(canteen, ProfileKey.READING)
    screen = open_screen(canteen)
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert not boxes(canteen)
    assert not screen.primary().isEnabled()


def test_a_line_of_the_plan_found_by_search_opens_on_its_page(screen):
    screen.open_at(3)
    assert screen.plan.tasks.isVisible()
    assert screen.plan.tasks.chosen() == 3


def test_a_photo_joined_to_a_sheet_stands_beside_it(qtbot, tmp_path, canteen, screen):
    scan = tmp_path / "NE-S47.pdf"
    with canteen.read() as session, scan.open("wb") as target:
        documents()["cleaning-week-blank"].write(session, WEEK, canteen.clock(), target)
    screen.paper.attach([scan, tmp_path / "absente.pdf"])
    assert screen.bar.paper.text() == "1"
    screen.paper.toggle()
    qtbot.waitUntil(screen.paper.pane.view.isVisible)
    canteen.undo()
    assert not screen.bar.paper.text()
