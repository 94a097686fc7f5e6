"""Why the bank and the ledger differ on any day, to the cent, on screen and on paper."""

from datetime import date
from io import BytesIO

import pypdfium2
from sqlalchemy import select

from cantine_desktop.finance.ledger.model import (
    Entry,
)
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.matching.accepting import accept
from cantine_desktop.finance.matching.model import MatchKind
from cantine_desktop.finance.matching.proposal import Choice
from cantine_desktop.finance.matching.proposing import propose
from cantine_desktop.finance.matching.reconciliation import statement_at
from cantine_desktop.finance.matching.sheets import write_reconciliation
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.finance.bank_books import DAY, Bank, days, invoice, statement, supplier


def test_the_reconciliation_explains_the_difference_to_the_cent_on_any_day(any_book):
    with any_book.action("banque") as session:
        bank = Bank(session)
        lines = (debit("512000", Money(100_000)), credit("110000", Money(100_000)))
        post(session, DraftEntry("AN", date(2026, 1, 1), "À-nouveau", "AN", lines))
        party = supplier(session)
        invoice(session, party, 8_420)
        sent = (debit("401000", Money(5_000), party=party), credit("512000", Money(5_000)))
        post(session, DraftEntry("BQ1", DAY, "Chèque 77", "CH77", sent))
        bank.line(DAY + days(2), -8_420, "PRLV SEPA BIOCOOP")
        bank.line(DAY + days(3), -1_000, "INCONNU")
        late = bank.line(DAY + days(9), -5_000, "CHEQUE 77")
        statement(session, bank, DAY, DAY + days(9), 100_000, 100_000 - 14_420)
        accept(session, propose(session, bank.id)[0], NOW)
        choice = Choice((late.id,), MatchKind.POSTED, posted=(sent_line(session),))
        accept(session, choice, NOW)
        made = statement_at(session, bank.id, DAY + days(3))
        assert made.bank_balance == Money(100_000 - 9_420)
        assert made.ledger_balance == Money(100_000 - 13_420)
        assert [line.label for line in made.only_bank] == ["INCONNU"]
        assert [line.label for line in made.only_ledger] == ["Chèque 77"]
        assert made.difference == made.explained == Money(4_000)
        assert made.is_whole
        assert (made.matched, made.lines) == (1, 2)


def sent_line(session):
    entry = session.scalar(select(Entry).where(Entry.piece_ref == "CH77"))
    return entry.lines[1].id


def test_a_missing_opening_is_said_and_not_hidden(book):
    with book.action("banque") as session:
        bank = Bank(session)
        bank.line(DAY, -1_000, "INCONNU")
        statement(session, bank, DAY, DAY, 50_000, 49_000)
        made = statement_at(session, bank.id, DAY)
        assert made.opening_gap == Money(50_000)
        assert not made.is_whole
        assert any("à-nouveau" in note for note in made.notes)


def test_the_reconciliation_is_printed_with_every_open_line(book):
    with book.action("banque") as session:
        bank = Bank(session)
        bank.line(DAY, -1_000, "INCONNU")
        statement(session, bank, DAY, DAY, 1_000, 0)
        target = BytesIO()
        write_reconciliation(session, Period.month(DAY), NOW, target)
    text = pdfium_text(target.getvalue())
    assert "INCONNU" in text
    assert "ne partent pas du même solde" in text


def pdfium_text(content):
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)
