"""What the demonstration eats: its recipes, a menu for each service, allergens looked at."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.meals.menus.allergens import confirm
from cantine_desktop.meals.menus.model import Dish, Menu
from cantine_desktop.meals.recipes.allergens import allergens_of
from cantine_desktop.meals.recipes.model import Course, Recipe
from cantine_desktop.meals.recipes.starter import load_starter_recipes
from cantine_desktop.meals.services.model import MealKind, MealService
from cantine_desktop.office.demo_kitchen import instant
from cantine_desktop.office.demo_menus import MENUS
from cantine_desktop.office.demo_menus import Menu as Told
from cantine_desktop.values.period import Period

PLANNED = timedelta(weeks=2)
"""How far ahead menus are thought of."""
EVENING = 5
"""An evening eats what another day of the list did."""


class _Looked(NamedTuple):
    """What somebody found in a dish, to be told again each time it is served."""

    held: frozenset[Allergen]
    basis: str


def menu_on(day: date, today: date) -> Told:
    """Return the menu of a day, the same one that the hygiene sheets of that day tell."""
    weeks = (Period.week(today).first - Period.week(day).first).days // 7
    return MENUS[(day.toordinal() + weeks) % len(MENUS)]


def write_menus(session: Session, today: date) -> None:
    """Load the recipes and write the menu of each service, those of two weeks ahead too.

    What is served up to the end of this week is confirmed; the next one is to be looked at.
    """
    load_starter_recipes(session)
    recipes = {recipe.name: recipe for recipe in session.scalars(select(Recipe))}
    query = (
        select(MealService)
        .where(MealService.day < today + PLANNED)
        .order_by(MealService.day, MealService.meal_at)
    )
    looked: dict[str, _Looked] = {}
    confirmed_until = Period.week(today).end
    for service in session.scalars(query).all():
        menu = _menu(service, today, recipes)
        session.add(menu)
        if service.day < confirmed_until:
            _confirm(session, menu, looked, instant(service.day, time(8, 50)))


def _menu(service: MealService, today: date, recipes: dict[str, Recipe]) -> Menu:
    told = menu_on(service.day, today)
    if service.kind is MealKind.DINNER:
        told = MENUS[(MENUS.index(told) + EVENING) % len(MENUS)]
    menu = Menu(service_id=service.id)
    courses = (
        (Course.STARTER, told.starter),
        (Course.MAIN, told.main),
        (Course.DESSERT, told.dessert),
    )
    menu.dishes = [
        Dish(rank=rank, course=course, name=name, recipe_id=recipes[name].id)
        for rank, (course, name) in enumerate(courses)
    ]
    return menu


def _confirm(session: Session, menu: Menu, looked: dict[str, _Looked], now: datetime) -> None:
    for dish in menu.dishes:
        known = looked.get(dish.name)
        if known is None:
            session.flush()
            assert dish.recipe_id is not None
            held = allergens_of(session, dish.recipe_id).known
            confirm(session, dish.id, held, "MB", now)
            looked[dish.name] = _Looked(held, dish.looked_at)
            continue
        dish.confirmed, dish.looked_at = known
        dish.confirmed_by, dish.confirmed_at = "MB", now
