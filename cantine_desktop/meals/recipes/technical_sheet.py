"""« Fiche technique »: a recipe a page, at its own quantities and at those wanted."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from typing import IO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import allergen_words
from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.fonts import SEMIBOLD
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.posters import write_nothing
from cantine_desktop.documents.styles import Align, TextStyle, heading, paragraph, small, title
from cantine_desktop.documents.tables import Band, Column, Row, ruled_table
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import money, tr, trn
from cantine_desktop.meals.recipes.allergens import allergens_of
from cantine_desktop.meals.recipes.amounts import amount_words, exact
from cantine_desktop.meals.recipes.costing import cost_of
from cantine_desktop.meals.recipes.model import COURSES, Ingredient, Recipe
from cantine_desktop.meals.recipes.quantities import quantity_words, scaled_words
from cantine_desktop.meals.recipes.scaling import scale, words_of, yield_of
from cantine_desktop.supply.products.model import Product
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP, fold

ROUND = 50
"""Portions a sheet is told for besides its own, when nobody asked for others."""
SIZE = 10


def write_technical_sheets(
    session: Session, _period: Period, now: datetime, target: IO[bytes]
) -> None:
    """Write every recipe of the list, one a page; the period changes nothing."""
    recipes = session.scalars(select(Recipe).where(~Recipe.is_archived)).all()
    keys = [each.id for each in sorted(recipes, key=lambda each: fold(each.name))]
    if not keys:
        words = tr("Aucune recette encore : ajoutez celles de départ, ou les vôtres.")
        write_nothing(target, canteen_name(session), tr("Fiches techniques"), words, now)
        return
    _write(session, keys, None, now, target)


def write_sheet(
    session: Session, key: int, portions: Fraction | None, now: datetime, target: IO[bytes]
) -> None:
    """Write one recipe, for other portions besides its own when they are given."""
    _write(session, [key], portions, now, target)


def _write(
    session: Session, keys: list[int], portions: Fraction | None, now: datetime, target: IO[bytes]
) -> None:
    story: list[Flowable] = []
    for key in keys:
        if story:
            story.append(PageBreak())
        story.extend(_page(session, session.get_one(Recipe, key), portions))
    frame = PageFrame(canteen_name(session), tr("Fiche technique"), "", now)
    write_document(target, frame, story)


def _page(session: Session, recipe: Recipe, portions: Fraction | None) -> Iterator[Flowable]:
    yield title(recipe.name)
    yield paragraph(_head(recipe))
    try:
        scale(session, recipe.id, recipe.portions)
    except UserError as error:
        yield paragraph(str(error), _STRONG)
        return
    yield from _allergens(session, recipe)
    wanted = portions or Fraction(ROUND if recipe.portions != ROUND else 2 * ROUND)
    yield heading(tr("Ingrédients"))
    yield _ingredients(session, recipe, wanted)
    yield from _bases(session, recipe, wanted)
    if recipe.steps:
        yield heading(tr("Étapes"))
        yield from _steps(recipe)
    yield heading(tr("Coût des denrées"))
    yield paragraph(_cost(session, recipe, wanted))
    if recipe.notes:
        yield heading(tr("Conseils"))
        yield paragraph(recipe.notes)


def _head(recipe: Recipe) -> str:
    words = [tr(COURSES[recipe.course]), _for(Fraction(recipe.portions))]
    if recipe.minutes:
        words.append(tr("{n} min").format(n=recipe.minutes))
    if recipe.course.value != "base":
        words.append(tr("servi chaud") if recipe.is_hot else tr("servi froid"))
    if recipe.keeps_days:
        days = trn("se garde {n} jour au froid", "se garde {n} jours au froid", recipe.keeps_days)
        words.append(days)
    return " · ".join(words)


def _for(portions: Fraction) -> str:
    if portions < 2:
        return tr("{n} portion").format(n=exact(portions, 1))
    return tr("{n} portions").format(n=exact(portions, 1))


def _allergens(session: Session, recipe: Recipe) -> Iterator[Flowable]:
    held = allergens_of(session, recipe.id)
    words = allergen_words(held.known) or tr("aucun des 14")
    yield paragraph(tr("Allergènes : {words}").format(words=words), _STRONG)
    if held.unknown:
        names = ", ".join(held.unknown)
        yield paragraph(tr("Personne n’a regardé : {names}").format(names=names), _STRONG)


def _ingredients(session: Session, recipe: Recipe, wanted: Fraction) -> Flowable:
    factor = wanted / recipe.portions
    rows: list[Row] = []
    workshop = ""
    for line in sorted(recipe.ingredients, key=lambda each: _bench_rank(recipe, each)):
        if line.workshop != workshop:
            workshop = line.workshop
            rows.append(Band(workshop or tr("Pour tout le monde")))
        rows.append(_row(session, line, factor))
    right = Align.RIGHT
    many = exact(wanted, 1)
    columns = [
        Column(tr("Ingrédient"), 2.2),
        Column(tr("Net pour {n}").format(n=recipe.portions), 1, right),
        Column(tr("Brut pour {n}").format(n=recipe.portions), 1, right),
        Column(tr("Net pour {n}").format(n=many), 1, right),
        Column(tr("Brut pour {n}").format(n=many), 1, right),
    ]
    return ruled_table(columns, rows, SIZE)


def _bench_rank(recipe: Recipe, line: Ingredient) -> int:
    """Return the rank of the first line of the same workshop, so that they stand together."""
    return next(each.rank for each in recipe.ingredients if each.workshop == line.workshop)


def _row(session: Session, line: Ingredient, factor: Fraction) -> list[str]:
    product = None if line.product_id is None else session.get_one(Product, line.product_id)
    part = None if line.part_id is None else session.get_one(Recipe, line.part_id)
    name = words_of(line, product) if part is None else tr("{name} (base)").format(name=part.name)
    if line.quantity is None:
        return [name, tr("à l’œil"), "", tr("à l’œil"), ""]
    told = yield_of(line, product)
    gross = line.quantity * told.denominator / told.numerator
    return [
        name,
        quantity_words(line.quantity, line.unit),
        scaled_words(gross, line.unit, Fraction(1)) if told != 1 else "",
        scaled_words(line.quantity, line.unit, factor),
        scaled_words(gross, line.unit, factor) if told != 1 else "",
    ]


def _bases(session: Session, recipe: Recipe, wanted: Fraction) -> Iterator[Flowable]:
    """Say everything to take out when bases are opened, in one paragraph."""
    if all(line.part_id is None for line in recipe.ingredients):
        return
    scaled = scale(session, recipe.id, wanted)
    needs = [
        f"{need.product.name}{NBSP}: {amount_words(need.product, need.gross)}"
        for need in scaled.needs
    ]
    words = tr("À sortir, bases comprises, pour {n} : {needs}")
    yield small(words.format(n=exact(wanted, 1), needs=" · ".join(needs)))


def _steps(recipe: Recipe) -> Iterator[Flowable]:
    workshop = ""
    for rank, step in enumerate(recipe.steps, 1):
        if step.workshop != workshop:
            workshop = step.workshop
            yield paragraph(workshop or tr("Pour tout le monde"), _STRONG)
        yield paragraph(f"{rank}. {step.words}")
    yield Spacer(0, 1 * mm)


def _cost(session: Session, recipe: Recipe, wanted: Fraction) -> str:
    cost = cost_of(session, recipe.id, wanted)
    words = tr("{amount} la portion, {total} pour {n}, aux prix habituels des produits.").format(
        amount=money(cost.valued_per_portion), total=money(cost.valued), n=exact(wanted, 1)
    )
    if cost.unpriced:
        words += " " + tr("Sans prix : {names}.").format(names=", ".join(cost.unpriced))
    return words


_STRONG = TextStyle(SEMIBOLD, 11, 15, before=3)
