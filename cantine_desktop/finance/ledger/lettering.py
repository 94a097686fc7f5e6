"""Settling lines against each other (lettrage); validated lines are lettered too.

A lettering is a row beside the lines: it never touches what is sealed.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.model import Account, Entry, LetteredLine, Lettering, Line
from cantine_desktop.i18n import money, tr
from cantine_desktop.values.money import Money


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
        line_ids: Lines of one account that letters, and of one party.
        day: Civil day of the lettering.

    Raises:
        UserError: They differ in account or party, do not sum to zero, or one is settled.
    """
    lines = list(session.scalars(select(Line).where(Line.id.in_(line_ids))))
    if len({(line.account_id, line.party_id) for line in lines}) != 1:
        raise UserError(tr("On ne lettre ensemble que les lignes d’un même compte et tiers."))
    gap = sum(line.debit.cents - line.credit.cents for line in lines)
    if gap:
        raise UserError(
            tr("Ces lignes ne se soldent pas : il reste {gap}.").format(gap=money(Money(abs(gap))))
        )
    settled = select(LetteredLine.id).where(LetteredLine.line_id.in_(line_ids)).limit(1)
    if session.scalar(settled) is not None:
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


def unletter(session: Session, line_id: int) -> None:
    """Take back the lettering of a line, and of those settled with it."""
    row = session.scalar(select(LetteredLine).where(LetteredLine.line_id == line_id))
    if row is None:
        return
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


def open_items(
    session: Session, account: str, party_id: int | None = None, before: date | None = None
) -> list[OpenItem]:
    """Return the lines of an account that nothing settles yet, oldest first.

    Args:
        session: A session that reads.
        account: Its number, or the beginning of several.
        party_id: Only those of a party; ``None`` is all.
        before: Only those dated before a day.
    """
    query = (
        select(Line, Entry, Account.number)
        .join(Entry, Line.entry_id == Entry.id)
        .join(Account, Line.account_id == Account.id)
        .outerjoin(LetteredLine, LetteredLine.line_id == Line.id)
        .where(Account.number.startswith(account), LetteredLine.id.is_(None))
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
