"""Prices in the window: who sells a product, which went up, what that adds to recipes."""

from decimal import Decimal

import pytest

from cantine_desktop.clock import civil_date
from cantine_desktop.supply.articles.keeping import set_price
from cantine_desktop.supply.articles.model import Article, PriceBasis
from cantine_desktop.supply.products.model import Product
from cantine_desktop.values.period import DAY, Period
from tests.meals.menu_book import recipe
from tests.supply.desk import furnish
from ui.desk import Desk
from ui.supply.products import ProductsScreen
from ui.supply.rises import RisesDialog


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def cheese(desk):
    """The key of the cheese, sold at 12,40 the kilo."""
    with desk.book.action("départ") as session:
        there = furnish(session)
        return session.get_one(Article, there.cheese).product_id


def test_a_product_says_who_sells_it_and_takes_the_lowest_price(qtbot, desk, cheese):
    screen = ProductsScreen(desk)
    qtbot.addWidget(screen)
    screen.open_at(cheese)
    pane = screen.list.pane.sellers
    said = pane.words.text().replace("\u00a0", " ")
    assert said == "Biocoop : Tomme des Vosges, 12,40 € le kg"
    pane.cheapest.click()
    with desk.book.read() as session:
        assert session.get_one(Product, cheese).price == Decimal("12.4000")
    desk.book.undo()
    with desk.book.read() as session:
        assert session.get_one(Product, cheese).price is None


def test_a_price_that_moved_shows_its_curve_in_words_too(qtbot, desk, cheese):
    now = desk.book.clock()
    screen = ProductsScreen(desk)
    qtbot.addWidget(screen)
    screen.open_at(cheese)
    assert screen.pane.sellers.curve.isHidden()
    with desk.book.action("tarif") as session:
        article = session.query(Article).filter_by(product_id=cheese).one()
        day = Period.month(civil_date(now)).first - DAY
        set_price(session, article.id, Decimal("10.80"), PriceBasis.KILOGRAM, day, now)
    screen.refresh()
    sellers = screen.pane.sellers
    assert not sellers.curve.isHidden()
    assert "10,80\u00a0€/kg" in sellers.moved.text()
    assert sellers.moved.text().endswith("→ 12,40\u00a0€/kg aujourd’hui")
    assert sellers.curve.accessibleDescription().endswith("12,40\u00a0€/kg")


def test_rises_tell_the_recipes_they_touch(qtbot, desk, cheese):
    now = desk.book.clock()
    with desk.book.action("tarif") as session:
        recipe(session, "Tartiflette", [(session.get_one(Product, cheese), 1000, "Cuisson")])
        article = session.query(Article).filter_by(product_id=cheese).one()
        set_price(session, article.id, Decimal("14.40"), PriceBasis.KILOGRAM, civil_date(now), now)
    dialog = RisesDialog(desk, None)
    qtbot.addWidget(dialog)
    assert "Tartiflette +0,20" in dialog.said.text()
    assert dialog.table.model.index(0, 5).data().startswith("+16")


@pytest.mark.usefixtures("cheese")
def test_without_a_rise_the_list_says_so(qtbot, desk):
    dialog = RisesDialog(desk, None)
    qtbot.addWidget(dialog)
    assert not dialog.said.text()
    assert not dialog.table.model.keys
