"""Tables of the recipes: what goes in, in what quantity, and what is done with it."""

from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base, Quantity


class Course(StrEnum):
    """The place of a dish in a meal; a base is no dish, it goes into others."""

    STARTER = "starter"
    MAIN = "main"
    SIDE = "side"
    DESSERT = "dessert"
    DRINK = "drink"
    EXTRA = "extra"
    BASE = "base"


COURSES = {
    Course.STARTER: mark("Entrée"),
    Course.MAIN: mark("Plat"),
    Course.SIDE: mark("Accompagnement"),
    Course.DESSERT: mark("Dessert"),
    Course.DRINK: mark("Boisson"),
    Course.EXTRA: mark("À côté"),
    Course.BASE: mark("Base"),
}


class Unit(StrEnum):
    """A unit of a recipe."""

    GRAM = "g"
    KILOGRAM = "kg"
    MILLILITRE = "ml"
    CENTILITRE = "cl"
    LITRE = "l"
    PIECE = "piece"
    PORTION = "portion"


class Recipe(Base):
    """A technical sheet (fiche technique): quantities for a number of portions.

    Attributes:
        portions: How many the quantities are for.
        yields_grams: Weight of the whole once cooked; ``None`` when nobody weighed it.
        minutes: From the first gesture to the table.
        keeps_days: Days the dish keeps cold, made by us; 0 is eaten the same day.
        is_hot: Served hot.
        key: Name of a recipe of the starter set; empty for one of the canteen's own.
        notes: Advice for the session, in plain words.
    """

    __tablename__ = "recipe"
    __table_args__ = (CheckConstraint("portions > 0", "feeds"),)
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Recette")

    name: Mapped[str]
    course: Mapped[Course]
    portions: Mapped[int]
    yields_grams: Mapped[Quantity | None] = mapped_column(default=None)
    minutes: Mapped[int | None] = mapped_column(default=None)
    keeps_days: Mapped[int] = mapped_column(default=0)
    is_hot: Mapped[bool] = mapped_column(default=True)
    key: Mapped[str] = mapped_column(default="", index=True)
    notes: Mapped[str] = mapped_column(default="")
    is_archived: Mapped[bool] = mapped_column(default=False)
    ingredients: Mapped[list["Ingredient"]] = relationship(
        order_by="Ingredient.rank",
        foreign_keys="Ingredient.recipe_id",
        init=False,
        cascade="all, delete-orphan",
    )
    steps: Mapped[list["RecipeStep"]] = relationship(
        order_by="RecipeStep.rank", init=False, cascade="all, delete-orphan"
    )

    @override
    def search_line(self) -> str:
        """Return its name."""
        return self.name


class Ingredient(Base):
    """A line of a recipe: a product, or another recipe, in a quantity.

    Attributes:
        product_id: What goes in; ``None`` when it is a recipe, or words nobody tied yet.
        part_id: The recipe that goes in (sous-recette).
        words: What was written: ``« 1 poignée de persil »``; shown when neither is known,
            and then its allergens are unknown.
        quantity: Net quantity, ready to use, in ``unit``; ``None`` is « à l’œil ».
        net_yield: Net part of the gross weight, of one; ``None`` takes the product's.
        workshop: Who prepares it in the kitchen: « Légumes », « Cuisson », « Dessert ».
    """

    __tablename__ = "ingredient"
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Ingrédient")

    recipe_id: Mapped[int] = mapped_column(ForeignKey("recipe.id"), index=True, init=False)
    rank: Mapped[int]
    product_id: Mapped[int | None] = mapped_column(
        ForeignKey("product.id"), index=True, default=None
    )
    part_id: Mapped[int | None] = mapped_column(ForeignKey("recipe.id"), index=True, default=None)
    words: Mapped[str] = mapped_column(default="")
    quantity: Mapped[Quantity | None] = mapped_column(default=None)
    unit: Mapped[Unit] = mapped_column(default=Unit.GRAM)
    net_yield: Mapped[Quantity | None] = mapped_column(default=None)
    workshop: Mapped[str] = mapped_column(default="")


class RecipeStep(Base):
    """A gesture of a recipe, and the workshop that does it."""

    __tablename__ = "recipe_step"
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Étape de recette")

    recipe_id: Mapped[int] = mapped_column(ForeignKey("recipe.id"), index=True, init=False)
    rank: Mapped[int]
    words: Mapped[str]
    workshop: Mapped[str] = mapped_column(default="")
