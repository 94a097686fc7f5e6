"""What happened is noted in plain words; the entry is written underneath, in one step of undo."""

from importlib import import_module

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget
from sqlalchemy import func, select

from cantine_desktop.clock import civil_date
from cantine_desktop.finance.ledger.balances import balances
from cantine_desktop.finance.ledger.model import Entry, Party
from cantine_desktop.finance.ledger.queries import LineFilter
from cantine_desktop.values.period import Period
from ui.finance import facts_menu
from ui.finance.line_list import LinesDialog, sign_of
from ui.kit.fields import MoneyEdit, NumberEdit, TextEdit


def form(workplace, kind):
    fact = next(each for each in facts_menu.FACTS if each.key == kind)
    module, name = fact.form.split(":")
    return getattr(import_module(module), name)(workplace.desk)


def nets(workplace):
    with workplace.desk.book.read() as session:
        day = civil_date(workplace.desk.book.clock())
        period = Period(day.replace(year=day.year - 1), day.replace(year=day.year + 1))
        return {b.number: b.net.cents for b in balances(session, period)}


def type_in(field, text):
    field.line.setText(text)
    field.commit()


def fill(dialog):
    """Fill every required field that is empty with something good."""
    for field in dialog.findChildren(QWidget):
        if getattr(field, "required", False) and not field.line.text():
            if isinstance(field, MoneyEdit | NumberEdit):
                type_in(field, "12")
            elif isinstance(field, TextEdit):
                type_in(field, "Essai")


@pytest.mark.parametrize("kind", [fact.key for fact in facts_menu.FACTS])
def test_each_fact_is_noted_by_its_required_fields_alone(workplace, kind):
    dialog = form(workplace, kind)
    fill(dialog)
    if kind == "takings":
        type_in(next(iter(dialog.amounts.values())), "120")
    dialog.accept()
    assert dialog.result() == dialog.DialogCode.Accepted, dialog.notice.text
    found = nets(workplace)
    assert found
    assert sum(found.values()) == 0


def test_an_invoice_is_taken_back_by_its_name(workplace):
    dialog = form(workplace, "purchase")
    fill(dialog)
    type_in(dialog.supplier, "Biocoop")
    type_in(dialog.amount, "84,20")
    dialog.accept()
    book = workplace.desk.book
    assert book.undo_label == "Facture Biocoop, 84,20\u00a0€"
    assert nets(workplace) == {"401000": -8420, "601000": 8420}
    book.undo()
    assert not nets(workplace)


def test_looking_at_the_entry_keeps_nothing(workplace):
    dialog = form(workplace, "purchase")
    dialog.preview.fold.setChecked(True)
    assert "remplis" in dialog.preview.head.text()
    fill(dialog)
    type_in(dialog.amount, "84,20")
    dialog.preview.update_shown()
    texts = [dialog.preview.table.model.row(n).texts for n in range(2)]
    assert [row[1:3] for row in texts] == [("84,20", ""), ("", "84,20")]
    with workplace.desk.book.read() as session:
        assert session.scalar(select(func.count(Entry.id))) == 0
        assert session.scalar(select(func.count(Party.id))) == 0
    assert workplace.desk.book.undo_label is None or "Facture" not in workplace.desk.book.undo_label


def test_the_same_invoice_is_not_noted_twice_and_its_supplier_is_remembered(workplace):
    for nature in (True, False):
        dialog = form(workplace, "purchase")
        type_in(dialog.supplier, "EDF")
        dialog.on_change("supplier")
        if nature:
            type_in(dialog.nature, "Eau, gaz")
        assert dialog.nature.key == "606100"
        fill(dialog)
        dialog.accept()
    assert "déjà notée" in dialog.notice.text
    assert nets(workplace)["606100"] == 1200


def test_an_invoice_may_pay_for_two_things(workplace):
    dialog = form(workplace, "purchase")
    fill(dialog)
    type_in(dialog.amount, "100")
    type_in(dialog.other, "30")
    dialog.accept()
    assert "autre partie" in dialog.notice.text
    type_in(dialog.other_nature, "entretien et petit")
    dialog.accept()
    assert nets(workplace) == {"401000": -10000, "601000": 7000, "606300": 3000}


def test_net_pay_is_shown_while_typing(workplace):
    dialog = form(workplace, "payroll")
    type_in(dialog.gross, "2000")
    type_in(dialog.parts["urssaf_employee"], "430,50")
    dialog.on_change("gross")
    assert dialog.net.text() == "1\u202f569,50\u00a0€"


def test_the_lines_behind_a_figure_sum_to_it_and_lead_to_their_entry(workplace, qtbot):
    for amount in ("10", "32,50"):
        dialog = form(workplace, "purchase")
        fill(dialog)
        type_in(dialog.number, f"F{amount}")
        type_in(dialog.amount, amount)
        dialog.accept()
    day = civil_date(workplace.desk.book.clock())
    wanted = LineFilter(Period.year(day), "601")
    lines = LinesDialog(None, workplace.desk, "Denrées", wanted)
    qtbot.addWidget(lines)
    assert "2 lignes · total 42,50" in lines.total.text()
    with qtbot.waitSignal(workplace.desk.going) as gone:
        qtbot.keyClick(lines.table.view, Qt.Key.Key_Return)
    assert gone.args[0] == "accounts"
    assert [sign_of("70 75"), sign_of("87"), sign_of("6"), sign_of("")] == [-1, -1, 1, 1]


def test_the_menu_offers_every_fact_by_name(workplace):
    owner = QWidget()
    button = facts_menu.facts_button(owner, workplace.desk)
    texts = [action.text() for action in button.findChild(QMenu).actions()]
    assert len(texts) == len(facts_menu.FACTS)
    assert "Noter une facture reçue…" in texts
