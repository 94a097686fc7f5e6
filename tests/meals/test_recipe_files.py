"""Recipes as files: written, read back the same, refused with places when something is wrong."""

import io
import zipfile

import pytest
from sqlalchemy import func, select

from cantine_desktop.exchange.running import run_import
from cantine_desktop.meals.recipes.files import EXPORTS, IMPORTS
from cantine_desktop.meals.recipes.model import Recipe
from cantine_desktop.meals.recipes.starter import load_starter_recipes
from cantine_desktop.meals.recipes.writing import facts_of
from cantine_desktop.supply.products.files import HEADINGS, products_table
from cantine_desktop.supply.products.starter import load_starter_products
from cantine_desktop.values.period import Period
from tests.conftest import NOW

[EXPORT], [IMPORT] = EXPORTS, IMPORTS

GOOD = """
[[recipe]]
name = "Carottes vapeur"
course = "side"
portions = 10
ingredients = [
  ["Carotte", "1.5", "kg", "Légumes"],
  ["=Beurre persillé", "200", "g", "Cuisson"],
  ["?un tour de moulin", "", "", ""],
]
steps = [["Légumes", "Éplucher."]]

[[recipe]]
name = "Beurre persillé"
course = "base"
portions = 10
yields_grams = "250"
ingredients = [["beurre", "250", "g", ""]]
steps = []
"""


def stock(book):
    with book.action("produits") as session:
        load_starter_products(session)


def take(book, content, **options):
    content = content.encode() if isinstance(content, str) else content
    return run_import(book, IMPORT, io.BytesIO(content), **options)


def count(book):
    with book.read() as session:
        return session.scalar(select(func.count(Recipe.id)))


def written(book):
    target = io.BytesIO()
    with book.read() as session:
        EXPORT.write(session, Period.year(NOW.date()), NOW, target)
    return target.getvalue()


def sheets(book):
    with book.read() as session:
        return {each.name: facts_of(each) for each in session.scalars(select(Recipe))}


def test_what_is_written_is_read_back_the_same(book):
    with book.action("départ") as session:
        load_starter_recipes(session)
    before, content = sheets(book), written(book)
    with book.action("vider") as session:
        recipes = list(session.scalars(select(Recipe)))
        for each in recipes:
            each.ingredients = []
        session.flush()
        for each in recipes:
            session.delete(each)
    assert count(book) == 0
    report = take(book, content)
    assert not report.problems
    assert report.added == len(before)
    assert written(book) == content
    assert take(book, content).unchanged == len(before)


def test_one_file_is_one_action_with_its_preview(book):
    stock(book)
    assert take(book, GOOD, dry_run=True).added == 2
    assert count(book) == 0
    assert take(book, GOOD).added == 2
    assert take(book, GOOD.replace("portions = 10", "portions = 20", 1)).changed == 1
    book.undo()
    book.undo()
    assert count(book) == 0


def test_a_zip_of_files_is_read_whole(book):
    stock(book)
    one, two = GOOD.split("[[recipe]]")[1:]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.toml", "[[recipe]]" + one)
        archive.writestr("b.toml", "[[recipe]]" + two)
        archive.writestr("lisez-moi.txt", "rien")
    assert take(book, target.getvalue()).added == 2


def test_all_that_is_wrong_is_told_at_once_with_lines_and_nearest_names(book):
    stock(book)
    report = take(
        book,
        GOOD
        .replace('"Carotte"', '"Carrote"')
        .replace('course = "base"', 'course = "sauce"')
        .replace('"=Beurre persillé", "200", "g"', '"=Beurre persillé", "200", "louche"'),
    )
    places = {(each.line, each.column) for each in report.problems}
    assert (7, "ingredients") in places
    assert (8, "ingredients") in places
    assert (13, "course") in places
    assert any("Carotte" in each.text for each in report.problems)
    assert count(book) == 0


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01\x02\xff" * 50,
        b"%PDF-1.7",
        b"PK\x03\x04broken",
        "x = " + "[" * 20_000,
        "a." * 5_000 + "a = 1",
        "[[recipe]]\nname = 'x",
        "recipe = 3",
        "[[recipe]]\nname = 7",
        "[[recipe]]\nportions = " + "9" * 6_000,
        GOOD.replace("portions = 10", "portions = -3"),
        GOOD.replace("portions = 10", "portions = 9999999"),
        GOOD.replace("portions = 10", "portions = true"),
        GOOD.replace('"1.5"', '"1e30"'),
        GOOD.replace('"1.5"', '"0"'),
        GOOD.replace('"1.5"', "nan"),
        GOOD.replace("Carottes vapeur", "=HYPERLINK(1)"),
        GOOD.replace("Carottes vapeur", "x" * 5_000),
        GOOD.replace("Carottes vapeur", "Beurre persillé"),
        GOOD.replace('"beurre"', '"=Carottes vapeur"'),
        GOOD.replace('"beurre"', '"=Beurre persillé"'),
        GOOD.replace('"beurre"', '"=cmd|calc!A0"'),
        GOOD.replace("steps = []", "steps = [[[[]]]]"),
        GOOD.replace("steps = []", "surprise = 1"),
        b"#" + b"x" * (3 * 1024 * 1024),
    ],
)
def test_a_hostile_file_is_refused_in_words_and_nothing_is_kept(book, content):
    stock(book)
    report = take(book, content)
    assert report.problems
    assert all(each.text and "Traceback" not in each.text for each in report.problems)
    assert count(book) == 0


def test_products_are_written_as_a_table(book):
    stock(book)
    with book.read() as session:
        table = products_table(session, Period.year(NOW.date()), NOW)
        rows = list(table.rows)
    assert len(rows) > 150
    assert all(len(row) == len(HEADINGS) for row in rows)
