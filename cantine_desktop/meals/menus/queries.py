"""What menus say: the week's, a service's, and for how many each dish is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.meals.menus.allergens import DishAllergens, DishState, allergens
from cantine_desktop.meals.menus.model import Dish, Menu
from cantine_desktop.meals.recipes.facts import RecipeFacts, facts_of
from cantine_desktop.meals.recipes.model import Course
from cantine_desktop.meals.reservations.model import Reservation, ReservationState
from cantine_desktop.meals.services.queries import ServiceRow, service_row, services_of
from cantine_desktop.values.period import Period

ORDER = {course: rank for rank, course in enumerate(Course)}


@dataclass(frozen=True)
class DishRow:
    """A dish as screens and posters show it.

    Attributes:
        key: Its number.
        allergens: What it holds, and whether somebody confirmed it.
        is_vegetarian: Said by hand, or after its recipe; ``None`` when nobody knows.
        is_vegan: Nothing from an animal, after its recipe.
        in_season: Everything fresh in it is in season that month; ``None`` without a recipe.
    """

    key: int
    course: Course
    name: str
    recipe_id: int | None
    portions: int | None
    allergens: DishAllergens
    is_vegetarian: bool | None
    is_vegan: bool
    in_season: bool | None
    confirmed_by: str
    confirmed_at: datetime | None

    @property
    def held(self) -> frozenset[Allergen]:
        """Its allergens."""
        return self.allergens.held

    @property
    def state(self) -> DishState:
        """Whether it may be posted."""
        return self.allergens.state


@dataclass(frozen=True)
class MenuRow:
    """The menu of a service, without dishes when nobody planned it.

    Attributes:
        service: The service.
        dishes: In the order of the courses, then as somebody ranked them.
    """

    service: ServiceRow
    theme: str
    note: str
    dishes: tuple[DishRow, ...]

    @property
    def is_confirmed(self) -> bool:
        """Whether it may be posted."""
        return bool(self.dishes) and all(each.state is DishState.CONFIRMED for each in self.dishes)


def week_of_menus(session: Session, period: Period) -> list[MenuRow]:
    """Return the services of a period, each with its menu, in order."""
    rows = services_of(session, period)
    query = select(Menu).where(Menu.service_id.in_([row.key for row in rows]))
    menus = {menu.service_id: menu for menu in session.scalars(query)}
    seen: dict[int, RecipeFacts] = {}
    return [_row(session, row, menus.get(row.key), seen) for row in rows]


def menu_of(session: Session, service_id: int) -> MenuRow | None:
    """Return the menu of a service; ``None`` when the service is not there any more."""
    row = service_row(session, service_id)
    if row is None:
        return None
    menu = session.scalar(select(Menu).where(Menu.service_id == service_id))
    return _row(session, row, menu, {})


def portions_of(session: Session, service: ServiceRow, forecast: int | None = None) -> int | None:
    """Return for how many a service cooks; ``None`` when nothing says it.

    What somebody expects comes first; then the larger of the reservations and the forecast.
    """
    if service.expected is not None:
        return service.expected
    seated = (ReservationState.SEATED, ReservationState.CAME)
    query = select(func.sum(Reservation.people)).where(
        Reservation.service_id == service.key, Reservation.state.in_(seated)
    )
    return max(session.scalar(query) or 0, forecast or 0) or None


def out_of_season(session: Session, dish: DishRow, month: int) -> tuple[str, ...]:
    """Return the fresh products of a dish that are not in season in a month."""
    if dish.recipe_id is None:
        return ()
    return facts_of(session, dish.recipe_id).out_of_season(month)


def _row(
    session: Session, service: ServiceRow, menu: Menu | None, seen: dict[int, RecipeFacts]
) -> MenuRow:
    if menu is None:
        return MenuRow(service, "", "", ())
    month = service.day.month
    dishes = [_dish(session, each, month, seen) for each in _in_order(menu.dishes)]
    return MenuRow(service, menu.theme, menu.note, tuple(dishes))


def _in_order(dishes: Iterable[Dish]) -> list[Dish]:
    return sorted(dishes, key=lambda dish: (ORDER[dish.course], dish.rank))


def _dish(session: Session, dish: Dish, month: int, seen: dict[int, RecipeFacts]) -> DishRow:
    facts = None
    if dish.recipe_id is not None:
        facts = seen.get(dish.recipe_id) or facts_of(session, dish.recipe_id)
        seen[dish.recipe_id] = facts
    said = dish.is_vegetarian
    return DishRow(
        dish.id,
        dish.course,
        dish.name,
        dish.recipe_id,
        dish.portions,
        allergens(session, dish),
        said if said is not None or facts is None else facts.is_vegetarian,
        facts is not None and facts.is_vegan and said is not False,
        None if facts is None else not facts.out_of_season(month),
        dish.confirmed_by,
        dish.confirmed_at,
    )
