"""What the employer owes, and when: from each hiring, from each departure, each year."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

import resources
from cantine_desktop.staff.contracts.model import (
    EMPLOYED,
    Contract,
    DutyDone,
    StaffMember,
    Status,
)
from cantine_desktop.values.period import DAY, Period


class About(StrEnum):
    """What a duty counts from: the year, an arrival, a departure."""

    CANTEEN = "canteen"
    MEMBER = "member"
    LEAVING = "leaving"


class Duty(msgspec.Struct, frozen=True, rename={"statuses": "for"}, forbid_unknown_fields=True):
    """A duty of the employer.

    Attributes:
        text: What is owed, in our own words.
        article: Where the law says so, as it is cited.
        source: Id in ``resources/sources.toml``.
        statuses: Whose contracts ask for it; empty for a duty of the year.
        days: Civil days after the first day of a contract, or after its last.
        month: With ``day``, when a duty of the year is due.
    """

    key: str
    title: str
    text: str
    article: str
    source: str
    about: About
    statuses: tuple[Status, ...] = ()
    days: int = 0
    month: int = 0
    day: int = 0


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    duty: tuple[Duty, ...]


class DutyRow(NamedTuple):
    """A duty that falls on a day.

    Attributes:
        name: Whom it is about; empty for the whole canteen.
        done_on: Civil day it was done; ``None`` while it was not.
    """

    key: str
    title: str
    due_on: date
    member_id: int | None
    name: str
    done_on: date | None


@cache
def duties() -> tuple[Duty, ...]:
    """Return every duty, as shipped."""
    return msgspec.convert(tomllib.loads(resources.text("staff/duties.toml")), _File).duty


def duty(key: str) -> Duty:
    """Return a duty by its key.

    Raises:
        KeyError: There is none of that key.
    """
    found = next((each for each in duties() if each.key == key), None)
    if found is None:
        raise KeyError(key)
    return found


def duties_of(session: Session, period: Period) -> list[DutyRow]:
    """Return what falls due in a period, the soonest first.

    Duties of the year hold for a year in which somebody is employed on that day.
    """
    done = {
        (each.key, each.due_on, each.member_id): each.done_on
        for each in session.scalars(select(DutyDone))
    }
    query = select(StaffMember).options(selectinload(StaffMember.contracts))
    people = [
        (contract, member) for member in session.scalars(query) for contract in member.contracts
    ]
    found = [
        DutyRow(each.key, each.title, day, member_id, name, done.get((each.key, day, member_id)))
        for each in duties()
        for day, member_id, name in _instances(each, people, period)
    ]
    return sorted(set(found), key=lambda row: (row.due_on, row.name, row.key))


def duty_done(session: Session, row: DutyRow, done_on: date | None) -> None:
    """Say that a duty was done on a day, or that it was not after all (``None``)."""
    query = select(DutyDone).where(DutyDone.key == row.key, DutyDone.due_on == row.due_on)
    there = next((x for x in session.scalars(query) if x.member_id == row.member_id), None)
    if there is not None and done_on is None:
        session.delete(there)
    elif there is not None and done_on is not None:
        there.done_on = done_on
    elif done_on is not None:
        session.add(
            DutyDone(key=row.key, due_on=row.due_on, member_id=row.member_id, done_on=done_on)
        )
    session.flush()


def _instances(
    each: Duty, people: list[tuple[Contract, StaffMember]], period: Period
) -> Iterator[tuple[date, int | None, str]]:
    if each.about is About.CANTEEN:
        for year in range(period.first.year, period.last.year + 1):
            day = date(year, each.month, each.day)
            if day in period and any(_employs(contract, day) for contract, _who in people):
                yield day, None, ""
        return
    for contract, member in people:
        start = _start(each.about, contract, member)
        if start is None or contract.status not in each.statuses:
            continue
        day = start + timedelta(days=each.days)
        if day in period:
            yield day, member.id, member.name


def _start(about: About, contract: Contract, member: StaffMember) -> date | None:
    """Return the day a duty counts from; between contracts in a row nobody comes or leaves."""
    others = [other for other in member.contracts if other.status in EMPLOYED]
    if about is About.MEMBER:
        goes_on = any(other.end == contract.first for other in others)
        return None if goes_on else contract.first
    if contract.end is None or any(other.first == contract.end for other in others):
        return None
    return contract.end - DAY


def _employs(contract: Contract, day: date) -> bool:
    holds = contract.first <= day and (contract.end is None or day < contract.end)
    return contract.status in EMPLOYED and holds
