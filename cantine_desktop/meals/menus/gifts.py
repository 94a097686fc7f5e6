"""What was given of a menu: shares of products that cost so much less."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.menus.model import Dish, GivenProduct, Menu
from cantine_desktop.meals.recipes.scaling import named_in
from cantine_desktop.meals.services.model import MealService
from cantine_desktop.supply.products.model import Product
from cantine_desktop.values.text import fold


def gifts_of(session: Session, menu_id: int) -> dict[int, Decimal]:
    """Return the share, of one, of each product of a menu that was given."""
    query = select(GivenProduct).where(GivenProduct.menu_id == menu_id)
    return {each.product_id: each.share for each in session.scalars(query)}


def gifts_of_dish(session: Session, dish_id: int) -> dict[int, Decimal]:
    """Return the share of each product of a dish's menu that was given."""
    return gifts_of(session, session.get_one(Dish, dish_id).menu_id)


def last_gifts(session: Session, recipe_id: int) -> dict[int, Decimal]:
    """Return what was given the last time a recipe was on a menu with gifts; else nothing."""
    query = (
        select(Menu.id)
        .join(Dish, Dish.menu_id == Menu.id)
        .join(GivenProduct, GivenProduct.menu_id == Menu.id)
        .join(MealService, MealService.id == Menu.service_id)
        .where(Dish.recipe_id == recipe_id)
        .order_by(MealService.day.desc(), MealService.id.desc())
        .limit(1)
    )
    menu = session.scalar(query)
    return {} if menu is None else gifts_of(session, menu)


def give(session: Session, menu_id: int, shares: Mapping[int, Decimal]) -> None:
    """Say which products of a menu were given, and what share; the others were bought.

    Args:
        session: The session of an action.
        menu_id: The menu.
        shares: Share of each product, of one, by its key; zero takes it off.

    Raises:
        UserError: A share is not from 0 to 100 %.
    """
    if any(not 0 <= share <= 1 for share in shares.values()):
        raise UserError(tr("La part donnée va de 0 à 100 %."))
    menu = session.get_one(Menu, menu_id)
    known = {each.product_id: each for each in menu.gifts}
    for product, share in shares.items():
        if product in known:
            known[product].share = share
        elif share:
            menu.gifts.append(GivenProduct(product_id=product, share=share))
    menu.gifts = [each for each in menu.gifts if each.share and each.product_id in shares]
    session.flush()


def products_of(session: Session, menu_id: int) -> list[Product]:
    """Return what the dishes of a menu are made of, by name, each product once.

    Raises:
        UserError: A recipe holds itself.
    """
    recipes = {dish.recipe_id for dish in session.get_one(Menu, menu_id).dishes}
    found = {
        used.product.id: used.product
        for recipe in recipes
        if recipe is not None
        for used in named_in(session, recipe)
        if used.product is not None
    }
    return sorted(found.values(), key=lambda each: fold(each.name))
