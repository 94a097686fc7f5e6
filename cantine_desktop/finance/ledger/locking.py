"""Days that take no entry any more, and opening them again with a reason that is kept."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.lettering import PROVISIONAL
from cantine_desktop.finance.ledger.model import Entry, FiscalYear, LockChange
from cantine_desktop.i18n import long_day, tr
from cantine_desktop.storage.seal import seal

SHORTEST_REASON = 5
"""Letters of a reason that says something."""


def lock(session: Session, before: date, now: datetime) -> list[LockChange]:
    """Let the days before one take no entry any more; what is locked stays so.

    Args:
        session: The session of an action; it cannot be undone afterwards.
        before: First day that still takes entries.
        now: Present instant, aware.

    Raises:
        UserError: Drafts are left before that day: they are validated first.
    """
    drafts = session.scalar(
        select(func.count(Entry.id)).where(
            Entry.number.is_(None), Entry.fact != PROVISIONAL, Entry.day < before
        )
    )
    if drafts:
        raise UserError(
            tr(
                "Il reste {count} écriture(s) en brouillon avant le {day} : validez-les avant "
                "d’arrêter les comptes."
            ).format(count=drafts, day=long_day(before))
        )
    changes: list[LockChange] = []
    years = select(FiscalYear).where(FiscalYear.first < before).order_by(FiscalYear.first)
    for year in session.scalars(years):
        until = min(before, year.end)
        if not year.is_sealed and (year.locked_until is None or year.locked_until < until):
            changes.append(_change(session, year, until, "", now))
    return changes


def unlock(
    session: Session, year: FiscalYear, until: date | None, reason: str, now: datetime
) -> LockChange:
    """Let days of a year take entries again.

    What was validated there stays; new entries take the next numbers.

    Args:
        session: The session of an action.
        year: A year that is not closed.
        until: Days before this one stay locked; ``None`` opens the whole year.
        reason: Why; kept for good.
        now: Present instant, aware.

    Raises:
        UserError: The year is closed, no reason is given, or nothing would open.
    """
    if year.is_sealed:
        raise UserError(tr("Un exercice clos ne se rouvre pas : corrigez dans l’exercice suivant."))
    plain = " ".join(reason.split())
    if len(plain) < SHORTEST_REASON:
        raise UserError(tr("Dites pourquoi ces comptes se rouvrent : la raison est gardée."))
    if year.locked_until is None or (until is not None and until >= year.locked_until):
        raise UserError(tr("Ces jours ne sont pas arrêtés : rien n’est à rouvrir."))
    if until is not None and until <= year.first:
        until = None
    return _change(session, year, until, plain, now)


def lock_changes(session: Session, year: FiscalYear) -> list[LockChange]:
    """Return every lock and opening again of a year, oldest first."""
    query = select(LockChange).where(LockChange.fiscal_year_id == year.id)
    return list(session.scalars(query.order_by(LockChange.id)))


def _change(
    session: Session, year: FiscalYear, until: date | None, reason: str, now: datetime
) -> LockChange:
    change = LockChange(
        fiscal_year_id=year.id,
        changed_at=now,
        before=year.locked_until,
        until=until,
        reason=reason,
    )
    session.add(change)
    year.locked_until = until
    session.flush()
    seal(session, [change], now)
    return change
