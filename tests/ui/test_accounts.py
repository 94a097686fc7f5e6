"""Whoever asks sees every entry, every account line by line, and the years."""

from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton
from sqlalchemy import select

from cantine_desktop.finance.cash.recording import take
from cantine_desktop.finance.ledger import validating
from cantine_desktop.finance.ledger.accounts import find_account, find_or_add_party
from cantine_desktop.finance.ledger.lettering import open_items
from cantine_desktop.finance.ledger.model import Entry, PartyKind
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.years import years
from cantine_desktop.finance.postings.facts import PurchaseFacts, Share, TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.purchases import post_purchase
from cantine_desktop.values.money import Money
from ui.finance import accounts_entry, accounts_ledger, accounts_years, takings_correction
from ui.finance.accounts import AccountsScreen
from ui.finance.facts_opening import OpeningDialog


def move(session, day, taken, given, cents, label):
    lines = debit(taken, Money(cents)), credit(given, Money(cents))
    return post(session, DraftEntry("OD", day, label, label[:3], lines)).id


@pytest.fixture
def screen(workplace):
    book = workplace.desk.book
    with book.action("an") as session:
        move(session, date(2025, 3, 1), "511200", "706000", 2_000, "Chèques de mars")
        move(session, date(2025, 3, 9), "512000", "511200", 2_000, "Remise de mars")
        move(session, date(2026, 5, 4), "512000", "706000", 12_345, "Recette de mai")
    workplace.navigator.go("accounts")
    found = workplace.navigator.current
    screen = found if isinstance(found, AccountsScreen) else None
    if screen is None:
        (screen,) = workplace._window.findChildren(AccountsScreen)
    return screen


def labels(screen):
    table = screen.entries.table
    return [table.model.row(n).texts[1] for n in range(len(table.model.keys))]


def test_the_latest_entry_comes_first_and_words_or_amounts_find_it(screen, qtbot):
    assert labels(screen) == ["Recette de mai", "Remise de mars", "Chèques de mars"]
    screen.entries.list.search.setText("123,45")
    qtbot.waitUntil(lambda: labels(screen) == ["Recette de mai"])
    screen.entries.list.search.setText("")
    screen.entries.year.setCurrentIndex(2)
    assert labels(screen) == ["Remise de mars", "Chèques de mars"]


def test_an_entry_shows_its_lines_and_leads_to_their_account(screen):
    pane = screen.entries.list.pane
    rows = [pane.table.model.row(n).texts[:3] for n in range(2)]
    assert rows == [
        ("512000 Banque - compte courant", "123,45", ""),
        ("706000 Participations aux repas (prix libre)", "", "123,45"),
    ]
    pane.account.click()
    assert screen.chart.table.current_key == "512000"
    ledger = screen.chart.list.pane
    assert ledger.held.text().replace("\u202f", " ").endswith("à la fin : 143,45\u00a0€ D")
    assert "20,00\u00a0€ D" in ledger.held.text()


def test_the_palette_leads_to_an_account_and_to_the_entries_of_a_party(screen, workplace, qtbot):
    with workplace.desk.book.action("tiers") as session:
        party = find_or_add_party(session, "Biocoop", PartyKind.SUPPLIER).id
        shares = (Share("601000", Money(100)),)
        post_purchase(session, PurchaseFacts(party, date(2026, 6, 2), "F1", "Légumes", shares))
        account = find_account(session, "601000").id
    screen.open_at(("account", account))
    assert screen.chart.table.current_key == "601000"
    screen.open_at(("party", party))
    qtbot.waitUntil(lambda: labels(screen) == ["Légumes"])


def test_a_draft_is_erased_and_comes_back(screen, workplace):
    pane = screen.entries.list.pane
    pane.erase.click()
    assert labels(screen) == ["Remise de mars", "Chèques de mars"]
    workplace.desk.book.undo()
    assert len(labels(screen)) == 3


