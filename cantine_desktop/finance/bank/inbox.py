"""What a bank file would add to an account, and adding it: never the same line twice.

A line is told by its day, its amount and its plain label, and by its rank among those that have
the same three. Ids that files give are not believed: banks repeat them, leave them empty, or
make new ones at each download.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.exchange.problems import Problem
from cantine_desktop.finance.bank.model import BankAccount, BankLine, BankStatement
from cantine_desktop.finance.bank.proving import Proof, proofs
from cantine_desktop.finance.bank.reading import ReadLine, ReadStatement
from cantine_desktop.i18n import tr, trn
from cantine_desktop.storage.attachments import Attachment, attach
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import fold


class State(StrEnum):
    """What a line of a file is to the book."""

    KNOWN = "known"
    NEW = "new"
    TWIN = "twin"
    PENDING = "pending"


@dataclass(frozen=True)
class IncomingLine:
    """A line of a file, and what becomes of it.

    Attributes:
        key: Rank among the lines of the file, from 0: what ``take_in`` is told to skip.
        occurrence: Rank among the lines of its fingerprint, from 1.
        reason: Why it is not new, in words; empty for a new line.
    """

    key: int
    line: ReadLine
    state: State
    fingerprint: str
    occurrence: int
    reason: str = ""


@dataclass(frozen=True)
class Incoming:
    """What a file would add to an account.

    Attributes:
        proofs: What its balances prove.
        remarks: What could not be read.
    """

    account_id: int | None
    lines: tuple[IncomingLine, ...]
    proofs: tuple[Proof, ...] = ()
    remarks: tuple[Problem, ...] = ()

    def of(self, state: State) -> tuple[IncomingLine, ...]:
        """Return the lines in a state."""
        return tuple(line for line in self.lines if line.state is state)

    @property
    def already(self) -> tuple[IncomingLine, ...]:
        """Lines the book has."""
        return self.of(State.KNOWN)

    @property
    def new(self) -> tuple[IncomingLine, ...]:
        """Lines the book has not."""
        return self.of(State.NEW)

    @property
    def twins(self) -> tuple[IncomingLine, ...]:
        """Lines that may be in the book under other words."""
        return self.of(State.TWIN)

    @property
    def sentence(self) -> str:
        """How many there are of each: ``3 déjà importées, 24 nouvelles, 1 jumelle suspecte``."""
        parts = [
            trn("{n} déjà importée", "{n} déjà importées", len(self.already)),
            trn("{n} nouvelle", "{n} nouvelles", len(self.new)),
            trn("{n} jumelle suspecte", "{n} jumelles suspectes", len(self.twins)),
        ]
        if waiting := len(self.of(State.PENDING)):
            parts.append(trn("{n} en attente", "{n} en attente", waiting))
        return ", ".join(parts)


def fingerprint(day: date, amount: Money, label: str) -> str:
    """Return the hash of what a line is, whatever the case, accents and spaces of its label."""
    words = re.sub(r"[^a-z0-9]+", "", fold(label))
    return hashlib.sha256(f"{day}|{amount.cents}|{words}".encode()).hexdigest()


def preview(
    session: Session, account_id: int | None, statements: Sequence[ReadStatement]
) -> Incoming:
    """Tell what statements would add to an account.

    Args:
        session: Any session.
        account_id: Key of the account; ``None`` for one that is not added yet.
        statements: Those of this account.
    """
    ranked = list(_ranked(statements))
    known = _known(session, account_id, [line.day for line, _print, _rank in ranked])
    present = {(mark, rank) for _line, mark, rank in ranked}
    doubtful: dict[tuple[date, Money], list[BankLine]] = defaultdict(list)
    for kept in known.values():
        if (kept.fingerprint, kept.occurrence) not in present:
            doubtful[kept.day, kept.amount].append(kept)
    lines: list[IncomingLine] = []
    for key, (line, mark, rank) in enumerate(ranked):
        is_known = (mark, rank) in known
        state, reason = _judged(line, doubtful, is_known=is_known)
        lines.append(IncomingLine(key, line, state, mark, rank, reason))
    remarks = tuple(each for statement in statements for each in statement.remarks)
    new = [each.line for each in lines if each.state is State.NEW]
    proven = proofs(session, account_id, statements, new)
    return Incoming(account_id, tuple(lines), proven, remarks)


def _judged(
    line: ReadLine, doubtful: dict[tuple[date, Money], list[BankLine]], *, is_known: bool
) -> tuple[State, str]:
    if line.is_pending:
        return State.PENDING, tr("pas encore comptabilisée par la banque")
    if is_known:
        return State.KNOWN, tr("déjà importée")
    others = doubtful.get((line.day, line.amount))
    if others:
        text = tr("même jour, même montant que « {label} », déjà importée")
        return State.TWIN, text.format(label=others.pop(0).label)
    return State.NEW, ""


def _ranked(statements: Sequence[ReadStatement]) -> Iterator[tuple[ReadLine, str, int]]:
    """Give the lines with their fingerprints and ranks, files of a ZIP one after the other.

    Statements of one file follow each other: their twins are two movements, unless both give the
    same id. Files of a ZIP may overlap: each is ranked alone.
    """
    source = None
    counts: Counter[str] = Counter()
    ids: dict[tuple[str, str], tuple[int, int]] = {}
    for place, statement in enumerate(statements):
        if statement.source != source:
            source = statement.source
            counts.clear()
            ids.clear()
        for line in statement.lines:
            mark = fingerprint(line.day, line.amount, line.label)
            seen = ids.get((mark, line.given_id)) if line.given_id else None
            if seen is not None and seen[0] != place:
                yield line, mark, seen[1]
                continue
            if not line.is_pending:
                counts[mark] += 1
            if line.given_id:
                ids[mark, line.given_id] = (place, counts[mark])
            yield line, mark, counts[mark]


def _known(
    session: Session, account_id: int | None, days: Sequence[date]
) -> dict[tuple[str, int], BankLine]:
    """Return the lines an account has between the first and the last of some days."""
    if account_id is None or not days:
        return {}
    found = session.scalars(
        select(BankLine)
        .where(BankLine.bank_account_id == account_id)
        .where(BankLine.day.between(min(days), max(days)))
        .order_by(BankLine.id)
    )
    return {(line.fingerprint, line.occurrence): line for line in found}


class Received(NamedTuple):
    """A file that came in.

    Attributes:
        content: Kept with its statement.
        at: Instant of importing.
    """

    name: str
    content: bytes
    at: datetime


def take_in(
    session: Session,
    account_id: int,
    statements: Sequence[ReadStatement],
    name: str,
    content: bytes,
    now: datetime,
    *,
    skip: AbstractSet[int] = frozenset(),
) -> BankStatement:
    """Add the lines of statements an account has not, and keep the file.

    Taking the same file twice, or files that overlap, adds nothing twice. Suspicious twins are
    added unless ``skip`` holds their keys.

    Args:
        session: The session of an action.
        account_id: Key of the account.
        statements: Those of this account.
        name: Name of the file.
        content: The file, kept with its statement.
        now: Instant of importing.
        skip: Keys of lines of ``preview`` to leave out.
    """
    return take(session, account_id, statements, Received(name, content, now), skip)


def take(
    session: Session,
    account_id: int,
    statements: Sequence[ReadStatement],
    file: Received,
    skip: AbstractSet[int],
    step: Callable[[int], None] | None = None,
) -> BankStatement:
    """Do what ``take_in`` does, and tell ``step`` how far it is, from 0 to 100; it may raise."""
    incoming = preview(session, account_id, statements)
    wanted = [
        each
        for each in incoming.lines
        if each.state in {State.NEW, State.TWIN} and each.key not in skip
    ]
    _complete(session, account_id, incoming)
    known = _same_file(session, account_id, file.content)
    if known is not None and not wanted:
        return known
    statement = _statement(session, account_id, statements, file)
    added: set[tuple[str, int]] = set()
    for rank, each in enumerate(wanted):
        if step is not None and not rank % 200:
            step(100 * rank // len(wanted))
        if (each.fingerprint, each.occurrence) not in added:
            added.add((each.fingerprint, each.occurrence))
            session.add(_line(account_id, statement.id, each))
    session.flush()
    return statement


def _complete(session: Session, account_id: int, incoming: Incoming) -> None:
    """Give lines the book has the reference they lacked: payments are paid out days later."""
    told = {
        (each.fingerprint, each.occurrence): each.line.reference
        for each in incoming.already
        if each.line.reference
    }
    kept = _known(session, account_id, [each.line.day for each in incoming.already])
    for key, reference in told.items():
        if key in kept and not kept[key].reference:
            kept[key].reference = reference


def _same_file(session: Session, account_id: int, content: bytes) -> BankStatement | None:
    return session.scalar(
        select(BankStatement)
        .join(Attachment, Attachment.id == BankStatement.attachment_id)
        .where(BankStatement.bank_account_id == account_id)
        .where(Attachment.sha256 == hashlib.sha256(content).hexdigest())
        .limit(1)
    )


def _statement(
    session: Session, account_id: int, statements: Sequence[ReadStatement], file: Received
) -> BankStatement:
    session.get_one(BankAccount, account_id)
    ordered = sorted(statements, key=_first_day)
    kept = attach(
        session, file.content, file.name, "application/octet-stream", file.at, area="finance"
    )
    statement = BankStatement(
        bank_account_id=account_id,
        form=statements[0].form if statements else "",
        file_name=kept.name,
        imported_at=file.at,
        first=min((each.first for each in statements if each.first), default=None),
        last=max((each.last for each in statements if each.last), default=None),
        opening=next((each.opening for each in ordered if each.opening is not None), None),
        closing=next(
            (each.closing for each in reversed(ordered) if each.closing is not None), None
        ),
        attachment_id=kept.id,
    )
    session.add(statement)
    session.flush()
    return statement


def _first_day(statement: ReadStatement) -> tuple[date, date]:
    return statement.first or date.min, statement.last or statement.first or date.min


def _line(account_id: int, statement_id: int, incoming: IncomingLine) -> BankLine:
    line = incoming.line
    return BankLine(
        bank_account_id=account_id,
        statement_id=statement_id,
        day=line.day,
        amount=line.amount,
        label=line.label,
        fingerprint=incoming.fingerprint,
        occurrence=incoming.occurrence,
        value_day=line.value_day,
        fee=line.fee,
        details=line.details,
        reference=line.reference,
        code=line.code[:32],
        given_id=line.given_id,
    )
