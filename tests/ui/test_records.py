"""The sheets of registers in the whole window: typed, pasted, signed, corrected, on paper."""

from datetime import timedelta
from decimal import Decimal
from time import perf_counter

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.equipment import keeping
from cantine_desktop.hygiene.equipment.kinds import EquipmentKind
from cantine_desktop.hygiene.food.goods import GOODS
from cantine_desktop.hygiene.kitchen.training import TRAINING
from cantine_desktop.hygiene.model import WeekSignature
from cantine_desktop.hygiene.registers import recording, scans
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.period import Period
from tests.hygiene import chilling
from tests.hygiene.chilling import CHILLING, Chilling
from ui.hygiene import certificate_rows, records_shown
from ui.hygiene.records import RecordsScreen


@pytest.fixture
def canteen(window, workplace, monkeypatch, qtbot):
    """Yield a workplace that has one more register, and last week of it in view."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    chilling.enter(workplace.desk.book.engine)
    monkeypatch.setattr(records_shown, "REGISTERS", (CHILLING, *records_shown.REGISTERS))
    shown = RecordsScreen.shows | {"test_chilling"}
    monkeypatch.setattr(RecordsScreen, "shows", shown)
    yield workplace
    chilling.leave()


@pytest.fixture
def screen(canteen):
    canteen.navigator.go("records", last_week(canteen))
    return canteen.navigator.current


def last_week(workplace):
    today = civil_date(workplace.desk.book.clock())
    return Period.week(today - timedelta(days=7))


def rows(workplace):
    with workplace.desk.book.read() as session:
        return session.scalars(select(Chilling).order_by(Chilling.id)).all()


def focused():
    return QApplication.focusWidget()


def press(qtbot, *texts):
    for text in texts:
        for character in text:
            qtbot.keyClick(focused(), character)
        qtbot.keyClick(focused(), Qt.Key.Key_Return)


def line(dish="Soupe", end="15h30", celsius="8,5"):
    return ("ven", dish, "40", "12,5", "14h", "63", end, celsius, "cel", "c", "", "AM")


def texts(screen, row):
    return [screen.model.cell(row, column).text for column in range(len(CHILLING.columns))]


def test_a_sheet_is_typed_along_the_rows_and_the_next_one_waits(qtbot, canteen, screen):
    before = perf_counter()
    press(qtbot, *line(), *line("Gratin"), *line("Riz"), *line("Daube", "18h", "12"))
    spent = perf_counter() - before
    assert [row.dish for row in rows(canteen)] == ["Soupe", "Gratin", "Riz", "Daube"]
    assert rows(canteen)[0].end_celsius == Decimal("8.5")
    assert texts(screen, 0)[1:9] == [
        "Soupe", "40", "12,500", "14:00", "63,0", "15:30", "8,5", "90 min",
    ]  # fmt: skip
    assert screen.grid.view.currentIndex().row() == 4
    assert screen.breach.isVisible()
    assert "1 écart" in screen.subtitle
    assert spent < 60, "48 cells in under a minute"


def test_a_mistake_stays_in_its_cell_with_what_to_type(qtbot, canteen, screen):
    press(qtbot, "ven", "Soupe", "quarante")
    assert "« quarante » n’est pas un nombre" in screen.grid.message
    assert screen.model.refused == [(0, 2)]
    press(qtbot, "40")
    assert rows(canteen)[0].portions == 40
    assert not screen.model.refused
    screen.grid.view.stand(1, 1)
    press(qtbot, "sans jour")
    assert "le jour" in screen.grid.message
    assert len(rows(canteen)) == 1


def test_undo_takes_back_cell_after_cell(qtbot, window, canteen, screen):
    press(qtbot, "ven", "Soupe", "40")
    for portions, dish in ((None, "Soupe"), (None, "")):
        window.commands["undo"].trigger()
        assert [(row.portions, row.dish) for row in rows(canteen)] == [(portions, dish)]
    window.commands["undo"].trigger()
    assert rows(canteen) == []
    assert len(screen.model.rows) == 1


def paste(screen, text):
    QApplication.clipboard().setText(text)
    screen.grid.view.paste()


def test_a_block_of_a_spreadsheet_is_pasted_as_one_step(window, canteen, screen):
    day = last_week(canteen).first
    block = "".join(
        f"{day:%d/%m/%Y}\tPlat {n}\t{n}\t1,5\t12:00:00\t63\t13:30\t8\r\n" for n in range(1, 31)
    )
    paste(screen, block)
    assert [row.portions for row in rows(canteen)] == list(range(1, 31))
    assert len(screen.model.rows) == 31
    window.commands["undo"].trigger()
    assert rows(canteen) == []


@pytest.mark.parametrize(
    "text",
    [
        "ven\tSoupe\t40\nven\tRiz\tbeaucoup\n",
        "\tSans jour\n",
        "31/12/1999\tSoupe\n",
        "ven\tx" * 600,
        "ven\n" * 501,
        "ven\t" + "x" * 5000,
        "\x00\x00\x00",
    ],
)
def test_a_block_with_something_wrong_writes_nothing_and_says_why(qtbot, canteen, screen, text):
    paste(screen, text)
    qtbot.wait(10)
    assert rows(canteen) == []
    assert len(screen.model.rows) == 1


def test_a_refused_block_names_the_row(qtbot, screen):
    paste(screen, "ven\tSoupe\t40\nven\tRiz\tbeaucoup\n")
    qtbot.waitUntil(lambda: "Ligne 2" in screen.grid.message)
    assert "Rien n’a été collé" in screen.grid.message


def test_formulas_and_markup_stay_plain_words(canteen, screen):
    paste(screen, "ven\t=cmd|' /C calc'!A0\nven\t<b>gras</b>\n")
    assert [row.dish for row in rows(canteen)] == ["=cmd|' /C calc'!A0", "<b>gras</b>"]


def test_a_row_is_deleted_by_its_key_and_by_emptying_it(qtbot, canteen, screen):
    press(qtbot, *line(), *line("Riz"))
    screen.grid.view.stand(0, 3)
    screen.remove_rows()
    assert [row.dish for row in rows(canteen)] == ["Riz"]
    screen.grid.view.selectRow(0)
    qtbot.keyClick(screen.grid.view, Qt.Key.Key_Delete)
    assert rows(canteen) == []


def test_ctrl_d_repeats_words_and_never_a_measure(qtbot, canteen, screen):
    press(qtbot, *line())
    for column in (0, 1):
        screen.grid.view.stand(1, column)
        screen.copy_down()
    screen.grid.view.stand(1, 5)
    screen.copy_down()
    assert "ne se recopie pas" in screen.grid.message
    assert (rows(canteen)[1].dish, rows(canteen)[1].start_celsius) == ("Soupe", None)


def test_ctrl_enter_leads_from_the_breach_to_the_hole_to_the_signature(qtbot, screen):
    press(qtbot, *line("Daube", "18h", "12"), "ven", "Riz")
    screen.go_on()
    assert screen.breach.isAncestorOf(focused())
    screen.breach.cause.setEditText("Cellule en panne")
    screen.breach.action.setEditText("Jeté")
    screen.breach.initials.setText("AM")
    qtbot.keyClick(screen.breach.initials, Qt.Key.Key_Return)
    if screen.sheet.breaches and not screen.sheet.breaches[0].actions:
        pytest.fail(screen.breach.error.text())
    screen.go_on()
    assert (screen.grid.view.currentIndex().row(), "pas complète" in screen.grid.message) == (
        1, True,
    )  # fmt: skip
    screen.remove_rows()
    screen.go_on()
    assert screen.sign.isVisible()
    press(qtbot, "")
    assert screen.sheet.state.signed_by == "AM"
    assert not screen.model.cell(0, 1).is_open


def signed(qtbot, screen):
    press(qtbot, *line())
    screen.go_on()
    press(qtbot, "")
    assert screen.sheet.state.is_signed


def test_a_signed_row_is_corrected_with_a_reason_and_initials(qtbot, canteen, screen):
    signed(qtbot, screen)
    screen.grid.view.stand(0, 7)
    screen.go_on()
    assert focused() is screen.correction.fields_of[7]
    press(qtbot, "12")
    assert "pourquoi" in screen.correction.error.text()
    screen.correction.reason.setText("Mal lu")
    screen.correction.initials.setText("JB")
    qtbot.keyClick(screen.correction.initials, Qt.Key.Key_Return)
    assert not screen.correction.isVisible()
    assert [row.end_celsius for row in rows(canteen)] == [Decimal("8.5"), Decimal(12)]
    assert texts(screen, 0)[7] == "12,0"
    assert "« T° fin » était : 8,5" in screen.model.cell(0, 7).tip
    assert screen.sheet.breaches


def test_a_signed_row_is_cancelled_and_a_forgotten_one_added(qtbot, screen):
    signed(qtbot, screen)
    screen.correct()
    screen.correction.reason.setText("Jamais servi")
    screen.correction.initials.setText("JB")
    screen.correction.drop.click()
    assert screen.sheet.lines[0].is_void
    screen.add_forgotten()
    screen.correction.fields_of[0].setText("jeu")
    screen.correction.fields_of[1].setText("Riz")
    screen.correction.reason.setText("Feuille retrouvée")
    screen.correction.initials.setText("AM")
    screen.correction.done.click()
    assert [line.texts[1] for line in screen.sheet.lines if not line.is_void] == ["Riz"]


def test_an_empty_week_is_signed_with_a_word(qtbot, canteen, screen):
    screen.say_nothing()
    press(qtbot, "AM")
    with canteen.desk.book.read() as session:
        (signature,) = session.scalars(select(WeekSignature)).all()
    assert (signature.register, signature.note) == ("chilling", "Rien cette semaine")
    assert "rien, signée" in screen.bar.sheets.currentText()


def test_the_id_of_a_sheet_leads_to_it(canteen, screen):
    week = last_week(canteen).first.isocalendar()
    canteen.navigator.go("today")
    code = f"FR-{week.year}-S{week.week:02}"
    (found,) = canteen.offers.sheets(code)
    found.run()
    assert canteen.navigator.key == "records"
    assert screen.sheet.register.letter == "FR"
    assert screen.document() == (f"{screen.sheet.register.key}-week-blank", last_week(canteen))


def test_a_record_found_in_the_palette_opens_its_sheet_on_its_row(canteen, screen):
    day = last_week(canteen).first
    with canteen.desk.book.action("Réceptions") as session:
        for product in ("Poireaux", "Cabillaud"):
            values = {"day": day, "product": product}
            recording.add(session, GOODS, values, canteen.desk.book.clock())
    canteen.navigator.go("today")
    (found,) = canteen.offers.records("cabillaud")
    found.run()
    assert screen.sheet.register is GOODS
    assert screen.grid.view.currentIndex().row() == 1


def test_the_readings_and_the_sheets_lead_to_one_another_in_the_same_week(canteen, screen):
    week = last_week(canteen)
    screen.bar.chosen.emit("readings")
    assert canteen.navigator.key == "readings"
    readings = canteen.navigator.current
    assert readings.place() == week
    readings.bar.sheets.chosen.emit(GOODS.letter)
    assert canteen.navigator.key == "records"
    assert (screen.sheet.register, screen.sheet.week) == (GOODS, week)


def photo(path):
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    assert picture.save(str(path))
    return path


def test_a_photo_dropped_on_the_screen_stands_beside_the_grid(qtbot, screen, tmp_path):
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(photo(tmp_path / "fiche.png")))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(screen, QDragEnterEvent(QPoint(5, 5), copy, dropped, buttons, keys))
    QApplication.sendEvent(screen, QDropEvent(QPointF(5, 5), copy, dropped, buttons, keys))
    assert screen.sheet.state.scans == 1
    qtbot.waitUntil(screen.scans.view.isVisible)
    screen.toggle_paper()
    assert screen.scans.isHidden()
    assert screen.grid.isVisible()


def test_a_file_that_is_no_paper_is_refused(screen, tmp_path):
    path = tmp_path / "fiche.pdf"
    path.write_bytes(b"MZ not a pdf")
    screen.attach([path])
    screen.attach([tmp_path / "absent.pdf"])
    assert screen.sheet.state.scans == 0


def test_a_broken_pdf_says_so(qtbot, canteen, screen):
    with canteen.desk.book.action("Joindre") as session:
        day = last_week(canteen).first
        scans.attach_scan(session, "chilling", day, b"%PDF-1.4", "f.pdf", canteen.desk.book.clock())
    screen.toggle_paper()
    qtbot.waitUntil(lambda: "abîmé" in screen.scans.sentence.text())


def test_a_busy_year_opens_at_once(canteen):
    book = canteen.desk.book
    first = last_week(canteen).first - timedelta(weeks=51)
    with book.action("Une année") as session:
        for n in range(2600):
            day = first + timedelta(days=7 * (n // 50) + n % 5)
            session.add(Chilling(day=day, dish=f"Plat {n}", recorded_at=book.clock()))
    canteen.navigator.go("records", last_week(canteen))
    screen = canteen.navigator.current
    assert len(screen.model.rows) == 51
    spent = []
    for _ in range(5):
        before = perf_counter()
        screen.show_sheet(CHILLING, last_week(canteen).first)
        spent.append(perf_counter() - before)
    assert min(spent) < 0.1


def test_the_probe_of_a_sheet_is_chosen_once_and_every_new_row_names_it(qtbot, canteen, screen):
    assert screen.bar.probe.isHidden(), "no probe is known: nothing to choose"
    with canteen.desk.book.action("Sonde") as session:
        keeping.add(session, "Sonde bleue", EquipmentKind.PROBE)
    screen.show_sheet(CHILLING, last_week(canteen).first)
    press(qtbot, *line())
    place = screen.bar.probe.findData("Sonde bleue")
    screen.bar.probe.setCurrentIndex(place)
    screen.bar.probe.activated.emit(place)
    assert [each.probe for each in rows(canteen)] == ["Sonde bleue"]
    press(qtbot, *line("Gratin"))
    assert [each.probe for each in rows(canteen)] == ["Sonde bleue"] * 2
    canteen.navigator.go("records", last_week(canteen))
    assert screen.bar.probe.currentData() == "Sonde bleue"
    screen.show_sheet(TRAINING, last_week(canteen).first)
    assert screen.bar.probe.isHidden()


def test_a_certificate_is_joined_to_a_row_of_the_sheet_of_training_and_opened(
    canteen, screen, tmp_path, monkeypatch
):
    opened = []
    monkeypatch.setattr(certificate_rows, "open_attachment", lambda _desk, key: opened.append(key))
    day = last_week(canteen).first
    screen.show_sheet(TRAINING, day)
    screen.take_certificate(photo(tmp_path / "attestation.png"))
    assert not opened
    with canteen.desk.book.action("Formation") as session:
        recording.add(session, TRAINING, {"day": day, "name": "Inès"}, canteen.desk.book.clock())
    screen.show_sheet(TRAINING, day)
    screen.open_certificate()
    assert not opened, "nothing is joined yet"
    screen.take_certificate(tmp_path / "absent.png")
    screen.take_certificate(tmp_path / "attestation.png")
    screen.open_certificate()
    assert len(opened) == 1
    assert "attestation.png" in texts_of(screen, 0)
    canteen.desk.book.undo()
    screen.open_certificate()
    assert len(opened) == 1


def texts_of(screen, row):
    return [screen.model.cell(row, column).text for column in range(len(screen.sheet.columns))]


def test_a_reader_sees_the_sheets_and_changes_nothing(qtbot, canteen):
    book = canteen.desk.book
    book.actor = Actor("Lecture", None, frozenset())
    reader = RecordsScreen(canteen.desk)
    qtbot.addWidget(reader)
    reader.show_sheet(TRAINING, last_week(canteen).first)
    for strip in (reader.breach, reader.sign, reader.correction, reader.bar.probe):
        assert not strip.isEnabled()
    offered = {action.text() for action in reader.actions() if action.isEnabled()}
    assert "Ouvrir l’attestation de la ligne" in offered
    assert not {"Joindre l’attestation de la ligne…", "Supprimer la ligne"} & offered
