"""The chapter of breaches: the open ones first, each with what was done about it."""

from collections.abc import Sequence
from functools import partial

from reportlab.platypus import Flowable

from cantine_desktop.clock import civil_date
from cantine_desktop.documents.binder import Part
from cantine_desktop.documents.styles import Align, heading, paragraph
from cantine_desktop.documents.tables import Band, Column, Row, ruled_table
from cantine_desktop.hygiene.breach_rows import BreachRow, breaches_of, open_breaches
from cantine_desktop.hygiene.breach_words import (
    age,
    bound_text,
    lot_state_name,
    measured_text,
    severity_name,
    state_name,
    what_was_done,
    where,
)
from cantine_desktop.hygiene.inspection.making import Making
from cantine_desktop.i18n import short_day, tr, trn


def breach_part(making: Making) -> Part:
    """Return the chapter of breaches."""
    name = tr("Non-conformités et actions correctives")
    rows = _rows(making)
    opened = sum(row.settled_at is None for row in rows)
    note = trn("{n} ouverte", "{n} ouvertes", opened) + tr(" sur {total}").format(total=len(rows))
    frame = making.frame(name, landscape=True)
    return Part(name, frame, partial(_story, making, rows), note=note)


def _rows(making: Making) -> list[BreachRow]:
    """Return the breaches of the period, and those from before it that are still open."""
    rows = breaches_of(making.session, making.counted, making.now)
    known = {row.breach_id for row in rows}
    older = [
        row
        for row in open_breaches(making.session, making.now)
        if row.breach_id not in known and row.day < making.counted.first
    ]
    return [*older, *rows]


def _story(_making: Making, rows: Sequence[BreachRow]) -> list[Flowable]:
    opened = [row for row in rows if row.settled_at is None]
    settled = [row for row in rows if row.settled_at is not None]
    if not rows:
        return [paragraph(tr("Aucune non-conformité n’a été constatée sur la période."))]
    return [
        heading(tr("Ouvertes")),
        _table(opened) if opened else paragraph(tr("Aucune n’est ouverte.")),
        heading(tr("Réglées")),
        _table(settled) if settled else paragraph(tr("Aucune n’est encore réglée.")),
    ]


def _table(rows: Sequence[BreachRow]) -> Flowable:
    columns = [
        Column(tr("N°"), 1),
        Column(tr("Quoi, quand"), 3),
        Column(tr("Constat"), 1.7, Align.RIGHT),
        Column(tr("Limite"), 1.1, Align.RIGHT),
        Column(tr("Gravité"), 1.1),
        Column(tr("Cause, action corrective, contrôle"), 6.5),
        Column(tr("État"), 2.1),
    ]
    lines: list[Row] = []
    year = 0
    for row in rows:
        if row.day.year != year:
            year = row.day.year
            lines.append(Band(str(year)))
        lines.append(_line(row))
    return ruled_table(columns, lines, size=9)


def _line(row: BreachRow) -> list[str]:
    done = what_was_done(row) or tr("Rien n’est encore noté.")
    lots = [
        f"{lot.product} {lot.lot} : {lot_state_name(lot.state)}".replace("  ", " ")
        for lot in row.lots
    ]
    words = " ".join([done, *lots, row.efficacy]).strip()
    return [
        row.number,
        where(row),
        measured_text(row),
        bound_text(row),
        severity_name(row.severity),
        words,
        _state(row),
    ]


def _state(row: BreachRow) -> str:
    if row.settled_at is None:
        return tr("{state}, depuis {age}").format(state=state_name(row.state), age=age(row.hours))
    return tr("{state} le {day}").format(
        state=state_name(row.state), day=short_day(civil_date(row.settled_at))
    )
