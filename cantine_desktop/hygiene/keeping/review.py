"""What may be destroyed today, what is frozen, what must wait: nothing is touched here."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.keeping.holds import HoldLine, holds
from cantine_desktop.hygiene.keeping.series import Series, all_series, day_of
from cantine_desktop.hygiene.retention.choices import months_kept
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.hygiene.retention.dates import Facts, may_go_from
from cantine_desktop.storage.destruction import joined_files, lean_on, values_of
from cantine_desktop.storage.stored import Row, Spot, plain_row, table_of
from cantine_desktop.storage.watch import watch_of


@dataclass(frozen=True)
class Item:
    """One record and the first day it may be destroyed by itself.

    Attributes:
        spot: Its table and key.
        row: As stored, or as history last knew it.
        day: Civil day it belongs to; ``None`` as long as it is not settled.
        may_go: First day it may be destroyed; ``None`` is not by date.
        is_past: It was erased, and history alone still holds it.
    """

    spot: Spot
    row: Row
    day: date | None
    may_go: date | None
    is_past: bool


@dataclass(frozen=True)
class Line:
    """What a review says of one series.

    Attributes:
        series: The series.
        due: How many records may be destroyed today.
        held: Records of age that a hold keeps.
        needed: Records of age to which others refer that must stay.
        young: Records not yet of age.
        oldest: Earliest day of what may be destroyed.
        newest: Latest day of what may be destroyed.
        past: How many of ``due`` were erased before, and are in history alone.
        held_by: Keys of the holds that keep some.
        next_day: First day on which more may be destroyed.
    """

    series: Series
    due: int = 0
    held: int = 0
    needed: int = 0
    young: int = 0
    oldest: date | None = None
    newest: date | None = None
    past: int = 0
    held_by: tuple[int, ...] = ()
    next_day: date | None = None


@dataclass(frozen=True)
class Review:
    """What may be destroyed, series after series.

    Attributes:
        day: Civil day it was made for.
        lines: Series that hold anything.
        bundles: What may be destroyed today; the records of a bundle go together or stay.
        files: How many joined files would go with it, when all that is due is destroyed.
        holds: Holds that are open.
    """

    day: date
    lines: tuple[Line, ...] = ()
    bundles: tuple[tuple[Item, ...], ...] = ()
    files: int = 0
    holds: tuple[HoldLine, ...] = ()

    @property
    def due(self) -> int:
        """How many records may be destroyed."""
        return sum(line.due for line in self.lines)

    @property
    def names_due(self) -> int:
        """How many of them name people."""
        return sum(line.due for line in self.lines if line.series.names)

    def chosen(self, tables: Collection[str]) -> list[Item]:
        """Return what may be destroyed of some series, without what is bound to another one."""
        return [
            item
            for bundle in self.bundles
            if all(each.spot[0] in tables for each in bundle)
            for item in bundle
        ]


@dataclass
class _Group:
    items: list[Item] = field(default_factory=list[Item])

    @property
    def may_go(self) -> date | None:
        days = [item.may_go for item in self.items]
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(days) else None

    def held_by(self, lines: Sequence[HoldLine]) -> list[int]:
        days = [item.day for item in self.items if item.day is not None]
        if not days:
            return [line.hold_id for line in lines]
        span, rows = (min(days), max(days)), [item.row for item in self.items]
        return [line.hold_id for line in lines if line.reaches(span, rows)]


def review(session: Session, now: datetime) -> Review:
    """Return what may be destroyed today; a purge reads the same, in its own transaction.

    Records that belong together (a correction and what it corrects, a breach, its record
    and what was done) go together, when the last of them may; a hold on one holds all.

    Args:
        session: Any session of the book.
        now: The present instant, aware.
    """
    today = civil_date(now)
    frozen = holds(session, open_only=True)
    with watch_of(session).pause():
        connection = session.connection()
        series = all_series()
        items = _items(connection, series, months_kept(session))
        groups = _groups(items, {each.table: each for each in series})
        fates = [_Fate(group, today, frozen) for group in groups]
        _keep_needed(connection, fates)
        bundles = tuple(tuple(fate.group.items) for fate in fates if fate.is_due)
        files = joined_files(connection, [item.spot for bundle in bundles for item in bundle])
    by_table: dict[str, list[tuple[Item, _Fate]]] = {each.table: [] for each in series}
    for fate in fates:
        for item in fate.group.items:
            by_table[item.spot[0]].append((item, fate))
    lines = [_line(each, by_table[each.table]) for each in series]
    shown = tuple(line for line in lines if line.due or line.held or line.needed or line.young)
    return Review(today, shown, bundles, len(files), tuple(frozen))


class _Fate:
    """What becomes of a group today."""

    def __init__(self, group: _Group, today: date, frozen: Sequence[HoldLine]) -> None:
        self.group = group
        self.may_go = group.may_go
        self.is_young = self.may_go is None or self.may_go > today
        self.held_by = [] if self.is_young else group.held_by(frozen)
        self.is_needed = False

    @property
    def is_due(self) -> bool:
        return not (self.is_young or self.held_by or self.is_needed)


def _keep_needed(connection: Connection, fates: Sequence[_Fate]) -> None:
    """Keep what records that stay refer to, and then what those refer to."""
    home = {item.spot: fate for fate in fates for item in fate.group.items}
    while True:
        due = [spot for spot, fate in home.items() if fate.is_due]
        needed = lean_on(connection, due)
        if not needed:
            return
        for spot in needed:
            home[spot].is_needed = True


def _line(series: Series, mine: Sequence[tuple[Item, _Fate]]) -> Line:
    due = [item for item, fate in mine if fate.is_due]
    days = [item.day for item in due if item.day is not None]
    young = [fate for _item, fate in mine if fate.is_young]
    coming = [fate.may_go for fate in young if fate.may_go is not None]
    return Line(
        series,
        len(due),
        sum(1 for _item, fate in mine if fate.held_by),
        sum(1 for _item, fate in mine if fate.is_needed),
        len(young),
        min(days, default=None),
        max(days, default=None),
        sum(1 for item in due if item.is_past),
        tuple(sorted({key for _item, fate in mine for key in fate.held_by})),
        min(coming, default=None),
    )


def _items(
    connection: Connection, series: Iterable[Series], months: dict[Retention, int]
) -> list[Item]:
    rows = [(each, key, row, past) for each in series for key, row, past in _rows(connection, each)]
    larder = _Larder(row for _series, _key, row, _past in rows)
    found: list[Item] = []
    for each, key, row, past in rows:
        facts = each.facts(row)
        if facts is None:
            found.append(Item((each.table, key), row, None, None, past))
            continue
        may_go = may_go_from(each.retention, facts, months[each.retention])
        if each.retention is Retention.MONITORING:
            eaten = larder.latest(facts.day)
            around = may_go_from(each.retention, Facts(facts.day, use_by=eaten), 0)
            may_go = max(day for day in (may_go, around) if day is not None)
        day = None if facts.day == date.min else facts.day
        found.append(Item((each.table, key), row, day, may_go, past))
    return found


def _rows(connection: Connection, series: Series) -> Iterator[tuple[int, Row, bool]]:
    table = table_of(connection, series.table)
    for row in connection.execute(select(table).order_by(table.c.id)).mappings():
        stored = plain_row(row)
        yield stored["id"], stored, False
    for past in values_of(connection, series.table):
        yield past.key, past.row, True


class _Larder:
    """Until when the food that stood in the cold could be eaten, day after day.

    Records of temperatures and of cleaning are kept six months after the latest date of
    the food concerned: of all that was received or made up to their day, as far as it is
    known. Dry goods are left out: no temperature is recorded for them.

    Source: NS2012.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        spans = sorted(span for row in rows if (span := _span(row)) is not None)
        self._starts = [start for start, _end in spans]
        self._latest = [*accumulate((end for _start, end in spans), max)]

    def latest(self, day: date) -> date | None:
        """Return the latest date of the food received or made up to a day."""
        place = bisect_right(self._starts, day)
        return self._latest[place - 1] if place else None


def _span(row: Row) -> tuple[date, date] | None:
    start = day_of(row.get("day") or row.get("begun_on"))
    is_cold = row.get("ware") == "frozen" or row.get("celsius") is not None
    ends = [day_of(row.get("use_by"))]
    ends += [day_of(row.get("best_before"))] if is_cold else []
    known = [end for end in ends if end is not None]
    return (start, max(known)) if start is not None and known else None


def _groups(items: Sequence[Item], series: dict[str, Series]) -> list[_Group]:
    """Join the records that are bound to each other, however long the way."""
    leader: dict[Spot, Spot] = {item.spot: item.spot for item in items}

    def find(spot: Spot) -> Spot:
        while leader[spot] != spot:
            leader[spot] = leader[leader[spot]]
            spot = leader[spot]
        return spot

    for item in items:
        for other in series[item.spot[0]].bonds(item.row):
            if other in leader:
                leader[find(item.spot)] = find(other)
    groups: dict[Spot, _Group] = {}
    for item in items:
        groups.setdefault(find(item.spot), _Group()).items.append(item)
    return [*groups.values()]
