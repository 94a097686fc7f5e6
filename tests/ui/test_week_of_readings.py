"""The week of readings in the whole window: its shortcut, undo across it, a sheet's code."""

from datetime import timedelta
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.registry import Cadence
from cantine_desktop.documents.sheet_ids import sheet_id
from cantine_desktop.hygiene.model import Breach, Reading, WeekSignature
from cantine_desktop.values.period import Period


def focused():
    return QApplication.focusWidget()


def press(qtbot, *texts):
    for text in texts:
        for character in text:
            qtbot.keyClick(focused(), character)
        qtbot.keyClick(focused(), Qt.Key.Key_Return)


def rows(workplace, entity):
    with workplace.desk.book.read() as session:
        return session.scalars(select(entity).order_by(entity.id)).all()


def last_week(workplace):
    today = civil_date(workplace.desk.book.clock())
    return Period.week(today - timedelta(days=7))


def test_ctrl_t_leads_to_the_readings_and_ctrl_z_takes_the_last_one_back(qtbot, window, workplace):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.commands["readings"].trigger()
    screen = workplace.navigator.current
    assert workplace.navigator.key == "readings"
    screen.previous()
    screen.grid.view.stand(0, 0)
    screen.grid.setFocus()
    press(qtbot, "3,1", "3.4")
    assert [reading.celsius for reading in rows(workplace, Reading)] == [
        Decimal("3.1"),
        Decimal("3.4"),
    ]
    window.commands["undo"].trigger()
    assert [reading.celsius for reading in rows(workplace, Reading)] == [Decimal("3.1")]
    window.commands["redo"].trigger()
    assert len(rows(workplace, Reading)) == 2


def test_the_code_of_a_sheet_opens_its_week(workplace):
    week = last_week(workplace)
    code = sheet_id("T", week, Cadence.WEEK)
    (found,) = workplace.offers.sheets(code)
    found.run()
    assert workplace.navigator.key == "readings"
    assert workplace.navigator.current.place() == week


def test_a_whole_week_is_typed_settled_and_signed_without_the_mouse(qtbot, window, workplace):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    workplace.navigator.go("readings", last_week(workplace))
    screen = workplace.navigator.current
    units = len(screen.model.rows) - 1
    columns = len(screen.model.columns)
    screen.grid.view.stand(0, 0)
    screen.grid.setFocus()
    for column in range(columns):
        for row in range(units):
            freezer = "−18" in screen.model.rows[row].note
            if freezer and column % 2:
                continue  # Enter steps over: a freezer is read in the morning
            cold = "-20" if freezer else "3,1"
            press(qtbot, "9" if (row, column) == (0, 0) else cold)
        press(qtbot, "AM")
    assert len(rows(workplace, Reading)) == (units - 1) * columns + columns // 2
    screen.go_on()
    screen.breach.cause.setCurrentIndex(0)
    screen.breach.action.setCurrentIndex(0)
    screen.breach.celsius.setText("2,9")
    qtbot.keyClick(screen.breach.celsius, Qt.Key.Key_Return)
    assert rows(workplace, Breach)[0].closed_at is not None
    screen.go_on()
    press(qtbot, "")
    assert [signed.initials for signed in rows(workplace, WeekSignature)] == ["AM"]
    assert screen.document() == ("temperatures-week", last_week(workplace))
