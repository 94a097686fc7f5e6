"""The single staff register: hiring order, nothing erased, what is printed and handed out."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.office.catalogue import documents, exports
from cantine_desktop.staff.checks import check_staff
from cantine_desktop.staff.contracts.engaging import (
    cancel_contract,
    change_contract,
    end_contract,
    facts_of,
)
from cantine_desktop.staff.contracts.model import Contract, Status
from cantine_desktop.staff.contracts.register import (
    every_line,
    standing,
    strike,
    waiting,
    write_waiting,
)
from cantine_desktop.staff.contracts.register_model import RegisterLine
from cantine_desktop.values.period import Period
from tests.staff.contracts.people import NOW, TODAY, hire, member

YEAR = Period.year(TODAY)


@pytest.fixture
def hired(book):
    """Write two hirings, the later one first, and a trainee to come; return the contracts."""
    with book.action("départ") as session:
        second = hire(session, member(session, "Anne Muller"), first=date(2026, 3, 2))
        first = hire(session, member(session), first=date(2026, 1, 5), weekly_minutes=30 * 60)
        trainee = member(session, "Léo Roth", date(2005, 2, 3))
        hire(session, trainee, Status.TRAINEE, date(2026, 12, 1), date(2026, 12, 20), tutor="Anne")
        hire(session, member(session, "Paul Schmitt"), Status.BOARD_MEMBER, weekly_minutes=None)
    return first, second


@pytest.fixture
def written(book, hired):
    write(book)
    return hired


def write(book, now=NOW):
    with book.action("Registre") as session:
        return [line.id for line in write_waiting(session, now)]


def lines(book):
    with book.read() as session:
        return [
            (line.number, line.name, line.last, line.reason, line.is_void)
            for line in every_line(session)
        ]


@pytest.mark.usefixtures("written")
def test_those_who_began_are_written_in_the_order_of_hiring_and_nobody_else(book):
    assert [(number, name) for number, name, *_rest in lines(book)] == [
        (1, "Malik Benali"),
        (2, "Anne Muller"),
    ]
    with book.read() as session:
        part_time = [line.is_part_time for line in standing(session)]
        assert waiting(session, TODAY) == []
        assert [row.name for row in waiting(session, date(2026, 12, 1))] == ["Léo Roth"]
    assert part_time == [True, False]
    with pytest.raises(UserError, match="à jour"), book.action("encore") as session:
        write_waiting(session, NOW)


def test_a_written_line_neither_changes_nor_goes(book, written):
    with pytest.raises(SealedError), book.action("tricher") as session:
        session.get_one(RegisterLine, 1).name = "Autre"
    with pytest.raises(SealedError), book.action("effacer") as session:
        session.delete(session.get_one(RegisterLine, 1))
    with pytest.raises(UserError, match="ne s’efface pas"), book.action("ôter") as session:
        cancel_contract(session, written[0])


def test_a_departure_and_a_correction_are_further_lines_of_the_same_number(book, written):
    with book.action("corriger") as session:
        facts = facts_of(session.get_one(Contract, written[0]))
        change_contract(session, written[0], replace(facts, job="Cuisinier"))
    write(book)
    with book.action("partir") as session:
        end_contract(session, written[0], date(2026, 11, 30))
    with book.read() as session:
        assert waiting(session, date(2026, 11, 30)) == []
        row, _trainee = waiting(session, date(2026, 12, 1))
    assert row.changed == ("last",)
    write(book, NOW + timedelta(days=8))
    assert [(line[0], line[2], line[3]) for line in lines(book)] == [
        (1, None, ""),
        (1, None, "emploi"),
        (1, date(2026, 11, 30), "sortie"),
        (2, None, ""),
        (3, None, ""),
    ]


def test_who_never_came_is_struck_through_and_stays(book, written):
    with pytest.raises(UserError, match="pourquoi"), book.action("rayer") as session:
        strike(session, written[1], " ", NOW)
    with book.action("rayer") as session:
        strike(session, written[1], "n’est pas venue", NOW)
    with book.read() as session:
        assert [line.name for line in standing(session)] == ["Malik Benali"]
        assert waiting(session, TODAY) == []
    assert lines(book)[-1] == (2, "Anne Muller", None, "n’est pas venue", True)


def test_the_register_says_what_it_lacks(book):
    with book.action("départ") as session:
        hire(session, member(session, nationality="", sex=None), job="")
    with book.read() as session:
        [row] = waiting(session, TODAY)
    assert row.lacking == ("nationality", "sex", "job")


def test_the_verifier_finds_the_book_whole_and_an_overlap_written_from_outside(book, written):
    with book.read() as session:
        assert list(check_staff(session)) == []
    with book.action("abîmer") as session:
        contract = session.get_one(Contract, written[0])
        session.add(clone := Contract(status=Status.PERMANENT, first=contract.first))
        clone.member_id = contract.member_id
    with book.read() as session:
        found = list(check_staff(session))
    assert ["se superpose" in each.text for each in found] == [True]


def text_of(book, key, period=YEAR, now=NOW):
    target = io.BytesIO()
    with book.read() as session:
        documents()[key].write(session, period, now, target)
    pdf = PdfDocument(target.getvalue())
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_the_printed_register_holds_its_columns_and_the_struck_line(book, written):
    with book.action("rayer") as session:
        strike(session, written[1], "n’est pas venue", NOW)
    text = " ".join(text_of(book, "staff-register").split())
    for words in ("Malik Benali", "CDI, salarié à temps partiel", "05/01/2026", "française"):
        assert words in text
    assert text.count("Anne Muller") == 2
    assert "Paul Schmitt" not in text


@pytest.mark.usefixtures("written")
def test_the_register_goes_out_as_csv_and_as_a_workbook(book):
    plain, workbook = io.BytesIO(), io.BytesIO()
    with book.read() as session:
        exports()["personnel"].write(session, YEAR, NOW, plain)
        exports()["personnel-workbook"].write(session, YEAR, NOW, workbook)
    first, *rows = plain.getvalue().decode("utf-8-sig").splitlines()
    assert "Nationalité" in first
    assert len(rows) == 2
    sheet = load_workbook(workbook).active
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "Malik Benali" in cells
    assert "CDI, salarié à temps partiel" in cells
