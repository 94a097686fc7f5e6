"""What a register is: a sheet of rows, its columns, how a row is judged and how long it is kept.

One description serves the grid on screen, the sheet to fill by hand, the filled sheet, the
CSV file, the search and the inspection file, so that the five always look alike.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.faults import Fault
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.values.period import Period


class Kind(StrEnum):
    """What is typed in a column."""

    TEXT = "text"
    DAY = "day"
    TIME = "time"
    CELSIUS = "celsius"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHECK = "check"
    CHOICE = "choice"
    INITIALS = "initials"


class Choice(NamedTuple):
    """One answer of a column: its stored value, and its French words, marked."""

    value: str
    label: str


@dataclass(frozen=True)
class Column:
    """A column of a register.

    Attributes:
        key: Attribute of the record; for a computed column, its name only.
        title: French title, marked for translation, short enough for the sheet.
        kind: What is typed in it. ``TIME`` is an aware instant, typed ``14:30`` on the day
            of the row, or on the next one when that is earlier than the column ``after``.
            ``CHECK`` is ``True`` for conform, ``False`` for not, ``None`` for not done.
        group: French title on the sheet over this column and its neighbours of the same group,
            marked; ``short`` is then its own head there, and its share that of the group.
        short: French head under the title of its group, marked.
        share: Width beside the other columns, on paper and on screen.
        choices: Answers of a ``CHOICE``.
        places: Decimals of a ``NUMBER``; 0 is a whole number.
        unit: Unit printed in the head.
        after: Key of the column of the instant this one follows.
        suggest: Returns words to propose while typing, the most usual first.
        compute: Makes the text of a column nobody types, from the record.
        in_celsius: Tells whether a ``NUMBER`` of a record is in degrees, where that depends on
            what was measured.
        is_given: A figure read on a label or in a table, which no instrument measured here.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    share: float = 1.0
    choices: tuple[Choice, ...] = ()
    places: int = 0
    unit: str = ""
    group: str = ""
    short: str = ""
    after: str = ""
    suggest: Callable[[Session], Sequence[str]] | None = None
    compute: Callable[[Any], str] | None = None
    in_celsius: Callable[[Any], bool] | None = None
    is_given: bool = False


class Judgement(NamedTuple):
    """What a record means.

    Attributes:
        verdict: By the plan in force on its day.
        fault: What is wrong with it; given exactly when the verdict is a breach.
    """

    verdict: Verdict
    fault: Fault | None = None


def always(_session: Session) -> bool:
    """Tell that a register is of use to every canteen."""
    return True


def no_legend(_session: Session, _period: Period) -> Sequence[str]:
    """Return no line of limits."""
    return ()


def on_event(_session: Session, _period: Period) -> int | None:
    """Return no number of records due: they are written when something happens."""
    return None


@dataclass(frozen=True)
class Register:
    """A kind of record, with its sheet.

    Attributes:
        key: Name for programs: ``"cooling"``.
        letter: One or two capitals that begin the id of its sheets: ``"FR"`` in ``FR-2026-S47``.
        title: French title of the sheet, marked for translation.
        model: The class of its rows, a ``Base`` that is ``Kept``.
        columns: In the order of the sheet; the day comes first, the initials last.
        judge: Returns what a record means. It may read the plan, and sets nothing.
        points: Codes of the control points it proves.
        retention: Class that says how long its rows are kept.
        landscape: The sheet lies on its side.
        blank_rows: Rows printed to fill by hand.
        applies: Tells whether this canteen has use for it (a fryer, meals for members…).
        expected: Returns how many records a period calls for; ``None`` when they come with
            events, such as deliveries.
        due_days: Returns the days of a period that each call for one record at least, where
            there are such days: many records of one day make up for no other.
        legend: Returns the limits and reminders printed above the rows.
        words: French words that also find it in the palette, marked.
        code: Number of its paper in the catalogue of documents: ``"D02"``; empty for none.
        keeps_names: Its rows name people: they are destroyed as soon as they may be.
    """

    key: str
    letter: str
    title: str
    model: type[Any]
    columns: tuple[Column, ...]
    judge: Callable[[Session, Any], Judgement]
    points: tuple[str, ...] = ()
    retention: Retention = Retention.MONITORING
    landscape: bool = False
    blank_rows: int = 20
    applies: Callable[[Session], bool] = always
    expected: Callable[[Session, Period], int | None] = on_event
    due_days: Callable[[Session, Period], Sequence[date]] | None = None
    legend: Callable[[Session, Period], Sequence[str]] = no_legend
    words: str = ""
    code: str = ""
    keeps_names: bool = False
