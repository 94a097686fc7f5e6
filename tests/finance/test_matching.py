"""Bank lines find what they pay, say why, and every cent of the difference is explained."""

import pytest
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash.depositing import deposit_cheques
from cantine_desktop.finance.ledger.balances import net_of
from cantine_desktop.finance.ledger.lettering import open_items
from cantine_desktop.finance.ledger.posting import DraftEntry, credit, debit, post
from cantine_desktop.finance.ledger.validating import drafts_before, validate
from cantine_desktop.finance.matching.accepting import accept, accept_all, reject
from cantine_desktop.finance.matching.checks import check
from cantine_desktop.finance.matching.model import Match, MatchingRule, MatchKind
from cantine_desktop.finance.matching.proposal import Choice, OtherSide
from cantine_desktop.finance.matching.proposing import propose
from cantine_desktop.finance.matching.reconciliation import statement_at
from cantine_desktop.finance.matching.unmatching import match_of, unmatch
from cantine_desktop.finance.postings.means import Means
from cantine_desktop.finance.postings.movements import post_cash_deposit
from cantine_desktop.values.money import Money
from tests.conftest import NOW
from tests.finance.bank_books import DAY, Bank, days, first, invoice, service, supplier


def test_an_invoice_is_proposed_for_its_payment_with_the_reasons_in_words(any_book):
    with any_book.action("banque") as session:
        bank = Bank(session)
        invoice(session, supplier(session), 8_420)
        bank.line(DAY + days(2), -8_420, "PRLV SEPA BIOCOOP F-0123")
        proposal = first(session, bank)
        assert proposal.is_sure
        assert proposal.reasons == (
            "même montant",
            "2 jours après",
            "le libellé contient BIOCOOP",
            "le libellé cite F-0123",
        )
        accept(session, proposal, NOW)
        assert not open_items(session, "401")
        assert net_of(session, "512") == Money(-8_420)
        assert not propose(session, bank.id)


def test_accepting_is_one_step_and_undo_takes_all_of_it_back(any_book):
    with any_book.action("banque") as session:
        bank = Bank(session)
        invoice(session, supplier(session), 8_420)
        bank.line(DAY + days(2), -8_420, "PRLV SEPA BIOCOOP")
    with any_book.action("pointer") as session:
        accept(session, first(session, bank), NOW)
    any_book.undo()
    with any_book.read() as session:
        assert len(open_items(session, "401")) == 1
        assert net_of(session, "512") == Money(0)
        assert session.scalars(select(MatchingRule)).all() == []
        assert first(session, bank).is_sure


def test_a_card_payout_covers_the_oldest_services_and_keeps_its_fee(book):
    with book.action("banque") as session:
        bank = Bank(session)
        for n, cents in enumerate((20_000, 18_050, 25_500)):
            service(session, DAY + days(n), Means.CARD, cents)
        bank.line(DAY + days(3), 38_050 - 666, "VIR SUMUP PAYMENTS")
        proposal = first(session, bank)
        assert proposal.choice.kind is MatchKind.CARDS
        assert proposal.choice.fee == Money(666)
        assert not proposal.is_sure
        accept(session, proposal, NOW)
        assert net_of(session, "627") == Money(666)
        assert [item.amount for item in open_items(session, "5115")] == [Money(25_500)]


def test_a_fee_the_file_gives_is_exact(book):
    with book.action("banque") as session:
        bank = Bank(session)
        for n, cents in enumerate((20_000, 18_050)):
            service(session, DAY + days(n), Means.CARD, cents)
        bank.line(DAY + days(3), 38_050 - 666, "VIR SUMUP", fee=Money(666))
        proposal = first(session, bank)
        assert proposal.is_sure
        assert "commission donnée par le relevé" in proposal.reasons


