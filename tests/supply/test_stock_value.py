"""The stock is worth what its moves say, by average or first in first out, to the cent."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.errors import UserError
from cantine_desktop.supply.stock.correcting import take_back
from cantine_desktop.supply.stock.model import MoveKind, StockItem
from cantine_desktop.supply.stock.moving import use
from cantine_desktop.supply.stock.revaluing import revalue_lot
from cantine_desktop.supply.stock.valuing import Method, Step, split_of, value_at, worth_of, worths
from cantine_desktop.values.money import Money
from tests.supply.shelves import NOW, add_lot, add_product


def rice(session):
    key = add_product(session, "Riz")
    session.add(StockItem(product_id=key))
    return key


def test_the_average_and_the_first_in_say_different_costs_of_the_same_use(session):
    key = rice(session)
    add_lot(session, key, 1000, value=100, ago=3)
    add_lot(session, key, 1000, value=300, ago=2)
    (first,) = use(session, key, Decimal(500), NOW, NOW).moves
    average = worths(session, method=Method.AVERAGE)[key]
    fifo = worths(session, method=Method.FIFO)[key]
    assert (average.outs[first.id], average.value) == (Money(100), Money(300))
    assert (fifo.outs[first.id], fifo.value) == (Money(50), Money(350))


def test_a_cheese_of_3_kilos_received_at_3_05_is_worth_what_the_scale_said(session):
    key = rice(session)
    add_lot(session, key, 3050, value=3782)
    (slice_,) = use(session, key, Decimal(1000), NOW, NOW).moves
    assert worths(session)[key].outs[slice_.id] == Money(1240)


def test_three_thirds_of_a_lot_cost_the_lot_and_not_a_cent_less(session):
    key = rice(session)
    add_lot(session, key, 3, value=100)
    moves = [use(session, key, Decimal(1), NOW, NOW).moves[0].id for _each in range(3)]
    worth = worths(session)[key]
    assert [worth.outs[move].cents for move in moves] == [33, 34, 33]
    assert worth.value == Money(0)


@pytest.mark.parametrize("method", list(Method))
def test_an_invoice_months_later_falls_on_what_was_cooked_and_what_is_left(session, method):
    key = rice(session)
    lot = add_lot(session, key, 1000, value=1000, ago=120)
    (used,) = use(session, key, Decimal(600), NOW - timedelta(days=100), NOW).moves
    told = revalue_lot(session, lot, Money(500), NOW, reason="Facture 12")
    split = split_of(session, told.id, method)
    assert split == (Money(200), {used.id: Money(300)}, Money(0))


@pytest.mark.parametrize("method", list(Method))
def test_once_the_accounts_are_closed_what_was_cooked_goes_to_a_variance(
    session, method, monkeypatch
):
    monkeypatch.setattr(
        "cantine_desktop.supply.stock.revaluing.is_locked", lambda _session, _day: True
    )
    key = rice(session)
    lot = add_lot(session, key, 1000, value=1000, ago=120)
    use(session, key, Decimal(600), NOW - timedelta(days=100), NOW)
    told = revalue_lot(session, lot, Money(500), NOW)
    assert split_of(session, told.id, method) == (Money(200), {}, Money(300))


def test_a_use_that_is_taken_back_costs_nothing(session):
    key = rice(session)
    add_lot(session, key, 1000, value=999, ago=2)
    (used,) = use(session, key, Decimal(300), NOW, NOW).moves
    take_back(session, used.id, NOW, "Service annulé")
    assert value_at(session, NOW) == {key: (1000, Money(999))}


def test_a_lot_never_comes_to_cost_less_than_nothing(session):
    lot = add_lot(session, rice(session), 1000, value=100)
    with pytest.raises(UserError, match="moins que rien"):
        revalue_lot(session, lot, Money(-101), NOW)


def test_what_nobody_follows_is_no_stock_unless_asked(session):
    key = add_product(session)
    add_lot(session, key, 1000, value=100)
    assert value_at(session, NOW) == {}
    assert value_at(session, NOW, every=True) == {key: (1000, Money(100))}


KINDS = st.tuples(
    st.sampled_from(["in", "out", "worth", "count"]), st.integers(1, 5000), st.integers(0, 9999)
)


@given(st.lists(KINDS, max_size=30), st.sampled_from(list(Method)))
def test_what_is_left_went_out_and_varied_always_makes_up_what_came_in(made, method):
    steps, left = [], 0
    for key, (what, size, cents) in enumerate(made):
        quantity = size if what in {"in", "count"} else -min(size, left) if what == "out" else 0
        value = Money(cents) if what in {"in", "worth"} else None
        if what == "out" and not left:
            continue
        left += quantity
        kind = MoveKind.REVALUED if what == "worth" else MoveKind.RECEIVED
        steps.append(Step(key, 1, kind, NOW, Decimal(quantity), 1, value, None))
    worth = worth_of(steps, method)
    gone = sum(value.cents for value in worth.outs.values())
    assert worth.value.cents + gone + worth.variance.cents == worth.came.cents
    assert worth.quantity == left
    assert all(value.cents >= 0 for value in worth.outs.values())
    assert worth.value.cents >= 0
    assert left or not worth.value
