"""What is typed in a day of the week grid: hours, an absence, nothing done, as planned."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from cantine_desktop.staff.hours.clock_text import read_hours
from cantine_desktop.staff.hours.confirming import (
    as_planned,
    forget_day,
    refuse_signed,
    say_absent,
    set_hours,
)
from cantine_desktop.staff.rosters.absences import free_day, is_whole
from cantine_desktop.staff.rosters.model import ABSENCES, AbsenceCode
from cantine_desktop.staff.rosters.team import absences_in
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import fold

AS_PLANNED = "="
NOT_DONE = "–"
_NOTHING = frozenset({"-", NOT_DONE, "—", "0", "repos", "rien"})
_CODES: dict[str, AbsenceCode] = {fold(code): key for key, (code, _title) in ABSENCES.items()}


def type_day(session: Session, member_id: int, day: date, text: str, now: datetime) -> None:
    """Write what somebody typed for a day.

    Args:
        session: The session of an action.
        member_id: Whose day it is.
        day: The civil day.
        text: Hours, the code of an absence, ``=`` as planned, ``-`` nothing done; empty takes
            back what is written.
        now: The instant of writing, aware.

    Raises:
        SealedError: The week is signed.
        UserError: It is none of those, or it cannot be.
    """
    words = fold(text).strip()
    code = _CODES.get(words)
    if code is not None:
        say_absent(session, member_id, day, code, now)
        return
    refuse_signed(session, member_id, day)
    hours = [] if words in {"", AS_PLANNED} | _NOTHING else read_hours(text)
    _come_back(session, member_id, day)
    if not words:
        forget_day(session, member_id, day)
    elif words == AS_PLANNED:
        as_planned(session, member_id, day, now)
    else:
        set_hours(session, member_id, day, hours, now)


def _come_back(session: Session, member_id: int, day: date) -> None:
    """Take the day out of an absence of whole days: the person was there after all."""
    away = absences_in(session, Period(day, day + DAY)).get(member_id, [])
    if any(is_whole(each) for each in away):
        free_day(session, member_id, day)
