"""The roster of the demonstration: a year of weeks that were held, this one and the next."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.holidays import public_holiday
from cantine_desktop.clock import PARIS
from cantine_desktop.meals.services.model import MealKind, ServiceState
from cantine_desktop.meals.services.queries import ServiceRow, services_of
from cantine_desktop.staff.contracts.engaging import current_contract
from cantine_desktop.staff.contracts.model import StaffMember
from cantine_desktop.staff.law.stints import monday_of
from cantine_desktop.staff.rosters.model import Post, Shift
from cantine_desktop.staff.rosters.publishing import publish
from cantine_desktop.staff.rosters.rules import RulesFacts, set_rules
from cantine_desktop.staff.rosters.staffing import add_usual_rules
from cantine_desktop.staff.rosters.team import shifts_in
from cantine_desktop.staff.rosters.typed_hours import read_hours
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period

WEEKS = 51
"""Weeks before this one that the roster holds."""
SEALED = 4
"""Of those, how many were published here: the others are from before the board."""

TOLD = timedelta(days=12)
"""How long before a week it was published."""

_HOUR = Money(19_50)
"""What an hour of an employee of the demonstration costs, charges included."""

_USUAL: Mapping[str, tuple[str, str, str, str, str, str, str]] = {
    "Anne Muller": ("", "8:30-12:30 bureau", "", "8:30-15:30 p30", "8:30-16 p30", "", ""),
    "Malik Benali": ("9-12 livraison", "8-16 p30", "8-16 p30", "8-16 p30", "12-22 p30", "", ""),
    "Inès Roth": ("", "9-15:20 p20", "9-15:20 p20", "9-15:20 p20", "9-15:20 p20", "", ""),
    "Tom Kern": ("", "9-15:20 p20", "9-15:20 p20", "9-15:20 p20", "9-15:20 p20", "", ""),
    "Lina Haas": ("", "9-16 p30", "9-16 p30", "9-16 p30", "9-16 p30", "", ""),
    "Paul Schmitt": ("", "", "", "14-16 fermeture", "", "", ""),
    "Solène Weiss": ("", "", "", "", "20-22:30 fermeture", "", ""),
}
"""Hours of a week without brunch, Monday to Sunday."""

_BRUNCH: Mapping[str, tuple[str, str, str, str, str, str, str]] = {
    **_USUAL,
    "Malik Benali": (*("", "8-16:30 p30", "8-16 p30", "8-16 p30", "15-22 p30", "", "9-15 p30"),),
}
"""Of a week that ends with a brunch."""


def write_roster(session: Session, today: date, department: str) -> None:
    """Write a year of weeks for the people of the demonstration, and what its services need."""
    set_rules(session, RulesFacts(hour_cost=_HOUR))
    add_usual_rules(session)
    people = list(session.scalars(select(StaffMember).order_by(StaffMember.id)))
    first = monday_of(today) - WEEKS * 7 * DAY
    whole = Period(first, monday_of(today) + 14 * DAY)
    held: dict[date, list[ServiceRow]] = {}
    for row in services_of(session, whole):
        if row.state is not ServiceState.CANCELLED:
            held.setdefault(row.day, []).append(row)
    with session.no_autoflush:  # all at once, rather than before each look at a contract
        for rank in range(WEEKS + 2):
            session.add_all(_week(first + rank * 7 * DAY, people, held, department))
    session.flush()
    for back in range(SEALED, -2, -1):
        monday = monday_of(today) - back * 7 * DAY
        if shifts_in(session, Period.week(monday)):
            publish(session, monday, datetime.combine(monday - TOLD, time(17), PARIS))


def _week(
    monday: date,
    people: Sequence[StaffMember],
    held: Mapping[date, Sequence[ServiceRow]],
    department: str,
) -> Iterable[Shift]:
    sunday = held.get(monday + 6 * DAY, ())
    has_brunch = any(row.kind is MealKind.BRUNCH for row in sunday)
    hours = _BRUNCH if has_brunch else _USUAL
    if not any(day in held for day in Period.week(monday).days):
        return  # closed: nothing is delivered either
    for member in people:
        for rank, text in enumerate(hours.get(member.name, ())):
            day = monday + rank * DAY
            is_off = public_holiday(department, day) or (rank and day not in held)
            if not text or is_off or current_contract(member, day) is None:
                continue
            for facts in read_hours(text):
                yield Shift(
                    member_id=member.id,
                    day=day,
                    start=facts.start,
                    finish=facts.finish,
                    post=facts.post or _post(member.name),
                    pause=facts.pause,
                )


def _post(name: str) -> Post:
    return Post.LEAD if name in {"Anne Muller", "Malik Benali"} else Post.SUPPORT
