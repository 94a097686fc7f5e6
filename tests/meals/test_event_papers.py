"""Quotes, invoices and reminders on paper, read again from the PDF."""

import io
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
from sqlalchemy import select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.finance.bank.accounts import add_bank_account
from cantine_desktop.finance.ledger.years import open_year
from cantine_desktop.finance.statements.model import VatStatus
from cantine_desktop.finance.statements.policy import Policy, decide
from cantine_desktop.meals.events import course, issuing
from cantine_desktop.meals.events.files import events_table, papers_table
from cantine_desktop.meals.events.keeping import LineFacts, save_event
from cantine_desktop.meals.events.letter_sheet import write_reminder
from cantine_desktop.meals.events.list_sheet import write_events
from cantine_desktop.meals.events.model import EventPaper
from cantine_desktop.meals.events.paper_sheet import write_draft, write_paper, write_papers
from cantine_desktop.meals.events.reminding import remind
from cantine_desktop.values.money import Money
from tests.meals.event_course import ASKED, HELD, YEAR, at, dinner

IBAN = "FR1420041010050500013M02606"


@pytest.fixture
def invoiced(book):
    with book.action("année", undoable=False) as session:
        open_year(session, YEAR)
        decide(session, Policy(VatStatus.SOCIAL))
        address = "5 rue du Levain\n67000 Strasbourg"
        session.add(Canteen(name="La Tablée", address=address, siren="732829320"))
        add_bank_account(session, "Banque", ASKED, iban=IBAN)
        event = save_event(session, dinner())
        for draft, day in (
            (issuing.draft_quote, date(2026, 9, 2)),
            (None, date(2026, 9, 5)),
            (issuing.draft_deposit, date(2026, 9, 9)),
            (issuing.draft_invoice, HELD),
        ):
            if draft is None:
                course.accept(session, event, day)
            else:
                issuing.issue(session, event, draft(session, event, day), at(day))
    return book


def words_of(write, *args):
    target = io.BytesIO()
    write(*args, target)
    pages = pypdfium2.PdfDocument(target.getvalue())
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    return " ".join(text.split()), len(pages)


def paper_words(book, number):
    with book.read() as session:
        key = session.scalar(select(EventPaper.id).where(EventPaper.number == number))
        return words_of(write_paper, session, key, at(HELD))


def test_a_quote_asks_for_an_agreement_and_says_its_deposit(invoiced):
    words, pages = paper_words(invoiced, "D2026-001")
    assert pages == 1
    for expected in ("Devis D2026-001", "Bon pour accord", "245,00", "valable jusqu’au 02/10/2026"):
        assert expected in words


def test_an_invoice_takes_the_deposit_off_and_says_how_to_pay(invoiced):
    words, pages = paper_words(invoiced, "F2026-002")
    assert pages == 1
    for expected in (
        *("Facture F2026-002", "Coopérative du Rhin", "12 quai des Bateliers", "817,75", "572,75"),
        *("F2026-001", "261-7-1", "732 829 320", "FR14 2004 1010", "L441-10", "2,5"),
    ):
        assert expected in words


def test_a_paper_printed_again_is_what_it_was_whatever_changed_since(invoiced):
    before = paper_words(invoiced, "F2026-002")
    with invoiced.action("ailleurs") as session:
        canteen = session.scalars(select(Canteen)).one()
        canteen.name, canteen.address = "Autre nom", "Ailleurs"
        decide(session, Policy(VatStatus.FRANCHISE))
    assert paper_words(invoiced, "F2026-002") == before


def test_a_draft_has_no_number(invoiced):
    with invoiced.action("autre") as session:
        event = save_event(session, dinner(title="Goûter"))
        draft = issuing.draft_quote(session, event, HELD)
    words, _pages = words_of(write_draft, draft, at(HELD))
    assert "Devis (projet)" in words
    assert "D2026" not in words


def test_the_papers_of_a_period_come_one_a_page_and_as_a_list(invoiced):
    with invoiced.read() as session:
        words, pages = words_of(write_papers, session, YEAR, at(HELD))
        assert pages == 3
        assert "F2026-001" in words
        rows = papers_table(session, YEAR, at(HELD)).rows
        assert [row[0] for row in rows] == ["D2026-001", "F2026-001", "F2026-002"]
        (row,) = events_table(session, YEAR, at(HELD)).rows
        assert row[5] == "Facturé"
        words, _pages = words_of(write_events, session, YEAR, at(HELD))
        assert "Repas d’équipe" in words


def test_a_reminder_is_a_letter_that_says_what_is_owed(invoiced):
    late = date(2026, 12, 1)
    with invoiced.action("relance") as session:
        paper = session.scalar(select(EventPaper).where(EventPaper.number == "F2026-002"))
        key = remind(session, paper, at(late)).id
    with invoiced.read() as session:
        words, pages = words_of(write_reminder, session, key, at(late))
    assert pages == 1
    for expected in ("Coopérative du Rhin", "572,75", "F2026-002", "Bonjour"):
        assert expected in words


def test_a_quote_of_many_lines_goes_on_over_pages(invoiced):
    with invoiced.action("long") as session:
        lines = tuple(LineFacts(f"Plat {n} " * 12, Decimal(1), Money(n)) for n in range(1, 60))
        event = save_event(session, dinner(lines=lines))
        draft = issuing.draft_quote(session, event, HELD)
    words, pages = words_of(write_draft, draft, at(HELD))
    assert pages > 1
    assert "Plat 59" in words
