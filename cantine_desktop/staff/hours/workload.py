"""How much the team works: hours done where they were written, planned where they were not."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.staff.hours.standing import stints_of, worked_in
from cantine_desktop.staff.law.counters import week_terms
from cantine_desktop.staff.law.nouns import Worker
from cantine_desktop.staff.law.stints import Stint, monday_of
from cantine_desktop.staff.law.timeline import timeline
from cantine_desktop.staff.rosters.team import (
    absences_in,
    days_of,
    planned,
    teammates,
)
from cantine_desktop.values.period import DAY, Period


class Workload(NamedTuple):
    """What somebody who is employed works over some days.

    Attributes:
        minutes: Effective minutes.
        beyond: Minutes above the contract, week by week, of the civil weeks that end in the days.
        in_row: Most days worked one after the other.
    """

    name: str
    minutes: int
    beyond: int
    in_row: int


def workloads(session: Session, period: Period) -> list[Workload]:
    """Return how much each employed person works over some days, by kind of tie, then by name.

    Hours written count; on days where nobody wrote any, those that were planned, unless the
    person is away.
    """
    first = monday_of(period.first)
    span = Period(first, period.end)
    done, foreseen, away = (
        worked_in(session, span),
        planned(session, span),
        absences_in(session, span),
    )
    found: list[Workload] = []
    for mate in teammates(session, period):
        if not mate.status.is_employee:
            continue
        own = stints_of(done.get(mate.key, []))
        written = {stint.day for stint in own}
        off = {day for each in away.get(mate.key, []) for day in days_of(each)}
        own += [
            stint
            for stint in foreseen.get(mate.key, [])
            if stint.day not in written and stint.day not in off
        ]
        found.append(_workload(mate.worker, own, period))
    return found


def _workload(worker: Worker, stints: Sequence[Stint], period: Period) -> Workload:
    line = timeline(worker, stints)
    minutes = sum(work.effective for work in line.days if work.day in period)
    beyond = 0
    for monday, worked in line.weeks.items():
        terms = week_terms(worker, monday)
        if terms is not None and monday + 6 * DAY in period:
            beyond += max(0, worked - terms.weekly_minutes)
    days = [work.day for work in line.days if work.day in period]
    return Workload(worker.name, minutes, beyond, _in_row(days))


def _in_row(days: Sequence[date]) -> int:
    most = run = 0
    before: date | None = None
    for day in days:
        run = run + 1 if before is not None and day == before + DAY else 1
        most, before = max(most, run), day
    return most
