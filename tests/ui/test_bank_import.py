"""A bank file dropped on the window: what is new, what is proven, one button, one step back."""

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid
from sqlalchemy import func, select

from cantine_desktop.finance.bank.accounts import add_bank_account
from cantine_desktop.finance.bank.csv_words import Role
from cantine_desktop.finance.bank.model import BankAccount, BankLine
from tests.finance.test_bank_csv import CASES
from tests.finance.test_bank_import import OFX
from tests.finance.test_bank_inbox import DAY
from ui.finance.bank_import import BankImportDialog, open_import

CREDIT_MUTUEL = CASES["credit-mutuel"][0].encode()
UNKNOWN = b"30/10/2026;-37,90;Carte;;CB LEROY MERLIN;;\n29/10/2026;1500,00;Virement;;VIR MAIRIE;;\n"


@pytest.fixture
def shown(workplace, window, qtbot):
    """Return a function that opens the dialog on a content and waits until it is read."""

    def show(content, name="relevé.csv", account=0):
        dialog = open_import(workplace.desk, content, name, window, account)
        qtbot.waitUntil(lambda: not dialog.bar.isVisible(), timeout=20000)
        return dialog

    return show


def picture(dialog, name):
    """Keep a picture where ``BANK_PICTURES`` says."""
    if folder := os.environ.get("BANK_PICTURES"):
        QApplication.processEvents()
        dialog.grab().save(f"{folder}/{name}.png")


def count(workplace, table=BankLine):
    with workplace.desk.book.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def waited(qtbot, dialog):
    dialog.act.click()
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.bar.isVisible(), timeout=20000)


def test_a_dropped_statement_opens_the_import_with_the_account_it_names(
    workplace, window, qtbot, tmp_path
):
    path = tmp_path / "releve.ofx"
    path.write_bytes(OFX)
    window.dropped.emit([str(path)])
    dialog = workplace.importing.dialog
    assert isinstance(dialog, BankImportDialog)
    qtbot.waitUntil(lambda: not dialog.bar.isVisible(), timeout=20000)
    assert dialog.told.text() == "0 déjà importée, 2 nouvelles, 0 jumelle suspecte"
    assert dialog.act.text() == "Importer 2 lignes"
    assert dialog.part.count() == 2
    assert dialog.account.is_new
    assert dialog.account.name.text() == "La Banque Postale"
    picture(dialog, "two_accounts")
    waited(qtbot, dialog)
    assert dialog.act.text() == "Importer 1 ligne"
    dialog.account.name.setText("Livret")
    dialog.act.click()
    qtbot.waitUntil(lambda: workplace.importing.dialog is None, timeout=20000)
    assert (count(workplace), count(workplace, BankAccount)) == (3, 2)
    window.commands["undo"].trigger()
    assert (count(workplace), count(workplace, BankAccount)) == (2, 1)


def test_balances_prove_the_statement(shown):
    dialog = shown(CREDIT_MUTUEL)
    assert "prouvé" in dialog.proof.text
    picture(dialog, "proven")
    dialog.reject()


def test_the_same_file_again_brings_nothing(workplace, shown, qtbot):
    waited(qtbot, shown(CREDIT_MUTUEL))
    assert count(workplace) == 2
    dialog = shown(CREDIT_MUTUEL)
    assert dialog.told.text().startswith("2 déjà importées, 0 nouvelle")
    assert not dialog.act.isEnabled()
    assert not dialog.view.isVisible()
    dialog.known.setChecked(True)
    assert dialog.view.isVisible()
    picture(dialog, "again")
    dialog.reject()


def test_suspicious_twins_are_unticked_with_their_reason_and_the_button_follows(
    workplace, shown, qtbot
):
    waited(qtbot, shown(CREDIT_MUTUEL))
    text = CREDIT_MUTUEL.decode().replace("REMISE CB", "REM CARTES") + (
        "06/10/2026;06/10/2026;;10,00;VERSEMENT;2337,80\r\n"
    )
    dialog = shown(text.encode())
    assert dialog.told.text() == "1 déjà importée, 1 nouvelle, 1 jumelle suspecte"
    assert dialog.act.text() == "Importer 1 ligne"
    twin = dialog.lines.index(0, 0)
    assert dialog.lines.data(twin, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert "même jour" in dialog.lines.data(dialog.lines.index(0, 3))
    picture(dialog, "twins")
    dialog.view.selectRow(0)
    qtbot.keyClick(dialog.view, Qt.Key.Key_Space)
    assert dialog.act.text() == "Importer 2 lignes"
    qtbot.keyClick(dialog.view, Qt.Key.Key_Space)
    waited(qtbot, dialog)
    assert count(workplace) == 3


def test_columns_are_said_once_with_the_first_lines_read_along(shown, qtbot):
    dialog = shown(UNKNOWN)
    assert dialog.act.text() == "Lire ainsi"
    assert "CB LEROY MERLIN · −37,90" in dialog.columns.told.text()
    picture(dialog, "columns")
    combo = next(each for each in dialog.columns.combos if each.currentData() == Role.AMOUNT)
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    assert not dialog.act.isEnabled()
    combo.setCurrentIndex(combo.findData(Role.AMOUNT.value))
    combo.activated.emit(0)
    waited(qtbot, dialog)
    assert dialog.act.text() == "Importer 2 lignes"
    waited(qtbot, dialog)
    later = UNKNOWN + b"31/10/2026;12,00;Virement;;VIR AUTRE;;\n"
    dialog = shown(later)
    assert dialog.told.text() == "2 déjà importées, 1 nouvelle, 0 jumelle suspecte"
    dialog.reject()


def test_a_file_without_number_goes_where_the_person_came_from(workplace, shown):
    with workplace.desk.book.action("comptes") as session:
        add_bank_account(session, "Un", DAY)
        second = add_bank_account(session, "Deux", DAY).id
    dialog = shown(CREDIT_MUTUEL, account=second)
    assert dialog.account.choice.key == second
    dialog.reject()


@pytest.mark.parametrize(
    "content", [b"", b"\0\xff" * 500, b"%PDF-1.4", b"<html></html>", b"a;b\n1;2\n"]
)
def test_a_file_that_is_no_statement_gives_a_sentence(shown, content):
    dialog = shown(content)
    assert dialog.told.text()
    assert not dialog.act.isVisible()
    picture(dialog, "refused")
    dialog.reject()


def test_remarks_of_the_file_are_listed(shown):
    dialog = shown("Date;Libellé;Débit;Crédit\n30/10/2026;A;1,00;\n31/02/2026;B;1,00;\n".encode())
    assert "ligne 3" in dialog.remarks.item(0).text()
    picture(dialog, "remarks")
    dialog.reject()
