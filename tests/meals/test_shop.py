"""The shop in a proposal: a minimum is not filled with food nobody needs."""

from decimal import Decimal
from fractions import Fraction

import pytest

from cantine_desktop.meals.needs.proposing import apply, drafts, problem_of
from cantine_desktop.meals.needs.reckoning import asked, cover, needs
from cantine_desktop.meals.needs.shop import left_to_shop
from cantine_desktop.supply.articles.keeping import set_price
from cantine_desktop.supply.articles.model import Cold, PriceBasis
from cantine_desktop.supply.orders.model import PurchaseOrder
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.proposal.costing import faults_of
from cantine_desktop.supply.proposal.greedy import greedy
from cantine_desktop.supply.proposal.solving import solve
from cantine_desktop.supply.stock.arranging import set_place
from cantine_desktop.supply.stock.following import follow, places
from cantine_desktop.supply.suppliers.keeping import DayRow, SupplierFacts, add_supplier, set_days
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.meals.larder import MONDAY, NOON, TUESDAY, sell
from tests.meals.menu_book import gratin, three_dishes
from tests.supply.shelves import add_product

WEEK = Period.week(TUESDAY)


@pytest.fixture
def session(book):
    with book.action("Essai") as session:
        yield session


def market(session, minimum, **more):
    """A gratin for twenty, whose squash a single farm sells from a minimum on."""
    gratin(session)
    three_dishes(session, expected=20)
    squash = session.query(Product).filter_by(name="courge").one()
    farm = add_supplier(session, SupplierFacts("Ferme K", minimum=Money(minimum))).id
    set_days(session, farm, [DayRow(MONDAY, NOON, 1)])
    sell(session, farm, squash.id, "Courges", 5000, "1.80", **more)
    return squash


def proposed(session):
    found = asked(session, WEEK, NOW)
    cover(session, found)
    made = problem_of(session, found, NOW)
    return made, solve(made.problem)


def test_a_minimum_out_of_reach_leaves_the_need_to_the_shop_and_on_the_list(session):
    squash = market(session, 10_000, shelf_days=5)
    made, plan = proposed(session)
    assert left_to_shop(made.problem, plan) == {squash.id: Fraction(5000)}
    assert faults_of(made.problem, plan) == []
    assert apply(session, made, plan, NOW) == []
    assert drafts(session, WEEK.last) == []
    still = {need.product.name: need.net for need in needs(session, WEEK, NOW)}
    assert still["courge"] == 5000


def test_a_minimum_within_reach_is_ordered(session):
    market(session, 800, shelf_days=5)
    made, plan = proposed(session)
    assert left_to_shop(made.problem, plan) == {}
    [key] = apply(session, made, plan, NOW)
    [order] = drafts(session, WEEK.last)
    assert order.id == key
    assert [line.units for line in order.lines] == [Decimal(1)]


def test_a_line_says_only_the_days_that_it_feeds(session):
    market(session, 800, shelf_days=5)
    made, plan = proposed(session)
    [key] = apply(session, made, plan, NOW)
    [line] = session.get_one(PurchaseOrder, key).lines
    assert line.reason.endswith("pour le mar. 24") or line.reason.endswith("pour le mardi 24")
    assert line.reason.startswith("5")


def test_what_keeps_is_not_bought_by_the_gram_at_the_shop(session):
    market(session, 0)
    made, plan = proposed(session)
    assert left_to_shop(made.problem, plan) == {}
    [offer] = [each for each in made.problem.offers if each.supplier < 0]
    assert (offer.content, offer.cents) == (5000, 1170)


def test_the_simple_plan_knows_the_shop_too(session):
    squash = market(session, 10_000, shelf_days=5)
    made, _plan = proposed(session)
    plan = greedy(made.problem)
    assert left_to_shop(made.problem, plan) == {squash.id: Fraction(5000)}


def test_what_gets_dearer_on_the_day_it_comes_is_reckoned_at_that_price(session):
    squash = market(session, 0)
    other = add_supplier(session, SupplierFacts("Biocoop")).id
    set_days(session, other, [DayRow(MONDAY, NOON, 1)])
    cheaper = sell(session, other, squash.id, "Courges bio", 5000, "1.70")
    set_price(session, cheaper, Decimal("2.50"), PriceBasis.KILOGRAM, TUESDAY, NOW)
    made, plan = proposed(session)
    [key] = apply(session, made, plan, NOW)
    order = session.get_one(PurchaseOrder, key)
    assert session.get_one(Supplier, order.supplier_id).name == "Ferme K"
    assert sum(made.problem.offers[rank].cents * n for (rank, _day), n in plan.units.items()) == 900


@pytest.mark.parametrize(("room", "is_ordered"), [(10, False), (60, True), (None, True)])
def test_what_has_no_room_in_the_cold_is_not_ordered(session, room, is_ordered):
    market(session, 0, shelf_days=5, cold=Cold.FRESH, litres=Decimal(30))
    milk = add_product(session, "Lait")
    follow(session, milk, "Frigo")
    place = places(session)[0]
    set_place(session, place.id, "Frigo", Cold.FRESH, None if room is None else Decimal(room))
    made, plan = proposed(session)
    assert faults_of(made.problem, plan) == []
    assert bool(apply(session, made, plan, NOW)) is is_ordered
