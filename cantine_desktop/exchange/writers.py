"""Writing sheets (CSV), for programs or for a French Excel."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.clock import PARIS
from cantine_desktop.exchange.formulas import shield
from cantine_desktop.exchange.registry import Export
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

Value = str | int | Decimal | Money | date | datetime | bool | None


@dataclass(frozen=True)
class Table:
    """A table to write: its headings and its rows, in order."""

    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]


MakeTable = Callable[[Session, Period, datetime], Table]
"""Return what happened in a half-open period: session, period, the present instant."""


def csv_export(key: str, title: str, make: MakeTable, area: str) -> Export:
    """Return the export of a table as CSV, for programs and for a French Excel."""
    plain = partial(_write, make, excel=False)
    excel = partial(_write, make, excel=True)
    return Export(key, title, ".csv", plain, area, write_excel=excel)


def _write(
    make: MakeTable,
    session: Session,
    period: Period,
    now: datetime,
    target: IO[bytes],
    *,
    excel: bool,
) -> None:
    write_csv(target, make(session, period, now), excel=excel)


def write_csv(target: IO[bytes], table: Table, *, excel: bool = False) -> None:
    """Write a table as CSV, its instants at the time of the canteen.

    Args:
        target: Where the bytes go; it stays open.
        table: What to write.
        excel: For a French Excel: ``;``, decimal comma, ``22/11/2026``, and a
            mark of UTF-8. Otherwise for programs: ``,``, ``1234.50``, ISO days.
    """
    text = io.TextIOWrapper(target, encoding="utf-8-sig" if excel else "utf-8", newline="")
    try:
        writer = csv.writer(text, delimiter=";" if excel else ",", lineterminator="\r\n")
        written = _for_excel if excel else _for_programs
        writer.writerow([shield(heading) for heading in table.headings])
        writer.writerows([written(value) for value in row] for row in table.rows)
    finally:
        text.detach()


def _for_programs(value: Value) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.astimezone(PARIS).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return _plain(value)


def _for_excel(value: Value) -> str:
    if isinstance(value, bool):
        return tr("oui") if value else tr("non")
    if isinstance(value, datetime):
        return f"{value.astimezone(PARIS):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, (Decimal, Money)):
        return _plain(value).replace(".", ",")
    return _plain(value)


def _plain(value: str | int | Decimal | Money | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return shield(value)
    if isinstance(value, Money):
        return f"{value.euros:f}"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
