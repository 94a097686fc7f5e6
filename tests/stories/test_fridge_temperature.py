"""A week typed from the sheet in the kitchen: read, corrected, signed, printed, read back."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.hygiene.model import (
    Breach,
    ColdUnit,
    CorrectiveAction,
    Gap,
    Reading,
    Slot,
    UnitKind,
    WeekSignature,
)
from cantine_desktop.hygiene.recording import record_temperature
from cantine_desktop.office.catalogue import documents
from cantine_desktop.values.period import Period
from ui.desk import Desk
from ui.hygiene.readings import ReadingsScreen

FRIDAY = date(2026, 11, 20)
WEEK = Period.week(FRIDAY)
UNITS = (
    ("CF 1", UnitKind.COLD_ROOM, 4),
    ("CF 2", UnitKind.COLD_ROOM, 4),
    ("Congél", UnitKind.FREEZER, -18),
)
"""The book's clock says Sunday 22 November 2026, 8:30 in Paris: the whole week is past."""


@pytest.fixture
def canteen(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))
        for position, (name, kind, maximum) in enumerate(UNITS):
            unit = ColdUnit(
                name=name,
                kind=kind,
                maximum=Decimal(maximum),
                tolerance=Decimal(2),
                position=position,
            )
            session.add(unit)
    return book


@pytest.fixture
def screen(qtbot, canteen):
    desk = Desk(canteen)
    screen = ReadingsScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 600)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.open_at(FRIDAY.replace(day=17))
    yield screen
    desk.close()


def focused():
    return QApplication.focusWidget()


def press(qtbot, *texts):
    """Type each text and leave it with Enter, wherever the keyboard is."""
    for text in texts:
        for character in text:
            qtbot.keyClick(focused(), character)
        qtbot.keyClick(focused(), Qt.Key.Key_Return)


def control(qtbot, key):
    qtbot.keyClick(focused(), key, Qt.KeyboardModifier.ControlModifier)


def rows(book, entity):
    with book.read() as session:
        return list(session.scalars(select(entity).order_by(entity.id)))


def printed(book, key):
    target = BytesIO()
    with book.read() as session:
        documents()[key].write(session, WEEK, book.clock(), target)
    return "\n".join(
        page.get_textpage().get_text_range() for page in pdfium.PdfDocument(target.getvalue())
    )


def here(screen):
    index = screen.grid.view.currentIndex()
    return index.row(), index.column()


FULL_WEEK = (
    ("3,1", "3.4", "-19"), ("3,0", "3,9", "-20"), ("2,9", "3,6", "-19"), ("3", "4,0", "-19,5"),
    ("3,2", "3,8", "-20"), ("3,1", "3,5", "-19"), ("2,8", "3,7", "-18"), ("2,7", "3,3", "-18,2"),
)  # fmt: skip


def type_week(qtbot):
    for column in FULL_WEEK:
        press(qtbot, *column, "AM")


@pytest.mark.usefixtures("screen")
def test_a_week_is_typed_signed_and_printed_with_the_keyboard_alone(qtbot, canteen):
    type_week(qtbot)
    readings = rows(canteen, Reading)
    assert len(readings) == 24
    assert {reading.initials for reading in readings} == {"AM"}
    assert readings[2].celsius == Decimal(-19)
    control(qtbot, Qt.Key.Key_Return)
    press(qtbot, "")
    assert [signed.initials for signed in rows(canteen, WeekSignature)] == ["AM"]
    assert all(reading.is_sealed for reading in rows(canteen, Reading))
    text = printed(canteen, "temperatures-week")
    assert "T-2026-S47" in text
    assert "La Tablée" in text
    for value in ("3,1", "−19,5", "≤ −18", "AM"):
        assert value in text.replace("\u00a0", " ")
    blank = printed(canteen, "temperatures-week-blank")
    assert "CF 2" in blank
    assert "3,1" not in blank


def test_each_value_is_saved_as_it_is_left_and_taken_back_one_by_one(qtbot, screen, canteen):
    press(qtbot, "3,1", "3,4")
    assert [reading.celsius for reading in rows(canteen, Reading)] == [
        Decimal("3.1"),
        Decimal("3.4"),
    ]
    canteen.undo()
    assert [reading.celsius for reading in rows(canteen, Reading)] == [Decimal("3.1")]
    assert not screen.model.cell(1, 0).text


def test_a_warm_room_asks_what_was_done_and_a_good_recheck_settles_it(qtbot, screen, canteen):
    press(qtbot, "3,1", "6,2")
    assert screen.breach.isVisible()
    assert "CF 2" in screen.breach.question.text()
    assert "6,2" in screen.breach.question.text()
    control(qtbot, Qt.Key.Key_Return)
    assert focused() is screen.breach.cause
    screen.breach.cause.setEditText("Porte mal fermée")
    screen.breach.action.setCurrentIndex(0)
    screen.breach.at.setText("10:15")
    screen.breach.celsius.setText("4,0")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    (breach,) = rows(canteen, Breach)
    assert breach.closed_at is not None
    assert len(rows(canteen, CorrectiveAction)) == 1
    assert not screen.breach.isVisible()
    text = printed(canteen, "temperatures-week")
    assert "▲" in text
    assert "Porte mal fermée" in text
    assert "10:15" in text


def test_a_value_still_being_typed_is_written_before_going_on(qtbot, screen, canteen):
    for character in "6,2":
        qtbot.keyClick(focused(), character)
    control(qtbot, Qt.Key.Key_Return)
    assert [reading.celsius for reading in rows(canteen, Reading)] == [Decimal("6.2")]
    assert focused() is screen.breach.cause


