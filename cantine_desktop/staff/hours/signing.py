"""Signing the hours of a week: they are closed for good, and then only corrected."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.staff.hours.clock_text import Hours
from cantine_desktop.staff.hours.confirming import refuse_day, refuse_overlap, waiting_days
from cantine_desktop.staff.hours.model import HoursWeek, WeekState, WorkedShift
from cantine_desktop.staff.hours.standing import (
    hours_of,
    rows_in,
    standing,
    stints_of,
    week_of,
)
from cantine_desktop.staff.rosters.absences import absence_words
from cantine_desktop.staff.rosters.team import absences_in, shifts_in
from cantine_desktop.storage.seal import seal
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.values.period import DAY, Period


def sign_week(
    session: Session, member_id: int, monday: date, signed_by: str, now: datetime
) -> HoursWeek:
    """Declare the hours of somebody's week true: its rows are sealed with the signature.

    Args:
        session: The session of an action.
        member_id: Whose week it is.
        monday: First day.
        signed_by: Who signs: a name or initials.
        now: The instant of signing, aware.

    Raises:
        UserError: Nobody signs, the week is signed already, not confirmed, or not over.

    Source: CT-L3171-4, HCR.
    """
    week = Period.week(monday)
    if not signed_by.strip():
        raise UserError(tr("Signez : un nom ou des initiales."))
    found = week_of(session, member_id, week.first)
    if found is None:
        raise UserError(tr("Cette semaine n’est pas confirmée : confirmez-la d’abord."))
    if found.is_sealed:
        raise UserError(tr("Cette semaine est déjà signée."))
    today = civil_date(now)
    later = shifts_in(session, week).get(member_id, [])
    if any(each.day > today for each in later) or waiting_days(session, week, now).get(member_id):
        raise UserError(tr("Des jours de cette semaine attendent encore leurs heures."))
    rows = rows_in(session, week, member_id)
    found.state, found.signed_at, found.signed_by = WeekState.SIGNED, now, signed_by.strip()
    found.minutes = sum(each.effective for each in stints_of(standing(rows)))
    away = absences_in(session, week).get(member_id, [])
    found.away = ", ".join(absence_words(each) for each in away)
    seal(session, [*rows, found], now)
    return found


def sign_everybody(session: Session, monday: date, signed_by: str, now: datetime) -> int:
    """Sign each confirmed week of everybody; return how many were.

    Raises:
        UserError: No week is confirmed, or as ``sign_week`` says.
    """
    query = select(HoursWeek).where(
        HoursWeek.monday == Period.week(monday).first, HoursWeek.state == WeekState.CONFIRMED
    )
    waiting = session.scalars(query.order_by(HoursWeek.member_id)).all()
    if not waiting:
        raise UserError(tr("Aucune semaine confirmée n’attend de signature."))
    for each in waiting:
        sign_week(session, each.member_id, each.monday, signed_by, now)
    return len(waiting)


def correct_day(
    session: Session,
    member_id: int,
    day: date,
    hours: Sequence[Hours],
    reason: str,
    now: datetime,
) -> list[WorkedShift]:
    """Correct a day of a signed week: rows that name what they replace, the old ones kept.

    Args:
        session: The session of an action.
        member_id: Whose hours they are.
        day: The civil day.
        hours: What was done; none says that nothing was.
        reason: Why it is corrected.
        now: The instant of writing, aware.

    Returns:
        The rows written, sealed.

    Raises:
        UserError: No reason, nothing changes, the week is not signed, or the hours cannot be.
    """
    if not reason.strip():
        raise UserError(tr("Dites pourquoi vous corrigez : la raison est imprimée."))
    week = week_of(session, member_id, day)
    if week is None or not week.is_sealed:
        raise UserError(tr("Cette semaine n’est pas signée : retapez les heures dans la grille."))
    refuse_day(session, member_id, day, now)
    former = standing(rows_in(session, Period(day, day + DAY), member_id))
    wanted = sorted(hours)
    if hours_of(former) == wanted:
        raise UserError(tr("Rien ne change : tapez les bonnes heures."))
    refuse_overlap(session, member_id, day, wanted)
    by = watch_of(session).actor.name
    rows: list[WorkedShift] = []
    for rank in range(max(len(former), len(wanted))):
        old = former[rank] if rank < len(former) else None
        new = wanted[rank] if rank < len(wanted) else None
        if old is not None and new is not None and hours_of([old]) == [new]:
            continue
        held = new or hours_of([former[rank]])[0]
        row = WorkedShift(
            member_id=member_id,
            day=day,
            recorded_at=now,
            by=by,
            corrects_id=None if old is None else old.id,
            is_void=new is None,
            reason=reason.strip(),
            **held._asdict(),
        )
        rows.append(row)
    session.add_all(rows)
    session.flush()
    seal(session, rows, now)
    return rows
