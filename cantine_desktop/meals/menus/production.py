"""« Fiche de production » (D21): what each workshop cooks, in large print, for so many."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from operator import not_
from typing import IO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import allergen_words
from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.fonts import BOLD, SEMIBOLD
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.posters import write_nothing
from cantine_desktop.documents.styles import TextStyle, heading, paragraph, title
from cantine_desktop.documents.tables import Band, Column, Row, ruled_table
from cantine_desktop.i18n import long_day, tr, trn
from cantine_desktop.meals.menus.allergens import DishState
from cantine_desktop.meals.menus.queries import DishRow, MenuRow, portions_of, week_of_menus
from cantine_desktop.meals.recipes.amounts import amount_words
from cantine_desktop.meals.recipes.model import Recipe
from cantine_desktop.meals.recipes.scaling import lines_of, words_of
from cantine_desktop.supply.products.model import Product
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP

LARGE = 15
"""Points: read at arm’s length, on a wall of the kitchen."""


@dataclass
class Bench:
    """What a workshop weighs and does for a dish.

    Attributes:
        needs: Net and gross quantity of each product, once each.
        loose: What has no quantity.
        steps: What to do, in order.
    """

    needs: dict[int, tuple[Product, Fraction, Fraction]] = field(
        default_factory=dict[int, tuple[Product, Fraction, Fraction]]
    )
    loose: list[str] = field(default_factory=list[str])
    steps: list[str] = field(default_factory=list[str])


def write_production(
    session: Session,
    period: Period,
    now: datetime,
    target: IO[bytes],
    expected: Mapping[int, int] | None = None,
) -> None:
    """Write what is cooked in a period, one service after the other, by workshop.

    It prints before allergens are confirmed: the kitchen works with it, and it says so.

    Args:
        session: A session that reads.
        period: Civil days.
        now: Present instant, aware.
        target: Receives the PDF.
        expected: Diners that are forecast, by services; none when nothing forecasts.
    """
    told = expected or {}
    menus = [menu for menu in week_of_menus(session, period) if menu.dishes]
    if not menus:
        title = tr("Fiche de production")
        sentence = tr("Aucun menu n’est composé pour {period} : rien à cuisiner encore.").format(
            period=in_words(period)
        )
        write_nothing(target, canteen_name(session), title, sentence, now)
        return
    story: list[Flowable] = []
    for menu in menus:
        if story:
            story.append(PageBreak())
        story.extend(_service(session, menu, told.get(menu.service.key)))
    frame = PageFrame(canteen_name(session), tr("Fiche de production"), in_words(period), now)
    write_document(target, frame, story)


def benches_of(session: Session, recipe_id: int, portions: int) -> dict[str, Bench]:
    """Return what each workshop does for a recipe; the empty name is for everybody.

    Quantities of sub-recipes are opened; what has no workshop follows the first gesture.
    """
    found: dict[str, Bench] = {}
    opened: dict[int, Recipe] = {}
    for used in lines_of(session, recipe_id, Fraction(portions)):
        opened[used.recipe.id] = used.recipe
        bench = found.setdefault(used.line.workshop, Bench())
        if used.product is None or used.net is None or used.gross is None:
            bench.loose.append(words_of(used.line, used.product))
            continue
        _, net, gross = bench.needs.get(used.product.id, (used.product, Fraction(0), Fraction(0)))
        bench.needs[used.product.id] = (used.product, net + used.net, gross + used.gross)
    whole = session.get_one(Recipe, recipe_id)
    for recipe in [*(each for each in opened.values() if each is not whole), whole]:
        for step in recipe.steps:
            found.setdefault(step.workshop, Bench()).steps.append(step.words)
    return found


def _service(session: Session, menu: MenuRow, forecast: int | None) -> Iterator[Flowable]:
    service = menu.service
    day = long_day(service.day)
    yield title(f"{day[:1].upper()}{day[1:]}, {service.title}")
    many = portions_of(session, service, forecast)
    yield paragraph(_for_how_many(many), _BIG)
    by_bench: dict[str, list[tuple[DishRow, int, Bench]]] = {}
    for dish in menu.dishes:
        portions = dish.portions or many
        if dish.recipe_id is None:
            by_bench.setdefault("", []).append((dish, portions or 0, Bench()))
            continue
        made = portions or session.get_one(Recipe, dish.recipe_id).portions
        for name, bench in benches_of(session, dish.recipe_id, made).items():
            by_bench.setdefault(name, []).append((dish, made, bench))
    for name in sorted(by_bench, key=not_):
        yield from _bench(name, by_bench[name])
    yield heading(tr("Allergènes"))
    yield ruled_table(
        [Column(tr("Plat"), 1.3), Column(tr("Contient"), 2)],
        [[dish.name, _held(dish)] for dish in menu.dishes],
        LARGE - 2,
    )


def _for_how_many(many: int | None) -> str:
    if many:
        return trn("Pour {n} convive", "Pour {n} convives", many).format(n=many)
    return tr("Nombre de convives inconnu : quantités des fiches, telles qu’écrites.")


def _bench(name: str, parts: list[tuple[DishRow, int, Bench]]) -> Iterator[Flowable]:
    yield Spacer(0, 4 * mm)
    yield paragraph(name or tr("Pour tout le monde"), _NAME)
    rows: list[Row] = []
    for dish, portions, bench in parts:
        many = trn("{n} portion", "{n} portions", portions).format(n=portions)
        rows.append(Band(f"{dish.name}, {many}" if portions else dish.name))
        for product, net, gross in bench.needs.values():
            rows.append([product.name, amount_words(product, net), _bought(product, net, gross)])
        rows.extend([words, tr("à l’œil"), ""] for words in bench.loose)
    columns = [
        Column(tr("Quoi"), 2),
        Column(tr("Prêt à l’emploi"), 1.1),
        Column(tr("À sortir"), 1.1),
    ]
    yield ruled_table(columns, rows, LARGE)
    for dish, _portions, bench in parts:
        for rank, words in enumerate(bench.steps, 1):
            head = f"{dish.name}{NBSP}: " if rank == 1 and len(parts) > 1 else ""
            yield paragraph(f"{head}{rank}. {words}", _STEP)


def _bought(product: Product, net: Fraction, gross: Fraction) -> str:
    return amount_words(product, gross) if gross != net else ""


def _held(dish: DishRow) -> str:
    words = allergen_words(dish.held) or tr("aucun des 14")
    if dish.state is DishState.CONFIRMED:
        return words
    unknown = ", ".join(dish.allergens.unknown)
    if unknown:
        return tr("à confirmer, personne n’a regardé : {what}").format(what=unknown)
    return tr("à confirmer : {words}").format(words=words)


_BIG = TextStyle(SEMIBOLD, LARGE + 3, 1.3 * LARGE + 4)
_NAME = TextStyle(BOLD, LARGE + 9, LARGE + 14, company=40 * mm)
_STEP = TextStyle(size=LARGE, leading=1.3 * LARGE, before=2)
