"""Tables of what is bought and cooked: a product, what it weighs, holds and costs."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from cantine_desktop.canteen.allergens import Allergen, Allergens
from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base, Quantity, UnitPrice


class Dimension(StrEnum):
    """What a product is measured in: its canonical unit is g, ml or piece."""

    MASS = "mass"
    VOLUME = "volume"
    PIECE = "piece"


class ProductFamily(StrEnum):
    """Where a product belongs on a shopping list."""

    VEGETABLE = "vegetable"
    FRUIT = "fruit"
    STARCH = "starch"
    PULSE = "pulse"
    DAIRY = "dairy"
    EGG = "egg"
    MEAT = "meat"
    FISH = "fish"
    FAT = "fat"
    NUT = "nut"
    SPICE = "spice"
    SWEET = "sweet"
    DRINK = "drink"
    OTHER = "other"


class Origin(StrEnum):
    """What a product comes from, for menus without meat or without animals."""

    PLANT = "plant"
    ANIMAL = "animal"
    MEAT = "meat"
    FISH = "fish"


class Product(Base):
    """Something bought, given or grown, that goes into recipes (produit).

    Attributes:
        key: Name for programs, ``"carotte"``; empty for one the canteen added.
        piece_grams: Grams of a piece, in the canonical unit of mass; ``None`` when unknown.
        piece_least: Least plausible weight of a piece; ``piece_most``, the greatest.
        density: Grams of a millilitre, for what is measured in volume.
        allergens: What it holds; ``None`` while nobody knows, and nothing made of it may
            be posted before somebody looks.
        origin: Plant, animal, meat or fish.
        season: Months it is in season in France as digits apart: ``"1 2 12"``; empty: always.
        carbon: Kilograms of CO₂ equivalent for a kilogram (or a litre); ``None`` when unknown.
        price: Euros for a kilogram, a litre or a piece, before any supplier's own.
        priced_on: Day of that price.
        peel_yield: Usual net part of the gross weight, of one: 0,85 loses 15 %; ``None``: all.
        is_organic: Usually bought organic; ``is_local``, close by.
        source: Where the reference values come from.
    """

    __tablename__ = "product"
    __table_args__ = (
        UniqueConstraint("name"),
        CheckConstraint("piece_grams IS NULL OR piece_grams > 0", "weighs"),
    )
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Produit")

    name: Mapped[str]
    family: Mapped[ProductFamily]
    dimension: Mapped[Dimension]
    key: Mapped[str] = mapped_column(default="", index=True)
    piece_grams: Mapped[Quantity | None] = mapped_column(default=None)
    piece_least: Mapped[Quantity | None] = mapped_column(default=None)
    piece_most: Mapped[Quantity | None] = mapped_column(default=None)
    density: Mapped[Quantity | None] = mapped_column(default=None)
    allergens: Mapped[frozenset[Allergen] | None] = mapped_column(Allergens, default=None)
    origin: Mapped[Origin] = mapped_column(default=Origin.PLANT)
    season: Mapped[str] = mapped_column(String(40), default="")
    carbon: Mapped[Quantity | None] = mapped_column(default=None)
    carbon_source: Mapped[str] = mapped_column(default="")
    price: Mapped[UnitPrice | None] = mapped_column(default=None)
    priced_on: Mapped[date | None] = mapped_column(default=None)
    peel_yield: Mapped[Quantity | None] = mapped_column(default=None)
    is_organic: Mapped[bool] = mapped_column(default=False)
    is_local: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(default="")
    is_active: Mapped[bool] = mapped_column(default=True)

    @override
    def search_line(self) -> str:
        """Return its name."""
        return self.name
