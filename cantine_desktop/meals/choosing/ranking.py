"""« Que cuisiner ce matin ? »: recipes ranked by what waits on the shelves and who comes.

Points are small whole parts anybody can add up again: each reason says its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr, trn, weekday
from cantine_desktop.meals.menus.model import Dish, Menu
from cantine_desktop.meals.recipes.allergens import allergens_of
from cantine_desktop.meals.recipes.costing import cost_from
from cantine_desktop.meals.recipes.facts import RecipeFacts, facts_from
from cantine_desktop.meals.recipes.model import Course, Recipe
from cantine_desktop.meals.recipes.scaling import Scaled, scale
from cantine_desktop.meals.reservations.diets import diet_words, diets_of
from cantine_desktop.meals.reservations.model import Diet
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.supply.products.model import Origin, Product
from cantine_desktop.supply.stock.lots import LotRow, lots_left
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import fold

WATER = "eau"
NEAR = timedelta(days=5)
"""Lots that end within so many days are to be used first."""

URGENT = timedelta(days=1)
RECENT = timedelta(days=7)
"""A recipe served so lately is not proposed first again."""

SAVED_URGENT, SAVED, GIVEN, AT_HAND, SEASON, AGAIN, EATEN, HANDS = 4, 2, 1, 3, 1, 3, 3, 2
"""What each reason is worth at its full."""

MOST_REASONS = 4
_KNOWN = Fraction(1, 20)
"""Part of a lot under which using it saves nothing worth saying."""

_ALLERGENS = {
    Diet.NO_GLUTEN: Allergen.GLUTEN,
    Diet.NO_MILK: Allergen.MILK,
    Diet.NO_EGG: Allergen.EGGS,
    Diet.NO_NUTS: Allergen.NUTS,
    Diet.NO_FISH: Allergen.FISH,
}


@dataclass(frozen=True)
class Idea:
    """A recipe for a service, with what speaks for it and against it.

    Attributes:
        points: What it is ranked by, the most first.
        reasons: What speaks for it; ``warnings``, against it.
        lacking: Products the shelves do not hold enough of, by name.
        cost: Food of a portion; ``None`` when nothing has a price.
    """

    recipe_id: int
    name: str
    course: Course
    points: Fraction
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    lacking: tuple[str, ...]
    cost: Money | None


@dataclass(frozen=True)
class _Day:
    """What the morning looks like.

    Attributes:
        stock: Usable lots by product, the first to end first.
        served: The last day each recipe was served.
        portions: For how many; ``cooks``, how many hands; ``None`` when nobody said.
    """

    day: date
    portions: int
    cooks: int | None
    diets: Mapping[Diet, int]
    stock: Mapping[int, Sequence[LotRow]]
    served: Mapping[int, date]


def ideas(
    session: Session,
    service_id: int,
    portions: int,
    *,
    cooks: int | None = None,
    course: Course | None = None,
) -> list[Idea]:
    """Return what may be cooked for a service, the best idea first.

    Args:
        session: Where to read.
        service_id: The service.
        portions: For how many; above zero.
        cooks: How many hands there will be; ``None`` leaves them out.
        course: That course only.

    Raises:
        UserError: The portions are not above zero.
    """
    if portions <= 0:
        raise UserError(tr("Dites pour combien de convives : un nombre plus grand que zéro."))
    service = session.get_one(MealService, service_id)
    morning = _Day(
        day=service.day,
        portions=portions,
        cooks=cooks,
        diets=diets_of(session, service_id),
        stock=_stock(session, service.day),
        served=_served(session, service),
    )
    held = list(session.scalars(select(Product)))  # the engine then finds each at hand
    query = select(Recipe).options(selectinload(Recipe.ingredients), selectinload(Recipe.steps))
    if course is not None:
        query = query.where(Recipe.course == course)
    found = [
        idea
        for recipe in session.scalars(query.where(Recipe.is_archived.is_(False)))
        if (idea := _idea(session, recipe, morning)) is not None
    ]
    del held
    return sorted(found, key=lambda idea: (-idea.points, fold(idea.name)))


def _stock(session: Session, day: date) -> dict[int, list[LotRow]]:
    found: dict[int, list[LotRow]] = defaultdict(list)
    for row in lots_left(session, day):
        if row.is_usable(day):
            found[row.product_id].append(row)
    return found


def _served(session: Session, service: MealService) -> dict[int, date]:
    """Return when each recipe was last served, or is to be, near the service."""
    query = (
        select(Dish.recipe_id, func.max(MealService.day))
        .join(Menu, Dish.menu_id == Menu.id)
        .join(MealService, Menu.service_id == MealService.id)
        .where(
            Dish.recipe_id.is_not(None),
            MealService.state != ServiceState.CANCELLED,
            MealService.day.between(service.day - RECENT, service.day),
            MealService.id != service.id,
        )
        .group_by(Dish.recipe_id)
    )
    return {recipe: day for recipe, day in session.execute(query) if recipe is not None}


def _idea(session: Session, recipe: Recipe, morning: _Day) -> Idea | None:
    try:
        scaled = scale(session, recipe.id, morning.portions)
        facts, known = facts_from(scaled), allergens_of(session, recipe.id).known
    except UserError:  # it holds itself; the list of recipes says so
        return None
    if not scaled.needs:
        return None
    lacking, share = _at_hand(scaled, morning)
    saved = _saved(scaled, morning)
    is_there = (share * AT_HAND, "" if lacking else tr("tout est là"))
    said = [*saved, is_there, _season(facts, morning.day)]
    against = [
        *_diets(facts, scaled, known, morning),
        *_again(recipe.id, morning),
        *_hands(recipe, morning),
    ]
    points = sum((worth for worth, _words in (*said, *against)), Fraction(0))
    cost = cost_from(scaled)
    return Idea(
        recipe_id=recipe.id,
        name=recipe.name,
        course=recipe.course,
        points=points,
        reasons=tuple(words for _worth, words in said if words)[:MOST_REASONS],
        warnings=tuple(words for _worth, words in against if words),
        lacking=lacking,
        cost=cost.valued_per_portion if cost.valued_cents else None,
    )


def _at_hand(scaled: Scaled, morning: _Day) -> tuple[tuple[str, ...], Fraction]:
    """Return what lacks, by name, and which part of the needs the shelves hold, of one."""
    lacking: list[str] = []
    shares: list[Fraction] = []
    for need in scaled.needs:
        if need.product.key == WATER or not need.gross:
            continue
        rows = morning.stock.get(need.product.id, ())
        left = sum((Fraction(row.left) for row in rows), Fraction(0))
        shares.append(min(Fraction(1), left / need.gross))
        if left < need.gross:
            lacking.append(need.product.name)
    return tuple(lacking), sum(shares, Fraction(0)) / len(shares) if shares else Fraction(1)


def _saved(scaled: Scaled, morning: _Day) -> list[tuple[Fraction, str]]:
    """Return what the recipe saves from its date, and the gifts it uses, the surest first."""
    found: list[tuple[Fraction, str]] = []
    for need in scaled.needs:
        wanted = need.gross
        for row in morning.stock.get(need.product.id, ()):
            used = min(wanted, Fraction(row.left))
            wanted -= used
            share = used / Fraction(row.left) if row.left else Fraction(0)
            if share < _KNOWN:
                continue
            found += _one_lot(row, share, morning.day)
    return sorted(found, key=lambda each: -each[0])


def _one_lot(row: LotRow, share: Fraction, day: date) -> Iterable[tuple[Fraction, str]]:
    end = row.until
    if end is not None and end <= day + NEAR and not row.is_frozen:
        worth = SAVED_URGENT if end <= day + URGENT else SAVED
        words = tr("sauve {product} ({day})").format(product=row.product, day=_near(end))
        yield share * worth, words
    elif row.is_gift:
        yield share * GIVEN, tr("utilise le don de {product}").format(product=row.product)


def _near(day: date) -> str:
    """Write a day of these weeks: « mar. 24 »."""
    return f"{weekday(day)} {day.day}"


def _season(facts: RecipeFacts, day: date) -> tuple[Fraction, str]:
    if not facts.late:
        return Fraction(0), ""
    out = facts.out_of_season(day.month)
    if out:
        return Fraction(-SEASON), ""
    return Fraction(SEASON), tr("de saison")


def _diets(
    facts: RecipeFacts, scaled: Scaled, known: frozenset[Allergen], morning: _Day
) -> Iterable[tuple[Fraction, str]]:
    """Return who cannot eat it, in proportion of those who come."""
    has_fish = any(need.product.origin is Origin.FISH for need in scaled.needs)
    for diet, count in morning.diets.items():
        cannot = _ALLERGENS[diet] in known if diet in _ALLERGENS else False
        cannot |= diet is Diet.VEGETARIAN and not facts.is_vegetarian
        cannot |= diet is Diet.VEGAN and not facts.is_vegan
        cannot |= diet is Diet.NO_FISH and has_fish
        if cannot:
            words = tr("ne convient pas à {who}").format(who=diet_words(diet, count))
            yield Fraction(-EATEN * count, morning.portions), words


def _again(recipe_id: int, morning: _Day) -> Iterable[tuple[Fraction, str]]:
    day = morning.served.get(recipe_id)
    if day is not None:
        yield Fraction(-AGAIN), tr("déjà servi {day}").format(day=_near(day))


def _hands(recipe: Recipe, morning: _Day) -> Iterable[tuple[Fraction, str]]:
    """Say when it asks for more workshops at once than there are hands."""
    if morning.cooks is None:
        return
    workshops = len({step.workshop for step in recipe.steps if step.workshop})
    lack = workshops - morning.cooks
    if lack > 0:
        words = trn("il manque {n} personne en cuisine", "il manque {n} personnes en cuisine", lack)
        yield Fraction(-HANDS * lack), words
