"""Hours of a row: on its day, or on the next one when they follow a later hour."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from cantine_desktop.clock import PARIS
from cantine_desktop.hygiene.registers.register import Kind, Register

_ONE_DAY = timedelta(days=1)


def at(day: date, hour: time, after: datetime | None = None) -> datetime:
    """Return the instant of an hour of a day; on the next day when ``after`` is later.

    Args:
        day: Civil day of the row.
        hour: Hour of the clock where the canteen stands.
        after: Instant it follows, if any.
    """
    if after is None:
        return datetime.combine(day, hour, PARIS)
    base = after.astimezone(PARIS).date()
    found = datetime.combine(base, hour, PARIS)
    return found if found >= after else datetime.combine(base + _ONE_DAY, hour, PARIS)


def follow_day(register: Register, record: Any, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the hours of a record that move because its day, or an hour before, changes.

    An hour keeps its place on the clock. One that follows another stays within the 24 hours
    after it, where it was so or came before it; a longer span that somebody wrote is left.
    """
    shift = wanted.get("day", record.day) - record.day
    moved: dict[str, Any] = {}
    times = [column for column in register.columns if column.kind is Kind.TIME]
    for column in times:
        value = getattr(record, column.key)
        if column.key in wanted or value is None:
            continue
        local = value.astimezone(PARIS)
        found = datetime.combine(local.date() + shift, local.time(), PARIS)
        base = {**moved, **wanted}.get(column.after, getattr(record, column.after, None))
        before = getattr(record, column.after, None) if column.after else None
        was_near = before is None or timedelta() <= value - before < _ONE_DAY
        if column.after and base is not None and was_near:
            found = at(record.day, local.time(), base)
        if found != value:
            moved[column.key] = found
    return moved
