"""A price list pasted in the window: shown first, its columns chosen, taken in one step."""

from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication

from cantine_desktop.supply.articles.model import Article
from tests.supply.desk import furnish
from ui.desk import Desk
from ui.supply.price_list import NONE, PriceListDialog

LIST = (
    "Code\tDésignation\tPrix HT\tAncien\nPO66\tPoires\t55,00\t50,00\n\tTomme des Vosges\t12,40\t1\n"
)


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def there(desk):
    with desk.book.action("départ") as session:
        return furnish(session)


@pytest.fixture
def dialog(qtbot, desk, there):
    QGuiApplication.clipboard().setText(LIST)
    made = PriceListDialog(desk, there.supplier, None)
    qtbot.addWidget(made)
    made.paste()
    return made


def price_of(desk, article):
    with desk.book.read() as session:
        return session.get_one(Article, article).prices[-1].price


def rows(dialog):
    model = dialog.table.model
    return [tuple(text.replace("\u00a0", " ") for text in model.row(n).texts) for n in range(2)]


def test_what_is_pasted_is_shown_then_taken_and_undone_in_one_step(dialog, desk, there):
    assert rows(dialog)[0] == (
        "2",
        "PO66",
        "Poires",
        "50,00 € le colis",
        "55,00 € le colis",
        "change",
    )
    assert "1 prix changé" in dialog.said.text()
    assert price_of(desk, there.pears) == Decimal(50)
    dialog.keep()
    assert price_of(desk, there.pears) == Decimal(55)
    desk.book.undo()
    assert price_of(desk, there.pears) == Decimal(50)


def test_another_column_for_the_price_changes_what_is_shown(dialog):
    box = dialog.columns["price"]
    assert box.currentText() == "Prix HT"
    box.setCurrentIndex(box.findText("Ancien"))
    box.activated.emit(box.currentIndex())
    assert rows(dialog)[0][4] == "50,00 € le colis"
    assert rows(dialog)[0][5] == "pareil"


def test_without_a_price_column_nothing_can_be_taken_and_it_says_why(dialog):
    box = dialog.columns["price"]
    box.setCurrentIndex(box.findData(NONE))
    box.activated.emit(box.currentIndex())
    assert "Aucune colonne" in dialog.said.text()
    assert not dialog.act.isEnabled()


def test_what_is_no_table_is_told(dialog, tmp_path):
    file = tmp_path / "tarif.xlsx"
    file.write_bytes(b"PK\x03\x04 abime")
    dialog.open_file(file)
    assert dialog.said.text()
    assert not dialog.act.isEnabled()
    dialog.open_file(tmp_path / "absent.csv")
    assert "absent.csv" in dialog.said.text()


def test_an_empty_clipboard_leaves_an_empty_table(qtbot, desk, there):
    QGuiApplication.clipboard().setText("")
    made = PriceListDialog(desk, there.supplier, None)
    qtbot.addWidget(made)
    made.paste()
    assert not made.table.model.keys
    assert not made.act.isEnabled()
