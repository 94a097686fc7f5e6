"""What can be proved of grants when a book is verified."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.grants.model import GrantCost
from cantine_desktop.finance.ledger.model import Line
from cantine_desktop.i18n import money, tr
from cantine_desktop.storage.findings import Finding, at


def check(session: Session) -> Iterator[Finding]:
    """Find expenses that are told to funders for more than they cost."""
    query = (
        select(Line.id, Line.debit, func.sum(GrantCost.amount))
        .join(GrantCost, GrantCost.line_id == Line.id)
        .group_by(Line.id, Line.debit)
    )
    for key, whole, told in session.execute(query):
        if told > whole:
            yield at(
                ("line", key),
                tr("Cette dépense de {whole} est retenue pour {told} chez des financeurs."),
                whole=money(whole),
                told=money(told),
            )
