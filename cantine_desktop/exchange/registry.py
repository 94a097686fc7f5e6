"""What can be written for other programs and read from them, ours and plug-ins'.

A slice offers an export by a function and a line (``exchange.writers``)::

    def readings_table(session: Session, period: Period, now: datetime) -> Table:
        rows = [[r.day, r.unit.name, r.celsius] for r in readings_of(session, period)]
        return Table(["jour", "enceinte", "celsius"], rows)

    EXPORTS = (
        csv_export("readings", mark("Relevés de température"), readings_table, "hygiene"),
    )

and an import by a function that adds what it reads to the session of an action
(``exchange.sheets``, ``exchange.cells``)::

    FIELDS = (
        Field("day", "jour", to_day),
        Field("unit", "enceinte", to_text),
        Field("celsius", "celsius", decimal_with(1), others=("température", "°C")),
    )

    def read_readings(session: Session, source: IO[bytes], now: datetime) -> ImportReport:
        sheet = read_sheet(source, FIELDS)
        problems = list(sheet.problems)
        added = unchanged = 0
        for row in sheet.rows:
            unit = units.get(fold(row["unit"]))
            if unit is None:
                problems.append(row.problem("unit", tr("cette enceinte n’existe pas")))
            elif is_known(session, unit, row["day"]):
                unchanged += 1
            else:
                session.add(Reading(unit=unit, day=row["day"], celsius=row["celsius"]))
                added += 1
        return ImportReport(added, unchanged, tuple(problems))

    IMPORTS = (
        Import("readings", mark("Relevés de température"), (".csv",), read_readings, "hygiene"),
    )

The function reads on after a problem, so that all of them are told at once;
``exchange.running.run_import`` keeps nothing when there is one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop import plugins
from cantine_desktop.exchange.problems import Problem
from cantine_desktop.plugins import Plugins
from cantine_desktop.storage.book import Book
from cantine_desktop.values.period import Period

EXPORTS = "cantine_desktop.exports"
"""Group under which a third-party package names its exports."""

IMPORTS = "cantine_desktop.imports"
"""Group under which a third-party package names its imports."""

Write = Callable[[Session, Period, datetime, IO[bytes]], None]
"""Write what happened in a half-open period: session, period, the present instant, target."""


Note = Callable[[Book, Period, datetime], None]
"""Write down in a book what was handed over: book, period, the present instant."""


@dataclass(frozen=True)
class Export:
    """A file written for another program or another person.

    Attributes:
        key: Name of the export for programs: ``"history"``.
        title: French title, marked for translation; ``tr`` it when shown.
        suffix: End of its file name, with the point: ``".csv"``.
        write: Writes the file.
        area: What its data belong to, for rights.
        write_excel: Writes the same for a French Excel, where that makes sense.
        replaces: Whether a plug-in means to take the place of an export of the same key.
        note: Writes down in the book that it was handed over; called outside any session,
            once the file is whole.
    """

    key: str
    title: str
    suffix: str
    write: Write
    area: str = "system"
    write_excel: Write | None = None
    replaces: bool = False
    note: Note | None = None


@dataclass(frozen=True)
class ImportReport:
    """What an import found in a file.

    Attributes:
        added: Things of the file that the book did not hold.
        unchanged: Things of the file that the book already held, left alone.
        problems: What is wrong in the file, all of it.
        changed: Things of the book that the file puts up to date.
        remarks: What people should know though nothing stops the import.
    """

    added: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    changed: int = 0
    remarks: tuple[Problem, ...] = ()


Read = Callable[[Session, IO[bytes], datetime], ImportReport]
"""Read a file into the session of an action: session, source, the present instant."""


@dataclass(frozen=True)
class Import:
    """A file another program wrote, that the book can take in.

    Attributes:
        key: Name of the import for programs: ``"readings"``.
        title: French title, marked for translation; ``tr`` it when shown.
        suffixes: Ends of file names it expects, lower case, with the point.
        read: Reads the file and adds what is new to the session. It reports
            what is wrong and goes on; it commits nothing.
        area: What its data belong to, for rights.
        replaces: Whether a plug-in means to take the place of an import of the same key.
        headings: Headings its columns have, by which a file is recognised.
    """

    key: str
    title: str
    suffixes: tuple[str, ...]
    read: Read
    area: str = "system"
    replaces: bool = False
    headings: tuple[str, ...] = ()


def gather_exports(ours: Iterable[Export]) -> Plugins[Export]:
    """Return our exports and the plug-ins', by key, and why a plug-in's is missing."""
    return plugins.gather(EXPORTS, Export, ours)


def gather_imports(ours: Iterable[Import]) -> Plugins[Import]:
    """Return our imports and the plug-ins', by key, and why a plug-in's is missing."""
    return plugins.gather(IMPORTS, Import, ours)
