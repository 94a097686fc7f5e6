"""What goes out and comes in here: the staff register, and a list of people."""

from datetime import datetime
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.exchange.cells import one_of, to_day, to_text
from cantine_desktop.exchange.registry import Export, Import, ImportReport
from cantine_desktop.exchange.sheets import Field, read_sheet
from cantine_desktop.exchange.writers import Table, csv_export
from cantine_desktop.finance.pack.workbook import write_workbook
from cantine_desktop.i18n import mark
from cantine_desktop.staff.contracts.keeping import MemberFacts, add_member
from cantine_desktop.staff.contracts.model import Sex, StaffMember
from cantine_desktop.staff.contracts.register_table import register_tab
from cantine_desktop.values.period import Period
from cantine_desktop.values.text import fold

FIELDS = (
    Field("name", "nom", to_text, others=("nom et prénom", "nom et prénoms", "personne")),
    Field("given", "prénom", to_text, required=False, others=("prénoms",)),
    Field("birth_date", "date de naissance", to_day, required=False, others=("naissance",)),
    Field("nationality", "nationalité", to_text, required=False),
    Field(
        "sex",
        "sexe",
        one_of({"F": Sex.WOMAN, "Femme": Sex.WOMAN, "M": Sex.MAN, "H": Sex.MAN, "Homme": Sex.MAN}),
        required=False,
    ),
    Field("phone", "téléphone", to_text, required=False, others=("tél",)),
    Field("email", "courriel", to_text, required=False, others=("email", "e-mail", "mail")),
)


def register_rows(session: Session, _period: Period, _now: datetime) -> Table:
    """Return the whole register: it is one, whatever the period asked for."""
    tab = register_tab(session)
    return Table([heading.title for heading in tab.headings], tab.rows)


def write_register_workbook(
    session: Session, _period: Period, _now: datetime, target: IO[bytes]
) -> None:
    """Write the whole register as a workbook."""
    tab = register_tab(session)
    write_workbook(target, [tab], tab.title)


def read_people(session: Session, source: IO[bytes], now: datetime) -> ImportReport:
    """Add the people of a list; those of the same name and birth are left as they are.

    Raises:
        UnreadableError: It is no sheet, or does not tell the names.
    """
    sheet = read_sheet(source, FIELDS)
    problems = list(sheet.problems)
    query = select(StaffMember.name, StaffMember.birth_date)
    known = {(fold(name), born) for name, born in session.execute(query)}
    added = unchanged = 0
    for row in sheet.rows:
        values = {key: value for key, value in row.values.items() if value is not None}
        name = " ".join(f"{values.pop('name')} {values.pop('given', '')}".split())
        facts = MemberFacts(name, **values)
        if (fold(name), facts.birth_date) in known:
            unchanged += 1
            continue
        try:
            add_member(session, facts, now)
        except UserError as error:
            problems.append(row.problem("name", str(error)))
            continue
        known.add((fold(name), facts.birth_date))
        added += 1
    return ImportReport(added, unchanged, tuple(problems))


EXPORTS: tuple[Export, ...] = (
    csv_export("personnel", mark("Registre du personnel"), register_rows, "staff"),
    Export(
        "personnel-workbook",
        mark("Registre du personnel (classeur)"),
        ".xlsx",
        write_register_workbook,
        "staff",
    ),
)
IMPORTS: tuple[Import, ...] = (
    Import(
        "staff-people",
        mark("Liste des membres de l’équipe"),
        (".csv", ".xlsx", ".ods"),
        read_people,
        "staff",
        headings=("nom", "prénom", "date de naissance", "nationalité", "téléphone", "courriel"),
    ),
)
