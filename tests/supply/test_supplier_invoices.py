"""Invoices beside deliveries: agreed, accepted, claimed; posted once; paid when nothing is open."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.balances import balances
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.ledger.posting import remove
from cantine_desktop.finance.pieces.invoice_facts import InvoiceFacts, InvoiceLine, Syntax
from cantine_desktop.finance.postings.facts import PurchaseFacts, Share
from cantine_desktop.finance.postings.purchases import post_purchase
from cantine_desktop.supply.articles.model import Article, PriceBasis
from cantine_desktop.supply.deliveries.closing import close, to_ask
from cantine_desktop.supply.deliveries.drafting import add_line as add_gift
from cantine_desktop.supply.deliveries.drafting import conform, draft_from, draft_without_order
from cantine_desktop.supply.deliveries.drafting import set_line as note
from cantine_desktop.supply.deliveries.model import Coming
from cantine_desktop.supply.deliveries.parting import split
from cantine_desktop.supply.invoices.credits import credit_claim, give_up, open_claims
from cantine_desktop.supply.invoices.drafting import (
    Head,
    add_other,
    awaited,
    begin,
    bill,
    discard,
    missing_net,
    remove_line,
    set_amount,
)
from cantine_desktop.supply.invoices.judging import accept, agrees, claim, gap_of
from cantine_desktop.supply.invoices.matching import bill_electronic
from cantine_desktop.supply.invoices.model import Settlement
from cantine_desktop.supply.invoices.month import not_invoiced, post_month, supply_month
from cantine_desktop.supply.invoices.paying import allow_payment, held_payments, why_not_pay
from cantine_desktop.supply.invoices.posting import apply_prices, post_invoice, price_changes
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.stock.model import StockItem
from cantine_desktop.supply.stock.valuing import worths
from cantine_desktop.supply.suppliers.keeping import SupplierFacts, add_supplier
from cantine_desktop.supply.suppliers.model import OrderWay, SupplierKind
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.supply.desk import NOW, TUESDAY

LATER = NOW + timedelta(days=3)
NOVEMBER = Period.month(TUESDAY)
DECEMBER = NOW + timedelta(days=12)


@pytest.fixture
def came(session, desk):
    """Three boxes of pears at 50,00 and a cheese weighed at 3,05 kg came on Tuesday."""
    order = draft_for(session, desk.supplier, TUESDAY, NOW)
    set_line(session, order.id, desk.pears, Decimal(3), NOW)
    set_line(session, order.id, desk.cheese, Decimal(1), NOW)
    mark_sent(session, order.id, Sent(OrderWay.PHONE), NOW, below_minimum=True)
    at = NOW + timedelta(days=1)
    delivery = draft_from(session, [order.id], at)
    conform(session, delivery.id)
    cheese = next(line for line in delivery.lines if line.article_id == desk.cheese)
    note(session, delivery.id, cheese.id, weight=Decimal(3050))
    close(session, delivery.id, "AM", at, agreed=to_ask(session, delivery.id))
    return delivery


def invoice_of(session, desk, total=19_813, net=18_782, number="F-1", day=date(2026, 11, 26)):
    head = Head(desk.supplier, number, day, Money(total), Money(net))
    return begin(session, head, LATER)


def billed(session, desk, **more):
    made = invoice_of(session, desk, **more)
    bill(session, made.id, [each.key for each in awaited(session, desk.supplier)])
    return made


def line_named(invoice, name):
    return next(line for line in invoice.lines if name in line.name)


def net_of_accounts(session, period=NOVEMBER):
    return {each.number: each.net.cents for each in balances(session, period)}


def test_a_cheese_ordered_at_3_kilos_weighed_3_05_billed_3_05_agrees(session, desk, came):
    waiting = {each.name: each for each in awaited(session, desk.supplier)}
    assert waiting["Tomme des Vosges"].expected == Money(3782)
    assert waiting["Tomme des Vosges"].quantity == Decimal("3.05")
    made = billed(session, desk)
    assert {line.settlement for line in made.lines} == {Settlement.AGREED}
    assert missing_net(made) == Money(0)
    assert awaited(session, desk.supplier) == []
    assert came.number


@pytest.mark.parametrize(
    ("expected", "told", "is_near"),
    [
        (1000, 1100, True),
        (1000, 1101, False),
        (10_000, 10_200, True),
        (10_000, 10_201, False),
        (10_000, 9_799, False),
        (None, 100, False),
    ],
)
def test_a_line_agrees_within_a_euro_or_two_hundredths(expected, told, is_near):
    assert agrees(None if expected is None else Money(expected), Money(told)) is is_near


@pytest.mark.usefixtures("came")
def test_an_invoice_that_agrees_goes_to_the_accounts_once(session, desk):
    made = billed(session, desk)
    entry = post_invoice(session, made.id, LATER)
    assert net_of_accounts(session) == {"401000": -19_813, "601000": 19_813}
    assert entry.piece_ref == "F-1"
    with pytest.raises(UserError, match="déjà dans les comptes"):
        post_invoice(session, made.id, LATER)
    with pytest.raises(UserError, match="déjà dans les comptes"):
        set_amount(session, made.lines[0].id, Money(1))
    with pytest.raises(UserError, match="déjà notée"):
        invoice_of(session, desk)


@pytest.mark.usefixtures("came")
def test_what_is_beyond_the_tolerance_is_seen_before_it_is_posted(session, desk):
    made = billed(session, desk, total=21_395, net=20_282)
    pears = line_named(made, "Poires")
    set_amount(session, pears.id, Money(16_500))
    assert (pears.settlement, gap_of(pears)) == (Settlement.TO_SEE, Money(1500))
    with pytest.raises(UserError, match="Poires"):
        post_invoice(session, made.id, LATER)
    accept(session, pears.id)
    post_invoice(session, made.id, LATER)


@pytest.mark.usefixtures("came")
def test_lines_that_do_not_make_the_total_are_refused(session, desk):
    made = billed(session, desk, net=19_000)
    with pytest.raises(UserError, match="il manque 2,18"):
        post_invoice(session, made.id, LATER)
    add_other(session, made.id, "Transport", Money(218))
    with pytest.raises(UserError, match="Transport"):
        post_invoice(session, made.id, LATER)
    accept(session, line_named(made, "Transport").id)
    post_invoice(session, made.id, LATER)


@pytest.mark.usefixtures("came")
def test_an_accepted_price_falls_on_the_lot_and_may_become_the_article_s(session, desk):
    pear = session.get_one(Article, desk.pears).product_id
    session.add(StockItem(product_id=pear))
    made = billed(session, desk, total=21_395, net=20_282)
    pears = line_named(made, "Poires")
    set_amount(session, pears.id, Money(16_500))
    accept(session, pears.id)
    post_invoice(session, made.id, LATER)
    assert worths(session)[pear].value == Money(17_408)
    [change] = price_changes(session, made.id)
    assert (change.old, change.new, change.rise) == (Decimal(50), Decimal(55), Decimal("0.1"))
    assert apply_prices(session, made.id, {change.line_id}, LATER) == 1
    last = session.get_one(Article, desk.pears).prices[-1]
    assert (last.price, last.basis, last.source) == (
        Decimal(55), PriceBasis.ORDER_UNIT, "Facture F-1",
    )  # fmt: skip
    assert price_changes(session, made.id) == []


@pytest.mark.usefixtures("came")
def test_a_claim_keeps_the_lot_at_its_price_and_the_invoice_unpaid_until_the_credit(session, desk):
    pear = session.get_one(Article, desk.pears).product_id
    session.add(StockItem(product_id=pear))
    made = billed(session, desk, total=21_395, net=20_282)
    pears = line_named(made, "Poires")
    set_amount(session, pears.id, Money(16_500))
    claim(session, pears.id, "prix convenu 50 €")
    entry = post_invoice(session, made.id, LATER)
    assert worths(session)[pear].value == Money(15_825)
    assert "Avoir attendu de 15,00" in why_not_pay(session, made.id)
    assert list(held_payments(session)) == [entry.id]
    [open_one] = open_claims(session)
    assert (open_one.left, open_one.reason) == (Money(1500), "prix convenu 50 €")
    credit = invoice_of(session, desk, total=-1583, net=-1500, number="A-1")
    credit_claim(session, credit.id, pears.id)
    post_invoice(session, credit.id, LATER)
    assert open_claims(session) == []
    assert not why_not_pay(session, made.id)
    assert held_payments(session) == {}


@pytest.mark.usefixtures("came")
def test_a_claim_may_be_paid_over_or_given_up_with_a_reason(session, desk):
    made = billed(session, desk, total=21_395, net=20_282)
    pears = line_named(made, "Poires")
    set_amount(session, pears.id, Money(16_500))
    claim(session, pears.id, "prix convenu")
    with pytest.raises(UserError, match="pourquoi"):
        allow_payment(session, made.id, " ")
    allow_payment(session, made.id, "petit montant")
    assert not why_not_pay(session, made.id)
    give_up(session, pears.id, "erreur de notre part")
    assert open_claims(session) == []
    assert pears.settlement is Settlement.ACCEPTED


@pytest.mark.usefixtures("came")
def test_claims_and_credits_that_cannot_be_are_refused(session, desk):
    made = billed(session, desk)
    cheese = line_named(made, "Tomme")
    with pytest.raises(UserError, match="rien à réclamer"):
        claim(session, cheese.id, "trop cher")
    with pytest.raises(UserError, match="pourquoi"):
        claim(session, cheese.id, "", Money(100))
    with pytest.raises(UserError, match="pas plus"):
        claim(session, cheese.id, "abîmé", Money(4000))
    claim(session, cheese.id, "abîmé", Money(1000))
    with pytest.raises(UserError, match="pas un avoir"):
        credit_claim(session, made.id, cheese.id)
    credit = invoice_of(session, desk, total=-2000, net=-1900, number="A-1")
    with pytest.raises(UserError, match="au plus"):
        credit_claim(session, credit.id, cheese.id, Money(1001))
    credit_claim(session, credit.id, cheese.id, Money(400))
    assert [each.left for each in open_claims(session)] == [Money(600)]
    other = add_supplier(session, SupplierFacts("Autre"))
    elsewhere = begin(session, Head(other.id, "A-9", TUESDAY, Money(-100)), LATER)
    with pytest.raises(UserError, match="autre fournisseur"):
        credit_claim(session, elsewhere.id, cheese.id)


@pytest.mark.usefixtures("came")
def test_two_invoices_share_one_delivery_and_nothing_is_billed_twice(session, desk):
    keys = [each.key for each in awaited(session, desk.supplier)]
    first, second = invoice_of(session, desk), invoice_of(session, desk, number="F-2")
    bill(session, first.id, keys[:1])
    bill(session, second.id, keys[1:])
    with pytest.raises(UserError, match="déjà facturée"):
        bill(session, second.id, keys[:1])
    remove_line(session, first.lines[0].id)
    assert [each.key for each in awaited(session, desk.supplier)] == keys[:1]


def test_a_head_that_says_nothing_is_refused(session, desk):
    with pytest.raises(UserError, match="numéro"):
        begin(session, Head(desk.supplier, " ", TUESDAY, Money(100)), NOW)
    with pytest.raises(UserError, match="total"):
        begin(session, Head(desk.supplier, "F", TUESDAY, Money(0)), NOW)
    with pytest.raises(UserError, match="dépasse"):
        begin(session, Head(desk.supplier, "F", TUESDAY, Money(100), Money(200)), NOW)
    empty = begin(session, Head(desk.supplier, "F", TUESDAY, Money(100)), NOW)
    with pytest.raises(UserError, match="pas de ligne"):
        post_invoice(session, empty.id, NOW)


@pytest.mark.usefixtures("came")
def test_goods_whose_invoice_comes_in_december_belong_to_november(session, desk):
    [waiting] = not_invoiced(session, NOVEMBER)
    assert (waiting.supplier, waiting.amount) == ("Biocoop", Money(19_815))  # 187,82 and 5,5 %
    later = billed(session, desk, day=date(2026, 12, 2))
    assert len(not_invoiced(session, Period.month(date(2026, 12, 2)))) == 1
    post_invoice(session, later.id, DECEMBER)
    assert len(not_invoiced(session, NOVEMBER)) == 1
    assert not_invoiced(session, Period.month(date(2026, 12, 2))) == []


@pytest.mark.usefixtures("came")
def test_a_month_s_end_is_posted_once_and_taken_back_the_month_after(session, desk):
    with pytest.raises(UserError, match="pas fini"):
        post_month(session, NOVEMBER, LATER)
    pear = session.get_one(Article, desk.pears).product_id
    session.add(StockItem(product_id=pear))
    donor = add_supplier(session, SupplierFacts("Voisine", kind=SupplierKind.DONOR))
    gift = draft_without_order(session, donor.id, LATER, Coming.DONATED)
    given = add_gift(session, gift.id, product_id=pear)
    note(session, gift.id, given.id, received=Decimal(4), value=Money(1200))
    close(session, gift.id, "AM", LATER)
    found = supply_month(session, NOVEMBER)
    assert (found.stock, found.gifts) == (Money(15_825), Money(1200))
    made = post_month(session, NOVEMBER, DECEMBER)
    assert len(made) == 4
    november = net_of_accounts(session)
    assert november["408100"] == -19_815
    assert november["310000" if "310000" in november else "311000"] == 15_825
    december = net_of_accounts(session, Period.month(date(2026, 12, 1)))
    assert december["408100"] == 19_815
    assert post_month(session, NOVEMBER, DECEMBER) == []
    stock = next(each for each in made if each.piece_ref == "STK-202611")
    remove(session, stock)
    assert [each.piece_ref for each in post_month(session, NOVEMBER, DECEMBER)] == ["STK-202611"]
    assert session.query(Entry).count() == 4


@pytest.mark.usefixtures("came")
def test_an_electronic_line_bills_both_lots_of_a_box_that_was_shared(session, desk):
    billed(session, desk, number="F-0")
    at = NOW + timedelta(days=2)
    delivery = draft_without_order(session, desk.supplier, at)
    line = add_gift(session, delivery.id, article_id=desk.pears)
    note(session, delivery.id, line.id, received=Decimal(3))
    split(session, delivery.id, line.id, Decimal(1))
    close(session, delivery.id, "AM", at, agreed=to_ask(session, delivery.id))
    made = invoice_of(session, desk, total=17_409, net=16_501)
    name = session.get_one(Article, desk.pears).name
    told = InvoiceLine(1, name=name, quantity=Decimal(3), total=Decimal("165.01"))
    read = bill_electronic(session, made.id, InvoiceFacts(Syntax.CII, lines=(told,)))
    assert (read.matched, read.others) == (1, 0)
    assert sorted(each.amount.cents for each in made.lines) == [5_500, 11_001]


@pytest.mark.usefixtures("came")
def test_what_is_billed_by_a_draft_alone_is_still_to_be_invoiced(session, desk):
    made = billed(session, desk, day=TUESDAY)
    assert [each.amount for each in not_invoiced(session, NOVEMBER)] == [Money(19_815)]
    post_invoice(session, made.id, LATER)
    assert not_invoiced(session, NOVEMBER) == []


@pytest.mark.usefixtures("came")
@pytest.mark.parametrize("net", [18_782, None])
def test_a_total_that_no_vat_explains_is_refused(session, desk, net):
    head = Head(desk.supplier, "F-9", TUESDAY, Money(99_900), None if net is None else Money(net))
    made = begin(session, head, LATER)
    bill(session, made.id, [each.key for each in awaited(session, desk.supplier)])
    with pytest.raises(UserError, match="TVA serait"):
        post_invoice(session, made.id, LATER)


@pytest.mark.usefixtures("came")
def test_an_entry_of_another_amount_is_not_taken_for_the_invoice(session, desk):
    first = post_invoice(session, billed(session, desk).id, LATER)
    party = next(line.party_id for line in first.lines if line.party_id)
    post_purchase(
        session,
        PurchaseFacts(party, TUESDAY, "F-8", "à la main", (Share(Role.FOOD, Money(9_999)),)),
    )
    made = invoice_of(session, desk, total=10_550, net=10_000, number="F-8")
    line = add_other(session, made.id, "Divers", Money(10_000))
    accept(session, line.id)
    with pytest.raises(UserError, match="99,99"):
        post_invoice(session, made.id, LATER)


@pytest.mark.usefixtures("came")
def test_a_credit_line_taken_out_has_its_claim_wait_again(session, desk):
    made = billed(session, desk)
    line = made.lines[0]
    claim(session, line.id, "abîmé", Money(1_000))
    credit = invoice_of(session, desk, total=-1_055, net=-1_000, number="A-1")
    given = credit_claim(session, credit.id, line.id)
    with pytest.raises(UserError, match="retirez d’abord"):
        remove_line(session, line.id)
    assert open_claims(session) == []
    with pytest.raises(UserError, match="retirez d’abord"):
        discard(session, made.id)
    remove_line(session, given.id)
    assert [each.left for each in open_claims(session)] == [Money(1_000)]
    credit_claim(session, credit.id, line.id)
    discard(session, credit.id)
    assert [each.left for each in open_claims(session)] == [Money(1_000)]
