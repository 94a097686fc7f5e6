"""A public recall reaches the sheets of hygiene: what names the food, what is set aside there."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene import breach_closing, breaches, lots
from cantine_desktop.hygiene.breach_rows import open_breaches
from cantine_desktop.hygiene.breach_tables import BlockedLot, Breach, LotState
from cantine_desktop.hygiene.food.choices import Decision, Sorting
from cantine_desktop.hygiene.food.facts import GoodsChecked, record_goods
from cantine_desktop.hygiene.food.use_by import USE_BY
from cantine_desktop.hygiene.labels.labelling import LabelWish, finish, label
from cantine_desktop.hygiene.labels.model import Labelled
from cantine_desktop.hygiene.labels.uses import USES
from cantine_desktop.hygiene.recalls.files import read_list
from cantine_desktop.hygiene.recalls.goods import lines_of
from cantine_desktop.hygiene.recalls.holding import judge, judge_food
from cantine_desktop.hygiene.recalls.queries import food_rows, notice_rows
from cantine_desktop.hygiene.registers.recording import add
from cantine_desktop.office.receiving import receive
from cantine_desktop.storage.verify import verify
from cantine_desktop.supply.deliveries.drafting import add_line as add_delivered
from cantine_desktop.supply.deliveries.drafting import draft_without_order, set_line
from cantine_desktop.supply.recalls.model import RecallMatch, RecallNotice, RecallVerdict
from cantine_desktop.supply.stock.lots import is_blocked
from cantine_desktop.supply.stock.model import LossStage, Lot
from cantine_desktop.supply.stock.moving import lose
from cantine_desktop.values.period import DAY
from tests.supply.desk import furnish
from tests.supply.shelves import NOW, TODAY, add_lot, add_product
from tests.supply.test_recalls import listed, notice

TOUCHED, NOT_TOUCHED = RecallVerdict.TOUCHED, RecallVerdict.NOT_TOUCHED


@pytest.fixture
def session(book):
    with book.action("Essai") as session:
        yield session


def take(session, **said):
    read_list(session, listed(notice(**said)), NOW)
    return session.query(RecallNotice).one().id


def typed(session, product="Tomme au lait cru", lot="HB-4512", supplier="Biocoop", **more):
    """Write by hand a product looked at when it came in."""
    day = more.pop("day", TODAY - DAY)
    decision = more.pop("decision", Decision.ACCEPTED)
    goods = GoodsChecked(
        day, product, supplier, lot=lot, quantity="2 pièces", decision=decision, **more
    )
    return record_goods(session, goods, NOW)


def delivered(session, code="HB-4512"):
    """Close a delivery of cheese, as from its screen; return the key of its lot."""
    desk = furnish(session)
    delivery = draft_without_order(session, desk.supplier, NOW - 2 * DAY)
    line = add_delivered(session, delivery.id, article_id=desk.cheese)
    set_line(
        session,
        delivery.id,
        line.id,
        received=Decimal(1),
        weight=Decimal(3000),
        lot_code=code,
        use_by=TODAY + 20 * DAY,
    )
    return receive(session, delivery.id, "MB", NOW - 2 * DAY).lots[0].id


def held(session):
    """Return the food set aside in hygiene: product, lot, quantity."""
    return [(row.product, row.lot, row.quantity) for row in lots.blocked_lots(session)]


def test_a_delivered_lot_that_is_recalled_is_set_aside_in_hygiene_too(session):
    lot = delivered(session)
    key = take(session, name="tomme des Vosges", lots="lot HB4512")
    assert is_blocked(session.get_one(Lot, lot))
    [row] = open_breaches(session, NOW)
    assert (row.number, row.subject) == ("NC-2026-001", "Rappel : tomme des Vosges")
    assert (row.product, row.lot, row.point) == ("Tomme", "HB-4512", "TRA-04")
    assert held(session) == [("Tomme", "HB-4512", "3\u00a0kg")]
    [line] = lines_of(session, [lot])[lot]
    assert (line.register, line.product) == ("goods", "Tomme des Vosges")
    assert food_rows(session, key) == []  # the lot of the stock stands for the sheet


def test_all_of_it_is_undone_in_one_step(book):
    with book.action("départ") as session:
        delivered(session)
        typed(session, "Tomme au lait cru", lot="HB-4512-99", supplier="Marché")
    with book.action("liste") as session:
        take(session, name="tomme des Vosges au lait cru", lots="lots HB4512, HB451299")
    with book.read() as session:
        assert len(held(session)) == 2
    book.undo()
    with book.read() as session:
        assert not session.query(BlockedLot).all()
        assert not session.query(Breach).all()
        assert not any(is_blocked(lot) for lot in session.query(Lot))
        assert verify(session) == []


def test_labels_in_the_kitchen_with_that_number_are_set_aside_with_it(session):
    lot = delivered(session)
    for name, begun in (("Tomme entamée", TODAY), ("Tomme de mardi", TODAY - DAY)):
        wish = LabelWish(name, begun, Labelled.OPENED, lot="hb 4512", use_by=TODAY + 2 * DAY)
        made = label(session, wish, NOW)
    finish(session, made.id, TODAY, NOW)
    label(session, LabelWish("Poires cuites", TODAY, lot="P7"), NOW)
    take(session, name="tomme des Vosges", lots="lot HB4512")
    assert [(product, quantity) for product, _lot, quantity in held(session)] == [
        ("Tomme", "3\u00a0kg"),
        ("Tomme entamée", "étiquette du 23/11"),
    ]
    assert [line.product for line in lines_of(session, [lot])[lot]] == [
        "Tomme des Vosges",
        "Tomme de mardi",
        "Tomme entamée",
    ]


def test_goods_typed_by_hand_with_the_recalled_number_are_set_aside_though_in_no_stock(session):
    typed(session)
    key = take(session, lots="3760012345678|lot HB4512")
    [row] = food_rows(session, key)
    assert (row.product, row.lot, row.verdict, row.is_blocked) == (
        *("Tomme au lait cru", "HB-4512"),
        *(TOUCHED, True),
    )
    assert "HB-4512" in row.why
    assert held(session) == [("Tomme au lait cru", "HB-4512", "2 pièces")]
    assert [(each.lots, each.touched) for each in notice_rows(session)] == [(1, 1)]


def test_goods_that_only_look_alike_wait_under_reserve_until_somebody_says(session):
    typed(session, lot="", supplier="Biocoop Krutenau")
    key = take(session)
    [row] = food_rows(session, key)
    assert row.verdict is RecallVerdict.TO_LOOK_AT
    assert (held(session), open_breaches(session, NOW)) == ([], [])
    assert notice_rows(session)[0].to_look_at == 1
    with pytest.raises(UserError, match="visé ou non"):
        judge_food(session, row.key, RecallVerdict.TO_LOOK_AT, NOW)
    judge_food(session, row.key, TOUCHED, NOW)
    assert held(session) == [("Tomme au lait cru", "", "2 pièces")]
    assert open_breaches(session, NOW)[0].product == "Tomme au lait cru"
    judge_food(session, row.key, NOT_TOUCHED, NOW)
    assert (held(session), open_breaches(session, NOW)) == ([], [])
    assert food_rows(session, key)[0].verdict is NOT_TOUCHED


def test_the_same_list_again_keeps_what_was_said_of_goods_typed_by_hand(session):
    typed(session)
    key = take(session, lots="HB4512")
    judge_food(session, food_rows(session, key)[0].key, NOT_TOUCHED, NOW)
    take(session, lots="HB4512")
    assert [row.verdict for row in food_rows(session, key)] == [NOT_TOUCHED]
    assert held(session) == []


def test_goods_refused_at_the_door_and_goods_long_eaten_are_not_set_aside(session):
    typed(session, decision=Decision.REFUSED)
    eaten = {"day": TODAY - 30 * DAY, "use_by": TODAY - 20 * DAY}
    typed(session, lot="HB4513", **eaten)
    key = take(session, lots="HB4512 HB4513", **{"from": "2026-10-01"})
    assert [row.lot for row in food_rows(session, key)] == ["HB4513"]
    assert held(session) == []


def test_a_lot_that_is_not_the_one_closes_what_the_recall_opened_unless_somebody_acted(session):
    delivered(session)
    key = take(session, name="tomme des Vosges", lots="lot HB4512")
    [match] = session.query(RecallMatch)
    judge(session, match.id, NOT_TOUCHED, NOW)
    assert (held(session), open_breaches(session, NOW)) == ([], [])
    judge(session, match.id, TOUCHED, NOW)
    assert len(held(session)) == 1
    breach = open_breaches(session, NOW)[0]
    breaches.act(session, breach.breach_id, "", "Fournisseur prévenu", NOW, initials="AM")
    judge(session, match.id, NOT_TOUCHED, NOW)
    assert held(session) == []
    assert [row.number for row in open_breaches(session, NOW)] == [breach.number]
    assert key


def test_a_lot_that_was_eaten_whole_opens_a_non_conformity_once_it_is_said_to_be_the_one(session):
    lot = delivered(session)
    lose(session, lot, Decimal(3000), LossStage.PLATE, NOW, NOW)
    take(session, name="tomme des Vosges", lots="lot HB4512")
    assert open_breaches(session, NOW) == []
    judge(session, session.query(RecallMatch).one().id, TOUCHED, NOW, "AM")
    assert held(session) == []
    assert open_breaches(session, NOW)[0].lot == "HB-4512"


def test_what_is_found_once_it_was_closed_opens_another_that_names_it(session):
    delivered(session)
    take(session, name="tomme des Vosges", lots="lots HB4512 HB4513")
    [breach] = session.query(Breach)
    lots.release(session, breach.lots[0].id, "rendu", "AM", NOW, state=LotState.REFUSED)
    breaches.act(session, breach.id, "", "Rendu au fournisseur", NOW, initials="AM")
    breach_closing.verify(session, breach.id, "avoir reçu", "AM", NOW)
    breach_closing.close(session, breach.id, "AM", NOW)
    add_lot(session, session.query(Lot).one().product_id, 2000, code="HB-4513", days=9)
    take(session, name="tomme des Vosges", lots="lots HB4512 HB4513")
    later = session.query(Breach).order_by(Breach.id.desc()).first()
    assert (later.follows_id, later.number) == (breach.id, "NC-2026-002")
    assert held(session) == [("Tomme", "HB-4513", "2\u00a0kg")]
    assert later.lot == "HB-4513"


def test_two_lots_with_one_number_are_one_food_set_aside_with_what_is_left_of_both(session):
    tomme = add_product(session, "Tomme au lait cru")
    for grams in (3000, 2000):
        add_lot(session, tomme, grams, code="HB4512", days=9)
    take(session, lots="HB4512")
    assert held(session) == [("Tomme au lait cru", "HB4512", "5\u00a0kg")]
    first, second = session.query(RecallMatch)
    judge(session, first.id, NOT_TOUCHED, NOW)
    assert len(held(session)) == 1
    judge(session, second.id, NOT_TOUCHED, NOW)
    assert held(session) == []


def test_a_short_number_that_another_maker_uses_too_is_not_taken_for_the_same_food(session):
    lot = add_lot(session, add_product(session, "Tomme au lait cru"), 3000, code="L77", ago=1)
    add(session, USES, {"day": TODAY, "product": "Farine", "lot": "L77", "dish": "Pain"}, NOW)
    add(session, USES, {"day": TODAY, "product": "Tomme", "lot": "L77", "dish": "Gratin"}, NOW)
    sorting = {"product": "Tomme", "lot": "l 77", "decision": Sorting.DISCARD}
    add(session, USE_BY, {"day": TODAY, **sorting}, NOW)
    found = lines_of(session, [lot])[lot]
    assert [(line.register, line.product) for line in found] == [
        ("use_by", "Tomme"),
        ("uses", "Tomme"),
    ]


def test_a_lot_nobody_follows_and_long_eaten_is_shown_and_not_set_aside(session):
    tomme = add_product(session, "Tomme au lait cru")
    lot = add_lot(session, tomme, 3000, code="HB4512", days=-15, ago=20)
    key = take(session, lots="HB4512", **{"from": "2026-10-01"})
    assert notice_rows(session)[0].to_look_at == 1
    assert not is_blocked(session.get_one(Lot, lot))
    assert held(session) == []
    judge(session, session.query(RecallMatch).one().id, TOUCHED, NOW + timedelta(hours=1))
    assert is_blocked(session.get_one(Lot, lot))
    assert held(session) == [("Tomme au lait cru", "HB4512", "3\u00a0kg")]
    assert key
