"""Lists of supply go out as files that other programs read."""

import csv
import io

import openpyxl
import pytest

from cantine_desktop.supply.files import EXPORTS
from cantine_desktop.supply.lists import LISTS
from cantine_desktop.values.period import Period
from tests.supply.desk import TODAY, furnish
from tests.supply.door import LATER, received

NOVEMBER = Period.month(TODAY)


@pytest.fixture
def session(book):
    with book.action("départ") as session:
        desk = furnish(session)
    received(book, desk)
    with book.read() as session:
        yield session


def rows_of(session, key):
    target = io.BytesIO()
    next(each for each in EXPORTS if each.key == key).write(session, NOVEMBER, LATER, target)
    return list(csv.DictReader(io.StringIO(target.getvalue().decode("utf-8-sig")), delimiter=","))


def test_articles_go_out_with_what_a_kilogram_really_costs(session):
    (pears,) = [row for row in rows_of(session, "supply-articles") if row["code"] == "PO66"]
    assert (pears["fournisseur"], pears["prix réel HT"]) == ("Biocoop", "4.2088")


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("supply-suppliers", {"nom": "Biocoop", "minimum": "50.00"}),
        ("supply-orders", {"article": "Poires", "quantité": "3"}),
        ("supply-receptions", {"ligne": "Poires", "reçu": "3", "montant HT": "150.00"}),
        ("supply-lots", {"lot": "A12", "produit": "Poire", "DLC": "2026-12-04"}),
        ("supply-stock-moves", {"genre": "received", "valeur": "158.25"}),
    ],
)
def test_each_list_holds_what_was_bought(session, key, told):
    (row,) = rows_of(session, key)
    for name, value in told.items():
        assert row[name] == value


def test_one_workbook_holds_every_list(session):
    target = io.BytesIO()
    export = next(each for each in EXPORTS if each.key == "supply-workbook")
    export.write(session, NOVEMBER, LATER, target)
    book = openpyxl.load_workbook(target)
    assert len(book.sheetnames) == len(LISTS)
    moves = book["Mouvements de stock"]
    assert str(moves["G5"].value) == "158.25"
