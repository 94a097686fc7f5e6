"""What the till prints says what the till holds, page after page."""

import io
from datetime import date

import pytest

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.finance.cash import closing, recording
from cantine_desktop.finance.cash.counting import CountFacts, ResolutionFacts, count, resolve
from cantine_desktop.finance.cash.denominations import Pieces, bag_of
from cantine_desktop.finance.cash.depositing import ChequeFacts, deposit_cash, deposit_cheques
from cantine_desktop.finance.cash.files import book_table, count_table
from cantine_desktop.finance.cash.model import ClosingKind, Reason
from cantine_desktop.finance.cash.sheets import DOCUMENTS
from cantine_desktop.finance.cash.totals import totals_of
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY as ONE
from cantine_desktop.values.period import Period
from tests.conftest import NOW
from tests.documents.reading import pages

DAY = date(2026, 10, 6)
TODAY = Period(DAY, DAY + ONE)
OCTOBER = Period.month(DAY)


@pytest.fixture
def filled(book):
    parts = {
        (Means.CASH, Purpose.MEALS): Money(12_000),
        (Means.CHEQUE, Purpose.MEMBERSHIPS): Money(4_000),
    }
    with book.action("caisse") as session:
        session.add(Canteen(name="La Tablée du Faubourg"))
        wrong = recording.take(session, TakingsFacts(DAY, "Déjeuner", parts, 12), NOW)
        pieces = {Money(5_000): Pieces(quantity=2, for_bank=1)}
        facts = CountFacts(
            DAY, pieces, "AM", Money(5_000), "MB", Reason.FORGOTTEN_ENVELOPE, "tiroir", "S-118"
        )
        key = count(session, facts, NOW).id
        resolve(session, key, ResolutionFacts(DAY, Money(2_000), "retrouvée"), NOW)
        deposit_cash(session, DAY, Money(5_000), NOW, "S-118", pieces={Money(5_000): 1})
        cheques = [ChequeFacts(Money(4_000), "0001234", "La Banque Postale", "Odile Clément")]
        deposit_cheques(session, DAY, cheques, NOW, bank="Crédit Coopératif")
        closing.close_month(session, DAY, NOW)
        fewer = parts | {(Means.CASH, Purpose.MEALS): Money(11_000)}
        recording.correct(
            session, wrong.id, TakingsFacts(date(2026, 11, 3), "Déjeuner", fewer, 12), "erreur", NOW
        )
    return book


def printed(book, key, period):
    target = io.BytesIO()
    (document,) = [each for each in DOCUMENTS if each.key == key]
    with book.read() as session:
        document.write(session, period, NOW, target)
    return "\n".join(pages(target.getvalue()))


@pytest.mark.parametrize("key", [each.key for each in DOCUMENTS])
def test_every_paper_of_the_till_prints_before_anything_was_typed(book, key):
    assert printed(book, key, OCTOBER)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("cash-count", ["FC2026-001", "S-118", "Enveloppe oubliée · tiroir", "Expliqué depuis"]),
        ("cash-deposits", ["RE2026-001", "S-118", "50,00"]),
        ("cheque-slips", ["RC2026-001", "Odile Clément", "0001234", "1 chèque", "40,00"]),
        ("cash-book", ["De 0,00", "−20,00", "Écart de FC2026-001 expliqué : retrouvée"]),
        ("cash-closing-month", ["Total perpétuel", "160,00", "Adhésions", "Empreinte SHA-256"]),
        ("cash-attestation", ["286, I-3° bis", "ce papier n’atteste de rien", "franchise"]),
    ],
)
def test_a_paper_says_what_the_till_holds(filled, key, words):
    text = " ".join(printed(filled, key, OCTOBER).split())
    for each in words:
        assert each in text


def test_the_blank_sheet_has_every_note_and_coin_and_is_found_by_its_code(book):
    text = printed(book, "cash-count-blank", TODAY)
    assert "500,00" in text
    assert "0,01" in text
    assert "FC-2026-10-06" in text


def test_a_closing_shows_what_was_corrected_after_it(filled):
    text = printed(filled, "cash-closing-month", Period.month(date(2026, 11, 3)))
    assert "Pas encore clôturé" in text
    assert "Correction" in text
    with filled.read() as session:
        october = totals_of(session, ClosingKind.MONTH, OCTOBER)
        assert october.of_means(Means.CHEQUE) == Money(4_000)
        assert october.of_purpose(Purpose.MEALS) == Money(12_000)
        november = totals_of(session, ClosingKind.MONTH, Period.month(date(2026, 11, 3)))
        assert november.total == Money(-1_000)


def test_the_files_for_spreadsheets_say_the_same(filled):
    with filled.read() as session:
        book = list(book_table(session, OCTOBER, NOW).rows)
        assert [row[5].cents for row in book] == [12_000, 14_000, 12_000, 7_000]
        ((_day, sheet, expected, counted, gap, *_rest),) = count_table(session, OCTOBER, NOW).rows
        assert (sheet, expected, counted) == ("FC2026-001", Money(12_000), Money(10_000))
        assert gap == Money(-2_000)


def test_the_bag_takes_the_largest_and_never_less_than_the_float_stays():
    pieces = {
        Money(5_000): Pieces(quantity=2),
        Money(1_000): Pieces(quantity=3),
        Money(100): Pieces(quantity=4, rolls=1),
    }
    assert bag_of(pieces, Money(8_000)) == {Money(5_000): 1, Money(1_000): 2, Money(100): 9}
    assert bag_of(pieces, Money(99_999)) == {}
