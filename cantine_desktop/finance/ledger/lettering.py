"""Settling lines against each other (lettrage); validated lines are lettered too.

A lettering is a row beside the lines: it never touches what is sealed.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased

from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    FiscalYear,
    LetteredLine,
    Lettering,
    Line,
)
from cantine_desktop.i18n import money, tr
from cantine_desktop.values.money import Money

PROVISIONAL = "provisional-opening"
"""Fact of an opening entry that is written again until the year before is closed."""


class OpenItem(NamedTuple):
    """A line that nothing settles yet.

    Attributes:
        amount: Debit less credit, in cents: positive is owed to the canteen.
    """

    line_id: int
    entry_id: int
    day: date
    account: str
    party_id: int | None
    label: str
    piece_ref: str
    amount: Money
    due_day: date | None


def letter(session: Session, line_ids: Sequence[int], day: date) -> Lettering:
    """Settle lines that sum to nothing.

    Args:
        session: The session of an action.
        line_ids: Lines of one account that letters, and of one party; those of a closed
            year stand for the opening lines that carry them.
        day: Civil day of the lettering.

    Raises:
        UserError: They differ in account or party, do not sum to zero, or one is settled.
    """
    line_ids = current_lines(session, line_ids)
    lines = list(session.scalars(select(Line).where(Line.id.in_(line_ids))))
    if len({(line.account_id, line.party_id) for line in lines}) != 1:
        raise UserError(tr("On ne lettre ensemble que les lignes d’un même compte et tiers."))
    gap = sum(line.debit.cents - line.credit.cents for line in lines)
    if gap:
        raise UserError(
            tr("Ces lignes ne se soldent pas : il reste {gap}.").format(gap=money(Money(abs(gap))))
        )
    if is_settled(session, line_ids):
        raise UserError(tr("Une de ces lignes est déjà lettrée."))
    account_id = lines[0].account_id
    count = session.scalar(select(func.max(Lettering.id)).where(Lettering.account_id == account_id))
    last = session.get(Lettering, count) if count else None
    lettering = Lettering(
        account_id=account_id,
        code=following_code(last.code if last else ""),
        lettered_on=day,
    )
    session.add(lettering)
    session.flush()
    session.add_all(LetteredLine(lettering_id=lettering.id, line_id=line.id) for line in lines)
    session.flush()
    return lettering


def current_lines(session: Session, line_ids: Sequence[int]) -> list[int]:
    """Return the lines, each replaced by the opening line that carries it now."""
    found = list(line_ids)
    while True:
        query = select(Line.carries_id, Line.id).where(Line.carries_id.in_(found))
        later = dict(session.execute(query).all())
        if not later:
            return found
        found = [later.get(key, key) for key in found]


def is_settled(session: Session, line_ids: Sequence[int]) -> bool:
    """Tell whether one of some lines is lettered."""
    query = select(LetteredLine.id).where(LetteredLine.line_id.in_(line_ids)).limit(1)
    return session.scalar(query) is not None


def unletter(session: Session, line_id: int) -> None:
    """Take back the lettering of a line, and of those settled with it.

    Raises:
        UserError: They are of a closed year, whose settled lines were not carried.
    """
    row = session.scalar(select(LetteredLine).where(LetteredLine.line_id == line_id))
    if row is None:
        return
    closed = (
        select(LetteredLine.id)
        .join(Line, LetteredLine.line_id == Line.id)
        .join(Entry, Line.entry_id == Entry.id)
        .join(FiscalYear, Entry.fiscal_year_id == FiscalYear.id)
        .where(LetteredLine.lettering_id == row.lettering_id, FiscalYear.sealed_at.is_not(None))
    )
    if session.scalar(closed.limit(1)) is not None:
        raise UserError(tr("Ces lignes sont d’un exercice clos : leur lettrage ne change plus."))
    others = select(LetteredLine).where(LetteredLine.lettering_id == row.lettering_id)
    for lettered in session.scalars(others):
        session.delete(lettered)
    session.flush()


def following_code(code: str) -> str:
    """Return the code after another: ``AAA``, ``AAB``, … ``ZZZ``, ``AAAA``."""
    if not code:
        return "AAA"
    letters = list(code)
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] != "Z":
            letters[place] = chr(ord(letters[place]) + 1)
            return "".join(letters)
        letters[place] = "A"
    return "A" + "".join(letters)


def _is_carried(before: date | None) -> ColumnElement[bool]:
    """Return the condition that an opening entry, of before a day, takes a line over."""
    carrying, opening = aliased(Line), aliased(Entry)
    found = exists().where(carrying.carries_id == Line.id, opening.id == carrying.entry_id)
    return found if before is None else found.where(opening.day < before)


def open_items(
    session: Session, account: str, party_id: int | None = None, before: date | None = None
) -> list[OpenItem]:
    """Return the lines of an account that nothing settles yet, oldest first.

    Args:
        session: A session that reads.
        account: Its number, or the beginning of several.
        party_id: Only those of a party; ``None`` is all.
        before: Only those dated before a day.

    A line of a closed year is told by the opening line that carries it.
    """
    query = (
        select(Line, Entry, Account.number)
        .join(Entry, Line.entry_id == Entry.id)
        .join(Account, Line.account_id == Account.id)
        .outerjoin(LetteredLine, LetteredLine.line_id == Line.id)
        .where(Account.number.startswith(account), LetteredLine.id.is_(None))
        .where(Entry.fact != PROVISIONAL, ~_is_carried(before))
        .order_by(Entry.day, Line.id)
    )
    if party_id is not None:
        query = query.where(Line.party_id == party_id)
    if before is not None:
        query = query.where(Entry.day < before)
    return [
        OpenItem(
            line.id,
            entry.id,
            entry.day,
            number,
            line.party_id,
            line.label or entry.label,
            entry.piece_ref,
            line.debit - line.credit,
            line.due_day,
        )
        for line, entry, number in session.execute(query)
    ]
