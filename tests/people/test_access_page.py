"""The direction sets a password in the preferences, and prints the recovery key at once."""

import pypdfium2 as pdfium
import pytest
from argon2 import PasswordHasher
from PySide6.QtCore import Qt

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.people import profiles, recovery, secrets
from cantine_desktop.people.model import ProfileKey
from ui.desk import Desk
from ui.preferences.access import AccessPage
from ui.printing import PreviewDialog


@pytest.fixture
def page(qtbot, book, monkeypatch):
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(secrets, "_HASHER", cheap)
    with book.action("Ouverture") as session:
        profiles.seed(session)
        session.add(Canteen(name="La Tablée"))
    desk = Desk(book)
    page = AccessPage(desk, "Profils")
    qtbot.addWidget(page)
    page.show()
    yield page
    desk.jobs.close()


def test_the_key_shown_once_is_printed_and_opens_the_book(qtbot, page, book, monkeypatch):
    sheets = []

    def keep(_dialog, _desk, pdf, _title, _window):
        sheets.append(pdf)

    monkeypatch.setattr(PreviewDialog, "__init__", keep)
    monkeypatch.setattr(PreviewDialog, "open", lambda _dialog: None)
    assert not page._print.isVisible()
    page.set_password(ProfileKey.DIRECTION, "Tomates-farcies")
    assert page._print.isVisible()
    qtbot.mouseClick(page._print, Qt.MouseButton.LeftButton)
    with pdfium.PdfDocument(sheets[0]) as pdf:
        text = pdf[0].get_textpage().get_text_range()
    (line,) = [line for line in text.splitlines() if line.count("-") == 4]
    assert recovery.read_key(line)
    profiles.lock(book)
    profiles.recover(book, line, "Ratatouille-34")
    assert book.actor.name == "Direction"


def test_a_password_too_short_is_said_on_the_page_and_no_key_is_offered(page):
    page.set_password(ProfileKey.DIRECTION, "court")
    assert "8" in page.notice.text
    assert not page._print.isVisible()
