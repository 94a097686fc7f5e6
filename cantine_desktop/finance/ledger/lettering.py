"""Settling lines against each other (lettrage); validated lines are lettered too.

A lettering is a row beside the lines: it never touches what is sealed.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, select
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
    lines, is_taken = _standing(session, line_ids)
    if len({(line.account_id, line.party_id) for line in lines}) != 1:
        raise UserError(tr("On ne lettre ensemble que les lignes d’un même compte et tiers."))
    gap = sum(line.debit.cents - line.credit.cents for line in lines)
    if gap:
        raise UserError(
            tr("Ces lignes ne se soldent pas : il reste {gap}.").format(gap=money(Money(abs(gap))))
        )
    if is_taken:
        raise UserError(tr("Une de ces lignes est déjà lettrée."))
    account_id = lines[0].account_id
    last = session.scalar(_last_code(), {"account": account_id})
    lettering = Lettering(
        account_id=account_id,
        code=following_code(last or ""),
        lettered_on=day,
    )
    session.add(lettering)
    session.flush()
    session.add_all(LetteredLine(lettering_id=lettering.id, line_id=line.id) for line in lines)
    return lettering


def _standing(session: Session, line_ids: Sequence[int]) -> tuple[list[Line], bool]:
    """Return the lines that stand for some now, and whether one of them is lettered."""
    rows = session.execute(_lines_as_they_stand(), {"keys": list(line_ids)}).all()
    if any(carrying is not None for _line, carrying, _lettered in rows):
        keys = current_lines(session, line_ids)
        rows = session.execute(_lines_as_they_stand(), {"keys": keys}).all()
    lines = {line.id: line for line, _carrying, _lettered in rows}
    return list(lines.values()), any(lettered is not None for _, _, lettered in rows)


@cache
def _lines_as_they_stand() -> Select[Line, Any, Any]:
    carrying = aliased(Line)
    return (
        select(Line, carrying.id, LetteredLine.id)
        .outerjoin(carrying, carrying.carries_id == Line.id)
        .outerjoin(LetteredLine, LetteredLine.line_id == Line.id)
        .where(Line.id.in_(bindparam("keys", expanding=True)))
    )


@cache
def _last_code() -> Select[str]:
    query = select(Lettering.code).where(Lettering.account_id == bindparam("account"))
    return query.order_by(Lettering.id.desc()).limit(1)


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
        raise UserError(tr("Ces lignes sont d’un exercice clos : leur lettrage ne change plus."))
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
