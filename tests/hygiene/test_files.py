"""Readings leave for another program and come back the same."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import select

from cantine_desktop.exchange.running import run_import
from cantine_desktop.hygiene.files import EXPORTS, IMPORTS
from cantine_desktop.hygiene.model import ColdUnit, Gap, Origin, Reading, Slot
from cantine_desktop.hygiene.recording import Entry, Spot, record_many
from cantine_desktop.values.period import Period

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def unit(book):
    with book.action("Installer") as session:
        unit = ColdUnit(name="Chambre été", maximum=Decimal(4), tolerance=Decimal(2))
        session.add(unit)
        session.flush()
        return unit.id


def take_in(book, text, **options):
    return run_import(book, IMPORTS[0], BytesIO(text.encode()), **options)


def readings(book):
    with book.read() as session:
        return session.scalars(select(Reading).order_by(Reading.id)).all()


def test_what_is_exported_is_imported_again_as_already_there(book, unit):
    with book.action("Relevés") as session:
        entries = [
            Entry(Spot(unit, FRIDAY, Slot.MORNING), Decimal("6.2")),
            Entry(Spot(unit, FRIDAY, Slot.EVENING), gap=Gap.FORGOTTEN, note="sortie tardive"),
        ]
        record_many(session, entries, book.clock())
    target = BytesIO()
    with book.read() as session:
        EXPORTS[0].write(session, Period.week(FRIDAY), book.clock(), target)
    text = target.getvalue().decode("utf-8-sig")
    assert "2026-11-20" in text
    assert "6.2" in text
    assert "sortie tardive" in text
    report = take_in(book, text)
    assert (report.added, report.unchanged, report.problems) == (0, 2, ())


def test_a_file_is_taken_in_with_its_origin_as_one_step_to_undo(book, unit):
    del unit
    report = take_in(
        book, "Jour;Moment;Enceinte;Température\n20/11/2026;matin;chambre ete;3,1\n"
        "20/11/2026;soir;Chambre été;3,4\n"
    )  # fmt: skip
    assert (report.added, report.problems) == (2, ())
    assert {reading.origin for reading in readings(book)} == {Origin.FILE}
    book.undo()
    assert not readings(book)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("20/11/2026;matin;Cave;3,1;", "n’existe pas"),
        ("20/11/2026;matin;Chambre été;;", "raison"),
        ("20/11/2026;matin;Chambre été;3,1;oubli", "pas les deux"),
        ("20/11/2026;midi;Chambre été;3,1;", "midi"),
        ("25/11/2026;matin;Chambre été;3,1;", "pas encore venu"),
        ("25/11/0026;matin;Chambre été;3,1;", "trop ancien"),
        ("20/11/2026;matin;Chambre été;99;", "−60"),
        ("19/11/2026;matin;Chambre été;3,2;", "plus haut"),
    ],
)
def test_one_bad_line_is_located_and_keeps_the_whole_file_out(book, unit, line, said):
    del unit
    head = "jour;moment;enceinte;celsius;non relevé\n19/11/2026;matin;Chambre été;3,1;\n"
    report = take_in(book, head + line + "\n")
    assert [problem.line for problem in report.problems] == [3]
    assert said in report.problems[0].text
    assert not readings(book)


def test_a_reading_of_the_book_is_never_overwritten_by_a_file(book, unit):
    with book.action("Relevé") as session:
        spot = Spot(unit, FRIDAY, Slot.MORNING)
        record_many(session, [Entry(spot, Decimal("6.2"))], book.clock())
    report = take_in(book, "jour;moment;enceinte;celsius\n20/11/2026;matin;Chambre été;3,1\n")
    assert "6,2" in report.problems[0].text
    assert [reading.celsius for reading in readings(book)] == [Decimal("6.2")]


def test_everything_wrong_on_a_line_is_said_at_once(book):
    report = take_in(book, "jour;moment;enceinte;celsius\n31/02/2026;midi;Cave;froid\n")
    assert [problem.column for problem in report.problems] == [
        "jour",
        "moment",
        "enceinte",
        "celsius",
    ]
