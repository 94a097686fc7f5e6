"""What a price that went up adds to a portion of each recipe that uses it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.errors import UserError
from cantine_desktop.meals.recipes.costing import rounded
from cantine_desktop.meals.recipes.model import Recipe
from cantine_desktop.meals.recipes.scaling import scale
from cantine_desktop.supply.articles.comparing import Rise
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.values.money import Money

THOUSAND = 1000


@dataclass(frozen=True)
class Effect:
    """What a rise adds to a portion of a recipe."""

    recipe_id: int
    recipe: str
    cents: Fraction

    @property
    def amount(self) -> Money:
        """What it adds, rounded."""
        return rounded(self.cents)


def effects(session: Session, rises: Sequence[Rise]) -> dict[int, list[Effect]]:
    """Return what each rise adds to a portion of each recipe, by article, the dearest first.

    Args:
        session: Where to read.
        rises: Prices that went up.
    """
    wanted: dict[int, list[Rise]] = defaultdict(list)
    for each in rises:
        wanted[each.product_id].append(each)
    held = list(session.scalars(select(Product)))  # the engine then finds each at hand
    found: dict[int, list[Effect]] = defaultdict(list)
    query = select(Recipe).where(Recipe.is_archived.is_(False))
    for recipe in session.scalars(query.options(selectinload(Recipe.ingredients))):
        try:
            needs = scale(session, recipe.id, 1).needs
        except UserError:  # it holds itself; the list of recipes says so
            continue
        for need in needs:
            size = 1 if need.product.dimension is Dimension.PIECE else THOUSAND
            for rise in wanted.get(need.product.id, ()):
                cents = need.gross / size * rise.added
                found[rise.article_id].append(Effect(recipe.id, recipe.name, cents))
    del held
    return {key: sorted(rows, key=lambda each: -each.cents) for key, rows in found.items()}
