"""Packings as price lists write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.exchange.cells import CellError
from cantine_desktop.supply.articles.model import ContentUnit
from cantine_desktop.supply.articles.price_list_packs import read_packs

G, ML, P = ContentUnit.GRAM, ContentUnit.MILLILITRE, ContentUnit.PIECE


@pytest.mark.parametrize(
    ("text", "packs", "unit"),
    [
        ("colis 6x250g", [("colis", 6), ("unité", 250)], G),
        ("6 X 250 G", [("colis", 6), ("unité", 250)], G),
        ("sac 25 kg", [("sac", 25000)], G),
        ("66 pièces", [("colis", 66)], P),
        ("12 × 1 L", [("colis", 12), ("unité", 1000)], ML),
        ("carton de 6 bouteilles de 75 cl", [("carton", 6), ("bouteille", 750)], ML),
        ("colis de 6 barquettes de 250 g", [("colis", 6), ("barquette", 250)], G),
        ("2x6x0,5 l", [("colis", 2), ("unité", 6), ("unité", 500)], ML),
        ("plateau 30 œufs", [("plateau", 30)], P),
        ("sac\u00a02,5\u00a0kg", [("sac", 2500)], G),
        ("kg", [("vrac", 1000)], G),
        ("la pièce", [("pièce", 1)], P),
    ],
)
def test_a_packing_is_read_as_lists_write_it(text, packs, unit):
    read = read_packs(text)
    assert list(read.packs) == packs
    assert read.unit is unit
    assert not read.about


def test_about_three_kilograms_is_weighed_at_each_delivery():
    assert read_packs("pièce env. 3 kg").about


@pytest.mark.parametrize(
    "text",
    [
        *("", "colis", "colis 10", "6 barquettes", "0 kg", "6x", "x 6 kg", "6 x x 2 kg", "5/1"),
        *("1 000 g", "6x250g 12", "-3 kg", "=6*250", "2,5 pièces", "9" * 12 + " kg", "9" * 200),
        *("1x1x1x1x1 kg", "0,0001 g", "٣ kg", "<script>", "6x250g; 3"),
    ],
)
def test_a_packing_that_says_nothing_sure_is_refused_with_words(text):
    with pytest.raises(CellError, match=r"conditionnement|ne dit pas"):
        read_packs(text)


@given(st.text(max_size=60))
def test_any_text_is_a_packing_or_a_refusal(text):
    try:
        read = read_packs(text)
    except CellError:
        return
    assert read.packs
    assert all(name and count > 0 for name, count in read.packs)


@given(
    st.integers(1, 200),
    st.decimals(Decimal("0.001"), 50, places=3),
    st.sampled_from(["x", " x ", "×", " * "]),
)
def test_so_many_times_a_weight_holds_so_many_grams(count, kilograms, sign):
    shown = str(kilograms).replace(".", ",")
    read = read_packs(f"carton {count}{sign}{shown} kg")
    assert read.packs == (("carton", count), ("unité", kilograms * 1000))
