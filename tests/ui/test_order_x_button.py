"""The button that saves an order as a paper its supplier's program can read."""

from decimal import Decimal

import pytest

from cantine_desktop.documents.archive import attached_files
from cantine_desktop.supply.orders.drafting import add_free_line
from tests.supply.desk import begun_order
from ui.desk import Desk
from ui.supply import order_sending
from ui.supply.order_sending import SendDialog
from ui.supply.orders import OrdersScreen


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def key(desk):
    return begun_order(desk.book)


@pytest.fixture
def dialog(qtbot, desk, key):
    screen = OrdersScreen(desk)
    qtbot.addWidget(screen)
    made = SendDialog(desk, key, screen)
    qtbot.addWidget(made)
    yield made
    del screen  # kept until here: the dialog goes with it


def test_the_order_is_saved_where_asked_with_what_a_program_reads(dialog, tmp_path, monkeypatch):
    file = tmp_path / "bon.pdf"
    monkeypatch.setattr(order_sending, "ask_save", lambda *_: file)
    dialog.save.click()
    assert list(attached_files(file.read_bytes())) == ["order-x.xml"]
    assert dialog.why.isHidden()


def test_a_line_without_price_is_told_before_a_file_is_asked_for(dialog, desk, key, monkeypatch):
    with desk.book.action("ligne") as session:
        add_free_line(session, key, "Persil", Decimal(2))
    monkeypatch.setattr(order_sending, "ask_save", lambda *_: pytest.fail("nothing to save"))
    dialog.save.click()
    assert "Persil n’en a pas" in dialog.why.text()
    assert not dialog.why.isHidden()


def test_a_folder_that_refuses_is_told(dialog, tmp_path, monkeypatch):
    monkeypatch.setattr(order_sending, "ask_save", lambda *_: tmp_path / "absent" / "bon.pdf")
    dialog.save.click()
    assert "n’a pas pu être enregistré" in dialog.why.text()
