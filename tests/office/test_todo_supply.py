"""The lines of supply among those of today: recalls, orders, food."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from cantine_desktop.office.day_deliveries import day_deliveries
from cantine_desktop.office.today import read_today
from cantine_desktop.office.todo_supply import supply_waits
from cantine_desktop.office.waiting import Urgency
from cantine_desktop.supply.articles.keeping import set_price
from cantine_desktop.supply.articles.model import PriceBasis
from cantine_desktop.supply.deliveries.closing import close
from cantine_desktop.supply.deliveries.drafting import conform, draft_from
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.model import PurchaseOrder
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.recalls.model import RecallMatch, RecallNotice
from cantine_desktop.supply.suppliers.model import OrderWay, Supplier, SupplierPaper
from tests.supply.desk import NOW, TODAY, TUESDAY, furnish
from tests.supply.shelves import add_lot, add_product

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


@pytest.fixture
def session(book):
    with book.action("Essai") as session:
        yield session


@pytest.fixture
def order(session):
    desk = furnish(session)
    made = draft_for(session, desk.supplier, TUESDAY, NOW)
    set_line(session, made.id, desk.pears, Decimal(3), NOW)
    return made.id


def waits(session, now=NOW):
    return [(each.urgency, each.words, each.screen) for each in supply_waits(session, now)]


def plain(words):
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_book_without_supply_asks_for_nothing(session):
    assert waits(session) == []


@pytest.mark.parametrize(
    ("now", "urgency", "words"),
    [
        (NOON - timedelta(hours=4), Urgency.TODAY, "à envoyer avant 12:00"),
        (NOON - timedelta(hours=1), Urgency.NOW, "à envoyer avant 12:00"),
        (NOON + timedelta(minutes=1), Urgency.NOW, "l’heure limite est passée (12:00)"),
    ],
    ids=["morning", "last hours", "too late"],
)
@pytest.mark.usefixtures("order")
def test_an_order_says_its_last_hour_on_its_day(session, now, urgency, words):
    [(found, told, screen)] = waits(session, now)
    assert (found, screen) == (urgency, "orders")
    assert words in plain(told)


@pytest.mark.usefixtures("order")
def test_the_day_before_the_last_hour_nothing_is_said(session):
    assert waits(session, NOW - timedelta(days=1)) == []


def test_what_was_sent_and_did_not_come_is_told_from_the_next_day(session, order):
    mark_sent(session, order, Sent(OrderWay.PHONE), NOW, below_minimum=True)
    assert waits(session, NOW + timedelta(days=1)) == []
    [(_urgency, told, screen)] = waits(session, NOW + timedelta(days=2))
    assert "Livraison de Biocoop du 24/11/2026" in plain(told)
    assert screen == "receiving"
    assert session.get_one(PurchaseOrder, order).delivery_day == date(2026, 11, 24)


def test_a_delivery_is_in_its_day_until_and_after_it_is_received(session, order):
    assert day_deliveries(session, TUESDAY) == ()
    mark_sent(session, order, Sent(OrderWay.PHONE), NOW, below_minimum=True)
    [awaited] = day_deliveries(session, TUESDAY)
    assert (awaited.supplier, awaited.lines, awaited.is_received) == ("Biocoop", 1, False)
    assert not read_today(session, NOW + timedelta(days=1)).nothing_to_do
    delivery = draft_from(session, [order], NOW + timedelta(days=1))
    conform(session, delivery.id)
    close(session, delivery.id, "AM", NOW + timedelta(days=1))
    assert [each.is_received for each in day_deliveries(session, TUESDAY)] == [True]
    assert day_deliveries(session, TODAY) == ()


def test_food_to_use_and_food_to_throw_away_are_two_lines(session):
    squash, cream = add_product(session, "courge"), add_product(session, "crème")
    add_lot(session, squash, 1000, days=1)
    add_lot(session, cream, 1000, days=-1)
    add_lot(session, add_product(session, "riz"), 1000, days=90)
    told = [plain(words) for _urgency, words, _screen in waits(session)]
    assert told == ["1 lot à jeter, DLC passée : crème", "1 lot à utiliser d’abord : courge"]


def test_a_recall_comes_before_all(session):
    lot = add_lot(session, add_product(session, "tomme"), 1000)
    notice = RecallNotice(sheet="1", published_on=TODAY, product="Tomme", imported_at=NOW)
    session.add(notice)
    session.flush()
    session.add(RecallMatch(notice_id=notice.id, lot_id=lot, why="même nom"))
    session.flush()
    [(urgency, told, screen)] = waits(session)
    assert (urgency, screen) == (Urgency.NOW, "recalls")
    assert plain(told) == "Rappel de Tomme : 1 lot à comparer"


def test_a_certificate_that_ends_within_a_month_is_asked_for_again(session):
    supplier = furnish(session).supplier
    kept = session.get_one(Supplier, supplier)
    papers = kept.papers
    papers.append(SupplierPaper(title="Certificat bio", valid_until=TODAY + timedelta(days=40)))
    session.flush()
    assert waits(session) == []
    papers.append(SupplierPaper(title="Agrément", valid_until=TODAY + timedelta(days=3)))
    session.flush()
    [(urgency, told, screen)] = waits(session)
    assert (urgency, screen) == (Urgency.SOON, "suppliers")
    assert plain(told) == "Agrément de Biocoop : valable jusqu’au 26/11/2026"


def test_a_price_that_went_up_this_week_is_news_for_a_week(session):
    desk = furnish(session)
    set_price(session, desk.cheese, Decimal("14.88"), PriceBasis.KILOGRAM, TODAY, NOW)
    [(urgency, told, screen)] = waits(session)
    assert (urgency, screen) == (Urgency.SOON, "suppliers")
    assert plain(told) == "Tomme des Vosges : +20 % chez Biocoop"
    assert waits(session, NOW + timedelta(days=8)) == []
