"""The equipment in its screen: appliances, checks, upkeep, documents."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.hygiene import recording, units
from cantine_desktop.hygiene.breach_tables import Breach
from cantine_desktop.hygiene.equipment import certificates, keeping, maintenance
from cantine_desktop.hygiene.equipment.kinds import EquipmentKind
from cantine_desktop.hygiene.equipment.model import (
    Calibration,
    Certificate,
    Equipment,
    MaintenanceTicket,
    MaintenanceVisit,
)
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import ColdUnit, FormerTerms, Frequency, Origin, Slot
from cantine_desktop.hygiene.recording import Entry, Spot, Taken
from cantine_desktop.storage.attachments import Attachment
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.hygiene.equipment import EquipmentScreen
from ui.today.day import TodayScreen

TODAY = date(2026, 11, 22)


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def screen(qtbot, desk, book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))
        units.add(session, "CF 1")
    screen = EquipmentScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 600)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    return screen


def first(book, table):
    with book.read() as session:
        return session.scalars(select(table)).first()


def count(book, table):
    with book.read() as session:
        return len(session.scalars(select(table)).all())


def add_probe(book, name="Sonde bleue"):
    with book.action("Ajouter") as session:
        return keeping.add(session, name, EquipmentKind.PROBE).id


def shown(table):
    return [table.model.row(place).texts for place in range(len(table.model.keys))]


def test_the_cold_units_come_first_and_every_tab_names_its_own_action(screen):
    assert screen.primary().text() == "Ajouter une enceinte"
    assert screen.document()[0] == "temperatures-week-blank"
    texts, papers = [], []
    for tab in range(1, 4):
        screen.tabs.setCurrentIndex(tab)
        texts.append(screen.primary().text())
        papers.append(screen.document())
    assert texts == ["Ajouter un appareil", "Demander une réparation", "Ajouter un document"]
    assert papers[2] == ("documents-register", Period.year(TODAY))


def test_an_empty_list_starts_with_a_probe_and_undo_takes_it_back(qtbot, screen, book):
    screen.open_at(("devices", None))
    (start,) = [
        button
        for button in screen.part.findChildren(QPushButton)
        if button.text() == "Commencer par une sonde"
    ]
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    assert first(book, Equipment).kind is EquipmentKind.PROBE
    assert shown(screen.part.table)[0][1].startswith("jamais vérifié")
    book.undo()
    assert not count(book, Equipment)
    assert not screen.part.table.model.keys


def test_an_appliance_is_named_and_placed_by_keyboard(qtbot, screen, book):
    screen.open_at(("devices", None))
    screen.primary().trigger()
    pane = screen.part.list.pane
    assert pane.name.line.hasSelectedText()
    qtbot.keyClicks(pane.name.line, "Friteuse")
    qtbot.keyClick(pane.name.line, Qt.Key.Key_Return)
    pane.kind.setCurrentIndex(pane.kind.findData(EquipmentKind.FRYER))
    pane.kind.activated.emit(pane.kind.currentIndex())
    found = first(book, Equipment)
    assert (found.name, found.kind) == ("Friteuse", EquipmentKind.FRYER)
    assert not pane.checks.isVisible(), "a fryer is not calibrated"


def test_a_check_is_typed_in_place_and_a_wrong_one_leads_to_what_it_measured(qtbot, screen, book):
    add_probe(book)
    with book.action("Relever") as session:
        entry = Entry(Spot(1, date(2026, 11, 20), Slot.MORNING), Decimal("3.1"))
        recording.record_many(
            session, [entry], book.clock(), Taken(Origin.PAPER, "AM", None, "Sonde bleue")
        )
    screen.open_at(("equipment", 1))
    box = screen.part.list.pane.checks
    assert box.expected.value == 0
    box.shown.setFocus()
    qtbot.keyClicks(box.shown.line, "2,4")
    qtbot.keyClick(box.shown.line, Qt.Key.Key_Return)
    check = first(book, Calibration)
    assert (check.verdict, check.instrument, check.expected) == (
        Verdict.BREACH,
        "Sonde bleue",
        Decimal(0),
    )
    assert first(book, Breach).point == "CAL-01"
    assert "faux" in box.result.text
    assert "1 température" in screen.part.notice.text
    screen.part._see_suspects()
    assert shown(screen.part.suspects.table)[0][3] == "CF 1"
    assert screen.document() == ("suspect-temperatures", Period.month(TODAY))
    qtbot.keyClick(screen.part.suspects.table.view, Qt.Key.Key_Escape)
    assert screen.part._pages.currentIndex() == 0


def test_enter_notes_one_check_not_two(qtbot, screen, book):
    add_probe(book)
    screen.open_at(("equipment", 1))
    box = screen.part.list.pane.checks
    qtbot.keyClicks(box.shown.line, "0,2")
    qtbot.keyClick(box.shown.line, Qt.Key.Key_Return)
    qtbot.keyClick(box.shown.line, Qt.Key.Key_Return)
    assert count(book, Calibration) == 1
    assert "juste" in box.result.text


def test_a_check_without_a_figure_asks_for_it(qtbot, screen, book):
    add_probe(book)
    screen.open_at(("equipment", 1))
    box = screen.part.list.pane.checks
    qtbot.mouseClick(box.note, Qt.MouseButton.LeftButton)
    assert "affiche" in box.result.text
    assert not count(book, Calibration)


def test_the_altitude_moves_what_boiling_water_should_show(qtbot, screen, book):
    add_probe(book)
    screen.open_at(("equipment", 1))
    altitude = screen.part.altitude
    altitude.setFocus()
    qtbot.keyClicks(altitude.line, "400")
    qtbot.keyClick(altitude.line, Qt.Key.Key_Return)
    assert "98,7" in screen.part.boils.text()
    box = screen.part.list.pane.checks
    box.test.setCurrentIndex(1)
    assert box.expected.value == Decimal("98.7")


def test_a_probe_is_put_aside_and_back(qtbot, screen, book):
    add_probe(book)
    screen.open_at(("equipment", 1))
    pane = screen.part.list.pane
    qtbot.mouseClick(pane.aside, Qt.MouseButton.LeftButton)
    assert "hors service depuis" in shown(screen.part.table)[0][2]
    assert pane.aside.text() == "Remettre en service"
    qtbot.mouseClick(pane.aside, Qt.MouseButton.LeftButton)
    assert first(book, Equipment).broken_since is None


def test_a_ticket_is_written_closed_and_opened_again(qtbot, screen, book):
    screen.open_at(("upkeep", None))
    screen.primary().trigger()
    pane = screen.part.list.pane
    qtbot.keyClicks(pane.title.line, "Joint casse")
    qtbot.keyClick(pane.title.line, Qt.Key.Key_Return)
    pane.about.setCurrentIndex(1)
    pane.about.activated.emit(1)
    found = first(book, MaintenanceTicket)
    assert (found.title, found.unit_id) == ("Joint casse", 1)
    qtbot.mouseClick(pane.settle, Qt.MouseButton.LeftButton)
    assert "ce qui a été fait" in pane.message.text()
    qtbot.keyClicks(pane.outcome.line, "Joint neuf")
    qtbot.mouseClick(pane.settle, Qt.MouseButton.LeftButton)
    assert first(book, MaintenanceTicket).outcome == "Joint neuf"
    assert "réparé le" in shown(screen.part.table)[0][3]
    qtbot.mouseClick(pane.settle, Qt.MouseButton.LeftButton)
    assert first(book, MaintenanceTicket).is_open


def test_a_visit_is_noted_with_the_next_one(qtbot, screen, book):
    screen.open_at(("upkeep", None))
    qtbot.mouseClick(screen.part.visit, Qt.MouseButton.LeftButton)
    pane = screen.part.list.pane
    due = pane.form.field("next_due")
    qtbot.keyClicks(due.line, "1/12/2026")
    qtbot.keyClick(due.line, Qt.Key.Key_Return)
    assert first(book, MaintenanceVisit).next_due == date(2026, 12, 1)
    assert "prochain le 01/12/2026" in shown(screen.part.table)[0][3]


def test_a_missing_document_is_added_where_it_is_missing(qtbot, screen, book):
    screen.open_at(("documents", None))
    assert "2 à trouver" in screen.subtitle
    pane = screen.part.list.pane
    qtbot.mouseClick(pane.have, Qt.MouseButton.LeftButton)
    found = first(book, Certificate)
    assert (found.point, found.title[:11]) == ("DOC-01", "Déclaration")
    assert QApplication.focusWidget() is screen.part.list.pane.form.field("dated").line
    assert "1 à trouver" in screen.subtitle


def test_a_file_dropped_on_a_document_is_joined(qtbot, screen, book, tmp_path):
    with book.action("Ajouter") as session:
        certificates.add(session, "Contrat 3D", "PES-03")
    screen.open_at(("certificate", 1))
    scan = tmp_path / "contrat 3D.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    pane = screen.part.list.pane
    pane.file.take([scan])
    qtbot.waitUntil(lambda: count(book, Attachment) == 1)
    assert "contrat 3D.pdf" in pane.file.words.text()
    assert first(book, Attachment).media_type == "application/pdf"
    book.undo()
    assert "Aucun fichier" in pane.file.words.text()


def test_a_file_that_does_not_exist_is_said_without_a_crash(qtbot, screen, book, tmp_path):
    with book.action("Ajouter") as session:
        certificates.add(session, "Contrat 3D", "PES-03")
    screen.open_at(("certificate", 1))
    pane = screen.part.list.pane
    pane.file.take([tmp_path / "nulle part.pdf"])
    qtbot.waitUntil(lambda: "ne se lit pas" in pane.file.words.text())


def test_a_frequency_changed_today_leaves_the_past_as_it_was(screen, book):
    with book.action("Relever") as session:
        entry = Entry(Spot(1, date(2026, 11, 10), Slot.MORNING), Decimal("3.1"))
        recording.record_many(session, [entry], book.clock())
    form = screen.part.form
    form.frequency.setCurrentIndex(form.frequency.findData(Frequency.ONCE))
    assert first(book, FormerTerms).until == TODAY
    form.from_day.set_value(None)
    form.tolerance.set_value(Decimal("2.5"))
    form.tolerance.committed.emit(Decimal("2.5"))
    assert not count(book, FormerTerms), "no day: it was never so"
    assert first(book, ColdUnit).tolerance == Decimal("2.5")


def test_a_place_is_left_and_found_again(screen, book):
    add_probe(book, "Sonde A")
    add_probe(book, "Sonde B")
    with book.action("Demander") as session:
        maintenance.open_ticket(session, 2, "Câble abîmé", book.clock())
    screen.open_at(("equipment", 2))
    place = screen.place()
    assert place == ("devices", 2)
    screen.open_at(("ticket", 1))
    assert screen.place() == ("upkeep", ("ticket", 1))
    screen.open_at(place)
    assert screen.part.table.current_key == 2


@pytest.mark.usefixtures("screen")
def test_a_profile_that_only_reads_changes_nothing(qtbot, desk, book):
    add_probe(book)
    book.actor = Actor("Lecture", None, frozenset())
    other = EquipmentScreen(desk)
    qtbot.addWidget(other)
    other.show()
    for name, key in (("equipment", 1), ("upkeep", None), ("documents", None)):
        other.open_at((name, key))
        assert not other.primary().isEnabled()
    other.open_at(("equipment", 1))
    assert not other.part.list.pane.form.isEnabled()
    assert not other.part.altitude.isEnabled()


def test_the_day_leads_to_the_thing_that_is_due(qtbot, screen, desk, book):
    with book.action("Demander") as session:
        maintenance.open_ticket(session, None, "Carrelage fendu", book.clock())
    add_probe(book)
    day = TodayScreen(desk)
    qtbot.addWidget(day)
    day.show()
    places = {}
    desk.going.connect(lambda name, place: places.__setitem__(place[0], (name, place[1])))

    def offered():
        return [each for each in day.findChildren(QPushButton) if each.text() in wanted]

    wanted = {"Suivre", "Étalonner"}
    qtbot.waitUntil(lambda: len(offered()) == 2)
    for button in offered():
        button.click()
    assert places == {"ticket": ("equipment", 1), "check": ("equipment", 1)}
    screen.open_at(("ticket", 1))
    assert screen.place() == ("upkeep", ("ticket", 1))
    screen.open_at(("check", 1))
    assert screen.place() == ("devices", 1)
