"""The accountant gets one archive a month, built alike, that says what is missing."""

import csv
import hashlib
import io
import re
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.documents.archive import check_pdfa
from cantine_desktop.errors import UserError
from cantine_desktop.exchange.running import run_import
from cantine_desktop.finance.bank.model import BankAccount, BankLine
from cantine_desktop.finance.ledger import validating
from cantine_desktop.finance.ledger.model import Account, Journal, Party, PartyKind
from cantine_desktop.finance.pack.files import IMPORTS
from cantine_desktop.finance.pack.model import Employee, PayItem, PreparedPack
from cantine_desktop.finance.pack.payroll import (
    PayDraft,
    add_variable,
    remove_variable,
    variables,
    write_variables,
)
from cantine_desktop.finance.pack.preparing import file_name, prepare, register, save_note
from cantine_desktop.finance.pack.writing import (
    write_month_index,
    write_month_workbook,
    write_pack,
)
from cantine_desktop.finance.pieces.inbox import drop
from cantine_desktop.finance.pieces.model import PieceLink
from cantine_desktop.finance.postings.facts import PurchaseFacts, Share, TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.purchases import post_purchase
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW

DAY = date(2026, 10, 6)
OCTOBER = Period.month(DAY)
TABS = [
    *("Contrôles", "Balance générale", "Balance auxiliaire", "Grand livre", "Journaux"),
    *("Lignes de banque", "Rapprochement bancaire", "Caisse", "Pièces", "Sans justificatif"),
    *("Fonds dédiés", "FNP CCA PCA", "Subventions", "Variables de paie"),
]


def fill(book, *, siren="732829320"):
    """Write takings, and an invoice with its piece."""
    with book.action("mois") as session:
        session.add(Canteen(name="La Tablée", siren=siren))
        parts = {
            (Means.CASH, Purpose.MEALS): Money(12_050),
            (Means.CARD, Purpose.MEALS): Money(8_000),
        }
        post_takings(session, TakingsFacts(DAY, "Déjeuner", parts, meals=21), NOW)
        party = Party(code="BIOCOOP", name='=HYPERLINK("x")', kind=PartyKind.SUPPLIER)
        session.add(party)
        session.flush()
        shares = (Share("601000", Money(8_420)),)
        facts = PurchaseFacts(party.id, DAY, "F-0123", "=1+1", shares)
        entry = post_purchase(session, facts)
        (piece,) = drop(session, "ticket.pdf", b"%PDF-1.4 ticket", NOW)
        piece.day, piece.supplier, piece.total = DAY, "Biocoop", Money(8_420)
        session.add(PieceLink(piece_id=piece.id, entry_id=entry.id))


def validate(book):
    with book.action("validation", undoable=False) as session:
        validating.validate(session, validating.drafts_before(session, OCTOBER.end), NOW)


def packed(book, month=OCTOBER, now=NOW):
    target = io.BytesIO()
    with book.read() as session:
        summary = write_pack(session, month, now, target)
    return summary, target.getvalue()


def opened(content):
    return zipfile.ZipFile(io.BytesIO(content))


def rows(archive, name):
    text = archive.read(name).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_a_month_with_nothing_has_every_part_and_says_so(any_book):
    _, content = packed(any_book)
    archive = opened(content)
    names = {n.replace("2026-10", "M").replace("20261031", "D") for n in archive.namelist()}
    assert names == {
        "00_LISEZ-MOI.txt",
        "01_Index_M.pdf",
        "02_Classeur_M.xlsx",
        "03_Ecritures/Balance-auxiliaire_M.csv",
        "03_Ecritures/Balance-generale_M.csv",
        "03_Ecritures/FEC_PROVISOIRE_D.txt",
        "03_Ecritures/Grand-livre_M.csv",
        "03_Ecritures/Journaux_M.csv",
        "04_Banque/Lignes_M.csv",
        "04_Banque/Rapprochement_M.csv",
        "05_Caisse/Livre-de-caisse_M.csv",
        "06_Pieces/index.csv",
        "06_Pieces/sans-justificatif.csv",
        "07_Paie/Variables_M.csv",
        "07_Paie/Variables_M.pdf",
        "08_Controle/FNP-CCA-PCA_M.csv",
        "08_Controle/Fonds-dedies_M.csv",
        "08_Controle/Liste-de-controle_M.csv",
        "08_Controle/Subventions_M.csv",
        "empreintes.sha256",
    }
    assert rows(archive, "03_Ecritures/Journaux_2026-10.csv")[1][0] == (
        "Aucune écriture ce mois-ci."
    )


def test_every_month_has_the_same_files_but_for_its_pieces(book):
    fill(book)
    _, october = packed(book)
    _, september = packed(book, Period.month(date(2026, 9, 1)))

    def parts(content, code, day):
        names = {n.replace(code, "M").replace(day, "D") for n in opened(content).namelist()}
        return {n for n in names if not n.startswith("06_Pieces/") or n.endswith(".csv")}

    # September has no draft before it, so its FEC bears its name: a name tells the state.
    fec = {"03_Ecritures/FEC_PROVISOIRE_D.txt", "03_Ecritures/732829320FECD.txt"}
    assert parts(october, "2026-10", "20261031") ^ parts(september, "2026-09", "20260930") == fec


