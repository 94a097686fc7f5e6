"""The services of a week as the roster needs them: when they are, and for how many."""

from sqlalchemy.orm import Session

from cantine_desktop.meals.reservations.seating import counts_of
from cantine_desktop.meals.services.model import ServiceState
from cantine_desktop.meals.services.queries import services_of
from cantine_desktop.staff.rosters.demand import Slot
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.values.period import Period


def roster_meals(session: Session, week: Period) -> list[Slot]:
    """Return the services of some days that are not cancelled; none to who may not read them.

    As many are expected as somebody said, or as announced themselves, cooks among them.
    """
    if not watch_of(session).actor.may_read("meals"):
        return []
    rows = [row for row in services_of(session, week) if row.state is not ServiceState.CANCELLED]
    counts = counts_of(session, [row.key for row in rows])
    return [
        Slot(
            row.day,
            row.kind,
            row.title,
            row.cook_at,
            row.meal_at,
            max(counts[row.key].eaters + counts[row.key].cooks, row.expected or 0),
        )
        for row in rows
    ]
