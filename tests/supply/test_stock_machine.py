"""A stock lived at random: never below nothing, every gram traced, the value equal to its moves."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.supply.stock.correcting import take_back
from cantine_desktop.supply.stock.counting import begin_count, close_count, type_line
from cantine_desktop.supply.stock.lot_events import block, open_lot, release
from cantine_desktop.supply.stock.model import LossStage, Lot, StockItem, StockMove
from cantine_desktop.supply.stock.moving import lose, use
from cantine_desktop.supply.stock.queries import on_hand
from cantine_desktop.supply.stock.revaluing import revalue_lot
from cantine_desktop.supply.stock.valuing import Method, worths
from cantine_desktop.values.money import Money
from tests.supply.shelves import NOW, add_lot, add_product

STEP = st.tuples(
    st.sampled_from([
        "receive",
        "use",
        "lose",
        "open",
        "block",
        "release",
        "count",
        "revalue",
        "take back",
    ]),
    st.integers(0, 20),
    st.integers(1, 3000),
)


def live(session, product, step):
    """Do one thing, some days ago; what is refused changes nothing."""
    what, place, size = step
    at = NOW - timedelta(days=20 - place)
    lots = session.scalars(select(Lot.id).order_by(Lot.id)).all()
    moves = session.scalars(select(StockMove.id).order_by(StockMove.id)).all()
    lot = lots[place % len(lots)] if lots else None
    if what == "receive":
        add_lot(session, product, size, value=size // 3, ago=20 - place, days=30)
    elif what == "use":
        use(session, product, Decimal(size), at, NOW)
    elif what == "count":
        count = begin_count(session, None, at, NOW)
        line = type_line(session, count.lines[0].id, f"{size}g")
        type_line(session, line.id, f"{size}g", again=True)
        close_count(session, count.id, NOW)
    elif what == "take back" and moves:
        take_back(session, moves[size % len(moves)], NOW, "erreur")
    elif lot is not None and what == "lose":
        lose(session, lot, Decimal(size), LossStage.KITCHEN, at, NOW)
    elif lot is not None and what == "open":
        open_lot(session, lot, at)
    elif lot is not None and what == "block":
        block(session, lot, at, "rappel")
    elif lot is not None and what == "release":
        release(session, lot, at, "levé")
    elif lot is not None and what == "revalue":
        revalue_lot(session, lot, Money(size - 1500), NOW)
    session.flush()


def prove(session, product):
    """Check every balance at every instant, every gram and every cent."""
    moves = session.scalars(select(StockMove).order_by(StockMove.at, StockMove.id)).all()
    assert all(move.lot_id is not None for move in moves)
    running: dict[int, Decimal] = {}
    instants = sorted({move.at for move in moves})
    for instant in instants:
        for move in moves:
            if move.at == instant:
                running[move.lot_id] = running.get(move.lot_id, Decimal(0)) + move.quantity
        assert all(left >= 0 for left in running.values())
    for lot in session.scalars(select(Lot)):
        assert (lot.ended_on is None) is (running.get(lot.id, 0) > 0)
    assert on_hand(session).get(product, 0) == sum(running.values())
    for method in Method:
        worth = worths(session, method=method).get(product)
        if worth is not None:
            gone = sum(value.cents for value in worth.outs.values())
            assert worth.value.cents + gone + worth.variance.cents == worth.came.cents
            assert worth.quantity == sum(running.values())


class OverError(Exception):
    """Undoes an example."""


def live_all(book, steps):
    """Live an example, proved after each step, and undo it.

    Raises:
        OverError: Always: it is over.
    """
    with book.action("Vie") as session:
        product = add_product(session)
        session.add(StockItem(product_id=product))
        session.flush()
        for step in steps:
            with suppress(UserError):
                live(session, product, step)
            session.flush()
            prove(session, product)
        raise OverError


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEP, max_size=14))
def test_whatever_happens_no_gram_and_no_cent_is_lost(book, steps):
    with pytest.raises(OverError):
        live_all(book, steps)
