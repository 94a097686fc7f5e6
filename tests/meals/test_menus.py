"""Menus: planned, changed the same morning, copied; allergens confirmed before anything prints."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.errors import UserError
from cantine_desktop.meals.menus import planning
from cantine_desktop.meals.menus.allergens import (
    DishState,
    allergens,
    confirm,
    refuse_unconfirmed,
    state,
)
from cantine_desktop.meals.menus.day_poster import write_day_poster
from cantine_desktop.meals.menus.message import week_message
from cantine_desktop.meals.menus.planning import DishFacts, set_menu
from cantine_desktop.meals.menus.production import benches_of, write_production
from cantine_desktop.meals.menus.queries import menu_of, portions_of, week_of_menus
from cantine_desktop.meals.menus.register import write_allergen_register
from cantine_desktop.meals.menus.week_poster import write_week_poster
from cantine_desktop.meals.recipes.model import Course, Ingredient
from cantine_desktop.meals.reservations.model import Place, Reservation, ReservationState
from cantine_desktop.meals.services.queries import service_row
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.documents.reading import letters, pages
from tests.meals.menu_book import MONDAY, TUESDAY, gratin, product, service, sign, three_dishes

WEEK = Period.week(TUESDAY)
DAY = Period.through(TUESDAY, TUESDAY)


def main_dish(menu):
    return next(dish for dish in menu.dishes if dish.course is Course.MAIN)


def printed(session, write, period=DAY):
    target = BytesIO()
    write(session, period, NOW, target)
    content = target.getvalue()
    for _, _, left, bottom, right, top in letters(content):
        assert 0 <= left <= right <= 596
        assert 0 <= bottom <= top <= 843
    return [" ".join(text.split()) for text in pages(content)]


def test_a_dish_takes_the_recipe_of_its_name_and_its_allergens(any_book):
    with any_book.action("menu") as session:
        sheet = gratin(session)
        menu = three_dishes(session)
        dish = main_dish(menu)
        assert dish.recipe_id == sheet.id
        found = allergens(session, dish)
        assert found.computed == {Allergen.MILK, Allergen.GLUTEN}
        assert found.sources[Allergen.MILK] == ("crème",)
        assert found.state is DishState.TO_CONFIRM


def test_a_dish_in_words_or_of_an_unknown_ingredient_is_unknown_until_somebody_looks(any_book):
    with any_book.action("menu") as session:
        sheet = gratin(session)
        sheet.ingredients.append(Ingredient(rank=9, words="1 poignée d’épices"))
        menu = three_dishes(session)
        assert [state(session, dish) for dish in menu.dishes] == [DishState.UNKNOWN] * 3
        with pytest.raises(UserError, match="Gratin de courge"):
            refuse_unconfirmed(session, DAY)
        for write in (write_week_poster, write_day_poster):
            with pytest.raises(UserError, match="allergènes"):
                printed(session, write)
        with pytest.raises(UserError, match="confirmés"):
            week_message(session, DAY)
        sign(session, menu)
        refuse_unconfirmed(session, DAY)


def test_nobody_confirms_without_signing(any_book):
    with any_book.action("menu") as session:
        dish = three_dishes(session).dishes[0]
        with pytest.raises(UserError, match="initiales"):
            confirm(session, dish.id, (), " ", NOW)


def test_what_changes_in_a_recipe_asks_to_confirm_again(any_book):
    with any_book.action("menu") as session:
        sheet = gratin(session)
        dish = main_dish(three_dishes(session))
        confirm(session, dish.id, {Allergen.GLUTEN, Allergen.CELERY}, "ML", NOW)
        assert (dish.added, dish.removed) == ({Allergen.CELERY}, {Allergen.MILK})
        assert state(session, dish) is DishState.CONFIRMED
        butter = product(session, "beurre", allergens=frozenset({Allergen.MILK}))
        line = Ingredient(rank=8, product_id=butter.id, quantity=Decimal(100))
        sheet.ingredients.append(line)
        session.flush()
        assert state(session, dish) is DishState.CHANGED_SINCE, "masked by what was taken away"
        sheet.ingredients.remove(line)
        session.flush()
        assert state(session, dish) is DishState.CONFIRMED
        sheet.ingredients.append(Ingredient(rank=8, words="bouillon en poudre"))
        session.flush()
        assert state(session, dish) is DishState.CHANGED_SINCE


def test_another_dish_the_same_morning_loses_the_confirmation_of_the_old_one(any_book):
    with any_book.action("menu") as session:
        gratin(session)
        menu = three_dishes(session)
        sign(session, menu)
        dish = main_dish(menu)
        changed = replace(planning.facts_of(dish), name="Dahl de lentilles", recipe_id=None)
        planning.change_dish(session, dish.id, changed)
        assert (dish.recipe_id, dish.confirmed, dish.removed) == (None, None, frozenset())
        assert state(session, dish) is DishState.UNKNOWN
        kept = [each for each in menu.dishes if each is not dish]
        assert {state(session, each) for each in kept} == {DishState.CONFIRMED}


def test_a_menu_said_again_keeps_the_dishes_that_stay(any_book):
    with any_book.action("menu") as session:
        menu = three_dishes(session)
        sign(session, menu)
        kept = menu.dishes[0].id
        said = [
            DishFacts(Course.DESSERT, "Flan"),
            DishFacts(Course.STARTER, "carottes  râpées au cumin"),
        ]
        menu = set_menu(session, menu.service_id, said)
        assert [each.name for each in menu.dishes] == ["Flan", "carottes râpées au cumin"]
        assert menu.dishes[1].id == kept
        assert menu.dishes[1].confirmed is not None


def test_dishes_move_inside_a_menu_and_to_another(any_book):
    with any_book.action("menu") as session:
        menu = three_dishes(session)
        other = service(session, MONDAY)
        first, second, third = menu.dishes
        planning.move_dish(session, third.id, menu.service_id, 0)
        assert [each.id for each in menu.dishes] == [third.id, first.id, second.id]
        planning.move_dish(session, first.id, other.id)
        names = [each.name for each in menu_of(session, other.id).dishes]
        assert names == ["Carottes râpées au cumin"]
        assert [each.id for each in menu.dishes] == [third.id, second.id]


def test_a_week_is_copied_where_nothing_is_planned_and_confirmed_anew(any_book):
    with any_book.action("menu") as session:
        menu = three_dishes(session)
        sign(session, menu)
        three_dishes(session, MONDAY)
        later = service(session, TUESDAY + timedelta(days=7))
        taken = three_dishes(session, MONDAY + timedelta(days=7))
        set_menu(session, taken.service_id, [DishFacts(Course.MAIN, "Soupe")])
        following = Period.week(TUESDAY + timedelta(days=7))
        assert planning.copy_week(session, WEEK, following) == 1
        copied = menu_of(session, later.id)
        assert len(copied.dishes) == 3
        assert {each.state for each in copied.dishes} == {DishState.UNKNOWN}
        assert len(menu_of(session, taken.service_id).dishes) == 1


def test_portions_follow_what_is_expected_then_reservations_then_the_forecast(any_book):
    with any_book.action("menu") as session:
        held = service(session)
        row = service_row(session, held.id)
        assert portions_of(session, row) is None
        assert portions_of(session, row, 28) == 28
        for state_, people in ((ReservationState.SEATED, 31), (ReservationState.WAITING, 9)):
            session.add(
                Reservation(
                    service_id=held.id,
                    name="",
                    place=Place.EAT,
                    people=people,
                    state=state_,
                    rank=1,
                    recorded_at=NOW,
                )
            )
        session.flush()
        assert portions_of(session, row, 28) == 31
        assert portions_of(session, replace(row, expected=12), 28) == 12


def test_quantities_of_the_kitchen_are_scaled_and_shared_out_by_workshop(any_book):
    with any_book.action("menu") as session:
        found = benches_of(session, gratin(session).id, 30)
        assert list(found) == ["Légumes", "Cuisson"]
        ((squash, net, gross),) = found["Légumes"].needs.values()
        assert (squash.name, net, gross) == ("courge", 6000, 7500)
        assert found["Cuisson"].steps == ["Cuire 40 min."]


def test_posters_the_sheet_of_the_kitchen_and_the_register_stand_on_their_pages(any_book):
    with any_book.action("menu") as session:
        gratin(session)
        menu = three_dishes(session, expected=30)
        sign(session, menu)
        (week,) = printed(session, write_week_poster, WEEK)
        assert "Gratin de courge" in week
        assert "Mardi 24 novembre" in week
        (day,) = printed(session, write_day_poster)
        assert "Fruits à coque" in day
        assert "ML" in day
        kitchen = " ".join(printed(session, write_production))
        assert "7,5" in kitchen
        assert "Pour 30 convives" in kitchen
        assert "lait" in " ".join(printed(session, write_allergen_register, WEEK))


def test_a_week_of_long_names_and_many_services_stands_on_one_poster(any_book):
    long = "Parmentier de lentilles corail aux carottes rôties, cumin et herbes du jardin"
    with any_book.action("menu") as session:
        for rank in range(7):
            held = service(session, MONDAY + timedelta(days=rank))
            dishes = [DishFacts(Course.MAIN, f"{long} {n}") for n in range(5)]
            sign(session, set_menu(session, held.id, dishes))
        assert len(printed(session, write_week_poster, WEEK)) == 1
        assert len(printed(session, write_day_poster, WEEK)) == 7


def test_nothing_planned_is_said_in_words(any_book):
    with any_book.action("menu") as session:
        service(session)
        for write in (write_week_poster, write_day_poster, write_production):
            (page,) = printed(session, write)
            assert "Aucun menu" in page
        assert [row.dishes for row in week_of_menus(session, WEEK)] == [()]


def test_the_message_of_the_week_tells_dishes_diets_and_places(any_book):
    with any_book.action("menu") as session:
        gratin(session)
        menu = three_dishes(session)
        sign(session, menu)
        text = week_message(session, WEEK, {menu.service_id: 4})
    assert "• Gratin de courge (végétarien), contient : gluten, lait" in text.replace("\u00a0", " ")
    assert "Encore 4 places" in text


def test_a_dish_without_a_name_or_far_too_long_is_refused(any_book):
    with any_book.action("menu") as session:
        held = service(session, date(2026, 11, 25))
        for name in ("  ", "x" * 81):
            with pytest.raises(UserError):
                planning.add_dish(session, held.id, DishFacts(Course.MAIN, name))
