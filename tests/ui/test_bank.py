"""The bank is matched by keyboard: yes, no, otherwise; undone in one step."""

from datetime import timedelta
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from cantine_desktop.finance.ledger.balances import net_of
from cantine_desktop.finance.ledger.lettering import open_items
from cantine_desktop.finance.matching import queries
from cantine_desktop.finance.pieces.model import PieceLink
from cantine_desktop.values.money import Money
from tests.finance.bank_books import DAY, Bank, days, invoice, supplier
from tests.stories.person import Person
from tests.ui.test_vouchers import drop
from ui.finance.bank import BankScreen
from ui.finance.bank_bar import Which
from ui.finance.bank_hand import HandDialog
from ui.finance.bank_rules import RuleDialog, RulesDialog


@pytest.fixture
def screen(qtbot, workplace, window):
    with workplace.desk.book.action("banque") as session:
        bank = Bank(session)
        party = supplier(session)
        for n, cents in enumerate((8_420, 5_000, 6_100)):
            invoice(session, party, cents, DAY + days(n), f"F-012{n}")
            bank.line(DAY + days(n + 2), -cents, f"PRLV SEPA BIOCOOP F-012{n}")
        bank.line(DAY + days(9), -990, "TRUC INCONNU")
    workplace.navigator.go("bank")
    screen = window.findChild(BankScreen)
    settle(qtbot, screen)
    screen.table.view.setFocus()
    return screen


def settle(qtbot, screen):
    """Wait until the proposals shown are those of the book."""
    qtbot.waitUntil(lambda: not screen._patience.isActive() and screen._job is None, timeout=15000)


def press(screen, key):
    QTest.keyClick(screen.table.view, key)


def test_y_matches_line_after_line_and_undo_takes_the_last_one_back(qtbot, workplace, screen):
    assert screen.bar.count.text() == "0 sur 4 pointée"
    press(screen, Qt.Key.Key_Y)
    press(screen, Qt.Key.Key_Y)
    settle(qtbot, screen)
    assert screen.bar.count.text() == "2 sur 4 pointées"
    workplace.desk.book.undo()
    settle(qtbot, screen)
    assert screen.bar.count.text() == "1 sur 4 pointée"
    with workplace.desk.book.read() as session:
        assert net_of(session, "512") == Money(-8_420)


def test_the_pane_says_why(screen):
    screen.table.go_to(screen.table.model.keys[0])
    assert "même montant, 2 jours après" in screen.pane.why.text()
    assert screen.pane.yes.isVisible()


def test_n_refuses_and_the_same_is_not_proposed_again(qtbot, screen):
    before = screen.pane.proposal.signature
    press(screen, Qt.Key.Key_N)
    settle(qtbot, screen)
    assert screen.pane.proposal.signature != before


def test_sure_ones_are_taken_together_as_one_step(qtbot, workplace, screen):
    assert screen.bar.sure.text() == "Accepter les 3 sûres"
    screen.bar.sure.click()
    qtbot.waitUntil(lambda: screen.bar.count.text() == "3 sur 4 pointées", timeout=15000)
    settle(qtbot, screen)
    workplace.desk.book.undo()
    settle(qtbot, screen)
    assert screen.bar.count.text() == "0 sur 4 pointée"


def test_a_line_said_by_hand_is_split_and_teaches_a_rule(qtbot, workplace, screen):
    row = screen._rows[screen.table.model.keys[-1]]
    dialog = HandDialog(workplace.desk, screen.bar.account_id, row, None, parent=screen)
    qtbot.addWidget(dialog)
    assert dialog.gap == -990
    part = dialog.parts.rows[0]
    part.account.line.setText("627000")
    part.account.commit()
    part.amount.line.setText("-9,00")
    part.amount.commit()
    assert dialog.gap == -90
    dialog.parts.more.click()
    other = dialog.parts.rows[1]
    assert other.amount.value == Money(-90)
    other.account.line.setText("626000")
    other.account.commit()
    dialog._finish()
    sides = [(side.account, side.amount.cents) for side in dialog.choice.others]
    assert sides == [("627000", -900), ("626000", -90)]
    screen._accept(dialog.choice, dialog.choice.title)
    settle(qtbot, screen)
    assert screen.bar.count.text() == "1 sur 4 pointée"


def test_several_invoices_ticked_by_hand_settle_one_line(qtbot, workplace, screen):
    with workplace.desk.book.action("ligne") as session:
        bank = Bank.__new__(Bank)
        bank.session, bank.id, bank.count = session, screen.bar.account_id, 50
        bank.line(DAY + days(12), -11_100, "CHEQUE 78")
    settle(qtbot, screen)
    row = screen._rows[screen.table.model.keys[-1]]
    dialog = HandDialog(workplace.desk, screen.bar.account_id, row, None, parent=screen)
    qtbot.addWidget(dialog)
    for place in range(dialog.items.count()):
        item = dialog.items.item(place)
        if "F-0121" in item.text() or "F-0122" in item.text():
            item.setCheckState(Qt.CheckState.Checked)
    assert dialog.gap == 0
    dialog._finish()
    screen._accept(dialog.choice, dialog.choice.title)
    with workplace.desk.book.read() as session:
        assert [item.piece_ref for item in open_items(session, "401")] == ["F-0120"]


