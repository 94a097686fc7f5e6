"""Readings written for other programs, and read from them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from cantine_desktop.errors import UserError
from cantine_desktop.exchange.cells import Cell, CellError, decimal_with, one_of, to_day, to_text
from cantine_desktop.exchange.problems import Problem
from cantine_desktop.exchange.registry import Import, ImportReport
from cantine_desktop.exchange.sheets import Field, Row, read_sheet
from cantine_desktop.exchange.writers import Table, Value, csv_export
from cantine_desktop.hygiene import recording
from cantine_desktop.hygiene.model import ColdUnit, Gap, Origin, Reading, Slot
from cantine_desktop.hygiene.queries import cold_units
from cantine_desktop.hygiene.recording import Entry, Spot, Taken
from cantine_desktop.hygiene.words import gap_name, slot_name, verdict_name
from cantine_desktop.i18n import mark, number, tr
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold

HEADINGS = (
    "jour",
    "moment",
    "enceinte",
    "celsius",
    "non releve",
    "precision",
    "visa",
    "limite",
    "tolerance",
    "verdict",
    "note le",
    "revision",
    "signe le",
)
"""Columns of the file, the same in every language: other programs rely on them."""

SLOTS = {"matin": Slot.MORNING, "soir": Slot.EVENING}
GAPS = {
    "fermé": Gap.CLOSED,
    "oubli": Gap.FORGOTTEN,
    "panne": Gap.OUT_OF_ORDER,
    "autre": Gap.OTHER,
}


def columns(units: Mapping[str, int]) -> tuple[Field, ...]:
    """Return the columns of the file; ``units`` gives the key of each cold unit by folded name."""

    def to_unit(cell: Cell) -> int:
        name = fold(cell.text)
        if name not in units:
            raise CellError(tr("cette enceinte n’existe pas dans le livre"))
        return units[name]

    return (
        Field("day", "jour", to_day, others=("date",)),
        Field("slot", "moment", one_of(SLOTS)),
        Field("unit", "enceinte", to_unit),
        *_OTHERS,
    )


_OTHERS = (
    Field("celsius", "celsius", decimal_with(1), required=False, others=("température",)),
    Field("gap", "non relevé", one_of(GAPS), required=False),
    Field("note", "précision", to_text, required=False),
    Field("initials", "visa", to_text, required=False),
)


def table_of_readings(session: Session, period: Period, _now: datetime) -> Table:
    """Return every reading of a period, corrections beside what they corrected."""
    query = (
        select(Reading)
        .join(Reading.unit)
        .options(joinedload(Reading.unit))
        .where(Reading.day >= period.first, Reading.day < period.end)
        .order_by(Reading.day, Reading.slot.desc(), ColdUnit.position, Reading.revision)
    )
    return Table(HEADINGS, map(_line, session.scalars(query)))


def _line(reading: Reading) -> list[Value]:
    slots = {slot: word for word, slot in SLOTS.items()}
    gaps = {gap: word for word, gap in GAPS.items()}
    return [
        reading.day,
        slots[reading.slot],
        reading.unit.name,
        reading.celsius,
        gaps[reading.gap] if reading.gap is not None else None,
        reading.note,
        reading.initials,
        reading.limit,
        reading.tolerance,
        verdict_name(reading.verdict),
        reading.recorded_at,
        reading.revision,
        reading.sealed_at,
    ]


def read_readings(session: Session, source: IO[bytes], now: datetime) -> ImportReport:
    """Record the readings of a CSV file; those the book already holds are left alone.

    A cell that holds another value is a problem, never overwritten: a reading is
    corrected by a person, on the screen.
    """
    units = {fold(unit.name): unit.id for unit in cold_units(session)}
    sheet = read_sheet(source, columns(units))
    problems = [*sheet.problems]
    entries: list[tuple[Row, Entry]] = []
    for row in sheet.rows:
        found = _entry(row)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            entries.append((row, found))
    problems += _repeated(entries)
    present = recording.latest(session, [entry.spot for _row, entry in entries])
    fresh: list[tuple[Row, Entry]] = []
    for row, entry in entries:
        there = present.get(entry.spot)
        if there is None:
            fresh.append((row, entry))
        elif (there.celsius, there.gap) != (entry.celsius, entry.gap):
            problems.append(row.problem("celsius", _already(there)))
    problems += _write(session, fresh, now)
    return ImportReport(len(fresh), len(entries) - len(fresh), tuple(problems))


def _entry(row: Row) -> Entry | Problem:
    celsius: Decimal | None = row["celsius"]
    gap: Gap | None = row["gap"]
    if (celsius is None) == (gap is None):
        return row.problem(
            "celsius", tr("il faut une température, ou la raison de son absence, pas les deux")
        )
    spot = Spot(row["unit"], row["day"], row["slot"])
    return Entry(spot, celsius, gap, row["note"] or "")


def _repeated(entries: list[tuple[Row, Entry]]) -> Iterator[Problem]:
    seen: set[Spot] = set()
    for row, entry in entries:
        if entry.spot in seen:
            yield row.problem("", tr("ce relevé est déjà plus haut dans le fichier"))
        seen.add(entry.spot)


def _write(session: Session, fresh: list[tuple[Row, Entry]], now: datetime) -> list[Problem]:
    """Write the new readings, round by round; return what the book refuses."""
    problems: list[Problem] = []
    for initials in dict.fromkeys(row["initials"] or "" for row, _entry in fresh):
        mine = [(row, entry) for row, entry in fresh if (row["initials"] or "") == initials]
        way = Taken(Origin.FILE, initials)
        try:
            recording.record_many(session, [entry for _row, entry in mine], now, way)
        except UserError:
            problems += _located(session, mine, way, now)
    return problems


def _located(
    session: Session, lines: list[tuple[Row, Entry]], way: Taken, now: datetime
) -> Iterator[Problem]:
    """Write line by line, to say which ones are refused; nothing of the file is then kept."""
    for row, entry in lines:
        try:
            recording.record_many(session, [entry], now, way)
        except UserError as error:
            yield row.problem("celsius", str(error))


def _already(reading: Reading) -> str:
    value = number(reading.celsius) if reading.celsius is not None else ""
    if reading.gap is not None:
        value = gap_name(reading.gap)
    return tr("le livre contient déjà « {value} » pour ce {slot} : corrigez-le à l’écran").format(
        value=value, slot=slot_name(reading.slot)
    )


EXPORTS = (csv_export("readings", mark("Relevés de température"), table_of_readings, "hygiene"),)
"""The readings, as CSV."""

IMPORTS = (
    Import(
        "readings",
        mark("Relevés de température"),
        (".csv", ".tsv"),
        read_readings,
        "hygiene",
        headings=HEADINGS,
    ),
)
"""The readings, from CSV."""
