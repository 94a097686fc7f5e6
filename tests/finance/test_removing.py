"""An entry that something points at stays; amounts and years nobody believes never enter."""

from datetime import date

import pytest
from sqlalchemy import select

from cantine_desktop.errors import UserError
from cantine_desktop.finance.cash import recording
from cantine_desktop.finance.cash.depositing import deposit_cash
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.ledger.posting import remove
from cantine_desktop.finance.matching.accepting import accept
from cantine_desktop.finance.matching.proposing import propose
from cantine_desktop.finance.postings.facts import TakingsFacts
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.values.money import Money
from tests.conftest import NOW
from tests.finance.bank_books import DAY, Bank, invoice, supplier


def entries(session):
    return list(session.scalars(select(Entry).order_by(Entry.id)))


def test_the_entry_of_takings_and_of_a_deposit_stay(any_book):
    with any_book.action("caisse") as session:
        parts = {(Means.CASH, Purpose.MEALS): Money(12_000)}
        recording.take(session, TakingsFacts(DAY, "Déjeuner", parts, meals=12), NOW)
        deposit_cash(session, DAY, Money(10_000), NOW)
    with any_book.read() as session:
        taken, deposited = entries(session)
        with pytest.raises(UserError, match="Recettes de service"):
            remove(session, taken)
        with pytest.raises(UserError, match="Remise d’espèces"):
            remove(session, deposited)


def test_the_entry_of_a_match_stays_and_the_purchase_it_settled_goes(any_book):
    with any_book.action("banque") as session:
        bank = Bank(session)
        invoice(session, supplier(session), 8_420)
        bank.line(DAY, -8_420, "PRLV BIOCOOP")
        accept(session, propose(session, bank.id)[0], NOW)
    with any_book.action("effacer") as session:
        bought, paid = entries(session)
        with pytest.raises(UserError, match="pointée"):
            remove(session, paid)
        remove(session, bought)
        assert entries(session) == [paid]


@pytest.mark.parametrize("euros", [10**12, 10**18])
def test_an_amount_nobody_believes_is_refused_in_a_sentence(book, euros):
    parts = {(Means.CASH, Purpose.MEALS): Money(100 * euros)}
    with pytest.raises(UserError, match="trop grand"), book.action("caisse") as session:
        recording.take(session, TakingsFacts(DAY, "Déjeuner", parts, meals=12), NOW)
    with pytest.raises(UserError, match="trop grand"), book.action("achat") as session:
        invoice(session, supplier(session), 100 * euros)


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2999, 1, 1)])
def test_a_mistyped_year_never_becomes_the_first_of_a_book(book, day):
    parts = {(Means.CASH, Purpose.MEALS): Money(100)}
    with pytest.raises(UserError, match="plausible"), book.action("caisse") as session:
        recording.take(session, TakingsFacts(day, "Déjeuner", parts, meals=1), NOW)
    with book.read() as session:
        assert not entries(session)
