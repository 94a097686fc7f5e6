"""What a piece weighs is learned at the door, from what was weighed and nothing else."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.supply.articles.keeping import change_article, facts_of
from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.deliveries.closing import close, to_ask
from cantine_desktop.supply.deliveries.drafting import conform, draft_from
from cantine_desktop.supply.deliveries.drafting import set_line as note
from cantine_desktop.supply.deliveries.learning import learned, take_weight
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.suppliers.model import OrderWay
from tests.supply.desk import NOW, TUESDAY


def receive(session, desk, article, units, grams, later=0):
    day = TUESDAY + timedelta(days=later)
    order = draft_for(session, desk.supplier, day, NOW)
    set_line(session, order.id, article, Decimal(units), NOW)
    mark_sent(session, order.id, Sent(OrderWay.PHONE), NOW, below_minimum=True)
    at = NOW + timedelta(days=1 + later)
    delivery = draft_from(session, [order.id], at)
    conform(session, delivery.id)
    if grams is not None:
        note(session, delivery.id, delivery.lines[0].id, weight=Decimal(grams))
    close(session, delivery.id, "AM", at, agreed=to_ask(session, delivery.id))


def test_boxes_of_pears_weighed_twice_say_what_a_pear_weighs(session, desk):
    pear = session.get_one(Article, desk.pears).product_id
    assert learned(session, pear) is None
    receive(session, desk, desk.pears, 1, 11_220)
    receive(session, desk, desk.pears, 2, 24_420, later=1)
    found = learned(session, pear)
    assert (found.times, found.pieces, found.mean) == (2, 198, Decimal("180.0"))
    assert (found.least, found.most) == (Decimal("170.0"), Decimal("185.0"))
    assert found.deviation == Decimal("10.6")


def test_what_was_not_weighed_or_is_sold_by_weight_teaches_nothing(session, desk):
    receive(session, desk, desk.pears, 1, None)
    receive(session, desk, desk.cheese, 1, 3050, later=1)
    for article in (desk.pears, desk.cheese):
        assert learned(session, session.get_one(Article, article).product_id) is None


def test_a_product_takes_the_weight_that_was_learned(session, desk):
    pear = session.get_one(Article, desk.pears).product_id
    with pytest.raises(UserError, match="pesée"):
        take_weight(session, pear)
    receive(session, desk, desk.pears, 1, 11_220)
    take_weight(session, pear)
    product = session.get_one(Product, pear)
    assert (product.piece_grams, product.piece_least) == (Decimal("170.0"), Decimal("170.0"))


def test_a_pack_that_changes_leaves_what_was_learned_before(session, desk):
    pears = session.get_one(Article, desk.pears)
    receive(session, desk, desk.pears, 1, 11_220)
    before = learned(session, pears.product_id)
    smaller = replace(facts_of(pears), packs=(("caisse", Decimal(33)),))
    change_article(session, desk.pears, smaller)
    assert learned(session, pears.product_id) == before
