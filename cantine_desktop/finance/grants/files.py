"""The grants as a CSV file: asked, granted, received, spent, and when to report."""

from datetime import datetime

from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.exchange.writers import Table, Value, csv_export
from cantine_desktop.finance.grants.following import STATES, FollowedGrant, followed_grants
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period

HEADINGS = (
    *("financeur", "objet", "appel", "projet", "état", "demandé", "accordé", "reçu", "dépensé"),
    *("à recevoir", "à justifier", "premier jour", "dernier jour"),
    *("réponse attendue", "compte rendu avant le", "compte rendu envoyé"),
)
"""Columns of the file, the same in every language."""


def grants_table(session: Session, period: Period, now: datetime) -> Table:
    """Return the grants that touch a period, or have no days yet; those that wait come first."""
    found = followed_grants(session, civil_date(now))
    return Table(HEADINGS, [_row(grant) for grant in found if _touches(grant, period)])


def _touches(grant: FollowedGrant, period: Period) -> bool:
    begins = grant.first is None or grant.first < period.end
    return begins and (grant.last is None or grant.last >= period.first)


def _row(grant: FollowedGrant) -> list[Value]:
    return [
        grant.funder,
        grant.title,
        grant.call,
        grant.project,
        tr(STATES[grant.state]),
        grant.asked,
        grant.granted,
        grant.received,
        grant.spent,
        grant.due,
        grant.to_prove,
        grant.first,
        grant.last,
        grant.reply_due,
        grant.report_due,
        grant.reported_on,
    ]


EXPORTS: tuple[Export, ...] = (csv_export("grants", mark("Subventions"), grants_table, "finance"),)
IMPORTS: tuple[Import, ...] = ()
