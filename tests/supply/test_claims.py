"""Papers of the door: the sheet to check with, the claim for what lacked or went back."""

from decimal import Decimal
from io import BytesIO

from pypdf import PdfReader

from cantine_desktop.supply.deliveries.claim_sheet import write_claims
from cantine_desktop.supply.deliveries.claims import claimed, lacking, to_claim
from cantine_desktop.supply.deliveries.closing import close
from cantine_desktop.supply.deliveries.drafting import (
    add_line,
    conform,
    draft_from,
    draft_without_order,
    set_line,
)
from cantine_desktop.supply.deliveries.model import Coming
from cantine_desktop.supply.deliveries.parting import substitute
from cantine_desktop.supply.deliveries.reception_sheet import write_reception_sheets
from cantine_desktop.supply.orders.drafting import draft_for
from cantine_desktop.supply.orders.drafting import set_line as ask_for
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.suppliers.model import OrderWay
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.supply.desk import NOW, TODAY, TUESDAY

WEEK = Period.week(TODAY)


def words_of(session, write=write_claims):
    target = BytesIO()
    write(session, WEEK, NOW, target)
    text = "".join(page.extract_text() for page in PdfReader(target).pages)
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def received(session, desk, article, coming=Coming.DELIVERED, **typed):
    """Close a reception of one line nobody ordered; return the reception."""
    delivery = draft_without_order(session, desk.supplier, NOW, coming)
    line = add_line(session, delivery.id, article_id=article)
    set_line(session, delivery.id, line.id, **typed)
    close(session, delivery.id, "MB", NOW)
    return delivery


def ordered(session, desk, units):
    """Send an order of so many tins and begin its reception."""
    order = draft_for(session, desk.supplier, TUESDAY, NOW)
    ask_for(session, order.id, desk.tins, Decimal(units), NOW)
    mark_sent(session, order.id, Sent(OrderWay.EMAIL), NOW, below_minimum=True)
    return draft_from(session, [order.id], NOW)


def test_what_is_on_the_note_and_went_back_is_claimed_at_its_price(session, desk):
    three = {"noted": Decimal(3), "received": Decimal(3)}
    delivery = received(session, desk, desk.pears, **three, refused=Decimal(1), reason="pourries")
    (line,) = to_claim(delivery.lines)
    assert (lacking(line), claimed(line)) == (1, Money(5000))
    text = words_of(session)
    for words in ("Biocoop", delivery.number, "pourries", "50,00"):
        assert words in text


def test_what_lacks_of_the_order_is_claimed_when_the_note_says_nothing(session, desk):
    delivery = ordered(session, desk, 10)
    set_line(session, delivery.id, delivery.lines[0].id, received=Decimal(6))
    close(session, delivery.id, "MB", NOW)
    (line,) = to_claim(delivery.lines)
    assert (lacking(line), claimed(line)) == (4, Money(11400))


def test_what_the_note_does_not_announce_is_not_claimed(session, desk):
    delivery = ordered(session, desk, 10)
    six = Decimal(6)
    set_line(session, delivery.id, delivery.lines[0].id, noted=six, received=six)
    close(session, delivery.id, "MB", NOW)
    assert to_claim(delivery.lines) == []


def test_a_line_that_was_replaced_is_not_claimed(session, desk):
    delivery = ordered(session, desk, 1)
    other = substitute(session, delivery.id, delivery.lines[0].id, desk.cheese)
    set_line(session, delivery.id, other.id, received=Decimal(1))
    close(session, delivery.id, "MB", NOW)
    assert to_claim(delivery.lines) == []


def test_nothing_wrong_or_nothing_bought_makes_no_letter(session, desk):
    delivery = ordered(session, desk, 2)
    conform(session, delivery.id)
    close(session, delivery.id, "MB", NOW)
    one = Decimal(1)
    received(session, desk, desk.pears, Coming.DONATED, received=one, refused=one)
    assert "Rien à réclamer" in words_of(session)


def test_the_sheet_at_the_door_prints_what_still_lacks_and_a_blank_one_otherwise(session, desk):
    assert "Pesé" in words_of(session, write_reception_sheets)
    delivery = ordered(session, desk, 10)
    assert "10 × colis" in words_of(session, write_reception_sheets)
    set_line(session, delivery.id, delivery.lines[0].id, received=Decimal(6))
    close(session, delivery.id, "MB", NOW, closes_short=False)
    assert "4 × colis" in words_of(session, write_reception_sheets)
