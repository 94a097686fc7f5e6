"""Recipes made, changed, copied and put away, from plain lines as people write them."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.recipes.model import Course, Ingredient, Recipe, RecipeStep, Unit
from cantine_desktop.meals.recipes.scaling import scale
from cantine_desktop.supply.products.model import Product
from cantine_desktop.values.text import fold

MOST_PORTIONS = 5_000
THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True)
class IngredientFacts:
    """A line of a recipe; see ``Ingredient``."""

    product_id: int | None = None
    part_id: int | None = None
    words: str = ""
    quantity: Decimal | None = None
    unit: Unit = Unit.GRAM
    net_yield: Decimal | None = None
    workshop: str = ""


class StepFacts(NamedTuple):
    """A gesture of a recipe."""

    words: str
    workshop: str = ""


@dataclass(frozen=True)
class SheetFacts:
    """A technical sheet as somebody writes it; see ``Recipe``."""

    name: str
    course: Course
    portions: int
    ingredients: tuple[IngredientFacts, ...] = ()
    steps: tuple[StepFacts, ...] = ()
    yields_grams: Decimal | None = None
    minutes: int | None = None
    keeps_days: int = 0
    is_hot: bool = True
    notes: str = field(default="")


def add_recipe(session: Session, facts: SheetFacts, key: str = "") -> Recipe:
    """Keep a new recipe.

    Args:
        session: The session of an action.
        facts: What it says.
        key: Its name in the starter set; empty for one of the canteen's own.

    Raises:
        UserError: A name is missing or taken, a quantity makes no sense, or it holds itself.
    """
    recipe = Recipe(name="", course=facts.course, portions=1, key=key)
    _refuse_wrong(session, facts, None)
    session.add(recipe)
    _write(recipe, facts)
    session.flush()
    scale(session, recipe.id, recipe.portions)
    return recipe


def change_recipe(session: Session, recipe_id: int, facts: SheetFacts) -> Recipe:
    """Change a recipe; dishes already printed and confirmed tell that it changed since.

    Raises:
        UserError: A name is missing or taken, a quantity makes no sense, or it holds itself.
    """
    recipe = session.get_one(Recipe, recipe_id)
    _refuse_wrong(session, facts, recipe)
    _write(recipe, facts)
    session.flush()
    scale(session, recipe.id, recipe.portions)
    return recipe


def duplicate(session: Session, recipe_id: int) -> Recipe:
    """Copy a recipe under another name."""
    recipe = session.get_one(Recipe, recipe_id)
    name, rank = tr("{name} (copie)").format(name=recipe.name), 2
    while session.scalar(select(Recipe.id).where(Recipe.name == name)) is not None:
        name, rank = tr("{name} (copie {n})").format(name=recipe.name, n=rank), rank + 1
    return add_recipe(session, replace(facts_of(recipe), name=name))


def archive(session: Session, recipe_id: int, *, archived: bool = True) -> None:
    """Take a recipe out of the lists, or put it back; menus keep it."""
    session.get_one(Recipe, recipe_id).is_archived = archived


def facts_of(recipe: Recipe) -> SheetFacts:
    """Return what a recipe says, to change it from."""
    return SheetFacts(
        recipe.name,
        recipe.course,
        recipe.portions,
        tuple(
            IngredientFacts(
                each.product_id,
                each.part_id,
                each.words,
                each.quantity,
                each.unit,
                each.net_yield,
                each.workshop,
            )
            for each in recipe.ingredients
        ),
        tuple(StepFacts(each.words, each.workshop) for each in recipe.steps),
        recipe.yields_grams,
        recipe.minutes,
        recipe.keeps_days,
        recipe.is_hot,
        recipe.notes,
    )


def _write(recipe: Recipe, facts: SheetFacts) -> None:
    recipe.name, recipe.course, recipe.portions = (
        facts.name.strip(),
        facts.course,
        facts.portions,
    )
    recipe.yields_grams, recipe.minutes = facts.yields_grams, facts.minutes
    recipe.keeps_days, recipe.is_hot = facts.keeps_days, facts.is_hot
    recipe.notes = facts.notes.strip()
    recipe.ingredients = [
        Ingredient(
            rank=rank,
            product_id=each.product_id,
            part_id=each.part_id,
            words=each.words.strip(),
            quantity=each.quantity,
            unit=each.unit,
            net_yield=each.net_yield,
            workshop=each.workshop.strip(),
        )
        for rank, each in enumerate(facts.ingredients, 1)
    ]
    recipe.steps = [
        RecipeStep(rank=rank, words=each.words.strip(), workshop=each.workshop.strip())
        for rank, each in enumerate(facts.steps, 1)
    ]


def _refuse_wrong(session: Session, facts: SheetFacts, recipe: Recipe | None) -> None:
    if not facts.name.strip():
        raise UserError(tr("Une recette a un nom."))
    same = session.scalar(select(Recipe).where(Recipe.name == facts.name.strip()))
    if same is not None and same is not recipe:
        raise UserError(
            tr("La recette « {name} » existe déjà : choisissez un autre nom.").format(
                name=same.name
            )
        )
    if not 0 < facts.portions <= MOST_PORTIONS:
        raise UserError(tr("Une recette est écrite pour 1 à 5 000 portions."))
    for each in facts.ingredients:
        _refuse_line(each)


def _refuse_line(line: IngredientFacts) -> None:
    if line.product_id is not None and line.part_id is not None:
        raise UserError(tr("Une ligne de recette est un produit ou une base, pas les deux."))
    if line.product_id is None and line.part_id is None and not line.words.strip():
        raise UserError(tr("Une ligne de recette dit ce qu’on y met."))
    if line.quantity is not None and line.quantity <= 0:
        raise UserError(tr("Une quantité est plus grande que zéro, ou vide pour « à l’œil »."))
    if line.net_yield is not None and not 0 < line.net_yield <= 1:
        raise UserError(tr("Le rendement après épluchage va de 1 % à 100 %."))


class Written(NamedTuple):
    """A line as somebody wrote it: « 1,5 kg de carottes »."""

    quantity: Decimal | None
    unit: Unit
    words: str


_UNITS = {
    "kg": Unit.KILOGRAM,
    "kilo": Unit.KILOGRAM,
    "kilos": Unit.KILOGRAM,
    "g": Unit.GRAM,
    "gr": Unit.GRAM,
    "grammes": Unit.GRAM,
    "l": Unit.LITRE,
    "litre": Unit.LITRE,
    "litres": Unit.LITRE,
    "cl": Unit.CENTILITRE,
    "ml": Unit.MILLILITRE,
    "piece": Unit.PIECE,
    "pieces": Unit.PIECE,
    "portion": Unit.PORTION,
    "portions": Unit.PORTION,
}
_LINE = re.compile(
    r"[-–•*]?\s*(?P<number>\d+(?:[ \u202f]\d{3})*(?:[.,]\d+)?(?:\s*/\s*\d+)?)?\s*(?P<rest>.*)"
)


def read_line(text: str) -> Written | None:
    """Read a line of a pasted list; ``None`` for an empty one.

    « 1,5 kg de carottes », « 3 œufs », « ½ » written ``1/2``, « sel ».
    """
    found = _LINE.fullmatch(text.strip())
    if found is None or not text.strip():
        return None
    quantity = _number(found["number"] or "")
    first, _space, rest = found["rest"].strip().partition(" ")
    unit = _UNITS.get(fold(first).rstrip("."))
    words = rest if unit is not None and rest else found["rest"]
    words = re.sub(r"^(de |d[’'])", "", words.strip(), flags=re.IGNORECASE).strip()
    if quantity is None:
        return Written(None, Unit.GRAM, words) if words else None
    return Written(quantity, unit if unit is not None and rest else Unit.PIECE, words)


def read_lines(session: Session, text: str) -> list[IngredientFacts]:
    """Read a pasted list, each line tied to the product of that name where there is one."""
    products = {fold(each.name): each.id for each in session.scalars(select(Product))}
    found: list[IngredientFacts] = []
    for line in text.splitlines():
        written = read_line(line)
        if written is None:
            continue
        key = _product_named(products, written.words)
        found.append(
            IngredientFacts(
                product_id=key,
                words="" if key is not None else written.words,
                quantity=written.quantity,
                unit=written.unit,
            )
        )
    return found


def _product_named(products: dict[str, int], words: str) -> int | None:
    wanted = fold(words)
    for name in (wanted, wanted.rstrip("s"), wanted.removesuffix("x")):
        if name in products:
            return products[name]
    singular = " ".join(word.rstrip("sx") for word in wanted.split())
    for name, key in products.items():
        if " ".join(word.rstrip("sx") for word in name.split()) == singular:
            return key
    return None


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    top, _slash, bottom = text.replace("\u202f", "").replace(" ", "").partition("/")
    try:
        value = Decimal(top.replace(",", "."))
        value = value / Decimal(bottom) if bottom else value
        return value.quantize(THOUSANDTH)
    except (InvalidOperation, ZeroDivisionError):
        return None
