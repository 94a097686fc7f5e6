"""What the stock is worth: what the canteen pays, with VAT unless it recovers it."""

from decimal import Decimal

import pytest

from cantine_desktop.finance.ledger.balances import balances
from cantine_desktop.finance.statements.model import VatStatus
from cantine_desktop.finance.statements.policy import Policy, decide
from cantine_desktop.supply.invoices.month import not_invoiced
from cantine_desktop.supply.stock.valuing import worths
from cantine_desktop.supply.stock.vat import with_vat
from cantine_desktop.values.money import Money
from tests.supply.desk import furnish
from tests.supply.door import NOVEMBER, billed, received


@pytest.mark.parametrize(
    ("decided", "value"),
    [
        (Policy(), 15825),
        (Policy(vat=VatStatus.FRANCHISE), 15825),
        (Policy(vat=VatStatus.LIABLE), 15000),
        (Policy(vat=VatStatus.LIABLE, is_sectorised=True), 15825),
    ],
)
def test_three_boxes_at_fifty_euros_are_worth_what_the_canteen_pays(book, decided, value):
    with book.action("départ") as session:
        desk = furnish(session)
        decide(session, decided)
    received(book, desk)
    billed(book, desk, posted=True)
    with book.read() as session:
        (worth,) = worths(session).values()
        assert worth.value == Money(value)


def test_the_rate_of_the_article_is_the_one_that_is_paid(book):
    with book.read() as session:
        assert with_vat(session, Money(1000), Decimal("0.2")) == Money(1200)
        assert with_vat(session, Money(1000), Decimal(0)) == Money(1000)


def test_vat_that_is_recovered_is_posted_apart_and_left_out_of_what_waits_for_its_invoice(book):
    with book.action("départ") as session:
        desk = furnish(session)
        decide(session, Policy(vat=VatStatus.LIABLE))
    received(book, desk)
    with book.read() as session:
        [waiting] = not_invoiced(session, NOVEMBER)
        assert waiting.amount == Money(15000)
    billed(book, desk, posted=True)
    with book.read() as session:
        net = {each.number: each.net.cents for each in balances(session, NOVEMBER)}
        assert net["445660"] == 825
        assert sorted(net.values()) == [-15825, 825, 15000]


def test_vat_that_is_not_recovered_is_a_part_of_what_the_goods_cost(book):
    with book.action("départ") as session:
        desk = furnish(session)
    received(book, desk)
    with book.read() as session:
        [waiting] = not_invoiced(session, NOVEMBER)
        assert waiting.amount == Money(15825)
    billed(book, desk, posted=True)
    with book.read() as session:
        net = {each.number: each.net.cents for each in balances(session, NOVEMBER)}
        assert sorted(net.values()) == [-15825, 15825]
