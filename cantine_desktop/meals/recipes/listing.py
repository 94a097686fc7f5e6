"""The recipes as a list: what each is, what nobody knows of it, what it costs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.errors import UserError
from cantine_desktop.meals.recipes.allergens import allergens_of
from cantine_desktop.meals.recipes.costing import cost_from
from cantine_desktop.meals.recipes.facts import facts_from
from cantine_desktop.meals.recipes.model import Course, Recipe
from cantine_desktop.meals.recipes.scaling import scale
from cantine_desktop.supply.products.model import Product
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import fold


class Show(StrEnum):
    """Which recipes are wanted, besides their course."""

    ALL = "all"
    SEASON = "season"
    VEGETARIAN = "vegetarian"
    UNKNOWN = "unknown"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class SheetRow:
    """A recipe of the list.

    Attributes:
        months: Months when everything fresh in it is in season.
        unknown: What nobody looked at for allergens.
        cost: Food of a portion, gifts at their price; ``None`` when nothing has a price.
        is_sound: Whether it could be opened: ``False`` when it holds itself.
    """

    key: int
    name: str
    course: Course
    portions: int
    months: frozenset[int]
    is_vegetarian: bool
    held: frozenset[Allergen]
    unknown: tuple[str, ...]
    cost: Money | None
    is_archived: bool
    is_sound: bool = True

    def passes(self, show: Show, month: int) -> bool:
        """Tell whether the recipe is among those wanted, in a month of 1 to 12."""
        if self.is_archived or show is Show.ARCHIVED:
            return self.is_archived and show is Show.ARCHIVED
        match show:
            case Show.SEASON:
                return month in self.months
            case Show.VEGETARIAN:
                return self.is_vegetarian
            case Show.UNKNOWN:
                return bool(self.unknown) or not self.is_sound
            case _:
                return True


def sheet_rows(session: Session) -> list[SheetRow]:
    """Return every recipe by name, those put away too."""
    kept = list(session.scalars(select(Product)))  # the engine then finds each at hand
    query = select(Recipe).options(selectinload(Recipe.ingredients), selectinload(Recipe.steps))
    recipes = sorted(session.scalars(query), key=lambda each: fold(each.name))
    rows = [_row(session, each) for each in recipes]
    del kept
    return rows


def chosen(
    rows: Iterable[SheetRow], words: str, course: Course | None, show: Show, month: int
) -> list[SheetRow]:
    """Return the recipes of a course that hold all the words and are wanted."""
    wanted = fold(words).split()
    return [
        row
        for row in rows
        if row.passes(show, month)
        and (course is None or row.course is course)
        and all(word in fold(row.name) for word in wanted)
    ]


def _row(session: Session, recipe: Recipe) -> SheetRow:
    head = (recipe.id, recipe.name, recipe.course, recipe.portions)
    try:
        scaled = scale(session, recipe.id, recipe.portions)
        facts, held, cost = facts_from(scaled), allergens_of(session, recipe.id), cost_from(scaled)
    except UserError:  # it holds itself; the list still shows it, to be put right
        nothing: frozenset[int] = frozenset()
        return SheetRow(
            *head, nothing, False, frozenset(), (), None, recipe.is_archived, is_sound=False
        )
    return SheetRow(
        *head,
        facts.months,
        facts.is_vegetarian,
        held.known,
        held.unknown,
        cost.valued_per_portion if cost.valued_cents else None,
        recipe.is_archived,
    )