def test_a_cheque_slip_of_several_services_is_sure_only_when_nothing_else_makes_its_sum(book):
    with book.action("banque") as session:
        bank = Bank(session)
        for n, cents in enumerate((1_000, 2_500, 4_700)):
            service(session, DAY + days(n), Means.CHEQUE, cents)
        bank.line(DAY + days(5), 8_200, "REMISE CHEQUES 0012")
        proposal = first(session, bank)
        assert len(proposal.choice.items) == 3
        assert proposal.is_sure
        service(session, DAY + days(3), Means.CHEQUE, 1_000)
        service(session, DAY + days(3), Means.CHEQUE, 3_700)
        assert not first(session, bank).is_sure


def test_a_slip_written_at_the_till_is_found_whatever_else_makes_its_sum(book):
    with book.action("banque") as session:
        bank = Bank(session)
        for n, cents in enumerate((1_000, 2_500, 4_700, 3_500, 4_700)):
            service(session, DAY + days(n), Means.CHEQUE, cents)
        waiting = [item.line_id for item in open_items(session, "5112")]
        slip = deposit_cheques(session, DAY + days(5), waiting[:3], NOW)
        bank.line(DAY + days(7), 8_200, "REMISE CHEQUES")
        proposal = first(session, bank)
        assert proposal.choice.items == tuple(waiting[:3])
        assert f"bordereau {slip.reference} de ce montant" in proposal.reasons
        assert proposal.is_sure


def test_a_match_whose_sides_differ_is_found_by_the_check(book):
    with book.action("banque") as session:
        bank = Bank(session)
        invoice(session, supplier(session), 8_420)
        line = bank.line(DAY + days(2), -8_420, "PRLV SEPA BIOCOOP")
        accept(session, first(session, bank), NOW)
        assert list(check(session)) == []
        line.amount = Money(-8_400)
        session.flush()
        (finding,) = check(session)
        assert "0,20" in finding.text


def test_cash_deposits_and_helloasso_payouts_are_found_by_their_sums(book):
    with book.action("banque") as session:
        bank = Bank(session)
        for n in range(3):
            post_cash_deposit(session, DAY + days(n), Money(14_000 + n), f"R{n}", None)
            service(session, DAY + days(n), Means.HELLOASSO, 1_500 + n)
        bank.line(DAY + days(4), 42_003, "VERSEMENT ESPECES")
        bank.line(DAY + days(9), 4_503, "VIR HELLOASSO 4471")
        kinds = [p.choice.kind for p in propose(session, bank.id)]
        assert kinds == [MatchKind.DEPOSIT, MatchKind.HELLOASSO]
        assert accept_all(session, propose(session, bank.id), NOW) == 2
        assert not open_items(session, "580")
        assert not open_items(session, "467")


def test_net_wages_paid_to_two_people_settle_one_payroll(book):
    with book.action("banque") as session:
        bank = Bank(session)
        lines = (debit("641100", Money(300_000)), credit("421000", Money(300_000)))
        post(session, DraftEntry("SA", DAY, "Paie 10/2026", "P10", lines))
        bank.line(DAY + days(1), -180_000, "VIR SALAIRE BENALI")
        bank.line(DAY + days(1), -120_000, "VIR SALAIRE MULLER")
        both = propose(session, bank.id)
        assert [len(p.choice.lines) for p in both] == [2, 2]
        assert accept_all(session, both, NOW) == 1
        assert not open_items(session, "421")


def test_a_line_already_written_by_the_accountant_is_joined_and_not_written_again(book):
    with book.action("banque") as session:
        bank = Bank(session)
        lines = (debit("627000", Money(990)), credit("512000", Money(990)))
        post(session, DraftEntry("BQ1", DAY, "Frais bancaires", "REL10", lines))
        bank.line(DAY + days(1), -990, "FRAIS TENUE DE COMPTE")
        proposal = first(session, bank)
        assert proposal.choice.kind is MatchKind.POSTED
        accept(session, proposal, NOW)
        assert net_of(session, "512") == Money(-990)


