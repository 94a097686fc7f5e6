"""A lot, a product, a supplier or a day is found again, and its way is told."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from cantine_desktop.hygiene.labels import labelling
from cantine_desktop.hygiene.labels.labelling import LabelWish
from cantine_desktop.hygiene.labels.uses import TracedUse, judge_use
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.trace_sheet import write_trace
from cantine_desktop.hygiene.tracing import find_traces, trace_lot
from tests.documents.reading import pages

TODAY = date(2026, 11, 22)


@pytest.fixture
def used(book):
    def use(product, day=TODAY, **said):
        with book.action("Produit utilisé") as session:
            row = TracedUse(day=day, recorded_at=book.clock(), product=product, **said)
            session.add(row)
            session.flush()
            return row.id

    return use


def found(book, words):
    with book.read() as session:
        return [(t.what, t.lot) for t in find_traces(session, words, TODAY)]


def test_a_lot_a_product_a_supplier_and_a_dish_are_found_by_the_beginning_of_a_word(book, used):
    used("Crème fraîche", lot="FR 45-212", supplier="Biocoop", dish="Gratin de courge")
    used("Courge", lot="C7", supplier="Ferme du Lac", dish="Gratin de courge")
    for words in ("FR 45", "creme", "biocoop", "45-212"):
        assert found(book, words) == [("Crème fraîche", "FR 45-212")]
    assert len(found(book, "gratin")) == 2


def test_a_day_finds_all_that_was_written_of_it_and_a_lot_that_looks_like_a_day_too(book, used):
    used("Lait", day=date(2026, 11, 12))
    used("Riz", lot="12/11")
    assert found(book, "12/11") == [("Riz", "12/11"), ("Lait", "")]


def test_what_a_correction_replaced_is_not_found_any_more(book, used):
    wrong = used("Crème", lot="L1")
    used("Crème", lot="L2", corrects_id=wrong)
    assert found(book, "crème") == [("Crème", "L2")]


def test_nothing_typed_finds_nothing_and_signs_do_no_harm(book, used):
    used("Sel")
    for words in ("", "   ", "'", '"*', "%", "x" * 5000, "\x00", "OR AND NOT"):
        assert found(book, words) == []


def test_a_dish_that_begins_with_an_accent_is_followed_however_it_is_written(book, used):
    used("Poulet", lot="É 1", dish="Émincé de poulet")
    used("Sel", lot="S1", dish="ÉMINCÉ de poulet ")
    with book.read() as session:
        way = trace_lot(session, "é 1")
    assert [trace.lot for trace in way.rows] == ["É 1"]
    assert [trace.lot for trace in way.after] == ["S1"]


def test_the_way_of_a_lot_goes_to_the_dishes_and_their_labels(book, used):
    used("Crème", lot="L24 ", supplier="Biocoop", dish="Gratin de courge")
    used("Crème", lot="l24", day=TODAY - timedelta(1), dish="Soupe")
    used("Sel", lot="S1", dish="Gratin de courge")
    with book.action("Étiquette") as session:
        wish = LabelWish("Gratin de courge", TODAY, lot="L24")
        labelling.label(session, wish, book.clock())
    with book.read() as session:
        way = trace_lot(session, "L24")
    assert [trace.what for trace in way.rows] == ["Crème", "Crème", "Gratin de courge"]
    assert way.dishes == ((TODAY - timedelta(1), "Soupe"), (TODAY, "Gratin de courge"))
    assert [trace.what for trace in way.after] == ["Sel"]


def test_the_way_is_printed_and_says_when_it_knows_nothing(book, used):
    used("Crème", lot="L24", supplier="Biocoop", dish="Gratin de courge")
    for lot, words in (("L24", "Biocoop"), ("inconnu", "Aucune fiche ne nomme ce lot.")):
        target = BytesIO()
        with book.read() as session:
            write_trace(session, lot, book.clock(), target)
        assert words in pages(target.getvalue())[0]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ({"product": "Crème", "lot": "L1"}, Verdict.CONFORM),
        ({"product": "Crème", "proof": "photo 12"}, Verdict.CONFORM),
        ({"product": "Crème"}, Verdict.NOT_DONE),
        ({"lot": "L1"}, Verdict.NOT_DONE),
    ],
)
def test_a_product_is_traced_by_its_lot_or_its_label(book, said, verdict):
    with book.read() as session:
        use = TracedUse(day=TODAY, recorded_at=book.clock(), **said)
        assert judge_use(session, use).verdict is verdict
