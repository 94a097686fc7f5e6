"""The accountant’s pack from the window: read, prepared; layouts; the corrected FEC."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from cantine_desktop.finance.fec.writing import write_fec
from cantine_desktop.finance.ledger import validating
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.pack.payroll import variables
from cantine_desktop.values.period import Period
from ui.finance.pack_payroll import PayrollDialog
from ui.finance.transfer_diff import CorrectionDialog


@pytest.fixture
def screen(qtbot, open_book, demo):
    workplace = open_book(demo)
    workplace.navigator.go("pack")
    screen = workplace.navigator.current
    qtbot.waitUntil(lambda: screen._shown is not None, timeout=30000)
    return screen


def test_the_month_that_just_ended_is_shown_with_what_is_to_do_first(screen):
    today = screen._today()
    assert screen.month.end == today.replace(day=1)
    assert "écritures" in screen.sentence.text()
    texts = [screen.points.item(row).text() for row in range(screen.points.count())]
    assert any(text.startswith("Écritures validées") for text in texts[:6])


def test_enter_on_a_point_goes_where_it_is_mended(qtbot, screen):
    row = next(
        r for r in range(screen.points.count()) if "validées" in screen.points.item(r).text()
    )
    screen.points.setCurrentRow(row)
    with qtbot.waitSignal(screen.desk.going) as going:
        qtbot.keyClick(screen.points, Qt.Key.Key_Return)
    assert going.args[0] == "month-end"


def test_a_pack_is_prepared_in_the_background_and_told(qtbot, screen, tmp_path):
    screen.note.setPlainText("Bonjour, le loyer a changé.")
    assert screen.keep_note.isEnabled()
    assert screen.save()
    file = tmp_path / "octobre.zip"
    screen.start(file)
    qtbot.waitUntil(lambda: "prêt" in screen.notice.text, timeout=90000)
    with zipfile.ZipFile(file) as archive:
        assert f"01_Index_{screen.month.first:%Y-%m}.pdf" in archive.namelist()
    qtbot.waitUntil(lambda: "empreinte" in screen.packs.item(0).text(), timeout=30000)
    assert screen.primary().isEnabled()
    assert screen.note.toPlainText() == "Bonjour, le loyer a changé."


def test_a_pack_that_is_stopped_leaves_nothing(qtbot, screen, tmp_path):
    job = screen.start(tmp_path / "octobre.zip")
    job.stop()
    qtbot.waitUntil(lambda: not screen.desk.jobs.running, timeout=60000)
    assert list(tmp_path.glob("*.zip")) == []
    assert screen.primary().isEnabled()


def test_a_variable_of_pay_is_typed_and_removed(screen):
    with screen.desk.book.read() as session:
        known = variables(session, screen.month)
    screen.ask_payroll()
    (dialog,) = screen.window().findChildren(PayrollDialog)
    dialog.act.click()
    assert "quantité" in dialog.notice.text
    dialog.number.set_value("0012")
    dialog.last_name.set_value("Martin")
    dialog.quantity.set_value(Decimal("7.5"))
    dialog.act.click()
    with screen.desk.book.read() as session:
        (row,) = [each for each in variables(session, screen.month) if each not in known]
    assert (row.number, row.quantity) == ("0012", Decimal("7.5"))
    assert dialog.person.currentText().startswith("0012")
    dialog.table.go_to(row.key)
    dialog.remove.click()
    with screen.desk.book.read() as session:
        assert variables(session, screen.month) == known
    dialog.reject()


def test_a_layout_says_what_it_loses_and_writes_its_file(qtbot, open_book, demo, tmp_path):
    workplace = open_book(demo)
    month = Period.month(date(2026, 10, 1))
    workplace.navigator.go("transfer", month)
    screen = workplace.navigator.current
    assert screen.month == month
    screen.table.go_to("quadra")
    words = [label.text() for label in screen.list.pane.findChildren(type(screen.notice._label))]
    assert any("Ne porte pas" in text for text in words)
    file = tmp_path / "quadra.txt"
    screen.save("quadra", file)
    qtbot.waitUntil(lambda: "quadra.txt" in screen.notice.text, timeout=30000)
    lines = file.read_bytes().split(b"\r\n")
    assert {line[:1] for line in lines if line} == {b"C", b"M"}


def test_the_list_of_layouts_is_filtered(qtbot, open_book, demo):
    workplace = open_book(demo)
    workplace.navigator.go("transfer")
    screen = workplace.navigator.current
    qtbot.keyClicks(screen.list.search, "cegid")
    qtbot.waitUntil(lambda: len(screen.table.model.keys) == 3, timeout=5000)


def corrected(book, file):
    """Write the FEC of the year with one account changed, everything through October validated."""
    with book.action("validation", undoable=False) as session:
        drafts = validating.drafts_before(session, date(2026, 11, 1))
        validating.validate(session, drafts, book.clock())
    target = io.BytesIO()
    with book.read() as session:
        write_fec(session, find_year(session, date(2026, 10, 1)), target, book.clock())
    text = target.getvalue().decode("iso-8859-15")
    line = next(x for x in text.split("\r\n") if "\t606300\t" in x)
    cells = line.split("\t")
    cells[4], cells[5] = "606100", ""
    file.write_bytes(text.replace(line, "\t".join(cells)).encode("iso-8859-15"))


def test_a_corrected_fec_is_shown_and_taken_in_as_one_step(qtbot, open_book, demo, tmp_path):
    workplace = open_book(demo)
    book = workplace.desk.book
    file = tmp_path / "corrigé.txt"
    corrected(book, file)
    workplace.navigator.go("transfer", file)
    screen = workplace.navigator.current
    qtbot.waitUntil(lambda: screen.reader.dialog is not None, timeout=60000)
    dialog = screen.reader.dialog
    assert isinstance(dialog, CorrectionDialog)
    assert dialog.changes.count() == 1
    assert "606300" in dialog.detail.text()
    assert "606100" in dialog.detail.text()
    assert dialog.act.text() == "Reprendre 1 changement"
    dialog.changes.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.act.isEnabled()
    dialog.changes.item(0).setCheckState(Qt.CheckState.Checked)
    with qtbot.waitSignal(dialog.taken) as taken:
        dialog.act.click()
    assert (taken.args[0].added, taken.args[0].changed) == (0, 1)
    with book.read() as session:
        assert len(validating.drafts_before(session, date(2026, 11, 1))) == 2
    book.undo()
    with book.read() as session:
        assert validating.drafts_before(session, date(2026, 11, 1)) == []


def test_a_file_that_is_no_fec_is_told(qtbot, open_book, demo, tmp_path):
    workplace = open_book(demo)
    file = tmp_path / "note.txt"
    file.write_text("bonjour")
    workplace.navigator.go("transfer", file)
    screen = workplace.navigator.current
    qtbot.waitUntil(lambda: "FEC" in screen.notice.text, timeout=30000)
