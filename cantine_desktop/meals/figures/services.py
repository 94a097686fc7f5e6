"""The services that were held, one line each: what every figure of meals is counted from."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.postings.held import held
from cantine_desktop.finance.postings.means import Purpose
from cantine_desktop.finance.postings.model import Takings, TakingsPart
from cantine_desktop.meals.closing.model import ClosingWaste, ServiceClosing, WasteStage
from cantine_desktop.meals.menus.model import Dish, Menu
from cantine_desktop.meals.recipes.model import Course, Ingredient
from cantine_desktop.meals.services.model import MealService
from cantine_desktop.supply.products.model import Origin, Product
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


class Served(NamedTuple):
    """A service that was held.

    Attributes:
        takings: Key of its takings.
        service: Key of the service; ``None`` for takings noted without one.
        diners: Diners, contributions of zero and offered meals included; not the team.
        paid: Of whom contributed, zeros included.
        offered: Of whom were offered their meal, by the canteen or by somebody else.
        contributions: What was given for meals.
        cooks: Of whom cooked; ``None`` when nobody said.
        newcomers: Of whom came for the first time; ``None`` when nobody said.
        seats: Places at table; ``None`` without a service in the calendar.
        given: Meals given out; ``None`` when nobody said.
        waste: Grams lost by stage; a stage nobody weighed is missing.
        vegetarian: Every dish of its menu is; ``None`` when one is not known.
    """

    takings: int
    service: int | None
    day: date
    title: str
    diners: int
    paid: int
    offered: int
    contributions: Money
    cooks: int | None
    newcomers: int | None
    seats: int | None
    given: int | None
    waste: Mapping[WasteStage, int]
    vegetarian: bool | None

    @property
    def grams(self) -> int | None:
        """Grams lost, all stages together; ``None`` when nothing was weighed."""
        return sum(self.waste.values()) if self.waste else None


def served_in(session: Session, period: Period) -> list[Served]:
    """Return the services of a period that were held, the first one first."""
    query = (
        select(Takings, ServiceClosing, MealService.seats)
        .outerjoin(ServiceClosing, ServiceClosing.takings_id == Takings.id)
        .outerjoin(MealService, ServiceClosing.service_id == MealService.id)
        .where(*held(period))
        .order_by(Takings.day, Takings.id)
    )
    # An outer join gives no closing for takings noted by hand, which its type does not say.
    rows: list[tuple[Takings, ServiceClosing | None, int | None]] = [
        (takings, closing, seats) for takings, closing, seats in session.execute(query)
    ]
    money = _contributions(session, period)
    closings = [closing for _, closing, _ in rows if closing is not None]
    waste = _waste(session, period)
    green = _vegetarian(session, {closing.service_id for closing in closings})
    return [
        _served(takings, closing, seats, money, waste, green) for takings, closing, seats in rows
    ]


def _served(
    takings: Takings,
    closing: ServiceClosing | None,
    seats: int | None,
    money: Mapping[int, Money],
    waste: Mapping[int, Mapping[WasteStage, int]],
    green: Mapping[int, bool | None],
) -> Served:
    # Takings noted by hand have no way to leave a count out: no cook and nobody new is unsaid.
    told = bool(takings.cooks or takings.newcomers)
    return Served(
        takings.id,
        closing.service_id if closing else None,
        takings.day,
        takings.service,
        takings.meals + takings.offered,
        takings.meals,
        takings.offered,
        money.get(takings.id, Money(0)),
        closing.cooks if closing else takings.cooks if told else None,
        closing.newcomers if closing else takings.newcomers if told else None,
        seats,
        closing.given if closing else None,
        waste.get(closing.id, {}) if closing else {},
        green.get(closing.service_id) if closing else None,
    )


def _contributions(session: Session, period: Period) -> dict[int, Money]:
    query = (
        select(TakingsPart.takings_id, func.sum(TakingsPart.amount))
        .join(Takings, TakingsPart.takings_id == Takings.id)
        .where(TakingsPart.purpose == Purpose.MEALS, *held(period))
        .group_by(TakingsPart.takings_id)
    )
    return {key: amount for key, amount in session.execute(query)}  # noqa: C416  -- typed rows


def _waste(session: Session, period: Period) -> dict[int, dict[WasteStage, int]]:
    query = (
        select(ClosingWaste.closing_id, ClosingWaste.stage, ClosingWaste.grams)
        .join(ServiceClosing, ClosingWaste.closing_id == ServiceClosing.id)
        .join(Takings, ServiceClosing.takings_id == Takings.id)
        .where(*held(period))
    )
    return _grouped((key, stage, grams) for key, stage, grams in session.execute(query))


def _grouped(rows: Iterable[tuple[int, WasteStage, int]]) -> dict[int, dict[WasteStage, int]]:
    found: dict[int, dict[WasteStage, int]] = {}
    for key, stage, grams in rows:
        found.setdefault(key, {})[stage] = grams
    return found


def _vegetarian(session: Session, services: set[int]) -> dict[int, bool | None]:
    """Return whether every dish of the menu of services is vegetarian; drinks do not count.

    A dish that nobody judged by hand follows its recipe; one in words alone is not known.
    """
    query = (
        select(Menu.service_id, Dish.is_vegetarian, Dish.recipe_id)
        .join(Dish, Dish.menu_id == Menu.id)
        .where(Menu.service_id.in_(services), Dish.course != Course.DRINK)
    )
    meaty = _meaty(session)
    found: dict[int, list[bool | None]] = {}
    for service, said, recipe in session.execute(query):
        followed = None if recipe is None else recipe not in meaty
        found.setdefault(service, []).append(followed if said is None else said)
    return {key: _all_of(said) for key, said in found.items()}


def _meaty(session: Session) -> set[int]:
    """Return the recipes with meat or fish in them, or in a recipe that goes into them."""
    inside = select(Ingredient.recipe_id, Ingredient.part_id).where(Ingredient.part_id.is_not(None))
    direct = (
        select(Ingredient.recipe_id)
        .join(Product, Ingredient.product_id == Product.id)
        .where(Product.origin.in_((Origin.MEAT, Origin.FISH)))
    )
    meaty = set(session.scalars(direct))
    within: dict[int, set[int]] = {}
    for whole, part in session.execute(inside):
        if part is not None:
            within.setdefault(part, set()).add(whole)
    waiting = list(meaty)
    while waiting:
        more = within.get(waiting.pop(), set()) - meaty
        meaty |= more
        waiting += more
    return meaty


def _all_of(said: list[bool | None]) -> bool | None:
    if False in said:
        return False
    return None if None in said else True
