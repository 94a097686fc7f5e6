"""What can be proved of matches: both sides are there, and sum to the same."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.bank.model import BankAccount, BankLine
from cantine_desktop.finance.ledger.model import Entry, Line
from cantine_desktop.finance.matching.model import (
    Match,
    MatchedBankLine,
    MatchedLine,
    MatchKind,
)
from cantine_desktop.i18n import money, tr
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.values.money import Money


def check(session: Session) -> Iterator[Finding]:
    """Find the matches whose two sides differ, or lack a line."""
    bank, ledger = _bank_sides(session), _ledger_sides(session)
    for key, kind in session.execute(select(Match.id, Match.kind).order_by(Match.id)):
        has_bank = kind is MatchKind.TAKEN_BACK or key in bank
        if not has_bank or key not in ledger:
            yield at(("match", key), tr("n’a plus de ligne d’un des deux côtés"))
            continue
        for account in sorted({*bank[key], *ledger[key]}):
            cents = bank[key].get(account, 0) - ledger[key].get(account, 0)
            if cents:
                text = tr("la banque et les comptes y diffèrent de {gap}")
                yield at(("match", key), text, gap=money(Money(cents)))
    yield from _lost(session)


def _bank_sides(session: Session) -> defaultdict[int, dict[int, int]]:
    """Return what each match holds at the bank, by account of the ledger, in cents."""
    query = (
        select(MatchedBankLine.match_id, BankAccount.account_id, BankLine.amount)
        .join(BankLine, BankLine.id == MatchedBankLine.bank_line_id)
        .join(BankAccount, BankAccount.id == BankLine.bank_account_id)
    )
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for match, account, amount in session.execute(query):
        found[match][account] = found[match].get(account, 0) + amount.cents
    return found


def _ledger_sides(session: Session) -> defaultdict[int, dict[int, int]]:
    query = select(MatchedLine.match_id, Line.account_id, Line.debit, Line.credit).join(
        Line, Line.id == MatchedLine.line_id
    )
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for match, account, debit, credit in session.execute(query):
        cents = debit.cents - credit.cents
        found[match][account] = found[match].get(account, 0) + cents
    return found


def _lost(session: Session) -> Iterator[Finding]:
    """Find the lines of matches whose bank line, line of the ledger or entry is gone."""
    for model, column, other in (
        (MatchedBankLine, MatchedBankLine.bank_line_id, BankLine),
        (MatchedBankLine, MatchedBankLine.entry_id, Entry),
        (MatchedLine, MatchedLine.line_id, Line),
    ):
        query = select(model.id).where(column.is_not(None), column.not_in(select(other.id)))
        for key in session.scalars(query.order_by(model.id)):
            spot = model.__tablename__, key
            yield at(spot, tr("parle d’une ligne qui n’existe plus"))
