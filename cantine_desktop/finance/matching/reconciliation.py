"""The reconciliation statement: why the bank and the ledger differ on a day, to the cent."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import starmap
from typing import NamedTuple, TypeVarTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    func,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from cantine_desktop.finance.bank.model import BankAccount, BankLine, BankStatement
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    FiscalYear,
    Journal,
    JournalKind,
    Line,
)
from cantine_desktop.finance.matching.model import MatchedBankLine, MatchedLine
from cantine_desktop.i18n import long_day, money, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY

Columns = TypeVarTuple("Columns")


class OpenLine(NamedTuple):
    """A line that one side has and the other has not, on the day.

    Attributes:
        key: Of the bank line, or of the line of the ledger.
        amount: Positive came in.
    """

    key: int
    day: date
    label: str
    reference: str
    amount: Money


@dataclass(frozen=True)
class Reconciliation:
    """The bank and the ledger of one account at the end of a day.

    Attributes:
        bank_balance: What the bank says; ``None`` when no statement ever gave a balance.
        ledger_balance: What the ledger says.
        only_bank: Lines of the bank that the ledger has not by that day.
        only_ledger: Lines of the ledger that the bank has not by that day.
        opening_gap: Bank less ledger before the first line imported.
        proved_by: What gave the bank’s balance: the day of a statement, and its file.
        matched: Bank lines of the account matched so far, of ``lines`` up to that day.
    """

    account: str
    number: str
    day: date
    bank_balance: Money | None
    ledger_balance: Money
    only_bank: tuple[OpenLine, ...]
    only_ledger: tuple[OpenLine, ...]
    opening_gap: Money
    proved_by: tuple[date, str] | None = None
    matched: int = 0
    lines: int = 0
    notes: tuple[str, ...] = field(default=())

    @property
    def difference(self) -> Money:
        """Bank less ledger."""
        return (self.bank_balance or Money(0)) - self.ledger_balance

    @property
    def explained(self) -> Money:
        """What the open lines of both sides make of the difference."""
        bank = sum(line.amount.cents for line in self.only_bank)
        ledger = sum(line.amount.cents for line in self.only_ledger)
        return Money(bank - ledger)

    @property
    def unexplained(self) -> Money:
        """What neither open lines nor the opening explain: zero when all is there."""
        return self.difference - self.explained - self.opening_gap

    @property
    def is_whole(self) -> bool:
        """Whether bank and ledger agree once open lines are counted."""
        return self.bank_balance is not None and not self.unexplained and not self.opening_gap


def statement_at(session: Session, account_id: int, day: date) -> Reconciliation:
    """Return the reconciliation of an account at the end of a day.

    Args:
        session: A session that reads.
        account_id: Key of the bank account.
        day: Civil day, included.
    """
    bank = session.get_one(BankAccount, account_id)
    number = session.get_one(Account, bank.account_id).number
    start = session.scalar(
        select(func.min(BankLine.day)).where(BankLine.bank_account_id == account_id)
    )
    anchor = _anchor(session, account_id, day)
    balance = None if anchor is None else _bank_balance(session, account_id, day, anchor)
    matches = _Matches(session, bank, day)
    lines, matched = matches.counted()
    ledger = _net(session, bank.account_id, day + DAY)
    gap = Money(0)
    if anchor is not None and start is not None and start <= day:
        before = _bank_balance(session, account_id, start - DAY, anchor)
        kept = _net(session, bank.account_id, start, opened=start)
        gap = before - (kept - matches.carried(start))
    made = Reconciliation(
        bank.name,
        number,
        day,
        balance,
        ledger,
        matches.only_bank(),
        matches.only_ledger(start),
        gap,
        None if anchor is None else (anchor.day, anchor.file_name),
        matched,
        lines,
    )
    return _noted(made, start)


class _Anchor(NamedTuple):
    """A balance a statement gave, at the end of a day."""

    day: date
    balance: Money
    file_name: str


def _anchor(session: Session, account_id: int, day: date) -> _Anchor | None:
    """Return the balance a statement gave nearest to a day, the latest not after it first."""
    query = (
        select(BankStatement)
        .where(BankStatement.bank_account_id == account_id)
        .order_by(BankStatement.last.desc(), BankStatement.id.desc())
    )
    found: list[_Anchor] = []
    for statement in session.scalars(query):
        if statement.closing is not None and statement.last is not None:
            found.append(_Anchor(statement.last, statement.closing, statement.file_name))
        if statement.opening is not None and statement.first is not None:
            found.append(_Anchor(statement.first - DAY, statement.opening, statement.file_name))
    before = [anchor for anchor in found if anchor.day <= day]
    if before:
        return max(before, key=lambda anchor: anchor.day)
    return min(found, key=lambda anchor: anchor.day, default=None)


def _bank_balance(session: Session, account_id: int, day: date, anchor: _Anchor) -> Money:
    low, high = min(day, anchor.day), max(day, anchor.day)
    moved = session.scalar(
        select(func.coalesce(func.sum(BankLine.amount), 0)).where(
            BankLine.bank_account_id == account_id, BankLine.day > low, BankLine.day <= high
        )
    )
    cents = _cents(moved)
    return Money(anchor.balance.cents + (cents if day > anchor.day else -cents))


def _net(session: Session, account_id: int, before: date, opened: date | None = None) -> Money:
    """Return debit less credit before a day, and the first opening entry through another."""
    first_year = select(FiscalYear.id).order_by(FiscalYear.first).limit(1).scalar_subquery()
    is_opening = Journal.kind == JournalKind.OPENING
    query = (
        select(func.coalesce(func.sum(Line.debit), 0), func.coalesce(func.sum(Line.credit), 0))
        .join(Entry, Line.entry_id == Entry.id)
        .join(Journal, Entry.journal_id == Journal.id)
        .where(Line.account_id == account_id)
        .where(or_(Entry.day < before, and_(is_opening, Entry.day <= (opened or before - DAY))))
        .where(or_(~is_opening, Entry.fiscal_year_id == first_year))
    )
    debit, credit = session.execute(query).one()
    return Money(_cents(debit) - _cents(credit))


class _Matches:
    """The lines of both sides up to a day, those that a match settles by then left out."""

    def __init__(self, session: Session, bank: BankAccount, day: date) -> None:
        self._session = session
        self._of_bank = and_(BankLine.bank_account_id == bank.id, BankLine.day <= day)
        self._of_ledger = and_(
            Line.account_id == bank.account_id,
            Entry.day <= day,
            Journal.kind != JournalKind.OPENING,
        )

    def counted(self) -> tuple[int, int]:
        """Return the lines of the bank, and those of them that are matched."""
        query = _with_match(select(func.count(BankLine.id), func.count(MatchedBankLine.match_id)))
        lines, matched = self._session.execute(query.where(self._of_bank)).one()
        return lines, matched

    def only_bank(self) -> tuple[OpenLine, ...]:
        """Return what only the bank has, the oldest first."""
        match = MatchedBankLine.match_id
        columns = (BankLine.id, BankLine.day, BankLine.label, BankLine.reference, BankLine.amount)
        query = _with_match(select(*columns)).where(self._of_bank, self._is_open(match))
        found = self._session.execute(query.order_by(BankLine.day, BankLine.id))
        return tuple(starmap(OpenLine, found))

    def only_ledger(self, start: date | None) -> tuple[OpenLine, ...]:
        """Return what only the ledger has since a first day, the oldest first."""
        match = MatchedLine.match_id
        columns = (Line.id, Entry.day, Entry.label, Entry.piece_ref, Line.debit, Line.credit)
        query = _on_ledger(select(*columns)).where(self._of_ledger, self._is_open(match))
        if start is not None:
            query = query.where(or_(match.is_not(None), Entry.day >= start))
        found = self._session.execute(query.order_by(Entry.day, Line.id))
        return tuple(
            OpenLine(key, day, label, reference, debit - credit)
            for key, day, label, reference, debit, credit in found
        )

    def carried(self, start: date) -> Money:
        """Return the ledger’s lines before a first day that a bank line came for later."""
        query = _on_ledger(select(func.coalesce(func.sum(_NET), 0))).where(
            self._of_ledger, MatchedLine.match_id.is_not(None), Entry.day < start
        )
        return Money(_cents(self._session.scalar(query)))

    def _is_open(self, match: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """Return the condition of a line that no match settles by that day."""
        return or_(match.is_(None), match.in_(self._unsettled))

    @cached_property
    def _unsettled(self) -> Sequence[int]:
        """Matches whose two sides are not the same sum by that day: few, whatever the past."""
        bank = _with_match(
            select(MatchedBankLine.match_id, type_coerce(BankLine.amount, BigInteger).label("sum"))
        ).where(self._of_bank, MatchedBankLine.match_id.is_not(None))
        ledger = _on_ledger(select(MatchedLine.match_id, -_NET)).where(
            self._of_ledger, MatchedLine.match_id.is_not(None)
        )
        both = union_all(bank, ledger).subquery()
        open_ = select(both.c.match_id).group_by(both.c.match_id)
        return self._session.scalars(open_.having(func.sum(both.c.sum) != 0)).all()


_NET = type_coerce(Line.debit, BigInteger) - type_coerce(Line.credit, BigInteger)


def _with_match(query: Select[*Columns]) -> Select[*Columns]:
    """Return a query on lines of the bank, each beside its match."""
    return query.select_from(BankLine).outerjoin(
        MatchedBankLine, MatchedBankLine.bank_line_id == BankLine.id
    )


def _on_ledger(query: Select[*Columns]) -> Select[*Columns]:
    """Return a query on lines of the ledger, each beside its match."""
    return (
        query
        .select_from(Line)
        .join(Entry, Line.entry_id == Entry.id)
        .join(Journal, Entry.journal_id == Journal.id)
        .outerjoin(MatchedLine, MatchedLine.line_id == Line.id)
    )


def _noted(made: Reconciliation, start: date | None) -> Reconciliation:
    """Return the statement with what is missing said in words."""
    notes: list[str] = []
    if start is None:
        notes.append(tr("Aucune ligne de banque n’est importée pour ce compte."))
    if made.bank_balance is None:
        notes.append(
            tr("Aucun relevé importé ne donne de solde : la banque ne peut pas être prouvée.")
        )
    elif made.proved_by is not None and made.proved_by[0] < made.day:
        notes.append(
            tr("Le dernier solde donné par la banque est celui du {day}.").format(
                day=long_day(made.proved_by[0])
            )
        )
    if made.only_bank:
        notes.append(tr("Des lignes de banque ne sont pas encore dans les comptes : pointez-les."))
    if made.opening_gap:
        notes.append(
            tr(
                "Avant le {day}, première ligne importée, la banque et les comptes diffèrent de "
                "{gap} : l’à-nouveau du compte {number} manque ou n’est pas juste."
            ).format(
                day=long_day(start or made.day), gap=money(made.opening_gap), number=made.number
            )
        )
    if made.bank_balance is not None and made.unexplained:
        notes.append(
            tr("Il reste {gap} sans explication : un relevé manque entre deux importés.").format(
                gap=money(made.unexplained)
            )
        )
    return replace(made, notes=tuple(notes))


def _cents(value: object) -> int:
    return value.cents if isinstance(value, Money) else int(str(value))
