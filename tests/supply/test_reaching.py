"""Free delivery: what keeps, or what others would bring, the cheapest way first."""

from decimal import Decimal

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.supply.articles.keeping import ArticleFacts, add_article
from cantine_desktop.supply.articles.model import Article, ContentUnit, PriceBasis
from cantine_desktop.supply.orders.drafting import draft_for, remove_line, set_line
from cantine_desktop.supply.orders.model import PurchaseOrder
from cantine_desktop.supply.orders.queries import totals
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.proposal.reaching import follow, ways
from cantine_desktop.supply.suppliers.keeping import SupplierFacts, add_supplier
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.money import Money
from tests.supply.desk import NOW, PRICED, TUESDAY, furnish
from tests.supply.shelves import add_product


@pytest.fixture
def there(any_book):
    """Return keys: an order of 150 € that is delivered free from 200 €, and a dearer shop's."""
    with any_book.action("départ") as session:
        desk = furnish(session)
        order = draft_for(session, desk.supplier, TUESDAY, NOW).id
        set_line(session, order, desk.pears, Decimal(3), NOW)
        shop = add_supplier(session, SupplierFacts("Épicerie")).id
        tomato = session.query(Product).filter_by(name="Tomate pelée").one().id
        facts = ArticleFacts(
            shop,
            tomato,
            "Tomates de l’épicerie",
            (("carton", Decimal(30000)),),
            ContentUnit.GRAM,
            Decimal("2.10"),
            PriceBasis.KILOGRAM,
        )
        article = add_article(session, facts, NOW, PRICED).id
        other = draft_for(session, shop, TUESDAY, NOW).id
        set_line(session, other, article, Decimal(1), NOW)
    return desk, order, other


def test_what_another_supplier_would_bring_comes_first_when_it_costs_less(any_book, there):
    desk, order, other = there
    with any_book.read() as session:
        assert totals(session, order).to_free == Money(5000)
        best, *rest = ways(session, order, NOW)
    # Thirty kilos here are two boxes of fifteen, 57,00 against 63,00 there; the fee is 15,00.
    assert best.is_moved
    assert (best.article, best.units, best.cost) == (desk.tins, 2, Money(5700 - 6300 - 1500))
    assert best.order == other
    assert all(not way.is_moved for way in rest)
    assert [way.cost.cents for way in (best, *rest)] == sorted(
        way.cost.cents for way in (best, *rest)
    )


def test_each_way_reaches_free_delivery_when_it_is_followed(any_book, there):
    _desk, order, other = there
    with any_book.read() as session:
        found = ways(session, order, NOW)
    assert 2 <= len(found) <= 3
    for way in found:
        with any_book.action("franco") as session:
            before = totals(session, order).total + totals(session, other).total
            follow(session, order, way, NOW)
            after = totals(session, order)
            assert after.to_free is None
            assert after.total + totals(session, other).total - before == way.cost
        any_book.undo()


def test_a_way_whose_line_has_gone_meanwhile_is_refused_and_nothing_is_written(any_book, there):
    _desk, order, other = there
    with any_book.action("lecture") as session:
        best = ways(session, order, NOW)[0]
        remove_line(session, other, best.line)
    with pytest.raises(UserError, match="autre commande"), any_book.action("franco") as session:
        follow(session, order, best, NOW)
    with any_book.read() as session:
        assert totals(session, order).to_free == Money(5000)


def test_an_order_that_is_delivered_free_has_no_way_to_look_for(any_book, there):
    desk, order, _other = there
    with any_book.action("plus") as session:
        set_line(session, order, desk.pears, Decimal(4), NOW)
        assert totals(session, order).to_free is None
        assert ways(session, order, NOW) == []


def test_food_that_does_not_keep_is_not_bought_to_fill_an_order(any_book, there):
    desk, order, other = there
    with any_book.action("frais") as session:
        for key in (desk.pears, desk.cheese, desk.tins):
            session.get_one(Article, key).shelf_days = 4
        assert all(way.is_moved and way.order == other for way in ways(session, order, NOW))


def test_what_another_order_loses_of_its_free_delivery_is_reckoned(any_book, there):
    _desk, order, other = there
    with any_book.action("franco") as session:
        shop = session.get_one(Supplier, session.get_one(PurchaseOrder, other).supplier_id)
        shop.fee = Money(2500)
        [moved] = [way for way in ways(session, order, NOW) if way.is_moved]
        assert moved.cost == Money(5700 - 6300 - 1500 - 2500)
        leek = add_product(session, "Poireau")
        facts = ArticleFacts(
            shop.id, leek, "Poireaux", (("botte", Decimal(1000)),), ContentUnit.GRAM, Decimal(3)
        )
        set_line(session, other, add_article(session, facts, NOW, PRICED).id, Decimal(1), NOW)
        [moved] = [way for way in ways(session, order, NOW) if way.is_moved]
        assert moved.cost == Money(5700 - 6300 - 1500)
        shop.minimum = Money(5000)
        assert not [way for way in ways(session, order, NOW) if way.is_moved]
