"""A table of a million rows opened and shown at its end, beside QStandardItemModel."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from tests.benchmarks.measuring import Row, in_turn
from ui.kit.table import Column, LazyTable
from ui.kit.table import Row as TableRow

ROWS = 1_000_000
COLUMNS = [Column("Numéro"), Column("Libellé", 300), Column("Montant", align="right")]


def texts(key):
    return (str(key), f"Achat de légumes {key}", f"{key % 1000},50")


def load(keys):
    return [TableRow(texts(key)) for key in keys]


def lazy():
    """Open our table, paint its top, then its last rows."""
    table = LazyTable("Écritures", COLUMNS, load, lambda _key, _down: range(ROWS))
    table.resize(1000, 700)
    table.show()
    table.refresh()
    table.grab()
    assert table.go_to(ROWS - 1)
    picture = table.grab()
    model = table.findChild(QTableView).model()
    assert model.rowCount() == ROWS
    assert model.index(ROWS - 1, 1).data() == texts(ROWS - 1)[1]
    table.close()
    table.deleteLater()
    return picture


def standard():
    """Do the same with every row made into an item; one column of three, or it takes a minute."""
    model = QStandardItemModel()
    column = [QStandardItem(texts(key)[1]) for key in range(ROWS)]
    model.appendColumn(column)
    view = QTableView()
    view.setModel(model)
    view.resize(1000, 700)
    view.show()
    view.grab()
    view.scrollToBottom()
    picture = view.grab()
    assert model.index(ROWS - 1, 0).data(Qt.ItemDataRole.DisplayRole) == texts(ROWS - 1)[1]
    view.close()
    return picture


def measure(_folder):
    application = QApplication.instance() or QApplication(["bench"])
    mine, theirs = in_turn(lazy, standard, turns=3)
    application.processEvents()
    yield Row("table of a million keys", mine, theirs, "QStandardItemModel, one column of three")
