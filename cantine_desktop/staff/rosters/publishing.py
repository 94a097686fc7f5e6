"""Publishing a week: it is sealed as it was shown, and each later change is told with its notice.

The shifts stay what they are now. What differs from the last publication waits until it is told;
telling it seals the week once more and notes, for each day of each person, how long before it was
said.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import long_day, tr
from cantine_desktop.staff.law.notices import Change, judge_change
from cantine_desktop.staff.law.nouns import Alert
from cantine_desktop.staff.law.stints import Kind
from cantine_desktop.staff.rosters.model import (
    Post,
    Publication,
    RosterChange,
    RosterState,
    Shift,
)
from cantine_desktop.staff.rosters.planning import Spot, facts_of, week_of
from cantine_desktop.staff.rosters.team import contexts, profile_of, shifts_in, teammates
from cantine_desktop.staff.rosters.typed_hours import ShiftFacts, day_text
from cantine_desktop.storage.seal import seal
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.values.period import Period


class PublishedShift(NamedTuple):
    """A shift as it was published.

    Attributes:
        key: Of its row, which names it in calendars.
        sequence: How often it had changed.
    """

    key: int
    spot: Spot
    facts: ShiftFacts
    sequence: int


class DayChange(NamedTuple):
    """A day of somebody that is no longer as it was published.

    Attributes:
        name: Of the person.
        before: Hours that were published; ``after``, those of now.
        alert: What the rules say of the notice; ``None`` when it is kept.
    """

    spot: Spot
    name: str
    before: tuple[ShiftFacts, ...]
    after: tuple[ShiftFacts, ...]
    alert: Alert | None


def publications(session: Session, monday: date) -> list[Publication]:
    """Return the publications of a week, the first one first."""
    query = select(Publication).where(Publication.monday == monday).order_by(Publication.revision)
    return list(session.scalars(query))


def published(session: Session, monday: date) -> Publication | None:
    """Return the last publication of a week, if any."""
    return next(iter(reversed(publications(session, monday))), None)


def shown(publication: Publication) -> list[PublishedShift]:
    """Return the shifts that a publication holds."""
    return [
        PublishedShift(
            key,
            Spot(member, date.fromisoformat(day)),
            ShiftFacts(start, finish, Post(post), pause, Kind(kind), note),
            sequence,
        )
        for key, member, day, start, finish, post, pause, kind, note, sequence in json.loads(
            publication.content
        )
    ]


def pending(session: Session, monday: date, now: datetime) -> list[DayChange]:
    """Return the days that differ from what was published, by person and day.

    Empty for a week that never was.
    """
    last = published(session, monday)
    if last is None:
        return []
    before, after = _by_spot(shown(last)), _present(session, monday)
    week = Period.week(monday)
    people = {mate.key: mate.worker for mate in teammates(session, week)}
    known = contexts(session, week, people)
    profile = profile_of(session)
    found: list[DayChange] = []
    for spot in sorted({*before, *after}):
        old, new = before.get(spot, ()), after.get(spot, ())
        worker = people.get(spot.member_id)
        if old == new or worker is None:
            continue
        said = judge_change(worker, Change(spot.day, now), profile, known[worker.key])
        found.append(DayChange(spot, worker.name, old, new, next(iter(said), None)))
    return found


def publish(
    session: Session,
    monday: date,
    now: datetime,
    reason: str = "",
    consents: Mapping[Spot, bool] | None = None,
) -> Publication:
    """Seal a week as it is shown to the team; the days that changed are noted one by one.

    Args:
        session: The session of an action.
        monday: First day of the civil week.
        now: Present instant, aware: notice counts from it.
        reason: Why it changes, where it was published before.
        consents: Who agreed to a change, or did not, by cell.

    Raises:
        UserError: The week is empty, or nothing changed since the last publication.
    """
    content = _content(session, monday)
    last = published(session, monday)
    if last is None and content == "[]":
        raise UserError(tr("Cette semaine est vide : il n’y a rien à publier."))
    changes = pending(session, monday, now)
    if last is not None and not changes and last.content == content:
        raise UserError(tr("Rien n’a changé depuis la dernière publication."))
    by = watch_of(session).actor.name
    for change in changes:
        told = _told(change, reason, by, now)
        told.consent = (consents or {}).get(change.spot)
        session.add(told)
    done = Publication(
        monday=monday,
        revision=1 if last is None else last.revision + 1,
        published_at=now,
        content=content,
        by=by,
    )
    session.add(done)
    week_of(session, monday).state = RosterState.PUBLISHED
    session.flush()
    seal(session, [done], now)
    return done


def changes_told(session: Session, week: Period) -> list[RosterChange]:
    """Return the changes of some days that were told, in order."""
    query = (
        select(RosterChange)
        .where(RosterChange.day >= week.first, RosterChange.day < week.end)
        .order_by(RosterChange.day, RosterChange.changed_at, RosterChange.id)
    )
    return list(session.scalars(query))


def change_words(change: DayChange) -> str:
    """Return a change in words: the day, the hours before, those of now."""
    return tr("{day}, {before} devient {after}").format(
        day=long_day(change.spot.day),
        before=day_text(change.before) or tr("repos"),
        after=day_text(change.after) or tr("repos"),
    )


def _told(change: DayChange, reason: str, by: str, now: datetime) -> RosterChange:
    alert = change.alert
    return RosterChange(
        member_id=change.spot.member_id,
        day=change.spot.day,
        changed_at=now,
        before=day_text(change.before),
        after=day_text(change.after),
        notice=int(alert.measured) if alert is not None else 0,
        due=int(alert.limit) if alert is not None else 0,
        reason=reason.strip(),
        by=by,
    )


def _content(session: Session, monday: date) -> str:
    rows = [_row(shift) for shift in _shifts(session, monday)]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _shifts(session: Session, monday: date) -> list[Shift]:
    found = shifts_in(session, Period.week(monday))
    return sorted((each for own in found.values() for each in own), key=lambda each: each.id)


def _row(shift: Shift) -> list[object]:
    return [
        shift.id,
        shift.member_id,
        shift.day.isoformat(),
        shift.start,
        shift.finish,
        shift.post.value,
        shift.pause,
        shift.kind.value,
        shift.note,
        shift.sequence,
    ]


def _by_spot(shifts: Sequence[PublishedShift]) -> dict[Spot, tuple[ShiftFacts, ...]]:
    found: dict[Spot, list[ShiftFacts]] = {}
    for each in shifts:
        found.setdefault(each.spot, []).append(each.facts)
    return {spot: _ordered(own) for spot, own in found.items()}


def _present(session: Session, monday: date) -> dict[Spot, tuple[ShiftFacts, ...]]:
    found: dict[Spot, list[ShiftFacts]] = {}
    for shift in _shifts(session, monday):
        found.setdefault(Spot(shift.member_id, shift.day), []).append(facts_of(shift))
    return {spot: _ordered(own) for spot, own in found.items()}


def _ordered(shifts: Sequence[ShiftFacts]) -> tuple[ShiftFacts, ...]:
    return tuple(sorted(shifts, key=lambda each: each.start))
