"""What the rules of work say of the hours that were really done."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.staff.hours.standing import stints_of, worked_in
from cantine_desktop.staff.law.judging import judge
from cantine_desktop.staff.law.nouns import Alert, Severity
from cantine_desktop.staff.rosters.team import HISTORY, contexts, profile_of, teammates
from cantine_desktop.values.period import Period


class Said(NamedTuple):
    """What the rules say of a day of somebody.

    Attributes:
        words: Each sentence with its caution, the worst first.
        is_bad: One of them forbids, or is to be justified.
    """

    words: str
    is_bad: bool


Sayings = Mapping[tuple[int, date | None], Said]
"""By member and civil day; ``None`` is the whole week."""


def said_of_week(session: Session, monday: date) -> Sayings:
    """Return what the rules say of the hours done in a week, with the weeks before them.

    It is the judgement of the roster, of other hours: nothing that was only planned counts.
    """
    week = Period.week(monday)
    worked = worked_in(session, Period(week.first - HISTORY, week.end))
    mates = [mate for mate in teammates(session, week) if mate.key in worked]
    profile, known = profile_of(session), contexts(session, week, [mate.key for mate in mates])
    found: dict[tuple[int, date | None], list[Alert]] = {}
    for mate in mates:
        stints = stints_of(worked[mate.key])
        for alert in judge(mate.worker, stints, profile, known[mate.worker.key], week):
            of_week = set(week.days) <= set(alert.days)
            for day in (None,) if of_week else alert.days:
                if day is None or day in week:
                    found.setdefault((mate.key, day), []).append(alert)
    return {spot: _said(alerts) for spot, alerts in found.items()}


def _said(alerts: list[Alert]) -> Said:
    parts = (f"{each.sentence} {each.caution}".strip() for each in alerts)
    words = " ".join(dict.fromkeys(parts))
    return Said(words, any(each.severity is not Severity.ADVICE for each in alerts))
