"""A window with a canteen open in it, in a home folder of its own."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from cantine_desktop import i18n
from cantine_desktop.settings import Settings
from ui.entrance.entrance import Entrance
from ui.entrance.opening import fulfil
from ui.kit import theme
from ui.requests import CreateBook, OpenBook
from ui.window import Window


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv("CANTINE_HOME", str(folder))
    yield folder
    i18n.use_language("fr")


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "Le Port.cantine"
    fulfil(CreateBook(str(path), "Le Port", "67", "2345", 2, 1), []).close()
    return path


@pytest.fixture
def canteen_file(_made_once, tmp_path):
    return Path(shutil.copy(_made_once, tmp_path / "Le Port.cantine"))


@pytest.fixture
def settings(home):
    assert not home.exists()
    return Settings()


@pytest.fixture
def window(qtbot, qapp, settings):
    theme.apply(qapp, "light", 100)
    window = Window(settings)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    yield window
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def entrance(window, settings):
    return Entrance(window, settings)


@pytest.fixture
def open_book(qtbot, entrance):
    """Return a function that opens a book in the window and returns its workplace."""

    def open_it(path):
        with qtbot.waitSignal(entrance.ready, timeout=20000):
            entrance.bring(OpenBook(str(path)))
        return entrance.workplace

    return open_it


@pytest.fixture
def workplace(open_book, canteen_file):
    return open_book(canteen_file)
