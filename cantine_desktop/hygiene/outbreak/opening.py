"""Opening a suspicion, noting calls and measures, closing it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.keeping.holds import Reach, open_hold
from cantine_desktop.hygiene.keeping.model import HoldReason
from cantine_desktop.hygiene.outbreak.model import (
    Callee,
    CrisisContact,
    Outbreak,
    OutbreakCall,
    OutbreakMeasure,
)
from cantine_desktop.hygiene.outbreak.words import KNOWN_NUMBERS, STEPS
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.period import Period

DAYS_BEFORE = 3
MOST_DAYS = 30


class Suspected(NamedTuple):
    """What is suspected.

    Attributes:
        meals: Civil days of the meals in question.
        ill: How many people are ill, as far as known.
        diners: How many ate; ``None`` when nobody knows.
        days_before: How many days before are gathered too.
    """

    meals: Period
    ill: int
    diners: int | None = None
    days_before: int = DAYS_BEFORE


def suspect(session: Session, suspected: Suspected, by: str, now: datetime) -> Outbreak:
    """Open a suspicion, and freeze at once every record from the days before on.

    The hold reaches from the first day gathered to whatever is written until it is lifted.

    Args:
        session: The session of an action.
        suspected: What is known so far; it may be changed later.
        by: Initials of who opens it.
        now: The present instant, aware.

    Raises:
        UserError: No initials, a meal to come, or figures that cannot be.
    """
    if not by.strip():
        raise UserError(tr("Signez de vos initiales."))
    _check(suspected, now)
    first = suspected.meals.first
    reach = Reach(first - timedelta(days=suspected.days_before))
    words = tr("Suspicion de TIAC, repas du {day}").format(day=short_day(first))
    hold = open_hold(session, HoldReason.OUTBREAK, reach, by, now, words=words)
    outbreak = Outbreak(
        opened_at=now,
        opened_by=by.strip(),
        first=first,
        end=suspected.meals.end,
        ill=suspected.ill,
        diners=suspected.diners,
        days_before=suspected.days_before,
        hold_id=hold.id,
    )
    session.add(outbreak)
    session.flush()
    return outbreak


def revise(session: Session, outbreak_id: int, suspected: Suspected, now: datetime) -> Outbreak:
    """Change what is suspected; days farther back are frozen by one more hold.

    Raises:
        SealedError: It is closed.
        UserError: A meal to come, or figures that cannot be.
    """
    _check(suspected, now)
    outbreak = session.get_one(Outbreak, outbreak_id)
    former = outbreak.first - timedelta(days=outbreak.days_before)
    outbreak.first, outbreak.end = suspected.meals.first, suspected.meals.end
    outbreak.ill, outbreak.diners = suspected.ill, suspected.diners
    outbreak.days_before = suspected.days_before
    since = outbreak.first - timedelta(days=outbreak.days_before)
    if since < former:
        words = tr("Suspicion de TIAC, repas du {day}").format(day=short_day(outbreak.first))
        reach = Reach(since, former)
        open_hold(session, HoldReason.OUTBREAK, reach, outbreak.opened_by, now, words=words)
    session.flush()
    return outbreak


class Call(NamedTuple):
    """A call that was made.

    Attributes:
        callee: Who was called.
        at: Instant of the call, aware.
        by: Initials of who called.
        spoke_to: Who answered, by function or name of the service.
        words: What was agreed.
    """

    callee: Callee
    at: datetime
    by: str
    spoke_to: str = ""
    words: str = ""


Verb = Callable[..., object]
"""A verb of this file: session, values, then the present instant."""


def call(session: Session, outbreak_id: int, made: Call) -> OutbreakCall:
    """Note a call that was made.

    Raises:
        SealedError: The suspicion is closed.
        UserError: No initials.
    """
    if not made.by.strip():
        raise UserError(tr("Signez de vos initiales."))
    noted = OutbreakCall(
        outbreak=session.get_one(Outbreak, outbreak_id),
        callee=made.callee,
        at=made.at,
        by=made.by.strip(),
        spoke_to=made.spoke_to.strip(),
        words=made.words.strip(),
    )
    session.add(noted)
    session.flush()
    return noted


def note_measure(
    session: Session, outbreak_id: int, step: str, by: str, words: str, now: datetime
) -> OutbreakMeasure:
    """Note that a step was done, or another measure.

    Args:
        session: The session of an action.
        outbreak_id: The suspicion.
        step: Key of a step of ``words.STEPS``; empty for another measure.
        by: Initials of who did it.
        words: What was done; needed without a step.
        now: The instant of writing, aware.

    Raises:
        KeyError: There is no such step.
        SealedError: The suspicion is closed.
        UserError: No initials, or neither step nor words.
    """
    if not by.strip():
        raise UserError(tr("Signez de vos initiales."))
    if step and step not in {each.key for each in STEPS}:
        raise KeyError(step)
    if not step and not words.strip():
        raise UserError(tr("Dites ce qui a été fait."))
    done = OutbreakMeasure(
        outbreak=session.get_one(Outbreak, outbreak_id),
        step=step,
        at=now,
        by=by.strip(),
        words=words.strip(),
    )
    session.add(done)
    session.flush()
    return done


def close(session: Session, outbreak_id: int, by: str, conclusion: str, now: datetime) -> Outbreak:
    """End a suspicion: it is sealed with its calls and measures. Its hold stays until lifted.

    Raises:
        UserError: No initials, no conclusion, or it is closed already.
    """
    if not by.strip() or not conclusion.strip():
        raise UserError(tr("Dites ce qui en est ressorti, et signez de vos initiales."))
    outbreak = session.get_one(Outbreak, outbreak_id)
    if outbreak.closed_at is not None:
        raise UserError(tr("Cette suspicion est déjà close."))
    outbreak.closed_at, outbreak.closed_by = now, by.strip()
    outbreak.conclusion = conclusion.strip()
    seal(session, [outbreak], now)
    return outbreak


def current(session: Session) -> Outbreak | None:
    """Return the newest suspicion that is not closed."""
    query = select(Outbreak).where(Outbreak.closed_at.is_(None)).order_by(Outbreak.id.desc())
    return session.scalar(query.limit(1))


def outbreak_of(session: Session, period: Period) -> Outbreak | None:
    """Return the newest suspicion opened, or whose meals lie, in a period."""
    for each in session.scalars(select(Outbreak).order_by(Outbreak.id.desc())):
        meals = Period(each.first, each.end)
        if civil_date(each.opened_at) in period or set(meals.days) & set(period.days):
            return each
    return None


def contacts(session: Session) -> dict[Callee, CrisisContact]:
    """Return whom to call, in order; a number that nobody has written yet is empty."""
    written = {each.callee: each for each in session.scalars(select(CrisisContact))}
    return {callee: written.get(callee) or _unwritten(callee) for callee in CALLED}


CALLED = (Callee.SAMU, Callee.ARS, Callee.DDPP, Callee.POISON, Callee.DOCTOR)
"""Whose numbers are written before they are needed."""


def write_contact(
    session: Session, callee: Callee, name: str, phone: str, note: str = ""
) -> CrisisContact:
    """Write the number of a service, once for all."""
    contact = session.scalar(select(CrisisContact).where(CrisisContact.callee == callee))
    if contact is None:
        contact = CrisisContact(callee=callee)
        session.add(contact)
    contact.name, contact.phone, contact.note = name.strip(), phone.strip(), note.strip()
    return contact


def _unwritten(callee: Callee) -> CrisisContact:
    return CrisisContact(callee=callee, phone=KNOWN_NUMBERS.get(callee, ""))


def _check(suspected: Suspected, now: datetime) -> None:
    if suspected.meals.first > civil_date(now):
        raise UserError(tr("Ce repas n’a pas encore été servi : vérifiez le jour."))
    if suspected.meals.first < date(2000, 1, 1):
        raise UserError(tr("Ce jour est trop ancien : vérifiez l’année."))
    if suspected.ill < 0 or (suspected.diners is not None and suspected.diners < 0):
        raise UserError(tr("Un nombre de personnes commence à zéro."))
    if suspected.diners is not None and suspected.diners < suspected.ill:
        raise UserError(tr("Il y a plus de malades que de convives : vérifiez les nombres."))
    if not 0 <= suspected.days_before <= MOST_DAYS:
        raise UserError(tr("De 0 à 30 jours avant le repas."))
