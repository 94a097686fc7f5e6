"""The printed books say what the ledger holds, to the cent, and say when they are provisional."""

from datetime import date
from io import BytesIO

import pypdfium2
import pytest

from cantine_desktop.finance.ledger.accounts import find_or_add_party
from cantine_desktop.finance.ledger.model import PartyKind
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.sheets import DOCUMENTS
from cantine_desktop.finance.ledger.validating import drafts_before, validate
from cantine_desktop.finance.postings.facts import PurchaseFacts, Share
from cantine_desktop.finance.postings.purchases import post_purchase
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW

YEAR = Period.year(date(2026, 1, 1))


def text_of(book, key, period=YEAR):
    document = next(each for each in DOCUMENTS if each.key == key)
    target = BytesIO()
    with book.read() as session:
        document.write(session, period, NOW, target)
    pdf = pypdfium2.PdfDocument(target.getvalue())
    words = [rows_of(page.get_textpage()) for page in pdf]
    return " ".join(" ".join(words).replace("\u202f", " ").split())


def rows_of(page):
    """Return the texts of a page, line after line from its top, each from left to right."""
    found = []
    for place in range(page.count_rects()):
        left, bottom, right, top = page.get_rect(place)
        text = page.get_text_bounded(left, bottom, right, top)
        found.append((-round((top + bottom) / 6), left, text))
    return " ".join(text for _row, _left, text in sorted(found))


@pytest.fixture
def kept(book):
    with book.action("an") as session:
        party = find_or_add_party(session, "Biocoop", PartyKind.SUPPLIER).id
        shares = (Share("601000", Money(123_456)),)
        post_purchase(session, PurchaseFacts(party, date(2026, 5, 4), "F-12", "Légumes", shares))
        lines = debit("864000", Money(900)), credit("875000", Money(900))
        post(session, DraftEntry("CVN", date(2026, 5, 5), "Heures", "B1", lines))
        lines = debit("530000", Money(5_000)), credit("706000", Money(5_000))
        post(session, DraftEntry("VE", date(2026, 9, 5), "Déjeuner", "S1", lines))
    return book


def test_journals_show_each_entry_and_the_totals_of_each_journal(kept):
    text = text_of(kept, "journals")
    assert "Provisoire : 3 écritures ne sont pas encore validées." in text
    assert "Biocoop · Légumes" in text
    assert "Total du journal HA 1 234,56 1 234,56" in text
    assert "Total général 1 293,56 1 293,56" in text
    with kept.action("validation", undoable=False) as session:
        validate(session, drafts_before(session, YEAR.end), NOW)
    assert "Provisoire" not in text_of(kept, "journals")


def test_the_general_ledger_begins_each_account_at_its_opening(kept):
    autumn = Period.through(date(2026, 9, 1), date(2026, 12, 31))
    text = text_of(kept, "general-ledger", autumn)
    assert "401000 · Fournisseurs Solde à l’ouverture 1 234,56 C" in text
    assert "Total du compte 530000 50,00 50,00 D" in text


def test_the_trial_balance_agrees_and_keeps_class_8_apart(kept):
    text = text_of(kept, "trial-balance")
    assert "Total général, classes 1 à 7 1 284,56 1 284,56 1 284,56 1 284,56" in text
    assert "Total de la classe 8 9,00 9,00 9,00 9,00" in text


def test_the_balance_of_parties_says_who_is_owed(kept):
    text = text_of(kept, "party-balance")
    assert "BIOCOOP Biocoop 1 234,56 1 234,56" in text


@pytest.mark.parametrize("document", DOCUMENTS, ids=[each.key for each in DOCUMENTS])
def test_an_empty_book_prints_one_page_that_says_so(book, document):
    assert "Aucune écriture : 2026." in text_of(book, document.key)
