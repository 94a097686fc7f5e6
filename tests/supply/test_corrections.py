"""A closed reception put right: the first record stays, the second counts everywhere."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.finance.chart.numbering import Numbering
from cantine_desktop.finance.ledger.model import FiscalYear
from cantine_desktop.hygiene.food.goods import GOODS
from cantine_desktop.hygiene.food.model import ReceivedGoods
from cantine_desktop.hygiene.registers.signing import sign_sheet
from cantine_desktop.office.putting_right import foresee, put_right
from cantine_desktop.office.receiving import receive
from cantine_desktop.supply.checks import check_supply
from cantine_desktop.supply.deliveries.claims import to_claim
from cantine_desktop.supply.deliveries.closing import close
from cantine_desktop.supply.deliveries.correcting import correct, effect_of
from cantine_desktop.supply.deliveries.drafting import add_line, draft_without_order
from cantine_desktop.supply.deliveries.drafting import set_line as note
from cantine_desktop.supply.deliveries.model import Coming, Delivery
from cantine_desktop.supply.deliveries.queries import amount_of, deliveries_of, lines_of
from cantine_desktop.supply.deliveries.standing import corrections_of, standing_lines
from cantine_desktop.supply.stock.lot_events import open_lot
from cantine_desktop.supply.stock.lots import left_of, lots_left
from cantine_desktop.supply.stock.model import Lot, StockMove
from cantine_desktop.supply.stock.moving import use
from cantine_desktop.supply.stock.queries import on_hand
from cantine_desktop.supply.stock.valuing import Method, value_at, worths
from cantine_desktop.values.money import Money
from tests.supply.desk import NOW, TODAY, TUESDAY, furnish
from tests.supply.door import ARRIVED, LATER, NOVEMBER, plain, received, right

BOX = 66 * 180


@pytest.fixture
def desk(book):
    with book.action("départ", undoable=False) as session:
        return furnish(session)


def took(book, quantity, at=ARRIVED + timedelta(hours=3)):
    with book.action("repas") as session:
        (row,) = lots_left(session)
        return use(session, row.product_id, Decimal(quantity), at, LATER)


def found(book):
    with book.read() as session:
        return list(check_supply(session))


@pytest.mark.parametrize("method", list(Method))
def test_two_boxes_for_three_leave_what_two_would_have_left(book, desk, method):
    keys = received(book, desk)
    took(book, 100 * 180)
    right(book, keys, received=Decimal(2))
    with book.read() as session:
        (worth,) = worths(session, method=method).values()
        assert worth.quantity == 32 * 180
        assert (worth.value, *worth.outs.values()) == (Money(2558), Money(7992))
        assert amount_of(session, keys[0]) == Money(10000)
        (line,) = to_claim(standing_lines(session, session.get_one(Delivery, keys[0])))
        assert line.received == 2
    assert found(book) == []


def test_the_first_record_stays_sealed_and_the_second_stands_beside_it(book, desk):
    keys = received(book, desk)
    right(book, keys, received=Decimal(2), lot_code="A21")
    with book.read() as session:
        first = session.get_one(Delivery, keys[0])
        assert first.is_sealed
        assert (first.lines[0].received, first.lines[0].lot_code) == (3, "A12")
        (second,) = corrections_of(session, keys[0])
        assert (second.note, second.by) == ("recompté", "CD")
        assert not second.search_line(), "a search leads to the first"
        (row,) = deliveries_of(session, NOVEMBER)
        assert (row.key, row.corrected, row.net) == (keys[0], 1, Money(10000))
        assert [line.received for _delivery, line in lines_of(session, NOVEMBER)] == [2]


def test_one_undo_takes_a_correction_back_whole(book, desk):
    keys = received(book, desk)
    with book.read() as session:
        before = on_hand(session)
    right(book, keys, received=Decimal(2), lot_code="A21", celsius=Decimal("7.5"))
    book.undo()
    with book.read() as session:
        assert on_hand(session) == before
        assert [lot.code for lot in session.query(Lot)] == ["A12"]
        assert session.query(Delivery).count() == 1
        (record,) = session.query(ReceivedGoods)
        assert (record.celsius, record.lot) == (None, "A12")
    assert found(book) == []


def test_less_than_what_was_eaten_is_refused_and_nothing_is_written(book, desk):
    keys = received(book, desk)
    took(book, 100 * 180)
    with book.read() as session:
        assert "18 kg" in plain(foresee(session, *keys, one_box(), LATER).effect.refused)
    with pytest.raises(UserError, match="déjà sortis"):
        right(book, keys, **one_box())
    with book.read() as session:
        assert session.query(Delivery).count() == 1
        assert list(on_hand(session).values()) == [98 * 180]


def one_box():
    return {"received": Decimal(1)}


def test_what_was_noted_missing_and_had_come_makes_its_lot(book, desk):
    keys = received(book, desk, received=Decimal(0))
    right(book, keys, received=Decimal(3))
    with book.read() as session:
        (row,) = lots_left(session)
        assert (row.left, row.code) == (3 * BOX, "A12")
        assert amount_of(session, keys[0]) == Money(15000)
    assert found(book) == []


def test_what_had_not_come_leaves_the_stock_and_may_come_back(book, desk):
    keys = received(book, desk)
    right(book, keys, received=Decimal(0))
    with book.read() as session:
        assert lots_left(session) == []
    right(book, keys, received=Decimal(1))
    with book.read() as session:
        (row,) = lots_left(session)
        assert row.left == BOX
        (worth,) = worths(session).values()
        assert worth.value == Money(5275)
    assert found(book) == []


def test_a_correction_is_corrected_in_its_turn(book, desk):
    keys = received(book, desk)
    right(book, keys, received=Decimal(2))
    right(book, keys, received=Decimal("2.5"), reason="une demi-caisse derrière la porte")
    with book.read() as session:
        assert list(on_hand(session).values()) == [Decimal("2.5") * BOX]
        assert [each.lines[0].received for each in corrections_of(session, keys[0])] == [2, 2.5]
        assert amount_of(session, keys[0]) == Money(12500)


def test_the_next_reception_seals_the_corrections_before_it(book, desk):
    keys = received(book, desk)
    right(book, keys, received=Decimal(2))
    with book.action("suivante", undoable=False) as session:
        other = draft_without_order(session, desk.supplier, LATER)
        line = add_line(session, other.id, article_id=desk.tins)
        note(session, other.id, line.id, received=Decimal(1))
        assert close(session, other.id, "MB", LATER).number == "RE-2026-0002"
    with pytest.raises(SealedError):
        book.undo()
    assert found(book) == []


def test_a_dlc_that_is_nearer_holds_for_the_opened_lot_too(book, desk):
    keys = received(book, desk)
    with book.action("ouvert") as session:
        open_lot(session, lots_left(session)[0].key, ARRIVED)
    right(book, keys, use_by=TUESDAY + timedelta(days=1))
    with book.read() as session:
        (row,) = lots_left(session)
        assert row.use_by == TUESDAY + timedelta(days=1)
        lot = session.get_one(Lot, row.key)
        assert "A12, DLC 04/12/2026" in lot.events[-1].reason


def test_a_dlc_that_was_past_at_the_door_is_refused_until_it_goes_back(book, desk):
    keys = received(book, desk)
    past = {"use_by": TODAY}
    with pytest.raises(UserError, match="DLC du 23/11/2026 dépassée"):
        right(book, keys, **past)
    right(book, keys, refused=Decimal(3), **past)
    with book.read() as session:
        assert lots_left(session) == []
        (record,) = session.query(ReceivedGoods)
        assert record.decision == "refused"


def test_the_sheet_of_hygiene_follows_and_a_signed_one_keeps_both(book, desk):
    keys = received(book, desk, celsius=Decimal(3))
    right(book, keys, celsius=Decimal("7.5"))
    with book.read() as session:
        assert [each.celsius for each in session.query(ReceivedGoods)] == [Decimal("7.5")]
    after = LATER + timedelta(days=7)
    with book.action("signée", undoable=False) as session:
        sign_sheet(session, GOODS, TODAY, "CD", "", after)
    with book.action("correction", undoable=False) as session:
        put_right(session, *keys, {"celsius": Decimal(4)}, "mal lu", "CD", after)
    with book.read() as session:
        records = session.query(ReceivedGoods).order_by(ReceivedGoods.id).all()
        assert [each.celsius for each in records] == [Decimal("7.5"), Decimal(4)]
        assert records[1].corrects_id == records[0].id


def test_a_reception_that_is_still_written_is_no_matter_of_correction(book, desk):
    with book.action("brouillon") as session:
        delivery = draft_without_order(session, desk.supplier, NOW)
        line = add_line(session, delivery.id, article_id=desk.tins)
        with pytest.raises(UserError, match="retapez"):
            correct(session, delivery.id, line.id, one_box(), "erreur", "CD", NOW)


@pytest.mark.parametrize(
    ("values", "reason", "told"),
    [
        ({"received": Decimal(3)}, "recompté", "Rien ne change"),
        ({"received": Decimal(2)}, " ", "Dites pourquoi"),
        ({"refused": Decimal(4)}, "recompté", "plus qu’il n’en est arrivé"),
        ({"celsius": Decimal(380)}, "recompté", "virgule"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_reason(book, desk, values, reason, told):
    keys = received(book, desk)
    with pytest.raises(UserError, match=told):
        right(book, keys, reason, **values)


def test_a_gift_put_right_is_worth_what_was_really_given(book, desk):
    with book.action("don", undoable=False) as session:
        gift = draft_without_order(session, desk.supplier, NOW, Coming.DONATED)
        line = add_line(session, gift.id, article_id=desk.tins)
        note(session, gift.id, line.id, received=Decimal(2), value=Money(5700))
        receive(session, gift.id, "MB", NOW)
        keys = gift.id, line.id
    right(book, keys, received=Decimal(1))
    with book.read() as session:
        (row,) = deliveries_of(session, NOVEMBER)
        assert row.net == Money(2850)
        assert [left_of(session, lot.id) for lot in session.query(Lot)] == [15000]


def test_the_effect_is_told_before_and_writes_nothing(book, desk):
    keys = received(book, desk)
    with book.read() as session:
        effect = effect_of(session, *keys, {"received": Decimal(2)}, LATER)
        assert (effect.before.quantity, effect.after.quantity) == (3 * BOX, 2 * BOX)
        assert (effect.before.value, effect.after.value) == (Money(15000), Money(10000))
        assert (effect.before.claim, effect.after.claim) == (None, Money(5000))
        assert session.query(StockMove).count() == 1
        assert not session.new


@pytest.fixture
def locked(book):
    """Lock the accounts until the end of November."""
    with book.action("clôture", undoable=False) as session:
        year = FiscalYear(
            first=date(2026, 1, 1), end=date(2027, 1, 1), numbering=Numbering.BEFORE_2025
        )
        year.locked_until = date(2026, 12, 1)
        session.add(year)


@pytest.mark.parametrize(("came", "left"), [(2, 2), (5, 5)])
@pytest.mark.usefixtures("locked")
def test_once_the_accounts_are_locked_the_stock_changes_as_of_now(book, desk, came, left):
    keys = received(book, desk)
    with book.read() as session:
        before = value_at(session, ARRIVED, every=True)
        assert foresee(session, *keys, {"received": Decimal(came)}, LATER).effect.is_late
    right(book, keys, received=Decimal(came))
    right(book, keys, received=Decimal(came), lot_code="B1")
    with book.read() as session:
        assert value_at(session, ARRIVED, every=True) == before
        (worth,) = worths(session).values()
        assert (worth.quantity, worth.value) == (left * BOX, Money(left * 5275))
    assert found(book) == []
