"""Records of any register go out as CSV and come back, with every problem at its place."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest

from cantine_desktop.exchange.running import run_import
from cantine_desktop.hygiene.catalogue import REGISTERS, register_of
from cantine_desktop.hygiene.registers import recording, signing
from cantine_desktop.hygiene.registers.files import STATE, exports_of, headings, imports_of
from cantine_desktop.hygiene.registers.queries import lines_of, records_of
from cantine_desktop.hygiene.slots import Origin
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold
from tests.hygiene import chilling
from tests.hygiene.chilling import CHILLING
from tests.hygiene.test_registers import FRIDAY, MONDAY, WEEK, at

(EXPORT,) = exports_of([CHILLING])
(IMPORT,) = imports_of([CHILLING])
HEAD = "Jour;Préparation;Parts;Quantité;Début;T° début;Fin;T° fin;Méthode;Couvert\n"


@pytest.fixture
def kitchen(book):
    chilling.enter(book.engine)
    yield book
    chilling.leave()


def add(book, **values):
    with book.action("Fiche") as session:
        return recording.add(session, CHILLING, values, book.clock()).id


def full(book, dish="Soupe", **more):
    values = {
        "start": at(23, 30),
        "end": at(0, 45, FRIDAY + timedelta(days=1)),
        "end_celsius": Decimal(8),
        "method": "cell",
    }
    return add(book, day=FRIDAY, dish=dish, covered=True, **{**values, **more})


def exported(book, *, excel):
    target = BytesIO()
    write = EXPORT.write_excel if excel else EXPORT.write
    with book.read() as session:
        write(session, WEEK, book.clock(), target)
    return target.getvalue()


def read(book, text):
    content = text if isinstance(text, bytes) else text.encode()
    return run_import(book, IMPORT, BytesIO(content))


def texts(book):
    with book.read() as session:
        return [line.texts for line in lines_of(session, CHILLING, WEEK)]


@pytest.mark.parametrize("excel", [True, False])
def test_what_goes_out_comes_back_the_same_and_only_once(kitchen, excel):
    full(kitchen)
    full(kitchen, "Gratin", end_celsius=Decimal(18))
    add(kitchen, day=FRIDAY, dish="Riz")
    before, content = texts(kitchen), exported(kitchen, excel=excel)
    report = read(kitchen, content)
    assert (report.added, report.unchanged, report.problems) == (0, 3, ())
    for _ in range(3):
        kitchen.undo()
    assert texts(kitchen) == []
    assert read(kitchen, content).added == 3
    assert texts(kitchen) == before
    with kitchen.read() as session:
        assert {record.origin for record in records_of(session, CHILLING, WEEK)} == {Origin.FILE}
    kitchen.undo()
    assert texts(kitchen) == []


def test_every_problem_is_told_at_its_place_and_nothing_is_kept(kitchen):
    report = read(
        kitchen,
        HEAD
        + "20/11/2026;Soupe;quarante;1;14h;63;15h;8;Cellule;c\n"
        + "20/11/2026;Riz;3;1;25h;63;15h;8;Frigo;c\n"
        + "31/02/2026;Riz;3;1;14h;63;15h;8;Cellule;peut-être\n"
        + "24/12/2030;Riz;3;1;14h;63;15h;8;Cellule;c\n",
    )
    found = {(problem.line, problem.column) for problem in report.problems}
    assert {(2, "Parts"), (3, "Méthode"), (4, "Jour"), (4, "Couvert"), (5, "Jour")} <= found
    assert texts(kitchen) == []


def test_an_hour_out_of_the_clock_is_told_too(kitchen):
    report = read(kitchen, HEAD + "20/11/2026;Riz;3;1;25h;63;15h;8;Cellule;c\n")
    assert [(problem.line, problem.column) for problem in report.problems] == [(2, "Début")]


def test_formulas_go_out_defused_and_come_back_as_words(kitchen):
    add(kitchen, day=FRIDAY, dish="=cmd|' /C calc'!A0")
    content = exported(kitchen, excel=True)
    assert b"'=cmd" in content
    kitchen.undo()
    assert read(kitchen, content).added == 1
    assert texts(kitchen)[0][1] == "=cmd|' /C calc'!A0"


def test_a_formula_in_a_file_is_refused(kitchen):
    report = read(kitchen, HEAD + "20/11/2026;=1+1;3;1;14h;63;15h;8;Cellule;c\n")
    assert "formule" in report.problems[0].text


def test_corrections_go_out_beside_what_they_corrected_and_count_once(kitchen):
    key = full(kitchen)
    with kitchen.action("Signer") as session:
        signing.sign_sheet(session, CHILLING, MONDAY, "AM", "", kitchen.clock())
    with kitchen.action("Corriger") as session:
        recording.correct(session, CHILLING, key, {"dish": "Potage"}, "Nom", "JB", kitchen.clock())
    content = exported(kitchen, excel=False).decode()
    assert "remplacée" in content
    assert "Potage" in content
    assert read(kitchen, content).added == 0


def test_a_signed_week_takes_no_line_of_a_file(kitchen):
    with kitchen.action("Signer") as session:
        signing.sign_sheet(session, CHILLING, MONDAY, "AM", "rien", kitchen.clock())
    report = read(kitchen, HEAD + "20/11/2026;Riz;3;1;14h;63;15h;8;Cellule;c\n")
    assert "est signée" in report.problems[0].text
    assert texts(kitchen) == []


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\xfe", b"PK\x03\x04", b"a;b\n1;2\n", b'"' * 999]
)
def test_a_file_that_is_no_such_sheet_is_refused_with_a_sentence(kitchen, content):
    assert read(kitchen, content).problems
    with kitchen.read() as session:
        assert records_of(session, CHILLING, Period.year(FRIDAY)) == []


def test_a_day_at_the_end_of_time_is_a_problem_of_its_line(kitchen):
    report = read(kitchen, HEAD + "31/12/9999;Riz;3;1;14h;63;15h;8;Cellule;c\n")
    assert [(problem.line, problem.column) for problem in report.problems] == [(2, "Jour")]


def test_a_long_file_of_refused_lines_stops_at_once(kitchen):
    with kitchen.action("Signer") as session:
        signing.sign_sheet(session, CHILLING, MONDAY, "AM", "rien", kitchen.clock())
    lines = (f"20/11/2026;Riz {rank};3;1;14h;63;15h;8;Cellule;c\n" for rank in range(700))
    report = read(kitchen, HEAD + "".join(lines))
    assert len(report.problems) == 501
    assert "arrêtée après 500" in report.problems[-1].text


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.key)
def test_no_register_writes_two_columns_of_one_title(register):
    titles = [fold(title) for title in (*headings(register), STATE, "verdict", "noté le")]
    assert len(titles) == len({*titles})


def test_what_a_register_wrote_is_read_back_digit_for_digit(book):
    register = register_of("reheating")
    with book.action("Fiche") as session:
        values = {"day": FRIDAY, "dish": "Riz", "leftover": Decimal("0.5")}
        recording.add(session, register, values, book.clock())
    target = BytesIO()
    with book.read() as session:
        export = next(iter(exports_of([register])))
        export.write(session, WEEK, book.clock(), target)
    report = run_import(book, next(iter(imports_of([register]))), BytesIO(target.getvalue()))
    assert (report.problems, report.added, report.unchanged) == ((), 0, 1)
