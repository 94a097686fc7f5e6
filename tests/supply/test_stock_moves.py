"""What comes in makes a lot, what goes out takes what ends first, nothing falls below nothing."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.supply.stock.correcting import adjust, take_back
from cantine_desktop.supply.stock.lot_events import block, freeze, open_lot, release, thaw
from cantine_desktop.supply.stock.model import LossStage, Lot, StockItem
from cantine_desktop.supply.stock.moving import give_away, lose, use
from cantine_desktop.supply.stock.queries import (
    first_to_use,
    lots_left,
    on_hand,
    shortages,
    usable,
)
from cantine_desktop.supply.stock.writing import Out
from tests.supply.shelves import NOW, TODAY, add_lot, add_product

KILO = Decimal(1000)


@pytest.fixture
def session(any_book):
    with any_book.action("Essai") as session:
        yield session


def test_what_ends_first_goes_first_and_the_next_lot_gives_the_rest(session):
    carrot = add_product(session)
    late = add_lot(session, carrot, 5000, days=9)
    soon = add_lot(session, carrot, 2000, days=2)
    taken = use(session, carrot, 3 * KILO, NOW, NOW)
    assert [(move.lot_id, move.quantity) for move in taken.moves] == [
        (soon, -2 * KILO),
        (late, -KILO),
    ]
    assert not taken.missing
    assert session.get_one(Lot, soon).ended_on == TODAY
    assert on_hand(session) == {carrot: 4000}


def test_what_lacks_is_kept_to_be_put_right_and_the_stock_is_never_below_nothing(session):
    carrot = add_product(session)
    add_lot(session, carrot, 2000)
    assert use(session, carrot, 5 * KILO, NOW, NOW).missing == 3 * KILO
    assert on_hand(session) == {}
    assert [each.quantity for each in shortages(session)] == [3 * KILO]


def test_a_dlc_that_is_past_is_neither_used_nor_counted_nor_given(session):
    carrot = add_product(session)
    past = add_lot(session, carrot, 2000, days=-1, ago=8)
    assert usable(session, TODAY) == {}
    assert use(session, carrot, KILO, NOW, NOW).missing == KILO
    with pytest.raises(UserError, match="DLC"):
        give_away(session, past, KILO, NOW, NOW)
    lose(session, past, 2 * KILO, LossStage.STORAGE, NOW, NOW, Out(reason="DLC passée"))
    assert lots_left(session) == []


def test_a_dlc_that_falls_before_the_service_is_not_counted_for_it(session):
    carrot = add_product(session)
    add_lot(session, carrot, 2000, days=1)
    assert usable(session, TODAY + timedelta(days=1)) == {carrot: 2000}
    assert usable(session, TODAY + timedelta(days=2)) == {}


def test_another_lot_than_the_first_to_end_asks_why(session):
    carrot = add_product(session)
    add_lot(session, carrot, 2000, days=2)
    late = add_lot(session, carrot, 2000, days=9)
    with pytest.raises(UserError, match="finit avant"):
        use(session, carrot, KILO, NOW, NOW, lot_id=late)
    out = Out(override_reason="L’autre est au fond du congélateur")
    (move,) = use(session, carrot, KILO, NOW, NOW, lot_id=late, out=out).moves
    assert move.override_reason


def test_what_is_opened_keeps_the_days_of_its_product_and_never_longer_than_its_dlc(session):
    milk = add_product(session, "Lait")
    session.add(StockItem(product_id=milk, opened_days=4))
    short, long = add_lot(session, milk, 1000, days=2), add_lot(session, milk, 1000, days=30)
    open_lot(session, short, NOW)
    open_lot(session, long, NOW)
    assert [row.use_by for row in lots_left(session)] == [
        TODAY + timedelta(days=2),
        TODAY + timedelta(days=4),
    ]


def test_opening_flour_does_not_spoil_it(session):
    flour = add_product(session, "Farine")
    lot = session.get_one(Lot, add_lot(session, flour, 1000))
    lot.use_by, lot.best_before = None, TODAY + timedelta(days=300)
    open_lot(session, lot.id, NOW)
    session.flush()
    [row] = lots_left(session)
    assert (row.is_opened, row.use_by) == (True, None)


def test_what_is_frozen_waits_and_thaws_once(session):
    meat = add_product(session, "Bœuf")
    lot = add_lot(session, meat, 3000, days=1)
    freeze(session, lot, NOW, TODAY + timedelta(days=90))
    session.flush()
    assert first_to_use(session, TODAY) == []
    thaw(session, lot, NOW + timedelta(days=10))
    session.flush()
    assert lots_left(session)[0].use_by == TODAY + timedelta(days=13)
    with pytest.raises(UserError, match="décongelé"):
        freeze(session, lot, NOW + timedelta(days=11), TODAY + timedelta(days=90))


def test_nothing_is_taken_of_a_lot_set_aside_until_somebody_decides(session):
    carrot = add_product(session)
    lot = add_lot(session, carrot, 2000)
    block(session, lot, NOW, "Rappel")
    session.flush()
    assert use(session, carrot, KILO, NOW, NOW).missing == KILO
    with pytest.raises(UserError, match="mis de côté"):
        open_lot(session, lot, NOW)
    release(session, lot, NOW, "Lot non visé")
    session.flush()
    assert not use(session, carrot, KILO, NOW, NOW).missing


def test_a_use_told_late_never_lacks_what_was_used_since(session):
    carrot = add_product(session)
    lot = add_lot(session, carrot, 2000, ago=5)
    use(session, carrot, 2 * KILO, NOW, NOW)
    told_late = use(session, carrot, KILO, NOW - timedelta(days=2), NOW)
    assert told_late.missing == KILO
    assert session.get_one(Lot, lot).ended_on == TODAY


def test_a_use_before_a_lot_came_in_does_not_take_it(session):
    carrot = add_product(session)
    add_lot(session, carrot, 2000)
    assert use(session, carrot, KILO, NOW - timedelta(days=2), NOW).missing == KILO


def test_a_move_is_taken_back_once_with_a_reason_and_the_lot_is_there_again(session):
    carrot = add_product(session)
    lot = add_lot(session, carrot, 2000)
    (move,) = use(session, carrot, 2 * KILO, NOW, NOW).moves
    with pytest.raises(UserError, match="pourquoi"):
        take_back(session, move.id, NOW, " ")
    take_back(session, move.id, NOW, "Service annulé")
    assert on_hand(session) == {carrot: 2000}
    assert session.get_one(Lot, lot).ended_on is None
    with pytest.raises(UserError, match="déjà annulé"):
        take_back(session, move.id, NOW, "Encore")


def test_what_came_in_cannot_be_taken_back_once_it_is_used(session):
    carrot = add_product(session)
    add_lot(session, carrot, 2000)
    (out,) = use(session, carrot, KILO, NOW, NOW).moves
    with pytest.raises(UserError, match="déjà servi"):
        take_back(session, out.id - 1, NOW, "Erreur")


def test_a_count_cannot_find_less_than_what_was_used_since_leaves(session):
    carrot = add_product(session)
    lot = add_lot(session, carrot, 2000, ago=1)
    use(session, carrot, KILO, NOW, NOW)
    with pytest.raises(UserError, match="plus assez"):
        adjust(session, lot, Decimal(-1500), NOW - timedelta(hours=12), NOW)
    adjust(session, lot, Decimal(-400), NOW - timedelta(hours=12), NOW)
    assert on_hand(session) == {carrot: 600}


def test_lots_without_a_code_of_the_maker_are_numbered_by_day(session):
    carrot = add_product(session)
    keys = [add_lot(session, carrot, 1), add_lot(session, carrot, 1)]
    codes = [session.get_one(Lot, key).code for key in keys]
    assert codes == ["L20261123-1", "L20261123-2"]


def test_nothing_goes_out_on_a_day_that_has_not_come_yet(session):
    carrot = add_product(session)
    lot = add_lot(session, carrot, 1000)
    later = NOW.replace(year=2030)
    with pytest.raises(UserError, match="est à venir"):
        use(session, carrot, Decimal(100), later, NOW)
    with pytest.raises(UserError, match="est à venir"):
        lose(session, lot, Decimal(100), LossStage.STORAGE, later, NOW, Out(reason="chute"))
    use(session, carrot, Decimal(100), NOW.replace(hour=20), NOW)
