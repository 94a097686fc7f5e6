"""Packs as people write them are read, and what cannot be read is told."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.errors import UserError
from cantine_desktop.supply.articles.model import ContentUnit, Pack, PriceBasis
from cantine_desktop.supply.articles.pack_text import read_packs
from cantine_desktop.supply.articles.price_text import read_price
from cantine_desktop.supply.articles.wording import packs_words, price_words
from cantine_desktop.values.typed import Ambiguous, NotANumber


@pytest.mark.parametrize(
    ("text", "counts", "unit"),
    [
        ("colis de 6 x 250 g", (6, 250), ContentUnit.GRAM),
        ("colis 6x250g", (6, 250), ContentUnit.GRAM),
        ("sac 25 kg", (25_000,), ContentUnit.GRAM),
        ("sac de 2,5 kg", (2500,), ContentUnit.GRAM),
        ("66 pièces", (66,), ContentUnit.PIECE),
        ("12 × 1 L", (12, 1000), ContentUnit.MILLILITRE),
        ("carton 4x6x125g", (4, 6, 125), ContentUnit.GRAM),
        ("plateau de 30 p", (30,), ContentUnit.PIECE),
        ("colis de 6 barquettes de 250 g", (6, 250), ContentUnit.GRAM),
        ("bidon 75 cl", (750,), ContentUnit.MILLILITRE),
    ],
)
def test_a_pack_is_read_from_the_box_to_the_gram(text, counts, unit):
    found = read_packs(text)
    assert tuple(count for _name, count in found.packs) == counts
    assert found.unit is unit


@pytest.mark.parametrize("text", ["", "carton", "6x", "0 kg", "6 x 0 g", "12 mètres", "=1+1"])
def test_what_cannot_be_read_is_told(text):
    with pytest.raises(UserError):
        read_packs(text)


@given(st.text(max_size=200))
def test_no_text_is_a_fault_of_the_program(text):
    try:
        found = read_packs(text)
    except UserError:
        return
    assert all(count > 0 for _name, count in found.packs)


def test_what_is_written_is_read_again():
    packs = [
        Pack(rank=0, name="colis", count=Decimal(6)),
        Pack(rank=1, name="pot", count=Decimal(125)),
    ]
    words = packs_words(packs, ContentUnit.GRAM)
    assert [count for _name, count in read_packs(words).packs] == [6, 125]


@pytest.mark.parametrize(
    ("text", "price", "basis"),
    [
        ("2,40 le kg", "2.4", PriceBasis.KILOGRAM),
        ("2.40€/kg", "2.4", PriceBasis.KILOGRAM),
        ("50 € le colis", "50", PriceBasis.ORDER_UNIT),
        ("50", "50", PriceBasis.ORDER_UNIT),
        ("0,36 la pièce", "0.36", PriceBasis.PIECE),
        ("1,2/l", "1.2", PriceBasis.LITRE),
        ("2.40 per kg", "2.4", PriceBasis.KILOGRAM),
        ("50 a box", "50", PriceBasis.ORDER_UNIT),
        ("0.36 apiece", "0.36", PriceBasis.PIECE),
    ],
)
def test_a_price_says_what_it_buys(text, price, basis):
    assert read_price(text) == (Decimal(price), basis)
    assert read_price(price_words(Decimal(price), basis)) == (Decimal(price), basis)


@pytest.mark.parametrize("text", ["", "le kg", "gratuit", "2,40 le mètre", "2,4,0 le kg"])
def test_what_is_no_price_is_told(text):
    with pytest.raises((UserError, NotANumber, Ambiguous)):
        read_price(text)
