"""Sheets of workbooks: read as a CSV would be, each line by the number a spreadsheet shows."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from cantine_desktop.exchange import workbooks
from cantine_desktop.exchange.cells import decimal_with, to_day, to_text
from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.exchange.sheets import Field, read_sheet

FIELDS = (
    Field("day", "jour", to_day),
    Field("unit", "enceinte", to_text),
    Field("celsius", "température", decimal_with(1)),
)

ROW = "table:table-row"


def xlsx(rows, *, cover=False):
    book = Workbook()
    sheet = book.active
    if cover:
        sheet = book.create_sheet("Relevés")
    for row in rows:
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ods(rows):
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    head = (
        f'<office:document-content xmlns:office="{name}office:1.0" xmlns:table="{name}table:1.0" '
        f'xmlns:text="{name}text:1.0"><office:body><office:spreadsheet><table:table>'
    )
    body = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    tail = "</table:table></office:spreadsheet></office:body></office:document-content>"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", head + body + tail)
    return target.getvalue()


def word(text, more=""):
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def read(content):
    return read_sheet(io.BytesIO(content), FIELDS)


@pytest.mark.parametrize("cover", [False, True])
def test_a_workbook_is_read_like_a_csv_its_dates_and_numbers_whole(cover):
    rows = [
        ["Relevés de novembre", None, None],
        ["Jour", "Enceinte", "Température"],
        [date(2026, 11, 3), "CF 1", 3.5],
        ["04/11/2026", "CF 2", 4],
    ]
    found = [row.values for row in read(xlsx(rows, cover=cover)).rows]
    assert [(str(row["day"]), row["unit"], str(row["celsius"])) for row in found] == [
        ("2026-11-03", "CF 1", "3.5"),
        ("2026-11-04", "CF 2", "4"),
    ]


def test_every_mistake_of_a_workbook_is_told_with_the_line_its_program_shows():
    rows = [
        ["Jour", "Enceinte", "Température"],
        [],
        ["31/02/2026", "CF 1", 3],
        [date(2026, 11, 3), "CF 1", "=A1"],
        [date(2026, 11, 4), None, 2],
    ]
    found = read(xlsx(rows))
    assert [(each.line, each.column) for each in found.problems] == [
        (3, "Jour"),
        (4, "Température"),
        (5, "Enceinte"),
    ]
    assert "formule" in found.problems[1].text


def test_a_formula_of_another_sheet_spoils_nothing():
    book = Workbook()
    book.active.append(["Jour", "Enceinte", "Température"])
    book.active.append([date(2026, 11, 3), "CF 1", 3])
    book.create_sheet("Calculs")["C2"] = "=1+1"
    target = io.BytesIO()
    book.save(target)
    assert len(read(target.getvalue()).rows) == 1


def test_an_open_document_is_read_with_what_repeats_and_its_line_numbers():
    content = ods([
        [word("Jour"), word("Enceinte"), word("Température")],
        ['<table:table-cell table:number-columns-repeated="3"/>'],
        [
            word("3 nov.", 'office:value-type="date" office:date-value="2026-11-03"'),
            word("CF 1"),
            word("3,5 °C", 'office:value-type="float" office:value="3.5"'),
        ],
        [word("4/11/2026"), word("CF 1"), word("3", 'table:formula="of:=1+2"')],
    ])
    found = read(content)
    (row,) = found.rows
    assert (row.line, str(row["day"]), str(row["celsius"])) == (3, "2026-11-03", "3.5")
    assert [(each.line, each.column) for each in found.problems] == [(4, "Température")]


@pytest.mark.parametrize(
    "content",
    [
        ods([[word("Jour", 'table:number-columns-repeated="99999999"')]]),
        ods([
            [word("Jour")],
            [f"<table:table-cell/></{ROW}><{ROW} table:number-rows-repeated='9999999'>"],
            [word("x")],
        ]),
    ],
)
def test_what_swells_is_refused_before_it_is_laid_out(content):
    with pytest.raises(UnreadableError, match="démesurée"):
        read(content)


def test_a_cell_far_away_does_not_lay_out_a_rectangle(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 50)
    book = Workbook()
    book.active["A1"] = "Jour"
    book.active["B60"] = "loin"
    target = io.BytesIO()
    book.save(target)
    with pytest.raises(UnreadableError, match="démesurée"):
        read(target.getvalue())
