"""Small books of a bank: an account, its lines, and what waits to be paid."""

from datetime import date, timedelta

from sqlalchemy import select

from cantine_desktop.finance.bank.model import BankAccount, BankLine, BankStatement
from cantine_desktop.finance.ledger.model import (
    Account,
    Journal,
    JournalKind,
    Party,
    PartyKind,
)
from cantine_desktop.finance.ledger.years import year_of
from cantine_desktop.finance.matching.proposing import propose
from cantine_desktop.finance.postings.facts import PurchaseFacts, Share, TakingsFacts
from cantine_desktop.finance.postings.means import Purpose
from cantine_desktop.finance.postings.purchases import post_purchase
from cantine_desktop.finance.postings.takings import post_takings
from cantine_desktop.values.money import Money
from tests.conftest import NOW

DAY = date(2026, 10, 6)


class Bank:
    """A bank account in an action, to which lines are added."""

    def __init__(self, session, name="Crédit coopératif", number="512000", code="BQ1"):
        self.session = session
        year_of(session, DAY)
        journal = session.scalar(select(Journal.id).where(Journal.code == code))
        if journal is None:
            row = Journal(code=code, title="Livret", kind=JournalKind.BANK)
            session.add(row)
            session.flush()
            journal = row.id
        account = session.scalar(select(Account.id).where(Account.number == number))
        row = BankAccount(name=name, journal_id=journal, account_id=account)
        session.add(row)
        session.flush()
        self.id = row.id
        self.count = 0

    def line(self, day, cents, label, **more):
        self.count += 1
        row = BankLine(
            bank_account_id=self.id,
            statement_id=None,
            day=day,
            amount=Money(cents),
            label=label,
            fingerprint=f"{self.id}-{self.count}",
            **more,
        )
        self.session.add(row)
        self.session.flush()
        return row


def supplier(session, name="Biocoop de quartier", code="BIOCOOP"):
    party = Party(code=code, name=name, kind=PartyKind.SUPPLIER)
    session.add(party)
    session.flush()
    return party.id


def invoice(session, party, cents, day=DAY, number="F-0123"):
    shares = (Share("601000", Money(cents)),)
    return post_purchase(session, PurchaseFacts(party, day, number, "Facture", shares))


def service(session, day, means, cents):
    parts = {(means, Purpose.MEALS): Money(cents)}
    post_takings(session, TakingsFacts(day, "Déjeuner", parts, meals=9), NOW)


def days(n):
    return timedelta(days=n)


def first(session, bank):
    (proposal,) = propose(session, bank.id)
    return proposal


def statement(session, bank, first_day, last, opening, closing):
    session.add(
        BankStatement(
            bank_account_id=bank.id,
            form="ofx",
            file_name="oct.ofx",
            imported_at=NOW,
            first=first_day,
            last=last,
            opening=Money(opening),
            closing=Money(closing),
        )
    )
    session.flush()
