"""The products a canteen kitchen begins with, from the reference data that is shipped."""

import csv
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import resources
from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.i18n import mark, tr
from cantine_desktop.supply.products.model import Dimension, Origin, Product, ProductFamily

PRICED_ON = date(2026, 1, 1)
"""The year of the usual prices shipped: they only help until the canteen has its own."""
SOURCE = mark("Produits de départ")
UNKNOWN = "?"


def load_starter_products(session: Session) -> dict[str, Product]:
    """Add the shipped products that the book does not have, and return them all by key.

    A product that the canteen renamed or changed is left as it is.

    Args:
        session: The session of an action.
    """
    known = {each.key: each for each in session.scalars(select(Product)) if each.key}
    names = {each.name for each in session.scalars(select(Product))}
    added = [
        product_of(row)
        for row in shipped_rows()
        if row["key"] not in known and tr(row["name"]) not in names
    ]
    session.add_all(added)
    session.flush()
    return known | {each.key: each for each in added}


@cache
def shipped_rows() -> tuple[dict[str, str], ...]:
    """Return the shipped products as they are written in ``resources/food/products.csv``."""
    lines = resources.text("food/products.csv").splitlines()
    return tuple(csv.DictReader(lines, delimiter=";"))


def product_of(row: dict[str, str]) -> Product:
    """Return a product as a row of the shipped file tells it."""
    held = row["allergens"]
    values: dict[str, Any] = {
        name: Decimal(row[name]) if row[name] else None
        for name in (
            "piece_grams",
            "piece_least",
            "piece_most",
            "density",
            "carbon",
            "price",
            "peel_yield",
        )
    }
    return Product(
        key=row["key"],
        name=row["name"],
        family=ProductFamily(row["family"]),
        dimension=Dimension(row["dimension"]),
        allergens=None if held == UNKNOWN else frozenset(map(Allergen, held.split())),
        origin=Origin(row["origin"]),
        season=row["season"],
        carbon_source=row["carbon_source"],
        priced_on=PRICED_ON if values["price"] is not None else None,
        source=tr(SOURCE),
        **values,
    )
