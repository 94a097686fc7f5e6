"""The inspection file from the window: counted beside it, made in two gestures, verified."""

from io import BytesIO

import pikepdf
import pytest
from PySide6.QtCore import Qt

from cantine_desktop.hygiene.inspection.check import State, check_pdf
from cantine_desktop.hygiene.inspection.gaps import Span
from cantine_desktop.values.period import Period
from ui.printing import PreviewDialog


@pytest.fixture
def screen(qtbot, open_book, demo):
    workplace = open_book(demo)
    workplace.navigator.go("dossier")
    screen = workplace.navigator.current
    qtbot.waitUntil(lambda: bool(screen.bars.table.model.keys), timeout=20000)
    return screen


def preview(screen):
    return next(iter(screen.window().findChildren(PreviewDialog)), None)


def test_the_bars_say_what_was_due_and_done(screen):
    keys = screen.bars.table.model.keys
    assert keys[0] == "readings"
    texts = screen.bars.table.model.row(0).texts
    assert "faits sur" in texts[1]
    assert "contrôles prévus" in screen.sentence.text()


def test_two_gestures_make_the_file_of_the_shown_period(qtbot, screen):
    screen.primary().trigger()
    qtbot.waitUntil(lambda: preview(screen) is not None, timeout=60000)
    dialog = preview(screen)
    assert dialog.preview.count > 10
    content = dialog.preview._pages.content
    verified = check_pdf(content)
    assert verified.state is State.INTACT
    assert verified.facts["period"]["last"] == screen.period.last.isoformat()
    dialog.close()
    qtbot.waitUntil(lambda: verified.fingerprint in screen.check.fingerprint.text(), timeout=20000)
    assert screen.primary().isEnabled()


def test_the_work_can_be_stopped_and_asked_again(qtbot, screen):
    job = screen.make()
    job.stop()
    qtbot.waitUntil(lambda: not screen.desk.jobs.running, timeout=60000)
    assert preview(screen) is None
    assert screen.primary().isEnabled()


def test_a_chosen_period_is_typed_and_counted(qtbot, screen):
    week = Period.week(screen.period.last)
    screen.open_at(week)
    assert Span(screen.span.currentData()) is Span.CHOSEN
    assert screen.days.isVisible()
    assert screen.period == week
    qtbot.waitUntil(lambda: week in screen._figures, timeout=20000)


def test_enter_on_a_control_opens_its_sheet(qtbot, screen):
    view = screen.bars.table.view
    view.setFocus()
    view.selectRow(0)
    with qtbot.waitSignal(screen.desk.going) as going:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert going.args[0] == "readings"


def test_enter_on_a_gap_goes_where_it_is_mended(qtbot, screen):
    assert "non-conformité" in screen.gaps.item(0).text()
    screen.gaps.setCurrentRow(0)
    with qtbot.waitSignal(screen.desk.going) as going:
        qtbot.keyClick(screen.gaps, Qt.Key.Key_Return)
    assert going.args[0] == "breaches"


def test_an_inspection_is_noted_and_the_next_file_begins_there(qtbot, screen):
    day = screen.period.first
    screen._ask_visit()
    screen.visit.day.set_value(day)
    screen.visit.accept()
    text = screen.span.itemText(screen.span.findData(Span.SINCE))
    qtbot.waitUntil(
        lambda: "Depuis l’inspection du" in screen.span.itemText(screen.span.findData(Span.SINCE)),
        timeout=20000,
    )
    assert text
    screen.span.setCurrentIndex(screen.span.findData(Span.SINCE))
    assert screen.period.first == day
    screen.desk.book.undo()


def test_a_dropped_pdf_is_verified(qtbot, screen, tmp_path, window):
    target = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(target)
    path = tmp_path / "autre.pdf"
    path.write_bytes(target.getvalue())
    window.dropped.emit([str(path)])
    qtbot.waitUntil(lambda: "n’est pas un dossier" in screen.check.told.text, timeout=20000)


def test_a_new_canteen_sees_an_empty_file_and_no_fault(qtbot, workplace):
    workplace.navigator.go("dossier")
    screen = workplace.navigator.current
    qtbot.waitUntil(lambda: bool(screen._figures), timeout=20000)
    assert screen.primary().isEnabled()
    controls = screen._figures[screen.period].controls
    assert sum(control.counts.due for control in controls) < 50  # the past is nobody’s fault
