"""What is seen at the door: two dates in a box, a note that differs, a scale that says less."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.food.model import ReceivedGoods
from cantine_desktop.office.receiving import receive
from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.deliveries.claims import claimed, to_claim
from cantine_desktop.supply.deliveries.closing import close, to_ask
from cantine_desktop.supply.deliveries.drafting import (
    conform,
    describe,
    draft_from,
    say_checked,
    set_line,
)
from cantine_desktop.supply.deliveries.judging import Doubt
from cantine_desktop.supply.deliveries.parting import join, split
from cantine_desktop.supply.orders.drafting import draft_for
from cantine_desktop.supply.orders.drafting import set_line as ask_for
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.stock.model import Lot, StockMove
from cantine_desktop.supply.suppliers.model import OrderWay
from cantine_desktop.values.money import Money
from tests.supply.desk import NOW, TUESDAY


def began(session, desk, article, units):
    order = draft_for(session, desk.supplier, TUESDAY, NOW)
    ask_for(session, order.id, article, Decimal(units), NOW)
    mark_sent(session, order.id, Sent(OrderWay.PHONE), NOW, below_minimum=True)
    return draft_from(session, [order.id], NOW)


def doubts(session, delivery):
    return [question.doubt for question in to_ask(session, delivery.id)]


def test_two_dates_in_one_line_make_two_lots_and_answer_one_order(session, desk):
    delivery = began(session, desk, desk.tins, 3)
    line = delivery.lines[0]
    set_line(session, delivery.id, line.id, received=Decimal(3), best_before=date(2027, 3, 1))
    other = split(session, delivery.id, line.id, Decimal(1))
    set_line(session, delivery.id, other.id, best_before=date(2027, 6, 1), lot_code="B2")
    closed = close(session, delivery.id, "MB", NOW)
    lots = session.scalars(select(Lot).order_by(Lot.id)).all()
    assert [(lot.best_before, lot.pack_content) for lot in lots] == [
        (date(2027, 3, 1), 15000),
        (date(2027, 6, 1), 15000),
    ]
    came = [move.quantity for move in session.scalars(select(StockMove).order_by(StockMove.id))]
    assert came == [30000, 15000]
    assert to_claim(delivery.lines) == []
    assert session.get_one(PurchaseOrder, closed.completed[0]).state is OrderState.RECEIVED


def test_a_line_shared_by_mistake_is_put_back_as_it_was(session, desk):
    delivery = began(session, desk, desk.cheese, 3)
    line = delivery.lines[0]
    set_line(session, delivery.id, line.id, received=Decimal(3), weight=Decimal(9100))
    other = split(session, delivery.id, line.id, Decimal(2))
    assert (line.weight, other.weight, line.ordered) == (
        Decimal("3033.333"),
        Decimal("6066.667"),
        1,
    )
    join(session, delivery.id, other.id)
    assert [(each.ordered, each.received, each.weight) for each in delivery.lines] == [(3, 3, 9100)]


def test_a_line_is_shared_only_between_what_came(session, desk):
    delivery = began(session, desk, desk.tins, 2)
    with pytest.raises(UserError, match="moins que la ligne"):
        split(session, delivery.id, delivery.lines[0].id, Decimal(2))


def test_a_sack_ten_percent_too_light_is_asked_about_and_claimed_by_weight(session, desk):
    delivery = began(session, desk, desk.tins, 2)
    line = delivery.lines[0]
    set_line(session, delivery.id, line.id, received=Decimal(2), weight=Decimal(27000))
    assert doubts(session, delivery) == [Doubt.WEIGHT]
    close(session, delivery.id, "MB", NOW, agreed=to_ask(session, delivery.id))
    (told,) = to_claim(delivery.lines)
    assert claimed(told) == Money(570)  # three kilograms at 1,90


def test_a_cheese_lighter_than_usual_is_claimed_only_when_the_note_says_more(session, desk):
    delivery = began(session, desk, desk.cheese, 1)
    line = delivery.lines[0]
    set_line(session, delivery.id, line.id, received=Decimal(1), weight=Decimal(2700))
    assert doubts(session, delivery) == []
    assert to_claim(delivery.lines) == []
    set_line(session, delivery.id, line.id, noted_weight=Decimal(3100))
    assert doubts(session, delivery) == [Doubt.WEIGHT]
    assert claimed(line) == Money(496)  # four hundred grams at 12,40


def test_what_the_note_says_a_cheese_weighs_is_what_came_in_when_nobody_weighed_it(session, desk):
    delivery = began(session, desk, desk.cheese, 1)
    set_line(session, delivery.id, delivery.lines[0].id, noted_weight=Decimal(3100))
    conform(session, delivery.id)
    close(session, delivery.id, "MB", NOW)
    (move,) = session.scalars(select(StockMove))
    assert (move.quantity, move.value) == (3100, Money(4055))


def test_minced_meat_nobody_measured_is_asked_about(session, desk):
    session.get_one(Article, desk.cheese).ware = "minced_meat"
    delivery = began(session, desk, desk.cheese, 1)
    conform(session, delivery.id)
    assert doubts(session, delivery) == [Doubt.NO_HEAT]
    set_line(session, delivery.id, delivery.lines[0].id, celsius=Decimal("1.8"))
    assert doubts(session, delivery) == []


def test_packaging_nobody_looked_at_is_not_told_whole_on_the_sheet_of_hygiene(session, desk):
    for answer in (None, True):
        delivery = began(session, desk, desk.tins, 1)
        conform(session, delivery.id)
        say_checked(session, delivery.id, wrapped=answer, labelled=answer)
        receive(session, delivery.id, "MB", NOW)
    rows = session.scalars(select(ReceivedGoods).order_by(ReceivedGoods.id)).all()
    assert [(row.wrapped, row.labelled) for row in rows] == [(None, None), (True, True)]


def test_a_morning_delivery_is_typed_in_the_evening_at_its_own_hour(session, desk):
    delivery = began(session, desk, desk.tins, 1)
    conform(session, delivery.id)
    came = NOW - timedelta(days=1, hours=2)
    describe(session, delivery.id, arrived_at=came, now=NOW)
    close(session, delivery.id, "MB", NOW)
    lot = session.scalars(select(Lot)).one()
    move = session.scalars(select(StockMove)).one()
    assert (lot.received_on, move.at) == (came.date(), came)


def test_a_delivery_of_tomorrow_is_not_typed_today(session, desk):
    delivery = began(session, desk, desk.tins, 1)
    with pytest.raises(UserError, match="à venir"):
        describe(session, delivery.id, arrived_at=NOW + timedelta(days=1), now=NOW)
