"""What to buy: from the menus, less what is there, to the cheapest orders, with their reasons."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest

from cantine_desktop.meals.needs.products import ProductSum, by_product, sellers
from cantine_desktop.meals.needs.proposing import apply, drafts, problem_of, start_over
from cantine_desktop.meals.needs.reckoning import ProductNeed, asked, cover, needs
from cantine_desktop.meals.needs.shopping_sheet import write_shopping_list
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.proposal.solving import solve
from cantine_desktop.supply.suppliers.model import OrderWay
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.documents.reading import pages
from tests.meals.larder import TUESDAY, furnish
from tests.supply.shelves import add_lot

TODAY = NOW.date()
WEEK = Period(TODAY, TODAY + timedelta(days=7))


@pytest.fixture
def there(any_book):
    with any_book.action("départ") as session:
        return furnish(session)


def plain(text):
    return text.replace("\u00a0", " ")


def read(book):
    with book.read() as session:
        return {need.product.name: need for need in needs(session, WEEK, NOW)}


def propose(session, *, anew=False):
    found = asked(session, WEEK, NOW)
    cover(session, found, anew=anew)
    problem = problem_of(session, found, NOW)
    return apply(session, problem, solve(problem.problem), NOW)


@pytest.mark.usefixtures("there")
def test_a_menu_asks_for_what_its_recipes_hold_peelings_with_it(any_book):
    found = read(any_book)
    assert set(found) == {"courge", "crème", "farine"}
    assert found["courge"].gross == 5000  # 2 kg net for ten, peeled at 80 %, for twenty
    assert [plain(said) for said in found["courge"].why()] == [
        "Gratin de courge : 5 kg pour 20 portions."
    ]


def test_a_lot_still_good_that_day_is_taken_off_and_another_is_not(any_book, there):
    with any_book.action("lots") as session:
        add_lot(session, there.cream, 600, days=4)
        add_lot(session, there.flour, 5000, days=0)
    found = read(any_book)
    assert found["crème"].net == 400
    assert "Moins 600 g en stock, encore bon le 24/11/2026." in map(plain, found["crème"].why())
    assert found["farine"].net == 200


def test_what_is_ordered_for_after_the_meal_does_not_count(any_book, there):
    with any_book.action("commandes") as session:
        for day, units in ((TUESDAY, 3), (TUESDAY + timedelta(days=7), 9)):
            order = draft_for(session, there.shop, day, NOW)
            article = problem_of(session, asked(session, WEEK, NOW), NOW).problem.offers
            key = next(each.key for each in article if each.content == 1000)
            set_line(session, order.id, key, Decimal(units), NOW)
    assert read(any_book)["courge"].drafted == 3000
    assert read(any_book)["courge"].net == 2000


@pytest.mark.usefixtures("there")
def test_the_orders_proposed_cover_the_menu_with_a_reason_on_each_line(any_book):
    with any_book.action("proposition") as session:
        keys = propose(session)
        lines = {
            line.name: (line.units, plain(line.reason))
            for order in drafts(session, WEEK.last)
            for line in order.lines
        }
    assert len(keys) == len({*keys})
    assert lines["Crème"] == (1, "1 kg pour le mar. 24")
    # Five kilos of the farm cost 9 € and 12 € of delivery; five of the shop, 15 €.
    assert lines["Courges en vrac"] == (5, "5 kg pour le mar. 24")
    found = read(any_book)
    assert not found["courge"].net
    assert not found["crème"].net
    assert found["farine"].net == 200


@pytest.mark.usefixtures("there")
def test_proposing_twice_orders_nothing_twice(any_book):
    with any_book.action("proposition") as session:
        propose(session)
    with any_book.action("encore") as session:
        assert not propose(session)
    with any_book.action("à nouveau") as session:
        assert start_over(session, WEEK.last) == 1
        propose(session, anew=True)
        (order,) = drafts(session, WEEK.last)
        assert {line.units for line in order.lines} == {Decimal(1), Decimal(5)}


@pytest.mark.usefixtures("there")
def test_what_lacks_is_added_to_the_order_that_is_there(any_book):
    with any_book.action("proposition") as session:
        propose(session)
        (order,) = drafts(session, WEEK.last)
        line = next(each for each in order.lines if each.name == "Courges en vrac")
        set_line(session, order.id, line.article_id, Decimal(2), NOW)
    with any_book.action("complément") as session:
        propose(session)
        (order,) = drafts(session, WEEK.last)
        assert {line.name: line.units for line in order.lines}["Courges en vrac"] == 5


@pytest.mark.usefixtures("there")
def test_an_order_that_left_is_never_thrown_away_by_a_proposal(any_book):
    with any_book.action("proposition") as session:
        (key,) = propose(session)
        mark_sent(session, key, Sent(OrderWay.EMAIL), NOW)
    with any_book.action("à nouveau") as session:
        assert not start_over(session, WEEK.last)
    assert read(any_book)["courge"].ordered == 5000


@pytest.mark.usefixtures("there")
def test_who_sells_a_product_is_told_the_cheapest_first(any_book):
    with any_book.read() as session:
        sums = {each.product.name: each for each in by_product(needs(session, WEEK, NOW))}
        told = sellers(session, sums["courge"].product, TODAY)
        assert told.index("Ferme K") < told.index("Biocoop")
        assert not sellers(session, sums["farine"].product, TODAY)


@pytest.mark.usefixtures("there")
def test_what_nobody_sells_is_named_and_the_rest_is_ordered(any_book):
    with any_book.read() as session:
        assert problem_of(session, asked(session, WEEK, NOW), NOW).unsold == ("farine",)


def test_the_shopping_list_holds_what_is_left_to_buy_by_aisle(any_book, there):
    with any_book.action("lots") as session:
        add_lot(session, there.cream, 5000, days=3)
    target = BytesIO()
    with any_book.read() as session:
        write_shopping_list(session, WEEK, NOW, target)
    (text,) = [plain(" ".join(page.split())) for page in pages(target.getvalue())]
    assert "Légumes courge Féculents farine 5 kg 200 g mar. 24 mar. 24" in text
    assert "À utiliser d’abord" in text
    assert text.index("farine") < text.index("crème")


@pytest.mark.usefixtures("there")
def test_a_number_somebody_announced_has_no_interval_and_a_forecast_has_one(any_book):
    with any_book.read() as session:
        (told,) = [each for each in by_product(needs(session, WEEK, NOW)) if each.gross == 1000]
        assert not any("4 fois sur 5" in words for words in told.why())
        part = replace(told.needs[0].parts[0], low=15, high=26)
        guessed = ProductSum(told.product, (ProductNeed(told.product, TUESDAY, [part]),))
        words = plain(guessed.why()[-1])
        assert words == "Selon qui viendra, 4 fois sur 5 : de 750 g à 1,3 kg."
