"""A small team and a week of theirs, as tests of the roster begin with."""

from datetime import UTC, date, datetime

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.staff.contracts.model import Status
from cantine_desktop.staff.rosters.planning import Spot, set_day
from cantine_desktop.staff.rosters.typed_hours import day_text, read_hours
from cantine_desktop.values.period import DAY
from tests.staff.contracts.people import hire, member

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
TUESDAY, WEDNESDAY, SUNDAY = MONDAY + DAY, MONDAY + 2 * DAY, MONDAY + 6 * DAY


def team(book):
    """Write a canteen and its team; return the keys of Malik, Anne, Tom and Paul."""
    with book.action("Installer") as session:
        session.add(Canteen(name="Le Port", department="67", open_weekdays="2345"))
        malik, anne = member(session), member(session, "Anne Muller")
        tom, paul = member(session, "Tom Kern", date(2004, 9, 8)), member(session, "Paul Schmitt")
        hire(session, malik)
        hire(session, anne, weekly_minutes=17 * 60 + 30, short_reason="demande écrite")
        hire(session, tom, Status.CIVIC_SERVICE, end=date(2027, 3, 1), weekly_minutes=24 * 60)
        hire(session, paul, Status.BOARD_MEMBER, weekly_minutes=None)
    return malik, anne, tom, paul


def type_in(book, who, day, text):
    """Type hours in a cell."""
    with book.action("Planning") as session:
        set_day(session, Spot(who, day), read_hours(text))


def hours(board, who, day):
    """Return what a cell of the board shows."""
    row = next(row for row in board.rows if row.key == who)
    return day_text(row.cells[board.days.index(day)].shifts)
