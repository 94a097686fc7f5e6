"""The companion of a FEC: the same lines with the sections they belong to.

The FEC has no field for analytic accounting; accountants ask for it all the same.
"""

import io
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from cantine_desktop.exchange.formulas import shield
from cantine_desktop.finance.fec import fields
from cantine_desktop.finance.fec.writing import Scope
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    Journal,
    JournalKind,
    Line,
    Party,
    Section,
)

HEADINGS = (
    "JournalCode;EcritureNum;EcritureDate;CompteNum;CompteLib;CompAuxNum;PieceRef;EcritureLib;"
    "Debit;Credit;Activite;ActiviteLib;Projet;ProjetLib;Echeance"
)


def write_analytic(session: Session, scope: Scope, target: IO[bytes]) -> int:
    """Write the lines of a FEC with their sections, for a French spreadsheet.

    Args:
        session: A session that reads.
        scope: What the FEC holds.
        target: Where the bytes go, in UTF-8 with its mark, ``;`` and decimal commas.

    Returns:
        How many lines were written.
    """
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="")
    text.write(HEADINGS + "\r\n")
    count = 0
    activity, project = aliased(Section), aliased(Section)
    query = (
        select(Entry, Line, Journal, Account, Party.code, activity, project)
        .join(Line, Line.entry_id == Entry.id)
        .join(Journal, Journal.id == Entry.journal_id)
        .join(Account, Account.id == Line.account_id)
        .outerjoin(Party, Party.id == Line.party_id)
        .outerjoin(activity, activity.id == Line.activity_id)
        .outerjoin(project, project.id == Line.project_id)
        .where(Entry.fiscal_year_id == scope.year_id, Entry.rank <= scope.last_rank)
        .order_by(Journal.kind != JournalKind.OPENING, Entry.rank, Line.rank)
    )
    try:
        for row in session.execute(query.execution_options(yield_per=1000)):
            text.write(";".join(map(_cell, _values(*row))) + "\r\n")
            count += 1
    finally:
        text.detach()
    return count


def _values(  # noqa: PLR0917  -- the columns of a row
    entry: Entry,
    line: Line,
    journal: Journal,
    account: Account,
    party: str | None,
    activity: Section | None,
    project: Section | None,
) -> list[Any]:
    return [
        journal.code,
        fields.entry_number(journal.code, entry.number or 0),
        f"{entry.day:%d/%m/%Y}",
        fields.account_number(account.number),
        account.title,
        party or "",
        entry.piece_ref,
        line.label or entry.label,
        fields.amount(line.debit.cents),
        fields.amount(line.credit.cents),
        activity.code if activity else "",
        activity.title if activity else "",
        project.code if project else "",
        project.title if project else "",
        f"{line.due_day:%d/%m/%Y}" if line.due_day else "",
    ]


def _cell(value: str) -> str:
    text = shield(" ".join(value.split()))
    if ";" in text or '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return text
