"""Sheets of days written for other programs: one line a box, what was corrected included."""

from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.exchange.registry import Export
from cantine_desktop.exchange.writers import Table, Value, csv_export
from cantine_desktop.hygiene.cleaning.matrices import MATRICES
from cantine_desktop.hygiene.cleaning.matrix import Item, Matrix
from cantine_desktop.hygiene.cleaning.model import Answer, Ticked
from cantine_desktop.hygiene.cleaning.weeks import spot_of
from cantine_desktop.hygiene.words import verdict_name
from cantine_desktop.values.period import Period

HEADINGS = (
    *("jour", "partie", "zone", "ligne", "réponse", "valeur", "unité", "précision", "visa"),
    *("verdict", "d’un seul geste", "état", "motif de correction", "noté le", "signé le"),
)
"""Columns of the file, the same in every language: other programs rely on them."""

ANSWERS = {
    Answer.CONFORM: "fait ou conforme",
    Answer.NOT_CONFORM: "non conforme",
    Answer.NOT_APPLICABLE: "sans objet",
    Answer.NOT_DONE: "pas fait",
}
REPLACED, VOID = "remplacée", "annulée"


def table_of(matrix: Matrix, session: Session, period: Period, _now: datetime) -> Table:
    """Return every box of a period, those that a correction replaced too."""
    model = matrix.model
    rows = session.scalars(
        select(model)
        .where(model.day >= period.first, model.day < period.end)
        .order_by(model.day, model.id)
    ).all()
    replaced = {row.corrects_id for row in rows}
    items = {item.key: item for item in matrix.items(session, period)}
    return Table(
        [*HEADINGS],
        (_line(matrix, row, items, is_replaced=row.id in replaced) for row in rows),
    )


def _line(
    matrix: Matrix, row: Ticked, items: dict[int | str, Item], *, is_replaced: bool
) -> list[Value]:
    key = spot_of(matrix, row).key
    item = items.get(key)
    return [
        row.day,
        row.part,
        item.zone if item else "",
        item.title if item else str(key),
        ANSWERS[row.answer] if row.answer else "",
        row.value,
        item.unit if item and row.value is not None else "",
        row.note,
        row.initials,
        verdict_name(row.verdict),
        "oui" if row.is_batch else "",
        REPLACED if is_replaced else VOID if row.is_void else "",
        row.reason,
        row.recorded_at,
        row.sealed_at,
    ]


EXPORTS: tuple[Export, ...] = tuple(
    csv_export(matrix.key, matrix.title, partial(table_of, matrix), "hygiene")
    for matrix in MATRICES
)
"""Each sheet of days, as CSV."""
