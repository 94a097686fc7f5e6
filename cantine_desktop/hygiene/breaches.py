"""What went wrong: found, acted on, checked again, settled.

Every register comes through the same door: ``follow`` makes the breach of a record agree
with it, whatever register the record stands in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.breach_rows import breaches_of, open_breaches
from cantine_desktop.hygiene.breach_tables import Breach, CorrectiveAction, excess_of
from cantine_desktop.hygiene.faults import Fault, Severity, Source
from cantine_desktop.hygiene.model import READINGS
from cantine_desktop.i18n import tr
from cantine_desktop.storage.numbering import next_number

__all__ = [
    "NOBODY_ACTED",
    "Recheck",
    "act",
    "breach_of",
    "breaches_of",
    "follow",
    "follow_many",
    "forget",
    "note_by_hand",
    "number_of",
    "open_breaches",
    "recheck",
    "settle",
]

SERIES = "NC"
"""Series of the numbers of breaches."""

NOBODY_ACTED = ""
"""Initials of what a program writes: nobody's."""

_AT_ONCE = 500
"""Records looked up in one query."""


@dataclass(frozen=True)
class Recheck:
    """What was found when someone looked again after an action.

    Attributes:
        at: Instant of it.
        value: What was measured, in the unit of the breach.
        good: What was seen, where nothing is measured.
    """

    at: datetime
    value: Decimal | None = None
    good: bool | None = None


def follow(
    session: Session,
    source: Source,
    fault: Fault | None,
    now: datetime,
    *,
    former: Source | None = None,
) -> Breach | None:
    """Make the breach of a record agree with it, after it was written or corrected.

    A record has one breach at most: it is opened, moves with the record to its next
    revision, is withdrawn when the record turns out conform, and opens again if it does not.
    A closed breach is sealed: what a correction changes is then noted after it, and a
    different fault opens another one that names it.

    Args:
        session: The session of an action, the record flushed.
        source: The record.
        fault: What is wrong with it; ``None`` when nothing is.
        now: The instant of writing, aware.
        former: The revision it corrects, when it is another row.
    """
    found = breach_of(session, source)
    if found is None and former is not None:
        found = breach_of(session, former)
    return _agree(session, found, source, fault, now)


def follow_many(
    session: Session, register: str, faults: Mapping[int, Fault | None], now: datetime
) -> None:
    """Do what ``follow`` does for many records of a register, by their keys."""
    keys = list(faults)
    found: dict[int, Breach] = {}
    for start in range(0, len(keys), _AT_ONCE):
        query = select(Breach).where(
            Breach.register == register, Breach.record_id.in_(keys[start : start + _AT_ONCE])
        )
        for breach in session.scalars(query.order_by(Breach.id)):
            assert breach.record_id is not None
            found[breach.record_id] = breach
    for key, fault in faults.items():
        _agree(session, found.get(key), Source(register, key), fault, now)


def breach_of(session: Session, source: Source) -> Breach | None:
    """Return the breach of a record, the latest, if there ever was one."""
    if source.record_id is None:
        return None
    query = select(Breach).where(
        Breach.register == source.register, Breach.record_id == source.record_id
    )
    return session.scalar(query.order_by(Breach.id.desc()).limit(1))


def forget(session: Session, source: Source) -> None:
    """Drop the breach of a record about to be erased.

    Raises:
        UserError: Something was done about it: the record must be corrected instead.
    """
    breach = breach_of(session, source)
    if breach is None:
        return
    if breach.is_touched:
        raise UserError(
            tr("Une action corrective est notée : corrigez la ligne au lieu de l’effacer.")
        )
    session.delete(breach)
    session.flush()


def note_by_hand(  # noqa: PLR0913  -- the words of the form; a record would only wrap them
    session: Session,
    fault: Fault,
    now: datetime,
    *,
    place: str = "",
    product: str = "",
    lot: str = "",
    quantity: str = "",
    noted_by: str = "",
) -> Breach:
    """Write a breach that somebody saw, and that no record tells; it is numbered at once.

    Args:
        session: The session of an action.
        fault: What is wrong.
        now: The instant of writing, aware.
        place: Where it was seen.
        product: The food concerned.
        lot: Its lot.
        quantity: How much of it, in words.
        noted_by: Initials of who saw it.

    Raises:
        UserError: Nothing is said, or the day is to come.
    """
    if not fault.subject.strip():
        raise UserError(tr("Dites ce que vous avez constaté."))
    if fault.day > civil_date(now):
        raise UserError(tr("Ce jour n’est pas encore venu : vérifiez la date."))
    breach = _described(Breach(day=fault.day, subject="", opened_at=now), fault)
    breach.place, breach.product = place.strip(), product.strip()
    breach.lot, breach.quantity = lot.strip(), quantity.strip()
    breach.noted_by = noted_by.strip()
    session.add(breach)
    number_of(session, breach, now)
    return breach


