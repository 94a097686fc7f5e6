"""Orders: written with the terms of the day, sent once a revision, replaced, cancelled."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pypdfium2
import pytest

from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.storage.attachments import Attachment, read
from cantine_desktop.supply.articles.keeping import ArticleFacts, change_article, set_price
from cantine_desktop.supply.articles.model import Article, ContentUnit, PriceBasis
from cantine_desktop.supply.deliveries.on_the_way import Arrival, expected
from cantine_desktop.supply.orders.drafting import (
    add_free_line,
    discard,
    draft_for,
    set_day,
    set_line,
    set_remarks,
    set_units,
)
from cantine_desktop.supply.orders.leaving import leave
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder
from cantine_desktop.supply.orders.order_sheet import write_orders
from cantine_desktop.supply.orders.order_text import order_text
from cantine_desktop.supply.orders.queries import open_orders, order_row, totals
from cantine_desktop.supply.orders.sending import (
    Sent,
    cancel,
    coming_number,
    confirm,
    mark_sent,
    number_for,
    reopen,
)
from cantine_desktop.supply.orders.totals import free_words
from cantine_desktop.supply.suppliers.model import OrderWay
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.supply.desk import NOW, TODAY, TUESDAY, furnish

BY_MAIL = Sent(OrderWay.EMAIL, "commandes@example.org", "AM", "Bonjour")


@pytest.fixture
def order(session, desk):
    made = draft_for(session, desk.supplier, TUESDAY, NOW)
    set_line(session, made.id, desk.pears, Decimal(3), NOW)
    return made


def test_three_boxes_at_fifty_euros_are_a_hundred_and_fifty_to_the_cent(session, order):
    found = totals(session, order.id)
    assert found.net == Money(15000)
    assert found.grams == 3 * 66 * 180
    assert free_words(found) == "Il manque 50,00\u00a0€ pour le franco."
    assert found.total == Money(16500)


def test_a_delivery_has_one_draft_and_its_last_hour(session, desk, order):
    assert draft_for(session, desk.supplier, TUESDAY, NOW).id == order.id
    assert order.order_by is not None
    assert order.order_by.hour == 12
    other = draft_for(session, desk.supplier, TUESDAY + timedelta(days=1), NOW)
    assert other.order_by is None


def test_half_a_box_only_where_the_supplier_splits_it(session, desk, order):
    set_line(session, order.id, desk.pears, Decimal("0.5"), NOW)
    with pytest.raises(UserError, match="colis entiers"):
        set_line(session, order.id, desk.tins, Decimal("0.5"), NOW)
    with pytest.raises(UserError, match="divise par 2"):
        set_line(session, order.id, desk.pears, Decimal("0.333"), NOW)


def test_zero_takes_a_line_out(session, desk, order):
    set_line(session, order.id, desk.pears, Decimal(0), NOW)
    assert order.lines == []
    with pytest.raises(UserError, match="vide"):
        mark_sent(session, order.id, BY_MAIL, NOW)


def test_a_changed_pack_or_price_leaves_the_order_as_it_was_written(session, desk, order):
    before = totals(session, order.id)
    article = session.get_one(Article, desk.pears)
    facts = ArticleFacts(
        desk.supplier,
        article.product_id,
        "Poires",
        (("caisse", Decimal(50)),),
        ContentUnit.PIECE,
    )
    change_article(session, desk.pears, facts)
    set_price(session, desk.pears, Decimal(70), PriceBasis.ORDER_UNIT, TODAY, NOW)
    assert totals(session, order.id) == before


def test_what_is_sent_is_numbered_sealed_and_on_its_way(session, desk, order):
    sending = mark_sent(session, order.id, BY_MAIL, NOW)
    assert (order.number, order.revision, order.state) == ("CO-2026-0001", 1, OrderState.SENT)
    assert sending.is_sealed
    pear = session.get_one(Article, desk.pears).product_id
    assert expected(session, TODAY, TUESDAY) == {pear: [Arrival(TUESDAY, Fraction(3 * 66 * 180))]}
    assert expected(session, TODAY, TODAY) == {}
    with pytest.raises(UserError, match="rouvrez"):
        set_line(session, order.id, desk.pears, Decimal(4), NOW)


def test_an_order_below_its_minimum_leaves_only_when_somebody_says_so(session, desk):
    order = draft_for(session, desk.supplier, TUESDAY, NOW)
    set_line(session, order.id, desk.cheese, Decimal(1), NOW)
    with pytest.raises(UserError, match="il manque 12,80"):
        mark_sent(session, order.id, BY_MAIL, NOW)
    mark_sent(session, order.id, BY_MAIL, NOW, below_minimum=True)


def test_what_is_sent_again_replaces_what_was_sent(session, desk, order):
    mark_sent(session, order.id, BY_MAIL, NOW)
    assert "annule et remplace" not in order_text(session, order.id)
    reopen(session, order.id)
    set_line(session, order.id, desk.tins, Decimal(2), NOW)
    assert order_row(session, order.id).state_words == "à renvoyer"
    assert "annule et remplace" in order_text(session, order.id)
    mark_sent(session, order.id, BY_MAIL, NOW)
    assert (order.number, order.revision) == ("CO-2026-0001", 2)
    assert [each.revision for each in order.sendings] == [1, 2]


def test_an_order_is_cancelled_with_a_reason_and_comes_no_more(session, order):
    mark_sent(session, order.id, BY_MAIL, NOW)
    confirm(session, order.id)
    with pytest.raises(UserError, match="pourquoi"):
        cancel(session, order.id, Sent(OrderWay.PHONE), NOW)
    cancel(session, order.id, Sent(OrderWay.PHONE, words="Cantine fermée"), NOW)
    assert expected(session, TODAY, TUESDAY) == {}
    assert open_orders(session) == []
    with pytest.raises(UserError, match="annule"):
        cancel(session, order.id, Sent(OrderWay.PHONE, words="Encore"), NOW)


def test_a_draft_is_thrown_away_and_what_left_is_not(session, desk, order):
    mark_sent(session, order.id, BY_MAIL, NOW)
    reopen(session, order.id)
    with pytest.raises(UserError, match="annulez-la"):
        discard(session, order.id)
    other = draft_for(session, desk.supplier, TUESDAY + timedelta(days=7), NOW)
    discard(session, other.id)
    assert session.get(PurchaseOrder, other.id) is None


def test_the_proof_of_a_sending_is_not_changed(book):
    with book.action("Envoyer") as session:
        desk = furnish(session)
        order = draft_for(session, desk.supplier, TUESDAY, NOW)
        set_line(session, order.id, desk.pears, Decimal(3), NOW)
        mark_sent(session, order.id, BY_MAIL, NOW)
        key = order.id
    with pytest.raises(SealedError), book.action("Changer") as session:
        session.get_one(PurchaseOrder, key).sendings[0].to = "ailleurs@example.org"


def test_the_text_says_each_line_and_the_paper_its_amounts(session, order):
    add_free_line(session, order.id, "Herbes du jardin", Decimal(2), "bottes")
    mark_sent(session, order.id, BY_MAIL, NOW)
    text = order_text(session, order.id)
    assert "- 3 × Poires, caisse de 66\u00a0pièces [PO66]" in text
    assert "- 2 × Herbes du jardin, bottes" in text
    target = BytesIO()
    write_orders(session, Period.week(TUESDAY), NOW, target)
    document = pypdfium2.PdfDocument(target.getvalue())
    words = document[0].get_textpage().get_text_range()
    assert "CO-2026-0001" in words
    assert "150,00" in words
    assert "165,00" in words


def test_an_order_takes_the_price_of_the_day_it_comes(session, desk):
    set_price(session, desk.pears, Decimal(60), PriceBasis.ORDER_UNIT, TUESDAY, NOW)
    order = draft_for(session, desk.supplier, TUESDAY, NOW)
    set_line(session, order.id, desk.pears, Decimal(1), NOW)
    assert totals(session, order.id).net == Money(6000)


def test_an_order_moved_to_another_day_takes_the_prices_and_the_last_hour_of_that_day(
    session, desk, order
):
    thursday = TUESDAY + timedelta(days=2)
    set_price(session, desk.pears, Decimal(60), PriceBasis.ORDER_UNIT, thursday, NOW)
    assert totals(session, order.id).net == Money(15000)
    set_day(session, order.id, thursday, NOW)
    assert totals(session, order.id).net == Money(18000)
    assert (order.order_by or NOW).date() == thursday - timedelta(days=1)
    draft_for(session, desk.supplier, TUESDAY, NOW)
    with pytest.raises(UserError, match="déjà écrite"):
        set_day(session, order.id, TUESDAY, NOW)


def test_no_order_is_written_for_a_day_that_is_past(session, desk, order):
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(UserError, match="jour est passé"):
        draft_for(session, desk.supplier, yesterday, NOW)
    with pytest.raises(UserError, match="jour est passé"):
        set_day(session, order.id, yesterday, NOW)
    assert draft_for(session, desk.supplier, TODAY, NOW).delivery_day == TODAY


def test_a_draft_that_is_thrown_away_leaves_no_gap_in_the_numbers(session, desk, order):
    other = draft_for(session, desk.supplier, TUESDAY + timedelta(days=7), NOW)
    assert coming_number(session, other.id, NOW) == "CO-2026-0001"
    assert "CO-2026-0001" in order_text(session, other.id, coming_number(session, other.id, NOW))
    discard(session, other.id)
    mark_sent(session, order.id, BY_MAIL, NOW)
    assert order.number == "CO-2026-0001"


def test_a_draft_whose_text_went_out_is_kept_as_cancelled_under_its_number(session, order):
    number_for(session, order.id, NOW)
    discard(session, order.id)
    kept = session.get_one(PurchaseOrder, order.id)
    assert (kept.number, kept.state) == ("CO-2026-0001", OrderState.CANCELLED)
    assert open_orders(session) == []


def test_the_paper_that_left_is_kept_with_each_revision(session, desk, order):
    first = leave(session, order.id, BY_MAIL, NOW)
    reopen(session, order.id)
    set_line(session, order.id, desk.pears, Decimal(4), NOW)
    second = leave(session, order.id, BY_MAIL, NOW)
    texts = []
    for sending in (first, second):
        kept = session.get_one(Attachment, sending.attachment_id)
        pdf = pypdfium2.PdfDocument(read(session, kept))
        texts.append((kept.name, pdf[0].get_textpage().get_text_range()))
    assert [name for name, _ in texts] == ["CO-2026-0001-R1.pdf", "CO-2026-0001-R2.pdf"]
    assert ["150,00" in words for _, words in texts] == [True, False]
    assert ["200,00" in words for _, words in texts] == [False, True]


def test_an_order_with_a_line_that_has_no_price_leaves_with_its_paper_all_the_same(session, order):
    add_free_line(session, order.id, "Herbes du jardin", Decimal(2), "bottes")
    kept = session.get_one(Attachment, leave(session, order.id, BY_MAIL, NOW).attachment_id)
    words = pypdfium2.PdfDocument(read(session, kept))[0].get_textpage().get_text_range()
    assert "Herbes du jardin" in words


def test_remarks_and_lines_in_words_change_until_the_order_leaves(session, order):
    line = add_free_line(session, order.id, "Herbes du jardin", Decimal(2), "bottes")
    set_units(session, order.id, line.id, Decimal(3))
    set_remarks(session, order.id, "Livrer par la cour")
    text = order_text(session, order.id)
    assert "- 3 × Herbes du jardin" in text
    assert "Livrer par la cour" in text
    set_units(session, order.id, line.id, Decimal(0))
    assert "Herbes" not in order_text(session, order.id)
    mark_sent(session, order.id, BY_MAIL, NOW)
    with pytest.raises(UserError, match="rouvrez"):
        set_remarks(session, order.id, "Trop tard")
