"""A year is handed over as a legal file with its papers, noted, and made again to the byte."""

import csv
import io
import json
import zipfile
from datetime import date, timedelta

import pypdfium2
import pytest
from accounting_fr.fec_check import check_fec as second_opinion
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.errors import UserError
from cantine_desktop.finance.fec.exporting import (
    check_again,
    export,
    export_zip,
    write_again,
    year_at,
)
from cantine_desktop.finance.fec.files import EXPORTS
from cantine_desktop.finance.fec.model import ExportRegister
from cantine_desktop.finance.fec.sheets import DOCUMENTS
from cantine_desktop.finance.ledger.lettering import letter, open_items
from cantine_desktop.finance.ledger.model import Line
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.validating import drafts_before, validate
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.finance.test_fec_writing import DAY, NAME, small_year

KIT = (
    NAME,
    "123456782FEC20261231_description.txt",
    "123456782FEC20261231_description.pdf",
    "123456782FEC20261231_controle.pdf",
    "123456782FEC20261231_controle.json",
    "123456782FEC20261231_analytique.csv",
)


@pytest.fixture
def year(any_book):
    """Return a book whose year holds three validated entries."""
    with any_book.action("année", undoable=False) as session:
        session.add(Canteen(name="La Tablée d’Odile", siren="123456782"))
        small_year(session)
    return any_book


def exported(book, folder, now=NOW):
    with book.action("export", undoable=False) as session:
        return export(session, year_at(session, DAY), folder, now, operator="Trésorerie")


def test_the_file_comes_with_its_papers_and_has_no_fault(year, tmp_path):
    made = exported(year, tmp_path)
    assert made.names == KIT
    assert {path.name for path in tmp_path.iterdir() if path.suffix != ".db"} >= set(KIT)
    assert (made.report.faults, made.report.unchecked) == ([], "")
    opinion = second_opinion((tmp_path / NAME).read_bytes(), NAME, date(2026, 1, 1))
    assert (opinion.errors, opinion.warnings) == ([], [])
    control = json.loads((tmp_path / KIT[4]).read_text("utf-8"))
    assert control["accepted"]
    assert control["sha256"] == made.totals.sha256
    assert (control["debit"], control["lines"]) == ("2920.90", 6)


def test_the_register_says_when_what_and_by_whom(year, tmp_path):
    made = exported(year, tmp_path)
    with year.read() as session:
        row = session.scalars(select(ExportRegister)).one()
        assert (row.file, row.operator, row.made_at) == (NAME, "Trésorerie", NOW)
        assert (row.lines, row.entries, row.debit) == (6, 3, Money(292_090))
        assert row.sha256 == made.totals.sha256


def test_an_export_is_made_again_to_the_byte_after_the_year_went_on(year, tmp_path):
    exported(year, tmp_path)
    before = (tmp_path / NAME).read_bytes()
    with year.action("suite", undoable=False) as session:
        lines = (debit("530000", Money(700)), credit("580000", Money(700)))
        entry = post(session, DraftEntry("OD", DAY, "après", "OD1", lines))
        validate(session, [entry], NOW + timedelta(days=1))
    again = io.BytesIO()
    with year.read() as session:
        write_again(session, session.scalars(select(ExportRegister)).one(), again)
    assert again.getvalue() == before


def test_the_same_year_gives_the_same_files_twice(year, tmp_path):
    exported(year, tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in KIT}
    exported(year, tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in KIT} == before


def test_a_year_with_drafts_is_provisional_and_bears_another_name(year, tmp_path):
    with year.action("brouillon") as session:
        lines = (debit("530000", Money(5)), credit("580000", Money(5)))
        post(session, DraftEntry("OD", DAY, "à revoir", "OD1", lines))
    made = exported(year, tmp_path)
    assert made.name == "123456782_ecritures_provisoires_20261231.txt"
    assert made.report.codes == {"G14"}
    assert not made.report.is_accepted