def number_of(session: Session, breach: Breach, now: datetime) -> str:
    """Return the number of a breach; the first act gives it, so none is lost to a mistyping."""
    if breach.number is None:
        year = civil_date(now).year
        breach.number = f"{SERIES}-{year}-{next_number(session, SERIES, year):03d}"
    return breach.number


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
    codes: Sequence[str] = (),
) -> CorrectiveAction:
    """Write what was done about a breach; settle it when a good recheck says it worked.

    Without a recheck the breach stays open until one is made, or until somebody verifies
    that the action worked. A closed breach takes it as a note after the fact.

    Args:
        session: The session of an action.
        breach_id: The breach.
        cause: Why it happened.
        action: What was done.
        now: The instant of writing, aware.
        initials: Who did it.
        recheck: What was found when looking again, if someone did.
        recheck_due: When someone must, if they must still.
        codes: Actions of the catalogue it stands for.

    Raises:
        UserError: No words for the action, or the recheck is in the future.
    """
    if not action.strip():
        raise UserError(tr("Dites ce qui a été fait."))
    _check(recheck, now)
    breach = session.get_one(Breach, breach_id)
    number_of(session, breach, now)
    done = CorrectiveAction(
        breach=breach,
        cause=cause.strip(),
        action=action.strip(),
        initials=initials.strip(),
        taken_at=now,
        codes=" ".join(codes),
        recheck_due=recheck_due,
        recheck_at=recheck.at if recheck else None,
        recheck_value=recheck.value if recheck else None,
        recheck_good=recheck.good if recheck else None,
    )
    session.add(done)
    if not breach.is_sealed:  # what was verified before is to be verified anew
        breach.verified_at, breach.verified_by, breach.efficacy = None, "", ""
    settle(breach, now)
    return done


def recheck(session: Session, breach_id: int, found: Recheck, now: datetime) -> None:
    """Write what was found when looking again after the last action; settle if it is good.

    Raises:
        UserError: Nothing was done yet, or the recheck is in the future.
    """
    _check(found, now)
    breach = session.get_one(Breach, breach_id)
    if not breach.actions:
        raise UserError(tr("Dites d’abord ce qui a été fait."))
    last = breach.actions[-1]
    if last.was_rechecked or last.is_sealed:
        last = CorrectiveAction(
            breach=breach,
            cause=last.cause,
            action=tr("Nouveau contrôle"),
            initials=last.initials,
            taken_at=now,
        )
        session.add(last)
    last.recheck_at, last.recheck_value, last.recheck_good = found.at, found.value, found.good
    settle(breach, now)


def settle(breach: Breach, now: datetime) -> None:
    """Close a breach that a good recheck settles, or open it again when none does.

    What only a person may close stays open: a critical fault of another register than the
    temperatures, food still set aside, a lasting action not done.
    """
    if breach.is_sealed or breach.verified_at is not None:
        return
    if not _is_settled(breach):
        breach.closed_at = None
    elif breach.closed_at is None:
        breach.closed_at = now


def _is_settled(breach: Breach) -> bool:
    if breach.due_on is not None or any(lot.is_blocked for lot in breach.lots):
        return False
    if breach.severity is Severity.CRITICAL and breach.register != READINGS:
        return False
    state: bool | None = None
    for action in breach.actions:
        if action.was_rechecked:
            state = action.worked
        elif action.recheck_due is not None:
            state = None
    return bool(state)


def _agree(
    session: Session, breach: Breach | None, source: Source, fault: Fault | None, now: datetime
) -> Breach | None:
    if breach is None:
        return None if fault is None else _opened(session, source, fault, now)
    if breach.is_sealed:
        return _after_closing(session, breach, source, fault, now)
    breach.register, breach.record_id = source.register, source.record_id
    if fault is not None:
        _described(breach, fault)
        breach.withdrawn_at = None
        settle(breach, now)
    elif breach.withdrawn_at is None:
        breach.withdrawn_at = now
    return breach


def _after_closing(
    session: Session, breach: Breach, source: Source, fault: Fault | None, now: datetime
) -> Breach:
    if fault is None:
        note = tr("Ligne corrigée ensuite : l’écart n’existait pas")
        if not breach.actions or breach.actions[-1].action != note:
            session.add(
                CorrectiveAction(
                    breach=breach, cause="", action=note, taken_at=now, initials=NOBODY_ACTED
                )
            )
        return breach
    same = (breach.measured, breach.limit, breach.words)
    if same == (fault.measured, fault.limit, fault.words) and breach.subject == fault.subject:
        return breach
    again = _opened(session, source, fault, now)
    again.follows_id = breach.id
    return again


def _opened(session: Session, source: Source, fault: Fault, now: datetime) -> Breach:
    breach = _described(
        Breach(
            day=fault.day,
            subject=fault.subject,
            opened_at=now,
            register=source.register,
            record_id=source.record_id,
        ),
        fault,
    )
    session.add(breach)
    return breach


def _described(breach: Breach, fault: Fault) -> Breach:
    breach.day, breach.slot, breach.subject = fault.day, fault.slot, fault.subject.strip()
    breach.point, breach.words, breach.severity = fault.point, fault.words, fault.severity
    breach.measured, breach.limit, breach.unit = fault.measured, fault.limit, fault.unit
    breach.excess = excess_of(fault.measured, fault.limit)
    if fault.product:
        breach.product, breach.lot, breach.quantity = fault.product, fault.lot, fault.quantity
    return breach


def _check(found: Recheck | None, now: datetime) -> None:
    if found is not None and found.at > now:
        raise UserError(tr("L’heure du contrôle n’est pas encore venue."))
