"""A pasted list of ingredients, read line by line; what nobody knows is told with its place."""

import re
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.exchange.problems import Problem
from cantine_desktop.i18n import tr
from cantine_desktop.meals.recipes.model import Recipe
from cantine_desktop.meals.recipes.quantities import nearest, singular
from cantine_desktop.meals.recipes.writing import IngredientFacts, Written, read_line
from cantine_desktop.supply.products.model import Product

MOST_LINES = 300
LONGEST = 200
_STARTS = re.compile(r"\s*[-–•*]?\s*\d")


class Pasted(NamedTuple):
    """What was read.

    Attributes:
        lines: Ingredients; those nobody knows keep their words.
        unknown: Lines whose words are no product, or that are no ingredient.
    """

    lines: tuple[IngredientFacts, ...]
    unknown: tuple[Problem, ...]


def read_pasted(session: Session, recipe: Recipe | None, text: str) -> Pasted:
    """Read a list from a spreadsheet or a mail: « 1,5 kg carottes », in one or more columns."""
    products = {
        each.name: each.id for each in session.scalars(select(Product).where(Product.is_active))
    }
    query = select(Recipe).where(~Recipe.is_archived)
    parts = {each.name: each.id for each in session.scalars(query) if each is not recipe}
    by_product = {singular(name): key for name, key in products.items()}
    by_part = {singular(name): key for name, key in parts.items()}
    lines: list[IngredientFacts] = []
    problems: list[Problem] = []
    for place, line in enumerate(text.splitlines()[:MOST_LINES], 1):
        written = _written(line)
        if written is None:
            continue
        words = written.words[:LONGEST]
        found = IngredientFacts(quantity=written.quantity or None, unit=written.unit)
        product, part = by_product.get(singular(words)), by_part.get(singular(words))
        if product is None and part is None:
            problems.append(Problem(place, "", _doubt(words, products)))
            found = replace(found, words=words)
        part = part if product is None else None
        lines.append(replace(found, product_id=product, part_id=part))
    return Pasted(tuple(lines), tuple(problems))


def _written(line: str) -> Written | None:
    """Read a line, its columns in either order: words then quantity, or quantity then words."""
    cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
    if len(cells) > 1 and not _STARTS.match(cells[0]) and _STARTS.match(cells[1]):
        cells = [*cells[1:], cells[0]]
    written = read_line(" ".join(cells)) if cells else None
    return written if written is not None and written.words else None


def _doubt(words: str, known: dict[str, int]) -> str:
    likely = nearest(words, known)
    if not likely:
        return tr("« {words} » n’est pas un produit connu ; ses mots restent.").format(words=words)
    return tr("« {words} » n’est pas un produit connu : {names} ?").format(
        words=words, names=", ".join(likely)
    )
