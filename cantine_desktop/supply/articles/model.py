"""Tables of articles: a product as a supplier packs it, and what was asked for it over time."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Dialect, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base, Quantity, Rate, UnitPrice
from cantine_desktop.storage.types import JsonText


class ContentUnit(StrEnum):
    """What the innermost pack is counted in, by its code of UN/ECE Recommendation 20."""

    GRAM = "GRM"
    MILLILITRE = "MLT"
    PIECE = "H87"


class PriceBasis(StrEnum):
    """What a price is for: the order unit, or a kilogram, a litre, a piece of what is in it."""

    ORDER_UNIT = "XPK"
    KILOGRAM = "KGM"
    LITRE = "LTR"
    PIECE = "H87"


class QualityLabel(StrEnum):
    """What the law on food quality counts, by the codes of the public platform (EGalim)."""

    ORGANIC = "BIO"
    RED_LABEL = "LABEL_ROUGE"
    DESIGNATION = "AOCAOP"
    GEOGRAPHICAL = "IGP"
    TRADITIONAL = "STG"
    HIGH_VALUE = "HVE"
    FISHERY = "PECHE_DURABLE"
    OUTERMOST = "RUP"
    FAIR_TRADE = "COMMERCE_EQUITABLE"
    FARM = "FERMIER"
    EXTERNALITIES = "EXTERNALITES"
    PERFORMANCE = "PERFORMANCE"


class FoodCategory(StrEnum):
    """Families of the public declaration, by its codes."""

    MEAT = "VIANDES_VOLAILLES"
    CURED = "CHARCUTERIE"
    SEA = "PRODUITS_DE_LA_MER"
    PRODUCE = "FRUITS_ET_LEGUMES"
    DAIRY = "PRODUITS_LAITIERS"
    BAKERY = "BOULANGERIE"
    DRINK = "BOISSONS"
    OTHER = "AUTRES"


class MadeIn(StrEnum):
    """Where food was grown or made, as the public declaration asks."""

    UNKNOWN = ""
    EUROPE = "EUROPE"
    FRANCE = "FRANCE"


class Cold(StrEnum):
    """Where it is kept from the door on."""

    AMBIENT = "ambient"
    FRESH = "fresh"
    FROZEN = "frozen"


class QualityLabels(TypeDecorator[frozenset[QualityLabel]]):
    """A set of labels in a column, as their codes in order."""

    impl = String(200)
    cache_ok = True

    @override
    def process_bind_param(
        self, value: frozenset[QualityLabel] | None, dialect: Dialect
    ) -> str | None:
        return None if value is None else " ".join(sorted(value))

    @override
    def process_result_value(
        self, value: Any | None, dialect: Dialect
    ) -> frozenset[QualityLabel] | None:
        return None if value is None else frozenset(map(QualityLabel, value.split()))


class Article(Base):
    """A product as a supplier sells it (article d’un fournisseur).

    Its packs go from the order unit inwards: « colis » of 6, « barquette » of 250 g.

    Attributes:
        code: The supplier’s own.
        content_unit: What the innermost pack is counted in.
        fraction: Part of an order unit that may be ordered: 1 whole ones only, 2 halves too…
        least: Least order units at a time; they go up by ``step``.
        is_catch_weight: Each weighs what it weighs: it is billed by the weight delivered.
        vat: Rate of VAT, of one.
        shelf_days: Days it keeps from its delivery; ``None`` when nobody knows.
        litres: Room an order unit takes; ``None`` when nobody measured it.
        ware: Family of goods of the sanitary control (``hygiene.food.choices.Ware``), or empty.
        labels: What it is certified; ``category``, its family in the public declaration.
        is_short: Bought from the grower, or with a single go-between (circuit court).
    """

    __tablename__ = "article"
    __table_args__ = (
        CheckConstraint("fraction >= 1", "fraction"),
        Index("ix_article_supplier_code", "supplier_id", "code"),
    )
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Article")

    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    name: Mapped[str]
    content_unit: Mapped[ContentUnit]
    code: Mapped[str] = mapped_column(default="")
    fraction: Mapped[int] = mapped_column(default=1)
    least: Mapped[Quantity | None] = mapped_column(default=None)
    step: Mapped[Quantity | None] = mapped_column(default=None)
    is_catch_weight: Mapped[bool] = mapped_column(default=False)
    vat: Mapped[Rate | None] = mapped_column(default=None)
    shelf_days: Mapped[int | None] = mapped_column(default=None)
    litres: Mapped[Quantity | None] = mapped_column(default=None)
    cold: Mapped[Cold] = mapped_column(default=Cold.AMBIENT)
    ware: Mapped[str] = mapped_column(String(32), default="")
    labels: Mapped[frozenset[QualityLabel]] = mapped_column(
        QualityLabels, default=frozenset[QualityLabel]()
    )
    category: Mapped[FoodCategory | None] = mapped_column(default=None)
    made_in: Mapped[MadeIn] = mapped_column(default=MadeIn.UNKNOWN)
    is_local: Mapped[bool] = mapped_column(default=False)
    is_short: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    packs: Mapped[list["Pack"]] = relationship(
        order_by="Pack.rank", init=False, cascade="all, delete-orphan"
    )
    prices: Mapped[list["ArticlePrice"]] = relationship(
        order_by="ArticlePrice.valid_from", init=False, cascade="all, delete-orphan"
    )

    @override
    def search_line(self) -> str:
        """Return its name and the supplier’s code."""
        return f"{self.name} {self.code}".strip()


class Pack(Base):
    """A level of packing: how many of the next level it holds (conditionnement).

    Attributes:
        rank: 0 for the order unit, then inwards.
        name: « colis », « barquette », « filet ».
        count: How many of the next level; of the innermost one, how much of the content unit.
    """

    __tablename__ = "pack"
    __table_args__ = (
        UniqueConstraint("article_id", "rank"),
        CheckConstraint("count > 0", "holds"),
    )
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Conditionnement")

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True, init=False)
    rank: Mapped[int]
    name: Mapped[str]
    count: Mapped[Quantity]


class ArticlePrice(Base):
    """What a supplier asks for an article from a day on: the price as quoted, and its basis.

    Attributes:
        price: Euros for one of the basis, taxes left out.
        valid_from: First civil day.
        valid_until: The day after the last; ``None`` while it goes on.
        source: « Tarif du 3 novembre », « Facture F-231 ».
    """

    __tablename__ = "article_price"
    __table_args__ = (UniqueConstraint("article_id", "valid_from"),)
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Prix d’un article")

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True, init=False)
    price: Mapped[UnitPrice]
    basis: Mapped[PriceBasis]
    valid_from: Mapped[date]
    noted_at: Mapped[datetime]
    valid_until: Mapped[date | None] = mapped_column(default=None)
    source: Mapped[str] = mapped_column(default="")


class PriceListColumns(Base):
    """Which column of a supplier’s price lists says what, remembered from the last one.

    Attributes:
        columns: Heading or rank of the column by what it says.
    """

    __tablename__ = "price_list_columns"
    __table_args__ = (UniqueConstraint("supplier_id"),)
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Colonnes d’un tarif")

    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"))
    columns: Mapped[dict[str, Any]] = mapped_column(JsonText())
