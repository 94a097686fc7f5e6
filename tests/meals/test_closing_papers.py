"""The sheet by the box and the certificates say what the closing screen says."""

from io import BytesIO

from pypdfium2 import PdfDocument

from cantine_desktop.meals.closing.certificate_sheet import write_certificates
from cantine_desktop.meals.closing.facts import Sponsored
from cantine_desktop.meals.closing.tally_sheet import write_tally_sheet
from cantine_desktop.values.period import DAY as ONE_DAY
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import NBSP
from tests.conftest import NOW
from tests.meals.closings import DAY, add_service, closed, euros, prepared, wireframe


def pages(write, session, period):
    target = BytesIO()
    write(session, period, NOW, target)
    return [
        page.get_textpage().get_text_range().replace(NBSP, " ")
        for page in PdfDocument(target.getvalue())
    ]


def test_each_service_of_a_day_has_its_sheet_with_the_amounts_of_the_canteen(book):
    with book.action("services") as session:
        add_service(session)
        add_service(session, name="Soirée jeux")
    with book.read() as session:
        first, second = pages(write_tally_sheet, session, Period(DAY, DAY + ONE_DAY))
    assert "Déjeuner" in first
    assert "Soirée jeux" in second
    for words in ("C-2026-11-19", "12,50 €", "1. À table", "7. Carte", "11. Mot du jour", "visa"):
        assert words in first


def test_a_day_without_service_still_gives_a_sheet(book):
    with book.read() as session:
        assert len(pages(write_tally_sheet, session, Period(DAY, DAY + ONE_DAY))) == 1


def test_a_payer_gets_one_certificate_for_all_its_meals_and_no_name_of_a_diner(book):
    paid = (Sponsored("Petits Frères", 1, euros("12,50")),)
    with book.action("services") as session:
        closed(session, prepared(session), wireframe(sponsored=paid))
        closed(session, add_service(session), wireframe(sponsored=paid, coins={}))
    with book.read() as session:
        (page,) = pages(write_certificates, session, Period.month(DAY))
        empty = pages(write_certificates, session, Period.month(DAY.replace(month=1)))
    for words in ("Petits Frères", "a pris en charge 2 repas", "PEC2026-001", "25,00 €"):
        assert words in page
    assert "Aucun repas n’a été pris en charge" in empty[0]
