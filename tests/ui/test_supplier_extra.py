"""Papers, closures and deposits of a supplier, in the window."""

from datetime import timedelta

import pytest

from cantine_desktop.clock import civil_date
from cantine_desktop.supply.suppliers.keeping import SupplierFacts, add_supplier
from cantine_desktop.supply.suppliers.model import Supplier
from ui.desk import Desk
from ui.supply import supplier_extra
from ui.supply.supplier_extra import SupplierExtra


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def extra(qtbot, desk):
    with desk.book.action("départ") as session:
        key = add_supplier(session, SupplierFacts("Biocoop")).id
    made = SupplierExtra(desk, key, None)
    qtbot.addWidget(made)
    made.refresh()
    return made


def typing(monkeypatch, *texts):
    """Have the next dialog filled with texts and kept; return what it told."""
    told = []

    def fill(dialog):
        fields = [dialog.form.field(str(rank)) for rank in range(len(texts))]
        for field, text in zip(fields, texts, strict=True):
            field.line.setText(text)
        dialog.keep()
        told.append(dialog.notice.text)

    monkeypatch.setattr(supplier_extra.FieldsDialog, "exec", fill)
    return told


def lines(part):
    return [part.list.item(n).text().replace("\u00a0", " ") for n in range(part.list.count())]


def supplier_of(extra):
    with extra.desk.book.read() as session:
        kept = session.get_one(Supplier, extra.key)
        return len(kept.papers), len(kept.closures), [each.held for each in kept.deposits]


def test_a_paper_is_added_with_its_end_and_taken_away_and_back(extra, monkeypatch):
    typing(monkeypatch, "Certificat bio", "31/12/2026")
    extra.papers.add.click()
    assert lines(extra.papers) == ["Certificat bio, jusqu’au 31/12/2026"]
    extra.papers.remove.click()
    assert supplier_of(extra) == (0, 0, [])
    extra.desk.book.undo()
    extra.refresh()
    assert lines(extra.papers) == ["Certificat bio, jusqu’au 31/12/2026"]


def test_a_closure_that_ends_before_it_begins_is_told_in_the_dialog(extra, monkeypatch):
    told = typing(monkeypatch, "24/12/2026", "20/12/2026", "Noël")
    extra.closures.add.click()
    assert "finit avant de commencer" in told[0]
    typing(monkeypatch, "20/12/2026", "24/12/2026", "Noël")
    extra.closures.add.click()
    assert lines(extra.closures) == ["du 20/12/2026 au 24/12/2026, Noël"]


def test_closures_that_are_over_are_not_shown(extra, monkeypatch):
    today = civil_date(extra.desk.book.clock())
    past = f"{today - timedelta(days=3):%d/%m/%Y}"
    typing(monkeypatch, past, past, "")
    extra.closures.add.click()
    assert supplier_of(extra)[1] == 1
    assert lines(extra.closures) == []


def test_crates_are_counted_and_go_back_before_they_are_forgotten(extra, monkeypatch):
    typing(monkeypatch, "caisse verte", "3,50")
    extra.deposits.add.click()
    typing(monkeypatch, "4")
    extra.held.click()
    assert lines(extra.deposits) == ["caisse verte : 4 à 3,50 €, soit 14,00 €"]
    said = []
    extra.desk.told.connect(lambda words, _undo: said.append(words))
    extra.deposits.remove.click()
    assert "il en reste" in said[0]
    typing(monkeypatch, "0")
    extra.held.click()
    extra.deposits.remove.click()
    assert supplier_of(extra)[2] == []


def test_a_reader_changes_nothing(desk, extra, monkeypatch):
    monkeypatch.setattr(desk, "may_write", lambda _area: False)
    extra.refresh()
    assert not any(part.add.isEnabled() for part in (extra.papers, extra.closures, extra.deposits))
