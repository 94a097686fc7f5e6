"""Every screen of money on the demonstration, opened for the first time and once more.

The first opening builds the screen in a window that never showed it, the second comes back to
it; both are timed to the first paint, in the window's thread, beside Qt's own standard model of
600 cells. Read the first column: 100 ms is the limit for a screen.
"""

from PySide6.QtWidgets import QApplication

from cantine_desktop.office.demo import write_demo
from cantine_desktop.schema.upgrade import create_book
from tests.benchmarks.bench_hygiene import Shop, in_window, standard
from tests.benchmarks.busy_year import LAST, NOW
from tests.benchmarks.measuring import Row

SCREENS = (
    "cash",
    "bank",
    "vouchers",
    "budget",
    "runway",
    "grants",
    "price",
    "statements",
    "accounts",
    "fec",
    "pack",
    "month-end",
)
TURNS = 5


def measure(folder):
    application = QApplication.instance() or QApplication(["bench"])
    path = folder / "demonstration.cantine"
    opened = create_book(path, lambda: NOW)
    write_demo(opened.book, LAST)
    opened.book.close()
    opened.close()
    shop = Shop(application, path)
    standard()
    beside = min((in_window(standard) for _ in range(TURNS)), key=lambda cost: cost.cpu)
    said = "QStandardItemModel, 600 cells"
    for key in SCREENS:
        shop.leave()
        first = in_window(lambda key=key: shop.show(key))
        assert shop.place.navigator.current.key == key
        shop.settle()
        shop.show("preferences")
        shop.settle()
        again = in_window(lambda key=key: shop.show(key))
        assert shop.place.navigator.current.key == key
        yield Row(f"first: {key}", first, beside, said)
        yield Row(f"again: {key}", again, beside, said)
    shop.close()
