"""Boxes, grams and prices: exact until an amount is asked for."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.supply.articles.model import Article, ContentUnit, Pack, PriceBasis
from cantine_desktop.supply.articles.packing import (
    amount_cents,
    basis_units,
    content_of,
    is_allowed,
    rounded,
    units_for,
)
from cantine_desktop.supply.products.model import Dimension, Product, ProductFamily
from cantine_desktop.values.money import Money


def product(piece_grams: Decimal | None = None) -> Product:
    return Product(
        name="produit",
        family=ProductFamily.FRUIT,
        dimension=Dimension.MASS,
        piece_grams=piece_grams,
    )


def article(unit: ContentUnit, *counts: str, fraction: int = 1) -> Article:
    made = Article(
        supplier_id=1, product_id=1, name="article", content_unit=unit, fraction=fraction
    )
    made.packs = [
        Pack(rank=rank, name="niveau", count=Decimal(count)) for rank, count in enumerate(counts)
    ]
    return made


def test_three_boxes_of_66_pears_at_50_euros_are_150_euros_and_ten_pears_758_cents() -> None:
    pears = article(ContentUnit.PIECE, "66")
    per_unit = basis_units(pears, product(), PriceBasis.ORDER_UNIT)
    assert per_unit == 1
    assert rounded(amount_cents(Decimal(50), Decimal(3), per_unit)) == Money(15000)
    assert rounded(amount_cents(Decimal(50), Fraction(10, 66), per_unit)) == Money(758)


def test_a_box_of_six_trays_of_250_grams_is_a_kilogram_and_a_half() -> None:
    trays = article(ContentUnit.GRAM, "6", "250")
    assert content_of(trays, product()) == 1500
    assert basis_units(trays, product(), PriceBasis.KILOGRAM) == Fraction(3, 2)


def test_pieces_weigh_what_the_product_says_and_nothing_when_nobody_knows() -> None:
    pears = article(ContentUnit.PIECE, "66")
    assert content_of(pears, product()) is None
    assert content_of(pears, product(piece_grams=Decimal(180))) == 66 * 180
    assert basis_units(pears, product(piece_grams=Decimal(180)), PriceBasis.PIECE) == 66


def test_a_catch_weight_cheese_costs_what_the_scale_says() -> None:
    cheese = article(ContentUnit.GRAM, "3000")
    assert basis_units(cheese, product(), PriceBasis.KILOGRAM) == 3
    assert rounded(amount_cents(Decimal("12.40"), Decimal(1), Fraction("3.05"))) == Money(3782)


@pytest.mark.parametrize(
    ("fraction", "units", "allowed"),
    [
        (1, "0.5", False),
        (2, "0.5", True),
        (2, "0.25", False),
        (3, "1", True),
        (1, "-1", False),
    ],
)
def test_half_a_box_only_where_the_supplier_splits_it(
    fraction: int, units: str, *, allowed: bool
) -> None:
    assert (
        is_allowed(article(ContentUnit.PIECE, "66", fraction=fraction), Decimal(units)) is allowed
    )


def test_a_third_of_a_box_is_exact() -> None:
    assert is_allowed(article(ContentUnit.PIECE, "66", fraction=3), Fraction(1, 3))


@given(
    st.fractions(min_value=0, max_value=500),
    st.integers(1, 4),
    st.integers(0, 5),
    st.sampled_from([None, Decimal(1), Decimal(2)]),
)
def test_what_is_ordered_is_allowed_enough_and_no_more_than_a_step_beyond(
    wanted: Fraction, fraction: int, least: int, step: Decimal | None
) -> None:
    boxes = article(ContentUnit.GRAM, "1000", fraction=fraction)
    boxes.least, boxes.step = Decimal(least), step
    units = units_for(boxes, wanted)
    assert units >= wanted
    assert is_allowed(boxes, units)
    assert units - max(wanted, Fraction(least)) < Fraction(step or 1) or not wanted
