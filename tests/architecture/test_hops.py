"""From a gesture to the stored row, and to paper, the way is short enough to be followed."""

import inspect
import io
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import event

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.hygiene.model import ColdUnit, Reading
from cantine_desktop.office.catalogue import documents
from cantine_desktop.values.period import Period
from tests.architecture.source import ROOT
from ui.desk import Desk
from ui.hygiene.readings import ReadingsScreen

TO_STORE, TO_PAPER = 4, 5
MACHINERY = ("ui/kit/", "cantine_desktop/documents/", "cantine_desktop/storage/")
"""Carries every gesture alike: widgets, the drawing of pages, the book."""


def hops():
    """Return the project's files on the way to here, machinery left out, each call once."""
    files = []
    for frame in reversed(inspect.stack()):
        if not frame.filename.startswith(str(ROOT)):
            continue
        name = frame.filename.removeprefix(f"{ROOT}/")
        inside = name.startswith(("ui/", "cantine_desktop/")) and not name.startswith(MACHINERY)
        if inside and (not files or files[-1] != name):
            files.append(name)
    return files


@pytest.fixture
def canteen(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))
        session.add(ColdUnit(name="CF 1", maximum=Decimal(4), tolerance=Decimal(1)))
    return book


def test_a_typed_temperature_is_stored_in_four_hops_at_most(qtbot, canteen):
    desk = Desk(canteen)
    screen = ReadingsScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.open_at(date(2026, 11, 17))
    ways = []

    def note(*_):
        ways.append(hops())

    event.listen(Reading, "init", note)
    try:
        for key in ("6", ",", "2", Qt.Key.Key_Return):
            qtbot.keyClick(QApplication.focusWidget(), key)
    finally:
        event.remove(Reading, "init", note)
        desk.close()
    assert ways
    assert all(len(way) <= TO_STORE for way in ways), ways


def test_a_sheet_is_drawn_in_five_hops_at_most(canteen, monkeypatch):
    ways = []
    plain = Canvas.__init__

    def noting(*given, **named):
        ways.append(hops())
        plain(*given, **named)

    monkeypatch.setattr(Canvas, "__init__", noting)
    with canteen.read() as session:
        document = documents()["temperatures-week"]
        week = Period.week(date(2026, 11, 20))
        document.write(session, week, canteen.clock(), io.BytesIO())
    assert ways
    assert all(len(way) <= TO_PAPER for way in ways), ways
