"""Sheets of days on paper: what is due, hatched, ticked, missing, corrected."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from cantine_desktop.canteen import calendar
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.hygiene.cleaning import marking, tasks
from cantine_desktop.hygiene.cleaning.matrices import CLEANING, MATRICES, WASTE
from cantine_desktop.hygiene.cleaning.model import Answer, CleaningTask, Every
from cantine_desktop.hygiene.cleaning.sheets import DOCUMENTS
from cantine_desktop.hygiene.cleaning.starter import add_starter_tasks
from cantine_desktop.hygiene.cleaning.weeks import Entry, Spot
from cantine_desktop.office.catalogue import documents
from cantine_desktop.values.period import Period
from tests.documents.reading import pages

TUESDAY, FRIDAY = date(2026, 11, 17), date(2026, 11, 20)
WEEK = Period.week(FRIDAY)


@pytest.fixture
def canteen(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))
        add_starter_tasks(session, book.clock(), {"has:fryer"})
    return book


def pdf(book, key, period=WEEK):
    target = BytesIO()
    with book.read() as session:
        documents()[key].write(session, period, book.clock(), target)
    return target.getvalue()


def words(book, key, period=WEEK):
    return " ".join("\n".join(pages(pdf(book, key, period))).split())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.key)
def test_every_sheet_is_written_for_an_empty_book_and_for_a_full_one(book, document):
    assert pdf(book, document.key).startswith(b"%PDF")
    with book.action("Remplir") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="1234567"))
        add_starter_tasks(session, book.clock(), {"has:fryer"})
        tasks.add_station(session, "Poste 1", place="Cave")
    assert "La Tablée" in words(book, document.key)


@pytest.mark.parametrize("matrix", MATRICES, ids=lambda matrix: matrix.key)
def test_each_sheet_bears_its_code_blank_and_filled(canteen, matrix):
    for key in (f"{matrix.key}-week-blank", f"{matrix.key}-week"):
        assert f"{matrix.letter}-2026-S47" in words(canteen, key)
        assert documents()[key].screen == "cleaning"


def test_no_two_documents_share_a_letter():
    letters = {}
    for document in documents().values():
        if document.sheet:
            letters.setdefault(document.sheet, set()).add(document.key.removesuffix("-blank"))
    ours = {matrix.letter for matrix in MATRICES}
    assert all(len(keys) == 1 for letter, keys in letters.items() if letter in ours)


def test_the_plan_prints_what_labels_say_and_leaves_the_rest_to_be_read(canteen):
    with canteen.action("Produit") as session:
        product = tasks.add_product(
            session, "DD4", dose="20 mL pour 5 L", contact_minutes=7, standards="EN 1276"
        )
        first = tasks.cleaning_tasks(session)[0]
        tasks.change_task(session, first.id, product_id=product.id, who="Équipe")
    text = words(canteen, "cleaning-plan")
    assert "20 mL pour 5 L ; 7 min" in text
    assert "à compléter (étiquette)" in text
    assert "EN 1276" in text
    assert "Équipe" in text
    assert "5 min" not in text


def test_the_blank_week_shows_every_zone_and_nothing_that_was_ticked(canteen):
    with canteen.action("Tout fait") as session:
        marking.tick_everything(session, CLEANING, FRIDAY, "AM", canteen.clock())
    text = words(canteen, "cleaning-week-blank")
    for zone in ("Cuisine", "Salle", "Sanitaires"):
        assert zone in text
    assert "AM" not in text
    assert "✓" not in text


def test_the_filled_week_prints_ticks_holes_reasons_and_the_one_gesture(canteen):
    with canteen.action("Remplir") as session:
        marking.tick_everything(session, CLEANING, TUESDAY, "AM", canteen.clock())
        first = tasks.cleaning_tasks(session)[0].id
        entry = Entry(Spot(first, FRIDAY), Answer.NOT_DONE, note="panne d’eau", initials="LB")
        marking.write(session, CLEANING, [entry], canteen.clock())
        calendar.close_days(session, [FRIDAY.replace(day=19)], "Grève", canteen.clock())
        marking.sign_week(session, CLEANING, FRIDAY, "MB", "", canteen.clock())
    text = words(canteen, "cleaning-week")
    assert "✓" in text
    assert "—" in text
    assert "panne d’eau" in text
    assert "d’un seul geste par AM" in text
    assert "Fermé le 19/11. Grève" in text
    assert "signée par MB" in text


def test_a_correction_after_the_signature_is_printed_with_its_reason(canteen):
    with canteen.action("Remplir") as session:
        entry = Entry(Spot("leftovers_edible", FRIDAY), value=Decimal(7), initials="AM")
        marking.write(session, WASTE, [entry], canteen.clock())
        marking.sign_week(session, WASTE, FRIDAY, "AM", "", canteen.clock())
    with canteen.action("Corriger") as session:
        entry = Entry(Spot("leftovers_edible", FRIDAY), value=Decimal("0.7"))
        marking.correct(session, WASTE, entry, "Virgule oubliée", "MB", canteen.clock())
    text = words(canteen, "waste-week")
    assert "0,7" in text
    assert "7" in text
    assert "Virgule oubliée" in text


def test_two_hundred_lines_and_hostile_words_print(canteen):
    with canteen.action("Énorme") as session:
        for n in range(200):
            session.add(
                CleaningTask(
                    zone="<b>Zone</b> & fin",
                    name="Ligne " + "très longue " * 9 + str(n),
                    every=[*Every][n % 6],
                    position=n,
                )
            )
    text = words(canteen, "cleaning-week-blank")
    assert "<b>Zone</b> & fin" in text
    assert "Terrasse et abords" in text
    assert words(canteen, "cleaning-plan")


def test_nothing_on_paper_claims_to_be_the_law(canteen):
    for document in DOCUMENTS:
        text = words(canteen, document.key).lower()
        assert "réglementation" not in text
        assert "conforme à la" not in text