def test_a_direct_debit_is_proposed_from_its_second_time_on(book):
    with book.action("banque") as session:
        bank = Bank(session)
        line = bank.line(DAY, -2_999, "PRLV SEPA TRUCMUCHE CONTRAT 4471")
        assert propose(session, bank.id) == []
        side = OtherSide("626000", Money(-2_999), "STRUCTURE")
        accept(session, Choice((line.id,), others=(side,)), NOW)
        bank.line(DAY + days(30), -3_150, "PRLV SEPA TRUCMUCHE CONTRAT 5512")
        proposal = first(session, bank)
        assert proposal.choice.others == (OtherSide("626000", Money(-3_150), "STRUCTURE"),)
        assert "(1 fois)" in proposal.reasons[0]


def test_a_refusal_is_remembered(book):
    with book.action("banque") as session:
        bank = Bank(session)
        invoice(session, supplier(session), 8_420)
        bank.line(DAY + days(2), -8_420, "PRLV SEPA BIOCOOP")
        proposal = first(session, bank)
        reject(session, proposal)
        other = first(session, bank)
        assert other.signature != proposal.signature


def test_a_transfer_between_two_accounts_is_written_at_both_ends(book):
    with book.action("banque") as session:
        bank = Bank(session)
        savings = Bank(session, "Livret", "512100", "BQ2")
        bank.line(DAY, -100_000, "VIREMENT INTERNE LIVRET")
        savings.line(DAY + days(1), 100_000, "VIREMENT INTERNE")
        proposal = first(session, bank)
        assert proposal.choice.kind is MatchKind.TRANSFER
        accept(session, proposal, NOW)
        assert propose(session, savings.id) == []
        assert not open_items(session, "580")
        assert net_of(session, "5121") == Money(100_000)


def test_a_choice_that_leaves_a_gap_is_refused_by_how_much(book):
    with book.action("banque") as session:
        bank = Bank(session)
        party = supplier(session)
        entry = invoice(session, party, 8_420)
        line = bank.line(DAY, -8_400, "PRLV BIOCOOP")
        item = next(row.id for row in entry.lines if row.party_id)
        choice = Choice((line.id,), items=(item,))
        with pytest.raises(UserError, match="0,20"):
            accept(session, choice, NOW)


@pytest.mark.parametrize("is_validated", [False, True])
def test_unmatching_opens_again_what_was_settled(book, is_validated):
    with book.action("banque") as session:
        bank = Bank(session)
        invoice(session, supplier(session), 8_420)
        line = bank.line(DAY + days(2), -8_420, "PRLV SEPA BIOCOOP").id
        accept(session, first(session, bank), NOW)
    if is_validated:
        with book.action("valider", undoable=False) as session:
            validate(session, drafts_before(session, DAY + days(30)), NOW)
    with book.action("dépointer") as session:
        unmatch(session, match_of(session, line).id, NOW)
        assert net_of(session, "512") == Money(0)
        assert [i.amount for i in open_items(session, "401")] == [Money(-8_420)]
        assert first(session, bank).is_sure
        made = statement_at(session, bank.id, DAY + days(9))
        assert len(made.only_bank) == 1
        assert made.only_ledger == ()


def test_the_same_book_gives_the_same_proposals(book):
    with book.action("banque") as session:
        bank = Bank(session)
        party = supplier(session)
        for n in range(6):
            invoice(session, party, 5_000, DAY + days(n), f"F-{n}")
            bank.line(DAY + days(n + 3), -5_000, "PRLV BIOCOOP")
        once = propose(session, bank.id)
        assert once == propose(session, bank.id)
        assert len({p.choice.items for p in once}) == 6
        assert session.scalars(select(Match)).all() == []


def test_the_bank_takes_no_more_from_the_till_than_it_holds(any_book):
    with any_book.action("banque") as session:
        bank = Bank(session)
        service(session, DAY, Means.CASH, 5_000)
        choice = [
            Choice(
                (bank.line(DAY, cents, "VERSEMENT").id,),
                others=(OtherSide("530000", Money(cents)),),
            )
            for cents in (5_001, 5_000)
        ]
    with pytest.raises(UserError, match="La caisse"), any_book.action("trop") as session:
        accept(session, choice[0], NOW)
    with any_book.action("juste") as session:
        accept(session, choice[1], NOW)
        assert net_of(session, "530") == Money(0)