def test_without_a_siren_or_an_entry_there_is_no_file(book, tmp_path):
    with book.action("canteen") as session:
        session.add(Canteen(name="La Tablée"))
        lines = (debit("530000", Money(5)), credit("580000", Money(5)))
        post(session, DraftEntry("OD", DAY, "à revoir", "OD1", lines))
    with pytest.raises(UserError, match="validée"):
        exported(book, tmp_path)
    with book.action("valider", undoable=False) as session:
        validate(session, drafts_before(session, date(2027, 1, 1)), NOW)
    with pytest.raises(UserError, match="SIREN"):
        exported(book, tmp_path)


def test_a_half_lettered_invoice_leaves_no_half_lettering(book):
    """Half of a lettering would not balance: a payment still in draft stays out with its letter."""
    with book.action("année", undoable=False) as session:
        session.add(Canteen(name="La Tablée", siren="123456782"))
        small_year(session)
        (party_line,) = [line for line in _party_lines(session) if line.credit]
        unpaid = post(
            session,
            DraftEntry(
                "HA",
                DAY,
                "Facture",
                "F-2",
                (
                    debit("601000", Money(100)),
                    credit("401000", Money(100), party=party_line.party_id),
                ),
            ),
        )
        validate(session, [unpaid], NOW)
        paid = post(
            session,
            DraftEntry(
                "BQ1",
                DAY,
                "Virement",
                "V-2",
                (
                    debit("401000", Money(100), party=party_line.party_id),
                    credit("512000", Money(100)),
                ),
            ),
        )
        items = [item.line_id for item in open_items(session, "401")]
        assert len(items) == 2
        letter(session, items, DAY)
        assert paid.number is None
    with book.read() as session:
        report = check_again(session, year_at(session, DAY), NOW)
        assert report.codes == {"G14"}


def _party_lines(session):
    return list(session.scalars(select(Line).where(Line.party_id.is_not(None))))


def test_the_companion_says_the_sections_of_each_line(year, tmp_path):
    with year.action("section", undoable=False) as session:
        lines = (debit("606300", Money(5), activity="REPAS"), credit("530000", Money(5)))
        validate(session, [post(session, DraftEntry("OD", DAY, "=1+1", "OD1", lines))], NOW)
    exported(year, tmp_path)
    text = (tmp_path / KIT[5]).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 8
    assert [row["Activite"] for row in rows] == [""] * 6 + ["REPAS", ""]
    assert rows[6]["EcritureLib"] == "'=1+1"
    fec = (tmp_path / NAME).read_text("iso8859-15").splitlines()
    assert [row["EcritureNum"] for row in rows] == [line.split("\t")[2] for line in fec[1:]]


def test_the_description_says_each_field_and_each_journal(year, tmp_path):
    made = exported(year, tmp_path)
    text = (tmp_path / KIT[1]).read_text("utf-8")
    for word in ("EcritureLet", "ISO 8859-15", "tabulation", "CVN", made.totals.sha256, "2920,90"):
        assert word in text
    paper = words_of((tmp_path / KIT[2]).read_bytes())
    assert "Montantdevise" in paper


def words_of(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(page.get_textpage().get_text_range() for page in pages)


def test_the_zip_holds_the_same_files(year, tmp_path):
    exported(year, tmp_path)
    target = io.BytesIO()
    with year.read() as session:
        export_zip(session, year_at(session, DAY), target, NOW)
    with zipfile.ZipFile(target) as archive:
        assert tuple(archive.namelist()) == KIT
        assert archive.read(NAME) == (tmp_path / NAME).read_bytes()


def test_the_export_on_offer_notes_itself(year):
    (offer,) = EXPORTS
    period = Period.year(DAY)
    with year.read() as session:
        offer.write(session, period, NOW, io.BytesIO())
    offer.note(year, period, NOW)
    with year.read() as session:
        row = session.scalars(select(ExportRegister)).one()
        assert (row.operator, row.file, row.lines) == ("Direction", NAME, 6)


def test_every_paper_of_it_prints(year, tmp_path):
    exported(year, tmp_path)
    said = {}
    with year.read() as session:
        for document in DOCUMENTS:
            target = io.BytesIO()
            document.write(session, Period.year(DAY), NOW, target)
            said[document.key] = words_of(target.getvalue())
    assert "respecte la norme" in said["fec-control"]
    assert "CompAuxNum" in said["fec-description"]
    assert NAME in said["fec-register"]
