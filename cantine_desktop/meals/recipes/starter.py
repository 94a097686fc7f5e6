"""The recipes a canteen begins with, written for it: quantities for thirty, workshops, steps."""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

import resources
from cantine_desktop.meals.recipes.model import Course, Recipe, Unit
from cantine_desktop.meals.recipes.writing import (
    IngredientFacts,
    SheetFacts,
    StepFacts,
    add_recipe,
)
from cantine_desktop.supply.products.starter import load_starter_products

FOLDER = "food/recipes"
PART = "="
"""Begins the key of a sub-recipe where a product is expected."""

Line = tuple[str, str, str, str]
"""A key, a quantity or nothing, a unit, a workshop."""


class ShippedRecipe(msgspec.Struct, forbid_unknown_fields=True):
    """A recipe of a file of ``resources/food/recipes``; see ``Recipe`` for its values."""

    key: Annotated[str, msgspec.Meta(min_length=1)]
    name: str
    course: str
    portions: int
    ingredients: list[Line]
    steps: list[tuple[str, str]]
    yields_grams: int | None = None
    minutes: int | None = None
    keeps_days: int = 0
    is_hot: bool = True
    notes: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    recipe: list[ShippedRecipe]


@cache
def shipped_recipes() -> tuple[ShippedRecipe, ...]:
    """Return the shipped recipes, bases first so that others may use them."""
    with resources.path(FOLDER) as folder:
        files = sorted(Path(folder).glob("*.toml"))
        found = [each for file in files for each in _read(file.read_text(encoding="utf-8"))]
    return tuple(sorted(found, key=lambda each: each.course != Course.BASE))


def _read(text: str) -> list[ShippedRecipe]:
    return msgspec.convert(tomllib.loads(text), _File).recipe


def load_starter_recipes(session: Session) -> list[Recipe]:
    """Add the shipped recipes, and their products, that the book does not have.

    A recipe whose name is taken by one of the canteen's own is left out.

    Args:
        session: The session of an action.
    """
    products = {key: each.id for key, each in load_starter_products(session).items()}
    known = {each.key: each.id for each in session.scalars(select(Recipe)) if each.key}
    names = set(session.scalars(select(Recipe.name)))
    added: list[Recipe] = []
    for shipped in shipped_recipes():
        if shipped.key in known or shipped.name in names:
            continue
        recipe = add_recipe(session, facts_of(shipped, products, known), shipped.key)
        known[shipped.key] = recipe.id
        added.append(recipe)
    return added


def facts_of(
    shipped: ShippedRecipe, products: dict[str, int], recipes: dict[str, int]
) -> SheetFacts:
    """Return a shipped recipe as somebody would have written it.

    Raises:
        KeyError: It names a product or a base that is not shipped.
    """
    lines = [
        IngredientFacts(
            product_id=None if key.startswith(PART) else products[key],
            part_id=recipes[key.removeprefix(PART)] if key.startswith(PART) else None,
            quantity=Decimal(quantity) if quantity else None,
            unit=Unit(unit) if unit else Unit.GRAM,
            workshop=workshop,
        )
        for key, quantity, unit, workshop in shipped.ingredients
    ]
    return SheetFacts(
        shipped.name,
        Course(shipped.course),
        shipped.portions,
        tuple(lines),
        tuple(StepFacts(words, workshop) for workshop, words in shipped.steps),
        None if shipped.yields_grams is None else Decimal(shipped.yields_grams),
        shipped.minutes,
        shipped.keeps_days,
        shipped.is_hot,
        shipped.notes,
    )