def test_a_validated_entry_is_only_taken_back_by_another(screen, monkeypatch):
    monkeypatch.setattr(accounts_entry, "ask", lambda *_args, **_more: True)
    monkeypatch.setattr(accounts_entry, "ask_text", lambda *_args, **_more: "doublon")
    screen.entries.list.pane.settle.click()
    pane = screen.entries.list.pane
    assert pane.erase.isHidden()
    pane.reverse.click()
    assert "Annulation : Recette de mai (doublon)" in labels(screen)
    assert not screen.entries.list.pane.reverse.isEnabled()


def test_what_another_screen_made_is_corrected_there(screen, workplace):
    with workplace.desk.book.action("banque") as session:
        lines = debit("512000", Money(1)), credit("706000", Money(1))
        draft = DraftEntry("BQ1", date(2026, 6, 1), "VIR", "V1", lines, origin=("bank_line", 1))
        key = post(session, draft).id
    screen.open_at(key)
    pane = screen.entries.list.pane
    assert not pane.erase.isEnabled()
    assert "Banque" in pane.note.text()


def test_takings_without_cash_are_corrected_from_their_entry(screen, workplace, monkeypatch):
    parts = {(Means.CARD, Purpose.MEALS): Money(4_000)}
    with workplace.desk.book.action("recette") as session:
        facts = TakingsFacts(date(2026, 6, 2), "Déjeuner", parts, meals=4)
        takings = take(session, facts, workplace.desk.book.clock())
        key, entry = takings.id, takings.entry_id
    screen.open_at(entry)
    asked = []

    def opened(_desk, _window, takings_id):
        asked.append(takings_id)
        return Silent()

    monkeypatch.setattr(takings_correction, "TakingsCorrection", opened)
    pane = screen.entries.list.pane
    assert not pane.mend.isHidden()
    pane.mend.click()
    assert asked == [key]


class Silent:
    def exec(self):
        return 0


def test_lines_that_settle_each_other_are_proposed_and_lettered(screen, workplace, monkeypatch):
    said = []
    monkeypatch.setattr(accounts_ledger, "ask", lambda *args, **_more: said.append(args[2]) or True)
    screen.open_at(("account", "511200"))
    screen.chart.year.setCurrentIndex(1)
    screen.chart.show_account("511200")
    pane = screen.chart.list.pane
    pane.letter.click()
    assert "deux lignes" in pane.notice.text
    pane.propose.click()
    assert said, pane.notice.text
    assert "seuls de ce montant" in said[0]
    with workplace.desk.book.read() as session:
        assert not open_items(session, "511200")
    assert screen.chart.list.pane.table.model.row(0).texts[-1] == "AAA"
    screen.open_at(2)
    entry = screen.entries.list.pane
    assert not entry.erase.isEnabled()
    assert "solde" in entry.note.text()


def offered(page):
    return [b.text() for b in page.findChildren(QPushButton) if b.isVisibleTo(page)]


def test_a_year_is_closed_from_its_card_after_a_question(screen, workplace, monkeypatch, qtbot):
    asked = []
    monkeypatch.setattr(accounts_years, "ask", lambda *args, **_more: asked.append(args[2]) or True)
    screen.open_at("years")
    (close,) = [b for b in screen.years.findChildren(QPushButton) if "Clôturer" in b.text()]
    close.click()
    assert "définitif" in asked[0]
    with workplace.desk.book.read() as session:
        assert [year.is_sealed for year in years(session)] == [False, True]
    qtbot.waitUntil(lambda: "Affecter le résultat…" in offered(screen.years))
    assert workplace.desk.book.undo_label is None or "clôturé" not in workplace.desk.book.undo_label


def test_balances_to_start_with_leave_the_rest_to_earlier_years(workplace):
    dialog = OpeningDialog(workplace.desk)
    dialog.accept()
    assert "au moins un montant" in dialog.notice.text
    field, _sign = dialog.amounts["512000"]
    field.line.setText("1500")
    field.commit()
    dialog.accept()
    again = OpeningDialog(workplace.desk)
    again.amounts["530000"][0].line.setText("10")
    again.accept()
    assert "déjà notés" in again.notice.text
    with workplace.desk.book.read() as session:
        entry = session.scalars(select(Entry)).one()
        assert entry.day.day == 1
        assert len(entry.lines) == 2
        assert validating.drafts_before(session, date(2027, 1, 1)) == [entry]
