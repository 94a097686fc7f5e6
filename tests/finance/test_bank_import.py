"""Bank files come in by the headless door: every account of a file, in one step that is undone."""

from io import BytesIO

import pytest
from sqlalchemy import func, select

from cantine_desktop.exchange.running import run_import
from cantine_desktop.finance.bank.checks import check
from cantine_desktop.finance.bank.choosing import guess_account, parts_of
from cantine_desktop.finance.bank.csv_mapping import CsvMapping, MappingNeededError
from cantine_desktop.finance.bank.files import IMPORTS
from cantine_desktop.finance.bank.model import AccountKind, BankAccount, BankLine
from cantine_desktop.finance.bank.payouts import payouts_of
from cantine_desktop.finance.bank.recognising import read_bank_file
from cantine_desktop.finance.bank.remembering import known_mappings, read_known, remember
from tests.finance.test_bank_csv import CASES, SUMUP
from tests.finance.test_bank_inbox import bank

(BANK,) = IMPORTS

OFX = b"""<OFX><BANKMSGSRSV1>
<STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>20041<BRANCHID>01005<ACCTID>0500013M026
</BANKACCTFROM><BANKTRANLIST>
<STMTTRN><DTPOSTED>20261007<TRNAMT>-84.20<FITID>1<NAME>PRLV BIOCOOP</STMTTRN>
<STMTTRN><DTPOSTED>20261008<TRNAMT>12.00<FITID>2<NAME>REMISE</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS>
<STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>20041<BRANCHID>01005<ACCTID>0500013M027
</BANKACCTFROM><BANKTRANLIST>
<STMTTRN><DTPOSTED>20261007<TRNAMT>5.00<FITID>1<NAME>INTERETS</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"""


def take(book, content, **more):
    return run_import(book, BANK, BytesIO(content), **more)


def count(book, table=BankLine):
    with book.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_every_account_of_a_file_is_taken_in_one_step(book):
    report = take(book, OFX, dry_run=True)
    assert (report.added, report.problems) == (3, ())
    assert count(book) == count(book, BankAccount) == 0
    take(book, OFX)
    assert (count(book), count(book, BankAccount)) == (3, 2)
    assert take(book, OFX).unchanged == 3
    assert count(book) == 3
    with book.read() as session:
        names = session.scalars(select(BankAccount.name).order_by(BankAccount.id)).all()
        assert names == ["La Banque Postale", "La Banque Postale (2)"]
        assert not list(check(session))


def test_one_undo_takes_the_whole_import_back(book):
    take(book, OFX)
    assert "Relevé bancaire" in book.undo_label
    book.undo()
    assert count(book) == count(book, BankAccount) == 0


def test_the_same_movements_in_another_format_are_not_added_without_a_person(book):
    take(book, OFX)
    text = (
        "Date;Libellé;Débit;Crédit;Compte\n07/10/2026;PRELEVEMENT BIOCOOP SCOP;84,20;;0500013M026\n"
        "08/10/2026;REMISE;;12,00;0500013M026\n"
    )
    report = take(book, text.encode())
    assert (report.added, report.unchanged) == (0, 1)
    assert any("jumelle" in str(each) for each in report.remarks)
    assert count(book) == 3


def test_a_file_without_a_number_goes_to_the_only_account_or_is_refused(book):
    content = CASES["credit-mutuel"][0].encode()
    with book.action("comptes") as session:
        bank(session, "Un")
    assert take(book, content).added == 2
    with book.action("comptes") as session:
        bank(session, "Deux")
        bank(session, "Trois")
    text = CASES["bnp"][0].encode()
    report = take(book, text)
    assert "plusieurs" in str(report.problems[0])


def test_the_account_of_the_last_file_of_a_kind_is_meant_again(book):
    statements = read_bank_file(CASES["bnp"][0].encode(), "x")
    with book.action("comptes") as session:
        for name in ("Un", "Deux"):
            bank(session, name)
        second = session.scalars(select(BankAccount).where(BankAccount.name == "Deux")).one()
        (part,) = parts_of(statements)
        assert guess_account(session, part) is None
        remember(second, "csv:bnp")
        assert guess_account(session, part) is second


def test_columns_said_once_are_not_asked_again(book):
    text = b"30/10/2026;-37,90;Carte;;CB LEROY;;\n29/10/2026;1500,00;Virement;;VIR MAIRIE;;\n"
    with pytest.raises(MappingNeededError) as asked:
        read_bank_file(text, "x")
    with book.action("compte") as session:
        key = bank(session)
        remember(session.get_one(BankAccount, key), "csv:autre", asked.value.guess)
    with book.read() as session:
        (mapping,) = known_mappings(session)
    assert isinstance(mapping, CsvMapping)
    assert len(read_known(text, "x", [mapping])[0].lines) == 2
    assert take(book, text).added == 2


def test_what_must_be_said_by_a_person_is_a_sentence_for_the_headless_door(book):
    report = take(book, b"Date;Objet;Montant\n30/10/2026;A;12,00\n29/10/2026;B;5,00\n")
    assert any("entrent-ils" in str(each) for each in report.problems)
    assert count(book) == 0


def test_payments_of_one_payout_make_what_the_bank_shows(book):
    take(book, SUMUP.replace(",98765,", ",,").encode())
    with book.read() as session:
        account = session.scalars(select(BankAccount)).one()
        assert (account.kind, account.name) == (AccountKind.CARD_TERMINAL, "SumUp")
        assert not payouts_of(session, account.id)
    take(book, SUMUP.encode())
    with book.read() as session:
        (payout,) = payouts_of(session, account.id)
        assert (payout.reference, payout.net.cents, payout.fee.cents) == ("98765", 1965, 35)
        assert payout.gross.cents == 2000


def test_a_line_changed_by_another_program_is_found(book):
    take(book, OFX)
    with book.action("ailleurs") as session:
        line = session.scalars(select(BankLine).limit(1)).one()
        line.label = "AUTRE"
    with book.read() as session:
        assert [each.table for each in check(session)] == ["bank_line"]
