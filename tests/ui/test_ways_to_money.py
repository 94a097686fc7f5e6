"""From anywhere in the window to what money asks for: papers dropped, numbers, lines of today."""

from datetime import timedelta

import pikepdf
import pytest
from sqlalchemy import func, select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.clock import civil_date
from cantine_desktop.finance.cash import recording
from cantine_desktop.finance.pieces.model import Piece
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.office.catalogue import documents
from cantine_desktop.office.todo import read_todo
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from ui.offers import RECORD_SCREENS, SCREENS_OF_KINDS
from ui.preferences.canteen import CanteenPage
from ui.sections import SECTIONS

MONEY_SCREENS = [each.key for part in SECTIONS if part.key == "finance" for each in part.screens]


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "facture.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


def pieces(workplace):
    with workplace.desk.book.read() as session:
        return session.scalar(select(func.count(Piece.id)))


def test_a_paper_dropped_beside_the_accounts_becomes_a_piece(workplace, window, qtbot, paper):
    workplace.navigator.go("cash")
    window.dropped.emit([str(paper)])
    qtbot.waitUntil(lambda: pieces(workplace) == 1, timeout=20000)
    assert workplace.navigator.key == "vouchers"


def test_a_paper_dropped_elsewhere_is_verified_as_a_control_file(workplace, window, paper):
    workplace.navigator.go("today")
    window.dropped.emit([str(paper)])
    assert workplace.navigator.key == "dossier"
    assert pieces(workplace) == 0


def canteen(workplace):
    with workplace.desk.book.read() as session:
        return session.scalars(select(Canteen)).one()


def page_of(workplace):
    workplace.navigator.go("preferences", "canteen")
    return workplace.navigator.current.findChild(CanteenPage)


def test_the_numbers_of_the_association_are_kept_without_spaces(workplace):
    page = page_of(workplace)
    page.siren.setText("732 829 320")
    page.rna.setText("w671000001")
    page.siren.editingFinished.emit()
    kept = canteen(workplace)
    assert (kept.siren, kept.rna) == ("732829320", "W671000001")


@pytest.mark.parametrize(
    ("field", "typed"), [("siren", "732829321"), ("rna", "W67"), ("siren", "a")]
)
def test_a_wrong_number_is_refused_and_the_field_shows_the_kept_one(workplace, qtbot, field, typed):
    page = page_of(workplace)
    edit = getattr(page, field)
    edit.setText(typed)
    with qtbot.waitSignal(workplace.desk.told):
        edit.editingFinished.emit()
    assert not edit.text()
    assert not getattr(canteen(workplace), field)


def test_a_till_not_counted_stands_on_today_and_opens_where_it_is_counted(workplace):
    book = workplace.desk.book
    day = civil_date(book.clock()) - timedelta(days=1)
    with book.action("recettes") as session:
        parts = {(Means.CASH, Purpose.MEALS): Money(4_000)}
        recording.take(session, TakingsFacts(day, "Déjeuner", parts, meals=4), book.clock())
    with book.read() as session:
        lines = [line for line in read_todo(session, book.clock()) if line.screen == "cash"]
    assert [line.place for line in lines] == [Period(day, day + timedelta(days=1))]


def test_whoever_does_not_read_the_accounts_is_told_nothing_of_them(workplace):
    book = workplace.desk.book
    day = civil_date(book.clock())
    with book.action("recettes") as session:
        parts = {(Means.CASH, Purpose.MEALS): Money(4_000)}
        recording.take(session, TakingsFacts(day, "Déjeuner", parts, meals=4), book.clock())
    book.actor = Actor("Cuisine", reads=frozenset({"hygiene", "canteen"}), writes=frozenset())
    with book.read() as session:
        assert not [line for line in read_todo(session, book.clock()) if line.screen == "cash"]


@pytest.mark.parametrize("key", MONEY_SCREENS)
def test_every_screen_of_money_opens_on_an_empty_book_and_prints_what_there_is(workplace, key):
    workplace.navigator.go(key)
    assert workplace.navigator.key == key
    asked = workplace.navigator.current.document()
    assert asked is None or asked[0] in documents()


@pytest.mark.parametrize(("table", "key"), sorted(RECORD_SCREENS.items()))
def test_a_record_that_is_there_no_more_opens_its_screen_all_the_same(workplace, table, key):
    workplace.navigator.go(key, (table, 999) if key in SCREENS_OF_KINDS else 999)
    assert workplace.navigator.key == key
