"""The pack answers what the accountant would ask before it is asked."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from cantine_desktop.finance.bank.inbox import take_in
from cantine_desktop.finance.bank.model import AccountKind, BankAccount
from cantine_desktop.finance.bank.ofx import read_ofx
from cantine_desktop.finance.ledger import validating
from cantine_desktop.finance.ledger.lettering import letter
from cantine_desktop.finance.ledger.locking import lock
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import year_of
from cantine_desktop.finance.pack.answers import answers, open_lines, waiting_lines
from cantine_desktop.finance.pack.checklist import State, checklist
from cantine_desktop.finance.pack.month import Month
from cantine_desktop.finance.pack.proofs import Proofs
from cantine_desktop.finance.pack.writing import write_month_workbook, write_pack
from cantine_desktop.finance.pieces.inbox import drop
from cantine_desktop.finance.pieces.linking import link
from cantine_desktop.finance.postings.facts import ExpenseClaimFacts, TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.purchases import post_expense_claim
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.finance.bank_books import Bank

DAY = date(2026, 10, 6)
OCTOBER, NOVEMBER = Period.month(DAY), Period.month(date(2026, 11, 1))


def deposit(session, day, cents):
    """Write cash that left for the bank; return the line that waits on 580."""
    lines = [debit("580000", Money(cents)), credit("530000", Money(cents))]
    return post(session, DraftEntry("CA", day, "Remise d’espèces", f"R{day:%d%m}", lines)).lines[0]


def told(book, month=OCTOBER):
    """Return the answers of a month, as one text for each question."""
    with book.read() as session:
        shown = Month(session, month, NOW)
        return {a.question: " ".join(a.words) for a in answers(shown, Proofs(shown))}


def answer(book, beginning, month=OCTOBER):
    (found,) = (w for question, w in told(book, month).items() if question.startswith(beginning))
    return found.replace("\xa0", " ").replace("\u202f", " ")


def points(book, month=OCTOBER):
    with book.read() as session:
        shown = Month(session, month, NOW)
        return {point.key: point for point in checklist(shown, Proofs(shown))}


def packed(book, month=OCTOBER):
    target = io.BytesIO()
    with book.read() as session:
        write_pack(session, month, NOW, target)
    return zipfile.ZipFile(target)


def test_what_waits_is_told_line_by_line_with_its_meaning(any_book):
    with any_book.action("remises") as session:
        deposit(session, date(2026, 10, 2), 62_000)
        deposit(session, date(2026, 10, 9), 68_000)
    said = answer(any_book, "Que contiennent")
    assert "580000" in said
    assert "1 300,00 €, 2 lignes depuis le 02/10/2026" in said
    assert "pas encore pointée" in said
    with any_book.read() as session:
        lines = waiting_lines(Month(session, OCTOBER, NOW))
    assert [line.amount for line in lines] == [Money(62_000), Money(68_000)]


def test_what_was_settled_after_the_month_still_waited_at_its_end(any_book):
    with any_book.action("remises") as session:
        sent = deposit(session, date(2026, 10, 30), 67_000)
        early = deposit(session, date(2026, 10, 2), 10_000)
        lines = [debit("512000", Money(10_000)), credit("580000", Money(10_000))]
        came = post(session, DraftEntry("BQ1", date(2026, 10, 4), "Remise", "R1", lines)).lines[1]
        lines = [debit("512000", Money(67_000)), credit("580000", Money(67_000))]
        late = post(session, DraftEntry("BQ1", date(2026, 11, 1), "Remise", "R2", lines)).lines[1]
        letter(session, [early.id, came.id], date(2026, 10, 4))
        letter(session, [sent.id, late.id], date(2026, 11, 1))
    with any_book.read() as session:
        shown = Month(session, OCTOBER, NOW)
        lines = open_lines(shown, "580")
        assert sum(line.amount.cents for line in lines) == shown.held("580")[0].closing.cents
        assert [line.day for line in lines] == [date(2026, 10, 30)]
        assert waiting_lines(Month(session, NOVEMBER, NOW)) == []
    assert answer(any_book, "Que contiennent", NOVEMBER) == "Rien : ils sont soldés."


def test_a_result_nobody_decided_about_is_told(any_book):
    with any_book.action("à-nouveau") as session:
        lines = [debit("129000", Money(299_604)), credit("110000", Money(299_604))]
        day = year_of(session, DAY).first
        post(session, DraftEntry("AN", day, "À-nouveaux", "AN2026", lines, fact="opening"))
    assert answer(any_book, "Le résultat").startswith("Non : 129000 porte un déficit de 2 996,04 €")
    assert points(any_book)["prior-result"].state is State.TO_WATCH
    with any_book.action("affectation") as session:
        lines = [debit("119000", Money(299_604)), credit("129000", Money(299_604))]
        post(session, DraftEntry("OD", DAY, "Affectation du résultat", "AG2026", lines))
    assert answer(any_book, "Le résultat") == "Rien n’est en 12 : il n’y a rien à affecter."
    assert points(any_book)["prior-result"].state is State.DONE


def test_how_final_the_month_is_goes_from_no_to_almost_to_yes(book):
    with book.action("remise") as session:
        deposit(session, DAY, 1_000)
    said = answer(book, "Ce dossier")
    assert said.startswith("Non : 1 écriture")
    assert "est vide" in said
    with book.action("validation", undoable=False) as session:
        validating.validate(session, validating.drafts_before(session, OCTOBER.end), NOW)
    assert answer(book, "Ce dossier").startswith("Presque")
    with book.action("arrêt", undoable=False) as session:
        lock(session, OCTOBER.end, NOW)
    assert answer(book, "Ce dossier").startswith("Oui")


def test_a_proof_without_a_supplier_is_named_after_what_it_proves(any_book):
    with any_book.action("frais") as session:
        facts = ExpenseClaimFacts(DAY, "NF-1", "Train, formation du réseau", Money(8_640))
        entry, _waived = post_expense_claim(session, facts)
        (piece,) = drop(session, "ticket.pdf", b"%PDF-1.4 train", NOW)
        piece.day, piece.total = DAY, Money(8_640)
        link(session, piece.id, entry_id=entry.id)
    archive = packed(any_book)
    assert "06_Pieces/2026-10_0001_Train-formation-du-reseau_86,40.pdf" in archive.namelist()
    index = archive.read("06_Pieces/index.csv").decode("utf-8-sig")
    assert "Train, formation du réseau" in index
    assert "NF-1 (brouillon)" in index


OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>123</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20261001<DTEND>20261031
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261006<TRNAMT>10.00<FITID>1<NAME>VIR</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""


@pytest.mark.parametrize(
    ("kind", "handed"), [(AccountKind.BANK, True), (AccountKind.HELLOASSO, False)]
)
def test_the_files_of_the_bank_go_with_it_and_those_that_name_people_do_not(book, kind, handed):
    content = OFX.encode()
    with book.action("banque") as session:
        account = Bank(session).id
        session.get_one(BankAccount, account).kind = kind
        take_in(session, account, read_ofx(content), "Relevé d’octobre.ofx", content, NOW)
    archive = packed(book)
    name = "04_Banque/Releves/Releve-d-octobre.ofx"
    assert (name in archive.namelist()) is handed
    if handed:
        assert archive.read(name) == content
    assert name not in packed(book, NOVEMBER).namelist()


def test_bank_and_accounts_are_told_to_the_cent(book):
    content = OFX.encode()
    with book.action("banque") as session:
        account = Bank(session, name="Coopérative").id
        take_in(session, account, read_ofx(content), "r.ofx", content, NOW)
    said = answer(book, "La banque")
    assert said == (
        "Coopérative, compte 512000 : les comptes disent 0,00 €, aucun relevé ne donne le solde "
        "de la banque."
    )


def test_takings_are_explained_without_naming_anybody(book):
    with book.action("services") as session:
        for day in (DAY, date(2026, 10, 7)):
            parts = {(Means.CASH, Purpose.MEALS): Money(12_050)}
            post_takings(session, TakingsFacts(day, "Déjeuner", parts, meals=21), NOW)
    said = answer(book, "D’où viennent")
    assert said.startswith("2 services, pièces S2026-001 à S2026-002")
    assert "compte 706 : 241,00 €" in said


def test_closing_balances_follow_what_the_accountant_changes(book):
    with book.action("remise") as session:
        deposit(session, DAY, 1_000)
    target = io.BytesIO()
    with book.read() as session:
        write_month_workbook(session, OCTOBER, NOW, target)
    live = openpyxl.load_workbook(io.BytesIO(target.getvalue()))["Balance générale"]
    kept = openpyxl.load_workbook(io.BytesIO(target.getvalue()), data_only=True)["Balance générale"]
    for row in range(5, live.max_row):
        assert live.cell(row, 6).value == f"=C{row}+D{row}-E{row}"
        opening, taken, given, closing = (kept.cell(row, c).value for c in (3, 4, 5, 6))
        assert closing == pytest.approx(opening + taken - given)
    assert live.oddFooter.right.text.startswith("Page")
    assert live.cell(4, 4).alignment.horizontal == "right"


def test_no_total_is_promised_where_nothing_is_summed(book):
    target = io.BytesIO()
    with book.read() as session:
        write_month_workbook(session, OCTOBER, NOW, target)
    sheet = openpyxl.load_workbook(io.BytesIO(target.getvalue()))["Contrôles"]
    assert "Total" not in [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
