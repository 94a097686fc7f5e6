"""The figures of food: counted from what came in and from the accounts, missing when unknown."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cantine_desktop.finance.ledger.accounts import find_or_add_party
from cantine_desktop.finance.ledger.model import PartyKind
from cantine_desktop.finance.postings.facts import PurchaseFacts, Share, TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.purchases import post_purchase
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.network.alerts import alert
from cantine_desktop.network.explaining import explain
from cantine_desktop.network.indicators import figures
from cantine_desktop.supply.articles.model import Article, QualityLabel
from cantine_desktop.supply.deliveries.closing import close
from cantine_desktop.supply.deliveries.drafting import add_line as add_gift
from cantine_desktop.supply.deliveries.drafting import conform, draft_from, draft_without_order
from cantine_desktop.supply.deliveries.drafting import set_line as note
from cantine_desktop.supply.deliveries.model import Coming
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.suppliers.keeping import SupplierFacts, add_supplier
from cantine_desktop.supply.suppliers.model import OrderWay, SupplierKind
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.supply.desk import NOW, TUESDAY, furnish

NOVEMBER = Period.month(TUESDAY)
KEYS = ("surplus-share", "organic-share", "local-share", "short-share", "chosen-share")


@pytest.fixture
def session(book):
    with book.action("Essai") as session:
        yield session


def food_of(session):
    found = figures(session, NOVEMBER, date(2026, 11, 30))
    return {each.indicator.key: each.value for each in found}


def test_without_a_reception_nothing_is_said(session):
    found = food_of(session)
    assert [found[key] for key in KEYS] == [None] * 5
    assert found["food-cost"] is None


def test_shares_count_a_purchase_once_and_gifts_for_what_they_are_worth(session):
    desk = furnish(session)
    pears = session.get_one(Article, desk.pears)
    pears.labels, pears.is_local = frozenset({QualityLabel.ORGANIC}), True
    session.get_one(Article, desk.tins).is_short = True
    session.flush()
    order = draft_for(session, desk.supplier, TUESDAY, NOW)
    set_line(session, order.id, desk.pears, Decimal(1), NOW)
    set_line(session, order.id, desk.tins, Decimal(2), NOW)
    mark_sent(session, order.id, Sent(OrderWay.PHONE), NOW, below_minimum=True)
    at = NOW + timedelta(days=1)
    delivery = draft_from(session, [order.id], at)
    conform(session, delivery.id)
    close(session, delivery.id, "AM", at)
    donor = add_supplier(session, SupplierFacts("Voisine", kind=SupplierKind.DONOR))
    gift = draft_without_order(session, donor.id, at, Coming.DONATED)
    given = add_gift(session, gift.id, product_id=pears.product_id)
    note(session, gift.id, given.id, received=Decimal(4), value=Money(1300))
    close(session, gift.id, "AM", at)
    found = food_of(session)
    # 50,00 of pears, 57,00 of tins, 13,00 given
    assert found["surplus-share"] == Decimal("10.8")
    assert (found["organic-share"], found["local-share"]) == (Decimal("46.7"), Decimal("46.7"))
    assert found["short-share"] == Decimal("53.3")
    assert found["chosen-share"] == Decimal("52.5")
    assert alert("chosen-share", Decimal("49.9"))
    assert not alert("chosen-share", found["chosen-share"])


def test_what_food_a_meal_costs_is_read_in_the_accounts(session):
    party = find_or_add_party(session, "Biocoop", PartyKind.SUPPLIER).id
    facts = PurchaseFacts(party, TUESDAY, "F-1", "Achats", (Share("601000", Money(10_500)),))
    post_purchase(session, facts)
    parts = {(Means.CASH, Purpose.MEALS): Money(12_000)}
    post_takings(session, TakingsFacts(TUESDAY, "Déjeuner", parts, meals=30), NOW)
    assert food_of(session)["food-cost"] == Decimal("3.50")


def test_the_cost_of_food_tells_its_accounts(session):
    party = find_or_add_party(session, "Biocoop", PartyKind.SUPPLIER).id
    facts = PurchaseFacts(party, TUESDAY, "F-1", "Achats", (Share("601000", Money(10_500)),))
    post_purchase(session, facts)
    told = explain(session, "food-cost", NOVEMBER)
    assert [line.key for line in told.lines] == ["601000"]
