"""The events of a period on one sheet: where each stands, what it brings and leaves."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.styles import Align, paragraph
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.i18n import number, short_day, tr
from cantine_desktop.meals.events.board import EventRow, board, in_period
from cantine_desktop.meals.events.keeping import OVER
from cantine_desktop.meals.events.model import STATES
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


def write_events(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the events that take place in a period."""
    rows = in_period(board(session, civil_date(now)), period)
    story: list[Flowable] = (
        [_table(rows)]
        if rows
        else [paragraph(tr("Aucun atelier ni aucune privatisation dans cette période."))]
    )
    frame = PageFrame(
        canteen_name(session),
        tr("Suivi des ateliers et privatisations"),
        in_words(period),
        now,
        landscape=True,
        footer=tr("Totaux sans les événements annulés ou sans suite ; payé d’après les comptes."),
    )
    write_document(target, frame, story)


def _table(found: Sequence[EventRow]) -> Flowable:
    columns = [
        Column(tr("Jour"), 1.3),
        Column(tr("Objet"), 3),
        Column(tr("Client"), 2.6),
        Column(tr("Pers."), 0.8, Align.RIGHT),
        Column(tr("État"), 1.5),
        *(
            Column(words, 1.3, Align.RIGHT)
            for words in (
                tr("Montant (€)"),
                tr("Coûts (€)"),
                tr("Marge (€)"),
                tr("Reste dû (€)"),
            )
        ),
        Column(tr("Suite"), 2.6),
    ]
    rows: list[Row] = [
        (
            short_day(row.day),
            row.title,
            row.customer,
            str(row.people),
            tr(STATES[row.state]),
            *(number(amount.euros) for amount in _amounts(row)),
            row.next_step,
        )
        for row in found
    ]
    counted = [_amounts(row) for row in found if row.state not in OVER]
    sums = [Money(sum(amounts[place].cents for amounts in counted)) for place in range(4)]
    people = sum(row.people for row in found if row.state not in OVER)
    total = (tr("Total"), "", "", str(people), "", *(number(each.euros) for each in sums), "")
    return ruled_table(columns, [*rows, Total(total)], 9)


def _amounts(row: EventRow) -> tuple[Money, Money, Money, Money]:
    return row.total, row.margin.costs, row.margin.left, row.left
