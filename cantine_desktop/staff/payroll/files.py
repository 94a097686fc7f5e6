"""The files of a month for the payroll office: a sheet for each layout, a workbook with it all."""

from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.exchange.registry import Export
from cantine_desktop.exchange.writers import write_csv
from cantine_desktop.finance.pack.tabs import Cell, Form, Heading, Tab
from cantine_desktop.finance.pack.workbook import write_workbook
from cantine_desktop.i18n import mark, tr, trn
from cantine_desktop.staff.payroll.layouts import layouts, mapping_of, table_of
from cantine_desktop.staff.payroll.variable import UNITS, in_hours
from cantine_desktop.staff.payroll.variables import PersonMonth, variables_of
from cantine_desktop.values.period import Period

_EXPORTED: dict[str, str] = {
    "generic": mark("Variables de paie"),
    "silae": mark("Variables de paie pour Silae"),
    "sage": mark("Variables de paie pour Sage"),
    "cegid": mark("Variables de paie pour Cegid"),
    "bodet": mark("Variables de paie pour Bodet"),
}


def write_layout(
    key: str, session: Session, period: Period, now: datetime, target: IO[bytes]
) -> None:
    """Write the variables of a month for an office: ``;``, decimal comma, a mark of UTF-8.

    Args:
        key: Of the layout.
        session: Any session.
        period: The month of its first day is written.
        now: The present instant, aware.
        target: Where the bytes go; it stays open.
    """
    month = Period.month(period.first)
    people = variables_of(session, month, now)
    codes = {each.variable: each.code for each in mapping_of(session, key)}
    write_csv(target, table_of(layouts()[key], codes, people, month.last), excel=True)


def write_payroll_workbook(
    session: Session, period: Period, now: datetime, target: IO[bytes]
) -> None:
    """Write the variables of a month as a workbook: the lines, then the days they come from."""
    month = Period.month(period.first)
    people = variables_of(session, month, now)
    write_workbook(target, [_lines(people), _traces(people)], tr("Variables de paie"))


def _lines(people: list[PersonMonth]) -> Tab:
    rows: list[list[Cell]] = [
        [
            person.number,
            person.name,
            variable.key,
            variable.title,
            variable.amount,
            tr(UNITS[variable.unit]),
            variable.first,
            variable.last,
            variable.note,
        ]
        for person in people
        for variable in person.variables
    ]
    waiting = [
        tr("{name} : {days} sans heures confirmées.").format(
            name=person.name, days=trn("{n} jour", "{n} jours", len(person.waiting))
        )
        for person in people
        if person.waiting
    ]
    headings = [
        Heading(tr("Matricule")),
        Heading(tr("Nom"), width=24),
        Heading(tr("Variable"), width=20),
        Heading(tr("Libellé"), width=40),
        Heading(tr("Quantité"), Form.QUANTITY),
        Heading(tr("Unité"), width=8),
        Heading(tr("Du"), Form.DAY),
        Heading(tr("Au"), Form.DAY),
        Heading(tr("Remarque"), width=34),
    ]
    return Tab(
        "variables", tr("Variables"), headings, rows, tr("Personne à payer ce mois."), notes=waiting
    )


def _traces(people: list[PersonMonth]) -> Tab:
    rows: list[list[Cell]] = [
        [person.number, person.name, variable.key, day, in_hours(minutes), Decimal(minutes)]
        for person in people
        for variable in person.variables
        for day, minutes in variable.trace
    ]
    headings = [
        Heading(tr("Matricule")),
        Heading(tr("Nom"), width=24),
        Heading(tr("Variable"), width=20),
        Heading(tr("Jour, ou lundi de la semaine"), Form.DAY),
        Heading(tr("Heures"), Form.QUANTITY),
        Heading(tr("Minutes"), Form.COUNT),
    ]
    return Tab("days", tr("Jours"), headings, rows, tr("Aucune heure ce mois."))


EXPORTS: tuple[Export, ...] = (
    *(
        Export(f"payroll-{key}", title, ".csv", partial(write_layout, key), "staff")
        for key, title in _EXPORTED.items()
    ),
    Export(
        "payroll-workbook",
        mark("Variables de paie (classeur)"),
        ".xlsx",
        write_payroll_workbook,
        "staff",
    ),
)
