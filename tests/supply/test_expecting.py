"""What is still to come of orders, and amounts of packs that thousandths cannot say."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.supply.articles.keeping import ArticleFacts, add_article, set_price
from cantine_desktop.supply.articles.model import Article, ContentUnit, PriceBasis
from cantine_desktop.supply.deliveries.closing import close
from cantine_desktop.supply.deliveries.drafting import conform, draft_from
from cantine_desktop.supply.deliveries.drafting import set_line as note
from cantine_desktop.supply.deliveries.expecting import expected
from cantine_desktop.supply.deliveries.parting import substitute
from cantine_desktop.supply.deliveries.queries import amount_of
from cantine_desktop.supply.orders.drafting import draft_for
from cantine_desktop.supply.orders.drafting import set_line as ask_for
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder
from cantine_desktop.supply.orders.queries import totals
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.suppliers.model import OrderWay
from cantine_desktop.values.money import Money
from tests.supply.desk import NOW, PRICED, TODAY, TUESDAY, furnish
from tests.supply.shelves import add_product

LATER = NOW + timedelta(days=1)
PEAR = 66 * 180
"""Grams of pears in a box."""


@pytest.fixture
def session(book):
    with book.action("Essai") as session:
        yield session


@pytest.fixture
def desk(session):
    return furnish(session)


def ordered(session, desk, **units):
    order = draft_for(session, desk.supplier, TUESDAY, NOW)
    for name, number in units.items():
        ask_for(session, order.id, getattr(desk, name), Decimal(number), NOW)
    mark_sent(session, order.id, Sent(OrderWay.EMAIL), NOW, below_minimum=True)
    return order.id


def awaited(session, desk, today=TODAY):
    product = session.get_one(Article, desk.pears).product_id
    return [quantity for _day, quantity in expected(session, today, TUESDAY).get(product, [])]


def test_what_came_is_no_longer_awaited_when_the_rest_is(session, desk):
    key = ordered(session, desk, pears=3)
    delivery = draft_from(session, [key], LATER)
    note(session, delivery.id, delivery.lines[0].id, received=Decimal(1))
    close(session, delivery.id, "AM", LATER, closes_short=False)
    assert awaited(session, desk) == [2 * PEAR]
    assert session.get_one(PurchaseOrder, key).state is OrderState.SENT


def test_what_was_refused_is_not_awaited_again(session, desk):
    key = ordered(session, desk, pears=3)
    delivery = draft_from(session, [key], LATER)
    note(
        session,
        delivery.id,
        delivery.lines[0].id,
        received=Decimal(3),
        refused=Decimal(2),
        reason="écrasées",
    )
    close(session, delivery.id, "AM", LATER, closes_short=False)
    assert awaited(session, desk) == []
    assert session.get_one(PurchaseOrder, key).state is OrderState.RECEIVED


def test_what_another_article_replaced_is_not_awaited(session, desk):
    key = ordered(session, desk, pears=3)
    delivery = draft_from(session, [key], LATER)
    other = substitute(session, delivery.id, delivery.lines[0].id, desk.tins)
    note(session, delivery.id, other.id, received=Decimal(1))
    close(session, delivery.id, "AM", LATER, closes_short=False)
    assert awaited(session, desk) == []
    assert session.get_one(PurchaseOrder, key).state is OrderState.RECEIVED


def test_an_order_that_never_came_is_counted_on_for_two_days(session, desk):
    ordered(session, desk, pears=1)
    assert awaited(session, desk, TUESDAY + timedelta(days=2)) == [PEAR]
    assert awaited(session, desk, TUESDAY + timedelta(days=3)) == []


def test_a_sachet_of_twelve_grams_and_a_half_costs_its_price_to_the_cent(session, desk):
    yeast = add_product(session, "Levure")
    facts = ArticleFacts(
        desk.supplier,
        yeast,
        "Levure sèche",
        (("sachet", Decimal("12.5")),),
        ContentUnit.GRAM,
        Decimal(40),
        PriceBasis.KILOGRAM,
    )
    article = add_article(session, facts, NOW, PRICED)
    order = draft_for(session, desk.supplier, TUESDAY, NOW)
    ask_for(session, order.id, article.id, Decimal(100), NOW)
    assert totals(session, order.id).net == Money(50_00)
    mark_sent(session, order.id, Sent(OrderWay.EMAIL), NOW)
    delivery = draft_from(session, [order.id], LATER)
    conform(session, delivery.id)
    close(session, delivery.id, "AM", LATER, closes_short=True)
    assert amount_of(session, delivery.id) == Money(50_00)


@pytest.mark.parametrize(
    ("cut_in", "typed", "cents"),
    [(3, "0.333", 16_67), (3, "0.667", 33_33), (3, "1.333", 66_67), (7, "0.143", 7_14)],
)
def test_a_third_of_a_box_costs_a_third_of_its_price(session, desk, cut_in, typed, cents):
    session.get_one(Article, desk.pears).fraction = cut_in
    order = draft_for(session, desk.supplier, TUESDAY, NOW)
    ask_for(session, order.id, desk.pears, Decimal(typed), NOW)
    assert totals(session, order.id).net == Money(cents)
    mark_sent(session, order.id, Sent(OrderWay.EMAIL), NOW, below_minimum=True)
    units = Fraction(Decimal(typed)).limit_denominator(cut_in)
    assert awaited(session, desk) == [PEAR * units]
    delivery = draft_from(session, [order.id], LATER)
    conform(session, delivery.id)
    close(session, delivery.id, "AM", LATER, closes_short=True)
    assert amount_of(session, delivery.id) == Money(cents)


def test_a_weight_typed_to_the_gram_is_no_fraction(session, desk):
    loose = add_product(session, "Comté")
    facts = ArticleFacts(
        desk.supplier,
        loose,
        "Comté à la coupe",
        (("kg", Decimal(1000)),),
        ContentUnit.GRAM,
        Decimal(50),
        PriceBasis.KILOGRAM,
        fraction=1000,
    )
    article = add_article(session, facts, NOW, PRICED)
    order = draft_for(session, desk.supplier, TUESDAY, NOW)
    ask_for(session, order.id, article.id, Decimal("0.333"), NOW)
    assert totals(session, order.id).net == Money(16_65)


def test_an_order_takes_the_price_of_the_day_it_comes(session, desk):
    set_price(session, desk.pears, Decimal(55), PriceBasis.ORDER_UNIT, TUESDAY, NOW)
    order = draft_for(session, desk.supplier, TUESDAY, NOW)
    ask_for(session, order.id, desk.pears, Decimal(1), NOW)
    assert totals(session, order.id).net == Money(55_00)
    today = draft_for(session, desk.supplier, TODAY, NOW)
    ask_for(session, today.id, desk.pears, Decimal(1), NOW)
    assert totals(session, today.id).net == Money(50_00)


def test_nothing_is_ordered_for_a_day_that_is_over(session, desk):
    with pytest.raises(UserError, match="22/11/2026 est passé"):
        draft_for(session, desk.supplier, TODAY - timedelta(days=1), NOW)
