"""Closing a year: everything validated, the next one opened, the year sealed.

No entry zeroes classes 6 and 7: their result is carried in the opening entry alone
(LPF art. A.47 A-1, VII-1°). Class 8 is not carried.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.carrying import (
    OPENING,
    Carried,
    carried_lines,
    openings,
    result_of,
    take_over,
)
from cantine_desktop.finance.ledger.lettering import PROVISIONAL
from cantine_desktop.finance.ledger.locking import lock, unlock
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    FiscalYear,
    Journal,
    JournalKind,
    Line,
)
from cantine_desktop.finance.ledger.posting import DraftEntry, DraftLine, credit, debit, post
from cantine_desktop.finance.ledger.validating import drafts_of, validate
from cantine_desktop.finance.ledger.years import previous_year, year_of
from cantine_desktop.i18n import long_day, money, tr
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY

__all__ = [
    "Closing",
    "assign_result",
    "close_year",
    "lock",
    "provisional_opening",
    "unassigned_result",
    "unlock",
]

RESULTS = (Role.YEAR_SURPLUS, Role.YEAR_DEFICIT)


class Closing(NamedTuple):
    """What closing a year wrote.

    Attributes:
        following: The year that opens.
        opening: Its opening entry, validated; ``None`` when nothing is carried.
        result: Result of the closed year, positive for a surplus.
    """

    year: FiscalYear
    following: FiscalYear
    opening: Entry | None
    result: Money


def close_year(session: Session, year: FiscalYear, now: datetime) -> Closing:
    """Close a year for good: validate it, open the next one with its balances, seal it.

    A result of the year before that nobody assigned goes to what is carried forward, on the
    last day, as the assembly does unless it decides otherwise.

    Args:
        session: The session of an action; it cannot be undone afterwards.
        year: The year to close; those before it are closed.
        now: Present instant, aware.

    Raises:
        UserError: The year is closed, not over, or the one before is still open.
    """
    _refuse_early(session, year, now)
    if year.locked_until is None or year.locked_until < year.end:
        left = unassigned_result(session, year)
        if left:
            assign_result(session, year, year.end - DAY)
    validate(session, drafts_of(session, year), now)
    following = year_of(session, year.end)
    _drop_provisional(session, following)
    lines = carried_lines(session, year, following, in_detail=True)
    opening = _write(session, following, lines, OPENING)
    if opening is not None:
        take_over(session, opening.lines)
        validate(session, [opening], now)
    lock(session, year.end, now)
    seal(session, [year], now)
    return Closing(year, following, opening, result_of(session, year))


def provisional_opening(session: Session, year: FiscalYear) -> Entry | None:
    """Write again the draft that opens a year while the one before is not closed.

    Args:
        session: The session of an action.
        year: The year that opens.

    Returns:
        The draft; ``None`` when no year comes before, or it is closed, or nothing is carried.
    """
    before = previous_year(session, year)
    _drop_provisional(session, year)
    if before is None or before.is_sealed:
        return None
    lines = carried_lines(session, before, year, in_detail=False)
    return _write(session, year, lines, PROVISIONAL)


def unassigned_result(session: Session, year: FiscalYear) -> Money:
    """Return the result of earlier years still on 120 or 129 in a year: positive, a surplus."""
    return _credit_of(session, year, *RESULTS)


def assign_result(
    session: Session,
    year: FiscalYear,
    day: date,
    reserves: Money = Money(0),  # noqa: B008  -- frozen
    reference: str = "",
) -> Entry:
    """Write what the assembly decides of the last result: carried forward, or to reserves.

    Args:
        session: The session of an action.
        year: The year that holds the result on 120 or 129.
        day: Accounting day, that of the assembly.
        reserves: Part of a surplus that goes to 106800.
        reference: Of the minutes; empty takes a usual one.

    Raises:
        UserError: There is no result to assign, or more goes to reserves than there is.
    """
    result = unassigned_result(session, year)
    if not result:
        raise UserError(tr("Aucun résultat n’attend d’être affecté dans cet exercice."))
    if reserves.cents < 0 or reserves.cents > max(result.cents, 0):
        raise UserError(
            tr("Les réserves reçoivent au plus l’excédent : {amount}.").format(
                amount=money(Money(max(result.cents, 0)))
            )
        )
    lines = [debit(role, _credit_of(session, year, role)) for role in RESULTS]
    lines.append(credit(Role.RESERVES, reserves))
    lines += _forward(session, year, result - reserves)
    draft = DraftEntry(
        "OD",
        day,
        tr("Affectation du résultat au {day}").format(day=f"{year.first - DAY:%d/%m/%Y}"),
        reference or f"AFF{year.first.year}",
        lines,
        fact="assignment",
    )
    return post(session, draft)


def _forward(session: Session, year: FiscalYear, amount: Money) -> list[DraftLine]:
    """Return the lines that carry an amount forward, earlier deficits or surpluses first."""
    role, other = Role.ACCUMULATED_SURPLUS, Role.ACCUMULATED_DEFICIT
    if amount.cents < 0:
        role, other = other, role
    waiting = _credit_of(session, year, other)
    taken = Money(0)
    if waiting.cents * amount.cents < 0:
        size = min(abs(waiting.cents), abs(amount.cents))
        taken = Money(size if amount.cents > 0 else -size)
    return [credit(other, taken), credit(role, amount - taken)]


def _credit_of(session: Session, year: FiscalYear, *numbers: str) -> Money:
    query = (
        select(func.sum(Line.credit), func.sum(Line.debit))
        .select_from(Line)
        .join(Entry, Line.entry_id == Entry.id)
        .join(Account, Line.account_id == Account.id)
        .where(Entry.fiscal_year_id == year.id, Account.number.in_(numbers))
    )
    given, taken = session.execute(query).one()
    return (given or Money(0)) - (taken or Money(0))


def _refuse_early(session: Session, year: FiscalYear, now: datetime) -> None:
    if year.is_sealed:
        raise UserError(tr("Cet exercice est déjà clos."))
    if civil_date(now) < year.end:
        raise UserError(
            tr("L’exercice court jusqu’au {day} : il se clôt ensuite.").format(
                day=long_day(year.period.last)
            )
        )
    before = previous_year(session, year)
    if before is not None and not before.is_sealed:
        raise UserError(tr("Clôturez d’abord l’exercice précédent."))


def _drop_provisional(session: Session, year: FiscalYear) -> None:
    for entry in session.scalars(openings(year.id, PROVISIONAL)):
        session.delete(entry)
    session.flush()


def _write(session: Session, year: FiscalYear, lines: Sequence[Carried], fact: str) -> Entry | None:
    """Write an opening entry on the first day of a year, whatever is locked there."""
    if not lines:
        return None
    accounts = _accounts(session, lines)
    journal = session.scalars(select(Journal).where(Journal.kind == JournalKind.OPENING)).one()
    entry = Entry(
        fiscal_year_id=year.id,
        journal_id=journal.id,
        day=year.first,
        label=tr("À-nouveaux au {day}").format(day=f"{year.first:%d/%m/%Y}"),
        piece_ref=f"AN{year.first.year}",
        piece_day=year.first,
        fact=fact,
    )
    entry.lines = [
        Line(
            rank=rank,
            account_id=accounts[line.account],
            debit=line.net if line.net.cents > 0 else Money(0),
            credit=-line.net if line.net.cents < 0 else Money(0),
            party_id=line.party_id,
            project_id=line.project_id,
            label=line.label,
            due_day=line.due_day,
            carries_id=line.line_id,
        )
        for rank, line in enumerate(lines, 1)
    ]
    session.add(entry)
    session.flush()
    return entry


def _accounts(session: Session, lines: Sequence[Carried]) -> dict[str, int]:
    numbers = {line.account for line in lines}
    query = select(Account.number, Account.id).where(Account.number.in_(numbers))
    return dict(session.execute(query).all())
