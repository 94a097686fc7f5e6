"""Food a non-conformity sets aside is set aside on the shelves, and shares its fate there."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from cantine_desktop.hygiene import lots
from cantine_desktop.hygiene.breach_tables import BlockedLot, LotState
from cantine_desktop.hygiene.shelf_lots import follow_breach, follow_decision, follow_shelf
from cantine_desktop.supply.stock import lot_events
from cantine_desktop.supply.stock.lots import is_blocked, left_of
from cantine_desktop.supply.stock.model import LossStage, Lot, StockMove
from tests.supply.shelves import NOW, add_lot, add_product


@pytest.fixture
def session(book):
    with book.action("Essai") as session:
        yield session


@pytest.fixture
def lot(session):
    """A lot of ham that a non-conformity set aside, on the shelves too."""
    key = add_lot(session, add_product(session, "Jambon"), 2000, days=5, code="J7")
    row = lots.block(session, "jambon", NOW, lot="J7", reason="7 °C à cœur", by="MB")
    follow_breach(session, row.breach.id, NOW)
    return key


def decided(session, state=None):
    row = session.scalars(select(BlockedLot)).one()
    lots.release(session, row.id, "analyse conforme", "AM", NOW, state=state)
    follow_decision(session, row, NOW)


def test_what_hygiene_gives_back_is_used_again_from_the_shelves(session, lot):
    assert is_blocked(session.get_one(Lot, lot))
    decided(session)
    assert not is_blocked(session.get_one(Lot, lot))


def test_what_hygiene_destroys_leaves_the_stock_as_a_loss(session, lot):
    decided(session, LotState.DESTROYED)
    assert left_of(session, lot) == 0
    move = session.scalars(select(StockMove).where(StockMove.quantity < Decimal(0))).one()
    assert (move.stage, move.reason) == (LossStage.STORAGE, "analyse conforme")


def test_what_goes_back_to_the_supplier_stays_set_aside(session, lot):
    decided(session, LotState.REFUSED)
    assert is_blocked(session.get_one(Lot, lot))


def test_a_lot_the_stock_gives_back_is_decided_in_hygiene_too(session, lot):
    lot_events.release(session, lot, NOW, "étiquette retrouvée")
    assert follow_shelf(session, lot, "étiquette retrouvée", "AM", NOW) == 1
    assert lots.blocked_lots(session) == []


@pytest.mark.usefixtures("lot")
def test_the_same_number_on_another_product_is_left_alone(session):
    other = add_lot(session, add_product(session, "Riz"), 500, code="J7")
    decided(session)
    assert left_of(session, other) == 500
    assert not is_blocked(session.get_one(Lot, other))
