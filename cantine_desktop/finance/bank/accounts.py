"""Accounts at banks and payment services: adding one, and finding the one a file speaks of."""

import re
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.bank.ibans import is_iban, plain_account, same_account
from cantine_desktop.finance.bank.model import AccountKind, BankAccount
from cantine_desktop.finance.chart.numbering import Nature, renumbered
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import Account, Journal, JournalKind
from cantine_desktop.finance.ledger.years import year_of
from cantine_desktop.i18n import mark, tr

KINDS = {
    AccountKind.BANK: mark("Compte bancaire"),
    AccountKind.SAVINGS: mark("Livret"),
    AccountKind.CARD_TERMINAL: mark("Terminal de carte"),
    AccountKind.HELLOASSO: mark("HelloAsso"),
    AccountKind.ONLINE_PAYMENTS: mark("Paiement en ligne"),
}
_ROLES = {
    AccountKind.BANK: Role.BANK,
    AccountKind.SAVINGS: Role.SAVINGS,
    AccountKind.CARD_TERMINAL: Role.CARDS,
    AccountKind.HELLOASSO: Role.HELLOASSO,
    AccountKind.ONLINE_PAYMENTS: Role.CARDS,
}
_AT_BANK = {AccountKind.BANK, AccountKind.SAVINGS}


def add_bank_account(
    session: Session,
    name: str,
    today: date,
    *,
    kind: AccountKind = AccountKind.BANK,
    iban: str = "",
    bic: str = "",
) -> BankAccount:
    """Add an account, with its journal and its account in the ledger.

    The first bank has journal ``BQ1`` and account 512000; others get the next journal and an
    account of their own (512200, 512300…). Payment services keep the account where takings wait.

    Args:
        session: The session of an action.
        name: How people call it: the bank’s name, most often.
        today: Civil day; its fiscal year is opened when there is none.
        kind: What holds the money.
        iban: Or the number its statements give; spaces are left out.
        bic: Eight or eleven signs, or empty.

    Raises:
        UserError: The name is empty or taken, or another account has this number.
    """
    plain = " ".join(name.split())
    number = plain_account(iban)
    _refuse(session, plain, number)
    year = year_of(session, today)
    wanted = renumbered(str(_ROLES[kind]), year.numbering)
    account = BankAccount(
        name=plain,
        journal_id=_journal(session, plain, kind).id,
        account_id=_ledger_account(session, wanted, plain, kind).id,
        kind=kind,
        iban=number,
        bic=plain_account(bic)[:11],
    )
    session.add(account)
    session.flush()
    return account


def _refuse(session: Session, name: str, number: str) -> None:
    if not name:
        raise UserError(tr("Donnez un nom à ce compte : celui de la banque, par exemple."))
    if re.match(r"[A-Z]{2}[0-9]{2}", number) and len(number) > 14 and not is_iban(number):
        raise UserError(
            tr("La clé de l’IBAN {iban} n’est pas bonne : recopiez-le du RIB.").format(iban=number)
        )
    for other in session.scalars(select(BankAccount)):
        if other.name == name:
            raise UserError(tr("Un compte s’appelle déjà « {name} ».").format(name=name))
        if number and other.iban == number:
            raise UserError(tr("Le compte « {name} » a déjà ce numéro.").format(name=other.name))


def _journal(session: Session, name: str, kind: AccountKind) -> Journal:
    """Return the journal of an account: one of its own at a bank, the miscellaneous one else."""
    if kind not in _AT_BANK:
        return session.scalars(select(Journal).where(Journal.code == "OD")).one()
    used = set(session.scalars(select(BankAccount.journal_id)))
    journals = session.scalars(
        select(Journal).where(Journal.kind == JournalKind.BANK).order_by(Journal.code)
    ).all()
    for journal in journals:
        if journal.id not in used:
            return journal
    codes = set(session.scalars(select(Journal.code)))
    code = next(f"BQ{n}" for n in range(1, 1000) if f"BQ{n}" not in codes)
    journal = Journal(code=code, title=f"Banque – {name}", kind=JournalKind.BANK)
    session.add(journal)
    session.flush()
    return journal


def _ledger_account(session: Session, wanted: str, name: str, kind: AccountKind) -> Account:
    """Return the account of the chart: its own at a bank, where takings wait else."""
    known = {
        account.number: account
        for account in session.scalars(select(Account).where(Account.number.like("512%")))
    }
    used = set(session.scalars(select(BankAccount.account_id)))
    if kind not in _AT_BANK:
        return session.scalars(select(Account).where(Account.number == wanted)).one()
    if wanted in known and known[wanted].id not in used:
        return known[wanted]
    numbers = (f"{n}00" for n in range(5122, 5130))
    more = (str(n) for n in range(512001, 513000))
    number = next(n for n in (*numbers, *more) if n not in known or known[n].id not in used)
    if number in known:
        return known[number]
    account = Account(number=number, title=f"Banque – {name}", nature=Nature.TREASURY)
    session.add(account)
    session.flush()
    return account


def account_for(session: Session, iban: str) -> BankAccount | None:
    """Return the active account a number names: an IBAN, or what is the heart of one.

    Returns:
        ``None`` when there is none, or when two could be meant.
    """
    number = plain_account(iban)
    found = [
        account
        for account in session.scalars(select(BankAccount).where(BankAccount.is_active))
        if same_account(account.iban, number)
    ]
    exact = [account for account in found if account.iban == number]
    candidates = exact or found
    return candidates[0] if len(candidates) == 1 else None
