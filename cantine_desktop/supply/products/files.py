"""The products for other programs."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.exchange.writers import Table, Value, csv_export
from cantine_desktop.i18n import mark
from cantine_desktop.supply.products.model import Product
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold

HEADINGS = (
    *("produit", "famille", "mesure", "allergènes", "origine", "saison", "grammes par pièce"),
    *("grammes par ml", "kg CO2e par kg", "source CO2", "prix", "prix du", "rendement"),
    *("bio", "local", "source", "archivé"),
)
"""Columns of the file, the same in every language; « ? » is allergens nobody looked at."""


def products_table(session: Session, _period: Period, _now: datetime) -> Table:
    """Return every product, one a row, those put away too."""
    products = sorted(session.scalars(select(Product)), key=lambda each: fold(each.name))
    return Table(HEADINGS, [_row(each) for each in products])


def _row(product: Product) -> list[Value]:
    held = product.allergens
    return [
        product.name,
        product.family.value,
        product.dimension.value,
        "?" if held is None else " ".join(sorted(held)),
        product.origin.value,
        product.season,
        product.piece_grams,
        product.density,
        product.carbon,
        product.carbon_source,
        product.price,
        product.priced_on,
        product.peel_yield,
        product.is_organic,
        product.is_local,
        product.source,
        not product.is_active,
    ]


EXPORTS: tuple[Export, ...] = (csv_export("products", mark("Produits"), products_table, "supply"),)
IMPORTS: tuple[Import, ...] = ()
