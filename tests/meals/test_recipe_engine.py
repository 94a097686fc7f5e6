"""What a recipe needs, holds and costs: exact, whatever it is scaled to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.errors import UserError
from cantine_desktop.meals.recipes.allergens import allergens_of, sources_of
from cantine_desktop.meals.recipes.amounts import amount_words
from cantine_desktop.meals.recipes.costing import beyond_food, cost_of, rounded
from cantine_desktop.meals.recipes.facts import facts_of
from cantine_desktop.meals.recipes.model import Course, Recipe, Unit
from cantine_desktop.meals.recipes.scaling import scale, scale_to
from cantine_desktop.meals.recipes.writing import (
    IngredientFacts,
    SheetFacts,
    add_recipe,
    change_recipe,
    duplicate,
    read_line,
    read_lines,
)
from cantine_desktop.meals.recipes.writing import facts_of as sheet_of
from cantine_desktop.schema import Base
from cantine_desktop.storage.book import Book
from cantine_desktop.storage.engine import open_engine
from cantine_desktop.supply.products.keeping import ProductFacts, add_product, change_product
from cantine_desktop.supply.products.keeping import facts_of as product_facts
from cantine_desktop.supply.products.model import Dimension, Origin, Product, ProductFamily
from cantine_desktop.values.money import Money
from tests.conftest import NOW

TODAY = date(2026, 11, 22)


@pytest.fixture
def kitchen(any_book):
    """Return a book with a leek, an egg, an oil, and a tart made with a base."""
    with any_book.action("Cuisine") as session:
        leek = Product(
            name="Poireau",
            family=ProductFamily.VEGETABLE,
            dimension=Dimension.MASS,
            piece_grams=Decimal(200),
            piece_least=Decimal(80),
            piece_most=Decimal(450),
            allergens=frozenset(),
            season="1 2 3 9 10 11 12",
            carbon=Decimal("0.611"),
            price=Decimal("2.40"),
            peel_yield=Decimal("0.65"),
        )
        egg = Product(
            name="Œuf",
            family=ProductFamily.EGG,
            dimension=Dimension.PIECE,
            piece_grams=Decimal(50),
            allergens=frozenset({Allergen.EGGS}),
            origin=Origin.ANIMAL,
            carbon=Decimal(2),
            price=Decimal("0.32"),
            is_organic=True,
        )
        oil = Product(
            name="Huile d’olive",
            family=ProductFamily.FAT,
            dimension=Dimension.VOLUME,
            density=Decimal("0.92"),
            allergens=frozenset(),
            price=Decimal("9.80"),
        )
        flour = Product(
            name="Farine",
            family=ProductFamily.STARCH,
            dimension=Dimension.MASS,
            allergens=frozenset({Allergen.GLUTEN}),
            price=Decimal("1.30"),
            carbon=Decimal("0.6"),
        )
        session.add_all([leek, egg, oil, flour])
        session.flush()
        pastry = add_recipe(
            session,
            SheetFacts(
                "Pâte",
                Course.BASE,
                10,
                (
                    IngredientFacts(flour.id, quantity=Decimal(600)),
                    IngredientFacts(oil.id, quantity=Decimal(20), unit=Unit.CENTILITRE),
                ),
                yields_grams=Decimal(800),
            ),
        )
        tart = add_recipe(
            session,
            SheetFacts(
                "Tarte aux poireaux",
                Course.MAIN,
                10,
                (
                    IngredientFacts(leek.id, quantity=Decimal("1.3"), unit=Unit.KILOGRAM),
                    IngredientFacts(egg.id, quantity=Decimal(6), unit=Unit.PIECE),
                    IngredientFacts(part_id=pastry.id, quantity=Decimal(400)),
                ),
            ),
        )
        keys = {"leek": leek.id, "egg": egg.id, "oil": oil.id, "flour": flour.id}
        keys |= {"pastry": pastry.id, "tart": tart.id}
    return any_book, keys


def by_name(scaled):
    return {need.product.name: (need.net, need.gross) for need in scaled.needs}


def test_a_recipe_opens_its_base_and_counts_the_peelings(kitchen):
    book, keys = kitchen
    with book.read() as session:
        found = by_name(scale(session, keys["tart"], 30))
    assert found["Poireau"] == (3900, 6000)
    assert found["Œuf"] == (18, 18)
    assert found["Farine"] == (900, 900)
    assert found["Huile d’olive"] == (300, 300)


def test_a_recipe_is_scaled_by_what_there_is_of_one_ingredient(kitchen):
    book, keys = kitchen
    with book.read() as session:
        scaled = scale_to(session, keys["tart"], keys["egg"], Fraction(9))
        assert scaled.portions == 15
        assert by_name(scaled)["Poireau"][0] == 1950
        with pytest.raises(UserError, match="ne contient pas de quantité"):
            scale_to(session, keys["pastry"], keys["egg"], Fraction(9))


@given(portions=st.integers(1, 5_000), part=st.integers(1, 400))
def test_scaling_is_exact_and_comes_back(tart_once, portions, part):
    book, keys = tart_once
    with book.read() as session:
        whole = by_name(scale(session, keys["tart"], portions))
        shared = by_name(scale(session, keys["tart"], Fraction(portions, part)))
    assert {name: (net * part, gross * part) for name, (net, gross) in shared.items()} == whole


@pytest.fixture(scope="module")
def tart_once(tmp_path_factory):
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('tart') / 'tart.db'}")
    Base.metadata.create_all(engine)
    book = Book(engine, clock=lambda: NOW)
    with book.action("Cuisine") as session:
        leek = Product(
            name="Poireau",
            family=ProductFamily.VEGETABLE,
            dimension=Dimension.MASS,
            peel_yield=Decimal("0.65"),
        )
        session.add(leek)
        session.flush()
        line = IngredientFacts(leek.id, quantity=Decimal("1.333"), unit=Unit.KILOGRAM)
        tart = add_recipe(session, SheetFacts("Tarte", Course.MAIN, 7, (line,)))
        keys = {"tart": tart.id}
    yield book, keys
    engine.dispose()


def test_a_recipe_that_holds_itself_is_refused_and_nothing_is_kept(kitchen):
    book, keys = kitchen
    with book.read() as session:
        base = sheet_of(session.get_one(Recipe, keys["pastry"]))
    loop = IngredientFacts(part_id=keys["tart"], quantity=Decimal(1), unit=Unit.PORTION)
    wrong = replace(base, ingredients=(*base.ingredients, loop))
    with pytest.raises(UserError, match="se contient elle-même"), book.action("x") as session:
        change_recipe(session, keys["pastry"], wrong)
    with book.read() as session:
        assert len(scale(session, keys["pastry"], 10).needs) == 2


def test_allergens_come_up_from_the_base_and_an_unknown_one_is_named(kitchen):
    book, keys = kitchen
    with book.action("x") as session:
        found = allergens_of(session, keys["tart"])
        assert found.known == {Allergen.EGGS, Allergen.GLUTEN}
        assert not found.unknown
        assert sources_of(session, keys["tart"])[Allergen.GLUTEN] == ("Farine",)
        leek = session.get_one(Product, keys["leek"])
        leek.allergens = None
        session.flush()
        assert allergens_of(session, keys["tart"]).unknown == ("Poireau",)


def test_the_cost_is_rounded_once_and_a_gift_costs_nothing_but_is_valued(kitchen):
    book, keys = kitchen
    with book.read() as session:
        cost = cost_of(session, keys["tart"], 10)
        # 2 kg of leek, 6 eggs, 300 g of flour, 10 cl of oil: 4.80 + 1.92 + 0.39 + 0.98.
        assert cost.bought == cost.valued == Money(809)
        assert cost.bought_per_portion == Money(81)
        gift = cost_of(session, keys["tart"], 10, {keys["leek"]: Decimal("0.5")})
        assert (gift.bought, gift.valued) == (Money(569), Money(809))
        assert beyond_food(session, TODAY) is None


def test_half_a_cent_is_rounded_away_from_nothing():
    assert rounded(Fraction(1, 2)) == Money(1)
    assert rounded(Fraction(50_00, 66) * 10) == Money(758)


def test_what_has_no_price_is_named_and_left_out(kitchen):
    book, keys = kitchen
    with book.action("x") as session:
        session.get_one(Product, keys["egg"]).price = None
        session.flush()
        cost = cost_of(session, keys["tart"], 10)
    assert cost.unpriced == ("Œuf",)
    assert cost.bought == Money(617)


def test_season_diet_carbon_and_shares_are_told_with_what_is_missing(kitchen):
    book, keys = kitchen
    with book.read() as session:
        facts = facts_of(session, keys["tart"])
    assert facts.is_vegetarian
    assert not facts.is_vegan
    assert facts.out_of_season(7) == ("Poireau",)
    assert not facts.out_of_season(11)
    assert facts.carbon_missing == ("Huile d’olive",)
    # 2 kg of leek at 0.611, 300 g of eggs at 2, 300 g of flour at 0.6, for ten.
    assert facts.carbon_grams == Fraction(1222 + 600 + 180, 10)
    assert facts.organic == Fraction(192, 809)
    assert facts.portion_grams == Fraction(1300 + 300 + 300 + 92, 10)


def test_a_tomato_of_eight_grams_is_refused(kitchen):
    book, keys = kitchen
    with book.action("x") as session:
        leek = session.get_one(Product, keys["leek"])
        facts = product_facts(leek)
        wrong = ProductFacts(**{**facts.__dict__, "piece_grams": Decimal(8)})
        with pytest.raises(UserError, match="de 80 à 450"):
            change_product(session, keys["leek"], wrong, TODAY)
        carbon = ProductFacts(**{**facts.__dict__, "carbon": Decimal("0.7")})
        change_product(session, keys["leek"], carbon, TODAY)
        assert leek.carbon_source == "Saisi par la cantine"


def test_two_products_do_not_share_a_name(kitchen):
    book, _keys = kitchen
    facts = ProductFacts("Poireau", ProductFamily.OTHER, Dimension.MASS)
    with pytest.raises(UserError, match="existe déjà"), book.action("x") as session:
        add_product(session, facts, TODAY)


def test_a_copy_has_its_own_name_and_the_same_lines(kitchen):
    book, keys = kitchen
    with book.action("x") as session:
        one, two = duplicate(session, keys["tart"]), duplicate(session, keys["tart"])
        assert one.name == "Tarte aux poireaux (copie)"
        assert two.name == "Tarte aux poireaux (copie 2)"
        assert by_name(scale(session, two.id, 10)) == by_name(scale(session, keys["tart"], 10))


@pytest.mark.parametrize(
    ("typed", "quantity", "unit", "words"),
    [
        ("1,5 kg de carottes", "1.5", Unit.KILOGRAM, "carottes"),
        ("3 œufs", "3", Unit.PIECE, "œufs"),
        ("- 1 200 g farine", "1200", Unit.GRAM, "farine"),
        ("1/2 l d’huile d’olive", "0.5", Unit.LITRE, "huile d’olive"),
        ("sel", None, Unit.GRAM, "sel"),
        ("25 cl lait", "25", Unit.CENTILITRE, "lait"),
        ("2 gros poireaux", "2", Unit.PIECE, "gros poireaux"),
    ],
)
def test_a_pasted_line_is_read_as_people_write(typed, quantity, unit, words):
    found = read_line(typed)
    assert found.quantity == (None if quantity is None else Decimal(quantity))
    assert (found.unit, found.words) == (unit, words)


def test_a_pasted_list_is_tied_to_known_products(kitchen):
    book, keys = kitchen
    with book.read() as session:
        found = read_lines(session, "2 kg de poireaux\n\n4 œufs\n1 pincée de muscade\n")
    assert [each.product_id for each in found] == [keys["leek"], keys["egg"], None]
    assert found[2].words == "pincée de muscade"


def test_amounts_are_written_as_a_cook_reads_them(kitchen):
    book, keys = kitchen
    with book.read() as session:
        leek, egg = session.get_one(Product, keys["leek"]), session.get_one(Product, keys["egg"])
        assert amount_words(leek, Fraction(12_345)) == "12,35\u00a0kg"
        assert amount_words(leek, Fraction(250)) == "250\u00a0g"
        assert amount_words(leek, Fraction(5, 2)) == "2,5\u00a0g"
        assert amount_words(egg, Fraction(37, 2)) == "19 pièces"


@given(text=st.text(max_size=80))
def test_any_pasted_line_is_read_or_left_without_a_fault(text):
    found = read_line(text.replace("\n", " "))
    assert found is None or found.quantity is None or found.quantity >= 0
