"""Months whose accounts are closed: what the stock was worth at their end changes no more.

What is told late of such a day is written as of now, in the period that is open, and its reason
keeps the day it happened. Nothing happens on a day to come.
"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.model import FiscalYear
from cantine_desktop.i18n import short_day, tr


def is_locked(session: Session, day: date) -> bool:
    """Tell whether the accounts of a day take no entry any more."""
    query = select(FiscalYear).where(FiscalYear.first <= day).order_by(FiscalYear.first.desc())
    year = session.scalars(query.limit(1)).first()
    if year is None or day >= year.end:
        return False
    return year.is_sealed or (year.locked_until is not None and day < year.locked_until)


def written_at(session: Session, at: datetime, now: datetime) -> datetime:
    """Return the instant a move is written at: its own, or now when its day is closed.

    Args:
        session: Where to read.
        at: Instant it happened, aware.
        now: Present instant, aware.
    """
    return now if at < now and is_locked(session, civil_date(at)) else at


def late_words(reason: str, at: datetime, written: datetime) -> str:
    """Return the reason of a move, with the day it happened when it is written on another."""
    if written == at:
        return reason.strip()
    told = tr("pour le {day}, dont les comptes sont clos").format(day=short_day(civil_date(at)))
    return f"{reason.strip()} ({told})" if reason.strip() else told


def refuse_future(at: datetime, now: datetime) -> None:
    """Let what happened today or before pass.

    Raises:
        UserError: It is said to happen on a day to come.
    """
    if civil_date(at) > civil_date(now):
        raise UserError(
            tr("Le {day} est à venir : une sortie de stock se note une fois faite.").format(
                day=short_day(civil_date(at))
            )
        )
