"""What a recipe needs for a number of portions: exact, sub-recipes opened, peelings counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import starmap
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.recipes.model import Ingredient, Recipe, Unit
from cantine_desktop.supply.products.measuring import (
    from_grams,
    from_millilitres,
    from_pieces,
    grams_of,
)
from cantine_desktop.supply.products.model import Product

GRAMS = {Unit.GRAM: 1, Unit.KILOGRAM: 1000}
MILLILITRES = {Unit.MILLILITRE: 1, Unit.CENTILITRE: 10, Unit.LITRE: 1000}


class Need(NamedTuple):
    """How much of a product is needed, in its canonical unit: g, ml or pieces.

    Attributes:
        net: Ready to use.
        gross: As bought, before peeling.
    """

    product: Product
    net: Fraction
    gross: Fraction


class Used(NamedTuple):
    """A line of a recipe or of one of its sub-recipes, at its quantity.

    Attributes:
        recipe: The recipe the line stands in.
        product: ``None`` for words that nobody tied to a product.
        net: In the canonical unit; ``None`` when it is by eye, or cannot be converted.
    """

    recipe: Recipe
    line: Ingredient
    product: Product | None
    net: Fraction | None

    @property
    def gross(self) -> Fraction | None:
        """The quantity before peeling."""
        return None if self.net is None else self.net / yield_of(self.line, self.product)


@dataclass(frozen=True)
class Scaled:
    """A recipe for a number of portions.

    Attributes:
        needs: Products, each once, in the order the recipe names them.
        loose: What has no quantity, in words.
    """

    portions: Fraction
    needs: tuple[Need, ...]
    loose: tuple[str, ...]

    @property
    def grams(self) -> Fraction | None:
        """Net weight of everything; ``None`` when something cannot be weighed."""
        weights = [grams_of(need.product, need.net) for need in self.needs]
        known = [weight for weight in weights if weight is not None]
        return sum(known, Fraction(0)) if len(known) == len(weights) else None


def scale(session: Session, recipe_id: int, portions: int | Fraction) -> Scaled:
    """Return what a recipe needs for a number of portions.

    Args:
        session: Where to read.
        recipe_id: The recipe.
        portions: More than zero.

    Raises:
        UserError: A recipe holds itself, or the portions are not above zero.
    """
    if portions <= 0:
        raise UserError(tr("Dites pour combien de convives : un nombre plus grand que zéro."))
    sums: dict[int, tuple[Product, Fraction, Fraction]] = {}
    loose: list[str] = []
    for used in lines_of(session, recipe_id, Fraction(portions)):
        if used.product is None or used.net is None or used.gross is None:
            loose.append(words_of(used.line, used.product))
            continue
        _product, net, gross = sums.get(used.product.id, (used.product, Fraction(0), Fraction(0)))
        sums[used.product.id] = (used.product, net + used.net, gross + used.gross)
    needs = tuple(starmap(Need, sums.values()))
    return Scaled(Fraction(portions), needs, tuple(loose))


def scale_to(session: Session, recipe_id: int, product_id: int, net: Fraction) -> Scaled:
    """Return what a recipe needs to use up a quantity of one product.

    Args:
        session: Where to read.
        recipe_id: The recipe.
        product_id: What there is so much of.
        net: How much, ready to use, in its canonical unit.

    Raises:
        UserError: The recipe has none of it.
    """
    recipe = session.get_one(Recipe, recipe_id)
    usual = scale(session, recipe_id, recipe.portions)
    held = next((need.net for need in usual.needs if need.product.id == product_id), Fraction(0))
    if not held:
        name = session.get_one(Product, product_id).name
        raise UserError(
            tr("« {recipe} » ne contient pas de quantité de « {product} ».").format(
                recipe=recipe.name, product=name
            )
        )
    return scale(session, recipe_id, recipe.portions * net / held)


def lines_of(session: Session, recipe_id: int, portions: Fraction) -> Iterator[Used]:
    """Yield every line of a recipe at its quantity, those of its sub-recipes in their place.

    Raises:
        UserError: A recipe holds itself.
    """
    recipe = session.get_one(Recipe, recipe_id)
    yield from _lines(session, recipe, portions / recipe.portions, ())


def named_in(session: Session, recipe_id: int) -> Iterator[Used]:
    """Yield every line of a recipe and of its sub-recipes, without reckoning its quantity.

    Raises:
        UserError: A recipe holds itself.
    """
    yield from _lines(session, session.get_one(Recipe, recipe_id), None, ())


def _lines(
    session: Session, recipe: Recipe, factor: Fraction | None, above: tuple[int, ...]
) -> Iterator[Used]:
    if recipe.id in above:
        raise UserError(
            tr("« {name} » se contient elle-même : retirez l’une des deux bases.").format(
                name=recipe.name
            )
        )
    for line in recipe.ingredients:
        written = None if line.quantity is None else Fraction(line.quantity)
        wanted = None if factor is None or written is None else written * factor
        if line.part_id is not None:
            part = session.get_one(Recipe, line.part_id)
            share = None if wanted is None else share_of(part, wanted, line.unit)
            yield from _lines(session, part, share, (*above, recipe.id))
            continue
        product = None if line.product_id is None else session.get_one(Product, line.product_id)
        net = None
        if product is not None and wanted is not None:
            net = canonical(product, wanted, line.unit)
        yield Used(recipe, line, product, net)


def canonical(product: Product, quantity: Fraction, unit: Unit) -> Fraction | None:
    """Return a quantity in the canonical unit of a product; ``None`` when nobody knows how."""
    if unit in GRAMS:
        return from_grams(product, quantity * GRAMS[unit])
    if unit in MILLILITRES:
        return from_millilitres(product, quantity * MILLILITRES[unit])
    return from_pieces(product, quantity) if unit is Unit.PIECE else None


def share_of(part: Recipe, quantity: Fraction, unit: Unit) -> Fraction | None:
    """Return how many times a sub-recipe is made for a quantity of it.

    A litre of it is taken for a kilogram: sauces and stocks are close enough to water.
    """
    if unit in {Unit.PORTION, Unit.PIECE}:
        return quantity / part.portions
    if part.yields_grams is None or not part.yields_grams:
        return None
    per = GRAMS.get(unit) or MILLILITRES[unit]
    return quantity * per / Fraction(part.yields_grams)


def yield_of(line: Ingredient, product: Product | None) -> Fraction:
    """Return the net part of the gross weight of a line, of one."""
    usual = product.peel_yield if product is not None else None
    told = line.net_yield if line.net_yield is not None else usual
    return Fraction(told) if told else Fraction(1)


def words_of(line: Ingredient, product: Product | None) -> str:
    """Return what a line names: its product, or its words."""
    return line.words or (product.name if product is not None else tr("ingrédient sans nom"))
