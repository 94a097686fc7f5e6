"""The products as a list, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import allergen_words
from cantine_desktop.i18n import mark, tr
from cantine_desktop.supply.products.model import Dimension, Origin, Product, ProductFamily
from cantine_desktop.values.text import fold

FAMILIES = {
    ProductFamily.VEGETABLE: mark("Légumes"),
    ProductFamily.FRUIT: mark("Fruits"),
    ProductFamily.STARCH: mark("Féculents"),
    ProductFamily.PULSE: mark("Légumes secs"),
    ProductFamily.DAIRY: mark("Laitages"),
    ProductFamily.EGG: mark("Œufs"),
    ProductFamily.MEAT: mark("Viandes"),
    ProductFamily.FISH: mark("Poissons"),
    ProductFamily.FAT: mark("Matières grasses"),
    ProductFamily.NUT: mark("Fruits à coque"),
    ProductFamily.SPICE: mark("Épices et herbes"),
    ProductFamily.SWEET: mark("Sucres"),
    ProductFamily.DRINK: mark("Boissons"),
    ProductFamily.OTHER: mark("Autres"),
}
DIMENSIONS = {
    Dimension.MASS: mark("Au poids"),
    Dimension.VOLUME: mark("Au volume"),
    Dimension.PIECE: mark("À la pièce"),
}
ORIGINS = {
    Origin.PLANT: mark("Végétal"),
    Origin.ANIMAL: mark("Animal, sans viande ni poisson"),
    Origin.MEAT: mark("Viande"),
    Origin.FISH: mark("Poisson"),
}
PER_UNIT = {
    Dimension.MASS: mark("{price} €/kg"),
    Dimension.VOLUME: mark("{price} €/l"),
    Dimension.PIECE: mark("{price} €/pièce"),
}


@dataclass(frozen=True)
class ProductRow:
    """A product of the list; see ``Product``.

    Attributes:
        allergens: In words; « ? » while nobody looked.
    """

    key: int
    name: str
    family: ProductFamily
    dimension: Dimension
    price: Decimal | None
    carbon: Decimal | None
    allergens: str
    is_unknown: bool
    is_active: bool


def product_rows(session: Session) -> list[ProductRow]:
    """Return every product by name, those put away too."""
    products = sorted(session.scalars(select(Product)), key=lambda each: fold(each.name))
    return [
        ProductRow(
            each.id,
            each.name,
            each.family,
            each.dimension,
            each.price,
            each.carbon,
            tr("?") if each.allergens is None else allergen_words(each.allergens),
            each.allergens is None,
            each.is_active,
        )
        for each in products
    ]


def chosen(
    rows: Iterable[ProductRow],
    words: str,
    family: ProductFamily | None,
    *,
    unknown: bool = False,
    archived: bool = False,
) -> list[ProductRow]:
    """Return the products of a family that hold all the words and are wanted."""
    wanted = fold(words).split()
    return [
        row
        for row in rows
        if row.is_active is not archived
        and (row.is_unknown or not unknown)
        and (family is None or row.family is family)
        and all(word in fold(row.name) for word in wanted)
    ]