def test_going_on_leads_from_each_breach_to_the_next(qtbot, screen):
    press(qtbot, "7", "6,2")
    control(qtbot, Qt.Key.Key_Return)
    first = screen.breach.breach
    screen.breach.cause.setCurrentIndex(0)
    screen.breach.action.setCurrentIndex(0)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    control(qtbot, Qt.Key.Key_Return)
    assert screen.breach.breach.breach_id != first.breach_id
    assert not screen.breach.cause.currentText()


def test_a_breach_may_wait_and_its_reading_retyped_withdraws_it(qtbot, screen, canteen):
    press(qtbot, "6,2")
    control(qtbot, Qt.Key.Key_Return)
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is screen.grid.view
    screen.grid.view.stand(0, 0)
    press(qtbot, "2,6")
    assert rows(canteen, Breach)[0].withdrawn_at is not None
    assert not screen.breach.isVisible()


def test_ctrl_enter_on_words_stays_on_them(qtbot, screen, canteen):
    for character in "froid":
        qtbot.keyClick(focused(), character)
    control(qtbot, Qt.Key.Key_Return)
    assert not rows(canteen, Reading)
    assert "froid" in screen.grid.message
    assert focused() is screen.grid.view
    assert here(screen) == (0, 0)


def test_a_slash_asks_why_and_keeps_the_reason(qtbot, screen, canteen):
    press(qtbot, "/")
    qtbot.waitUntil(lambda: focused() is screen.gap.reasons)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    (reading,) = rows(canteen, Reading)
    assert (reading.celsius, reading.gap) == (None, Gap.FORGOTTEN)
    assert focused() is screen.grid.view
    assert "oubli" in printed(canteen, "temperatures-week")


def test_closed_is_said_once_for_the_whole_day_and_taken_back(qtbot, screen, canteen):
    press(qtbot, "ferme")  # accents are not asked for
    assert [reading.gap for reading in rows(canteen, Reading)] == [Gap.CLOSED] * 6
    screen.grid.view.stand(0, 0)
    screen.toggle_day()
    assert not rows(canteen, Reading)


def test_a_missing_reading_keeps_the_week_from_being_signed(qtbot, screen):
    press(qtbot, "3,1")
    control(qtbot, Qt.Key.Key_Return)
    assert not screen.sign.isVisible()
    assert here(screen) == (1, 0)
    assert "23 cases vides" in screen.grid.message


def test_words_are_refused_and_stay_until_put_right(qtbot, screen, canteen):
    press(qtbot, "froid")
    assert not rows(canteen, Reading)
    assert "froid" in screen.grid.message


def test_a_block_from_a_spreadsheet_is_one_action(screen, canteen):
    QGuiApplication.clipboard().setText("3,1\t3,4\n3,8\t3,9\n-19\t-20\n")
    screen.grid.view.paste()
    assert len(rows(canteen, Reading)) == 6
    canteen.undo()
    assert not rows(canteen, Reading)


def test_one_bad_cell_keeps_the_whole_block_out(screen, canteen):
    QGuiApplication.clipboard().setText("3,1\t3,4\nOK\t3,9\n")
    screen.grid.view.paste()
    assert not rows(canteen, Reading)


def test_a_pasted_block_may_repeat_a_temperature_and_is_pointed_out(screen, canteen, qtbot):
    QGuiApplication.clipboard().setText("3,1\t3,1\t3,1\t3,1\n" * 2)
    with qtbot.waitSignal(screen.desk.told) as said:
        screen.grid.view.paste()
    assert [reading.celsius for reading in rows(canteen, Reading)] == [Decimal("3.1")] * 8
    assert "8 cases disent «\u00a03,1\u00a0»" in said.args[0]
    canteen.undo()
    assert not rows(canteen, Reading)


def test_a_week_that_repeats_itself_says_so_before_it_is_signed(qtbot, screen, canteen):
    for value in ("3,0", "3,1", "2,9", "3,0", "3,2", "3,1", "3,0", "2,9"):
        press(qtbot, value, "3,3", "-19", "AM")
    control(qtbot, Qt.Key.Key_Return)
    assert "3,3\u00a0°C notés 8 fois de suite" in screen.sign.question.text()
    press(qtbot, "")
    assert len(rows(canteen, WeekSignature)) == 1


def test_one_temperature_is_never_spread_over_cells_nobody_read(qtbot, screen, canteen):
    QGuiApplication.clipboard().setText("3,1")
    screen.grid.view.selectColumn(0)
    screen.grid.view.paste()
    press(qtbot, "3,1")
    screen.copy_down()
    assert len(rows(canteen, Reading)) == 1
    assert "ne se recopie pas" in screen.grid.message


def test_a_signed_reading_is_corrected_beside_itself_and_printed_struck(qtbot, screen, canteen):
    type_week(qtbot)
    control(qtbot, Qt.Key.Key_Return)
    press(qtbot, "")
    screen.grid.view.stand(0, 0)
    control(qtbot, Qt.Key.Key_Return)
    assert focused() is screen.correction.value
    for field, text in (
        (screen.correction.value, "2,2"),
        (screen.correction.reason, "mal recopié"),
        (screen.correction.initials, "AM"),
    ):
        field.setText(text)
    qtbot.keyClick(screen.correction.initials, Qt.Key.Key_Return)
    assert [r.celsius for r in rows(canteen, Reading) if r.revision == 2] == [Decimal("2.2")]
    assert "3,1" in screen.model.cell(0, 0).tip
    text = printed(canteen, "temperatures-week")
    assert "2,2" in text


def test_what_another_screen_records_appears_in_the_grid(screen, canteen):
    with canteen.action("Ailleurs") as session:
        unit = session.scalars(select(ColdUnit)).first()
        record_temperature(session, unit.id, FRIDAY, Slot.EVENING, Decimal("3.3"), canteen.clock())
    assert screen.model.cell(0, 7).text == "3,3"
