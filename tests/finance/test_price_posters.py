"""The posters of the price: what they say, and that every word of them stands on the page."""

from datetime import date
from io import BytesIO

import pytest

from cantine_desktop.finance.price.displaying import Displayed, display
from cantine_desktop.finance.price.effect_poster import Scale, ladder, write_effect_poster
from cantine_desktop.finance.price.model import PartKind
from cantine_desktop.finance.price.price_poster import shown_parts, write_price_poster
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.documents.reading import letters, pages

DAY = Period.through(NOW.date(), NOW.date())
SCALE = Scale(Money(12_50), Money(3_42), Money(17_39), "")


def printed(session, write):
    target = BytesIO()
    write(session, DAY, NOW, target)
    return target.getvalue()


def put(session, **parts):
    amounts = {PartKind(kind): Money(cents) for kind, cents in parts.items()}
    display(session, date(2025, 9, 1), amounts)


@pytest.mark.parametrize(
    "parts",
    [
        {"food": 3_50, "staff": 9_00},
        {"food": 3_50, "staff": 5_00, "overheads": 3_00, "equipment": 1_00},
        {"staff": 12_50},
        {"food": 10, "staff": 123_40},
    ],
)
def test_the_price_stands_on_one_page_with_what_it_pays(any_book, parts):
    with any_book.action("prix") as session:
        put(session, **parts)
        content = printed(session, write_price_poster)
    (text,) = pages(content)
    flat = " ".join(text.split())
    assert "selon tes moyens" in flat
    assert "Moins : bienvenue." in flat
    assert "Prix 2025" in flat
    for _, _, left, bottom, right, top in letters(content):
        assert 0 <= left <= right <= 596
        assert 0 <= bottom <= top <= 843


def test_a_price_in_two_parts_says_what_the_second_one_pays():
    price = Displayed(
        1, NOW.date(), Money(12_50), "", {PartKind.FOOD: Money(3_50), PartKind.STAFF: Money(9_00)}
    )
    assert [part.words for part in shown_parts(price)] == [
        "les ingrédients",
        "l’équipe, le lieu, l’énergie",
    ]


def test_the_ladder_adds_up_and_never_blames():
    rungs = ladder(SCALE)
    assert [rung.amount.cents for rung in rungs] == [500, 800, 1000, 1250, 1500, 2000]
    for rung in rungs:
        assert rung.food + rung.rest + rung.shared == rung.amount
        assert not any(word in rung.words for word in ("manque", "seulement", "moins"))
    assert rungs[0].words.startswith("Tes ingrédients, et 1,58")
    assert "à 5, un repas offert" in rungs[4].words
    assert "à 2, un repas offert" in rungs[5].words


def test_a_price_above_the_ladder_and_one_without_food_still_stand():
    dear = Scale(Money(25_00), Money(0), None, "")
    assert [rung.amount.cents for rung in ladder(dear)][-1] == 2500
    cheap = Scale(Money(5_00), Money(2_00), Money(9_00), "")
    assert "repas entier pour quelqu’un" in ladder(cheap)[2].words


def test_the_effect_of_a_contribution_is_one_page(any_book):
    with any_book.action("prix") as session:
        put(session, food=3_50, staff=9_00)
        content = printed(session, write_effect_poster)
    (text,) = pages(content)
    assert "12,50" in text
    for _, _, left, _, right, _ in letters(content):
        assert 0 <= left <= right <= 596


def test_without_a_price_the_posters_say_what_to_do(any_book):
    with any_book.read() as session:
        for write in (write_price_poster, write_effect_poster):
            (text,) = pages(printed(session, write))
            assert "notez-le d’abord" in " ".join(text.split())
