"""A gift known in advance: taken off what is to be bought, until its day is past."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.meals.needs.proposing import problem_of
from cantine_desktop.meals.needs.reckoning import asked, cover, needs
from cantine_desktop.office.day_deliveries import day_deliveries
from cantine_desktop.office.receiving import receive
from cantine_desktop.office.todo_supply import supply_waits
from cantine_desktop.supply.deliveries.announcing import (
    announce,
    arrive,
    postpone,
    promises,
    set_amount,
)
from cantine_desktop.supply.deliveries.drafting import add_line, conform, set_line
from cantine_desktop.supply.stock.queries import on_hand
from cantine_desktop.supply.suppliers.keeping import SupplierFacts, add_supplier
from cantine_desktop.supply.suppliers.model import SupplierKind
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.meals.larder import TUESDAY, furnish

TODAY = NOW.date()
DAY = timedelta(days=1)
WEEK = Period(TODAY, TODAY + 7 * DAY)


@pytest.fixture
def there(book):
    with book.action("départ") as session:
        return furnish(session)


@pytest.fixture
def giver(book):
    with book.action("donateur") as session:
        facts = SupplierFacts("Banque alimentaire", SupplierKind.DONOR)
        return add_supplier(session, facts).id


def plain(text):
    return text.replace("\u00a0", " ")


def promise(book, giver, product, day=TUESDAY, kilos=3, **typed):
    """Announce some kilograms; return the key of the gift."""
    with book.action("annonce") as session:
        gift = announce(session, giver, day, NOW)
        line = add_line(session, gift.id, product_id=product)
        set_amount(session, line, Decimal(kilos))
        set_line(session, gift.id, line.id, **typed)
        return gift.id


def squash(book, now=NOW):
    with book.read() as session:
        found = {need.product.name: need for need in needs(session, WEEK, now)}
        return found["courge"]


def test_a_gift_that_comes_in_time_is_taken_off_and_says_so(book, there, giver):
    promise(book, giver, there.squash)
    need = squash(book)
    assert (need.gross, need.net) == (5000, 2000)
    assert "Moins 3 kg d’un don attendu le 24/11/2026 : Banque alimentaire." in map(
        plain, need.why()
    )


def test_a_gift_of_more_than_is_needed_leaves_nothing_to_buy_nor_to_order(book, there, giver):
    promise(book, giver, there.squash, kilos=9)
    with book.read() as session:
        found = asked(session, WEEK, NOW)
        cover(session, found)
        problem = problem_of(session, found, NOW).problem
        assert there.squash not in {need.product for need in problem.needs}
    assert squash(book).given == 5000


@pytest.mark.parametrize(
    ("day", "use_by", "net"),
    [
        (TUESDAY + DAY, None, 5000),
        (TUESDAY - DAY, TUESDAY - DAY, 5000),
        (TUESDAY - DAY, TUESDAY, 2000),
    ],
)
def test_a_gift_too_late_or_out_of_date_that_day_is_not_counted(
    book, there, giver, day, use_by, net
):
    promise(book, giver, there.squash, day, use_by=use_by)
    assert squash(book).net == net


def test_a_gift_past_its_ddm_may_be_cooked(book, there, giver):
    promise(book, giver, there.squash, best_before=TUESDAY - 5 * DAY)
    assert squash(book).net == 2000


def test_a_gift_that_did_not_come_counts_no_more_and_is_told(book, there, giver):
    promise(book, giver, there.squash, TUESDAY - DAY)
    tuesday = NOW + 2 * DAY
    need = squash(book, tuesday)
    assert need.net == 5000
    assert any("n’est pas arrivé" in said for said in need.why())
    with book.read() as session:
        (told,) = [each for each in supply_waits(session, tuesday) if each.screen == "surplus"]
        assert "Don de Banque alimentaire attendu le 23/11/2026" in plain(told.words)


def test_another_day_may_be_told_but_not_one_that_is_past(book, there, giver):
    key = promise(book, giver, there.squash, TUESDAY + DAY)
    with book.action("plus tôt") as session:
        postpone(session, key, TUESDAY, NOW)
    assert squash(book).net == 2000
    book.undo()
    assert squash(book).net == 5000
    with pytest.raises(UserError, match="passé"), book.action("hier") as session:
        postpone(session, key, TODAY - DAY, NOW)


def test_two_products_of_a_giver_on_a_day_are_one_gift_of_the_day(book, there, giver):
    key = promise(book, giver, there.squash)
    assert promise(book, giver, there.cream) == key
    with book.read() as session:
        (gift,) = day_deliveries(session, TUESDAY)
        assert (gift.key, gift.lines, gift.is_gift, gift.is_received) == (key, 2, True, False)
        assert day_deliveries(session, TODAY) == ()


def test_once_there_it_is_received_and_counts_as_stock_alone(book, there, giver):
    key = promise(book, giver, there.squash)
    morning = NOW + 2 * DAY
    with pytest.raises(UserError, match="arrivé"), book.action("trop tôt") as session:
        receive(session, key, "MB", NOW)
    with book.action("réception", undoable=False) as session:
        arrive(session, key, morning)
        conform(session, key)
        assert promises(session, TUESDAY)[0].quantity == 3000
        receive(session, key, "MB", morning)
    need = squash(book, morning)
    assert (need.stock, need.given, need.net) == (3000, 0, 2000)
    with book.read() as session:
        assert on_hand(session) == {there.squash: 3000}
