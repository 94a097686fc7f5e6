"""The allergens of a recipe, carried up from everything that goes into it."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.meals.recipes.scaling import named_in, words_of


class Held(NamedTuple):
    """What a recipe holds, as far as anybody knows.

    Attributes:
        known: Allergens of the fourteen that something in it holds.
        unknown: What nobody has looked at, by name, each once.
    """

    known: frozenset[Allergen]
    unknown: tuple[str, ...]


def allergens_of(session: Session, recipe_id: int) -> Held:
    """Return the allergens of a recipe and of its sub-recipes.

    An ingredient in words, or a product nobody looked at, leaves its name in ``unknown``.

    Raises:
        UserError: A recipe holds itself.

    Source: R1169.
    """
    known: set[Allergen] = set()
    unknown: dict[str, None] = {}
    for used in named_in(session, recipe_id):
        if used.product is None or used.product.allergens is None:
            unknown[words_of(used.line, used.product)] = None
        else:
            known |= used.product.allergens
    return Held(frozenset(known), tuple(unknown))


def sources_of(session: Session, recipe_id: int) -> dict[Allergen, tuple[str, ...]]:
    """Return the ingredients that bring each allergen, by name."""
    found: dict[Allergen, dict[str, None]] = {}
    for used in named_in(session, recipe_id):
        held = used.product.allergens if used.product is not None else None
        for each in held or ():
            found.setdefault(each, {})[words_of(used.line, used.product)] = None
    return {each: tuple(names) for each, names in found.items()}
