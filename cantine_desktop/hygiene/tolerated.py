"""What lies in the canteen's own zone: above the limit, not yet a breach, never conform.

It is no breach, but it asks for a look: each is listed with what followed, or as
« sans suite notée ».
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from cantine_desktop.hygiene.catalogue import REGISTERS
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import READINGS, Reading
from cantine_desktop.hygiene.registers.queries import records_of
from cantine_desktop.hygiene.registers.register import Column, Kind, Register
from cantine_desktop.hygiene.registers.typing import text_of
from cantine_desktop.hygiene.slots import Slot
from cantine_desktop.hygiene.words import slot_name
from cantine_desktop.i18n import celsius, tr
from cantine_desktop.values.period import Period

LOOK_AHEAD = timedelta(days=4)
"""How far the reading that follows a tolerated one is looked for: over a long week-end."""

_FIGURES = frozenset({Kind.CELSIUS, Kind.NUMBER, Kind.TIME})
_NAMES = frozenset({Kind.TEXT, Kind.CHOICE})


class Tolerated(NamedTuple):
    """A record in the canteen's own zone.

    Attributes:
        register: Key of its register.
        record_id: Its key there.
        day: Civil day.
        subject: What it is about, with the part of the day.
        words: What was measured.
        followed: What was done or read next; empty is « sans suite notée ».
    """

    register: str
    record_id: int
    day: date
    subject: str
    words: str
    followed: str


Listed = Callable[[Session, Period], Sequence[Tolerated]]
"""Returns the tolerated records of one kind in a period, by day."""


def tolerated_of(session: Session, period: Period) -> list[Tolerated]:
    """Return every tolerated record of a period, of every register, by day."""
    found = [row for listed in TOLERATED for row in listed(session, period)]
    for register in REGISTERS:
        found += _of_register(session, register, period)
    return sorted(found, key=lambda row: (row.day, row.register, row.record_id))


def _of_readings(session: Session, period: Period) -> list[Tolerated]:
    query = (
        select(Reading)
        .options(joinedload(Reading.unit))
        .where(Reading.day >= period.first, Reading.day < period.end + LOOK_AHEAD)
        .order_by(Reading.revision)
    )
    latest: dict[int, dict[tuple[date, bool], Reading]] = {}
    for reading in session.scalars(query):
        round_ = reading.day, reading.slot is Slot.EVENING
        latest.setdefault(reading.unit_id, {})[round_] = reading
    return [row for rounds in latest.values() for row in _of_unit(rounds, period)]


def _of_unit(rounds: dict[tuple[date, bool], Reading], period: Period) -> Iterator[Tolerated]:
    inside = sorted(rounds)
    for rank, round_ in enumerate(inside):
        reading = rounds[round_]
        if reading.day not in period or reading.verdict is not Verdict.TOLERATED:
            continue
        after = (rounds[each] for each in inside[rank + 1 :])
        following = next((each for each in after if each.celsius is not None), None)
        yield Tolerated(
            READINGS,
            reading.id,
            reading.day,
            tr("{unit}, {slot}").format(unit=reading.unit.name, slot=slot_name(reading.slot)),
            "" if reading.celsius is None else celsius(reading.celsius),
            reading.note or _next_words(reading, following),
        )


def _next_words(reading: Reading, following: Reading | None) -> str:
    if following is None or following.celsius is None:
        return ""
    if following.day - reading.day > LOOK_AHEAD:
        return ""
    said = tr("relevé suivant, {day} {slot} : {celsius}").format(
        day=f"{following.day:%d/%m}",
        slot=slot_name(following.slot),
        celsius=celsius(following.celsius),
    )
    if following.verdict is Verdict.CONFORM:
        return said
    return said + tr(", toujours au-dessus de la limite")


def _of_register(session: Session, register: Register, period: Period) -> Iterator[Tolerated]:
    for record in records_of(session, register, period):
        if record.verdict is Verdict.TOLERATED:
            yield Tolerated(
                register.key,
                record.id,
                record.day,
                _told(register, record, _NAMES, most=2),
                _told(register, record, _FIGURES, most=4),
                record.note,
            )


def _told(register: Register, record: Any, kinds: frozenset[Kind], *, most: int) -> str:
    columns: list[Column] = [
        column for column in register.columns if column.kind in kinds and column.compute is None
    ]
    texts = [text_of(column, record) for column in columns if column.key != "note"]
    return ", ".join([text for text in texts if text][:most])


TOLERATED: tuple[Listed, ...] = (_of_readings,)
"""Add a kind of record that is no register, such as a matrix, by a line here."""
