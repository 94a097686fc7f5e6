"""What nobody follows is taken to be eaten after its date: no ghosts on lists or in dishes."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cantine_desktop.supply.products.model import Product, ProductFamily
from cantine_desktop.supply.stock.following import follow
from cantine_desktop.supply.stock.lot_events import block, freeze
from cantine_desktop.supply.stock.lots import left_of
from cantine_desktop.supply.stock.model import LossStage, Lot
from cantine_desktop.supply.stock.moving import lose, use
from cantine_desktop.supply.stock.queries import first_to_use, lots_left, usable
from cantine_desktop.values.period import DAY
from tests.supply.shelves import NOW, TODAY, add_lot, add_product

KILO = Decimal(1000)


@pytest.fixture
def session(any_book):
    with any_book.action("Essai") as session:
        yield session


def keys(session, day=TODAY):
    return [row.key for row in lots_left(session, day)]


def test_a_lot_past_its_date_is_shown_three_days_to_be_thrown_away_then_leaves_the_list(session):
    carrot = add_product(session)
    lot = add_lot(session, carrot, 2000, days=0, ago=6)
    assert keys(session, TODAY + 3 * DAY) == [lot]
    assert [row.key for row in first_to_use(session, TODAY + 3 * DAY)] == [lot]
    assert keys(session, TODAY + 4 * DAY) == []
    assert first_to_use(session, TODAY + 4 * DAY) == []


def test_the_best_before_counts_where_there_is_no_use_by(session):
    rice = add_product(session, "Riz")
    lot = add_lot(session, rice, 2000, best_before=TODAY + 10 * DAY)
    assert keys(session, TODAY + 13 * DAY) == [lot]
    assert keys(session, TODAY + 14 * DAY) == []


@pytest.mark.parametrize(
    ("family", "days"), [(ProductFamily.VEGETABLE, 60), (ProductFamily.PULSE, 365)]
)
def test_without_a_date_what_is_fresh_lasts_two_months_and_what_keeps_a_year(session, family, days):
    product = add_product(session)
    session.get_one(Product, product).family = family
    lot = add_lot(session, product, 2000)
    assert keys(session, TODAY + days * DAY) == [lot]
    assert keys(session, TODAY + (days + 1) * DAY) == []
    assert usable(session, TODAY + (days + 1) * DAY) == {}


def test_what_is_followed_stays_until_its_moves_say_it_is_gone(session):
    carrot = add_product(session)
    lot = add_lot(session, carrot, 2000, days=-20, ago=40)
    assert keys(session) == []
    follow(session, carrot)
    assert keys(session) == [lot]


def test_what_is_set_aside_waits_for_somebody_and_what_is_frozen_for_its_new_date(session):
    carrot, fish = add_product(session), add_product(session, "Merlu")
    held = add_lot(session, carrot, 2000, days=1)
    frozen = add_lot(session, fish, 2000, days=1)
    block(session, held, NOW, "odeur")
    freeze(session, frozen, NOW, TODAY + 90 * DAY)
    assert sorted(keys(session, TODAY + 80 * DAY)) == [held, frozen]
    assert keys(session, TODAY + 94 * DAY) == [held]


def test_a_dish_is_traced_to_the_lot_that_was_there_not_to_one_of_last_year(session):
    carrot = add_product(session)
    add_lot(session, carrot, 9000, ago=400)
    fresh = add_lot(session, carrot, 2000, ago=1)
    taken = use(session, carrot, 3 * KILO, NOW, NOW)
    assert [move.lot_id for move in taken.moves] == [fresh]
    assert taken.missing == KILO


def test_a_meal_told_late_still_finds_what_was_there_that_day(session):
    carrot = add_product(session)
    old = add_lot(session, carrot, 9000, ago=100)
    then = NOW - timedelta(days=90)
    assert [move.lot_id for move in use(session, carrot, KILO, then, NOW).moves] == [old]


def test_a_lot_that_somebody_holds_in_the_hand_may_be_used_and_thrown_away(session):
    carrot = add_product(session)
    old = add_lot(session, carrot, 9000, ago=100)
    use(session, carrot, KILO, NOW, NOW, lot_id=old)
    lose(session, old, KILO, LossStage.STORAGE, NOW, NOW)
    assert left_of(session, old) == 7 * KILO
    assert session.get_one(Lot, old).ended_on is None  # no move was made up


def test_a_lot_taken_to_be_eaten_is_no_reason_to_choose_another(session):
    carrot = add_product(session)
    add_lot(session, carrot, 9000, best_before=TODAY - 30 * DAY, ago=100)
    fresh = add_lot(session, carrot, 9000, days=5)
    assert use(session, carrot, KILO, NOW, NOW, lot_id=fresh).moves
