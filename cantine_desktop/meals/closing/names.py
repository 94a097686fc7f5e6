"""Names beside contributions: only where the canteen chose so, and never for long."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import mark, tr
from cantine_desktop.meals.closing.facts import Named
from cantine_desktop.meals.closing.model import NamedContribution
from cantine_desktop.meals.closing.policy import policy
from cantine_desktop.meals.services.model import MealService
from cantine_desktop.storage.destruction import destroy, values_of
from cantine_desktop.storage.stored import Spot
from cantine_desktop.storage.watch import watch_of

TABLE = NamedContribution.__tablename__
_TITLE = mark("Contributions nommées")


def names_of(session: Session, service_id: int) -> tuple[Named, ...]:
    """Return who gave what for a service, in the order it was typed."""
    query = select(NamedContribution).where(NamedContribution.service_id == service_id)
    rows = session.scalars(query.order_by(NamedContribution.id))
    return tuple(Named(row.name, row.amount) for row in rows)


def keep_names(session: Session, service_id: int, names: Sequence[Named]) -> None:
    """Keep who gave what for a service, in place of what was kept.

    Raises:
        UserError: The canteen did not choose to tie names to amounts.
    """
    if any(each.name.strip() for each in names) and not policy(session).names_allowed:
        raise UserError(
            tr(
                "Cette cantine n’attache pas de nom aux contributions. Choisissez-le d’abord "
                "dans Réglages, Prix et contributions, ou notez les montants seuls."
            )
        )
    query = select(NamedContribution).where(NamedContribution.service_id == service_id)
    rows = list(session.scalars(query.order_by(NamedContribution.id)))
    for row, each in zip(rows, names, strict=False):
        if (row.name, row.amount) != (each.name.strip(), each.amount):
            row.name, row.amount = each.name.strip(), each.amount
    for row in rows[len(names) :]:
        session.delete(row)
    for each in names[len(rows) :]:
        session.add(
            NamedContribution(service_id=service_id, name=each.name.strip(), amount=each.amount)
        )
    session.flush()


def forget(session: Session, now: datetime, by: str) -> int:
    """Destroy the names beside contributions that are past their days; return how many rows.

    The tallies of the closings stay. What history alone still holds of them goes too: call it
    in ``book.action(label, undoable=False)``, then ``storage.scrubbing.scrub``.

    Args:
        session: The session of an action.
        now: Present instant, aware.
        by: Initials of who asks.
    """
    limit = civil_date(now) - timedelta(days=policy(session).names_kept_days)
    due = select(NamedContribution.id).join(
        MealService, NamedContribution.service_id == MealService.id
    )
    spots: list[Spot] = [
        (TABLE, key) for key in session.scalars(due.where(MealService.day < limit))
    ]
    days = dict(session.execute(select(MealService.id, MealService.day)).all())
    with watch_of(session).pause():
        for past in values_of(session.connection(), TABLE):
            day = days.get(past.row.get("service_id") or 0)
            if day is None or day < limit:
                spots.append((TABLE, past.key))
    if not spots:
        return 0
    line = {
        "title": _TITLE,
        "retention": "",
        "count": len(spots),
        "first": None,
        "last": None,
        "names": True,
        "past": 0,
    }
    destroy(session, spots, [line], by, now)
    return len(spots)
