"""What can be said of a recipe: season, diet, carbon, shares, weight of a portion."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy.orm import Session

from cantine_desktop.meals.recipes.model import Recipe
from cantine_desktop.meals.recipes.scaling import Scaled, scale
from cantine_desktop.supply.products.measuring import carbon_in_grams, cost_in_cents, grams_of
from cantine_desktop.supply.products.model import Origin, Product, ProductFamily

FRESH = frozenset({ProductFamily.VEGETABLE, ProductFamily.FRUIT})
YEAR = frozenset(range(1, 13))
MAKES_THE_DISH = 10
"""A fresh product makes a dish seasonal from this part of what is fresh in it: a tenth."""


@dataclass(frozen=True)
class RecipeFacts:
    """What is known of a recipe.

    Attributes:
        months: Months when everything fresh in it is in season; all when nothing is fresh.
        late: Fresh products by the months they are in season.
        is_vegetarian: No meat and no fish; ``is_vegan``, nothing from an animal.
        organic: Share of the value that is organic, of one; ``None`` without a price.
        local: Share of the value that comes from close by.
        carbon_grams: Grams of CO₂ equivalent of a portion, of what is known.
        carbon_missing: Names of what has no carbon.
        portion_grams: Net weight of a portion before cooking; ``None`` when not all can be
            weighed.
    """

    months: frozenset[int]
    late: dict[str, frozenset[int]]
    is_vegetarian: bool
    is_vegan: bool
    organic: Fraction | None
    local: Fraction | None
    carbon_grams: Fraction
    carbon_missing: tuple[str, ...]
    portion_grams: Fraction | None

    def out_of_season(self, month: int) -> tuple[str, ...]:
        """Return the fresh products that are not in season in a month, 1 to 12."""
        return tuple(name for name, months in self.late.items() if month not in months)


def facts_of(session: Session, recipe_id: int) -> RecipeFacts:
    """Return what is known of a recipe, its sub-recipes included.

    Raises:
        UserError: A recipe holds itself.
    """
    recipe = session.get_one(Recipe, recipe_id)
    return facts_from(scale(session, recipe_id, recipe.portions))


def facts_from(scaled: Scaled) -> RecipeFacts:
    """Return what is known of what a recipe needs."""
    fresh = _fresh(scaled)
    origins = {need.product.origin for need in scaled.needs}
    grams = [
        (need.product.name, carbon_in_grams(need.product, need.gross)) for need in scaled.needs
    ]
    values = [
        (need.product, cost_in_cents(need.product, need.gross) or Fraction(0))
        for need in scaled.needs
    ]
    known = sum((each for _name, each in grams if each is not None), Fraction(0))
    weight = scaled.grams
    return RecipeFacts(
        months=YEAR.intersection(*fresh.values()),
        late=fresh,
        is_vegetarian=not origins & {Origin.MEAT, Origin.FISH},
        is_vegan=origins <= {Origin.PLANT},
        organic=_share(values, organic=True),
        local=_share(values, organic=False),
        carbon_grams=known / scaled.portions,
        carbon_missing=tuple(name for name, each in grams if each is None),
        portion_grams=None if weight is None else weight / scaled.portions,
    )


def _fresh(scaled: Scaled) -> dict[str, frozenset[int]]:
    """Return the months of the fresh products that make a dish; a pinch of parsley makes none."""
    told = [need for need in scaled.needs if need.product.family in FRESH]
    weights = [(need, grams_of(need.product, need.net) or Fraction(0)) for need in told]
    least = sum((weight for _need, weight in weights), Fraction(0)) / MAKES_THE_DISH
    return {
        need.product.name: frozenset(map(int, need.product.season.split()))
        for need, weight in weights
        if need.product.season and weight >= least
    }


def _share(values: Sequence[tuple[Product, Fraction]], *, organic: bool) -> Fraction | None:
    """Return the share of the value bought that is organic, or local; ``None`` without value."""
    total = sum((cents for _product, cents in values), Fraction(0))
    told = sum((cents for each, cents in values if _is(each, organic=organic)), Fraction(0))
    return told / total if total else None


def _is(product: Product, *, organic: bool) -> bool:
    return product.is_organic if organic else product.is_local


def weighed(session: Session, recipe_id: int) -> Fraction | None:
    """Return the grams of a portion: as weighed once cooked, or else of what goes in."""
    recipe = session.get_one(Recipe, recipe_id)
    if recipe.yields_grams is not None:
        return Fraction(recipe.yields_grams) / recipe.portions
    scaled = scale(session, recipe_id, recipe.portions)
    grams = [grams_of(need.product, need.net) for need in scaled.needs]
    if any(each is None for each in grams):
        return None
    return sum((each for each in grams if each is not None), Fraction(0)) / recipe.portions
