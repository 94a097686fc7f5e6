"""The same product from several sellers at what it really costs, and prices that went up."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.meals.recipes.rises import effects
from cantine_desktop.supply.articles.comparing import follow_cheapest, price_curve, rises, sellers
from cantine_desktop.supply.articles.keeping import ArticleFacts, add_article, set_price
from cantine_desktop.supply.articles.model import Article, ContentUnit, PriceBasis
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.suppliers.keeping import SupplierFacts, add_supplier
from cantine_desktop.values.money import Money
from tests.meals.menu_book import recipe
from tests.supply.desk import NOW, PRICED, TODAY
from tests.supply.shelves import add_product


def cheaper_tins(session, desk):
    """A second seller of peeled tomatoes: 2,5 kg at 4,50 the tin, 1,80 the kilo."""
    other = add_supplier(session, SupplierFacts("Grossiste")).id
    tomato = session.get_one(Article, desk.tins).product_id
    facts = ArticleFacts(
        other, tomato, "Tomates 5/1", (("boîte", Decimal(2500)),), ContentUnit.GRAM, Decimal("4.5")
    )
    add_article(session, facts, NOW, PRICED)
    return tomato


def test_the_cheapest_at_real_cost_comes_first_whatever_the_pack(session, desk):
    tomato = cheaper_tins(session, desk)
    first, second = sellers(session, tomato, TODAY)
    assert (first.supplier, first.row.real_price, first.above) == ("Grossiste", Money(180), 0)
    assert (second.supplier, second.row.real_price) == ("Biocoop", Money(190))
    assert round(second.above * 1000) == 56


def test_a_product_takes_the_price_of_its_cheapest_seller(session, desk):
    tomato = cheaper_tins(session, desk)
    assert follow_cheapest(session, tomato, TODAY) == Decimal("1.8000")
    product = session.get_one(Product, tomato)
    assert (product.price, product.priced_on) == (Decimal("1.8000"), TODAY)
    with pytest.raises(UserError, match="prix connu"):
        follow_cheapest(session, add_product(session, "Sarriette"), TODAY)


@pytest.mark.parametrize(
    ("price", "told"), [("12.40", 0), ("13.02", 0), ("13.03", 1), ("9", 0)],
    ids=["same", "five hundredths", "a little more", "less"],
)  # fmt: skip
def test_a_rise_is_told_above_five_hundredths(session, desk, price, told):
    set_price(session, desk.cheese, Decimal(price), PriceBasis.KILOGRAM, TODAY, NOW)
    assert len(rises(session, TODAY)) == told


def test_a_price_by_the_box_is_compared_with_one_by_the_kilo(session, desk):
    set_price(session, desk.tins, Decimal(33), PriceBasis.ORDER_UNIT, TODAY, NOW)
    [rise] = rises(session, TODAY)
    assert (rise.before, rise.now, rise.share) == (190, 220, rise.now / rise.before - 1)


def test_two_rises_in_a_row_are_one_and_an_old_one_is_over(session, desk):
    set_price(session, desk.cheese, Decimal(14), PriceBasis.KILOGRAM, date(2026, 11, 10), NOW)
    set_price(session, desk.cheese, Decimal(16), PriceBasis.KILOGRAM, TODAY, NOW)
    [rise] = rises(session, TODAY)
    assert (rise.before, rise.now) == (1240, 1600)
    assert rises(session, TODAY + timedelta(days=61)) == []


def test_what_rose_and_fell_again_has_not_gone_up_and_small_steps_add_up(session, desk):
    def pay(price, day):
        set_price(session, desk.cheese, Decimal(price), PriceBasis.KILOGRAM, day, NOW)

    pay(15, date(2026, 11, 2))
    pay(10, date(2026, 11, 9))
    pay(11, date(2026, 11, 12))
    assert rises(session, TODAY) == []
    pay("12.90", date(2026, 11, 13))
    pay("13.30", TODAY)
    [rise] = rises(session, TODAY)
    assert (rise.before, rise.now, rise.valid_from) == (1240, 1330, TODAY)


def test_the_curve_of_a_product_holds_its_lowest_price_of_each_month(session, desk):
    tomato = cheaper_tins(session, desk)
    set_price(session, desk.tins, Decimal("25.50"), PriceBasis.ORDER_UNIT, date(2026, 9, 30), NOW)
    set_price(session, desk.tins, Decimal("28.50"), PriceBasis.ORDER_UNIT, date(2026, 10, 31), NOW)
    curve = price_curve(session, tomato, TODAY)
    assert (len(curve), curve[0].day, curve[-1].day) == (25, date(2024, 11, 30), TODAY)
    assert curve[0].cents is None
    assert [each.cents for each in curve[-3:]] == [170, 190, 180]


def test_what_a_rise_adds_to_a_portion_of_each_recipe(session, desk):
    cheese = session.get_one(Product, session.get_one(Article, desk.cheese).product_id)
    pear = session.get_one(Product, session.get_one(Article, desk.pears).product_id)
    recipe(session, "Tartiflette", [(cheese, 1000, "Cuisson")])
    recipe(session, "Soupe", [(pear, 1000, "Cuisson")])
    recipe(session, "Salade", [(cheese, 200, "Froid")])
    set_price(session, desk.cheese, Decimal("14.40"), PriceBasis.KILOGRAM, TODAY, NOW)
    found = rises(session, TODAY)
    told = effects(session, found)[desk.cheese]
    assert [(each.recipe, each.amount) for each in told] == [
        ("Tartiflette", Money(20)), ("Salade", Money(4)),
    ]  # fmt: skip
