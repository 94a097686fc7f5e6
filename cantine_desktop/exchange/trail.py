"""The history written for others: who did what, and when."""

from datetime import UTC, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import PARIS
from cantine_desktop.exchange.writers import Table, csv_export
from cantine_desktop.i18n import mark
from cantine_desktop.storage.history import Action, Change
from cantine_desktop.values.period import Period


def history_table(session: Session, period: Period, _now: datetime) -> Table:
    """Return one row per action of a period, in order, without the values it changed.

    A canteen's day starts at midnight in Paris, whatever the instant's zone.
    """
    start, end = (
        datetime.combine(day, time(), PARIS).astimezone(UTC) for day in (period.first, period.end)
    )
    query = (
        select(Action.id, Action.at, Action.by, Action.label, Action.undoes, func.count(Change.id))
        .outerjoin(Change, Change.action_id == Action.id)
        .where(Action.at >= start, Action.at < end)
        .group_by(Action.id, Action.at, Action.by, Action.label, Action.undoes)
        .order_by(Action.id)
    )
    headings = ["numero", "instant", "profil", "action", "annule", "lignes"]
    return Table(headings, [tuple(row) for row in session.execute(query)])


EXPORTS = (csv_export("history", mark("Historique des actions"), history_table, "history"),)
"""Who did what and when: a matter for the direction, the treasury and the readers."""
