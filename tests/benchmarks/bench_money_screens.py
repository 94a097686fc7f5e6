"""Every screen of money on five years of it: opened, opened again, and one key pressed.

The first opening builds the screen in a window that never showed it, the second builds it anew
once its questions are known to the database; both are timed to the first paint, in the window's
thread, beside the opening of a screen that holds one sentence. The key is a letter in the search
of the screen, its reading included, or an arrow down in its list. Read the first column: 100 ms
is the limit for a screen and for a key.
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit
from sqlalchemy import func, select

from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.office.demo import write_demo
from cantine_desktop.schema.upgrade import create_book
from tests.benchmarks.bench_hygiene import Shop, in_window
from tests.benchmarks.busy_year import LAST, NOW
from tests.benchmarks.measuring import Row
from tests.benchmarks.years_of_money import YEARS, grow
from ui.sections import SECTIONS
from ui.workplace import _load_screens

SCREENS = next(
    [entry.key for entry in section.screens] for section in SECTIONS if section.key == "finance"
)
EMPTY = "calendar"
"""A screen of one sentence."""
SEARCHES = {
    "bank": lambda screen: screen.bar.words,
    "vouchers": lambda screen: screen.list_filters.words,
    "accounts": lambda screen: screen.entries.list.search,
}
TURNS = 5


def measure(folder):
    application = QApplication.instance() or QApplication(["bench"])
    path = folder / "five-years.cantine"
    opened = create_book(path, lambda: NOW)
    write_demo(opened.book, LAST)
    opened.book.close()
    opened.close()
    grow(path)
    shop = Shop(application, path)
    _load_screens()  # as the window does once it is at rest
    shop.show(EMPTY)
    beside, said = shop.open(EMPTY), "a screen of one sentence"
    for key in SCREENS:
        shop.leave()
        first = in_window(lambda key=key: shop.show(key))
        assert shop.place.navigator.current.key == key
        yield Row(f"first: {key}", first, beside, said)
        yield Row(f"again: {key}", shop.open(key), beside, said)
        yield Row(f"key: {key}", pressed(shop, key), beside, said)
    with shop.opened.book.read() as session:
        assert session.scalar(select(func.count(Entry.id))) > YEARS * 1000
    shop.close()


def pressed(shop, key):
    """Return what a key takes until its effect is shown: a letter searched, an arrow down."""
    screen = shop.show(key)
    shop.settle()
    if key in SEARCHES:
        line = SEARCHES[key](screen)
        work = [lambda letter=letter: typed(shop, screen, line, letter) for letter in "biocp"]
    else:
        view = next((each for each in screen.findChildren(QAbstractItemView) if lists(each)), None)
        down = Qt.Key.Key_Down if view is not None else Qt.Key.Key_Tab
        work = [lambda: arrow(shop, view or screen, down)] * TURNS
    return min((in_window(each) for each in work), key=lambda cost: cost.cpu)


def lists(view):
    """Tell whether a view is in sight and holds rows."""
    return view.isVisible() and view.model() is not None and view.model().rowCount() > 1


def typed(shop, screen, line: QLineEdit, letter):
    """Type a letter and let the patience of the search be over at once."""
    QTest.keyClicks(line, letter)
    for timer in screen.findChildren(QTimer):
        if timer.isActive() and timer.isSingleShot():
            timer.stop()
            timer.timeout.emit()
    shop.application.processEvents()
    assert line.text().endswith(letter)


def arrow(shop, widget, key):
    """Press a key that moves."""
    QTest.keyClick(widget, key)
    shop.application.processEvents()
