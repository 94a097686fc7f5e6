"""What a sheet of days shows: its rows, its boxes, what is due and what is missing."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import closed_days, open_days, regular_days
from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.cleaning.due import ONCE_IN, around, due_days, windows
from cantine_desktop.hygiene.cleaning.matrix import Item, Key, Matrix
from cantine_desktop.hygiene.cleaning.model import Answer
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.queries import Completeness
from cantine_desktop.hygiene.registers.signing import signature_of, signatures_of
from cantine_desktop.values.period import Period


class Spot(NamedTuple):
    """One box: a row, a civil day, a part of the day."""

    key: Key
    day: date
    part: str = ""


class Entry(NamedTuple):
    """What is written in a box: an answer, or a number.

    Attributes:
        at: The instant of writing, aware; ``None`` for that of the whole gesture.
    """

    spot: Spot
    answer: Answer | None = None
    value: Decimal | None = None
    note: str = ""
    initials: str = ""
    at: datetime | None = None


class Written(NamedTuple):
    """What a box said: an answer or a number, and words."""

    answer: Answer | None
    value: Decimal | None
    note: str


class Box(NamedTuple):
    """What stands in a box.

    Attributes:
        record_id: The row that says it.
        written: The answer or the number.
        verdict: What it meant when it was written.
        initials: Who did it.
        recorded_on: Civil day it was written in the book.
        late: It was written after its day.
        is_batch: It was ticked with all the others of its day, in one gesture.
        reason: Why it replaces what was signed, or comes after the signature.
        former: Signed values it replaced, the oldest first.
        is_void: A correction says that it never happened.
    """

    record_id: int
    written: Written
    verdict: Verdict
    initials: str
    recorded_on: date
    late: bool
    is_batch: bool = False
    reason: str = ""
    former: tuple[Written, ...] = ()
    is_void: bool = False

    @property
    def is_done(self) -> bool:
        """Whether it was done, well or not."""
        return self.verdict not in {Verdict.NOT_DONE, Verdict.NOT_APPLICABLE}

    @property
    def is_explained(self) -> bool:
        """Whether it says why it was not done."""
        return self.written.answer is Answer.NOT_DONE


class Sheet(NamedTuple):
    """A sheet of days.

    Attributes:
        matrix: What kind of sheet.
        period: Its days.
        items: Its rows, in order.
        days: The days it has columns for: regular days, and those something was written on.
        closed: Why the canteen was closed on some of them; empty when nobody said.
        boxes: What stands in the boxes.
        due: Boxes that ask for something: each day's, and those still to be done once.
        last_chance: Of them, those that are missing when they stay empty: each day's, and
            the last one of what is due once in a week, a month or a quarter.
        signed_by: Initials of who signed the week; empty before.
        signed_on: Civil day it was signed.
        signed_note: What was said at the signature.
    """

    matrix: Matrix
    period: Period
    items: tuple[Item, ...] = ()
    days: tuple[date, ...] = ()
    closed: dict[date, str] = {}  # noqa: RUF012  -- never changed: each reading makes a new sheet
    boxes: dict[Spot, Box] = {}  # noqa: RUF012  -- the same
    due: frozenset[Spot] = frozenset()
    last_chance: frozenset[Spot] = frozenset()
    signed_by: str = ""
    signed_on: date | None = None
    signed_note: str = ""

    def spots(self, day: date) -> list[Spot]:
        """Return every box of a day, row by row."""
        return [
            Spot(item.key, day, part.key)
            for item in self.items
            for part in self.matrix.parts
            if item.has_part(part.key)
        ]

    def missing(self, today: date) -> list[Spot]:
        """Return the boxes due up to a day that say nothing, by day.

        What is due once is missing on the last day it may be done, not before.
        """
        empty = [s for s in self.last_chance if s.day <= today and self.says_nothing(s)]
        order = {item.key: rank for rank, item in enumerate(self.items)}
        return sorted(empty, key=lambda spot: (spot.day, order[spot.key], spot.part))

    def says_nothing(self, spot: Spot) -> bool:
        """Tell whether nothing stands in a box, or what stood there was taken back."""
        box = self.boxes.get(spot)
        return box is None or box.is_void

    def initials_of(self, day: date, part: str | None = None) -> str:
        """Return who ticked on a day, each once; of one part of it, if given."""
        found = (
            box.initials
            for spot, box in self.boxes.items()
            if spot.day == day and part in {None, spot.part} and box.initials
        )
        return " ".join(dict.fromkeys(found))

    def unsigned_boxes(self, day: date, part: str) -> list[Spot]:
        """Return the boxes of a column that nobody put initials on."""
        return [
            spot
            for spot, box in self.boxes.items()
            if (spot.day, spot.part) == (day, part) and not box.initials and not box.is_explained
        ]


def read_sheet(session: Session, matrix: Matrix, period: Period, *, blank: bool = False) -> Sheet:
    """Read a sheet.

    Args:
        session: Where to read.
        matrix: What kind of sheet.
        period: Its days; a week, where it is to be signed.
        blank: Leave out what was written in it, as the sheet to fill by hand does.
    """
    items = tuple(matrix.items(session, period))
    wide = around(items, period)
    done = _done_days(session, matrix, wide, before=period.first if blank else None)
    opened = open_days(session, wide)
    boxes = {} if blank else _boxes(session, matrix, period)
    written = {spot.day for spot in boxes}
    days = sorted({*regular_days(session, period), *written})
    signed = signature_of(session, matrix.key, period.first)
    due = [*_due(matrix, items, period, opened, done)]
    return Sheet(
        matrix,
        period,
        items,
        tuple(days),
        {row.day: row.reason for row in closed_days(session, period) if row.day not in written},
        boxes,
        frozenset(spot for spot, _is_last in due),
        frozenset(spot for spot, is_last in due if is_last),
        signed.initials if signed else "",
        civil_date(signed.signed_at) if signed else None,
        signed.note if signed else "",
    )


class Calendar(NamedTuple):
    """Days that decide what an empty box means.

    Attributes:
        regular: Days on a weekday of service, in order.
        opened: Of them, those not said to be closed.
        said: Mondays of the weeks signed with a note, which explains what is missing.
    """

    regular: Sequence[date]
    opened: frozenset[date]
    said: set[date]

    def within(self, period: Period) -> Sequence[date]:
        """Return the regular days of a period."""
        first = bisect_left(self.regular, period.first)
        return self.regular[first : bisect_left(self.regular, period.end)]

    def empty(self, day: date) -> Completeness:
        """Return what an empty box of a day counts for."""
        if day not in self.opened:
            return Completeness(0, 0, 0, 0, 1)
        explained = Period.week(day).first in self.said
        return Completeness(1, 0, explained, not explained, 0)


def counts(session: Session, matrix: Matrix, period: Period) -> Completeness:
    """Count what was due and done in a period.

    What is due once in a week, a month or a quarter counts in the period in which it was
    done, or else in the one that holds the last day it could be. What is written on an
    event counts when it was written. « Sans objet » is not due.
    """
    items = matrix.items(session, period)
    wide = around(items, period)
    boxes = _boxes(session, matrix, wide)
    regular, opened = regular_days(session, wide), frozenset(open_days(session, wide))
    total = Completeness(0, 0, 0, 0, 0)
    said = {
        monday for monday, signed in signatures_of(session, matrix.key, wide).items() if signed.note
    }
    rows: dict[tuple[Key, str], dict[date, Box]] = defaultdict(dict)
    for spot, box in boxes.items():
        if not box.is_void:
            rows[spot.key, spot.part][spot.day] = box
    for item in items:
        for part in matrix.parts:
            if item.has_part(part.key):
                mine = rows[item.key, part.key]
                asked = replace(item, optional=item.optional or part.optional)
                for found in _tallies(asked, period, mine, Calendar(regular, opened, said)):
                    total = _sum(total, found)
    return total


def _tallies(
    item: Item,
    period: Period,
    boxes: dict[date, Box],
    calendar: Calendar,
) -> Iterator[Completeness]:
    if item.every in ONCE_IN and not item.optional:
        for span in windows(item.every, period):
            yield _once(item, period, span, boxes, calendar)
        return
    days = {day for day in boxes if day in period}
    if not item.is_written_on_event:
        days |= {day for day in calendar.within(period) if item.in_service(day)}
    for day in days:
        box = boxes.get(day)
        if box is None:
            yield calendar.empty(day)
        else:
            yield _of_box(box)


def _of_box(box: Box) -> Completeness:
    if box.verdict is Verdict.NOT_APPLICABLE:
        return Completeness(0, 0, 0, 0, 0)
    missing = not box.is_done and not box.is_explained
    return Completeness(1, box.is_done, box.is_explained, missing, 0)


def _once(
    item: Item,
    period: Period,
    span: Period,
    boxes: dict[date, Box],
    calendar: Calendar,
) -> Completeness:
    """Count what is due once in a window, if it is this period that answers for it."""
    nothing = Completeness(0, 0, 0, 0, 0)
    served = [day for day in calendar.within(span) if item.in_service(day)]
    settled = [day for day, box in boxes.items() if day in span and not box.is_explained]
    if settled:
        here = [boxes[day] for day in settled if day in period]
        tallies = [_of_box(box) for box in here]
        return max(tallies, key=lambda tally: tally.done, default=nothing)
    possible = [day for day in served if day in calendar.opened]
    if not possible:
        return Completeness(0, 0, 0, 0, int(bool(served) and served[-1] in period))
    if possible[-1] not in period:
        return nothing
    if any(box.is_explained for day, box in boxes.items() if day in span):
        return Completeness(1, 0, 1, 0, 0)
    return calendar.empty(possible[-1])


def _sum(one: Completeness, other: Completeness) -> Completeness:
    return Completeness(*(int(a + b) for a, b in zip(one, other, strict=True)))


def _due(
    matrix: Matrix,
    items: Iterable[Item],
    period: Period,
    opened: Sequence[date],
    done: dict[tuple[Key, str], set[date]],
) -> Iterator[tuple[Spot, bool]]:
    """Yield the boxes due, and whether each is the last one for what it asks."""
    for item in items:
        for part in matrix.parts:
            if item.has_part(part.key) and not part.optional:
                ticked = done.get((item.key, part.key), ())
                for day, is_last in due_days(item, period, opened, ticked).items():
                    yield Spot(item.key, day, part.key), is_last


def _done_days(
    session: Session, matrix: Matrix, period: Period, *, before: date | None = None
) -> dict[tuple[Key, str], set[date]]:
    """Return the days on which each row was done, or was without object."""
    model, item = matrix.model, getattr(matrix.model, matrix.item)
    end = period.end if before is None else before
    query = select(
        model.id, item, model.part, model.day, model.answer, model.corrects_id, model.is_void
    ).where(model.day >= period.first, model.day < end)
    rows = session.execute(query).all()
    replaced = {row.corrects_id for row in rows}
    found: dict[tuple[Key, str], set[date]] = defaultdict(set)
    for number, key, part, day, answer, _former, is_void in rows:
        if number not in replaced and not is_void and answer is not Answer.NOT_DONE:
            found[key, part].add(day)
    return found


def _boxes(session: Session, matrix: Matrix, period: Period) -> dict[Spot, Box]:
    # Columns, not objects: a year of a sheet is thousands of boxes.
    model = matrix.model
    columns = [getattr(model, name) for name in (*_SHOWN, matrix.item)]
    query = select(*columns).where(model.day >= period.first, model.day < period.end)
    boxes: dict[Spot, Box] = {}
    for record in session.execute(query.order_by(model.id)):
        spot = spot_of(matrix, record)
        boxes[spot] = _box(record, boxes.get(spot))
    return {spot: box for spot, box in boxes.items() if not box.is_void or box.former}


def spot_of(matrix: Matrix, record: Any) -> Spot:
    """Return the box that a record stands in."""
    return Spot(getattr(record, matrix.item), record.day, record.part)


_SHOWN = (
    *("id", "day", "part", "answer", "value", "note", "verdict", "initials"),
    *("recorded_at", "is_batch", "reason", "is_void"),
)
"""Columns of a box that a sheet shows."""


def _box(record: Any, former: Box | None) -> Box:
    recorded = civil_date(record.recorded_at)
    return Box(
        record.id,
        Written(record.answer, record.value, record.note),
        record.verdict,
        record.initials,
        recorded,
        recorded > record.day,
        record.is_batch,
        record.reason,
        () if former is None else (*former.former, former.written),
        record.is_void,
    )
