"""The recipes that are shipped: what a cook would accept, and what a diner must be told."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.meals.recipes.allergens import allergens_of
from cantine_desktop.meals.recipes.costing import cost_of
from cantine_desktop.meals.recipes.facts import facts_of
from cantine_desktop.meals.recipes.model import Course, Recipe, Unit
from cantine_desktop.meals.recipes.scaling import scale
from cantine_desktop.meals.recipes.starter import (
    PART,
    ShippedRecipe,
    load_starter_recipes,
    shipped_recipes,
)
from cantine_desktop.meals.recipes.writing import SheetFacts, add_recipe
from cantine_desktop.office.demo_menus import MENUS
from cantine_desktop.schema import Base
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.supply.products.model import Origin
from cantine_desktop.supply.products.starter import shipped_rows
from cantine_desktop.values.money import Money
from tests.conftest import NOW

SHIPPED = {each.key: each for each in shipped_recipes()}
WORKSHOPS = {"Légumes", "Cuisson", "Froid", "Dessert"}

PORTIONS = {
    Course.STARTER: (90, 350),
    Course.MAIN: (200, 500),
    Course.SIDE: (120, 260),
    Course.DESSERT: (70, 190),
    Course.DRINK: (150, 250),
    Course.EXTRA: (20, 80),
    Course.BASE: (15, 350),
}
"""Grams of a portion before cooking, kept water counted: a soup is a starter of 350 g."""

COSTS = {
    Course.STARTER: (20, 80),
    Course.MAIN: (60, 280),
    Course.SIDE: (15, 80),
    Course.DESSERT: (25, 90),
    Course.DRINK: (3, 40),
    Course.EXTRA: (5, 40),
    Course.BASE: (5, 60),
}
"""Cents of a portion at the usual prices of 2026; meat and fish are the dearest."""

FOUND = {
    "Carottes râpées au cumin": "",
    "Céleri rémoulade": "celery eggs milk mustard sulphites",
    "Houmous de pois cassés": "gluten sesame",
    "Salade d’endives aux noix": "mustard nuts sulphites",
    "Velouté de potiron": "celery milk",
    "Gratin de courge et châtaignes": "gluten milk",
    "Dahl de lentilles corail": "",
    "Poulet aux olives": "celery gluten",
    "Merlu sauce citron": "fish milk",
    "Quiche aux épinards": "eggs gluten milk",
    "Spätzle aux champignons": "eggs gluten milk",
    "Tajine de légumes": "celery gluten nuts",
    "Gâteau aux carottes": "eggs gluten nuts",
}
"""Read by hand on the technical sheets, bases opened."""

PROTEIN = {
    "Merlu sauce citron": (Origin.FISH, 100, 120),
    "Hachis parmentier": (Origin.MEAT, 80, 100),
}
"""Grams of fish and of minced meat of the order of 30 September 2011, for adults."""


@pytest.fixture(scope="module")
def larder(tmp_path_factory):
    """Return a book with all that is shipped, and its recipes by name."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('larder') / 'larder.db'}")
    Base.metadata.create_all(engine)
    book = Book(engine, clock=lambda: NOW)
    with book.action("Recettes de départ") as session:
        keys = {each.name: each.id for each in load_starter_recipes(session)}
    yield book, keys
    engine.dispose()


def named(shipped: ShippedRecipe) -> str:
    return shipped.key


@pytest.mark.parametrize("shipped", SHIPPED.values(), ids=named)
def test_a_shipped_recipe_names_products_bases_and_workshops_that_exist(shipped):
    products = {row["key"] for row in shipped_rows()}
    for key, quantity, unit, workshop in shipped.ingredients:
        if key.startswith(PART):
            assert SHIPPED[key.removeprefix(PART)].course == Course.BASE
        else:
            assert key in products
        assert Decimal(quantity) > 0
        assert Unit(unit)
        assert workshop in WORKSHOPS
    told = {workshop for workshop, _words in shipped.steps}
    assert {line[3] for line in shipped.ingredients} <= told <= WORKSHOPS
    assert "'" not in "".join([shipped.name, shipped.notes, *(words for _, words in shipped.steps)])


def test_every_key_and_every_name_is_shipped_once():
    assert len(SHIPPED) == len(shipped_recipes()) == len({each.name for each in SHIPPED.values()})
    assert len(SHIPPED) >= 50
    assert sum(each.course == Course.BASE for each in SHIPPED.values()) >= 6


@pytest.mark.parametrize("shipped", SHIPPED.values(), ids=named)
def test_a_portion_weighs_and_costs_what_a_cook_expects(larder, shipped):
    book, keys = larder
    with book.read() as session:
        grams = facts_of(session, keys[shipped.name]).portion_grams
        cost = cost_of(session, keys[shipped.name], shipped.portions)
    course = Course(shipped.course)
    least, most = PORTIONS[course]
    assert grams is not None
    assert least <= grams <= most
    assert not cost.unpriced
    least, most = COSTS[course]
    assert Money(least) <= cost.bought_per_portion <= Money(most)


@pytest.mark.parametrize("name", FOUND)
def test_the_allergens_of_a_dish_are_those_read_by_hand(larder, name):
    book, keys = larder
    with book.read() as session:
        held = allergens_of(session, keys[name])
    assert held.known == {Allergen(each) for each in FOUND[name].split()}
    assert not held.unknown


@pytest.mark.parametrize(
    ("name", "label"),
    [("Mousse au chocolat", "Chocolat noir"), ("Curry de pois chiches", "Curry en poudre")],
)
def test_a_dish_whose_label_must_be_read_says_so(larder, name, label):
    book, keys = larder
    with book.read() as session:
        assert allergens_of(session, keys[name]).unknown == (label,)


@pytest.mark.parametrize("name", PROTEIN)
def test_fish_and_meat_follow_the_portions_of_the_order_of_2011(larder, name):
    book, keys = larder
    origin, least, most = PROTEIN[name]
    with book.read() as session:
        needs = scale(session, keys[name], 1).needs
        grams = [need.net for need in needs if need.product.origin is origin]
    assert len(grams) == 1
    assert least <= grams[0] <= most


def test_a_quiche_for_sixty_opens_its_pastry(larder):
    book, keys = larder
    with book.read() as session:
        needs = {
            need.product.key: need.net
            for need in scale(session, keys["Quiche aux épinards"], 60).needs
        }
    assert needs["farine"] == 2_400
    assert needs["beurre"] == 1_200
    assert needs["oeuf"] == 40
    assert needs["lait"] == 1_600


def test_every_dish_of_the_demonstration_has_its_recipe(larder):
    _book, keys = larder
    dishes = {dish for menu in MENUS for dish in (menu.starter, menu.main, menu.dessert)}
    assert dishes <= set(keys)


def test_most_mains_have_neither_meat_nor_fish(larder):
    book, keys = larder
    mains = [each.name for each in SHIPPED.values() if each.course == Course.MAIN]
    with book.read() as session:
        without = [name for name in mains if facts_of(session, keys[name]).is_vegetarian]
    assert set(mains) - set(without) == {
        "Poulet aux olives",
        "Merlu sauce citron",
        "Hachis parmentier",
        "Brandade de colin",
    }


def test_loading_again_adds_nothing_and_leaves_the_canteen_its_own(book):
    with book.action("Recettes") as session:
        own = add_recipe(session, SheetFacts("Compote", Course.DESSERT, 12))
        added = load_starter_recipes(session)
        assert own.portions == 12
        assert len(added) == len(SHIPPED) - 1
        assert not load_starter_recipes(session)
        assert len(session.scalars(select(Recipe)).all()) == len(SHIPPED)
