"""Hours done, as people type them and as they are shown: see ``rosters.typed_hours``."""

from collections.abc import Sequence
from typing import NamedTuple

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.staff.law.stints import Kind
from cantine_desktop.staff.rosters import typed_hours
from cantine_desktop.staff.rosters.model import Post
from cantine_desktop.staff.rosters.typed_hours import ShiftFacts, day_text


class Hours(NamedTuple):
    """A stretch of work, as ``WorkedShift`` has it: minutes after the midnight of its day."""

    start: int
    finish: int
    pause: int = 0
    post: Post = Post.KITCHEN
    kind: Kind = Kind.WORK


def read_hours(text: str) -> list[Hours]:
    """Read one stretch of work or several; an end before its start is on the next day.

    Raises:
        UserError: It is no hours.
    """
    found = typed_hours.read_hours(text)
    if not found:
        raise UserError(_how())
    return [
        Hours(each.start, each.finish, each.pause, each.post or Post.KITCHEN, each.kind)
        for each in found
    ]


def write_hours(hours: Sequence[Hours]) -> str:
    """Write stretches of work as they can be typed: ``8:30–12, 13–16:30 p20``."""
    return day_text([ShiftFacts(each.start, each.finish, pause=each.pause) for each in hours])


def _how() -> str:
    return tr(
        "Tapez le début et la fin, comme « 8:30-15:30 » ou « 8h30 15h », « p20 » pour 20 min de "
        "pause, « - » si rien n’est fait, ou un code d’absence : CP, MAL…"
    )
