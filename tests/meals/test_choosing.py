"""« Que cuisiner ce matin ? »: what ends soon, gifts, season, diets and hands decide."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.errors import UserError
from cantine_desktop.meals.choosing.ranking import ideas
from cantine_desktop.meals.menus.planning import DishFacts, set_menu
from cantine_desktop.meals.recipes.model import Course
from cantine_desktop.meals.reservations.diets import set_diets
from cantine_desktop.meals.reservations.model import Diet
from cantine_desktop.supply.products.model import Origin, ProductFamily
from cantine_desktop.supply.stock.lot_events import block
from tests.meals.menu_book import TUESDAY, gratin, product, recipe, service
from tests.supply.shelves import NOW, add_lot


@pytest.fixture
def session(book):
    with book.action("Essai") as session:
        yield session


@pytest.fixture
def lunch(session):
    return service(session, TUESDAY).id


def leek(session):
    """A soup of leeks for ten, always in season, without allergens."""
    found = product(session, "poireau", peel_yield=Decimal("0.8"))
    return found, recipe(session, "Soupe de poireau", [(found, 2000, "Légumes")])


def names(session, lunch, portions=10, **more):
    return [idea.name for idea in ideas(session, lunch, portions, **more)]


def test_what_ends_first_comes_first_and_says_what_it_saves(session, lunch):
    squash = gratin(session).ingredients[0].product_id
    found, _soup = leek(session)
    add_lot(session, squash, 2500, days=30)
    add_lot(session, found.id, 2500, days=1)
    first, second = ideas(session, lunch, 10)
    assert (first.name, second.name) == ("Soupe de poireau", "Gratin de courge")
    assert first.reasons[0] == "sauve poireau (mar. 24)"
    assert "tout est là" in first.reasons
    assert second.lacking == ("crème", "farine")


def test_a_gift_is_used_before_what_was_bought(session, lunch):
    squash = gratin(session).ingredients[0].product_id
    found, _soup = leek(session)
    add_lot(session, squash, 2500, days=30, is_gift=True)
    add_lot(session, found.id, 10)
    best = ideas(session, lunch, 10)[0]
    assert best.name == "Gratin de courge"
    assert "utilise le don de courge" in best.reasons


def test_what_is_set_aside_or_past_its_date_saves_nothing(session, lunch):
    found, _soup = leek(session)
    held = add_lot(session, found.id, 2500, days=1)
    block(session, held, NOW, "odeur")
    add_lot(session, found.id, 2500, days=-1)
    [idea] = ideas(session, lunch, 10)
    assert idea.reasons == ()
    assert idea.lacking == ("poireau",)


def test_those_who_cannot_eat_it_weigh_and_are_counted_not_named(session, lunch):
    gratin(session)
    _found, _soup = leek(session)
    set_diets(session, lunch, {Diet.NO_MILK: 4, Diet.VEGAN: 1})
    by_name = {idea.name: idea for idea in ideas(session, lunch, 10)}
    assert by_name["Gratin de courge"].warnings == (
        "ne convient pas à 1 végétalien", "ne convient pas à 4 sans lait",
    )  # fmt: skip
    assert by_name["Soupe de poireau"].warnings == ()
    assert names(session, lunch)[0] == "Soupe de poireau"


def test_fish_does_not_suit_vegetarians(session, lunch):
    fish = product(
        session, "lieu", ProductFamily.FISH, frozenset({Allergen.FISH}), origin=Origin.FISH
    )
    recipe(session, "Lieu au four", [(fish, 1500, "Cuisson")])
    set_diets(session, lunch, {Diet.VEGETARIAN: 2, Diet.NO_FISH: 1})
    [idea] = ideas(session, lunch, 10)
    assert set(idea.warnings) == {
        "ne convient pas à 2 végétariens", "ne convient pas à 1 sans poisson",
    }  # fmt: skip


def test_a_dish_of_this_week_steps_back_and_says_when(session, lunch):
    made = gratin(session)
    leek(session)
    before = service(session, TUESDAY - timedelta(days=4))
    set_menu(session, before.id, [DishFacts(Course.MAIN, "Gratin de courge", made.id)])
    last = ideas(session, lunch, 10)[-1]
    assert last.name == "Gratin de courge"
    assert last.warnings == ("déjà servi ven. 20",)


def test_fewer_hands_than_workshops_are_told(session, lunch):
    gratin(session)
    [idea] = ideas(session, lunch, 10, cooks=1)
    assert idea.warnings == ("il manque 1 personne en cuisine",)
    [idea] = ideas(session, lunch, 10, cooks=2)
    assert idea.warnings == ()
    [idea] = ideas(session, lunch, 10)
    assert idea.warnings == ()


def test_one_course_alone_and_no_portions_at_all(session, lunch):
    gratin(session)
    assert names(session, lunch, course=Course.DESSERT) == []
    assert names(session, lunch, course=Course.MAIN) == ["Gratin de courge"]
    with pytest.raises(UserError, match="combien"):
        ideas(session, lunch, 0)


def test_points_are_the_sum_of_their_reasons(session, lunch):
    found, _soup = leek(session)
    add_lot(session, found.id, 2500, days=1)
    [idea] = ideas(session, lunch, 10)
    assert idea.points == 4 + 3  # a lot ending tomorrow used whole, everything at hand
