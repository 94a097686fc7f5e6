"""Signs that a sheet was not filled in at the time: questions to ask, never verdicts."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.registers.register import Column, Kind, Register
from cantine_desktop.hygiene.registers.typing import write_value
from cantine_desktop.hygiene.slots import Origin
from cantine_desktop.i18n import tr, trn

LEAST_EQUAL = 8
"""Records in a row with one value, from which it is worth asking."""

LEAST_TOGETHER = 5
"""Records written together, from which it is worth asking."""

TOGETHER = timedelta(minutes=10)
"""Records written within this of the one before were written together."""

SPREAD = timedelta(hours=2)
"""Hours that lie further apart were not all live when they were written together."""


class Series(NamedTuple):
    """One value written many times in a row in a column."""

    column: str
    text: str
    times: int


class Batch(NamedTuple):
    """Records claimed to be typed live, and written together.

    Attributes:
        rows: How many.
        days: Civil days they claim.
        minutes: From the first to the last writing.
    """

    rows: int
    days: tuple[date, ...]
    minutes: int


def is_late(register: Register, record: Any) -> bool:
    """Tell whether a record was written after the day it ends on.

    An hour past midnight belongs to the next day; a correction is late by nature and is
    not counted.
    """
    if record.corrects_id is not None:
        return False
    ends = [civil_date(value) for value in _instants(register, record)]
    written: date = civil_date(record.recorded_at)
    last: date = max([record.day, *ends])
    return written > last


def identical_series(
    register: Register, records: Sequence[Any], least: int = LEAST_EQUAL
) -> list[Series]:
    """Return, column by column, the runs of equal measures; an empty cell breaks none.

    Source: BP.
    """
    found: list[Series] = []
    for column in register.columns:
        if column.compute is None and column.kind is Kind.CELSIUS:
            found += _runs(column, records, least)
    return found


def batches(register: Register, records: Sequence[Any]) -> list[Batch]:
    """Return the records claimed to be live that were written in one go.

    Either they claim several days, or their hours lie too far apart. What was copied from
    paper or read from a file says so itself, and is not counted.

    Source: BP.
    """
    live = [record for record in records if record.origin is Origin.TYPED]
    live.sort(key=lambda record: record.recorded_at)
    found: list[Batch] = []
    for group in _together(live):
        days = tuple(sorted({record.day for record in group}))
        if len(group) < LEAST_TOGETHER:
            continue
        instants = [at for record in group for at in _instants(register, record)]
        spread = max(instants) - min(instants) if instants else timedelta()
        if len(days) > 1 or spread > SPREAD:
            span = group[-1].recorded_at - group[0].recorded_at
            found.append(Batch(len(group), days, int(span.total_seconds() // 60) + 1))
    return found


def remarks(register: Register, records: Sequence[Any]) -> list[str]:
    """Say what is late, repeated, written in one go or not complete on a sheet."""
    said: list[str] = []
    late = sum(is_late(register, record) for record in records)
    if late:
        said.append(
            trn("{n} ligne notée après son jour.", "{n} lignes notées après leur jour.", late)
        )
    said += [
        tr("« {column} » : {text} noté {n} fois de suite ; à vérifier au thermomètre.").format(
            column=series.column, text=series.text, n=series.times
        )
        for series in identical_series(register, records)
    ]
    said += [
        tr("{n} lignes dites « sur le moment » ont été écrites en {minutes} min.").format(
            n=batch.rows, minutes=batch.minutes
        )
        for batch in batches(register, records)
    ]
    left = sum(record.verdict is Verdict.NOT_DONE for record in records)
    if left:
        said.append(trn("{n} ligne incomplète.", "{n} lignes incomplètes.", left))
    return said


def _instants(register: Register, record: Any) -> list[Any]:
    values = (
        getattr(record, column.key)
        for column in register.columns
        if column.kind is Kind.TIME and column.compute is None
    )
    return [value for value in values if value is not None]


def _runs(column: Column, records: Sequence[Any], least: int) -> list[Series]:
    values = [getattr(record, column.key) for record in records]
    runs = groupby(value for value in values if value is not None)
    counted = ((value, sum(1 for _ in run)) for value, run in runs)
    return [
        Series(tr(column.title), write_value(column, value), times)
        for value, times in counted
        if times >= least
    ]


def _together(records: list[Any]) -> list[list[Any]]:
    groups: list[list[Any]] = []
    for record in records:
        if groups and record.recorded_at - groups[-1][-1].recorded_at <= TOGETHER:
            groups[-1].append(record)
        else:
            groups.append([record])
    return groups
