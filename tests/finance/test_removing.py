"""An entry that something points at stays; another draft goes."""

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
