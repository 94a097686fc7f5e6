"""Writing the week of the team: a day of somebody, a day moved, a week taken over from another."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.staff.contracts.engaging import current_contract
from cantine_desktop.staff.contracts.model import StaffMember, Status
from cantine_desktop.staff.rosters.model import (
    ABSENCES,
    Absence,
    Post,
    RosterState,
    RosterWeek,
    Shift,
)
from cantine_desktop.staff.rosters.team import absences_in, days_of, shifts_in, teammates
from cantine_desktop.staff.rosters.typed_hours import ShiftFacts
from cantine_desktop.values.period import Period

_USUAL: dict[Status, Post] = {
    Status.PERMANENT: Post.LEAD,
    Status.FIXED_TERM: Post.LEAD,
    Status.BOARD_MEMBER: Post.CLOSING,
    Status.DINER_COOK: Post.KITCHEN,
}


class Spot(NamedTuple):
    """A cell of the week: somebody, on a civil day."""

    member_id: int
    day: date


class CopyReport(NamedTuple):
    """What came of a week taken over.

    Attributes:
        copied: Shifts written.
        left: Why others were not, each a sentence.
    """

    copied: int
    left: tuple[str, ...]


def facts_of(shift: Shift) -> ShiftFacts:
    """Return what is known of a shift."""
    return ShiftFacts(
        shift.start, shift.finish, shift.post, shift.pause, shift.kind, shift.note
    )  # fmt: skip


def shifts_on(session: Session, spot: Spot) -> list[Shift]:
    """Return the shifts of a cell, in order."""
    query = select(Shift).where(Shift.member_id == spot.member_id, Shift.day == spot.day)
    return list(session.scalars(query.order_by(Shift.start, Shift.id)))


def set_day(session: Session, spot: Spot, shifts: Sequence[ShiftFacts]) -> None:
    """Write the shifts of somebody on a day, in place of those there were.

    A shift keeps its row as long as there is one, so that calendars follow it.

    Raises:
        UserError: The person has no contract nor mandate on that day, or two shifts overlap.
    """
    member = session.get_one(StaffMember, spot.member_id)
    if shifts and current_contract(member, spot.day) is None:
        raise UserError(
            tr("{name} n’a ni contrat ni mandat le {day} : voyez sa fiche.").format(
                name=member.name, day=short_day(spot.day)
            )
        )
    ordered = sorted(shifts, key=lambda each: each.start)
    if any(later.start < early.finish for early, later in itertools.pairwise(ordered)):
        raise UserError(tr("Deux créneaux de la même personne se chevauchent."))
    kept = shifts_on(session, spot)
    usual = kept[0].post if kept else _usual_post(session, member, spot.day)
    for rank, facts in enumerate(ordered):
        post = facts.post or (kept[rank].post if rank < len(kept) else usual)
        known = replace(facts, post=post)
        if rank < len(kept):
            _rewrite(kept[rank], known)
        else:
            session.add(_new(spot, known, post))
    for shift in kept[len(ordered) :]:
        session.delete(shift)
    session.flush()


def _new(spot: Spot, facts: ShiftFacts, post: Post) -> Shift:
    return Shift(
        member_id=spot.member_id,
        day=spot.day,
        start=facts.start,
        finish=facts.finish,
        post=post,
        pause=facts.pause,
        kind=facts.kind,
        note=facts.note,
    )


def _rewrite(shift: Shift, facts: ShiftFacts) -> None:
    if facts_of(shift) == facts:
        return
    assert facts.post is not None
    shift.start, shift.finish, shift.pause = facts.start, facts.finish, facts.pause
    shift.post, shift.kind, shift.note = facts.post, facts.kind, facts.note
    shift.sequence += 1


def _usual_post(session: Session, member: StaffMember, day: date) -> Post:
    """Return what somebody did last, or what their status makes likely."""
    query = (
        select(Shift.post)
        .where(Shift.member_id == member.id, Shift.day <= day)
        .order_by(Shift.day.desc(), Shift.start)
        .limit(1)
    )
    last = session.scalar(query)
    if last is not None:
        return last
    contract = current_contract(member, day)
    return _USUAL.get(contract.status, Post.SUPPORT) if contract is not None else Post.SUPPORT


def move_day(session: Session, source: Spot, target: Spot, *, copies: bool = False) -> None:
    """Move what stands in a cell to another; what was there goes the other way.

    Args:
        session: The session of an action.
        source: Where it is taken from.
        target: Where it goes.
        copies: Leave the first cell as it is, and put the same in the second.

    Raises:
        UserError: There is nothing to move, or somebody has no contract on the new day.
    """
    taken = [facts_of(each) for each in shifts_on(session, source)]
    if not taken:
        raise UserError(tr("Il n’y a rien à déplacer dans cette case."))
    if source == target:
        return
    back = [facts_of(each) for each in shifts_on(session, target)]
    set_day(session, target, taken)
    if not copies:
        set_day(session, source, back)


def set_lock(session: Session, spot: Spot, *, is_locked: bool) -> int:
    """Keep a cell from proposals, or hand it back to them; return how many shifts it holds."""
    found = shifts_on(session, spot)
    for shift in found:
        shift.is_locked = is_locked
    session.flush()
    return len(found)


def copy_week(session: Session, source: date, target: date) -> CopyReport:
    """Take over the hours of a week, for those who are bound to come.

    Volunteers are left out: they offer their hours. So are days of absence, of no contract, and
    cells that hold something already.

    Args:
        session: The session of an action.
        source: Monday of the week to copy.
        target: Monday of the week to fill.

    Raises:
        UserError: The week to copy is empty.
    """
    week = Period.week(target)
    before = shifts_in(session, Period.week(source))
    if not before:
        raise UserError(
            tr("La semaine du {day} est vide : il n’y a rien à copier.").format(
                day=short_day(source)
            )
        )
    here, away = shifts_in(session, week), absences_in(session, week)
    left: list[str] = []
    copied = 0
    for mate in teammates(session, week):
        if mate.status.is_volunteer:
            continue
        for day, facts in _moved(before.get(mate.key, []), target - source):
            told = _why_not(mate.worker.name, day, away.get(mate.key, []))
            if mate.worker.terms_on(day) is None:
                told = tr("{name} n’a pas de contrat le {day}.").format(
                    name=mate.worker.name, day=short_day(day)
                )
            if told:
                left.append(told)
            elif not any(each.day == day for each in here.get(mate.key, [])):
                set_day(session, Spot(mate.key, day), facts)
                copied += len(facts)
    return CopyReport(copied, tuple(dict.fromkeys(left)))


def _moved(shifts: Sequence[Shift], by: timedelta) -> list[tuple[date, list[ShiftFacts]]]:
    days: dict[date, list[ShiftFacts]] = {}
    for shift in shifts:
        days.setdefault(shift.day + by, []).append(facts_of(shift))
    return list(days.items())


def _why_not(name: str, day: date, absences: Sequence[Absence]) -> str:
    for absence in absences:
        if day in days_of(absence):
            return tr("{name} est absent·e le {day} ({why}).").format(
                name=name, day=short_day(day), why=tr(ABSENCES[absence.code][1])
            )
    return ""


def clear_week(session: Session, monday: date) -> int:
    """Empty a week, apart from what is locked and what volunteers offered; return how many."""
    week = Period.week(monday)
    bound = {mate.key for mate in teammates(session, week) if not mate.status.is_volunteer}
    found = [
        shift
        for key, own in shifts_in(session, week).items()
        if key in bound
        for shift in own
        if not shift.is_locked
    ]
    for shift in found:
        session.delete(shift)
    session.flush()
    return len(found)


def week_of(session: Session, monday: date) -> RosterWeek:
    """Return the row of a week, made when there is none."""
    row = session.scalars(select(RosterWeek).where(RosterWeek.monday == monday)).one_or_none()
    if row is None:
        row = RosterWeek(monday=monday)
        session.add(row)
        session.flush()
    return row


def state_of(session: Session, monday: date) -> RosterState:
    """Return how far a week is; a draft when nobody said."""
    query = select(RosterWeek.state).where(RosterWeek.monday == monday)
    return session.scalar(query) or RosterState.DRAFT


def write_note(session: Session, monday: date, note: str) -> None:
    """Write what everybody is told, at the foot of the poster."""
    week_of(session, monday).note = note.strip()
    session.flush()
