"""The records of any register, written for other programs and read from them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import IO, Any

from sqlalchemy.orm import Session

from cantine_desktop.clock import PARIS, civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.exchange.cells import Cell, CellError, decimal_with, to_day, to_text
from cantine_desktop.exchange.problems import Problem
from cantine_desktop.exchange.registry import Export, Import, ImportReport
from cantine_desktop.exchange.sheets import MOST_PROBLEMS, Field, Row, read_sheet
from cantine_desktop.exchange.writers import Table, Value, csv_export
from cantine_desktop.hygiene.registers import recording
from cantine_desktop.hygiene.registers.queries import records_of
from cantine_desktop.hygiene.registers.register import Column, Kind, Register
from cantine_desktop.hygiene.registers.typing import Where, read_value, text_of
from cantine_desktop.hygiene.slots import Origin
from cantine_desktop.hygiene.words import verdict_name
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold

REPLACED, VOID = "remplacée", "annulée"
"""State of a line that counts no more; empty for the others."""

LAST_YEAR = 9000
"""Days further on leave no room for the end of their week."""

STATE = "état"
_LAST = (STATE, "verdict", "motif de correction", "noté le", "signé le")
_INSTANTS = ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S")


def headings(register: Register) -> list[str]:
    """Return the headings of the columns of a register, the same in every language.

    Two columns of one title are told apart by their keys, whatever their case: the file
    ends with columns of its own, one of which is ``état``.
    """
    times = Counter([fold(column.title) for column in register.columns] + [*map(fold, _LAST)])
    return [
        column.title if times[fold(column.title)] == 1 else f"{column.title} {column.key}"
        for column in register.columns
    ]


def table_of(register: Register, session: Session, period: Period, _now: datetime) -> Table:
    """Return every record of a period, what was corrected before what corrects it."""
    records = records_of(session, register, period, every_revision=True)
    replaced = {record.corrects_id for record in records}
    rows = (_line(register, record, is_replaced=record.id in replaced) for record in records)
    return Table([*headings(register), *_LAST], rows)


def _line(register: Register, record: Any, *, is_replaced: bool) -> list[Value]:
    state = REPLACED if is_replaced else VOID if record.is_void else ""
    return [
        *(_written(column, record) for column in register.columns),
        state,
        verdict_name(record.verdict),
        record.reason,
        record.recorded_at,
        record.sealed_at,
    ]


def _written(column: Column, record: Any) -> Value:
    if column.compute is not None or column.kind in {Kind.CHECK, Kind.YES_NO, Kind.CHOICE}:
        return text_of(column, record)
    value: Value = getattr(record, column.key)
    if column.kind is Kind.NUMBER and isinstance(value, Decimal):
        # The book keeps more places than the column shows: the file is read back as typed.
        return value.quantize(Decimal(1).scaleb(-column.places))
    return value


def read_records(
    register: Register, session: Session, source: IO[bytes], now: datetime
) -> ImportReport:
    """Record the lines of a CSV file; those the book already holds are left alone.

    Lines that were replaced or voided are read over. Nothing is ever overwritten: a record
    is corrected by a person, on the screen.

    Raises:
        UnreadableError: The file is no sheet, is too large, or has no column of days.
    """
    sheet = read_sheet(source, _fields(register))
    problems = [*sheet.problems]
    wanted: list[tuple[Row, dict[str, Any]]] = []
    for row in sheet.rows:
        if row["state"]:
            continue
        values, wrong = _values(register, row)
        problems += wrong
        wanted += [] if wrong else [(row, values)]
    present = _present(session, register, [values["day"] for _row, values in wanted])
    added = 0
    for row, values in wanted:
        if present[_mark(register, values)] > 0:
            present[_mark(register, values)] -= 1
            continue
        if len(problems) >= MOST_PROBLEMS:
            said = tr("Lecture arrêtée après {count} problèmes.").format(count=MOST_PROBLEMS)
            problems.append(Problem(row.line, "", said))
            break
        try:
            recording.add(session, register, values, now, Origin.FILE)
            added += 1
        except UserError as error:
            problems.append(row.problem("day", str(error)))
    return ImportReport(added, len(sheet.rows) - added, tuple(problems))


def _fields(register: Register) -> list[Field]:
    """Return what is read of each line; hours wait for the day of the line."""
    names = zip(register.columns, headings(register), strict=True)
    fields = [
        Field(column.key, name, _reader(column), required=column.key == "day")
        for column, name in names
        if column.compute is None
    ]
    return [*fields, Field("state", STATE, to_text, required=False)]


def _reader(column: Column) -> Any:
    if column.kind is Kind.DAY:
        return to_day
    if column.kind is Kind.TIME:
        return to_text
    if column.kind in {Kind.CELSIUS, Kind.NUMBER}:
        return partial(_to_number, column)
    return partial(_to_value, column)


def _to_number(column: Column, cell: Cell) -> Any:
    value = decimal_with(1 if column.kind is Kind.CELSIUS else column.places)(cell)
    return _to_value(column, Cell(f"{value:f}".replace(".", ","), is_plain=False))


def _to_value(column: Column, cell: Cell) -> Any:
    """Return what a cell means, as if it had been typed.

    Raises:
        CellError: It means nothing there.
    """
    nowhere = date(2000, 1, 3)
    try:
        return read_value(column, cell.text, Where(Period.week(nowhere), nowhere))
    except UserError as error:
        raise CellError(str(error)) from None


def _values(register: Register, row: Row) -> tuple[dict[str, Any], list[Problem]]:
    """Return the values of a line, and what is wrong with its hours."""
    day: date = row["day"]
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    if day.year > LAST_YEAR:
        return values, [row.problem("day", tr("Ce jour est trop loin : vérifiez l’année."))]
    for column in register.columns:
        if column.compute is not None:
            continue
        values[column.key] = row[column.key]
        if column.kind is Kind.TIME and row[column.key] is not None:
            after = values.get(column.after) if column.after else None
            try:
                values[column.key] = _instant(column, row[column.key], day, after)
            except UserError as error:
                values[column.key] = None
                problems.append(row.problem(column.key, str(error)))
    return values, problems


def _instant(column: Column, text: str, day: date, after: datetime | None) -> Any:
    """Return an instant, written in full or as an hour of the day of the line.

    Raises:
        UserError: It is neither.
    """
    for form in _INSTANTS:
        try:
            found = datetime.strptime(text, form)  # noqa: DTZ007  -- the zone is given below
        except ValueError:
            continue
        return found if found.tzinfo else found.replace(tzinfo=PARIS)
    return read_value(column, text, Where(Period.week(day), day, day, after))


def _present(session: Session, register: Register, days: Sequence[date]) -> Counter[Any]:
    """Count what the book already holds on the days of a file, by what it says."""
    if not days:
        return Counter()
    records = records_of(session, register, Period.through(min(days), max(days)))
    return Counter(_mark(register, _held(register, record)) for record in records)


def _held(register: Register, record: Any) -> dict[str, Any]:
    return {
        column.key: getattr(record, column.key)
        for column in register.columns
        if column.compute is None
    }


def _mark(register: Register, values: dict[str, Any]) -> tuple[Any, ...]:
    """Return what a record says, comparable whatever way it was written."""
    return tuple(_comparable(values.get(column.key)) for column in register.columns)


def _comparable(value: Any) -> Any:
    if isinstance(value, datetime):
        return civil_date(value), value.astimezone(PARIS).time().replace(second=0, microsecond=0)
    return None if isinstance(value, str) and not value else value


def exports_of(registers: Sequence[Register]) -> Iterator[Export]:
    """Return the export of each register, as CSV."""
    for register in registers:
        make = partial(table_of, register)
        yield csv_export(register.key, register.title, make, "hygiene")


def imports_of(registers: Sequence[Register]) -> Iterator[Import]:
    """Return the import of each register, from CSV."""
    for register in registers:
        read = partial(read_records, register)
        yield Import(
            register.key,
            register.title,
            (".csv", ".tsv"),
            read,
            "hygiene",
            headings=tuple(headings(register)),
        )
