"""The settings of the accounts: what is decided is kept, what it entails is said."""

from datetime import date

import pytest
from sqlalchemy import select

from cantine_desktop.finance.ledger.locking import lock
from cantine_desktop.finance.ledger.model import Section
from cantine_desktop.finance.ledger.years import open_year
from cantine_desktop.finance.statements.franchise import limit_of
from cantine_desktop.finance.statements.model import VatStatus
from cantine_desktop.finance.statements.policy import Policy, decide, policy
from cantine_desktop.finance.transfer.profiles import KEYS
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from ui.desk import Desk
from ui.preferences import accounts
from ui.preferences.accounts import AccountsPage
from ui.preferences.pages import PAGES

YEAR = NOW.year


@pytest.fixture
def desk(book):
    with book.action("ouvrir") as session:
        open_year(session, Period(date(YEAR, 1, 1), date(YEAR + 1, 1, 1)))
        decide(session, Policy(volunteer_rate=Money(1_500), volunteer_basis="Smic"))
        lock(session, date(YEAR, 10, 1), NOW)
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def page(qtbot, desk):
    page = AccountsPage(desk, "Comptabilité et exports")
    qtbot.addWidget(page)
    page.show()
    return page


def read(page, what):
    with page.desk.book.read() as session:
        return what(session)


def test_the_page_is_no_promise_any_more():
    (entry,) = [page for page in PAGES if page.key == "accounts"]
    assert entry.maker
    assert not entry.promise


def test_years_tell_their_days_their_lock_and_their_numbering(page):
    said = page.years.text()
    assert f"du 01/01/{YEAR} au 31/12/{YEAR}" in said
    assert f"arrêté jusqu’au 30/09/{YEAR}" in said
    assert "2025" in said  # the chart of accounts it follows


def test_a_vat_status_is_kept_with_its_consequences_and_forgets_nothing_else(page):
    assert "restauration" in page.consequences.text()
    page.vat.setCurrentIndex(page.vat.findData(VatStatus.FRANCHISE))
    page.vat.activated.emit(page.vat.currentIndex())
    kept = read(page, policy)
    assert kept.vat is VatStatus.FRANCHISE
    assert kept.volunteer_rate == Money(1_500)
    page.refresh()
    assert "franchise" in page.consequences.text()
    page.desk.book.undo()
    assert read(page, policy).vat is VatStatus.UNKNOWN


def test_a_franchise_asks_where_it_was_read_before_it_is_kept(page):
    page.limit.line.setText("80 011")
    page.limit.commit()
    page.source.line.setText("")
    page.source.commit()
    assert read(page, lambda session: limit_of(session, YEAR)) != Money(8_001_100)
    page.source.line.setText("BOFiP du 4 mars")
    page.source.commit()
    assert read(page, lambda session: limit_of(session, YEAR)) == Money(8_001_100)


def test_activities_are_added_and_renamed_and_keep_their_code(page, monkeypatch):
    monkeypatch.setattr(accounts, "ask_text", lambda *_args, **_more: "Épicerie solidaire")
    page.add.click()
    page.refresh()
    titles = read(page, lambda s: dict(s.execute(select(Section.code, Section.title)).all()))
    assert titles["EPICERIESOLIDAIR"] == "Épicerie solidaire"
    monkeypatch.setattr(accounts, "ask_text", lambda *_args, **_more: "Repas à prix libre")
    page.activities.setCurrentRow(0)
    page.rename.click()
    titles = read(page, lambda s: dict(s.execute(select(Section.code, Section.title)).all()))
    assert titles["REPAS"] == "Repas à prix libre"


def test_the_accountant_s_address_and_layout_are_remembered(page):
    page.email.setText("compta@exemple")
    page.email.editingFinished.emit()
    assert not page.desk.settings.accountant_email
    page.email.setText("compta@exemple.org")
    page.email.editingFinished.emit()
    assert page.desk.settings.accountant_email == "compta@exemple.org"
    page.format.setCurrentIndex(3)
    page.format.activated.emit(3)
    assert page.desk.settings.transfer_format == KEYS[3]


def test_who_may_only_read_decides_nothing(qtbot, book):
    book.actor = Actor("Bureau", reads=frozenset({"finance"}), writes=frozenset())
    reader = Desk(book)
    page = AccountsPage(reader, "Comptabilité et exports")
    qtbot.addWidget(page)
    for field in (page.vat, page.sectorised, page.limit, page.least, page.add, page.rename):
        assert not field.isEnabled()
    reader.close()
