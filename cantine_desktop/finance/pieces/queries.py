"""What the screen of pieces shows: the inbox, and what has no proof yet."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from cantine_desktop.finance.ledger.model import Account, Entry, Journal, JournalKind, Line, Party
from cantine_desktop.finance.pieces.model import MissingPiece, Piece, PieceLink
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

SPENT_ON = ("20", "21", "23", "601", "602", "604", "605", "606", "607", "608", "61", "62", "63")
"""Beginnings of the accounts whose debit a proof must vouch for: purchases and expenses."""
SPENT_TOO = ("651", "652", "653", "654", "656", "657", "658", "67")
VOUCHED_BY_BANK = ("627",)
"""The bank’s own statement proves its fees."""

WITHOUT_PROOF = frozenset(
    {"delivery", "stock", "depreciation", "takings", "payroll", "grant", "gift", "waiver",
     "volunteering", "in-kind", "opening", "closing", "cash-deposit", "cash-difference"}
)  # fmt: skip
"""Facts that other papers prove, or that prove themselves."""

PROVED_FACTS = ("purchase", "expense-claim")
"""Facts that need a proof in the journal of miscellaneous entries: the others put right."""

_OTHER_JOURNALS = (JournalKind.OPENING, JournalKind.PAYROLL, JournalKind.IN_KIND, JournalKind.SALES)


class MissingRow(NamedTuple):
    """Something spent that no piece proves.

    Attributes:
        entry_id: The entry, or ``None`` when only the bank knows of it.
        bank_line_id: The line of the bank, when it has no entry yet.
        amount: What was spent, positive.
        asked_on: Day the proof was last asked for.
        lost_reason: Why it will not come, when it was declared lost.
    """

    day: date
    label: str
    party: str
    party_id: int | None
    amount: Money
    reference: str
    entry_id: int | None = None
    bank_line_id: int | None = None
    asked_on: date | None = None
    lost_reason: str = ""


class BankSpending(NamedTuple):
    """A line of the bank that went out and has no entry yet.

    Attributes:
        line_id: Its key among the lines of the bank.
        amount: What went out, positive.
    """

    line_id: int
    day: date
    label: str
    amount: Money
    reference: str = ""


def missing(
    session: Session, period: Period, unmatched: Sequence[BankSpending] = ()
) -> list[MissingRow]:
    """Return what was spent in a period and has no piece, oldest first.

    What was declared lost stays in the list, with its reason.

    Args:
        session: A session that reads.
        period: Accounting days.
        unmatched: Lines of the bank without an entry, of these days; who calls gives them,
            for the bank and its matching stand beside and above pieces.
    """
    return sorted(_entries(session, period) + _bank_lines(session, unmatched), key=_by_day)


def _by_day(row: MissingRow) -> tuple[date, int, int]:
    return row.day, row.entry_id or 0, row.bank_line_id or 0


def _spent() -> ColumnElement[bool]:
    beginnings = [Account.number.startswith(each) for each in (*SPENT_ON, *SPENT_TOO)]
    others = [~Account.number.startswith(each) for each in VOUCHED_BY_BANK]
    return and_(or_(*beginnings), *others)


def _entries(session: Session, period: Period) -> list[MissingRow]:
    back = aliased(Entry)
    spent = func.sum(Line.debit)
    query = (
        select(Entry, spent, MissingPiece)
        .join(Line, Line.entry_id == Entry.id)
        .join(Account, Account.id == Line.account_id)
        .join(Journal, Journal.id == Entry.journal_id)
        .outerjoin(MissingPiece, MissingPiece.entry_id == Entry.id)
        .where(
            Entry.day >= period.first,
            Entry.day < period.end,
            Entry.reverses_id.is_(None),
            Entry.fact.not_in(WITHOUT_PROOF),
            Entry.origin_table != Piece.__tablename__,
            Journal.kind.not_in(_OTHER_JOURNALS),
            (Journal.kind != JournalKind.MISCELLANEOUS) | Entry.fact.in_(PROVED_FACTS),
            Line.debit > Money(0),
            _spent(),
            ~exists().where(PieceLink.entry_id == Entry.id),
            ~_proved_at_bank(),
            ~exists().where(back.reverses_id == Entry.id),
        )
        .group_by(Entry.id, MissingPiece.id)
    )
    found = [(entry, _money(total), note) for entry, total, note in session.execute(query)]
    parties = _parties(session, [entry.id for entry, _total, _note in found])
    rows: list[MissingRow] = []
    for entry, total, note in found:
        name, key = parties.get(entry.id, ("", None))
        row = MissingRow(
            entry.day, entry.label, name, key, total, entry.piece_ref, entry_id=entry.id
        )
        rows.append(_noted(row, note))
    return rows


def _proved_at_bank() -> ColumnElement[bool]:
    """Tell an entry made of a line of the bank that already had its piece."""
    return exists().where(
        Entry.origin_table == "bank_line", PieceLink.bank_line_id == Entry.origin_key
    )


def _parties(session: Session, entries: list[int]) -> dict[int, tuple[str, int]]:
    found: dict[int, tuple[str, int]] = {}
    for at in range(0, len(entries), 500):
        query = (
            select(Line.entry_id, Party.name, Party.id)
            .join(Party, Party.id == Line.party_id)
            .where(Line.entry_id.in_(entries[at : at + 500]))
        )
        found |= {entry: (name, key) for entry, name, key in session.execute(query)}
    return found


def _bank_lines(session: Session, unmatched: Sequence[BankSpending]) -> list[MissingRow]:
    if not unmatched:
        return []
    linked = select(PieceLink.bank_line_id).where(PieceLink.bank_line_id.is_not(None))
    proved = set(session.scalars(linked))
    query = select(MissingPiece).where(MissingPiece.bank_line_id.is_not(None))
    notes = {note.bank_line_id: note for note in session.scalars(query)}
    return [
        _noted(
            MissingRow(
                line.day,
                line.label,
                "",
                None,
                line.amount,
                line.reference,
                bank_line_id=line.line_id,
            ),
            notes.get(line.line_id),
        )
        for line in unmatched
        if line.line_id not in proved
    ]


def _noted(row: MissingRow, note: MissingPiece | None) -> MissingRow:
    if note is None:
        return row
    return row._replace(asked_on=note.asked_on, lost_reason=note.reason if note.lost_on else "")


def objects(session: Session, pieces: Sequence[Piece]) -> dict[int, str]:
    """Return what pieces without a supplier are about: the words of the entry they prove.

    Args:
        session: A session that reads.
        pieces: Of any kind; those that have a supplier are left out.
    """
    nameless = [piece.id for piece in pieces if not piece.supplier]
    found: dict[int, str] = {}
    for at in range(0, len(nameless), 500):
        query = (
            select(PieceLink.piece_id, Entry.label)
            .join(Entry, Entry.id == PieceLink.entry_id)
            .where(PieceLink.piece_id.in_(nameless[at : at + 500]))
            .order_by(Entry.day.desc(), Entry.id.desc())
        )
        found |= dict(session.execute(query).all())
    return found


def _money(value: object) -> Money:
    return value if isinstance(value, Money) else Money(int(str(value)))
