"""A supplier with articles, as tests of orders and deliveries begin with."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple

from cantine_desktop.supply.articles.keeping import ArticleFacts, add_article
from cantine_desktop.supply.articles.model import ContentUnit, PriceBasis
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.suppliers.keeping import DayRow, SupplierFacts, add_supplier, set_days
from cantine_desktop.values.money import Money
from tests.supply.shelves import add_product

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
PRICED = date(2026, 11, 1)


class Desk(NamedTuple):
    """Keys of what is there."""

    supplier: int
    pears: int
    cheese: int
    tins: int


def begun_order(book):
    """Write a supplier and an order of two boxes of pears; return the key of the order."""
    with book.action("départ") as session:
        there = furnish(session)
        order = draft_for(session, there.supplier, TUESDAY, book.clock())
        set_line(session, order.id, there.pears, Decimal(2), book.clock())
        return order.id


def furnish(session, **supplier):
    """Write a supplier and three articles: pears by the box, cheese by weight, tins by six."""
    facts = {"minimum": Money(5000), "free_from": Money(20000), "fee": Money(1500)}
    made = add_supplier(session, SupplierFacts("Biocoop", **{**facts, **supplier}))
    set_days(session, made.id, [DayRow(0, 12 * 60, 1), DayRow(2, 12 * 60, 1)])
    pear = add_product(session, "Poire", piece_grams=Decimal(180))
    cheese = add_product(session, "Tomme")
    tomato = add_product(session, "Tomate pelée")
    articles = [
        ArticleFacts(
            made.id,
            pear,
            "Poires",
            (("caisse", Decimal(66)),),
            ContentUnit.PIECE,
            Decimal(50),
            code="PO66",
            fraction=2,
        ),
        ArticleFacts(
            made.id,
            cheese,
            "Tomme des Vosges",
            (("pièce", Decimal(3000)),),
            ContentUnit.GRAM,
            Decimal("12.40"),
            PriceBasis.KILOGRAM,
            is_catch_weight=True,
        ),
        ArticleFacts(
            made.id,
            tomato,
            "Tomates pelées",
            (("colis", Decimal(6)), ("boîte", Decimal(2500))),
            ContentUnit.GRAM,
            Decimal("1.90"),
            PriceBasis.KILOGRAM,
        ),
    ]
    keys = [add_article(session, facts, NOW, PRICED).id for facts in articles]
    return Desk(made.id, *keys)
