"""A FEC is opened or dropped, judged, and one of a year is handed over, from the window."""

from datetime import date

import pytest
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.finance.fec.model import ExportRegister
from tests.finance.fec_sample import Sample
from tests.finance.test_fec_writing import small_year


@pytest.fixture
def screen(workplace):
    workplace.navigator.go("fec")
    return workplace.navigator.current


def spoiled(folder):
    made = Sample()
    made.rows[4][11] = "86.50"
    path = folder / made.name
    path.write_bytes(made.content)
    return path


def test_a_dropped_file_is_judged_with_its_places(screen, qtbot, tmp_path, window):
    window.dropped.emit([str(spoiled(tmp_path))])
    qtbot.waitUntil(screen.save_button.isEnabled, timeout=20000)
    assert "1 faute" in screen.notice.text
    assert "non conforme" in screen.notice.text
    assert screen.table.model.row(0).texts[:3] == ("L04", "6", "12 · Debit")
    assert "virgule" in screen.detail.text()


def test_a_good_file_says_so(screen, qtbot, tmp_path):
    path = tmp_path / Sample.name
    path.write_bytes(Sample().content)
    screen.check(path)
    qtbot.waitUntil(screen.save_button.isEnabled, timeout=20000)
    assert "respecte la norme" in screen.notice.text


def test_a_file_that_is_not_there_is_said_so(screen, qtbot, tmp_path):
    screen.check(tmp_path / "rien.txt")
    qtbot.waitUntil(lambda: "ne peut pas être lu" in screen.notice.text, timeout=20000)
    assert not screen.save_button.isEnabled()


def test_the_report_is_saved_as_pdf(screen, qtbot, tmp_path, monkeypatch):
    screen.check(spoiled(tmp_path))
    qtbot.waitUntil(screen.save_button.isEnabled, timeout=20000)
    target = tmp_path / "rapport.pdf"
    monkeypatch.setattr("ui.finance.fec_report.ask_save", lambda *_asked: target)
    screen.save_button.click()
    qtbot.waitUntil(target.exists, timeout=20000)
    assert target.read_bytes().startswith(b"%PDF")


def test_a_year_is_handed_over_and_noted(screen, workplace, qtbot, tmp_path):
    book = workplace.desk.book
    with book.action("année", undoable=False) as session:
        session.scalars(select(Canteen)).one().siren = "123456782"
        small_year(session)
    screen.refresh()
    assert screen.years.currentText() == "2026"
    screen.export_to(tmp_path, 1)
    qtbot.waitUntil(screen.save_button.isEnabled, timeout=30000)
    assert (tmp_path / "123456782FEC20261231.txt").exists()
    with book.read() as session:
        row = session.scalars(select(ExportRegister)).one()
        assert (row.lines, row.first) == (6, date(2026, 1, 1))
