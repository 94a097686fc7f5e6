"""Backups, restoring and a server that goes away, as the person at the window sees them."""

import json
import shutil
from datetime import timedelta

import psycopg
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.clock import system_clock
from cantine_desktop.schema.upgrade import create_book
from cantine_desktop.storage.backup import backup_name, list_backups, preview
from cantine_desktop.storage.lock import holder_file
from ui.entrance.welcome import WelcomePage
from ui.kit.dialogs import Dialog


@pytest.fixture
def database(postgres):
    name = postgres.create_database()
    location = postgres.url(name)
    opened = create_book(location, system_clock)
    with opened.book.action("Créer") as session:
        session.add(Canteen(name="Le Quai", department="67", open_weekdays="2345"))
    opened.close()
    yield name
    postgres.drop_database(name)


def button(widget, text):
    found = [each for each in widget.findChildren(QPushButton) if each.text() == text]
    assert found, text
    return found[0]


def answer(press):
    """Press a button of the question that is about to be asked; return what it said."""
    said = []

    def look():
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, Dialog):
            QTimer.singleShot(50, look)
            return
        said.extend(label.text() for label in dialog.findChildren(QLabel))
        button(dialog, press).click()

    QTimer.singleShot(50, look)
    return said


def test_a_book_on_a_server_is_backed_up_every_day_like_a_file(
    postgres, database, open_book, home, qtbot, window
):
    workplace = open_book(postgres.url(database))
    qtbot.waitUntil(lambda: list_backups(home / "sauvegardes") != [], timeout=20000)
    [made] = list_backups(home / "sauvegardes")
    assert preview(made.path).canteen == "Le Quai"
    qtbot.waitUntil(lambda: "Sauvegarde à" in window.sidebar._backed_up.text())
    workplace.navigator.go("preferences", "data")
    page = workplace.navigator.current.page
    assert page.backups.list.count() == 1
    page.verify.click()
    qtbot.waitUntil(lambda: "en ordre" in page.notice.text, timeout=20000)


def test_a_server_that_goes_away_is_said_once_and_comes_back(
    postgres, database, open_book, qtbot, window
):
    workplace = open_book(postgres.url(database))
    qtbot.waitUntil(lambda: not workplace.desk.jobs.running, timeout=20000)
    saved = window.sidebar._saved
    with psycopg.connect(
        postgres.url("postgres").replace("+psycopg", ""), autocommit=True
    ) as server:
        server.execute(f'ALTER DATABASE "{database}" WITH ALLOW_CONNECTIONS false')
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database]
        )
        qtbot.waitUntil(lambda: "ne répond plus" in saved.text(), timeout=20000)
        assert saved.property("role") == "error"
        assert workplace.desk._watch.interval() > 1000
        server.execute(f'ALTER DATABASE "{database}" WITH ALLOW_CONNECTIONS true')
    qtbot.waitUntil(lambda: "ne répond plus" not in saved.text(), timeout=30000)
    assert saved.property("role") == "small"


def test_a_last_backup_older_than_three_days_is_shown_in_red(workplace, window, canteen_file):
    keeping = workplace.backups
    workplace.desk.jobs.close()
    for made in list_backups(keeping.folders[0]):
        made.path.unlink()
    folder = keeping.folders[0]
    folder.mkdir(exist_ok=True)
    old = system_clock() - timedelta(days=4)
    shutil.copy(canteen_file, folder / backup_name("Le Port", old))
    keeping.show()
    assert window.sidebar._backed_up.property("role") == "error"
    assert "Sauvegarde du" in window.sidebar._backed_up.text()


def test_the_welcome_shows_what_a_backup_holds_before_restoring_it(
    entrance, window, qtbot, canteen_file, tmp_path, monkeypatch
):
    kept = tmp_path / "cle" / backup_name("Le Port", system_clock())
    kept.parent.mkdir()
    shutil.copy(canteen_file, kept)
    books = tmp_path / "books"
    monkeypatch.setattr("ui.entrance.welcome.books_folder", lambda: books)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(kept), ""))
    entrance.begin("", demo=False)
    page = window.findChildren(WelcomePage)[-1]
    said = answer("Annuler")
    page._choose_backup()
    assert any("Le Port" in text and "3 enceintes froides" in text for text in said)
    assert not books.exists()
    answer("Restaurer")
    with qtbot.waitSignal(entrance.ready, timeout=20000):
        page._choose_backup()
    assert window.windowTitle() == "Le Port — Cantine"
    assert (books / "Le Port.cantine").exists()


def test_a_book_left_open_by_another_machine_that_crashed_can_be_taken_over(
    entrance, window, qtbot, canteen_file
):
    witness = {"machine": "PC-CUISINE", "process": 7, "since": "2026-11-20T08:00:00Z"}
    holder_file(canteen_file).write_text(json.dumps(witness))
    with qtbot.waitSignal(entrance.refused, timeout=20000) as refused:
        entrance.begin(str(canteen_file), demo=False)
    assert "PC-CUISINE" in refused.args[0]
    page = window.findChildren(WelcomePage)[-1]
    with qtbot.waitSignal(entrance.ready, timeout=20000):
        button(page, "Ouvrir quand même").click()
    with entrance.workplace.desk.book.read() as session:
        assert session.scalars(select(Canteen.name)).one() == "Le Port"
