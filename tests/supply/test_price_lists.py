"""Price lists as suppliers send them: shown first, taken in at once, faults told with places."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from cantine_desktop.errors import UserError
from cantine_desktop.exchange.problems import UnreadableError
from cantine_desktop.supply.articles.keeping import price_on
from cantine_desktop.supply.articles.model import Article, PriceBasis
from cantine_desktop.supply.articles.price_list import Fate, apply, preview
from cantine_desktop.supply.articles.price_list_columns import find_columns, remembered_columns
from cantine_desktop.supply.articles.price_list_import import read_price_list
from cantine_desktop.supply.articles.price_list_table import read_pasted, read_table
from tests.supply.desk import NOW, TODAY, furnish

PEARS = "Code;Désignation;Cond.;Prix HT\n"
LETTER = "Biocoop – tarif de novembre\n\n" + PEARS


def shown(session, desk, text, **more):
    return preview(session, desk.supplier, read_pasted(text), TODAY, **more)


def fates(made):
    return [each.fate for each in made.lines]


def told(made):
    return [str(problem) for problem in made.problems]


def workbook(rows, formula=None):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
        if formula:
            sheet.write_formula(*formula)
    target.seek(0)
    return target


def open_document(table):
    target = io.BytesIO()
    names = "".join(
        f' xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"'
        for each in ("office", "table", "text")
    )
    body = f"<office:d{names}><table:table>{table}</table:table></office:d>"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", body)
    target.seek(0)
    return target


def test_a_list_changes_known_prices_adds_articles_of_products_and_leaves_the_rest(session):
    desk = furnish(session)
    text = (
        "Code;Désignation;Cond.;Prix HT;Produit\n;FRUITS;;;\n"
        "PO66;Poires;66 pièces;52,50;\n;Tomme des Vosges;;12,40 €/kg;\n"
        "CA10;Poires conférence;sac 10 kg;1,95/kg;Poire\nXX1;Cirage;12 boîtes;on verra;\n"
    )
    made = shown(session, desk, text)
    assert told(made) == []
    assert fates(made) == [Fate.PRICE, Fate.SAME, Fate.NEW, Fate.LEFT]
    report = apply(session, made, TODAY, NOW, "Tarif de novembre")
    assert (report.added, report.changed, report.unchanged, len(report.remarks)) == (1, 1, 1, 1)
    assert price_on(session, desk.pears, TODAY).price == Decimal("52.50")
    assert price_on(session, desk.pears, date(2026, 11, 22)).price == Decimal(50)
    added = session.query(Article).filter_by(supplier_id=desk.supplier, code="CA10").one()
    assert [(pack.name, pack.count) for pack in added.packs] == [("sac", 10000)]
    assert [price.basis for price in added.prices] == [PriceBasis.KILOGRAM]
    again = shown(session, desk, text)
    assert fates(again) == [Fate.SAME, Fate.SAME, Fate.SAME, Fate.LEFT]


def test_nothing_is_written_by_a_preview_nor_while_a_problem_is_left(session):
    desk = furnish(session)
    made = shown(session, desk, PEARS + "PO66;Poires;66 pièces;cinquante\n")
    assert told(made) == [
        "ligne 2, colonne «\u00a0Prix HT\u00a0»\u00a0: «\u00a0cinquante\u00a0» n’est pas un nombre"
    ]
    with pytest.raises(UserError, match="ligne 2"):
        apply(session, made, TODAY, NOW)
    assert price_on(session, desk.pears, TODAY).price == Decimal(50)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("PO66;Poires;;\n", "doit être remplie"),
        ("PO66;Poires;;=50+2\n", "formule"),
        ("PO66;Poires;;-3\n", "plausible"),
        ("PO66;Poires;;0\n", "plausible"),
        ("PO66;Poires;;1.250\n", "deux façons"),
        ("PO66;Poires;;50,12345\n", "décimales"),
        ("PO66;Poires;;99999\n", "plausible"),
        ("PO66;Poires;;50/brouette\n", "n’est pas prévu"),
        ("PO66;Poires;;50\npo66;Poires;;51\n", "déjà ligne 2"),
        (";Tomme des Vosges;;12,40/l\n", "ce que pèse"),
    ],
)
def test_each_fault_is_told_where_it_stands(session, line, fault):
    desk = furnish(session)
    made = shown(session, desk, PEARS + line)
    assert fault in told(made)[0]
    assert told(made)[0].startswith("ligne ")


def test_an_unknown_packing_stops_a_new_article_and_is_a_remark_on_a_known_one(session):
    desk = furnish(session)
    made = shown(
        session,
        desk,
        "Code;Désignation;Cond.;Prix;Produit\nN1;Poires;5/1;4;Poire\nPO66;Poires;5/1;51;\n",
    )
    assert fates(made) == [Fate.WRONG, Fate.PRICE]
    assert "5/1" in told(made)[0]
    assert "5/1" in str(made.remarks[0])


def test_another_packing_and_a_price_ten_times_higher_are_pointed_out(session):
    desk = furnish(session)
    made = shown(session, desk, PEARS + "PO66;Poires;60 pièces;500\n")
    assert len(made.remarks) == 2
    apply(session, made, TODAY, NOW)
    session.expire_all()
    pears = session.get_one(Article, desk.pears)
    assert [pack.count for pack in pears.packs] == [60]


def test_headings_below_a_letterhead_are_found_and_remembered_with_a_heading_of_their_own(session):
    desk = furnish(session)
    columns, above = find_columns(read_pasted(LETTER + "PO66;Poires;;50\n"))
    assert (columns, above) == ({"code": 0, "name": 1, "pack": 2, "price": 3}, 2)
    odd = "Réf;Chose;À payer\nPO66;Poires;51\n"
    with pytest.raises(UnreadableError, match="prix"):
        shown(session, desk, "Réf;Chose;À payer\nPO66;Poires;cher\n")
    chosen = {"code": 0, "name": 1, "price": 2}
    apply(session, shown(session, desk, odd, columns=chosen), TODAY, NOW)
    assert remembered_columns(session, desk.supplier)["price"] == "À payer"
    assert fates(shown(session, desk, odd)) == [Fate.SAME]


def test_a_paste_without_headings_is_guessed_from_what_it_holds(session):
    desk = furnish(session)
    made = shown(session, desk, "PO66\tPoires\t66 pièces\t51,00\nTM\tTomme\t3 kg\t37,20\n")
    assert made.columns == {"code": 0, "name": 1, "pack": 2, "price": 3}
    assert fates(made) == [Fate.PRICE, Fate.LEFT]


def test_a_workbook_is_read_with_its_numbers_and_its_lost_zeros(session):
    desk = furnish(session)
    session.get_one(Article, desk.pears).code = "00123"
    rows = [["Code", "Désignation", "Prix"], [123, "Poires", 51.1]]
    made = preview(session, desk.supplier, read_table(workbook(rows)), TODAY)
    assert [each.line.price for each in made.lines] == [Decimal("51.1")]
    assert fates(made) == [Fate.PRICE]
    formula = workbook(rows, (1, 2, "=50*1.05", None, 52.5))
    made = preview(session, desk.supplier, read_table(formula), TODAY)
    assert "formule" in told(made)[0]


def test_an_open_document_is_read_and_its_empty_repeats_cost_nothing(session):
    desk = furnish(session)

    def row(*cells):
        inside = "".join(
            f"<table:table-cell><text:p>{each}</text:p></table:table-cell>" for each in cells
        )
        return f"<table:table-row>{inside}</table:table-row>"

    empty = (
        '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    table = row("Code", "Désignation", "Prix") + row("PO66", "Poires", "51,20") + empty
    made = preview(session, desk.supplier, read_table(open_document(table)), TODAY)
    assert fates(made) == [Fate.PRICE]
    full = empty.replace("16384", "2").replace("/></", "><text:p>1</text:p></table:table-cell></")
    with pytest.raises(UnreadableError, match="démesuré"):
        read_table(open_document(full))


def test_a_workbook_with_a_cell_at_the_end_of_the_world_is_refused_before_it_is_laid_out():
    whole = workbook([["Prix"]])
    bomb = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(bomb, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                far = b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData>"
                content = content.replace(b"</sheetData>", far)
            new.writestr(name, content)
    bomb.seek(0)
    with pytest.raises(UnreadableError, match="démesuré"):
        read_table(bomb)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xd0\xcf\x11\xe0" + b"0" * 600, b"PK\x03\x04rest", b"%PDF-1.7", b'"a;b\nc', b" \n"],
)
def test_what_is_no_price_list_is_refused_with_a_sentence(content):
    with pytest.raises(UnreadableError):
        read_table(io.BytesIO(content))


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_a_refusal(content):
    try:
        rows = read_table(io.BytesIO(content))
    except UnreadableError:
        return
    assert rows
    find_columns(rows)


def test_a_dropped_file_names_its_suppliers(session):
    desk = furnish(session)
    head = "Fournisseur;Code;Désignation;Prix\n"
    good = io.BytesIO((head + "biocoop;PO66;Poires;51\n").encode())
    assert read_price_list(session, good, NOW).changed == 1
    assert price_on(session, desk.pears, TODAY).price == Decimal(51)
    bad = io.BytesIO((head + "Personne;PO66;Poires;51\n").encode())
    assert [each.line for each in read_price_list(session, bad, NOW).problems] == [2]
