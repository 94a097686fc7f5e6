"""Products, recipes and services to plan menus with, in tests."""

from datetime import date
from decimal import Decimal

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.meals.menus.allergens import allergens, confirm
from cantine_desktop.meals.menus.planning import DishFacts, set_menu
from cantine_desktop.meals.recipes.model import Course, Ingredient, Recipe, RecipeStep
from cantine_desktop.meals.services import planning
from cantine_desktop.supply.products.model import Dimension, Origin, Product, ProductFamily
from tests.conftest import NOW
from tests.meals.season import one

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)


def product(session, name, family=ProductFamily.VEGETABLE, allergens=frozenset(), **others):
    row = Product(name=name, family=family, dimension=Dimension.MASS, allergens=allergens, **others)
    session.add(row)
    session.flush()
    return row


def recipe(session, name, lines, course=Course.MAIN, steps=(), portions=10):
    row = Recipe(name=name, course=course, portions=portions)
    for rank, (what, grams, workshop) in enumerate(lines):
        line = Ingredient(rank=rank, quantity=Decimal(grams), workshop=workshop)
        if isinstance(what, str):
            line.words = what
        else:
            line.product_id = what.id
        row.ingredients.append(line)
    for rank, (workshop, words) in enumerate(steps):
        row.steps.append(RecipeStep(rank=rank, words=words, workshop=workshop))
    session.add(row)
    session.flush()
    return row


def gratin(session):
    """Return a gratin of squash (milk, gluten) for ten, and its products."""
    squash = product(session, "courge", peel_yield=Decimal("0.8"), season="9 10 11 12")
    cream = product(
        session,
        "crème",
        ProductFamily.DAIRY,
        frozenset({Allergen.MILK}),
        origin=Origin.ANIMAL,
    )
    flour = product(session, "farine", ProductFamily.STARCH, frozenset({Allergen.GLUTEN}))
    lines = [(squash, 2000, "Légumes"), (cream, 500, "Cuisson"), (flour, 100, "Cuisson")]
    steps = [("Légumes", "Éplucher et couper la courge en dés."), ("Cuisson", "Cuire 40 min.")]
    return recipe(session, "Gratin de courge", lines, steps=steps)


def service(session, day=TUESDAY, **others):
    return planning.add_service(session, one(day, **others), NOW)


def sign(session, menu):
    for dish in menu.dishes:
        confirm(session, dish.id, allergens(session, dish).computed, "ML", NOW)


def three_dishes(session, day=TUESDAY, **others):
    """Return the menu of a service whose dishes nobody confirmed yet."""
    held = service(session, day, **others)
    return set_menu(
        session,
        held.id,
        [
            DishFacts(Course.STARTER, "Carottes râpées au cumin"),
            DishFacts(Course.MAIN, "Gratin de courge"),
            DishFacts(Course.DESSERT, "Compote de pommes"),
        ],
    )
