"""Files dropped on the window or chosen in the File menu, and files written for others."""

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from sqlalchemy import func, select

from cantine_desktop.hygiene.model import ColdUnit, Reading
from ui.exporting import ExportDialog
from ui.requests import OpenBook

HEAD = "jour;moment;enceinte;celsius;visa\n"


@pytest.fixture
def sheet(workplace, tmp_path):
    """Return a function that writes a file of readings of the first cold unit."""
    with workplace.desk.book.read() as session:
        unit = session.scalars(select(ColdUnit.name).order_by(ColdUnit.id)).first()

    def write(*rows, name="relevés.csv"):
        path = tmp_path / name
        lines = [";".join(row).format(unit=unit) for row in rows]
        path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def dropped(workplace, window, qtbot):
    """Return a function that drops files on the window and waits for what is said of one."""

    def drop(*paths):
        window.dropped.emit([str(path) for path in paths])
        dialog = workplace.importing.dialog
        if dialog is not None:
            qtbot.waitUntil(lambda: "Lecture" not in dialog.told.text(), timeout=20000)
        return dialog

    return drop


def readings(workplace):
    with workplace.desk.book.read() as session:
        return session.scalar(select(func.count()).select_from(Reading))


GOOD = (
    ("2026-11-02", "matin", "{unit}", "3,0", "AB"),
    ("2026-11-03", "matin", "{unit}", "3,5", "AB"),
)


def test_a_dropped_file_is_looked_at_then_taken_in_one_step(
    workplace, window, qtbot, sheet, dropped
):
    dialog = dropped(sheet(*GOOD))
    assert dialog.told.text() == "2 lignes nouvelles"
    assert dialog.act.text() == "Importer 2 lignes"
    assert readings(workplace) == 0
    dialog.act.click()
    qtbot.waitUntil(lambda: readings(workplace) == 2, timeout=20000)
    qtbot.waitUntil(lambda: workplace.importing.dialog is None)
    assert "Import" in workplace.desk.book.undo_label
    window.commands["undo"].trigger()
    assert readings(workplace) == 0


def test_a_file_already_taken_in_brings_nothing_new(workplace, qtbot, sheet, dropped):
    path = sheet(*GOOD)
    dropped(path).act.click()
    qtbot.waitUntil(lambda: workplace.importing.dialog is None, timeout=20000)
    dialog = dropped(path)
    assert "2 déjà là" in dialog.told.text()
    assert not dialog.act.isEnabled()
    dialog.reject()


def test_all_that_is_wrong_is_listed_with_its_place_and_nothing_is_taken(workplace, sheet, dropped):
    dialog = dropped(
        sheet(
            GOOD[0],
            ("32/11/2026", "matin", "{unit}", "3,0", "AB"),
            ("2026-11-04", "matin", "Frigo inconnu", "3,0", "AB"),
        )
    )
    said = [dialog.problems.item(row).text() for row in range(dialog.problems.count())]
    assert len(said) == 2
    assert said[0].startswith("ligne 3")
    assert said[1].startswith("ligne 4")
    assert not dialog.act.isEnabled()
    assert readings(workplace) == 0
    dialog.reject()


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe\x81", b"MZ" + b"\x90" * 5000])
def test_a_hostile_file_gives_a_sentence(tmp_path, dropped, content):
    path = tmp_path / "virus.csv"
    path.write_bytes(content)
    dialog = dropped(path)
    assert dialog.problems.count() >= 1
    assert not dialog.act.isEnabled()
    dialog.reject()


def test_a_file_of_no_known_kind_and_a_missing_one_are_said(workplace, tmp_path, dropped, qtbot):
    with qtbot.waitSignal(workplace.desk.told) as told:
        dropped(tmp_path / "photo.jpg")
    assert "photo.jpg" in told.args[0]
    with qtbot.waitSignal(workplace.desk.told) as told:
        dropped(tmp_path / "parti.csv")
    assert "parti.csv" in told.args[0]


def test_a_dropped_canteen_is_opened(workplace, tmp_path, window):
    asked = []
    workplace.desk.asked.disconnect()
    workplace.desk.asked.connect(asked.append)
    window.dropped.emit([str(tmp_path / "Autre.cantine")])
    assert asked == [OpenBook(str(tmp_path / "Autre.cantine"))]


def test_readings_are_exported_for_a_period_into_a_chosen_file(  # noqa: PLR0917  -- fixtures
    workplace, window, qtbot, sheet, dropped, tmp_path, monkeypatch
):
    dropped(sheet(*GOOD)).act.click()
    qtbot.waitUntil(lambda: readings(workplace) == 2, timeout=20000)
    target = tmp_path / "sortie.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.commands["export"].trigger()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ExportDialog))
    titles = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    dialog.list.setCurrentRow(next(n for n, t in enumerate(titles) if "elevés" in t))
    dialog.first.set_value(dialog.first.read("02/11/2026"))
    dialog.last.set_value(dialog.last.read("02/11/2026"))
    dialog.act.click()
    qtbot.waitUntil(target.exists, timeout=20000)
    text = target.read_text(encoding="utf-8-sig")
    assert "2026-11-02" in text
    assert "2026-11-03" not in text


def test_a_file_is_first_taken_for_what_its_headings_say(dropped, tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(
        "Date;Heure;Fournisseur;N° BL;Produit;N° de lot\n2026-11-03;08:40;Bio;1;Riz;L1\n"
    )
    assert dropped(path).kind.currentText() == "Contrôle à réception des marchandises"


def test_a_file_whose_headings_tell_nothing_keeps_the_first_kind(dropped, tmp_path):
    for name, content in (("a.csv", b"x;y\n1;2\n"), ("b.csv", b""), ("c.csv", b"\x00\xff;\x01")):
        path = tmp_path / name
        path.write_bytes(content)
        dialog = dropped(path)
        if dialog is not None:
            assert dialog.kind.currentIndex() == 0
            dialog.reject()


def test_the_sheet_in_view_is_exported_for_its_week(workplace, window):
    workplace.navigator.go("records")
    screen = workplace.navigator.current
    screen.export()
    dialog = window.findChild(ExportDialog)
    week = screen.sheet.week
    assert dialog.list.currentItem().text() == "Contrôle à réception des marchandises"
    assert (dialog.first.value, dialog.last.value) == (week.first, week.last)
    dialog.reject()
