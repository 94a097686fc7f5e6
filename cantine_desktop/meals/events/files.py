"""Events as CSV files: one line an event, one line a paper."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.exchange.writers import Table, Value, csv_export
from cantine_desktop.i18n import mark, tr
from cantine_desktop.meals.events.board import board, in_period
from cantine_desktop.meals.events.keeping import customer_name
from cantine_desktop.meals.events.model import KINDS, PAPERS, STATES, EventPaper, PrivateEvent
from cantine_desktop.values.period import Period

EVENT_HEADINGS = (
    *("jour", "nature", "objet", "client", "personnes", "état", "montant", "coûts", "marge"),
    *("reste dû", "suite"),
)
PAPER_HEADINGS = (*("numéro", "papier", "date", "client", "objet", "total", "à payer", "échéance"),)
"""Columns of the files, the same in every language."""


def events_table(session: Session, period: Period, now: datetime) -> Table:
    """Return the events that take place in a period."""
    rows: list[list[Value]] = [
        [
            row.day,
            tr(KINDS[row.kind]),
            row.title,
            row.customer,
            row.people,
            tr(STATES[row.state]),
            row.total,
            row.margin.costs,
            row.margin.left,
            row.left,
            row.next_step,
        ]
        for row in in_period(board(session, civil_date(now)), period)
    ]
    return Table(EVENT_HEADINGS, rows)


def papers_table(session: Session, period: Period, now: datetime) -> Table:
    """Return the papers issued in a period, in their order."""
    del now
    found = session.execute(
        select(EventPaper, PrivateEvent)
        .join(PrivateEvent, EventPaper.event_id == PrivateEvent.id)
        .where(EventPaper.day >= period.first, EventPaper.day < period.end)
        .order_by(EventPaper.day, EventPaper.id)
    )
    rows: list[list[Value]] = [
        [
            paper.number,
            tr(PAPERS[paper.kind]),
            paper.day,
            customer_name(event),
            event.title,
            paper.total,
            paper.due,
            paper.valid_until or paper.due_day,
        ]
        for paper, event in found
    ]
    return Table(PAPER_HEADINGS, rows)


EXPORTS: tuple[Export, ...] = (
    csv_export("events", mark("Ateliers et privatisations"), events_table, "meals"),
    csv_export("event-papers", mark("Devis et factures émis"), papers_table, "meals"),
)
IMPORTS: tuple[Import, ...] = ()
