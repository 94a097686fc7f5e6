"""Sheets of days written for other programs."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.hygiene.cleaning import marking
from cantine_desktop.hygiene.cleaning.matrices import MATRICES, WASTE
from cantine_desktop.hygiene.cleaning.weeks import Entry, Spot
from cantine_desktop.office.catalogue import exports
from cantine_desktop.values.period import Period

FRIDAY = date(2026, 11, 20)
WEEK = Period.week(FRIDAY)


def written(book, key):
    target = BytesIO()
    with book.read() as session:
        exports()[key].write(session, WEEK, book.clock(), target)
    return target.getvalue().decode("utf-8-sig").splitlines()


def test_every_sheet_is_exported_even_empty(book):
    for matrix in MATRICES:
        assert written(book, matrix.key)[0].startswith("jour")


def test_a_corrected_weight_stands_beside_what_it_replaced(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))
    spot = Spot("leftovers_edible", FRIDAY)
    with book.action("Peser") as session:
        entry = Entry(spot, value=Decimal(7), note="=1+1", initials="AM")
        marking.write(session, WASTE, [entry], book.clock())
        marking.sign_week(session, WASTE, FRIDAY, "AM", "", book.clock())
    with book.action("Corriger") as session:
        entry = Entry(spot, value=Decimal("0.7"))
        marking.correct(session, WASTE, entry, "Virgule oubliée", "MB", book.clock())
    _head, first, second = written(book, "waste")
    assert "remplacée" in first
    assert ";=1+1" not in first
    assert "Virgule oubliée" in second
    assert "Restes d’assiette" in second
