"""When orders leave and deliveries come; what an article costs from a day on."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import UserError
from cantine_desktop.supply.articles.keeping import ArticleFacts, add_article, price_on, set_price
from cantine_desktop.supply.articles.model import ContentUnit, PriceBasis
from cantine_desktop.supply.articles.wording import price_words, unit_name
from cantine_desktop.supply.suppliers.calendar import deliveries_from, slot_for
from cantine_desktop.supply.suppliers.keeping import (
    DayRow,
    SupplierFacts,
    add_supplier,
    close_from,
    set_days,
)
from tests.supply.shelves import add_product

MONDAY = datetime(2026, 11, 23, 11, tzinfo=UTC)
"""Noon in Paris."""


def supplier(session, *rows, name="Biocoop"):
    made = add_supplier(session, SupplierFacts(name))
    set_days(session, made.id, rows)
    return made.id


def days(slots):
    return [slot.delivery for slot in slots]


def test_a_cut_off_passed_by_a_minute_leaves_for_the_next_delivery(session):
    key = supplier(session, DayRow(0, 12 * 60, 1), DayRow(2, 12 * 60, 1))
    assert days(deliveries_from(session, key, MONDAY, count=2)) == [
        date(2026, 11, 24),
        date(2026, 11, 26),
    ]
    late = MONDAY.replace(minute=1)
    assert days(deliveries_from(session, key, late, count=1)) == [date(2026, 11, 26)]


def test_a_supplier_closed_on_the_first_of_may_neither_prepares_nor_delivers_that_day(session):
    session.add(Canteen(name="Le Port", department="67"))
    key = supplier(session, DayRow(3, 12 * 60, 1))
    before = datetime(2026, 4, 27, 8, tzinfo=UTC)
    # The first and the eighth are holidays, and so is the Thursday of the Ascension.
    assert days(deliveries_from(session, key, before, count=1)) == [date(2026, 5, 22)]


def test_a_closure_leaves_its_days_out(session):
    key = supplier(session, DayRow(0, 13 * 60, 1))
    close_from(session, key, date(2026, 11, 24), date(2026, 11, 30), "Congés")
    assert days(deliveries_from(session, key, MONDAY, count=1)) == [date(2026, 12, 8)]


def test_the_hour_is_that_of_the_canteen_in_winter_and_in_summer(session):
    key = supplier(session, DayRow(0, 12 * 60, 1))
    winter = deliveries_from(session, key, MONDAY, count=1)[0]
    summer = deliveries_from(session, key, datetime(2026, 7, 6, 8, tzinfo=UTC), count=1)[0]
    assert winter.order_by.astimezone(UTC).hour == 11
    assert summer.order_by.astimezone(UTC).hour == 10


def test_midnight_at_the_end_of_the_day_is_an_hour(session):
    key = supplier(session, DayRow(0, 24 * 60, 1))
    slot = deliveries_from(session, key, MONDAY, count=1)[0]
    assert slot.order_by.astimezone(UTC) == datetime(2026, 11, 23, 23, tzinfo=UTC)


def test_the_latest_delivery_before_a_day_is_found_or_nothing(session):
    key = supplier(session, DayRow(0, 13 * 60, 1), DayRow(2, 12 * 60, 1))
    slot = slot_for(session, key, date(2026, 11, 27), MONDAY)
    assert slot is not None
    assert slot.delivery == date(2026, 11, 26)
    assert slot_for(session, key, date(2026, 11, 23), MONDAY) is None


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (SupplierFacts(" "), "nom"),
        (SupplierFacts("BIOCOOP"), "déjà"),
        (SupplierFacts("Autre", email="commandes"), "adresse"),
        (SupplierFacts("Autre", siret="123"), "14 chiffres"),
    ],
)
def test_what_cannot_be_is_refused_in_words(session, facts, said):
    add_supplier(session, SupplierFacts("Biocoop"))
    with pytest.raises(UserError, match=said):
        add_supplier(session, facts)


def article(session, **more):
    facts = {
        "supplier_id": supplier(session),
        "product_id": add_product(session, "Tomate cerise"),
        "name": "Tomates cerises",
        "packs": (("colis", Decimal(6)), ("barquette", Decimal(250))),
        "content_unit": ContentUnit.GRAM,
    }
    return add_article(session, ArticleFacts(**{**facts, **more}), MONDAY, MONDAY.date())


def test_an_article_is_read_from_the_box_to_the_gram(session):
    assert unit_name(article(session)) == "colis de 6 × barquette de 250\u00a0g"
    assert price_words(Decimal("2.4"), PriceBasis.KILOGRAM) == "2,40\u00a0€ le kg"
    assert price_words(Decimal("0.0125"), PriceBasis.PIECE) == "0,0125\u00a0€ la pièce"


def test_a_price_holds_from_its_day_until_the_next_one(session):
    key = article(session, price=Decimal("9.5")).id
    set_price(session, key, Decimal(10), PriceBasis.ORDER_UNIT, date(2026, 12, 1), MONDAY)
    set_price(session, key, Decimal(8), PriceBasis.ORDER_UNIT, date(2026, 11, 26), MONDAY)
    told = [
        price.price if (price := price_on(session, key, day)) is not None else None
        for day in (date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 26), date(2027, 1, 1))
    ]
    assert told == [None, Decimal("9.5"), Decimal(8), Decimal(10)]


def test_a_price_of_the_same_day_replaces_the_one_that_was_there(session):
    key = article(session, price=Decimal("9.5")).id
    set_price(session, key, Decimal(9), PriceBasis.ORDER_UNIT, MONDAY.date(), MONDAY)
    price = price_on(session, key, MONDAY.date())
    assert price is not None
    assert price.price == 9


def test_a_price_by_the_piece_asks_what_a_piece_weighs(session):
    with pytest.raises(UserError, match="ce que pèse une pièce"):
        article(session, price=Decimal(1), basis=PriceBasis.PIECE)
