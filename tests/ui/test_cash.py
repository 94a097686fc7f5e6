"""The till in its screen: count, explain, take to the bank, close, by the keyboard alone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit
from sqlalchemy import func, select

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.documents.sheet_ids import SheetAsked
from cantine_desktop.finance.cash import closing, recording
from cantine_desktop.finance.cash.counting import CountFacts, count
from cantine_desktop.finance.cash.denominations import Pieces
from cantine_desktop.finance.cash.depositing import deposit_cash
from cantine_desktop.finance.cash.holdings import balance
from cantine_desktop.finance.cash.model import (
    CashCount,
    CashDeposit,
    CashEvent,
    ChequeSlip,
    ClosingKind,
    DifferenceResolution,
    EventKind,
    PeriodClosing,
    Reason,
)
from cantine_desktop.finance.cash.moving import MovementFacts, move
from cantine_desktop.finance.ledger import validating
from cantine_desktop.finance.ledger.locking import lock
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.model import Takings
from cantine_desktop.storage.rights import Actor
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period
from tests.conftest import NOW
from ui.desk import Desk
from ui.finance import cash as cash_screen
from ui.finance import cash_taking_back
from ui.finance.cash import CashScreen
from ui.finance.cash_cheques import SlipDialog
from ui.finance.cash_closing import choices, close_one
from ui.finance.cash_count import CountDialog
from ui.finance.cash_forms import DepositDialog, MovementDialog, ResolveDialog
from ui.finance.cash_lists import TABS
from ui.finance.fact_fields import choose
from ui.finance.facts_income import GiftDialog
from ui.finance.takings_correction import TakingsCorrection

TODAY = date(2026, 11, 22)
FRIDAY = date(2026, 11, 20)


def lunch(day=FRIDAY, cash=12_000, cheques=4_000):
    parts = {
        (Means.CASH, Purpose.MEALS): Money(cash),
        (Means.CHEQUE, Purpose.MEALS): Money(cheques),
    }
    return TakingsFacts(day, "Déjeuner", parts, meals=12)


@pytest.fixture
def desk(book):
    with book.action("Installer") as session:
        session.add(Canteen(name="La Tablée", open_weekdays="2345"))
        recording.take(session, lunch(), NOW)
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def screen(qtbot, desk):
    screen = CashScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 600)
    screen.show()
    return screen


def shown(screen, name):
    screen.tabs.setCurrentIndex([each for each, _title in TABS].index(name))
    table = screen.lists.tables[name]
    return [table.model.row(place).texts for place in range(len(table.model.keys))]


def only(book, table):
    with book.read() as session:
        return session.scalars(select(table)).one()


def counted(book, euros=100, **more):
    facts = {"counted_by": "AM", "reason": Reason.UNKNOWN} | more
    with book.action("compter") as session:
        return count(
            session, CountFacts(FRIDAY, {Money(100): Pieces(quantity=euros)}, **facts), NOW
        ).id


def test_the_book_of_the_month_stands_with_its_balance(screen):
    ((day, piece, taken, given, held, label),) = shown(screen, "book")
    assert (day, piece, taken, given, held) == ("20/11/2026", "S2026-001", "120,00", "", "120,00")
    assert label.startswith("Déjeuner")
    assert screen.figures.cards["held"].value.text() == "120,00\u00a0€"
    assert screen.figures.cards["cheques"].value.text() == "40,00\u00a0€"
    assert screen.document() == ("cash-book", Period.month(TODAY))


def test_a_day_that_nobody_counted_is_told_with_the_way_to_count_it(screen, monkeypatch):
    asked = []
    monkeypatch.setattr(cash_screen, "CountDialog", lambda *given: asked.append(given) or Silent())
    assert "sans comptage" in screen.notice.text
    screen.notice._button.click()
    assert asked[0][2] == FRIDAY


class Silent:
    def exec(self):
        return 0


def type_into(qtbot, dialog, **numbers):
    for cents, number in numbers.items():
        row = dialog.grid.rows[Money(int(cents[1:]))]
        row.quantity.setFocus()
        qtbot.keyClicks(row.quantity, str(number))


def test_a_count_is_typed_from_note_to_note_and_kept_by_ctrl_enter(qtbot, desk, book):
    dialog = CountDialog(desk, None, FRIDAY)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert isinstance(dialog.focusWidget(), QLineEdit)
    for keys in ("", "", "1"):
        qtbot.keyClicks(dialog.focusWidget(), keys)
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.grid.rows[Money(2_000)].quantity, "1")
    assert "tombe juste" in dialog.gap.text()
    qtbot.keyClicks(dialog.counted_by.line, "AM")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    kept = only(book, CashCount)
    assert (kept.counted, kept.difference, kept.counted_by) == (Money(12_000), Money(0), "AM")


def test_a_difference_asks_why_before_it_is_kept(qtbot, desk, book):
    dialog = CountDialog(desk, None, FRIDAY)
    qtbot.addWidget(dialog)
    type_into(qtbot, dialog, c10000=1)
    qtbot.keyClicks(dialog.counted_by.line, "AM")
    assert "−20,00" in dialog.gap.text()
    dialog.accept()
    assert "raison" in dialog.notice.text
    dialog.reason.setCurrentIndex(dialog.reason.findData(Reason.FORGOTTEN_ENVELOPE))
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert only(book, CashCount).reason is Reason.FORGOTTEN_ENVELOPE


def test_the_bag_is_proposed_and_leaves_in_the_same_step(qtbot, desk, book):
    dialog = CountDialog(desk, None, FRIDAY)
    qtbot.addWidget(dialog)
    type_into(qtbot, dialog, c5000=2, c2000=1)
    qtbot.keyClicks(dialog.counted_by.line, "AM")
    dialog.float_amount.set_value(Money(2_000))
    dialog.fill_bag.click()
    dialog.accept()
    assert only(book, CashDeposit).amount == Money(10_000)
    with book.read() as session:
        assert balance(session) == Money(2_000)


def test_cash_is_taken_to_the_bank_and_never_more_than_there_is(qtbot, desk, book):
    dialog = DepositDialog(desk)
    qtbot.addWidget(dialog)
    assert dialog.amount.value == Money(12_000)
    dialog.amount.set_value(Money(12_001))
    dialog.accept()
    assert "n’a pas cette somme" in dialog.notice.text
    dialog.amount.set_value(Money(10_000))
    dialog.accept()
    assert only(book, CashDeposit).amount == Money(10_000)


def test_a_slip_takes_the_cheques_that_are_ticked(qtbot, desk, book):
    with book.action("recette") as session:
        recording.take(session, lunch(FRIDAY - DAY, cheques=2_500), NOW)
    dialog = SlipDialog(desk)
    qtbot.addWidget(dialog)
    assert [box.isChecked() for box, _each in dialog.sources] == [True, True]
    dialog.sources[0][0].click()
    assert dialog.total.text() == "1 chèque · 40,00\u00a0€"
    dialog.rows[1].drawer.line.setText("Odile C.")
    dialog.accept()
    with book.read() as session:
        slip = session.scalars(select(ChequeSlip)).one()
        assert (slip.total, slip.cheques[0].drawer) == (Money(4_000), "Odile C.")


def test_an_expense_in_cash_says_what_for(qtbot, desk, book):
    dialog = MovementDialog(desk)
    qtbot.addWidget(dialog)
    dialog.amount.set_value(Money(650))
    dialog.accept()
    assert "pour quoi" in dialog.notice.text
    dialog.nature.set_value(dialog.nature._items[0])
    dialog.accept()
    with book.read() as session:
        assert balance(session) == Money(11_350)


def test_an_unexplained_difference_is_told_then_resolved(qtbot, screen, desk, book):
    key = counted(book)
    assert "inexpliqué" in screen.notice.text
    assert screen.figures.cards["counts"].value.text() == "−20,00\u00a0€"
    dialog = ResolveDialog(desk, None, key)
    qtbot.addWidget(dialog)
    assert dialog.amount.value == Money(2_000)
    dialog.note.line.setText("enveloppe retrouvée")
    dialog.accept()
    assert only(book, DifferenceResolution).amount == Money(2_000)
    assert "inexpliqué" not in screen.notice.text
    assert "résolu" in shown(screen, "counts")[0][6]


def test_a_deposit_not_seen_at_the_bank_can_be_taken_back(screen, book, monkeypatch):
    with book.action("remise") as session:
        deposit_cash(session, FRIDAY, Money(10_000), NOW, "S-1")
    screen.tabs.setCurrentIndex(2)
    assert shown(screen, "deposits")[0][3:] == ("Espèces, sac S-1", "attend le relevé bancaire")
    monkeypatch.setattr(cash_taking_back, "ask_text", lambda *_given: "jamais partie")
    screen._act.click()
    with book.read() as session:
        assert balance(session) == Money(12_000)
        assert session.scalar(select(func.count(CashDeposit.id))) == 2
    assert [row[4] for row in shown(screen, "deposits")][-1] == "annulée"


def test_what_is_over_is_proposed_for_closing_months_before_days(desk, book):
    with book.action("recette") as session:
        recording.take(session, lunch(date(2026, 10, 6)), NOW)
    with book.read() as session:
        found = choices(session, TODAY)
    assert [each.kind for each in found] == [ClosingKind.MONTH, ClosingKind.DAY, ClosingKind.DAY]
    assert close_one(desk, found[0])
    with book.read() as session:
        kinds = session.scalars(select(PeriodClosing.kind).order_by(PeriodClosing.id))
        assert list(kinds) == [ClosingKind.DAY, ClosingKind.MONTH]
        assert [each.day for each in choices(session, TODAY)] == [FRIDAY]


def test_a_month_that_is_over_is_told_until_it_is_closed(screen, book):
    counted(book, 120, reason=None)
    with book.action("recette") as session:
        recording.take(session, lunch(date(2026, 10, 6)), NOW)
    assert "octobre 2026" in screen.notice.text
    with book.action("clôture") as session:
        closing.close_month(session, date(2026, 10, 6), NOW)
    assert not screen.notice.text
    screen.bar.previous.click()
    assert shown(screen, "closings")[0][0] == "Mois\u00a0: octobre 2026"


def test_a_typed_sheet_opens_the_count_of_its_day(screen, monkeypatch):
    asked = []
    monkeypatch.setattr(cash_screen, "CountDialog", lambda *given: asked.append(given) or Silent())
    day = Period(FRIDAY - timedelta(40), FRIDAY - timedelta(39))
    screen.open_at(SheetAsked("FC", day))
    assert asked[0][2] == day.first
    assert screen.bar.period == Period.month(day.first)


def test_a_record_found_is_shown_in_its_list(screen, book):
    key = counted(book)
    screen.bar.previous.click()
    screen.open_at(("cash_count", key))
    assert screen.lists.tables["counts"].current_key == ("cash_count", key)
    assert screen.bar.period == Period.month(FRIDAY)


def test_who_may_only_read_changes_nothing(qtbot, book):
    with book.action("recette") as session:
        recording.take(session, lunch(), NOW)
    book.actor = Actor("Bureau", reads=frozenset({"finance"}), writes=frozenset())
    desk = Desk(book)
    screen = CashScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    assert not screen.primary().isEnabled()
    assert not screen.notice._button.isVisible()
    desk.close()


def test_takings_typed_wrong_are_corrected_from_the_book_and_stay_sealed(
    qtbot, screen, book, monkeypatch
):
    asked = []
    dialogs = lambda *given: asked.append(given) or Silent()  # noqa: E731
    monkeypatch.setattr(cash_screen, "TakingsCorrection", dialogs)
    assert screen._mend_button.isVisible()
    screen._mend_button.click()
    ((desk, window, key),) = asked
    dialog = TakingsCorrection(desk, window, key)
    qtbot.addWidget(dialog)
    assert dialog.meals.value == 12
    assert dialog.day.value == FRIDAY
    dialog.amounts[Means.CASH, Purpose.MEALS].set_value(Money(9_000))
    dialog.amounts[Means.CARD, Purpose.MEALS].set_value(Money(3_000))
    dialog.accept()
    assert dialog.result() == 0  # nobody said why
    dialog.reason.set_value("carte notée en espèces")
    dialog.accept()
    with book.read() as session:
        wrong, right = session.scalars(select(Takings).order_by(Takings.id)).all()
        assert (right.corrects_id, right.service, right.meals) == (wrong.id, "Déjeuner", 12)
        assert wrong.is_sealed
        assert balance(session) == Money(9_000)
    screen.lists.tables["book"].go_to(("entry", wrong.entry_id))
    assert not screen._mend.isEnabled()  # what takes its place is the one to correct now


def test_takings_of_days_that_are_locked_are_corrected_today(qtbot, desk, book):
    with book.action("arrêter") as session:
        validating.validate(session, validating.drafts_before(session, TODAY), NOW)
        lock(session, TODAY, NOW)
    dialog = TakingsCorrection(desk, None, only(book, Takings).id)
    qtbot.addWidget(dialog)
    assert dialog.day.value == TODAY
    dialog.reason.set_value("deux repas oubliés")
    dialog.meals.set_value(Decimal(14))
    dialog.accept()
    with book.read() as session:
        right = session.scalars(select(Takings).order_by(Takings.id)).all()[-1]
        assert (right.day, right.meals) == (TODAY, 14)


def test_takings_brought_to_nothing_are_cancelled(qtbot, desk, book):
    dialog = TakingsCorrection(desk, None, only(book, Takings).id)
    qtbot.addWidget(dialog)
    for field in dialog.amounts.values():
        field.set_value(None)
    dialog.meals.set_value(Decimal(0))
    dialog.reason.set_value("noté deux fois")
    dialog.accept()
    with book.read() as session:
        assert balance(session) == Money(0)


def test_a_movement_of_cash_is_taken_back_from_the_book(screen, book, monkeypatch):
    with book.action("pain") as session:
        move(session, MovementFacts(FRIDAY, Money(-650), "Pain", "601000"), NOW)
    table = screen.lists.tables["book"]
    table.go_to(next(key for key in table.model.keys if key[1] in screen.lists.movements))
    monkeypatch.setattr(cash_taking_back, "ask_text", lambda *_given: "payé par carte")
    screen._mend_button.click()
    with book.read() as session:
        assert balance(session) == Money(12_000)
    assert not screen.lists.movements


def test_a_gift_in_cash_enters_the_till_and_its_chain(qtbot, desk, book):
    dialog = GiftDialog(desk)
    qtbot.addWidget(dialog)
    dialog.amount.set_value(Money(5_000))
    choose(dialog.means, Means.CASH)
    dialog.accept()
    with book.read() as session:
        last = session.scalars(select(CashEvent).order_by(CashEvent.number)).all()[-1]
        assert (last.kind, last.cash.cents, last.amount.cents) == (EventKind.MOVEMENT, 5_000, 0)
        assert balance(session) == Money(17_000)
    assert book.undo_label != "Don de 50,00\u00a0€"  # sealed: it is corrected, not undone
