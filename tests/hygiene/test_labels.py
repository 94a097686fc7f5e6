"""Labels of what the kitchen made: what they say, until when, and what became of the food."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from cantine_desktop.canteen.allergens import ALLERGENS, Allergen
from cantine_desktop.documents.labels import A4_24, ROLL_62
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.food.choices import Meal
from cantine_desktop.hygiene.food.samples import SAMPLES
from cantine_desktop.hygiene.labels import labelling, papers
from cantine_desktop.hygiene.labels.labelling import LabelWish
from cantine_desktop.hygiene.labels.lifetimes import last_day
from cantine_desktop.hygiene.labels.model import Labelled
from cantine_desktop.hygiene.registers.recording import add
from cantine_desktop.values.period import Period
from tests.documents.reading import clipped, pages

TODAY = date(2026, 11, 22)


@pytest.fixture
def made(book):
    def make(name="Gratin de courge", **said):
        with book.action("Étiquette") as session:
            wish = LabelWish(name, **{"begun_on": TODAY, **said})
            return labelling.label(session, wish, book.clock()).id

    return make


def printed(book, paper=A4_24, start=1):
    target = BytesIO()
    with book.read() as session:
        foods = labelling.labelled_in(session, Period(TODAY, TODAY + timedelta(1)))
        papers.write_foods(session, foods, book.clock(), target, paper, start)
    return target.getvalue()


@pytest.mark.parametrize(
    ("reason", "maker", "last"),
    [
        (Labelled.MADE, None, date(2026, 11, 25)),
        (Labelled.MADE, date(2026, 11, 23), date(2026, 11, 23)),
        (Labelled.OPENED, date(2026, 12, 24), date(2026, 11, 25)),
        (Labelled.OPENED, date(2026, 11, 22), date(2026, 11, 22)),
        (Labelled.FROZEN, date(2026, 11, 23), date(2027, 2, 20)),
    ],
)
def test_the_longest_life_ends_three_days_after_or_with_the_makers_own_day(reason, maker, last):
    assert last_day(reason, TODAY, maker) == last


def test_three_days_after_the_last_of_february_are_counted_in_days():
    assert last_day(Labelled.MADE, date(2028, 2, 28)) == date(2028, 3, 2)


@pytest.mark.parametrize(
    "said",
    [
        {"use_by": TODAY + timedelta(4)},
        {"use_by": TODAY - timedelta(1)},
        {"begun_on": TODAY + timedelta(1)},
        {"maker_use_by": TODAY - timedelta(1), "reason": Labelled.OPENED},
        {"copies": 0},
        {"copies": 10_000},
        {"name": "   "},
    ],
)
def test_an_impossible_label_is_refused_in_words_and_nothing_is_kept(book, made, said):
    with pytest.raises(UserError, match=r"\w+ \w+"):
        made(**said)
    with book.read() as session:
        assert not labelling.in_stock(session)


def test_a_label_may_shorten_the_life(book, made):
    made(use_by=TODAY + timedelta(1))
    assert "À consommer jusqu’au 23/11/2026" in pages(printed(book))[0]


def test_the_label_says_the_dish_its_days_its_allergens_and_who(book, made):
    made(allergens=frozenset({Allergen.MILK, Allergen.GLUTEN}), initials="AM", lot="L24")
    text = pages(printed(book))[0]
    for words in ("Gratin de courge", "Préparé le 22/11/2026", "gluten, lait", "Lot L24", "AM"):
        assert words in text


def test_a_label_never_lets_silence_pass_for_the_absence_of_allergens(book, made):
    made("Houmous")
    made("Riz", allergens=frozenset())
    text = pages(printed(book))[0]
    assert "Allergènes : non renseignés" in text
    assert "Sans les 14 allergènes à déclarer" in text


def test_a_dish_of_fourteen_allergens_and_a_long_name_stays_on_its_label(book, made):
    assert len(ALLERGENS) == 14
    made(
        "Tajine d’agneau aux pruneaux, amandes et citron confit de la grande tablée d’automne",
        allergens=frozenset(Allergen),
        initials="MKL",
        lot="LOT-2026-11-22-0000123456789",
    )
    for paper in (A4_24, ROLL_62):
        content = printed(book, paper)
        assert not clipped(content, 5)
        text = pages(content)[0]
        assert "À consommer jusqu’au 25/11/2026" in text
        assert "mollusques" in text.replace("\n", " ")


def test_copies_start_on_the_first_free_place_and_go_on_over_sheets(book, made):
    made(copies=26)
    assert len(pages(printed(book, start=1))) == 2
    assert len(pages(printed(book, start=24))) == 3
    assert len(pages(printed(book, ROLL_62))) == 26


def test_a_food_is_chased_until_somebody_says_it_is_gone(book, made):
    food = made()
    with book.action("Fini") as session:
        labelling.finish(session, food, TODAY, book.clock())
    with book.read() as session:
        assert not labelling.in_stock(session)
    book.undo()
    with book.read() as session:
        assert [each.id for each in labelling.in_stock(session)] == [food]


def test_a_food_is_not_finished_before_it_was_made(book, made):
    food = made()
    with pytest.raises(UserError), book.action("Fini") as session:
        labelling.finish(session, food, TODAY - timedelta(1), book.clock())


def test_the_label_of_a_sample_says_the_dish_its_number_and_until_when_it_is_kept(book):
    values = {"day": TODAY, "dish": "Gratin de courge", "number": "2211-1", "taken_by": "MB"}
    with book.action("Plat témoin") as session:
        add(session, SAMPLES, {**values, "meal": Meal.LUNCH, "grams": 90}, book.clock())
    target = BytesIO()
    with book.read() as session:
        period = Period(TODAY, TODAY + timedelta(1))
        papers.write_sample_labels(session, period, book.clock(), target)
    text = pages(target.getvalue())[0]
    for words in ("Gratin de courge", "n° 2211-1", "MB", "À garder jusqu’au 26/11/2026"):
        assert words in text


def test_a_day_without_samples_prints_a_page_that_says_so(book):
    target = BytesIO()
    with book.read() as session:
        period = Period(TODAY, TODAY + timedelta(1))
        papers.write_sample_labels(session, period, book.clock(), target)
    assert "Aucune étiquette" in pages(target.getvalue())[0]
