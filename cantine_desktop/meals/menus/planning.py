"""Plan menus: dishes of a service, changed the same morning, copied from another week."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.menus.model import Dish, Menu
from cantine_desktop.meals.recipes.model import Course, Recipe
from cantine_desktop.meals.services.model import MealService
from cantine_desktop.meals.services.queries import ServiceRow, services_of
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold

LONGEST = 80
"""Characters of the name of a dish: what a poster holds in two lines."""


@dataclass(frozen=True)
class DishFacts:
    """What is said of a dish.

    Attributes:
        recipe_id: ``None`` takes the recipe of the same name, if there is one.
        portions: ``None`` follows the diners expected.
        is_vegetarian: ``None`` follows the recipe.
    """

    course: Course
    name: str
    recipe_id: int | None = None
    portions: int | None = None
    added: frozenset[Allergen] = frozenset()
    removed: frozenset[Allergen] = frozenset()
    is_vegetarian: bool | None = None


def set_menu(
    session: Session,
    service_id: int,
    dishes: Sequence[DishFacts],
    *,
    theme: str = "",
    note: str = "",
) -> Menu:
    """Say what a service eats, in this order; a dish that was there keeps its confirmation.

    Args:
        session: The session of an action.
        service_id: The service.
        dishes: All its dishes.
        theme: What the menu is about.
        note: Free words.

    Raises:
        UserError: The service is gone, or a dish has no name.
    """
    menu = menu_for(session, service_id)
    menu.theme, menu.note = theme.strip(), note.strip()
    kept = {_sameness(each.course, each.name): each for each in menu.dishes}
    for rank, facts in enumerate(dishes):
        dish = kept.pop(_sameness(facts.course, facts.name), None)
        if dish is None:
            menu.dishes.append(_new(session, facts, rank))
        else:
            _put(session, dish, facts)
            dish.rank = rank
    for dish in kept.values():
        menu.dishes.remove(dish)
    session.flush()
    session.refresh(menu, ["dishes"])
    return menu


def say_course(session: Session, service_id: int, course: Course, names: Sequence[str]) -> Menu:
    """Say the dishes of one course of a service; those that stay keep what was said of them.

    Raises:
        UserError: The service is gone, or a name is empty or far too long.
    """
    menu = menu_for(session, service_id)
    there = {_sameness(each.course, each.name): facts_of(each) for each in menu.dishes}
    others = [facts_of(each) for each in menu.dishes if each.course is not course]
    said = [there.get(_sameness(course, name)) or DishFacts(course, name) for name in names]
    return set_menu(session, service_id, [*others, *said], theme=menu.theme, note=menu.note)


def add_dish(session: Session, service_id: int, facts: DishFacts) -> Dish:
    """Add a dish at the end of a menu, which is made when there is none.

    Raises:
        UserError: The service is gone, or the dish has no name.
    """
    menu = menu_for(session, service_id)
    rank = max((each.rank for each in menu.dishes), default=-1) + 1
    dish = _new(session, facts, rank)
    menu.dishes.append(dish)
    session.flush()
    return dish


def change_dish(session: Session, dish_id: int, facts: DishFacts) -> Dish:
    """Change a dish; another name or recipe makes its allergens unconfirmed again.

    Raises:
        UserError: The dish is gone, or has no name.
    """
    dish = dish_of(session, dish_id)
    _put(session, dish, facts)
    session.flush()
    return dish


def remove_dish(session: Session, dish_id: int) -> None:
    """Take a dish out of its menu."""
    dish = dish_of(session, dish_id)
    session.get_one(Menu, dish.menu_id).dishes.remove(dish)
    session.flush()


def move_dish(session: Session, dish_id: int, service_id: int, rank: int | None = None) -> Dish:
    """Move a dish to another place of its menu, or to the menu of another service.

    Its allergens stay confirmed: it is the same dish.

    Args:
        session: The session of an action.
        dish_id: The dish.
        service_id: Where it goes.
        rank: Its place among the dishes there; ``None`` is the last one.
    """
    dish = dish_of(session, dish_id)
    origin, target = session.get_one(Menu, dish.menu_id), menu_for(session, service_id)
    others = [each for each in target.dishes if each is not dish]
    others.insert(len(others) if rank is None else rank, dish)
    if origin is not target:
        dish.menu_id = target.id
    for place, each in enumerate(others):
        each.rank = place
    session.flush()
    session.expire(origin, ["dishes"])
    session.expire(target, ["dishes"])
    return dish


def copy_menu(session: Session, from_service: int, to_service: int) -> Menu:
    """Copy the dishes of a service to another in the place of its own, to be confirmed there.

    What was taken away by hand is not: it was so that time.

    Raises:
        UserError: There is nothing to copy, or a service is gone.
    """
    source = session.scalar(select(Menu).where(Menu.service_id == from_service))
    if source is None or not source.dishes:
        raise UserError(tr("Ce service n’a pas encore de menu à copier."))
    facts = [replace(facts_of(each), removed=frozenset()) for each in source.dishes]
    return set_menu(session, to_service, facts, theme=source.theme)


def copy_week(session: Session, origin: Period, target: Period) -> int:
    """Copy menus to the services of another week that have none, by weekday and order.

    Args:
        session: The session of an action.
        origin: The week that has menus.
        target: The week that gets them.

    Returns:
        How many menus were made.
    """
    shift = target.first - origin.first
    free = _by_place(services_of(session, target), timedelta())
    made = 0
    for place, service in _by_place(services_of(session, origin), shift).items():
        source = session.scalar(select(Menu).where(Menu.service_id == service.key))
        into = free.get(place)
        if source is None or not source.dishes or into is None:
            continue
        if menu_for(session, into.key).dishes:
            continue
        copy_menu(session, service.key, into.key)
        made += 1
    return made


def facts_of(dish: Dish) -> DishFacts:
    """Return what a dish says, to change it from."""
    return DishFacts(
        dish.course,
        dish.name,
        dish.recipe_id,
        dish.portions,
        dish.added,
        dish.removed,
        dish.is_vegetarian,
    )


def dish_of(session: Session, dish_id: int) -> Dish:
    """Return a dish.

    Raises:
        UserError: It is not there any more.
    """
    dish = session.get(Dish, dish_id)
    if dish is None:
        raise UserError(tr("Ce plat n’est plus au menu."))
    return dish


def menu_for(session: Session, service_id: int) -> Menu:
    """Return the menu of a service, made when there is none.

    Raises:
        UserError: The service is not there any more.
    """
    if session.get(MealService, service_id) is None:
        raise UserError(tr("Ce service n’existe plus."))
    menu = session.scalar(select(Menu).where(Menu.service_id == service_id))
    if menu is None:
        menu = Menu(service_id=service_id)
        session.add(menu)
        session.flush()
    return menu


def recipe_named(session: Session, name: str) -> int | None:
    """Return the recipe of a name, however it is written, that is not archived."""
    wanted = fold(name)
    query = select(Recipe.id, Recipe.name).where(
        Recipe.is_archived.is_(False), Recipe.course != Course.BASE
    )
    return next((key for key, each in session.execute(query) if fold(each) == wanted), None)


def _new(session: Session, facts: DishFacts, rank: int) -> Dish:
    dish = Dish(rank=rank, course=facts.course, name="")
    _put(session, dish, facts)
    return dish


def _put(session: Session, dish: Dish, facts: DishFacts) -> None:
    name = " ".join(facts.name.split())
    if not name:
        raise UserError(tr("Donnez un nom à ce plat : c’est lui qui sera affiché."))
    if len(name) > LONGEST:
        text = tr("Le nom d’un plat a {n} caractères au plus : une affiche n’en montre pas plus.")
        raise UserError(text.format(n=LONGEST))
    if facts.portions is not None and facts.portions < 1:
        raise UserError(tr("Un plat se prépare pour une portion au moins."))
    recipe_id = facts.recipe_id
    if recipe_id is None:
        recipe_id = recipe_named(session, name)
    had_name = bool(dish.name)
    is_other = (fold(name), recipe_id) != (fold(dish.name), dish.recipe_id)
    if is_other:
        forget_confirmation(dish)
    dish.name, dish.recipe_id, dish.course = name, recipe_id, facts.course
    dish.portions, dish.is_vegetarian = facts.portions, facts.is_vegetarian
    dish.added, dish.removed = facts.added, facts.removed
    if is_other and had_name:
        dish.added = dish.removed = frozenset()


def forget_confirmation(dish: Dish) -> None:
    """Say that nobody has confirmed the allergens of a dish as it is now."""
    dish.confirmed, dish.confirmed_by, dish.confirmed_at, dish.looked_at = None, "", None, ""


def _sameness(course: Course, name: str) -> tuple[Course, str]:
    return course, fold(" ".join(name.split()))


def _by_place(rows: list[ServiceRow], shift: timedelta) -> dict[tuple[object, ...], ServiceRow]:
    found: dict[tuple[object, ...], ServiceRow] = {}
    many: defaultdict[tuple[object, ...], int] = defaultdict(int)
    for row in rows:
        place = (row.day + shift, row.kind)
        found[*place, many[place]] = row
        many[place] += 1
    return found
