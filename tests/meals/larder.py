"""A menu to buy for: a gratin on Tuesday for twenty, and two suppliers who bring its food."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cantine_desktop.supply.articles.keeping import ArticleFacts, add_article
from cantine_desktop.supply.articles.model import ContentUnit, PriceBasis
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.suppliers.keeping import DayRow, SupplierFacts, add_supplier, set_days
from cantine_desktop.values.money import Money
from tests.conftest import NOW
from tests.meals.menu_book import TUESDAY, gratin, three_dishes

MONDAY, NOON = 0, 12 * 60
PRICED = date(2026, 11, 1)


class Larder(NamedTuple):
    """Keys of what is there."""

    farm: int
    shop: int
    squash: int
    cream: int
    flour: int


def sell(session, supplier, product, name, grams, price, **more):
    """Sell a product by the box of some grams, at a price a kilogram; return the article's key."""
    facts = ArticleFacts(
        supplier,
        product,
        name,
        (("colis", Decimal(grams)),),
        ContentUnit.GRAM,
        Decimal(price),
        PriceBasis.KILOGRAM,
        **more,
    )
    return add_article(session, facts, NOW, PRICED).id


def furnish(session):
    """Write the menu of Tuesday, and a farm and a shop that deliver that morning."""
    gratin(session)
    three_dishes(session, expected=20)
    found = {row.name: row.id for row in session.query(Product)}
    farm = add_supplier(
        session, SupplierFacts("Ferme K", free_from=Money(4000), fee=Money(1200))
    ).id
    shop = add_supplier(session, SupplierFacts("Biocoop")).id
    for supplier in (farm, shop):
        set_days(session, supplier, [DayRow(MONDAY, NOON, 1)])
    sell(session, farm, found["courge"], "Courges", 5000, "1.80", shelf_days=5)
    sell(session, shop, found["courge"], "Courges en vrac", 1000, "3.00", shelf_days=5)
    sell(session, shop, found["crème"], "Crème", 1000, "4.60", shelf_days=10)
    return Larder(farm, shop, found["courge"], found["crème"], found["farine"])


__all__ = ["TUESDAY", "Larder", "furnish", "sell"]
