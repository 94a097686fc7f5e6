"""Food that is frozen once, here or before it came, is thawed once and used soon."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.supply.articles.model import Article, Cold
from cantine_desktop.supply.stock.lot_events import freeze, thaw
from cantine_desktop.supply.stock.lots import lots_left
from cantine_desktop.supply.stock.model import Lot
from tests.supply.desk import furnish
from tests.supply.door import received
from tests.supply.shelves import NOW, TODAY, add_lot, add_product

IN_MAY = TODAY + timedelta(days=180)


def test_what_was_bought_frozen_is_thawed_once_and_used_within_three_days(session):
    peas = add_product(session, "Petits pois")
    lot = add_lot(session, peas, 2500, days=200, came_frozen=True)
    (row,) = lots_left(session)
    assert row.is_frozen
    thaw(session, lot, NOW)
    (row,) = lots_left(session)
    assert (row.is_frozen, row.is_thawed, row.use_by) == (False, True, TODAY + timedelta(days=3))
    with pytest.raises(UserError, match="rien à décongeler"):
        thaw(session, lot, NOW)
    with pytest.raises(UserError, match="ne se recongèle pas"):
        freeze(session, lot, NOW, IN_MAY)


def test_nothing_is_frozen_twice_nor_thawed_past_its_date(session):
    lot = add_lot(session, add_product(session, "Soupe"), 2500, days=2)
    freeze(session, lot, NOW, IN_MAY)
    with pytest.raises(UserError, match="déjà congelé"):
        freeze(session, lot, NOW, IN_MAY)
    with pytest.raises(UserError, match="on le jette"):
        thaw(session, lot, NOW + timedelta(days=181))


def test_fresh_food_has_nothing_to_thaw(session):
    lot = add_lot(session, add_product(session), 2500, days=2)
    with pytest.raises(UserError, match="pas congelé"):
        thaw(session, lot, NOW)


@pytest.mark.parametrize("terms", [{"cold": Cold.FROZEN}, {"ware": "frozen"}])
def test_a_frozen_article_comes_in_frozen(book, terms):
    with book.action("départ") as session:
        desk = furnish(session)
        for key, value in terms.items():
            setattr(session.get_one(Article, desk.pears), key, value)
    received(book, desk, celsius=Decimal(-19))
    with book.read() as session:
        assert session.query(Lot).one().came_frozen
