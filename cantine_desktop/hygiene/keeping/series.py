"""Which records end one day: table by table, their class and the days that decide."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from cantine_desktop.hygiene import catalogue
from cantine_desktop.hygiene.retention.classes import RETENTION, Retention
from cantine_desktop.hygiene.retention.dates import Facts
from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import tables_by_name
from cantine_desktop.storage.stored import Row, Spot

FactsOf = Callable[[Row], Facts | None]
"""Returns what decides how long a stored row is kept; ``None`` as long as it is not settled."""

READINGS = "reading"
BREACHES = "breach"


class Sheet(Protocol):
    """What registers and matrices have in common."""

    @property
    def key(self) -> str:
        """Name for programs."""
        ...

    @property
    def title(self) -> str:
        """French title, marked."""
        ...

    @property
    def model(self) -> type[Any]:
        """Class of its rows."""
        ...

    @property
    def retention(self) -> Retention:
        """Class that says how long its rows are kept."""
        ...


@dataclass(frozen=True)
class Series:
    """Records of one table.

    Attributes:
        table: Its name, and the key of the series.
        title: French title, marked.
        retention: Class of its records.
        facts: Days that decide, from a stored row.
        names: Its records name people.
        parent: Table and column of the record it belongs to, and is kept as long as.
    """

    table: str
    title: str
    retention: Retention
    facts: FactsOf
    names: bool = False
    parent: tuple[str, str] | None = None

    def bonds(self, row: Row) -> Iterator[Spot]:
        """Return the records that are kept, frozen and destroyed together with a row."""
        if row.get("corrects_id") is not None:
            yield self.table, row["corrects_id"]
        if self.parent is not None and row.get(self.parent[1]) is not None:
            yield self.parent[0], row[self.parent[1]]
        if self.table == BREACHES:
            yield from _at_fault(row)


def day_of(text: Any) -> date | None:
    """Return the civil day of a stored day or instant; ``None`` where there is none.

    Raises:
        ValueError: The text is neither.
    """
    return date.fromisoformat(str(text)[:10]) if text else None


def of_record(row: Row) -> Facts | None:
    """Return what decides for a record of a register: its day, and the dates of its food."""
    day = day_of(row.get("day"))
    if day is None:
        return None
    return Facts(
        day,
        use_by=_latest(row, "use_by", "maker_use_by", "until"),
        best_before=_latest(row, "best_before"),
        last_meal=_latest(row, "last_meal", "until"),
    )


def of_week(row: Row) -> Facts | None:
    """Return what decides for what covers a week: its last day."""
    monday = day_of(row.get("monday"))
    return None if monday is None else Facts(monday + timedelta(days=6))


def of_breach(row: Row) -> Facts | None:
    """Return what decides for a breach: the day it was settled; never while it is open.

    Source: NS2012.
    """
    settled = _latest(row, "closed_at", "withdrawn_at", "verified_at")
    if row.get("closed_at") is None and row.get("withdrawn_at") is None:
        return None
    found = _latest(row, "day", "opened_at")
    return Facts(max(day for day in (settled, found) if day is not None))


def of_instant(column: str) -> FactsOf:
    """Return a function that reads the day a column says."""

    def facts(row: Row) -> Facts | None:
        day = day_of(row.get(column))
        return None if day is None else Facts(day)

    return facts


def with_parent(_row: Row) -> Facts:
    """Return what decides for a row without a day of its own: that of its parent."""
    return Facts(date.min)


def of_label(row: Row) -> Facts | None:
    """Return what decides for a secondary label: the day of making and the last day to eat."""
    day = day_of(row.get("begun_on"))
    if day is None:
        return None
    return Facts(day, use_by=_latest(row, "use_by", "maker_use_by", "gone_on"))


OTHERS = (
    Series(READINGS, mark("Températures des enceintes froides"), Retention.MONITORING, of_record),
    Series("week_signature", mark("Semaines signées"), Retention.VERIFICATION, of_week),
    Series("sheet_scan", mark("Fiches numérisées"), Retention.VERIFICATION, of_week),
    Series("labelled_food", mark("Étiquettes secondaires"), Retention.TRACEABILITY, of_label),
    Series(BREACHES, mark("Non-conformités"), Retention.VERIFICATION, of_breach),
    Series(
        "corrective_action",
        mark("Actions correctives"),
        Retention.VERIFICATION,
        of_instant("taken_at"),
        parent=(BREACHES, "breach_id"),
    ),
    Series(
        "blocked_lot",
        mark("Lots bloqués"),
        Retention.VERIFICATION,
        of_instant("since"),
        parent=(BREACHES, "breach_id"),
    ),
    Series(
        "breach_proof",
        mark("Preuves jointes"),
        Retention.VERIFICATION,
        with_parent,
        parent=(BREACHES, "breach_id"),
    ),
    Series(
        "outbreak",
        mark("Suspicions de TIAC"),
        Retention.VERIFICATION,
        of_instant("closed_at"),
    ),
    Series(
        "outbreak_call",
        mark("Appels d’une suspicion de TIAC"),
        Retention.VERIFICATION,
        of_instant("at"),
        parent=("outbreak", "outbreak_id"),
    ),
    Series(
        "outbreak_measure",
        mark("Mesures d’une suspicion de TIAC"),
        Retention.VERIFICATION,
        of_instant("at"),
        parent=("outbreak", "outbreak_id"),
    ),
)
"""What ends one day besides the registers. Tables named nowhere here are kept for good.

A signature and a scan are verifications: they outlive the sheet they are about.

Source: NS2012.
"""


def all_series() -> tuple[Series, ...]:
    """Return what ends one day, of the tables this version has."""
    known = tables_by_name()
    mine = {each.table: each for each in (*OTHERS, *_of_sheets())}
    return tuple(each for each in mine.values() if each.table in known)


def sheets() -> tuple[Sheet, ...]:
    """Return every register, then every matrix."""
    return (*catalogue.REGISTERS, *getattr(catalogue, "MATRICES", ()))


def _of_sheets() -> Iterator[Series]:
    """Return the tables of the sheets, each once, by the longest class of those that share it."""
    shared: dict[str, list[Sheet]] = {}
    for sheet in sheets():
        shared.setdefault(str(sheet.model.__tablename__), []).append(sheet)
    for table, group in shared.items():
        title = group[0].title if len(group) == 1 else tables_by_name()[table].noun
        retention = max((sheet.retention for sheet in group), key=_length)
        names = any(getattr(sheet, "keeps_names", False) for sheet in group)
        yield Series(table, title, retention, of_record, names)


def _length(retention: Retention) -> int:
    return 10**6 if retention is Retention.PERMANENT else RETENTION[retention].months


def _at_fault(breach: Row) -> Iterator[Spot]:
    register, record = breach.get("register"), breach.get("record_id")
    if breach.get("reading_id") is not None:
        yield READINGS, breach["reading_id"]
    elif record is not None and register == "readings":
        yield READINGS, record
    elif record is not None:
        for sheet in sheets():
            if sheet.key == register:
                yield str(sheet.model.__tablename__), record
    if breach.get("follows_id") is not None:
        yield BREACHES, breach["follows_id"]


def _latest(row: Row, *columns: str) -> date | None:
    days = [day_of(row.get(column)) for column in columns]
    return max((day for day in days if day is not None), default=None)
