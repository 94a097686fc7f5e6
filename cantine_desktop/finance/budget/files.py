"""The budget as a CSV file: written with what became of it, and read back."""

from datetime import datetime
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.exchange.cells import Cell, decimal_with, to_text
from cantine_desktop.exchange.problems import UnreadableError, whole_file
from cantine_desktop.exchange.registry import Export, Import, ImportReport
from cantine_desktop.exchange.sheets import Field, Row, read_sheet
from cantine_desktop.exchange.writers import Table, Value, csv_export
from cantine_desktop.finance.budget import planning
from cantine_desktop.finance.budget.following import FollowedLine, follow
from cantine_desktop.finance.budget.months import evenly, months_of
from cantine_desktop.finance.budget.pasting import take_lines
from cantine_desktop.finance.budget.planning import LineFacts
from cantine_desktop.finance.ledger.years import find_year, year_of
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

HEADINGS = (
    *("comptes", "libellé", "activité", "budget", "réel", "engagé", "prévu"),
    *("an dernier", "commentaire"),
)
"""Columns of the file, the same in every language; then one per month, ``m01``…"""


def to_money(cell: Cell) -> Money:
    """Return the amount of a cell, to the cent."""
    return Money.from_decimal(decimal_with(2)(cell))


FIELDS = (
    Field("nature", "comptes", to_text, others=("compte", "nature")),
    Field("label", "libellé", to_text, others=("intitulé",)),
    Field("activity", "activité", to_text, required=False),
    Field("amount", "budget", to_money, required=False, others=("montant", "prévu initial")),
    Field("comment", "commentaire", to_text, required=False),
    *(Field(f"m{n:02d}", f"m{n:02d}", to_money, required=False) for n in range(1, 25)),
)


def budget_table(session: Session, period: Period, now: datetime) -> Table:
    """Return the budget of the fiscal year a period ends in, followed up to the present."""
    year = find_year(session, period.last) or find_year(session, period.first)
    if year is None:
        return Table([*HEADINGS], [])
    count = len(months_of(year))
    followed = follow(session, year, civil_date(now))
    heads = [*HEADINGS, *(f"m{n:02d}" for n in range(1, count + 1))]
    return Table(heads, [_line(line) for line in followed.lines])


def _line(line: FollowedLine) -> list[Value]:
    return [
        line.nature,
        line.label,
        line.activity,
        line.planned,
        line.actual,
        line.engaged,
        line.forecast,
        line.last_year,
        line.comment,
        *(Money(cents) for cents in line.months),
    ]


def read_budget(session: Session, source: IO[bytes], now: datetime) -> ImportReport:
    """Take the lines of a file into the budget of the present fiscal year."""
    try:
        sheet = read_sheet(source, FIELDS)
    except UnreadableError as error:
        return ImportReport(problems=tuple(error.problems))
    today = civil_date(now)
    year = year_of(session, today)
    budget = planning.current(session, year) or planning.begin(session, year, today)
    problems = list(sheet.problems)
    count = len(months_of(year))
    codes = {code for code, _title in planning.activities(session)}
    found: list[LineFacts] = []
    for row in sheet.rows:
        if row["activity"] and row["activity"] not in codes:
            problems.append(row.problem("activity", tr("cette activité n’existe pas")))
            continue
        if facts := _facts(row, count):
            found.append(facts)
    if problems:
        return ImportReport(problems=tuple(problems))
    try:
        added, changed = take_lines(session, budget, found)
    except UserError as error:
        return ImportReport(problems=(whole_file(str(error)),))
    return ImportReport(added, len(found) - added - changed, (), changed)


def _facts(row: Row, count: int) -> LineFacts | None:
    """Return what a line says; one that plans nothing, such as what no budget holds, is left."""
    typed = [row[f"m{n:02d}"] for n in range(1, count + 1)]
    if any(amount is not None for amount in typed):
        months = [(amount or Money(0)).cents for amount in typed]
    else:
        months = evenly(row["amount"] or Money(0), count)
    if not any(months):
        return None
    return LineFacts(
        row["nature"],
        row["label"],
        tuple(months),
        row["activity"] or "",
        comment=row["comment"] or "",
    )


EXPORTS: tuple[Export, ...] = (
    csv_export("budget", mark("Budget, réel et prévision"), budget_table, "finance"),
)

IMPORTS: tuple[Import, ...] = (
    Import(
        "budget",
        mark("Budget de l’exercice"),
        (".csv", ".tsv"),
        read_budget,
        "finance",
        headings=("comptes", "libellé", "budget"),
    ),
)
