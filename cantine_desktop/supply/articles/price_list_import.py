"""A price list dropped on the window: it names its suppliers, or there is only one."""

from collections import defaultdict
from datetime import datetime
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import PARIS
from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.exchange.registry import ImportReport
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.price_list import apply, preview
from cantine_desktop.supply.articles.price_list_columns import find_columns
from cantine_desktop.supply.articles.price_list_table import ListRow, read_table
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.text import fold


def read_price_list(session: Session, source: IO[bytes], now: datetime) -> ImportReport:
    """Take in the prices of a file from today on; its « fournisseur » column says whose.

    Raises:
        UnreadableError: It is no sheet, or does not tell the prices or the suppliers.
    """
    rows = read_table(source)
    columns, above = find_columns(rows)
    problems: list[Problem] = []
    groups = _by_supplier(session, rows, columns.get("supplier"), above, problems)
    today = now.astimezone(PARIS).date()
    previews = [
        preview(session, key, [*rows[:above], *group], today) for key, group in groups.items()
    ]
    problems.extend(problem for each in previews for problem in each.problems)
    if problems:
        return ImportReport(problems=tuple(sorted(problems)))
    told = tr("Tarif importé")
    reports = [apply(session, each, today, now, told) for each in previews]
    return ImportReport(
        sum(each.added for each in reports),
        sum(each.unchanged for each in reports),
        changed=sum(each.changed for each in reports),
        remarks=tuple(remark for each in reports for remark in each.remarks),
    )


def _by_supplier(
    session: Session,
    rows: list[ListRow],
    place: int | None,
    above: int,
    problems: list[Problem],
) -> dict[int, list[ListRow]]:
    known = list(session.scalars(select(Supplier).where(Supplier.is_active)))
    if place is None:
        if len(known) != 1:
            wanted = tr("Ce tarif ne dit pas de quel fournisseur il est : ajoutez une colonne.")
            raise UnreadableError(whole_file(wanted))
        return {known[0].id: rows[above:]}
    names = {fold(each.name): each.id for each in known}
    groups: dict[int, list[ListRow]] = defaultdict(list)
    for row in rows[above:]:
        name = row.cells[place].text if place < len(row.cells) else ""
        if fold(name) in names:
            groups[names[fold(name)]].append(row)
        elif name:
            unknown = tr("le fournisseur « {name} » n’existe pas").format(name=name[:40])
            problems.append(Problem(row.line, rows[above - 1].cells[place].text, unknown))
    return groups
