"""Products in the window: found, changed, refused when implausible, put away."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.supply.products.model import Product, ProductFamily
from cantine_desktop.supply.products.starter import load_starter_products
from ui.desk import Desk
from ui.supply.products import ProductsScreen


@pytest.fixture
def screen(qtbot, book):
    desk = Desk(book)
    screen = ProductsScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 640)
    screen.show()
    yield screen
    desk.close()


@pytest.fixture
def carrot(screen):
    with screen.desk.book.action("départ") as session:
        load_starter_products(session)
        key = session.scalar(select(Product.id).where(Product.name == "Carotte"))
    screen.open_at(key)
    return key


def stored(screen, key, name):
    with screen.desk.book.read() as session:
        return getattr(session.get_one(Product, key), name)


def type_in(qtbot, screen, name, text):
    line = screen.pane.form.field(name).line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_an_empty_book_takes_the_products_of_departure(qtbot, screen):
    screen.starter.trigger()
    qtbot.waitUntil(lambda: len(screen.table.model.keys) > 150, timeout=20_000)
    assert "Agribalyse" in screen.pane.sources.text() or "Fiche" in screen.pane.sources.text()


def test_a_tomato_of_eight_grams_is_refused_with_words(qtbot, screen, carrot):
    type_in(qtbot, screen, "piece_grams", "8")
    assert "plausible" in screen.pane.refused.text()
    assert stored(screen, carrot, "piece_grams") == 110
    type_in(qtbot, screen, "piece_grams", "90")
    assert stored(screen, carrot, "piece_grams") == 90
    assert not screen.pane.refused.text()


def test_a_figure_of_the_canteen_replaces_the_reference_and_says_so(qtbot, screen, carrot):
    assert "CIQUAL" in screen.pane.sources.text()
    type_in(qtbot, screen, "carbon", "0,5")
    assert stored(screen, carrot, "carbon") == Decimal("0.5")
    assert "Saisi par la cantine" in screen.pane.sources.text()
    screen.desk.book.undo()
    assert "CIQUAL" in screen.pane.sources.text()
    type_in(qtbot, screen, "peel_yield", "90")
    assert stored(screen, carrot, "peel_yield") == Decimal("0.9")


def test_allergens_are_ticked_or_said_unknown(screen, carrot):
    screen.pane.boxes[Allergen.CELERY].click()
    assert stored(screen, carrot, "allergens") == {Allergen.CELERY}
    screen.pane.unknown.click()
    assert stored(screen, carrot, "allergens") is None
    screen.which.setCurrentIndex(1)
    screen.which.activated.emit(1)
    assert carrot in screen.table.model.keys


def test_the_list_is_found_by_words_and_by_family(screen, carrot):
    screen.list.search.setText("carot")
    screen.table.refresh()
    assert carrot in screen.table.model.keys
    place = screen.family.findData(ProductFamily.FRUIT)
    screen.family.setCurrentIndex(place)
    screen.family.activated.emit(place)
    assert not screen.table.model.keys


def test_a_new_product_is_named_put_away_and_taken_back(qtbot, screen, carrot):
    screen.new.trigger()
    type_in(qtbot, screen, "name", "Rutabaga du jardin")
    key = screen.pane.key
    assert key != carrot
    assert stored(screen, key, "name") == "Rutabaga du jardin"
    type_in(qtbot, screen, "name", "Carotte")
    assert "existe" in screen.pane.refused.text()
    screen.put_away.trigger()
    assert key not in screen.table.model.keys
    screen.desk.book.undo()
    assert key in screen.table.model.keys
