"""What a box holds and what part of it is ordered cost what the supplier bills, to the cent."""

from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest

from cantine_desktop.supply.articles.keeping import ArticleFacts, add_article
from cantine_desktop.supply.articles.model import ContentUnit, PriceBasis
from cantine_desktop.supply.articles.packing import as_meant, exact
from cantine_desktop.supply.articles.wording import plain
from cantine_desktop.supply.deliveries.claims import claimed
from cantine_desktop.supply.deliveries.closing import close
from cantine_desktop.supply.deliveries.drafting import add_line, draft_from, draft_without_order
from cantine_desktop.supply.deliveries.drafting import set_line as note
from cantine_desktop.supply.deliveries.model import LineOutcome
from cantine_desktop.supply.invoices.drafting import awaited
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.order_sheet import write_orders
from cantine_desktop.supply.orders.queries import totals
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.stock.model import StockMove
from cantine_desktop.supply.suppliers.model import OrderWay
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.supply.desk import NOW, PRICED, TUESDAY
from tests.supply.shelves import add_product


def yeast(session, desk):
    """Sell yeast in sachets of 12.5 g, by the kilogram."""
    facts = ArticleFacts(
        desk.supplier,
        add_product(session, "Levure"),
        "Levure",
        (("sachet", Decimal("12.5")),),
        ContentUnit.GRAM,
        Decimal(40),
        PriceBasis.KILOGRAM,
    )
    return add_article(session, facts, NOW, PRICED).id


def thirds(session, desk):
    """Sell apples by the box of fifty euros, or a third of it."""
    facts = ArticleFacts(
        desk.supplier,
        add_product(session, "Pomme"),
        "Pommes",
        (("caisse", Decimal(15000)),),
        ContentUnit.GRAM,
        Decimal(50),
        fraction=3,
    )
    return add_article(session, facts, NOW, PRICED).id


def ordered(session, desk, article, units):
    order = draft_for(session, desk.supplier, TUESDAY, NOW)
    set_line(session, order.id, article, Decimal(units), NOW)
    return order


def sent(session, desk, article, units):
    order = ordered(session, desk, article, units)
    mark_sent(session, order.id, Sent(OrderWay.PHONE), NOW, below_minimum=True)
    return order


def test_a_hundred_sachets_of_twelve_grams_and_a_half_at_forty_euros_the_kilo_are_fifty_euros(
    session, desk
):
    order = sent(session, desk, yeast(session, desk), 100)
    assert totals(session, order.id).net == Money(5000)
    delivery = draft_from(session, [order.id], NOW)
    note(session, delivery.id, delivery.lines[0].id, received=Decimal(100))
    close(session, delivery.id, "MB", NOW)
    move = session.query(StockMove).one()
    assert (move.quantity, move.value) == (
        Decimal(1250),
        Money(5275),
    )  # VAT in: it is not recovered
    assert awaited(session, desk.supplier)[0].expected == Money(5000)


def test_what_nobody_ordered_costs_as_much(session, desk):
    delivery = draft_without_order(session, desk.supplier, NOW)
    line = add_line(session, delivery.id, article_id=yeast(session, desk))
    note(session, delivery.id, line.id, received=Decimal(100))
    close(session, delivery.id, "MB", NOW)
    assert awaited(session, desk.supplier)[0].expected == Money(5000)


@pytest.mark.parametrize(
    ("units", "cents"), [("0.333", 1667), ("0.667", 3333), ("1.333", 6667), ("1", 5000)]
)
def test_a_third_of_a_box_of_fifty_euros_is_sixteen_euros_sixty_seven(session, desk, units, cents):
    order = ordered(session, desk, thirds(session, desk), units)
    assert totals(session, order.id).net == Money(cents)


def test_a_weight_typed_to_the_gram_is_no_third(session, desk):
    facts = ArticleFacts(
        desk.supplier,
        add_product(session, "Comté"),
        "Comté à la coupe",
        (("kg", Decimal(1000)),),
        ContentUnit.GRAM,
        Decimal(50),
        PriceBasis.KILOGRAM,
        fraction=1000,
    )
    order = ordered(session, desk, add_article(session, facts, NOW, PRICED).id, "0.333")
    assert totals(session, order.id).net == Money(1665)


def test_a_third_that_comes_as_ordered_is_conform_whole_and_billed_so(session, desk):
    order = sent(session, desk, thirds(session, desk), "0.333")
    delivery = draft_from(session, [order.id], NOW)
    line = delivery.lines[0]
    note(session, delivery.id, line.id, received=Decimal("0.333"))
    close(session, delivery.id, "MB", NOW)
    assert line.outcome is LineOutcome.CONFORM
    move = session.query(StockMove).one()
    assert (move.quantity, move.value) == (
        Decimal(5000),
        Money(1759),
    )  # VAT in: it is not recovered
    assert awaited(session, desk.supplier)[0].expected == Money(1667)


def test_a_third_that_goes_back_is_claimed_to_the_cent(session, desk):
    order = sent(session, desk, thirds(session, desk), 1)
    delivery = draft_from(session, [order.id], NOW)
    line = delivery.lines[0]
    # Of a whole box ordered, nothing says that it goes by thirds: what is typed is what is meant.
    note(session, delivery.id, line.id, received=Decimal(1), refused=Decimal("0.333333"))
    assert claimed(line) == Money(1667)


def test_a_third_is_read_as_it_is_typed_on_the_order_on_paper(session, desk):
    ordered(session, desk, thirds(session, desk), "0.333")
    target = BytesIO()
    write_orders(session, Period.week(TUESDAY), NOW, target)
    words = pypdfium2.PdfDocument(target.getvalue())[0].get_textpage().get_text_range()
    assert "0,333 " in words.replace("\r\n", " ")
    assert "0,333333" not in words
    assert "16,67" in words


def test_a_decimal_stays_what_it_is_and_only_a_part_is_rounded_on_paper():
    assert exact(Decimal("0.333")) != exact(Decimal("0.333333"))
    assert exact(Decimal("0.666667") - Decimal("0.333333")).denominator == 3
    assert plain(Decimal("1.2345")) == "1,2345"
    assert as_meant(Decimal("0.333"), Decimal(1)) == Decimal("0.333")
    assert as_meant(Decimal("0.667"), Decimal("0.333333")) == Decimal("0.666667")
