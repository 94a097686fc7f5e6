"""Taking in the demonstration’s statements, matching its older months and closing them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.finance.bank.accounts import add_bank_account
from cantine_desktop.finance.bank.inbox import take_in
from cantine_desktop.finance.bank.model import BankLine
from cantine_desktop.finance.bank.recognising import read_bank_file
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger import closing as accounts
from cantine_desktop.finance.ledger.balances import net_of
from cantine_desktop.finance.ledger.lettering import OpenItem, open_items
from cantine_desktop.finance.ledger.model import Party
from cantine_desktop.finance.ledger.validating import drafts_before, validate
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.matching.accepting import accept
from cantine_desktop.finance.matching.proposal import Choice, OtherSide
from cantine_desktop.finance.month_end import sentence
from cantine_desktop.finance.month_end.model import MonthEnd
from cantine_desktop.i18n import tr
from cantine_desktop.office.demo_money.plan import Shown
from cantine_desktop.office.demo_money.statements import IBAN, months_of, ofx_of
from cantine_desktop.office.demo_money.till import after
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period

UNKNOWN = (("VIR RECU M OU MME LAMBERT", 4_500), ("PRLV SEPA ABONNEMENT 7781", -1_290))
"""Two lines nobody can explain, in the last month."""


def take_in_statements(session: Session, shown: Sequence[Shown], first: date, today: date) -> int:
    """Take in a statement for each month that is over; return the key of the bank account."""
    account = add_bank_account(session, tr("Banque coopérative (fictive)"), first, iban=IBAN)
    held = net_of(session, Role.BANK, first)
    for month in months_of(first, today):
        lines = statement_of(shown, month, today)
        held = Money(held.cents + sum(line.amount.cents for line in lines))
        content = ofx_of(lines, month, held)
        name = f"releve-{month.first:%Y-%m}.ofx"
        statements = read_bank_file(content, name)
        take_in(session, account.id, statements, name, content, after(month))
    return account.id


def statement_of(shown: Sequence[Shown], month: Period, today: date) -> list[Shown]:
    """Return what the bank shows of a month; the last one has lines nobody can explain."""
    lines = [line for line in shown if line.day in month]
    if month.end <= today < Period.month(month.end).end:
        day = month.first + 17 * DAY
        lines += [Shown(day, Money(cents), label) for label, cents in UNKNOWN]
    return sorted(lines, key=lambda line: line.day)


def match_months(
    session: Session, account: int, shown: Sequence[Shown], months: Sequence[Period]
) -> None:
    """Accept what the lines of some months truly are, as a person would."""
    waiting: dict[tuple[date, Money, str], list[Shown]] = defaultdict(list)
    for told in shown:
        waiting[told.day, told.amount, told.label].append(told)
    parties = {party.code: party.id for party in session.scalars(select(Party))}
    for month in months:
        items: dict[tuple[str, str], list[OpenItem]] = defaultdict(list)
        for item in open_items(session, "", before=month.end):
            items[item.account, item.piece_ref].append(item)
        query = (
            select(BankLine)
            .where(BankLine.bank_account_id == account)
            .where(BankLine.day >= month.first, BankLine.day < month.end)
            .order_by(BankLine.day, BankLine.id)
        )
        for line in session.scalars(query).all():
            truth = waiting[line.day, line.amount, line.label].pop(0)
            accept(session, choice_of(line, truth, items, parties), after(month))


def choice_of(
    line: BankLine,
    truth: Shown,
    items: dict[tuple[str, str], list[OpenItem]],
    parties: dict[str, int],
) -> Choice:
    """Return what a person would answer for a line, knowing what it truly is."""
    if not truth.settles:
        other = OtherSide(truth.account, line.amount, truth.activity, label=truth.label)
        return Choice((line.id,), others=(other,))
    keys = tuple(
        item.line_id
        for settled in truth.settles
        for item in items[str(settled.account), settled.piece_ref]
    )
    party = parties.get(truth.party)
    assert party is not None or not truth.party
    return Choice((line.id,), items=keys, fee=truth.fee)


def close_months(session: Session, months: Sequence[Period]) -> None:
    """Close months one after the other, each on the fifth of the next."""
    for month in months:
        now = after(month)
        if month.first.month == _ASSEMBLY:
            _assign_result(session, month)
        validate(session, drafts_before(session, month.end), now)
        accounts.lock(session, month.end, now)
        end = MonthEnd(month=month.first, begun_at=now, sentence=sentence.proposed(session, month))
        end.closed_at = now
        session.add(end)
        session.flush()
        seal(session, [end], now)
        year = find_year(session, month.first)
        if year is not None and year.end == month.end and len(months) > _BEFORE_CLOSING:
            accounts.close_year(session, year, now)


_BEFORE_CLOSING = 4
_ASSEMBLY = 4
"""The month of the general assembly, that decides of the result."""


def _assign_result(session: Session, month: Period) -> None:
    """Write what the assembly decided of the result of the year before."""
    year = find_year(session, month.first)
    if year is not None and accounts.unassigned_result(session, year):
        accounts.assign_result(session, year, month.last)
