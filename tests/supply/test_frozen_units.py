"""A closed reception keeps what it made of the scale, whatever is learned later."""

from datetime import timedelta
from decimal import Decimal

from cantine_desktop.supply.articles.keeping import ArticleFacts, add_article, set_price
from cantine_desktop.supply.articles.model import Article, ContentUnit, PriceBasis
from cantine_desktop.supply.deliveries.closing import close, to_ask
from cantine_desktop.supply.deliveries.drafting import add_line, draft_without_order
from cantine_desktop.supply.deliveries.drafting import set_line as note
from cantine_desktop.supply.invoices.drafting import awaited
from cantine_desktop.supply.products.model import Product
from cantine_desktop.values.money import Money
from tests.supply.desk import NOW, TUESDAY


def test_what_is_learned_later_of_a_weight_changes_no_closed_reception(session, desk):
    pear = session.get_one(Product, session.get_one(Article, desk.pears).product_id)
    facts = ArticleFacts(
        desk.supplier,
        pear.id,
        "Poires en vrac",
        (("cagette", Decimal(12000)),),
        ContentUnit.GRAM,
        Decimal("0.80"),
        PriceBasis.PIECE,
    )
    article = add_article(session, facts, NOW, TUESDAY)
    at = NOW + timedelta(days=1)
    delivery = draft_without_order(session, desk.supplier, at)
    line = add_line(session, delivery.id, article_id=article.id)
    note(session, delivery.id, line.id, received=Decimal(1), weight=Decimal(12000))
    close(session, delivery.id, "AM", at, agreed=to_ask(session, delivery.id))
    assert awaited(session, desk.supplier)[0].expected == Money(5_333)  # 66,67 pears of 180 g
    pear.piece_grams = Decimal(190)
    assert awaited(session, desk.supplier)[0].expected == Money(5_333)


def test_a_price_by_the_piece_follows_the_pieces_and_not_the_scale(session, desk):
    set_price(session, desk.pears, Decimal("0.80"), PriceBasis.PIECE, TUESDAY, NOW)
    at = NOW + timedelta(days=1)
    delivery = draft_without_order(session, desk.supplier, at)
    line = add_line(session, delivery.id, article_id=desk.pears)
    note(session, delivery.id, line.id, received=Decimal(1), weight=Decimal(70))
    close(session, delivery.id, "AM", at, agreed=to_ask(session, delivery.id))
    assert awaited(session, desk.supplier)[0].expected == Money(5_280)
