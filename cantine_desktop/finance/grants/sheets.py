"""The grants of a year on paper, for the board."""

from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import Align, paragraph
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.finance.grants.following import (
    STATES,
    FollowedGrant,
    due_words,
    followed_grants,
)
from cantine_desktop.i18n import mark, number, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


def write_grants(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write every grant followed, what came of it and what it waits for."""
    found = followed_grants(session, civil_date(now))
    story: list[Flowable] = (
        [_table(found)] if found else [paragraph(tr("Aucune subvention suivie."))]
    )
    frame = PageFrame(
        canteen_name(session),
        tr("Suivi des subventions"),
        in_words(period),
        now,
        landscape=True,
        footer=tr("Versé : d’après les comptes, ou les dates tapées."),
    )
    write_document(target, frame, story)


def _table(found: list[FollowedGrant]) -> Flowable:
    columns = [
        Column(tr("Subvention"), 3.4),
        Column(tr("Financeur"), 3),
        Column(tr("État"), 1.3),
        *(
            Column(title, 1.3, Align.RIGHT)
            for title in (
                tr("Demandé (€)"),
                tr("Accordé (€)"),
                tr("Versé (€)"),
                tr("Retenu (€)"),
                tr("À justifier (€)"),
            )
        ),
        Column(tr("Suite"), 2.6),
    ]
    rows: list[Row] = [
        (
            f"{grant.title} · {grant.call}" if grant.call else grant.title,
            grant.funder,
            tr(STATES[grant.state]),
            *(_whole(amount) for amount in _amounts(grant)),
            due_words(grant),
        )
        for grant in found
    ]
    sums = [
        Money(sum(a.cents for a in column)) for column in zip(*map(_amounts, found), strict=True)
    ]
    rows.append(Total((tr("Total"), "", "", *map(_whole, sums), "")))
    return ruled_table(columns, rows, 9)


def _amounts(grant: FollowedGrant) -> tuple[Money, Money, Money, Money, Money]:
    nothing = Money(0)
    return (
        grant.asked or nothing,
        grant.granted or nothing,
        grant.received,
        grant.spent if grant.granted else nothing,
        grant.to_prove,
    )


def _whole(amount: Money) -> str:
    return number(amount.euros, 0) if amount else ""


DOCUMENTS: tuple[Document, ...] = (
    Document(
        "grants-list",
        mark("Suivi des subventions"),
        write_grants,
        "",
        Cadence.YEAR,
        "finance",
        screen="grants",
    ),
)