def test_a_matched_line_is_found_under_all_and_taken_back(qtbot, screen):
    press(screen, Qt.Key.Key_Y)
    settle(qtbot, screen)
    screen.bar._buttons[Which.ALL].click()
    settle(qtbot, screen)
    screen.table.go_to(screen.table.model.keys[0])
    assert screen.pane.what.text().startswith("Pointée")
    screen.pane.back.click()
    settle(qtbot, screen)
    assert screen.bar.count.text() == "0 sur 4 pointée"


def test_rules_are_listed_with_how_often_they_were_right_and_changed(qtbot, workplace, screen):
    press(screen, Qt.Key.Key_Y)
    settle(qtbot, screen)
    dialog = RulesDialog(workplace.desk, parent=screen)
    qtbot.addWidget(dialog)
    assert "Confirmée 1 fois" in dialog.list.item(0).text()
    with workplace.desk.book.read() as session:
        (rule,) = queries.rule_rows(session)
    form = RuleDialog(workplace.desk, rule.id, parent=screen)
    qtbot.addWidget(form)
    form.words.line.setText("biocoop strasbourg")
    form.words.commit()
    form._keep()
    dialog.refresh()
    assert "BIOCOOP STRASBOURG" in dialog.list.item(0).text()


def test_an_empty_book_says_what_to_do(workplace, window):
    workplace.navigator.go("bank")
    screen = window.findChild(BankScreen)
    assert "Importez un relevé" in screen.pane.title_line.text()


def test_a_keystroke_answers_at_once(qtbot, workplace, screen):
    with workplace.desk.book.action("lignes") as session:
        bank = Bank.__new__(Bank)
        bank.session, bank.id, bank.count = session, screen.bar.account_id, 100
        for n in range(80):
            bank.line(DAY + timedelta(days=n % 20), -1_000 - n, f"CARTE MAGASIN {n}")
    settle(qtbot, screen)
    begun = perf_counter()
    press(screen, Qt.Key.Key_Down)
    assert perf_counter() - begun < 0.5


def test_a_proof_let_go_on_a_line_is_joined_to_it(qtbot, workplace, screen, tmp_path):
    key = screen.table.model.keys[2]
    path = tmp_path / "facture.pdf"
    path.write_bytes(b"%PDF-1.4 facture")
    index = screen.table.model.index(2, 0)
    inside = screen.table.view.visualRect(index).center()
    place = screen.table.view.viewport().mapTo(screen, inside)
    with qtbot.waitSignal(screen.pieces.intake.taken, timeout=15000):
        drop(screen, [path], place)
    with workplace.desk.book.read() as session:
        (link,) = session.scalars(select(PieceLink)).all()
        assert (link.bank_line_id, link.entry_id) == (key, None)
    assert screen.table.current_key == key


@pytest.fixture
def person(qtbot, window, screen):
    there = Person(window)
    settle(qtbot, screen)
    return there


def test_an_unknown_line_is_named_by_keys_alone_while_the_list_of_natures_hangs_open(
    qtbot, screen, person
):
    def story(who):
        who.press("Ctrl+End", "E", "Tab", "Tab")
        who.type("626000")
        who.press("Ctrl+Return")
        assert who.title == "Banque"
        who.expect("1 sur 4 pointée")

    person.live(qtbot, story)
    with screen.desk.book.read() as session:
        assert net_of(session, "626") == Money(990)


def test_an_amount_still_being_typed_is_the_one_that_is_kept(qtbot, screen, person):
    def story(who):
        who.press("Ctrl+End", "E", "Tab", "Tab")
        who.type("627000")
        who.press("Return", "Tab", "Ctrl+A")
        who.type("-9")
        who.press("Ctrl+Return")
        who.expect("Reste à expliquer : −0,90 €")
        for stop in ("Activité", "Retirer cette part", "Ajouter une part"):
            who.press("Tab")
            assert stop in who.focus
        who.press("Return")
        assert "Nature ou compte" in who.focus
        who.type("626000")
        who.press("Ctrl+Return")
        who.expect("1 sur 4 pointée")

    person.live(qtbot, story)
    with screen.desk.book.read() as session:
        assert (net_of(session, "627"), net_of(session, "626")) == (Money(900), Money(90))


def test_once_all_is_matched_the_keyboard_stands_on_what_is_next(qtbot, person):
    def story(who):
        who.press("Y", "Y", "Y", "E", "Tab", "Tab")
        who.type("627000")
        who.press("Ctrl+Return")
        who.expect("4 sur 4 pointées")
        assert "Importer un relevé" in who.focus

    person.live(qtbot, story)