def test_the_same_book_and_instant_give_the_same_bytes(book):
    fill(book)
    assert packed(book)[1] == packed(book)[1]


def test_accounts_that_did_not_change_keep_their_hash_on_another_day(book):
    fill(book)
    today, later = packed(book)[0], packed(book, now=NOW + timedelta(days=3))[0]
    assert today.content_sha256 == later.content_sha256
    assert today.sha256["01_Index_2026-10.pdf"] != later.sha256["01_Index_2026-10.pdf"]


def test_pieces_are_renamed_and_named_on_the_lines_they_prove(book):
    fill(book)
    summary, content = packed(book)
    archive = opened(content)
    name = "2026-10_0001_Biocoop_84,20.pdf"
    assert archive.read(f"06_Pieces/{name}") == b"%PDF-1.4 ticket"
    head, *lines = rows(archive, "03_Ecritures/Journaux_2026-10.csv")
    told = {(line[head.index("Compte")], line[-2], line[-1]) for line in lines if line[-1]}
    assert told == {("601000", "2026-0001", name), ("401000", "2026-0001", name)}
    (head, piece) = rows(archive, "06_Pieces/index.csv")
    assert piece[head.index("Fichier")] == name
    assert piece[head.index("SHA-256")] == hashlib.sha256(b"%PDF-1.4 ticket").hexdigest()
    assert (summary.pieces, summary.missing, summary.drafts) == (1, 0, 2)


def test_an_invoice_without_a_piece_is_missing_once_though_the_bank_paid_it(book):
    fill(book)
    with book.action("achat") as session:
        party = session.scalars(select(Party).where(Party.code == "BIOCOOP")).one()
        facts = PurchaseFacts(party.id, DAY, "F-9", "Achat", (Share("601000", Money(1_000)),))
        post_purchase(session, facts)
        account = BankAccount(
            name="Banque",
            journal_id=session.scalars(select(Journal.id).where(Journal.code == "BQ1")).one(),
            account_id=session.scalars(select(Account.id).where(Account.number == "512000")).one(),
        )
        session.add(account)
        session.flush()
        session.add(
            BankLine(
                bank_account_id=account.id,
                statement_id=None,
                day=DAY,
                amount=Money(-1_000),
                label="PRLV BIOCOOP",
                fingerprint="x" * 64,
            )
        )
    summary, content = packed(book)
    (_head, line) = rows(opened(content), "06_Pieces/sans-justificatif.csv")
    assert summary.missing == 1
    assert line[4] == "10,00"


def test_the_hashes_are_those_of_the_files(book):
    fill(book)
    archive = opened(packed(book)[1])
    lines = archive.read("empreintes.sha256").decode().splitlines()
    told = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    assert set(told) == set(archive.namelist()) - {"empreintes.sha256"}
    for name, digest in told.items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest


def test_the_fec_bears_its_name_once_nothing_is_a_draft(book):
    fill(book)
    assert any("FEC_PROVISOIRE_20261031" in n for n in opened(packed(book)[1]).namelist())
    validate(book)
    archive = opened(packed(book)[1])
    content = archive.read("03_Ecritures/732829320FEC20261031.txt")
    check = pytest.importorskip("accounting_fr.fec_check")
    report = check.check_fec(content, "732829320FEC20261031.txt")
    assert report.errors == []


def workbook(book, **more):
    target = io.BytesIO()
    with book.read() as session:
        write_month_workbook(session, OCTOBER, NOW, target)
    return openpyxl.load_workbook(io.BytesIO(target.getvalue()), **more)


def test_the_workbook_has_every_tab_frozen_and_filtered(book):
    fill(book)
    read = workbook(book)
    assert read.sheetnames == TABS
    for sheet in read:
        assert sheet.freeze_panes == "A5"
        told = sheet["A5"].value
        assert told, sheet.title  # a row, or the words that say there is none


def test_totals_are_formulas_and_hold_their_value(book):
    fill(book)
    live, kept = workbook(book)["Journaux"], workbook(book, data_only=True)["Journaux"]
    last = live.max_row
    assert live.cell(last, 11).value == f"=SUBTOTAL(109,K5:K{last - 1})"
    entered = [kept.cell(row, 11).value or 0 for row in range(5, last)]
    assert kept.cell(last, 11).value == pytest.approx(sum(entered)) == pytest.approx(284.70)
    assert kept.cell(last, 11).value == kept.cell(last, 12).value


def test_days_are_days_and_numbers_are_numbers(book):
    fill(book)
    sheet = workbook(book, data_only=True)["Journaux"]
    assert sheet["C5"].value.date() == DAY
    assert sheet["K5"].data_type == "n"
    assert sheet["C5"].number_format == "dd/mm/yyyy"


