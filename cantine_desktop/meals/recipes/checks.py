"""What the application never writes of recipes, looked for when a book is verified.

A product put away or a heavy portion contradicts nothing: the screen of recipes tells those.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.recipes.model import Ingredient, Recipe
from cantine_desktop.meals.recipes.scaling import scale
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.supply.products.model import Product


def check(session: Session) -> Iterator[Finding]:
    """Find recipes that hold themselves, and lines that are two things or nothing."""
    kept = list(session.scalars(select(Product)))  # each is then at hand
    query = select(Recipe).options(selectinload(Recipe.ingredients)).order_by(Recipe.id)
    for recipe in list(session.scalars(query)):
        spot = Recipe.__tablename__, recipe.id
        if not all(map(_is_one, recipe.ingredients)):
            yield at(spot, tr("a une ligne qui n’est ni un produit, ni une base, ni des mots"))
            continue
        try:
            scale(session, recipe.id, recipe.portions)
        except UserError:
            yield at(spot, tr("se contient elle-même, par ses bases"))
    del kept


def _is_one(line: Ingredient) -> bool:
    tied = (line.product_id is not None) + (line.part_id is not None)
    return tied == 1 or (tied == 0 and bool(line.words))
