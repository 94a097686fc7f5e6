"""What orders still bring: what came, went back or was replaced is awaited no more."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.deliveries.closing import close, to_ask
from cantine_desktop.supply.deliveries.drafting import draft_from
from cantine_desktop.supply.deliveries.drafting import set_line as note
from cantine_desktop.supply.deliveries.on_the_way import Arrival, expected
from cantine_desktop.supply.deliveries.parting import substitute
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.suppliers.model import OrderWay
from cantine_desktop.values.period import DAY
from tests.supply.desk import NOW, TODAY, TUESDAY

LATER = NOW + timedelta(days=1)
BOX = 15000


@pytest.fixture
def key(session, desk):
    """Ten boxes of tins that are on their way."""
    order = draft_for(session, desk.supplier, TUESDAY, NOW)
    set_line(session, order.id, desk.tins, Decimal(10), NOW)
    mark_sent(session, order.id, Sent(OrderWay.PHONE), NOW, below_minimum=True)
    return order.id


def boxes(session, day=TODAY):
    found = expected(session, day, day + 30 * DAY)
    return (
        sum((each.quantity for arrivals in found.values() for each in arrivals), Fraction(0)) / BOX
    )


def came(session, key, **typed):
    delivery = draft_from(session, [key], LATER)
    note(session, delivery.id, delivery.lines[0].id, **typed)
    asked = to_ask(session, delivery.id)
    return close(session, delivery.id, "MB", LATER, agreed=asked, closes_short=False)


def test_only_the_rest_of_what_came_in_part_is_counted_on(session, key):
    assert boxes(session) == 10
    assert came(session, key, received=Decimal(6)).pending == (key,)
    assert boxes(session, TUESDAY) == 4


def test_a_reception_that_is_being_written_takes_nothing_off_yet(session, key):
    delivery = draft_from(session, [key], LATER)
    note(session, delivery.id, delivery.lines[0].id, received=Decimal(6))
    assert boxes(session, TUESDAY) == 10


def test_what_nobody_received_two_days_after_its_day_is_counted_on_no_more(session, key):
    assert key
    assert boxes(session, TUESDAY + 2 * DAY) == 10
    assert boxes(session, TUESDAY + 3 * DAY) == 0


def test_the_rest_is_awaited_until_the_supplier_comes_by_again(session, key):
    came(session, key, received=Decimal(6))
    assert boxes(session, TUESDAY + 7 * DAY) == 4
    assert boxes(session, TUESDAY + 9 * DAY) == 0


def test_what_is_late_serves_no_day_that_is_past_and_fresh_food_no_day_it_does_not_keep_to(
    session, desk, key
):
    assert key
    session.get_one(Article, desk.tins).shelf_days = 3
    (arrival,) = next(iter(expected(session, TUESDAY + DAY, TUESDAY + 9 * DAY).values()))
    assert arrival == Arrival(TUESDAY + DAY, Fraction(10 * BOX), 3)
    assert [arrival.serves(TUESDAY + n * DAY) for n in (0, 1, 4, 5)] == [False, True, True, False]


def test_what_was_brought_and_went_back_leaves_nothing_to_come(session, key):
    closed = came(session, key, received=Decimal(10), refused=Decimal(4))
    assert (closed.completed, closed.pending) == ((key,), ())
    assert session.get_one(PurchaseOrder, key).state is OrderState.RECEIVED


def test_what_something_else_came_in_the_place_of_is_awaited_no_more(session, desk, key):
    delivery = draft_from(session, [key], LATER)
    other = substitute(session, delivery.id, delivery.lines[0].id, desk.cheese)
    note(session, delivery.id, other.id, received=Decimal(2))
    assert close(session, delivery.id, "MB", LATER, closes_short=False).completed == (key,)


def test_a_substitute_that_went_back_whole_leaves_what_was_ordered_to_come(session, desk, key):
    delivery = draft_from(session, [key], LATER)
    other = substitute(session, delivery.id, delivery.lines[0].id, desk.cheese)
    note(session, delivery.id, other.id, received=Decimal(2), refused=Decimal(2))
    assert close(session, delivery.id, "MB", LATER, closes_short=False).pending == (key,)
    assert [line.ordered for line in draft_from(session, [key], LATER).lines] == [10]


def test_a_draft_whose_day_is_past_brings_nothing(session, desk):
    order = draft_for(session, desk.supplier, TUESDAY, NOW)
    set_line(session, order.id, desk.tins, Decimal(1), NOW)
    assert expected(session, TUESDAY, TUESDAY, (OrderState.DRAFT,))
    assert not expected(session, TUESDAY + DAY, TUESDAY + DAY, (OrderState.DRAFT,))
