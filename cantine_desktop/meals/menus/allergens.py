"""The allergens of a dish: computed from its recipe, looked at and confirmed by somebody.

Nothing is posted before somebody confirmed each dish. A confirmation keeps what it stood
on: when an ingredient brings anything else afterwards, the dish is to be looked at again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, short_day, tr
from cantine_desktop.meals.menus.model import Dish, Menu
from cantine_desktop.meals.menus.planning import dish_of
from cantine_desktop.meals.recipes.allergens import allergens_of, sources_of
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP


class DishState(StrEnum):
    """How well the allergens of a dish are known."""

    UNKNOWN = "unknown"
    TO_CONFIRM = "to-confirm"
    CONFIRMED = "confirmed"
    CHANGED_SINCE = "changed-since"


STATES = {
    DishState.UNKNOWN: mark("Information manquante"),
    DishState.TO_CONFIRM: mark("À confirmer"),
    DishState.CONFIRMED: mark("Confirmé"),
    DishState.CHANGED_SINCE: mark("Changé depuis : à reconfirmer"),
}


@dataclass(frozen=True)
class DishAllergens:
    """What a dish holds, as far as anybody knows.

    Attributes:
        held: Confirmed ones, or else what is computed; never less than somebody confirmed.
        computed: What its recipe brings, with what was added and taken away by hand.
        unknown: Names of what nobody has looked at.
        state: Whether it may be posted.
        sources: The ingredients that bring each.
    """

    held: frozenset[Allergen]
    computed: frozenset[Allergen]
    unknown: tuple[str, ...]
    state: DishState
    sources: dict[Allergen, tuple[str, ...]]


def allergens(session: Session, dish: Dish) -> DishAllergens:
    """Return what is known of the allergens of a dish.

    Source: R1169.
    """
    known, unknown, sources = _carried(session, dish)
    computed = (known | dish.added) - dish.removed
    now = _basis(unknown, sources)
    state = _state(dish, computed, unknown, now)
    held = dish.confirmed if state is DishState.CONFIRMED else computed
    return DishAllergens(held or frozenset(), computed, unknown, state, sources)


def state(session: Session, dish: Dish) -> DishState:
    """Return whether the allergens of a dish are known and confirmed."""
    return allergens(session, dish).state


def confirm(
    session: Session, dish_id: int, held: Collection[Allergen], initials: str, now: datetime
) -> Dish:
    """Keep that somebody looked at the allergens of a dish, and what they found.

    Args:
        session: The session of an action.
        dish_id: The dish.
        held: All it holds; none is an answer too.
        initials: Who looked.
        now: Present instant.

    Raises:
        UserError: Nobody signed, or the dish is gone.
    """
    who = initials.strip()
    if not who:
        raise UserError(tr("Signez de vos initiales : quelqu’un doit avoir regardé ce plat."))
    dish = dish_of(session, dish_id)
    known, unknown, sources = _carried(session, dish)
    found = frozenset(held)
    dish.added, dish.removed = found - known, known - found
    dish.confirmed, dish.confirmed_by, dish.confirmed_at = found, who, now
    dish.looked_at = "\n".join(sorted(_basis(unknown, sources)))
    session.flush()
    return dish


def unconfirmed(session: Session, period: Period) -> list[tuple[MealService, Dish, DishState]]:
    """Return the dishes of a period that may not be posted yet, in order."""
    query = (
        select(MealService, Dish)
        .join(Menu, Menu.service_id == MealService.id)
        .join(Dish, Dish.menu_id == Menu.id)
        .where(
            MealService.day >= period.first,
            MealService.day < period.end,
            MealService.state != ServiceState.CANCELLED,
        )
        .order_by(MealService.day, MealService.meal_at, MealService.id, Dish.rank)
    )
    judged = ((service, dish, state(session, dish)) for service, dish in session.execute(query))
    return [each for each in judged if each[2] is not DishState.CONFIRMED]


def refuse_unconfirmed(session: Session, period: Period) -> None:
    """Refuse to print menus of a period while a dish is not confirmed.

    Raises:
        UserError: It names each dish, its day and what is missing.
    """
    missing = unconfirmed(session, period)
    if not missing:
        return
    lines = [
        f"{short_day(service.day)}{NBSP}: {dish.name} ({tr(STATES[found]).lower()})"
        for service, dish, found in missing
    ]
    head = tr(
        "Rien ne s’affiche avant que les allergènes de chaque plat soient confirmés. Dans "
        "« Menus et recettes », confirmez :"
    )
    raise UserError("\n".join([head, *lines]))


def _carried(
    session: Session, dish: Dish
) -> tuple[frozenset[Allergen], tuple[str, ...], dict[Allergen, tuple[str, ...]]]:
    if dish.recipe_id is None:
        return frozenset(), (dish.name,), {}
    held = allergens_of(session, dish.recipe_id)
    return held.known, held.unknown, sources_of(session, dish.recipe_id)


def _basis(unknown: Collection[str], sources: dict[Allergen, tuple[str, ...]]) -> frozenset[str]:
    """Return what a confirmation stands on: who brings what, and what nobody knows."""
    told = {f"{each}={name}" for each, names in sources.items() for name in names}
    return frozenset(told | {f"?={name}" for name in unknown})


def _state(
    dish: Dish, computed: frozenset[Allergen], unknown: tuple[str, ...], now: frozenset[str]
) -> DishState:
    if dish.confirmed is None:
        return DishState.UNKNOWN if unknown else DishState.TO_CONFIRM
    looked_at = frozenset(dish.looked_at.split("\n")) if dish.looked_at else frozenset[str]()
    if computed != dish.confirmed or now - looked_at:
        return DishState.CHANGED_SINCE
    return DishState.CONFIRMED
