"""What the board reads of a week: people, services, who comes for each need."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.office.roster_services import roster_meals
from cantine_desktop.staff.rosters.board import Board, board_of
from cantine_desktop.staff.rosters.coverage import Cover, Coverage, coverage_of
from cantine_desktop.staff.rosters.demand import Slot
from cantine_desktop.staff.rosters.model import Post
from cantine_desktop.values.period import Period


class ShownWeek(NamedTuple):
    """A week as the board shows it.

    Attributes:
        meals: The services of each day.
        posts: Posts that services need, a row each under the people.
    """

    board: Board
    meals: dict[date, list[Slot]]
    posts: tuple[Post, ...]
    coverage: Coverage

    def covers(self, post: Post, day: date) -> list[Cover]:
        """Return the needs of a post on a day."""
        return [each for each in self.coverage.covers if each.post is post and each.slot.day == day]


def read_week(session: Session, week: Period, now: datetime) -> ShownWeek:
    """Read a week."""
    meals: dict[date, list[Slot]] = {}
    slots = roster_meals(session, week)
    for slot in slots:
        meals.setdefault(slot.day, []).append(slot)
    coverage = coverage_of(session, week, slots)
    posts = tuple(dict.fromkeys(each.post for each in coverage.covers))
    return ShownWeek(board_of(session, week.first, now), meals, posts, coverage)