def test_no_text_is_a_formula(book):
    fill(book)
    read = workbook(book)
    texts = [c for sheet in read for line in sheet.iter_rows() for c in line if c.value]
    assert {c.data_type for c in texts if str(c.value).startswith(("=1+1", "=HYPER"))} == {"s"}
    formulas = [c.value for c in texts if c.data_type == "f"]
    ours = re.compile(r"=SUBTOTAL\(109,[A-Z]\d+:[A-Z]\d+\)|=[A-Z]\d+\+[A-Z]\d+-[A-Z]\d+")
    assert all(ours.fullmatch(value) for value in formulas)
    archive = opened(packed(book)[1])
    for name in archive.namelist():
        if name.endswith(".csv"):
            encoding = "cp1252" if name.startswith("07_") else "utf-8-sig"
            cells = csv.reader(io.StringIO(archive.read(name).decode(encoding)), delimiter=";")
            assert not [c for line in cells for c in line if c.startswith(("=", "@", "+"))], name


def test_papers_are_archives_and_the_index_tells_what_the_canteen_says(book):
    fill(book)
    with book.action("mot") as session:
        save_note(session, DAY, "Merci de regarder la facture d’énergie.")
    archive = opened(packed(book)[1])
    for name in archive.namelist():
        if name.endswith(".pdf") and not name.startswith("06_"):
            assert not check_pdfa(archive.read(name)), name
    target = io.BytesIO()
    with book.read() as session:
        write_month_index(session, OCTOBER, NOW, target)
    assert target.getvalue() == archive.read("01_Index_2026-10.pdf")


def test_a_pack_is_put_in_its_place_and_in_the_register(book, tmp_path):
    fill(book)
    file = tmp_path / file_name("La Tablée", OCTOBER)
    steps = []
    made = prepare(book, OCTOBER, file, lambda percent, words: steps.append((percent, words)))
    assert file.name == "Dossier-comptable_La-Tablée_2026-10.zip"
    assert hashlib.sha256(file.read_bytes()).hexdigest() == made.sha256
    assert [p for p, _ in steps] == sorted(p for p, _ in steps)
    assert list(tmp_path.iterdir()).count(file) == 1
    with book.read() as session:
        (row,) = register(session)
        assert (row.sha256, row.made_by, row.drafts) == (made.sha256, "Direction", 2)
        assert row.is_sealed


class Stop(Exception):  # noqa: N818
    """Stands for the person who stops."""


def test_a_pack_that_is_stopped_leaves_what_was_there(book, tmp_path):
    fill(book)
    file = tmp_path / "octobre.zip"
    file.write_bytes(b"before")

    def stop(percent, _words):
        if percent > 40:
            raise Stop

    with pytest.raises(Stop):
        prepare(book, OCTOBER, file, stop)
    assert file.read_bytes() == b"before"
    assert list(tmp_path.glob(".*")) == []
    with book.read() as session:
        assert session.scalar(select(PreparedPack.id)) is None


def test_a_folder_that_is_not_there_is_told_in_words(book, tmp_path):
    with pytest.raises(UserError, match="enregistré ici"):
        prepare(book, OCTOBER, tmp_path / "absent" / "x.zip")


def test_pay_variables_go_out_as_payroll_services_read_them_and_come_back(any_book):
    draft = PayDraft("0012", "Élise;Martin", "Zoé", PayItem.OVERTIME_25, Decimal("7.5"), DAY, DAY)
    with any_book.action("paie") as session:
        add_variable(session, OCTOBER, draft)
    target = io.BytesIO()
    with any_book.read() as session:
        write_variables(session, OCTOBER, NOW, target)
    head, line, *_ = target.getvalue().decode("cp1252").split("\r\n")
    assert head.split(";")[:4] == ["matricule", "nom", "prénom", "période"]
    assert line == (
        "0012;Élise,Martin;Zoé;10/2026;overtime-25;Heures supplémentaires à 25 %;7,5;h;"
        "06/10/2026;06/10/2026;"
    )
    target.seek(0)
    report = run_import(any_book, IMPORTS[0], target)
    assert (report.added, report.unchanged, report.problems) == (0, 1, ())


def test_somebody_of_whom_nothing_is_left_is_removed(book):
    draft = PayDraft("0012", "Martin", "Zoé", PayItem.PAID_LEAVE, Decimal(2))
    with book.action("paie") as session:
        add_variable(session, OCTOBER, draft)
        (row,) = variables(session, OCTOBER)
        remove_variable(session, row.key)
        assert session.scalar(select(Employee.id)) is None


def test_wrong_pay_variables_are_told_with_their_place(book):
    wrong = (
        "matricule;nom;période;rubrique;quantité\n"
        "1;Martin;13/2026;bonus;10\n"
        "2;Petit;10/2026;treizième;10\n"
    )
    report = run_import(book, IMPORTS[0], io.BytesIO(wrong.encode()))
    assert [p.line for p in sorted(report.problems)] == [2, 3]
