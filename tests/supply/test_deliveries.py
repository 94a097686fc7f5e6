"""Food at the door: what came, what is kept, what it costs, and where it goes from there."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.hygiene.food.choices import Decision
from cantine_desktop.hygiene.food.model import ReceivedGoods
from cantine_desktop.office.receiving import receive
from cantine_desktop.supply.articles.keeping import ArticleFacts, add_article
from cantine_desktop.supply.articles.model import Article, ContentUnit, PriceBasis
from cantine_desktop.supply.deliveries.closing import close, to_ask
from cantine_desktop.supply.deliveries.drafting import (
    add_line,
    conform,
    draft_from,
    draft_without_order,
    set_line,
)
from cantine_desktop.supply.deliveries.judging import Doubt
from cantine_desktop.supply.deliveries.model import Coming, Delivery, LineOutcome
from cantine_desktop.supply.deliveries.on_the_way import expected
from cantine_desktop.supply.deliveries.parting import substitute
from cantine_desktop.supply.deliveries.queries import amount_of, deliveries_of
from cantine_desktop.supply.orders.drafting import draft_for
from cantine_desktop.supply.orders.drafting import set_line as ask_for
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.stock.model import Lot, StockMove
from cantine_desktop.supply.stock.queries import lots_left, on_hand
from cantine_desktop.supply.suppliers.model import OrderWay
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.supply.desk import NOW, TODAY, TUESDAY, furnish

LATER = NOW + timedelta(days=1)


def ordered(session, desk, day=TUESDAY, **units):
    """Send an order of so many units of each article; return its key."""
    order = draft_for(session, desk.supplier, day, NOW)
    for name, number in units.items():
        ask_for(session, order.id, getattr(desk, name), Decimal(number), NOW)
    mark_sent(session, order.id, Sent(OrderWay.EMAIL), NOW, below_minimum=True)
    return order.id


def line_of(delivery, name):
    return next(line for line in delivery.lines if line.name.startswith(name))


def agree(session, delivery):
    return to_ask(session, delivery.id)


def test_what_came_as_ordered_is_one_key_and_makes_lots_at_their_cost(session, desk):
    key = ordered(session, desk, pears=3, tins=2)
    delivery = draft_from(session, [key], LATER)
    conform(session, delivery.id)
    closed = close(session, delivery.id, "MB", LATER)
    assert closed.number == "RE-2026-0001"
    assert closed.completed == (key,)
    assert session.get_one(PurchaseOrder, key).state is OrderState.RECEIVED
    assert amount_of(session, delivery.id) == Money(15000 + 5700)
    assert {row.left for row in lots_left(session)} == {66 * 3 * 180, 2 * 15000}
    assert expected(session, TUESDAY, TUESDAY) == {}


def test_a_cheese_that_weighs_more_costs_what_the_scale_says(session, desk):
    delivery = draft_from(session, [ordered(session, desk, cheese=1)], LATER)
    line = line_of(delivery, "Tomme")
    set_line(session, delivery.id, line.id, received=Decimal(1), weight=Decimal(3050))
    (lot,) = close(session, delivery.id, "MB", LATER).lots
    assert amount_of(session, delivery.id) == Money(3782)
    assert on_hand(session) == {lot.product_id: 3050}
    move = session.query(StockMove).filter_by(lot_id=lot.id).one()
    assert move.value == Money(3990)  # 37,82 and its VAT


def test_five_pieces_of_twenty_one_kilograms_that_weigh_a_hundred_and_ten_stay_five(session, desk):
    ham = session.get_one(Article, desk.cheese).product_id
    facts = ArticleFacts(
        desk.supplier,
        ham,
        "Meule",
        (("meule", Decimal(21000)),),
        ContentUnit.GRAM,
        Decimal(9),
        PriceBasis.KILOGRAM,
        is_catch_weight=True,
    )
    wheels = desk._replace(cheese=add_article(session, facts, NOW, TODAY).id)
    delivery = draft_from(session, [ordered(session, wheels, cheese=5)], LATER)
    line = line_of(delivery, "Meule")
    set_line(session, delivery.id, line.id, received=Decimal(5), weight=Decimal(110_000))
    assert to_ask(session, delivery.id) == []
    close(session, delivery.id, "MB", LATER)
    assert (line.received, line.outcome) == (5, LineOutcome.CONFORM)
    assert amount_of(session, delivery.id) == Money(99000)


def test_ten_for_five_ordered_is_asked_about_never_kept_silently(session, desk):
    delivery = draft_from(session, [ordered(session, desk, pears=5)], LATER)
    set_line(session, delivery.id, delivery.lines[0].id, received=Decimal(10))
    asked = to_ask(session, delivery.id)
    assert [each.doubt for each in asked] == [Doubt.MORE_THAN_ORDERED]
    with pytest.raises(UserError, match="10 pour 5"):
        close(session, delivery.id, "MB", LATER)
    close(session, delivery.id, "MB", LATER, agreed=asked)


def test_six_of_ten_close_short_or_leave_four_to_come(session, desk):
    key = ordered(session, desk, tins=10)
    delivery = draft_from(session, [key], LATER)
    set_line(session, delivery.id, delivery.lines[0].id, received=Decimal(6))
    closed = close(session, delivery.id, "MB", LATER, closes_short=False)
    assert closed.pending == (key,)
    rest = draft_from(session, [key], LATER)
    assert [line.ordered for line in rest.lines] == [4]
    conform(session, rest.id)
    assert close(session, rest.id, "MB", LATER).completed == (key,)


def test_what_nobody_spoke_of_is_asked_about_and_then_missing(session, desk):
    key = ordered(session, desk, pears=1, tins=1)
    delivery = draft_from(session, [key], LATER)
    conform(session, delivery.id, line_of(delivery, "Poires").id)
    closed = close(session, delivery.id, "MB", LATER, agreed=agree(session, delivery))
    assert [line.name for line in closed.missing] == ["Tomates pelées"]
    assert line_of(delivery, "Tomates").outcome is LineOutcome.MISSING
    assert session.get_one(PurchaseOrder, key).state is OrderState.RECEIVED


def test_one_reception_answers_two_orders(session, desk):
    first = ordered(session, desk, pears=1)
    second = ordered(session, desk, TUESDAY + timedelta(days=2), tins=1)
    delivery = draft_from(session, [first, second], LATER)
    assert len(delivery.lines) == 2
    conform(session, delivery.id)
    assert close(session, delivery.id, "MB", LATER).completed == (first, second)


def test_another_pack_answers_the_line_it_stands_for(session, desk):
    facts = ArticleFacts(
        desk.supplier,
        session.get_one(Article, desk.tins).product_id,
        "Tomates, bocal",
        (("bocal", Decimal(1000)),),
        ContentUnit.GRAM,
        Decimal(3),
    )
    jar = add_article(session, facts, NOW, TODAY).id
    key = ordered(session, desk, tins=1)
    delivery = draft_from(session, [key], LATER)
    line = substitute(session, delivery.id, delivery.lines[0].id, jar)
    set_line(session, delivery.id, line.id, received=Decimal(12))
    closed = close(session, delivery.id, "MB", LATER)
    assert [each.outcome for each in delivery.lines] == [
        LineOutcome.MISSING,
        LineOutcome.SUBSTITUTED,
    ]
    assert amount_of(session, delivery.id) == Money(3600)
    assert closed.completed == (key,)


def test_food_comes_without_an_order(session, desk):
    delivery = draft_without_order(session, desk.supplier, NOW, Coming.COLLECTED)
    line = add_line(session, delivery.id, article_id=desk.tins)
    set_line(session, delivery.id, line.id, received=Decimal(1), lot_code="A12")
    close(session, delivery.id, "MB", NOW)
    assert session.query(Lot).one().code == "A12"


def test_a_dlc_that_is_past_is_refused_even_given_and_a_ddm_only_bought(session, desk):
    product = session.get_one(Article, desk.tins).product_id
    gift = draft_without_order(session, desk.supplier, NOW, Coming.DONATED)
    line = add_line(session, gift.id, product_id=product, name="Yaourts")
    yesterday = TODAY - timedelta(days=1)
    set_line(session, gift.id, line.id, received=Decimal(2), use_by=yesterday)
    with pytest.raises(UserError, match="DLC"):
        close(session, gift.id, "MB", NOW)
    set_line(session, gift.id, line.id, use_by=None, best_before=yesterday)
    asked = agree(session, gift)
    assert [each.doubt for each in asked] == [Doubt.BEST_BEFORE]
    (lot,) = close(session, gift.id, "MB", NOW, agreed=asked).lots
    assert lot.is_gift
    assert on_hand(session)[product] == 2000
    assert amount_of(session, gift.id) == Money(0)

    bought = draft_without_order(session, desk.supplier, NOW)
    line = add_line(session, bought.id, article_id=desk.tins)
    set_line(session, bought.id, line.id, received=Decimal(1), best_before=yesterday)
    with pytest.raises(UserError, match="DDM"):
        close(session, bought.id, "MB", NOW, agreed=agree(session, bought))


def test_a_closed_reception_is_sealed_with_its_lines(book):
    with book.action("Recevoir") as session:
        desk = furnish(session)
        delivery = draft_from(session, [ordered(session, desk, pears=1)], LATER)
        conform(session, delivery.id)
        close(session, delivery.id, "MB", LATER)
        key = delivery.id
    with pytest.raises(SealedError), book.action("Changer") as session:
        session.get_one(Delivery, key).lines[0].received = Decimal(2)
    with book.action("Changer") as session, pytest.raises(UserError, match="close"):
        conform(session, key)


def test_a_wrong_comma_is_told(session, desk):
    delivery = draft_from(session, [ordered(session, desk, pears=1)], LATER)
    with pytest.raises(UserError, match="température"):
        set_line(session, delivery.id, delivery.lines[0].id, celsius=Decimal(380))
    with pytest.raises(UserError, match="virgule"):
        set_line(session, delivery.id, delivery.lines[0].id, received=Decimal(-1))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"received": Decimal(2), "refused": Decimal(5)}, "plus que ce qui est arrivé"),
        ({"use_by": date(2999, 1, 1)}, "année"),
        ({"best_before": date(1926, 11, 23)}, "année"),
        ({"value": Money(-500)}, "moins que rien"),
        ({"lot_code": "L" * 5000}, "60 signes"),
    ],
    ids=["refused", "use by", "best before", "gift", "lot"],
)
def test_what_cannot_be_is_refused_at_the_door_and_nothing_is_written(session, desk, typed, said):
    key = draft_from(session, [ordered(session, desk, pears=2)], LATER).id
    [line] = session.get_one(Delivery, key).lines
    with pytest.raises(UserError, match=said):
        set_line(session, key, line.id, **typed)
    assert (line.received, line.use_by, line.lot_code) == (None, None, "")


def test_one_entry_writes_stock_order_and_hygiene(session, desk):
    delivery = draft_from(session, [ordered(session, desk, pears=2, tins=2)], LATER)
    pears, tins = line_of(delivery, "Poires"), line_of(delivery, "Tomates")
    set_line(session, delivery.id, pears.id, received=Decimal(2), lot_code="P7")
    set_line(
        session,
        delivery.id,
        tins.id,
        received=Decimal(2),
        refused=Decimal(1),
        reason="Boîte bombée",
    )
    closed = receive(session, delivery.id, "MB", LATER)
    rows = session.query(ReceivedGoods).order_by(ReceivedGoods.id).all()
    assert [(row.product, row.decision, row.lot) for row in rows] == [
        ("Poires", Decision.ACCEPTED, "P7"),
        ("Tomates pelées", Decision.ACCEPTED, closed.lots[1].code),
        ("Tomates pelées", Decision.REFUSED, ""),
    ]
    assert rows[2].note == "Boîte bombée"
    assert [line.name for line in closed.refused] == ["Tomates pelées"]
    row = deliveries_of(session, Period.week(TODAY))[0]
    assert (row.number, row.refused, row.net) == (closed.number, 1, Money(10000 + 2850))
