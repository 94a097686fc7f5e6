"""The week of the team as the board shows it: people by day, what the rules say, its hours."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.canteen.holidays import public_holiday
from cantine_desktop.i18n import tr
from cantine_desktop.staff.contracts.model import Status
from cantine_desktop.staff.law.judging import judge_team
from cantine_desktop.staff.law.nouns import Alert, Context, Severity
from cantine_desktop.staff.law.stints import monday_of
from cantine_desktop.staff.rosters.model import (
    ABSENCES,
    Absence,
    Post,
    RosterState,
    Shift,
    StaffRules,
)
from cantine_desktop.staff.rosters.planning import Spot, facts_of, state_of
from cantine_desktop.staff.rosters.publishing import pending, published
from cantine_desktop.staff.rosters.team import (
    HISTORY,
    Teammate,
    absences_in,
    contexts,
    days_of,
    planned,
    profile_of,
    rules_of,
    shifts_in,
    stint_of,
    teammates,
)
from cantine_desktop.staff.rosters.typed_hours import ShiftFacts
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import DAY, Period


class BoardCell(NamedTuple):
    """A day of somebody.

    Attributes:
        shifts: In order; ``posts`` alike.
        absence: Its short code; empty when the person is not away.
        absence_words: What the code means.
        alerts: What the rules say of that day rather than of the week, the worst first.
        is_locked: A proposal leaves it.
        is_changed: It differs from what was published.
        is_bound: A contract or a mandate holds on that day.
    """

    spot: Spot
    shifts: tuple[ShiftFacts, ...]
    absence: str
    absence_words: str
    alerts: tuple[Alert, ...]
    is_locked: bool
    is_changed: bool
    is_bound: bool

    @property
    def posts(self) -> tuple[Post, ...]:
        """Posts of the shifts, each once."""
        return tuple(dict.fromkeys(each.post for each in self.shifts if each.post is not None))

    @property
    def worst(self) -> Severity | None:
        """The worst that the rules say."""
        return self.alerts[0].severity if self.alerts else None


class BoardRow(NamedTuple):
    """Somebody in the week.

    Attributes:
        status: What ties them to the canteen.
        minutes: Effective minutes of the week.
        agreed: Minutes of the contract; ``None`` for whom none are agreed.
        alerts: What the rules say of the whole week, the worst first.
    """

    key: int
    name: str
    status: Status
    job: str
    cells: tuple[BoardCell, ...]
    minutes: int
    agreed: int | None
    alerts: tuple[Alert, ...]


class Board(NamedTuple):
    """The whole week.

    Attributes:
        days: Monday to Sunday.
        holidays: Name of the public holiday of each day; empty for the others.
        revision: Of the last publication; 0 before any.
        published_at: Instant of the last publication.
        changed: Days that differ from it.
        alerts: What the rules say, the worst first.
        minutes: Effective minutes of all who are employed.
        cost: What those cost, charges included; ``None`` where nobody said what an hour costs.
    """

    days: tuple[date, ...]
    holidays: tuple[str, ...]
    state: RosterState
    revision: int
    published_at: datetime | None
    changed: int
    rows: tuple[BoardRow, ...]
    alerts: tuple[Alert, ...]
    minutes: int
    cost: Money | None


def board_of(session: Session, day: date, now: datetime) -> Board:
    """Return the week that holds a day.

    Args:
        session: A session that reads.
        day: A civil day.
        now: Present instant, aware: notice of changes counts from it.
    """
    monday = monday_of(day)
    week = Period.week(monday)
    mates = teammates(session, week)
    shifts, away = shifts_in(session, week), absences_in(session, week)
    known = contexts(session, week, [mate.key for mate in mates])
    alerts = _judged(session, week, mates, known)
    changed = {change.spot for change in pending(session, monday, now)}
    rows = tuple(
        _row(mate, week, shifts.get(mate.key, []), away.get(mate.key, []), alerts, changed)
        for mate in mates
    )
    last = published(session, monday)
    canteen = the_canteen(session)
    department = canteen.department if canteen is not None else ""
    employed = sum(row.minutes for row in rows if row.status.is_employee)
    return Board(
        tuple(week.days),
        tuple(public_holiday(department, each) for each in week.days),
        state_of(session, monday),
        last.revision if last is not None else 0,
        last.published_at if last is not None else None,
        len(changed),
        rows,
        tuple(alerts),
        employed,
        _cost(rules_of(session), employed),
    )


def _judged(
    session: Session, week: Period, mates: Sequence[Teammate], known: Mapping[str, Context]
) -> list[Alert]:
    stints = planned(session, Period(week.first - HISTORY, week.end + 7 * DAY))
    people = [(mate.worker, stints.get(mate.key, [])) for mate in mates]
    return judge_team(people, profile_of(session), dict(known), week)


def _row(
    mate: Teammate,
    week: Period,
    shifts: Sequence[Shift],
    absences: Sequence[Absence],
    alerts: Sequence[Alert],
    changed: set[Spot],
) -> BoardRow:
    own = tuple(alert for alert in alerts if alert.worker == mate.worker.key)
    cells = tuple(_cell(mate, day, shifts, absences, own, changed) for day in week.days)
    terms = mate.worker.terms_on(week.last) or mate.worker.terms_on(week.first)
    return BoardRow(
        mate.key,
        mate.worker.name,
        mate.status,
        mate.job,
        cells,
        sum(stint_of(each).effective for each in shifts),
        terms.weekly_minutes or None if terms is not None else None,
        tuple(alert for alert in own if _is_of_week(alert)),
    )


def _cell(
    mate: Teammate,
    day: date,
    shifts: Sequence[Shift],
    absences: Sequence[Absence],
    alerts: Sequence[Alert],
    changed: set[Spot],
) -> BoardCell:
    here = [each for each in shifts if each.day == day]
    absence = next((each for each in absences if day in days_of(each)), None)
    code, words = ABSENCES[absence.code] if absence is not None else ("", "")
    return BoardCell(
        Spot(mate.key, day),
        tuple(facts_of(each) for each in here),
        code,
        tr(words) if words else "",
        tuple(alert for alert in alerts if day in alert.days and not _is_of_week(alert)),
        bool(here) and all(each.is_locked for each in here),
        Spot(mate.key, day) in changed,
        mate.status.is_volunteer or mate.worker.terms_on(day) is not None,
    )


def _is_of_week(alert: Alert) -> bool:
    return len(alert.days) >= 7


def _cost(rules: StaffRules, minutes: int) -> Money | None:
    if rules.hour_cost is None:
        return None
    return Money((rules.hour_cost.cents * minutes + 30) // 60)
