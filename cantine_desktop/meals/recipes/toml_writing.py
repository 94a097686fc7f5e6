"""Recipes as TOML, in the shape of those that are shipped, with names for people."""

import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.meals.recipes.model import Ingredient, Recipe
from cantine_desktop.supply.products.model import Product
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold

BASE = "="
"""Begins the name of a recipe where a product is expected."""
LOOSE = "?"
"""Begins words that nobody tied to a product."""
_HEAD = "# Recettes. Quantités nettes ; « =nom » est une recette, « ?mots » un ingrédient libre.\n"


def write_recipes(session: Session, _period: Period, _now: datetime, target: IO[bytes]) -> None:
    """Write every recipe, by name, those put away left out."""
    recipes = session.scalars(select(Recipe).where(~Recipe.is_archived)).all()
    target.write(_HEAD.encode())
    for recipe in sorted(recipes, key=lambda each: fold(each.name)):
        text = "\n".join(_recipe(session, recipe))
        target.write(f"\n{text}\n".encode())


def _recipe(session: Session, recipe: Recipe) -> Iterator[str]:
    yield "[[recipe]]"
    yield f"name = {_quoted(recipe.name)}"
    yield f"course = {_quoted(recipe.course.value)}"
    yield f"portions = {recipe.portions}"
    if recipe.yields_grams is not None:
        yield f"yields_grams = {_quoted(_plain(recipe.yields_grams))}"
    if recipe.minutes is not None:
        yield f"minutes = {recipe.minutes}"
    yield f"keeps_days = {recipe.keeps_days}"
    yield f"is_hot = {'true' if recipe.is_hot else 'false'}"
    if recipe.notes:
        yield f"notes = {_quoted(recipe.notes)}"
    yield "ingredients = ["
    for line in recipe.ingredients:
        yield f"  [{', '.join(map(_quoted, _line(session, line)))}],"
    yield "]"
    yield "steps = ["
    for step in recipe.steps:
        yield f"  [{_quoted(step.workshop)}, {_quoted(step.words)}],"
    yield "]"


def _line(session: Session, line: Ingredient) -> list[str]:
    name = f"{LOOSE}{line.words}"
    if line.part_id is not None:
        name = BASE + session.get_one(Recipe, line.part_id).name
    elif line.product_id is not None:
        name = session.get_one(Product, line.product_id).name
    quantity = "" if line.quantity is None else _plain(line.quantity)
    cells = [name, quantity, line.unit.value, line.workshop]
    return cells if line.net_yield is None else [*cells, _plain(line.net_yield)]


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
