"""Writing the hours done: as planned, otherwise, not at all; a week confirmed for everybody."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.clock import PARIS, civil_date
from cantine_desktop.errors import SealedError, UserError
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.staff.contracts.engaging import current_contract
from cantine_desktop.staff.contracts.model import REGISTERED, StaffMember
from cantine_desktop.staff.hours.clock_text import Hours
from cantine_desktop.staff.hours.model import HoursWeek, WorkedShift
from cantine_desktop.staff.hours.standing import (
    hours_of,
    rows_in,
    standing,
    stint_at,
    stints_of,
    week_of,
    weeks_in,
)
from cantine_desktop.staff.law.stints import DAY_LONG, Stint, clock_minute, minute_of, monday_of
from cantine_desktop.staff.rosters.absences import (
    AbsenceFacts,
    add_absence,
    free_day,
    is_whole,
)
from cantine_desktop.staff.rosters.model import Absence, AbsenceCode, Shift
from cantine_desktop.staff.rosters.team import absences_in, shifts_in, teammates
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.values.period import DAY, Period

FIRST_DAY = date(1990, 1, 1)
"""No record is older; what says so holds a typing error."""


class Confirmed(NamedTuple):
    """What confirming a week did.

    Attributes:
        rows: Stretches of work written as planned.
        weeks: People whose week is confirmed.
        ahead: Days of somebody that are planned and not over yet.
        unclear: Days with an absence of some hours inside what was planned: to be typed.
    """

    rows: int
    weeks: int
    ahead: tuple[tuple[int, date], ...]
    unclear: tuple[tuple[int, date], ...]


def set_hours(
    session: Session, member_id: int, day: date, hours: Sequence[Hours], now: datetime
) -> list[WorkedShift]:
    """Write the hours somebody did on a day, in the place of what is written there.

    None at all says that nothing was done, even if something was planned.

    Args:
        session: The session of an action.
        member_id: Whose hours they are.
        day: The civil day they are reckoned with.
        hours: In any order.
        now: The instant of writing, aware.

    Raises:
        SealedError: The week is signed.
        UserError: The day is to come or too old, no contract holds, hours overlap or are more
            than 24.
    """
    refuse_day(session, member_id, day, now)
    refuse_signed(session, member_id, day)
    wanted = sorted(hours)
    refuse_overlap(session, member_id, day, wanted)
    before = rows_in(session, Period(day, day + DAY), member_id)
    if hours_of([row for row in before if not row.is_void]) == wanted and wanted:
        return before
    for row in before:
        session.delete(row)
    session.flush()
    if wanted:
        return _written(session, member_id, day, wanted, now)
    planned = shifts_in(session, Period(day, day + DAY)).get(member_id, [])
    missed = _written(session, member_id, day, [planned_hours(each) for each in planned], now)
    for row in missed:
        row.is_void = True
    session.flush()
    return []


def as_planned(session: Session, member_id: int, day: date, now: datetime) -> list[WorkedShift]:
    """Write that somebody did what was planned on a day.

    Raises:
        SealedError: The week is signed.
        UserError: Nothing was planned, the day is not over yet, or as ``set_hours`` says.
    """
    planned = shifts_in(session, Period(day, day + DAY)).get(member_id, [])
    if not planned:
        raise UserError(tr("Rien n’est prévu ce jour : tapez les heures faites."))
    if not all(_is_over(each, now) for each in planned):
        raise UserError(tr("Ce créneau n’est pas encore fini : confirmez-le après."))
    return set_hours(session, member_id, day, [planned_hours(each) for each in planned], now)


def forget_day(session: Session, member_id: int, day: date) -> None:
    """Take back what is written of a day: it waits again.

    Raises:
        SealedError: The week is signed.
    """
    refuse_signed(session, member_id, day)
    for row in rows_in(session, Period(day, day + DAY), member_id):
        session.delete(row)
    session.flush()


def say_absent(
    session: Session, member_id: int, day: date, code: AbsenceCode, now: datetime
) -> Absence:
    """Say that somebody was away a whole day, in the place of what is written there.

    Raises:
        SealedError: The week is signed.
        UserError: No contract holds.
    """
    del now  # an absence may be known beforehand
    forget_day(session, member_id, day)
    free_day(session, member_id, day)
    return add_absence(session, member_id, AbsenceFacts(code, day, day + DAY))


def confirm_week(
    session: Session, monday: date, now: datetime, members: Collection[int] | None = None
) -> Confirmed:
    """Write as planned all that nobody wrote otherwise in a week, and say that it is so.

    Whole days of absence stay without hours. A week some of which is not over is not confirmed,
    nor is one with an absence of some hours inside what was planned; the other days are written.

    Args:
        session: The session of an action.
        monday: First day.
        now: The instant of writing, aware.
        members: Whom it is about; everybody by default.

    Raises:
        UserError: The week is to come, or hours overlap.
    """
    week = Period.week(monday)
    if week.first > civil_date(now):
        raise UserError(tr("Cette semaine n’est pas encore venue : rien ne peut y être noté."))
    planned, away = shifts_in(session, week), absences_in(session, week)
    known = weeks_in(session, week)
    total = weeks = 0
    ahead: list[tuple[int, date]] = []
    unclear: list[tuple[int, date]] = []
    for mate in teammates(session, week):
        own = planned.get(mate.key, [])
        state = known.get((mate.key, week.first))
        if (members is not None and mate.key not in members) or (state and state.is_sealed):
            continue
        rows = rows_in(session, week, mate.key)
        waiting = _waiting(own, {row.day for row in rows}, away.get(mate.key, []))
        late = {each.day for each in waiting if not _is_over(each, now)}
        doubt = {each.day for each in waiting if _is_cut(each, away.get(mate.key, []))}
        for day in sorted({each.day for each in waiting} - late - doubt):
            total += len(as_planned(session, mate.key, day, now))
        ahead += ((mate.key, day) for day in sorted(late))
        unclear += ((mate.key, day) for day in sorted(doubt - late))
        if not late | doubt and (own or rows or mate.status in REGISTERED):
            _confirm(session, mate.key, week.first, state, now)
            weeks += 1
    session.flush()
    return Confirmed(total, weeks, tuple(ahead), tuple(unclear))


def waiting_days(session: Session, span: Period, now: datetime) -> dict[int, list[date]]:
    """Return the days planned and over whose hours nobody wrote, by member."""
    written = {(row.member_id, row.day) for row in rows_in(session, span)}
    away = absences_in(session, span)
    found: dict[int, list[date]] = {}
    for key, own in shifts_in(session, span).items():
        done = {day for member, day in written if member == key}
        waits = _waiting(own, done, away.get(key, []))
        if days := sorted({each.day for each in waits if _is_over(each, now)}):
            found[key] = days
    return found


def planned_hours(shift: Shift) -> Hours:
    """Return what was planned as hours done."""
    return Hours(shift.start, shift.finish, shift.pause, shift.post, shift.kind)


def refuse_signed(session: Session, member_id: int, day: date) -> None:
    """Let a change of a day pass.

    Raises:
        SealedError: The week is signed.
    """
    week = week_of(session, member_id, day)
    if week is not None and week.is_sealed:
        raise SealedError(
            tr("La semaine du {day} est signée : corrigez-la en disant pourquoi.").format(
                day=short_day(week.monday)
            )
        )


def refuse_day(session: Session, member_id: int, day: date, now: datetime) -> None:
    """Let hours be written on a day.

    Raises:
        UserError: It is to come or too old, or no contract holds.
    """
    if day > civil_date(now):
        raise UserError(tr("Ce jour n’est pas encore venu : rien ne peut y être noté."))
    if day < FIRST_DAY:
        raise UserError(tr("Ce jour est trop ancien : vérifiez l’année."))
    member = session.get_one(StaffMember, member_id)
    if current_contract(member, day) is None:
        raise UserError(
            tr("{name} n’a pas de contrat le {day} : rien ne peut y être noté.").format(
                name=member.name, day=short_day(day)
            )
        )


def refuse_overlap(
    session: Session,
    member_id: int,
    day: date,
    hours: Iterable[Hours],
    but: Collection[int] = (),
) -> None:
    """Let hours of a day stand beside each other and beside the days around.

    Args:
        session: Any session.
        member_id: Whose hours they are.
        day: Their day; what is written on it is left out of the comparison, unless ``but``
            says which rows alone are.
        hours: What would be written.
        but: Keys of the rows left out.

    Raises:
        UserError: They overlap, are more than 24 or shorter than their break.
    """
    near = standing(rows_in(session, Period(day - DAY, day + 2 * DAY), member_id))
    others = [row for row in near if (row.id not in but if but else row.day != day)]
    stints = sorted(
        [*stints_of(others), *(_stint(day, each) for each in hours)],
        key=_since,
    )
    for before, after in pairwise(stints):
        if after.since < before.until:
            raise UserError(
                tr("Ces heures se chevauchent, le {day} : vérifiez le début et la fin.").format(
                    day=short_day(after.day)
                )
            )


def _since(stint: Stint) -> int:
    return stint.since


def _stint(day: date, hours: Hours) -> Stint:
    if not hours.start < hours.finish <= hours.start + DAY_LONG:
        raise UserError(tr("Plus de 24 heures d’un seul tenant : vérifiez le début et la fin."))
    if not 0 <= hours.pause < hours.finish - hours.start:
        raise UserError(tr("La pause est plus longue que les heures : vérifiez-la."))
    return stint_at(day, hours)


def _waiting(
    planned: Iterable[Shift], written: Collection[date], away: Sequence[Absence]
) -> list[Shift]:
    """Return what was planned on days that nobody wrote, whole days of absence left out."""
    off = {
        day
        for each in away
        if is_whole(each) and each.is_granted
        for day in Period(each.first, each.end).days
    }
    return [each for each in planned if each.day not in written and each.day not in off]


def _is_cut(shift: Shift, away: Iterable[Absence]) -> bool:
    return any(
        each.first <= shift.day < each.end
        and each.start < shift.finish
        and shift.start < each.finish
        and not is_whole(each)
        for each in away
    )


def _is_over(shift: Shift, now: datetime) -> bool:
    days, rest = divmod(shift.finish, DAY_LONG)
    return clock_minute(shift.day + days * DAY, rest) <= minute_of(now.astimezone(PARIS))


def _confirm(
    session: Session, member_id: int, monday: date, state: HoursWeek | None, now: datetime
) -> None:
    by = watch_of(session).actor.name
    if state is None:
        state = HoursWeek(member_id=member_id, monday=monday_of(monday), confirmed_at=now)
        session.add(state)
    state.confirmed_at, state.confirmed_by = now, by


def _written(
    session: Session, member_id: int, day: date, hours: Iterable[Hours], now: datetime
) -> list[WorkedShift]:
    by = watch_of(session).actor.name
    rows = [
        WorkedShift(member_id=member_id, day=day, recorded_at=now, by=by, **each._asdict())
        for each in hours
    ]
    session.add_all(rows)
    session.flush()
    return rows
