"""A first count finds food nobody bought in the book: it is worth its last known price."""

from decimal import Decimal

from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.stock.counting import begin_count, close_count, type_line, unpriced
from cantine_desktop.supply.stock.following import follow
from cantine_desktop.supply.stock.valuing import worths
from cantine_desktop.values.money import Money
from tests.supply.desk import NOW, furnish
from tests.supply.door import ARRIVED, LATER, received
from tests.supply.shelves import add_product


def counted(session, product, typed, at=NOW):
    follow(session, product)
    count = begin_count(session, None, at, LATER)
    for line in count.lines:
        if line.product_id == product:
            type_line(session, line.id, typed)
            type_line(session, line.id, typed, again=True)
    return close_count(session, count.id, LATER)


def test_an_opening_count_is_worth_the_price_of_its_article_with_vat(session):
    product = session.get_one(Article, furnish(session).tins).product_id
    moves = counted(session, product, "2 colis")
    assert worths(session)[product].value == Money(6014)  # 30 kg at 1,90 and 5,5 %
    assert unpriced(session, moves) == []


def test_it_is_worth_the_price_of_the_product_when_nobody_sells_it(session):
    product = add_product(session, "Miel")
    session.get_one(Product, product).price = Decimal(10)
    counted(session, product, "3kg")
    assert worths(session)[product].value == Money(3165)


def test_what_has_no_price_is_told_by_name(session):
    product = add_product(session, "Confiture")
    moves = counted(session, product, "3kg")
    assert unpriced(session, moves) == ["Confiture"]


def test_what_the_last_lot_cost_comes_before_the_price_list(book):
    with book.action("départ") as session:
        desk = furnish(session)
    received(book, desk)
    with book.action("inventaire", undoable=False) as session:
        product = session.get_one(Article, desk.pears).product_id
        counted(session, product, "3 caisses + 1kg", at=ARRIVED)
        assert worths(session)[product].quantity == 3 * 66 * 180 + 1000
        assert worths(session)[product].value == Money(15825 + 444)
