"""From the lot to the plates and back: what a service used, taken back, counted by diners."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.meals.closing.model import ServiceClosing
from cantine_desktop.meals.consumption.tracing import lots_of_dish, lots_of_service, trace_lots
from cantine_desktop.meals.consumption.using import use_for_service
from cantine_desktop.meals.menus.model import Dish
from cantine_desktop.meals.menus.planning import DishFacts, set_menu
from cantine_desktop.meals.recipes.model import Course
from cantine_desktop.meals.services.model import ContributionMode
from cantine_desktop.storage.seal import seal
from cantine_desktop.supply.stock.lots import left_of
from cantine_desktop.supply.stock.model import LossStage, StockItem
from cantine_desktop.supply.stock.moving import lose
from cantine_desktop.supply.stock.queries import on_hand, shortages
from cantine_desktop.supply.stock.writing import Out
from tests.meals.menu_book import TUESDAY, gratin, service
from tests.supply.shelves import NOW, add_lot


@pytest.fixture
def session(book):
    with book.action("Essai") as session:
        yield session


def lunch(session, recipe, ago=0):
    made = service(session, TUESDAY - timedelta(days=ago))
    facts = [DishFacts(Course.MAIN, "Gratin de courge", recipe.id)]
    set_menu(session, made.id, facts)
    dish = session.query(Dish).order_by(Dish.id.desc()).first()
    return made.id, dish.id


def products(recipe):
    return [line.product_id for line in recipe.ingredients]


def closed(session, service_id, diners):
    row = ServiceClosing(
        service_id=service_id, mode=ContributionMode.TOTAL, diners=diners, offered=0
    )
    session.add(row)
    session.flush()
    seal(session, [row], NOW)


def test_a_service_takes_the_gross_weight_of_its_recipes_from_what_ends_first(session):
    recipe = gratin(session)
    squash, cream, flour = products(recipe)
    late = add_lot(session, squash, 10_000, days=9)
    soon = add_lot(session, squash, 2000, days=2)
    add_lot(session, cream, 5000)
    session.add(StockItem(product_id=squash))
    key, dish = lunch(session, recipe)
    used = use_for_service(session, key, 20, NOW, NOW)
    assert not used.lacking
    assert (left_of(session, soon), left_of(session, late)) == (0, 7000)
    assert on_hand(session)[cream] == 4000
    assert flour not in on_hand(session)
    assert {plate.lot_id for plate in lots_of_dish(session, dish).plates} >= {soon, late}


def test_what_lacks_does_not_stop_the_service_and_waits_for_what_is_followed(session):
    recipe = gratin(session)
    squash = products(recipe)[0]
    session.add(StockItem(product_id=squash))
    key, _dish = lunch(session, recipe)
    assert use_for_service(session, key, 20, NOW, NOW).lacking == ["courge"]
    assert [row.quantity for row in shortages(session)] == [5000]


def test_done_again_for_another_number_nothing_is_taken_twice(session):
    recipe = gratin(session)
    squash = products(recipe)[0]
    session.add(StockItem(product_id=squash))
    lot = add_lot(session, squash, 6000)
    key, _dish = lunch(session, recipe)
    use_for_service(session, key, 30, NOW, NOW)
    assert [row.quantity for row in shortages(session)] == [1500]
    use_for_service(session, key, 20, NOW, NOW)
    assert left_of(session, lot) == 1000
    assert not shortages(session)
    (plate,) = trace_lots(session, [lot]).plates
    assert plate.quantity == 5000


def test_a_service_without_a_recipe_says_so(session):
    with pytest.raises(UserError, match="aucun plat"):
        use_for_service(session, service(session).id, 20, NOW, NOW)


def test_a_lot_recalled_leads_to_three_services_and_61_diners_and_back(session):
    recipe = gratin(session)
    squash = products(recipe)[0]
    lot = add_lot(session, squash, 50_000, code="LOT-7")
    total = 0
    for ago, diners in enumerate((20, 20, 21)):
        key, dish = lunch(session, recipe, ago)
        use_for_service(session, key, diners, NOW, NOW)
        closed(session, key, diners)
        total += diners
    lose(session, lot, Decimal(500), LossStage.STORAGE, NOW, NOW, Out(reason="abîmé"))
    trace = trace_lots(session, [lot])
    assert (trace.services, trace.diners) == (3, total)
    assert [origin.code for origin in trace.origins] == ["LOT-7"]
    assert list(trace.out.values()) == [500]
    back = lots_of_dish(session, dish)
    assert [origin.lot_id for origin in back.origins] == [lot]
    assert lots_of_service(session, key).plates == back.plates
