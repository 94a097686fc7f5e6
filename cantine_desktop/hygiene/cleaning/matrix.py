"""What a sheet of days is: rows of things to do, a column for each day, a box to tick.

One description serves the grid on screen, the sheet to fill by hand, the filled sheet, the
counts and the inspection file, so that they always look alike.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.cleaning.model import Every, Ticked
from cantine_desktop.hygiene.model import is_within
from cantine_desktop.hygiene.registers.register import Judgement, always, no_legend
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.values.period import Period

Key = int | str
"""What names a row: the key of a task or of a station, the code of a point or of a line."""


class Takes(StrEnum):
    """What is written in a box."""

    TICK = "tick"
    """Done, or not done and why."""
    CHECK = "check"
    """Conform, not conform, not applicable, not done."""
    NUMBER = "number"
    """A measure, judged by the plan."""
    EITHER = "either"
    """A check, or a measure where one was taken."""


class Part(NamedTuple):
    """A column inside a day.

    Attributes:
        key: Stored with the box; empty when a day has one column.
        title: French title, marked; empty when a day has one column.
        takes: What is written there, whatever the row says; ``None`` leaves it to the row.
        optional: It is never missing.
    """

    key: str = ""
    title: str = ""
    takes: Takes | None = None
    optional: bool = False


WHOLE_DAY = Part()


@dataclass(frozen=True)
class Item:
    """A row of the sheet.

    Attributes:
        key: What its boxes are kept under.
        title: Said in French, translated.
        zone: Title of the group it stands in; empty for none.
        note: Small line: how often, the limit.
        every: How often it is due.
        weekday: ISO weekday planned for what is not due every day; ``None`` is any.
        takes: What is written in its boxes.
        unit: Unit of its numbers.
        places: Decimals of its numbers.
        parts: Keys of the parts of the day it is due in; empty is all of them.
        since: First day it is due; ``None`` is always.
        until: First day it is no longer due; ``None`` is still due.
        tip: What to know when writing in it: the method, the product, the source.
        most: Largest number that makes sense; ``None`` when any does.
        optional: It is never missing: it is written when it happens.
    """

    key: Key
    title: str
    zone: str = ""
    note: str = ""
    every: Every = Every.DAILY
    weekday: int | None = None
    takes: Takes = Takes.TICK
    unit: str = ""
    places: int = 0
    parts: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    tip: str = ""
    most: Decimal | None = None
    optional: bool = False

    def in_service(self, day: date) -> bool:
        """Tell whether it is on the sheet of a day."""
        return is_within(day, self.since, self.until)

    def has_part(self, part: str) -> bool:
        """Tell whether it is due in a part of the day."""
        return not self.parts or part in self.parts

    @property
    def is_written_on_event(self) -> bool:
        """Whether an empty box is never missing."""
        return self.optional or self.every is Every.PER_USE


class Total(NamedTuple):
    """A row that is computed.

    Attributes:
        title: Said in French, translated.
        unit: Unit of its numbers.
        places: Decimals shown.
        values: One per day, and the whole week under ``None``; absent where it means nothing.
    """

    title: str
    unit: str
    places: int
    values: dict[date | None, Decimal]


def no_totals(_week: Any) -> Sequence[Total]:
    """Return no computed row."""
    return ()


@dataclass(frozen=True)
class Matrix:
    """A kind of sheet of days, with its rows.

    Attributes:
        key: Name for programs: ``"cleaning"``.
        letter: One or two capitals that begin the id of its sheets: ``"NE"`` in ``NE-2026-S47``.
        title: French title of the sheet, marked for translation.
        short: French name in the chooser of sheets, marked.
        model: The class of its boxes.
        item: Attribute of a box that names its row.
        items: Returns the rows of a period, in the order of the sheet.
        judge: Returns what a box means. It may read the plan, and sets nothing.
        parts: Columns inside a day.
        code: Number of its paper in the catalogue of documents; empty for none.
        points: Codes of the control points it proves.
        retention: Class that says how long its boxes are kept.
        applies: Tells whether this canteen has use for it.
        legend: Returns the reminders printed under the rows.
        source: Id in ``resources/sources.toml`` of why the sheet exists.
        words: French words that also find it in the palette, marked.
        totals: Returns the computed rows of a week.
        empty: What to do when it has no row, marked.
        all_done: « Tout fait ce jour » makes sense on it.
    """

    key: str
    letter: str
    title: str
    short: str
    model: type[Ticked]
    item: str
    items: Callable[[Session, Period], Sequence[Item]]
    judge: Callable[[Session, Item, Any], Judgement]
    parts: tuple[Part, ...] = (WHOLE_DAY,)
    code: str = ""
    points: tuple[str, ...] = ()
    retention: Retention = Retention.MONITORING
    applies: Callable[[Session], bool] = always
    legend: Callable[[Session, Period], Sequence[str]] = no_legend
    source: str = "BP"
    words: str = ""
    totals: Callable[[Any], Sequence[Total]] = no_totals
    empty: str = ""
    all_done: bool = False

    def takes(self, item: Item, part: str) -> Takes:
        """Return what is written in the boxes of a row, in a part of the day."""
        wanted = next(each for each in self.parts if each.key == part)
        return wanted.takes or item.takes
