"""Temperatures out of bounds: what was done, whether it worked, when it was settled."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import Breach, CorrectiveAction, Reading
from cantine_desktop.i18n import tr


@dataclass(frozen=True)
class Recheck:
    """The temperature read again after an action.

    Attributes:
        at: Instant it was read.
        celsius: Degrees, one decimal at most.
    """

    at: datetime
    celsius: Decimal


def open_if_needed(session: Session, reading: Reading, now: datetime) -> Breach | None:
    """Open a breach for a new reading that is one."""
    if reading.verdict is not Verdict.BREACH or reading.celsius is None:
        return None
    breach = Breach(reading=reading, excess=reading.celsius - reading.limit, opened_at=now)
    session.add(breach)
    return breach


def follow(session: Session, reading: Reading, now: datetime) -> None:
    """Make the breach of a cell agree with its reading after a correction.

    One cell has one breach at most: it is opened, moved with the reading,
    withdrawn when the reading turns out conform, and opened again if it does not.
    """
    breach = breach_of(session, reading)
    if breach is None:
        open_if_needed(session, reading, now)
        return
    breach.reading = reading
    if reading.verdict is Verdict.BREACH and reading.celsius is not None:
        breach.excess = reading.celsius - reading.limit
        breach.withdrawn_at = None
    elif breach.withdrawn_at is None:
        breach.withdrawn_at = now


def breach_of(session: Session, reading: Reading) -> Breach | None:
    """Return the breach of the cell a reading stands in, if there ever was one."""
    return session.scalar(
        select(Breach)
        .join(Breach.reading)
        .where(
            Reading.unit_id == reading.unit.id,
            Reading.day == reading.day,
            Reading.slot == reading.slot,
        )
    )


def forget(session: Session, reading: Reading) -> None:
    """Drop the breach of a reading about to be erased.

    Raises:
        UserError: Something was done about it: the reading must be corrected instead.
    """
    breach = breach_of(session, reading)
    if breach is None:
        return
    if breach.actions:
        raise UserError(
            tr("Une action corrective est notée : corrigez la température au lieu de l’effacer.")
        )
    session.delete(breach)
    session.flush()


def act(  # noqa: PLR0913  -- a corrective action is these words; a record would only wrap them
    session: Session,
    breach_id: int,
    cause: str,
    action: str,
    now: datetime,
    *,
    initials: str = "",
    recheck: Recheck | None = None,
    recheck_due: datetime | None = None,
) -> CorrectiveAction:
    """Write what was done about a breach; settle it when nothing is left to check.

    A breach is settled by a recheck within the limit itself: a temperature that is
    only tolerated leaves it open. Without a recheck it is settled when none is due.

    Args:
        session: The session of an action.
        breach_id: The breach.
        cause: Why it happened.
        action: What was done.
        now: The instant of writing, aware.
        initials: Who did it.
        recheck: The temperature read again, if it was.
        recheck_due: When it must be read again, if it must.

    Raises:
        UserError: No words for the action, or the recheck is in the future.
    """
    if not action.strip():
        raise UserError(tr("Dites ce qui a été fait."))
    _check(recheck, now)
    breach = session.get_one(Breach, breach_id)
    done = CorrectiveAction(
        breach=breach,
        cause=cause.strip(),
        action=action.strip(),
        initials=initials.strip(),
        taken_at=now,
        recheck_due=recheck_due,
        recheck_at=recheck.at if recheck else None,
        recheck_celsius=recheck.celsius if recheck else None,
    )
    session.add(done)
    _settle(breach, done, now)
    return done


def recheck(session: Session, breach_id: int, found: Recheck, now: datetime) -> None:
    """Write the temperature read again after the last action; settle if it is good.

    Raises:
        UserError: Nothing was done yet, or the recheck is in the future.
    """
    _check(found, now)
    breach = session.get_one(Breach, breach_id)
    if not breach.actions:
        raise UserError(tr("Dites d’abord ce qui a été fait."))
    last = breach.actions[-1]
    if last.recheck_celsius is not None or last.is_sealed:
        last = CorrectiveAction(
            breach=breach,
            cause=last.cause,
            action=tr("Nouveau contrôle"),
            initials=last.initials,
            taken_at=now,
        )
        session.add(last)
    last.recheck_at, last.recheck_celsius = found.at, found.celsius
    _settle(breach, last, now)


def _settle(breach: Breach, done: CorrectiveAction, now: datetime) -> None:
    if done.recheck_celsius is not None:
        good = done.recheck_celsius <= breach.reading.limit
    else:
        good = done.recheck_due is None
    breach.closed_at = now if good else None


def _check(found: Recheck | None, now: datetime) -> None:
    if found is not None and found.at > now:
        raise UserError(tr("L’heure du contrôle n’est pas encore venue."))
