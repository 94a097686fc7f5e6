"""Writing what was proposed: days that change, and those alone; what people locked stays."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import ConflictError
from cantine_desktop.i18n import tr
from cantine_desktop.staff.proposing.facts import Facts, Planned
from cantine_desktop.staff.proposing.proposing import Proposal
from cantine_desktop.staff.rosters.model import RosterState, Shift
from cantine_desktop.staff.rosters.planning import Spot, set_day, week_of
from cantine_desktop.staff.rosters.typed_hours import ShiftFacts


def write_proposal(session: Session, proposal: Proposal) -> int:
    """Write a week as proposed; locked shifts and volunteers' stay; return the days changed.

    A shift that does not change keeps its record, so that calendars and history follow it. What
    was published stays published: the days that differ wait to be told.

    Raises:
        ConflictError: Shifts of the week changed since the proposal was read.
        UserError: A contract ended meanwhile.
    """
    count = write_shifts(session, proposal.solved.facts, proposal.shifts)
    week = week_of(session, proposal.week)
    if week.state is RosterState.DRAFT:
        week.state = RosterState.PROPOSED
    session.flush()
    return count


def write_shifts(session: Session, facts: Facts, shifts: Sequence[Planned]) -> int:
    """Make the shifts of those who are assigned as given; return how many days change.

    Args:
        session: Of the book.
        facts: The week as it was read.
        shifts: As they should be.

    Raises:
        ConflictError: Shifts of the week changed since they were read.
        UserError: A contract ended meanwhile.
    """
    _refuse_old(session, facts)
    count = 0
    for who in facts.people:
        for day in facts.week.days:
            before = [x for x in (*who.locked, *who.current) if x.day == day]
            after = [x for x in shifts if x.member == who.key and x.day == day]
            if _hours(before) != _hours(after):
                set_day(session, Spot(who.key, day), [_facts(x) for x in after])
                count += 1
    return count


def _refuse_old(session: Session, facts: Facts) -> None:
    query = select(Shift).where(
        Shift.member_id.in_([who.key for who in facts.people]),
        Shift.day >= facts.week.first,
        Shift.day < facts.week.end,
    )
    there = {(x.id, x.day, x.start, x.finish, x.post, x.pause) for x in session.scalars(query)}
    known = {
        (x.key, x.day, x.start, x.finish, x.post, x.pause)
        for who in facts.people
        for x in (*who.locked, *who.current)
    }
    if there != known:
        raise ConflictError(
            tr("Le planning a changé entre-temps : demandez une nouvelle proposition.")
        )


def _hours(shifts: Sequence[Planned]) -> list[tuple[date, int, int, str, int]]:
    return sorted((x.day, x.start, x.finish, x.post.value, x.pause) for x in shifts)


def _facts(planned: Planned) -> ShiftFacts:
    return ShiftFacts(planned.start, planned.finish, planned.post, planned.pause, planned.kind)
