"""The value of the stock by both methods, where a later price went, and losses by stage."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from cantine_desktop.supply.stock.following import follow
from cantine_desktop.supply.stock.model import LossStage
from cantine_desktop.supply.stock.moving import lose, use
from cantine_desktop.supply.stock.revaluing import revalue_lot
from cantine_desktop.supply.stock.worth_report import later_prices, losses, worth_rows
from cantine_desktop.supply.stock.worth_sheet import write_stock_worth
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.supply.shelves import NOW, TODAY, add_lot, add_product

NOVEMBER = Period.month(TODAY)


@pytest.fixture
def rice(session):
    """Two lots of rice, the second one dearer, of which 1,5 kg were used and 100 g lost."""
    product = add_product(session, "Riz")
    follow(session, product)
    lot = add_lot(session, product, 1000, value=200, ago=10)
    add_lot(session, product, 1000, value=400, ago=5)
    use(session, product, Decimal(500), NOW - timedelta(days=3), NOW)
    lose(session, lot, Decimal(100), LossStage.KITCHEN, NOW - timedelta(days=2), NOW)
    return lot


@pytest.mark.usefixtures("rice")
def test_both_methods_stand_side_by_side(session):
    (row,) = worth_rows(session, TODAY)
    assert row.quantity == 1400
    assert (row.average, row.fifo) == (Money(420), Money(480))


def test_a_later_price_is_followed_to_what_is_left_and_to_what_was_used(session, rice):
    revalue_lot(session, rice, Money(100), NOW, reason="Facture F-9")
    (told,) = later_prices(session, NOVEMBER)
    assert told.value == told.stock + told.used + told.variance == Money(100)
    assert told.used.cents > 0
    assert told.reason == "Facture F-9"
    assert later_prices(session, Period.month(date(2026, 10, 1))) == []


@pytest.mark.usefixtures("rice")
def test_losses_are_summed_by_stage_at_what_they_cost(session):
    (row,) = losses(session, NOVEMBER)
    assert (row.stage, row.quantity, row.value) == (LossStage.KITCHEN, 100, Money(30))


def test_the_paper_holds_the_three_and_names_what_has_no_price(session, rice):
    revalue_lot(session, rice, Money(100), NOW, reason="Facture F-9")
    honey = add_product(session, "Miel")
    follow(session, honey)
    add_lot(session, honey, 500)
    target = BytesIO()
    write_stock_worth(session, NOVEMBER, NOW, target)
    text = "".join(page.extract_text() for page in PdfReader(target).pages)
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    for words in ("CUMP", "FIFO", "Facture F-9", "Préparation", "Sans prix connu", "Miel"):
        assert words in text
