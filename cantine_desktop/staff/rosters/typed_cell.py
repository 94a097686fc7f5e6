"""What is typed in a cell of the week: hours, the code of an absence, nothing for a day off."""

from sqlalchemy.orm import Session

from cantine_desktop.staff.rosters.absences import AbsenceFacts, add_absence, free_day
from cantine_desktop.staff.rosters.model import ABSENCES, AbsenceCode
from cantine_desktop.staff.rosters.planning import Spot, set_day
from cantine_desktop.staff.rosters.team import absences_in
from cantine_desktop.staff.rosters.typed_hours import read_hours
from cantine_desktop.values.period import DAY, Period
from cantine_desktop.values.text import fold

CODES: dict[str, AbsenceCode] = {fold(code): key for key, (code, _title) in ABSENCES.items()}
"""Absences by the short code that is typed."""


def type_cell(session: Session, spot: Spot, text: str) -> None:
    """Write what somebody typed for a day of the roster.

    Hours on a day of absence take that day out of the absence; a code in a cell that holds hours
    takes their place.

    Args:
        session: The session of an action.
        spot: Whose day it is.
        text: Hours, a code such as CP or MAL, or nothing.

    Raises:
        UserError: It is none of those, or no contract holds on that day.
    """
    code = CODES.get(fold(text).strip())
    shifts = read_hours(text) if code is None else ()
    day = Period(spot.day, spot.day + DAY)
    if absences_in(session, day).get(spot.member_id):
        free_day(session, spot.member_id, spot.day)
    set_day(session, spot, shifts)
    if code is not None:
        add_absence(session, spot.member_id, AbsenceFacts(code, spot.day, day.end))
