"""What people write on a counting sheet, read as they mean it."""

from decimal import Decimal
from fractions import Fraction

import pytest

from cantine_desktop.errors import UserError
from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.products.model import Dimension, Product, ProductFamily
from cantine_desktop.supply.stock.count_text import Counted, read_count
from cantine_desktop.supply.stock.counting import counted_with
from tests.supply.desk import furnish

TINS = Counted(
    Product(name="Tomate", family=ProductFamily.VEGETABLE, dimension=Dimension.MASS),
    Fraction(15000),
    Fraction(2500),
)


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("½c", 7500),
        ("1½ c", 22500),
        ("1 1/2 c", 22500),
        ("1/2c", 7500),
        ("1 000 kg", 1_000_000),
        ("1\u00a0000\u00a0kg", 1_000_000),
        ("1\u202f000 g", 1000),
        ("12 500 g + 1c", 27500),
        ("3 boites", 7500),
        ("3 Boîtes", 7500),
        ("2 x 5kg", 10000),
        ("2×2,5 kg + 3p", 12500),
        ("2 x 3 boîtes", 15000),
        ("2c + 3p + 1,2kg", 38700),
        ("3x", 45000),
        ("2 x", 30000),
        ("2 kilos", 2000),
        ("0", 0),
    ],
)
def test_a_count_is_read_as_it_is_written(text, grams):
    assert read_count(text, TINS) == grams


@pytest.mark.parametrize("text", ["½", "c", "1/0c", "3 zorglubs", "1 00 kg", "x 3", "12"])
def test_what_says_no_quantity_is_refused(text):
    with pytest.raises(UserError):
        read_count(text, TINS)


def test_a_pack_is_counted_by_the_name_its_article_gives_it(book):
    with book.action("essai") as session:
        desk = furnish(session)
        product = session.get_one(Article, desk.tins).product_id
        counted = counted_with(session, product)
    assert read_count("1 colis + 2 boîtes", counted) == 20000
    assert read_count("½ boîte", counted) == Decimal(1250)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1.500 g", "1500 ou 1,5"),
        ("12.250kg", "12250 ou 12,25"),
        ("999x9999999c", "trop grand"),
        ("", "Écrivez ce que"),
        (" + ", "Écrivez ce que"),
    ],
)
def test_a_count_that_may_be_wrong_is_refused_with_what_to_write(text, told):
    with pytest.raises(UserError, match=told):
        read_count(text, TINS)


def test_a_point_that_can_only_be_a_comma_is_read():
    assert read_count("0.250kg + 1.5kg", TINS) == 1750
