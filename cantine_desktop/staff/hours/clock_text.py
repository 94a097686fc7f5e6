"""Hours as people type them: « 8:30-15:00 », « 8h30 15h », « 9-12 13-16:30 p20 »."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.staff.law.stints import DAY_LONG, Kind
from cantine_desktop.staff.rosters.model import Post
from cantine_desktop.values.text import fold

_PAUSE = re.compile(r"(?:pause|p)\s*(\d{1,3})(?:\s*(?:min|mn|m|'))?")
_CLOCKS = (
    re.compile(r"(?<!\d)(\d{1,2})(?:\s*[:h.](?:\s*(\d{2})(?!\d|\s*[:h]))?|(\d{2})(?!\d))?(?!\d)"),
    re.compile(r"(?<!\d)(\d{1,2})(?:\s*[:h.](?:(\d{2})(?!\d))?|(\d{2})(?!\d))?(?!\d)"),
)
"""« 8 h 30 »; then, for what that reads as an odd count, « 9h 12 » as two times."""

_BETWEEN = re.compile(r"[\s\-–—→àa/,;+&et]*")


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
    plain = fold(text)
    pauses = [int(found) for found in _PAUSE.findall(plain)]
    plain = _PAUSE.sub(" ", plain)
    clocks, between = _cut(plain)
    if not clocks or len(clocks) % 2 or len(pauses) > 1 or not _BETWEEN.fullmatch(between):
        raise UserError(_how())
    minutes = [_minute(found) for found in clocks]
    found = [
        Hours(start, finish if finish > start else finish + DAY_LONG)
        for start, finish in zip(minutes[::2], minutes[1::2], strict=True)
    ]
    if pauses:
        found[0] = found[0]._replace(pause=pauses[0])
    return found


def write_hours(hours: Sequence[Hours]) -> str:
    """Write stretches of work as they can be typed: ``8:30-12:00 13:00-16:30 p20``."""
    spans = " ".join(f"{_clock(each.start)}-{_clock(each.finish)}" for each in hours)
    pause = sum(each.pause for each in hours)
    return f"{spans} p{pause}" if pause else spans


def _cut(text: str) -> tuple[list[re.Match[str]], str]:
    """Return the times of a text, and what stands between them."""
    for pattern in _CLOCKS:
        clocks = list(pattern.finditer(text))
        if clocks and len(clocks) % 2 == 0:
            return clocks, pattern.sub(" ", text)
    return [], ""


def _minute(found: re.Match[str]) -> int:
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise UserError(_how())
    return hour * 60 + minute if hour < 24 else 0


def _clock(minute: int) -> str:
    hours, rest = divmod(minute % DAY_LONG, 60)
    return f"{hours}:{rest:02}"


def _how() -> str:
    return tr(
        "Tapez le début et la fin, comme « 8:30-15:00 » ou « 8h30 15h », « p20 » pour 20 min de "
        "pause, « - » si rien n’est fait, ou un code d’absence : CP, MAL…"
    )
