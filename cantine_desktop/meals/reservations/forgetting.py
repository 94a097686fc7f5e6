"""Forgetting diets once the meal is over, and names some days after, in history too.

Source: RGPD-9.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import mark
from cantine_desktop.meals.reservations.model import DietCount, DietRequest, Reservation
from cantine_desktop.meals.services.model import MealService, ServiceState
from cantine_desktop.storage.destruction import destroy, values_of
from cantine_desktop.storage.stored import Spot
from cantine_desktop.storage.watch import watch_of

NAMES, COUNTS, REQUESTS = (
    Reservation.__tablename__,
    DietCount.__tablename__,
    DietRequest.__tablename__,
)
_TITLES = {
    NAMES: mark("Noms des réservations"),
    COUNTS: mark("Régimes du jour"),
    REQUESTS: mark("Demandes écrites"),
}


def due(session: Session, now: datetime, names_kept_days: int) -> list[Spot]:
    """Return the rows that are past their days, those that history alone still holds too.

    The diets of a day go once its service is closed, the day after at the latest; written
    requests at their end; names and contacts of reservations after ``names_kept_days``.
    """
    today = civil_date(now)
    limit = today - timedelta(days=names_kept_days)
    spots: list[Spot] = [(NAMES, row.id) for row in _named_before(session, limit)]
    spots += _counts_before(session, today)
    ended = select(DietRequest.id).where(DietRequest.until <= today)
    spots += [(REQUESTS, key) for key in session.scalars(ended)]
    return spots + _gone(session, {NAMES: limit, COUNTS: today, REQUESTS: today})


def forget(session: Session, now: datetime, by: str, names_kept_days: int) -> int:
    """Destroy what is past its days; return how many rows were.

    The reservations themselves stay counted, in rows that name nobody. History keeps nothing
    of what went: call it in ``book.action(label, undoable=False)``, then
    ``storage.scrubbing.scrub``.

    Args:
        session: The session of an action.
        now: Present instant, aware.
        by: Initials of who asks.
        names_kept_days: Days names are kept after the service.
    """
    spots = due(session, now, names_kept_days)
    if not spots:
        return 0
    limit = civil_date(now) - timedelta(days=names_kept_days)
    nameless = [_nameless(row, now) for row in _named_before(session, limit)]
    destroy(session, spots, _lines(spots), by, now)
    session.add_all(nameless)
    session.flush()
    return len(spots)


def forget_request(session: Session, request_id: int, by: str, now: datetime) -> None:
    """Destroy a written request that its person takes back, in history too.

    Call it in ``book.action(label, undoable=False)``, then ``storage.scrubbing.scrub``.
    """
    spots: list[Spot] = [(REQUESTS, request_id)]
    destroy(session, spots, _lines(spots), by, now)


def _named_before(session: Session, limit: date) -> list[Reservation]:
    query = select(Reservation).join(MealService, Reservation.service_id == MealService.id)
    return list(
        session.scalars(query.where(MealService.day < limit, Reservation.forgotten_at.is_(None)))
    )


def _counts_before(session: Session, today: date) -> list[Spot]:
    query = select(DietCount.id).join(MealService, DietCount.service_id == MealService.id)
    over = or_(MealService.day < today, MealService.state == ServiceState.CLOSED)
    return [(COUNTS, key) for key in session.scalars(query.where(over))]


def _gone(session: Session, limits: dict[str, date]) -> list[Spot]:
    """Return rows deleted before, of which history alone still holds the words."""
    days = dict(session.execute(select(MealService.id, MealService.day)).all())
    spots: list[Spot] = []
    with watch_of(session).pause():
        for table, limit in limits.items():
            for past in values_of(session.connection(), table):
                day = days.get(past.row.get("service_id") or 0)
                if day is None or day < limit:
                    spots.append((table, past.key))
    return spots


def _nameless(row: Reservation, now: datetime) -> Reservation:
    return Reservation(
        service_id=row.service_id,
        name="",
        place=row.place,
        rank=row.rank,
        recorded_at=row.recorded_at,
        people=row.people,
        state=row.state,
        forgotten_at=now,
    )


def _lines(spots: list[Spot]) -> list[dict[str, Any]]:
    found = [table for table, _key in spots]
    return [
        {
            "title": title,
            "retention": "",
            "count": found.count(table),
            "first": None,
            "last": None,
            "names": table != COUNTS,
            "past": 0,
        }
        for table, title in _TITLES.items()
        if table in found
    ]
