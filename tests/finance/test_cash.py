"""The till holds what the book says, never less than nothing, and forgets nothing."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.finance.cash import queries, recording
from cantine_desktop.finance.cash.counting import CountFacts, ResolutionFacts, count, resolve
from cantine_desktop.finance.cash.denominations import Pieces
from cantine_desktop.finance.cash.depositing import (
    ChequeFacts,
    deposit_cash,
    deposit_cheques,
    take_deposit_back,
    take_slip_back,
)
from cantine_desktop.finance.cash.model import (
    CashDeposit,
    CashEvent,
    EventKind,
    Reason,
)
from cantine_desktop.finance.cash.moving import MovementFacts, move, take_movement_back
from cantine_desktop.finance.cash.waiting import waiting_cheques
from cantine_desktop.finance.ledger import validating
from cantine_desktop.finance.ledger.balances import balances, net_of
from cantine_desktop.finance.ledger.lettering import open_items
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW

DAY = date(2026, 10, 6)
OCTOBER = Period.month(DAY)


def lunch(day=DAY, cash=12_000, cheques=0, card=0, **more):
    parts = {
        (Means.CASH, Purpose.MEALS): Money(cash),
        (Means.CHEQUE, Purpose.MEALS): Money(cheques),
        (Means.CARD, Purpose.MEALS): Money(card),
    }
    return TakingsFacts(day, "Déjeuner", parts, meals=12, **more)


def sheet(euros, **more):
    """Return a count of so many coins of one euro."""
    facts = {"day": DAY, "counted_by": "AM", "checked_by": "MB"} | more
    return CountFacts(pieces={Money(100): Pieces(quantity=euros)}, **facts)


def kinds(session):
    return [event.kind.value for event in events(session)]


def events(session):
    return list(session.scalars(select(CashEvent).order_by(CashEvent.number)))


def test_takings_enter_the_chain_once_each_bound_to_the_one_before(any_book):
    with any_book.action("clôture") as session:
        takings = recording.take(session, lunch(card=500), NOW)
        again = recording.record(session, takings, NOW)
        recording.take(session, lunch(DAY + timedelta(1)), NOW)
        first, second = events(session)
        assert again.id == first.id
        assert (first.number, first.previous, second.previous) == (1, "", first.hash)
        assert (first.amount, first.cash) == (Money(12_500), Money(12_000))
    with pytest.raises(SealedError), any_book.action("tricher") as session:
        events(session)[0].amount = Money(1)


def test_a_count_posts_its_difference_and_signs_it(any_book):
    with any_book.action("comptage") as session:
        recording.take(session, lunch(), NOW)
        row = count(session, sheet(100, reason=Reason.FORGOTTEN_ENVELOPE), NOW)
        assert (row.expected, row.counted, row.difference) == (
            Money(12_000),
            Money(10_000),
            Money(-2_000),
        )
        assert row.reference == "FC2026-001"
        assert net_of(session, "530") == Money(10_000)
        assert net_of(session, "658800") == Money(2_000)
        assert kinds(session) == ["takings", "count"]


def test_a_difference_beyond_one_euro_asks_for_a_reason(book):
    with book.action("recette") as session:
        recording.take(session, lunch(), NOW)
    with pytest.raises(UserError, match="choisissez une raison"), book.action("c") as session:
        count(session, sheet(100), NOW)
    with book.action("comptage") as session:
        assert count(session, sheet(121), NOW).reason is None
        assert net_of(session, "758800") == Money(-100)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"counted_by": " "}, "initiales"),
        ({"checked_by": "AM"}, "deux personnes"),
        ({"day": date(2027, 1, 1)}, "à venir"),
        ({"reason": Reason.OTHER}, "Écrivez la raison"),
    ],
)
def test_a_count_that_proves_nothing_is_refused(book, more, words):
    with pytest.raises(UserError, match=words), book.action("comptage") as session:
        count(session, sheet(0, **more), NOW)


def test_rolls_count_and_notes_have_none(book):
    pieces = {Money(50): Pieces(quantity=3, rolls=2, for_bank=40)}
    with book.action("recette") as session:
        recording.take(session, lunch(cash=4_150), NOW)
        row = count(session, CountFacts(DAY, pieces, "AM"), NOW)
        assert not row.difference
    wrong = {Money(5_000): Pieces(rolls=1)}
    with pytest.raises(UserError, match="rouleaux"), book.action("comptage") as session:
        count(session, CountFacts(DAY, wrong, "AM"), NOW)
    too_many = {Money(50): Pieces(quantity=1, for_bank=2)}
    with pytest.raises(UserError, match="plus de"), book.action("comptage") as session:
        count(session, CountFacts(DAY, too_many, "AM"), NOW)


def test_the_envelope_found_later_takes_the_difference_back(any_book):
    with any_book.action("comptage") as session:
        recording.take(session, lunch(), NOW)
        row = count(session, sheet(100, reason=Reason.UNKNOWN), NOW)
        key = row.id
        (found,) = queries.cash_figures(session, OCTOBER).unexplained
        assert found.left == Money(-2_000)
        later = DAY + timedelta(3)
        note = "enveloppe retrouvée dans le tiroir"
        resolve(session, row.id, ResolutionFacts(later, Money(2_000), note), NOW)
        assert net_of(session, "530") == Money(12_000)
        assert net_of(session, "658800") == Money(0)
        figures = queries.cash_figures(session, OCTOBER)
        assert (figures.total, figures.number, figures.left) == (Money(-2_000), 1, Money(0))
        assert not figures.unexplained
    with pytest.raises(UserError, match="aucun écart"), any_book.action("encore") as session:
        resolve(session, key, ResolutionFacts(later, Money(2_000), note), NOW)


def test_a_card_typed_as_cash_is_resolved_onto_the_cards(book):
    with book.action("comptage") as session:
        recording.take(session, lunch(), NOW)
        row = count(session, sheet(100, reason=Reason.WRONG_MEANS), NOW)
        facts = ResolutionFacts(DAY, Money(2_000), "deux tickets de carte", "511500")
        resolve(session, row.id, facts, NOW)
        assert net_of(session, "511500") == Money(2_000)
        assert net_of(session, "530") == Money(10_000)


def test_more_than_the_difference_is_not_taken_back(book):
    with book.action("comptage") as session:
        recording.take(session, lunch(), NOW)
        key = count(session, sheet(100, reason=Reason.UNKNOWN), NOW).id
    for amount in (2_001, -1):
        facts = ResolutionFacts(DAY, Money(amount), "enveloppe")
        with pytest.raises(UserError, match="au plus"), book.action("x") as session:
            resolve(session, key, facts, NOW)


def test_cash_goes_to_the_bank_by_580(any_book):
    with any_book.action("remise") as session:
        recording.take(session, lunch(), NOW)
        pieces = {Money(5_000): 2}
        deposit = deposit_cash(session, DAY, Money(10_000), NOW, "S-118", pieces=pieces)
        assert deposit.reference == "RE2026-001"
        assert net_of(session, "580") == Money(10_000)
        assert queries.balance(session) == Money(2_000)
        assert [line.quantity for line in deposit.lines] == [2]


def test_no_more_leaves_the_till_than_it_holds_that_day(book):
    with book.action("recette") as session:
        recording.take(session, lunch(), NOW)
    with pytest.raises(UserError, match="il manquerait 0,01"), book.action("x") as session:
        deposit_cash(session, DAY, Money(12_001), NOW)
    with pytest.raises(UserError, match="5 octobre"), book.action("x") as session:
        deposit_cash(session, DAY - timedelta(1), Money(1), NOW)


def test_no_more_leaves_the_till_than_a_later_day_can_stand(any_book):
    with any_book.action("recette") as session:
        recording.take(session, lunch(), NOW)
        deposit_cash(session, DAY + timedelta(5), Money(10_000), NOW)
        recording.take(session, lunch(DAY + timedelta(9)), NOW)
    with pytest.raises(UserError, match="plus tard"), any_book.action("x") as session:
        deposit_cash(session, DAY + timedelta(2), Money(2_001), NOW)
    with any_book.action("remise") as session:
        deposit_cash(session, DAY + timedelta(2), Money(2_000), NOW)
        held = [line.held.cents for line in queries.cash_book(session, OCTOBER).lines]
        assert held == [12_000, 10_000, 0, 12_000]


def test_a_deposit_taken_back_is_in_the_till_again_and_settled(any_book):
    with any_book.action("remise") as session:
        recording.take(session, lunch(), NOW)
        key = deposit_cash(session, DAY, Money(10_000), NOW).id
        take_deposit_back(session, key, DAY, "jamais partie", NOW)
        assert queries.balance(session) == Money(12_000)
        assert kinds(session) == ["takings", "deposit", "correction"]
        assert sum(d.amount.cents for d in session.scalars(select(CashDeposit))) == 0
    with pytest.raises(UserError, match="déjà annulé"), any_book.action("x") as session:
        take_deposit_back(session, key, DAY, "encore", NOW)


def test_change_comes_from_the_bank_and_an_expense_leaves_in_cash(any_book):
    with any_book.action("caisse") as session:
        move(session, MovementFacts(DAY, Money(8_000), "Fond de caisse"), NOW)
        facts = MovementFacts(DAY, Money(-650), "Pain", "601000", activity="REPAS")
        bread = move(session, facts, NOW)
        assert queries.balance(session) == Money(7_350)
        take_movement_back(session, bread.id, DAY, "payé par carte", NOW)
        assert queries.balance(session) == Money(8_000)
    facts = MovementFacts(DAY, Money(-8_001), "Trop", "601000")
    with pytest.raises(UserError, match="n’a pas cette somme"), any_book.action("x") as session:
        move(session, facts, NOW)


def test_wrong_takings_are_taken_back_and_replaced_never_changed(any_book):
    with any_book.action("recette") as session:
        key = recording.take(session, lunch(cash=12_000, card=3_000), NOW).id
        entry = validating.drafts_before(session, OCTOBER.end)
        facts = lunch(cash=9_000, card=6_000)
        right = recording.correct(session, key, facts, "carte notée en espèces", NOW)
        assert right.corrects_id == key
        assert len(entry) == 1
        sums = {b.number: b.net.cents for b in balances(session, OCTOBER)}
        assert sums == {"511500": 6_000, "530000": 9_000, "706000": -15_000}
        assert [item.amount for item in open_items(session, "511500")] == [Money(6_000)]
        assert [e.amount.cents for e in events(session)] == [15_000, -15_000, 15_000]
        assert events(session)[1].corrects_id == events(session)[0].id
    with pytest.raises(UserError, match="déjà corrigées"), any_book.action("x") as session:
        recording.correct(session, key, facts, "encore", NOW)


def test_takings_already_validated_are_taken_back_too(any_book):
    with any_book.action("recette") as session:
        key = recording.take(session, lunch(), NOW).id
        validating.validate(session, validating.drafts_before(session, OCTOBER.end), NOW)
    with any_book.action("annulation") as session:
        recording.cancel(session, key, DAY + timedelta(1), "service annulé", NOW)
        assert queries.balance(session) == Money(0)


def test_takings_are_not_taken_back_from_a_till_that_gave_them_to_the_bank(book):
    with book.action("recette") as session:
        key = recording.take(session, lunch(), NOW).id
        deposit_cash(session, DAY, Money(12_000), NOW)
    with pytest.raises(UserError, match="n’a pas cette somme"), book.action("x") as session:
        recording.cancel(session, key, DAY, "double", NOW)


def test_a_slip_takes_the_cheques_that_wait(any_book):
    with any_book.action("bordereau") as session:
        recording.take(session, lunch(cheques=4_000), NOW)
        recording.take(session, lunch(DAY + timedelta(1), cheques=2_500), NOW)
        waiting = waiting_cheques(session)
        assert [each.amount.cents for each in waiting] == [4_000, 2_500]
        cheques = [
            ChequeFacts(Money(1_500), "0001234", "Crédit Coopératif", "Odile C."),
            ChequeFacts(Money(2_500), "0005678", "La Banque Postale", "Paul S."),
        ]
        slip = deposit_cheques(session, DAY, [waiting[0].line_id, *cheques], NOW, bank="CCM")
        assert (slip.reference, slip.total) == ("RC2026-001", Money(4_000))
        assert [line.line_id for line in slip.lines] == [waiting[0].line_id]
        assert [each.line_id for each in waiting_cheques(session)] == [waiting[1].line_id]


def test_a_slip_of_a_part_of_the_cheques_leaves_the_rest_waiting(any_book):
    with any_book.action("bordereau") as session:
        recording.take(session, lunch(cheques=4_000), NOW)
        slip = deposit_cheques(session, DAY, [ChequeFacts(Money(1_500))], NOW)
        assert slip.total == Money(1_500)
        assert [each.amount.cents for each in waiting_cheques(session)] == [2_500]
        assert net_of(session, "511200") == Money(4_000)
        assert sorted(i.amount.cents for i in open_items(session, "511200")) == [1_500, 2_500]


def test_a_slip_taken_back_lets_its_cheques_wait_again(any_book):
    with any_book.action("bordereau") as session:
        recording.take(session, lunch(cheques=4_000), NOW)
        (waiting,) = waiting_cheques(session)
        slip = deposit_cheques(session, DAY, [waiting.line_id], NOW)
        assert not waiting_cheques(session)
        take_slip_back(session, slip.id, DAY, "rejeté", NOW)
        assert waiting_cheques(session) == [waiting]


def test_no_slip_is_made_of_nothing_or_of_more_than_waits(book):
    with book.action("recette") as session:
        recording.take(session, lunch(cheques=4_000), NOW)
    with pytest.raises(UserError, match="vide"), book.action("x") as session:
        deposit_cheques(session, DAY, [], NOW)
    with pytest.raises(UserError, match="seulement attendent"), book.action("x") as session:
        deposit_cheques(session, DAY, [ChequeFacts(Money(4_001))], NOW)


def test_days_of_cash_that_nobody_counted_are_told(any_book):
    with any_book.action("recettes") as session:
        recording.take(session, lunch(), NOW)
        recording.take(session, lunch(DAY + timedelta(1)), NOW)
        recording.take(session, lunch(DAY + timedelta(2), cash=0, card=500), NOW)
        count(session, sheet(120), NOW)
        assert queries.uncounted_days(session, OCTOBER) == [DAY + timedelta(1)]


def test_a_difference_told_with_takings_counts_among_the_others(any_book):
    with any_book.action("recette") as session:
        recording.take(session, lunch(cash_difference=Money(-2_000)), NOW)
        (found,) = queries.differences(session, OCTOBER)
        assert (found.amount, found.is_explained) == (Money(-2_000), False)
        assert events(session)[0].cash == Money(10_000)


def test_the_cash_book_runs_from_the_balance_before(any_book):
    with any_book.action("recettes") as session:
        recording.take(session, lunch(date(2026, 9, 30), cash=1_000), NOW)
        recording.take(session, lunch(cash=2_000), NOW)
        book = queries.cash_book(session, OCTOBER)
        assert (book.opening, book.paid_in, book.paid_out) == (
            Money(1_000),
            Money(2_000),
            Money(0),
        )
        assert book.closing == Money(3_000)
        assert [line.fact for line in book.lines] == ["takings"]
        assert EventKind.TAKINGS in {e.kind for e in events(session)}
