"""Technical sheets on paper: quantities, gestures by workshop, allergens, cost."""

from fractions import Fraction
from io import BytesIO

from sqlalchemy import select

from cantine_desktop.meals.recipes.checks import check
from cantine_desktop.meals.recipes.listing import Show, chosen, sheet_rows
from cantine_desktop.meals.recipes.model import Recipe
from cantine_desktop.meals.recipes.starter import load_starter_recipes
from cantine_desktop.meals.recipes.technical_sheet import write_sheet, write_technical_sheets
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.documents.reading import letters, pages
from tests.meals.menu_book import gratin


def read(content):
    for _, _, left, bottom, right, top in letters(content):
        assert 0 <= left <= right <= 596
        assert 0 <= bottom <= top <= 843
    return [" ".join(text.split()) for text in pages(content)]


def test_a_sheet_tells_its_own_quantities_and_those_wanted(any_book):
    with any_book.action("recette") as session:
        sheet = gratin(session)
        target = BytesIO()
        write_sheet(session, sheet.id, Fraction(30), NOW, target)
    [text] = read(target.getvalue())
    assert "Gratin de courge" in text
    assert "10 portions" in text
    assert "2 000 g" in text or "2 000 g" in text.replace("\u202f", " ").replace("\u00a0", " ")
    plain = text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "6 kg" in plain
    assert "7,5 kg" in plain
    assert "gluten" in text
    assert plain.index("Éplucher") < plain.index("Cuire")
    assert "Sans prix" in text


def test_every_recipe_of_departure_has_one_page_at_most_two(book):
    with book.action("départ") as session:
        many = len(load_starter_recipes(session))
        target = BytesIO()
        write_technical_sheets(session, Period.year(NOW.date()), NOW, target)
        names = list(session.scalars(select(Recipe.name)))
    found = read(target.getvalue())
    assert many <= len(found) <= many + 5
    assert all(any(name[:20] in text for text in found) for name in names)


def test_an_empty_book_prints_a_page_that_says_so(book):
    target = BytesIO()
    with book.read() as session:
        write_technical_sheets(session, Period.year(NOW.date()), NOW, target)
    assert "Aucune recette" in read(target.getvalue())[0]


def test_a_recipe_that_holds_itself_is_listed_to_be_put_right(book):
    with book.action("boucle") as session:
        one = gratin(session)
        one.ingredients[0].product_id, one.ingredients[0].part_id = None, one.id
        session.flush()
        [row] = sheet_rows(session)
        assert not row.is_sound
        assert chosen([row], "gratin", None, Show.UNKNOWN, 11) == [row]
        target = BytesIO()
        write_sheet(session, one.id, None, NOW, target)
    assert "se contient" in read(target.getvalue())[0]


def test_a_book_that_is_verified_tells_cycles_and_lines_that_are_two_things(book):
    with book.action("recettes") as session:
        one = gratin(session)
        assert not list(check(session))
        one.ingredients[0].part_id = one.id
        session.flush()
        [found] = check(session)
        assert "ni un produit" in found.text
        one.ingredients[0].product_id = None
        session.flush()
        [found] = check(session)
        assert "se contient" in found.text
