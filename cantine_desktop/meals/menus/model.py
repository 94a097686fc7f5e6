"""Tables of the menus: the dishes of a service and what was confirmed of them."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.canteen.allergens import Allergen, Allergens
from cantine_desktop.i18n import mark
from cantine_desktop.meals.recipes.model import Course
from cantine_desktop.storage.base import Base, Quantity


class Menu(Base):
    """What a service eats (menu)."""

    __tablename__ = "menu"
    __table_args__ = (UniqueConstraint("service_id"),)
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Menu")

    service_id: Mapped[int] = mapped_column(ForeignKey("meal_service.id"))
    theme: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    dishes: Mapped[list["Dish"]] = relationship(
        order_by="Dish.rank", init=False, cascade="all, delete-orphan"
    )
    gifts: Mapped[list["GivenProduct"]] = relationship(init=False, cascade="all, delete-orphan")


class Dish(Base):
    """A dish of a menu, made after a recipe or told in words (plat).

    Attributes:
        portions: How many are made; ``None`` follows the diners expected.
        added: Allergens this dish holds besides those of its recipe; ``removed``, those it
            does not hold, this time.
        confirmed: Allergens somebody looked at and confirmed; ``None`` while nobody did.
        confirmed_by: Initials of who did.
        looked_at: What that confirmation stood on, one line each: which ingredient brought
            which allergen (``milk=beurre``), and what nobody knew (``?=épices``).
        is_vegetarian: Said by hand; ``None`` follows the recipe.
    """

    __tablename__ = "dish"
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Plat")

    menu_id: Mapped[int] = mapped_column(ForeignKey("menu.id"), index=True, init=False)
    rank: Mapped[int]
    course: Mapped[Course]
    name: Mapped[str]
    recipe_id: Mapped[int | None] = mapped_column(ForeignKey("recipe.id"), default=None)
    portions: Mapped[int | None] = mapped_column(default=None)
    added: Mapped[frozenset[Allergen]] = mapped_column(Allergens, default=frozenset[Allergen]())
    removed: Mapped[frozenset[Allergen]] = mapped_column(Allergens, default=frozenset[Allergen]())
    confirmed: Mapped[frozenset[Allergen] | None] = mapped_column(Allergens, default=None)
    confirmed_by: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    looked_at: Mapped[str] = mapped_column(default="")
    is_vegetarian: Mapped[bool | None] = mapped_column(default=None)

    @override
    def search_line(self) -> str:
        """Return its name."""
        return self.name


class GivenProduct(Base):
    """A product of a menu that was given, wholly or in part: it costs that much less.

    Attributes:
        share: Part that was given, of one.
    """

    __tablename__ = "given_product"
    __table_args__ = (UniqueConstraint("menu_id", "product_id"),)
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Produit donné")

    menu_id: Mapped[int] = mapped_column(ForeignKey("menu.id"), index=True, init=False)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    share: Mapped[Quantity]
