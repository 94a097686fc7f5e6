"""Facts in a canteen’s words become balanced entries that never change once validated."""

from datetime import date

import pytest
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger import validating
from cantine_desktop.finance.ledger.balances import balances, net_of
from cantine_desktop.finance.ledger.lettering import letter, open_items
from cantine_desktop.finance.ledger.model import Entry, Party, PartyKind
from cantine_desktop.finance.ledger.posting import DraftEntry, debit, post, remove
from cantine_desktop.finance.postings.facts import BankMovement, PurchaseFacts, Share, TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.finance.postings.movements import post_bank, post_cash_deposit
from cantine_desktop.finance.postings.purchases import post_purchase
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.conftest import NOW

DAY = date(2026, 10, 6)
OCTOBER = Period.month(DAY)


def lunch(**more):
    parts = {
        (Means.CASH, Purpose.MEALS): Money(12_000),
        (Means.CARD, Purpose.MEALS): Money(8_050),
        (Means.HELLOASSO, Purpose.MEMBERSHIPS): Money(2_000),
    }
    return TakingsFacts(DAY, "Déjeuner", parts, meals=21, **more)


def by_number(session):
    return {b.number: b.net.cents for b in balances(session, OCTOBER)}


def test_takings_debit_where_the_money_waits_and_credit_what_it_paid_for(any_book):
    with any_book.action("clôture") as session:
        takings = post_takings(session, lunch(cash_difference=Money(-20)), NOW)
        assert takings.reference == "S2026-001"
    with any_book.read() as session:
        assert by_number(session) == {
            "467100": 2_000,
            "511500": 8_050,
            "530000": 11_980,
            "658800": 20,
            "706000": -20_050,
            "756100": -2_000,
        }


def test_a_tally_that_is_not_the_takings_is_refused(book):
    with pytest.raises(UserError, match="décompte"), book.action("clôture") as session:
        post_takings(session, lunch(tally={Money(1_000): 21}), NOW)


def supplier(session):
    party = Party(code="BIOCOOP", name="Biocoop", kind=PartyKind.SUPPLIER)
    session.add(party)
    session.flush()
    return party.id


def test_an_invoice_paid_at_the_bank_is_settled(any_book):
    with any_book.action("facture") as session:
        party = supplier(session)
        shares = (Share("601000", Money(8_420)),)
        post_purchase(session, PurchaseFacts(party, DAY, "F-0123", "Biocoop", shares))
        (owed,) = open_items(session, "401", party)
        assert owed.amount == Money(-8_420)
        settled = (Share("401000", Money(-8_420)),)
        paid = post_bank(
            session,
            BankMovement(
                DAY, "512000", "BQ1", "PRLV BIOCOOP", "F-0123", Money(-8_420), settled, party=party
            ),
        )
        other = next(line.id for line in paid.lines if line.party_id)
        assert letter(session, [owed.line_id, other], DAY).code == "AAA"
        assert not open_items(session, "401")
        assert net_of(session, "512") == Money(-8_420)


def test_an_entry_that_does_not_balance_says_by_how_much(book):
    wrong = DraftEntry("OD", DAY, "x", "y", (debit("530000", Money(5)), debit("580000", Money(5))))
    with pytest.raises(UserError, match="0,10"), book.action("écriture") as session:
        post(session, wrong)


def test_validated_entries_are_numbered_without_a_gap_and_stay(any_book):
    with any_book.action("remises") as session:
        for number in range(3):
            post_cash_deposit(session, DAY, Money(100), f"R{number}", None)
    with any_book.action("validation", undoable=False) as session:
        drafts = validating.drafts_before(session, OCTOBER.end)
        validating.validate(session, drafts, NOW)
        assert [entry.number for entry in drafts] == [1, 2, 3]
    with any_book.action("annulation") as session:
        entry = session.scalars(select(Entry)).first()
        back = validating.reverse(session, entry, DAY, "erreur")
        assert net_of(session, "530") == Money(-200)
        assert back.number is None
    with pytest.raises(UserError, match="validée"), any_book.action("effacer") as session:
        remove(session, session.scalars(select(Entry)).first())


def test_years_opened_before_2025_keep_the_old_numbers(book):
    before = DraftEntry(
        "OD",
        date(2024, 5, 2),
        "Quote-part",
        "Q1",
        (debit("139000", Money(100)), debit("747000", Money(-100))),
    )
    with book.action("quote-part") as session:
        post(session, before)
        numbers = {b.number for b in balances(session, Period.year(date(2024, 1, 1)))}
        assert numbers == {"139000", "777000"}
