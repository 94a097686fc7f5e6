"""Hours given in the canteen: those somebody wrote, and those of the cooks of each service.

The closing of a service says how many guests cooked, never who. A volunteer whose hours are
written for the same time is one of them: they are counted once.
"""

from datetime import date, datetime, time
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.figures.cooks import Cooked, cooked_in
from cantine_desktop.staff.contracts.engaging import current_contract
from cantine_desktop.staff.contracts.model import StaffMember
from cantine_desktop.staff.hours.model import Level, ValuedHours, WorkedShift
from cantine_desktop.staff.hours.standing import worked_in
from cantine_desktop.staff.hours.volunteering import Given, Valued, post_month, valued
from cantine_desktop.staff.rosters.model import Post
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.values.period import Period

_ELSEWHERE = frozenset({Post.OFFICE, Post.DELIVERY})
"""Who is there is not in the kitchen."""


class CooksMonth(NamedTuple):
    """What the cooks of the services of a month gave.

    Attributes:
        services: How many services they cooked.
        cooks: How many times somebody cooked, those with hours of their own left out.
        known: How many times it was a volunteer whose hours are written besides.
        minutes: From when cooks come to when the meal begins.
    """

    services: int
    cooks: int
    known: int
    minutes: int


class GivenMonth(NamedTuple):
    """The hours given in a month, and what they are worth.

    Attributes:
        rows: By level, cooks counted.
        cooks: What the cooks of the services are of them; ``None`` to who may not read these.
    """

    rows: tuple[Valued, ...]
    cooks: CooksMonth | None


def cooks_given(session: Session, period: Period) -> tuple[list[Given], CooksMonth]:
    """Return the hours of the cooks of the services of a period, in one line a service."""
    found: list[Given] = []
    services = cooks = known = total = 0
    rows = _volunteers(session, period)
    for each in cooked_in(session, period):
        start, finish = _minutes(each.cook_at), _minutes(each.meal_at)
        beside = _beside(rows, each, start, finish)
        heads = max(0, each.cooks - beside)
        services, cooks, known = services + 1, cooks + heads, known + min(beside, each.cooks)
        total += heads * (finish - start)
        if heads:
            found.append(Given(each.day, heads * (finish - start), Level.HELP))
    return found, CooksMonth(services, cooks, known, total)


def given_month(session: Session, first: date) -> GivenMonth:
    """Return what the hours given in a month are worth, by level, with those of the cooks.

    Args:
        session: Any session.
        first: A day of the month.

    Raises:
        UserError: No amount is known that day.
    """
    if not _may_read(session):
        return GivenMonth(tuple(valued(session, first)), None)
    given, cooks = cooks_given(session, Period.month(first))
    return GivenMonth(tuple(valued(session, first, given)), cooks)


def post_given(session: Session, first: date, now: datetime) -> list[ValuedHours]:
    """Write in class 8 the hours given in a month that are not yet, the cooks’ among them.

    Args:
        session: The session of an action.
        first: A day of the month.
        now: The present instant, aware.

    Raises:
        UserError: Whoever asks may not read the services, or as ``post_month`` says.

    Source: ANC-2018-06.
    """
    if not _may_read(session):
        raise UserError(
            tr(
                "Les heures des cuisiniers des services comptent aussi : il faut pouvoir lire les "
                "services pour les valoriser."
            )
        )
    given, _cooks = cooks_given(session, Period.month(first))
    return post_month(session, first, now, given)


def _may_read(session: Session) -> bool:
    return watch_of(session).actor.may_read("meals")


def _volunteers(session: Session, period: Period) -> list[WorkedShift]:
    """Return the hours written of those who are volunteers on the day."""
    query = select(StaffMember).options(selectinload(StaffMember.contracts))
    members = {member.id: member for member in session.scalars(query)}
    return [
        row
        for key, own in worked_in(session, period).items()
        for row in own
        if (contract := current_contract(members[key], row.day)) is not None
        and contract.status.is_volunteer
    ]


def _beside(rows: list[WorkedShift], each: Cooked, start: int, finish: int) -> int:
    """Return how many volunteers have hours of their own while a service was cooked."""
    return len({
        row.member_id
        for row in rows
        if row.day == each.day
        and row.start < finish
        and start < row.finish
        and row.post not in _ELSEWHERE
    })


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute
