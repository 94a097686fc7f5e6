"""Every screen of hygiene on a busy year, cells written, the kit, the demonstration.

Screens are opened in a real window, built anew each time, beside a grid of the same number
of cells in Qt's own standard model. Read the first column: 100 ms is the limit for a screen
and for a key, 3 s for the kit, 12 s of processor for the demonstration.
"""

import io
import time
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView
from sqlalchemy import func, select

from cantine_desktop.documents.sheet_ids import SheetAsked
from cantine_desktop.hygiene import catalogue
from cantine_desktop.hygiene.model import Reading
from cantine_desktop.logs import Log
from cantine_desktop.office.demo import write_demo
from cantine_desktop.office.weekly_kit import write_weekly_kit
from cantine_desktop.schema.upgrade import create_book, open_book
from cantine_desktop.settings import Settings
from cantine_desktop.values.period import Period
from tests.benchmarks.bench_sheet import raw, rows
from tests.benchmarks.busy_year import LAST, NOW, busy_year
from tests.benchmarks.measuring import Cost, Row, in_turn, timed
from ui.errors import Reporter
from ui.kit import theme
from ui.window import Window
from ui.workplace import Workplace

SCREENS = (
    "today",
    "readings",
    "records",
    "cleaning",
    "tracing",
    "breaches",
    "plan",
    "equipment",
    "dossier",
    "outbreak",
    "retention",
)
WEEK = Period.week(LAST)
ROWS, COLUMNS = 30, 20
TURNS = 5


def in_window(work):
    """Do something once and return what it took, the window's thread alone: jobs come after."""
    wall, cpu = time.perf_counter(), time.thread_time()
    work()
    return Cost(time.perf_counter() - wall, time.thread_time() - cpu)


class Shop:
    """A window at work on a book."""

    def __init__(self, application, path):
        self.application = application
        theme.apply(application, "light", 100)
        settings = Settings()
        self.window = Window(settings)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.settle()
        self.window.show_frame()
        self.opened = open_book(path, lambda: NOW)
        self.place = Workplace(self.window, settings, self.opened, Reporter(Log(), self.window))
        self.place.rebuild()
        self.settle()

    def settle(self):
        while self.place.desk.jobs.running:
            self.application.processEvents()
        self.application.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def leave(self):
        """Forget every screen but an idle one."""
        self.settle()
        self.place.navigator.close()
        self.place.navigator.go("preferences")
        self.settle()

    def show(self, key, target=None):
        self.place.navigator.go(key, target)
        self.application.processEvents()
        return self.place.navigator.current

    def open(self, key):
        """Return what opening a screen takes, built anew; jobs it begins are not counted."""
        costs = []
        for _ in range(TURNS):
            self.leave()
            costs.append(in_window(lambda: self.show(key)))
            assert self.place.navigator.key == key
            self.settle()
        return min(costs, key=lambda cost: cost.cpu)

    def close(self):
        self.place.close(back_up=False)
        self.window.close()


def standard():
    """Show as many cells in Qt's own model and view."""
    model = QStandardItemModel()
    for row in range(ROWS):
        model.appendRow([QStandardItem(f"{row}.{column}") for column in range(COLUMNS)])
    view = QTableView()
    view.setModel(model)
    view.resize(1100, 600)
    view.show()
    QApplication.processEvents()
    view.close()
    view.deleteLater()


def measure(folder):
    application = QApplication.instance() or QApplication(["bench"])
    path = busy_year(folder)
    shop = Shop(application, path)
    standard()
    beside = min((in_window(standard) for _ in range(TURNS)), key=lambda cost: cost.cpu)
    said = "QStandardItemModel, 600 cells"
    for key in SCREENS:
        shop.show(key)
        yield Row(f"open: {key}", shop.open(key), beside, said)
    for sheet in (*catalogue.REGISTERS, *catalogue.MATRICES):
        yield Row(f"sheet: {sheet.letter}", turned(shop, sheet), beside, said)
    yield Row("cell: a reading", written(shop), beside, said)
    with shop.opened.book.read() as session:
        assert session.scalar(select(func.count()).select_from(Reading)) >= 2600
    yield from papers(shop, folder)
    shop.close()


def turned(shop, sheet):
    """Return what turning to another sheet of records or of days takes."""
    is_register = sheet in catalogue.REGISTERS
    screen = shop.show("records" if is_register else "cleaning")
    costs = []
    for weeks in range(TURNS):
        week = Period.week(LAST - timedelta(weeks=weeks % 2))

        def turn(week=week):
            screen.open_at(SheetAsked(sheet.letter, week))
            shop.application.processEvents()

        costs.append(in_window(turn))
        assert screen.place() == SheetAsked(sheet.letter, week)
    return min(costs, key=lambda cost: cost.cpu)


def written(shop):
    """Return what a temperature typed in takes, until it is shown."""
    screen = shop.show("readings", WEEK)
    model = screen.model
    spots = ((row, column) for row in range(len(model.rows)) for column in range(2, 8))
    row, column = next(at for at in spots if model.cell(*at).is_open and model.cell(*at).text)
    costs = []
    for tenths in range(1, TURNS + 1):

        def write(text=f"3,{tenths}"):
            model.setData(model.index(row, column), text)
            shop.application.processEvents()

        costs.append(in_window(write))
        assert model.cell(row, column).text == f"3,{tenths}"
    return min(costs, key=lambda cost: cost.cpu)


def papers(shop, folder):
    """Measure the kit of a week, then the book of the demonstration."""
    book = shop.opened.book

    def kit():
        target = io.BytesIO()
        with book.read() as session:
            write_weekly_kit(session, WEEK, NOW, target)
        assert target.getvalue().startswith(b"%PDF")

    content = rows(100)
    mine, theirs = in_turn(kit, lambda: raw(content, 50), turns=3)
    yield Row("kit of a week", mine, theirs, "raw canvas, 2 pages", None, "to be under 3 s")
    fresh = create_book(folder / "demonstration.cantine", lambda: NOW)
    mine = timed(lambda: write_demo(fresh.book, LAST))
    with fresh.book.read() as session:
        assert session.scalar(select(func.count()).select_from(Reading)) > 2000
    fresh.book.close()
    fresh.close()
    note = f"{mine.cpu:.1f} s of processor, to be under 12"
    yield Row("demonstration written", mine, theirs, "raw canvas, 2 pages", None, note)
