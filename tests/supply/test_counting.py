"""Counting: « 2c + 3p + 1,2kg », at 18 h typed the next day, differences with their reason."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.supply.products.model import Dimension, Product, ProductFamily
from cantine_desktop.supply.stock.count_text import Counted, read_count
from cantine_desktop.supply.stock.counting import begin_count, close_count, expected_of, type_line
from cantine_desktop.supply.stock.model import Place, StockItem
from cantine_desktop.supply.stock.moving import use
from cantine_desktop.supply.stock.queries import on_hand, shortages
from tests.supply.shelves import NOW, add_lot, add_product


def counted(dimension=Dimension.MASS, pack=None, piece=None, **more):
    product = Product(name="Riz", family=ProductFamily.STARCH, dimension=dimension, **more)
    return Counted(product, pack, piece)


def test_packs_pieces_and_weights_stand_in_one_cell():
    rice = counted(pack=Fraction(6000), piece=Fraction(500))
    assert read_count("2c + 3p + 1,2kg", rice) == 12_000 + 1500 + 1200
    assert read_count("2 colis+3 paquets + 0.2 kg", rice) == 13_700
    assert read_count("0", rice) == 0


def test_pieces_and_litres_follow_the_weight_of_a_piece_and_the_density():
    eggs = counted(Dimension.PIECE, piece_grams=Decimal(60))
    assert read_count("30 + 2p", eggs) == 32
    assert read_count("120g", eggs) == 2
    oil = counted(Dimension.VOLUME, density=Decimal("0.92"))
    assert read_count("1,5l + 20cl", oil) == 1700
    assert read_count("920g", oil) == 1000


@pytest.mark.parametrize(
    "text",
    ["", "2c+", "-1kg", "1kg2", "deux", "1e9kg", "3 pommes", "12", "2c"],
)
def test_what_cannot_be_read_is_refused_with_words(text):
    with pytest.raises(UserError):
        read_count(text, counted())


@given(st.text(max_size=100))
def test_whatever_is_typed_is_a_quantity_or_a_sentence(text):
    with suppress(UserError):
        assert read_count(text, counted(pack=Fraction(10), piece=Fraction(1))) >= 0


def rice(session, place=None, rank=0, name="Riz"):
    key = add_product(session, name)
    session.add(StockItem(product_id=key, place_id=place, rank=rank))
    session.flush()
    return key


def test_counted_at_18_h_and_typed_the_next_day_it_is_still_right(session):
    key = rice(session)
    add_lot(session, key, 5000, value=1000, ago=3)
    evening = NOW - timedelta(hours=15)
    use(session, key, Decimal(1000), NOW - timedelta(hours=2), NOW)
    count = begin_count(session, None, evening, NOW, "AM")
    assert expected_of(session, count, key) == 5000
    type_line(session, count.lines[0].id, "4,8kg")
    (move,) = close_count(session, count.id, NOW)
    assert (move.at, move.quantity) == (evening, -200)
    assert on_hand(session) == {key: 3800}


def test_what_is_far_off_is_counted_twice_and_the_second_count_is_the_truth(session):
    key = rice(session)
    add_lot(session, key, 5000)
    count = begin_count(session, None, NOW, NOW)
    line = type_line(session, count.lines[0].id, "2kg")
    with pytest.raises(UserError, match=r"deuxième fois.*Riz"):
        close_count(session, count.id, NOW)
    type_line(session, line.id, "4,6kg", again=True, reason="un sac derrière")
    (move,) = close_count(session, count.id, NOW)
    assert (move.quantity, move.reason) == (-400, "un sac derrière")


def test_what_is_found_beyond_what_was_known_is_put_with_the_last_lot(session):
    key = rice(session)
    add_lot(session, key, 1000, ago=4)
    last = add_lot(session, key, 1000, ago=1)
    count = begin_count(session, None, NOW, NOW)
    type_line(session, count.lines[0].id, "2,3kg")
    assert [(m.lot_id, m.quantity) for m in close_count(session, count.id, NOW)] == [(last, 300)]


def test_a_first_count_makes_lots_of_what_nobody_had_written(session):
    key = rice(session)
    count = begin_count(session, None, NOW, NOW)
    line = type_line(session, count.lines[0].id, "3kg")
    type_line(session, line.id, "3kg", again=True)
    close_count(session, count.id, NOW)
    assert on_hand(session) == {key: 3000}


def test_a_count_explains_what_waited_to_be_put_right(session):
    key = rice(session)
    add_lot(session, key, 1000, ago=2)
    use(session, key, Decimal(1500), NOW - timedelta(days=1), NOW)
    assert len(shortages(session)) == 1
    count = begin_count(session, None, NOW, NOW)
    type_line(session, count.lines[0].id, "0")
    close_count(session, count.id, NOW)
    assert not shortages(session)


def test_a_count_that_is_closed_stays_as_it_is(book):
    with book.action("Inventaire") as session:
        add_lot(session, rice(session), 1000)
        count = begin_count(session, None, NOW, NOW)
        line = type_line(session, count.lines[0].id, "1kg").id
        close_count(session, count.id, NOW)
    with pytest.raises(SealedError), book.action("Encore") as session:
        type_line(session, line, "2kg")


def test_lines_follow_the_walk_place_after_place_shelf_after_shelf(session):
    places = [Place(name="Cave", rank=2), Place(name="Frigo", rank=1)]
    session.add_all(places)
    session.flush()
    last = rice(session, places[0].id, 1, "Huile")
    second = rice(session, places[1].id, 2, "Lait")
    first = rice(session, places[1].id, 1, "Œufs")
    count = begin_count(session, None, NOW, NOW)
    assert [line.product_id for line in count.lines] == [first, second, last]
    apart = begin_count(session, places[0].id, NOW, NOW)
    assert [line.product_id for line in apart.lines] == [last]


def test_nothing_counted_closes_nothing_and_nothing_is_counted_in_advance(session):
    rice(session)
    count = begin_count(session, None, NOW, NOW)
    with pytest.raises(UserError, match="Rien n’est compté"):
        close_count(session, count.id, NOW)
    with pytest.raises(UserError, match="maintenant"):
        begin_count(session, None, NOW + timedelta(hours=1), NOW)
