"""The way of a lot on paper, for an inspector or a supplier who calls a product back."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable, Spacer
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.styles import box, heading, paragraph, small
from cantine_desktop.documents.tables import Column, ruled_table
from cantine_desktop.hygiene.tracing import Trace, trace_lot
from cantine_desktop.i18n import short_day, tr


def write_trace(session: Session, lot: str, now: datetime, target: IO[bytes]) -> None:
    """Write where a lot came from, which dishes it went into, and what became of them.

    Source: R178.
    """
    found = trace_lot(session, lot)
    story: list[Flowable] = [heading(tr("Le lot lui-même : reçu, utilisé, étiqueté"))]
    story += _rows(found.rows, tr("Aucune fiche ne nomme ce lot."))
    story.append(heading(tr("Plats où il est entré")))
    if found.dishes:
        lines = [f"{short_day(day)} — {dish}" for day, dish in found.dishes]
        story.append(box(tr("Plats"), lines))
    else:
        story.append(paragraph(tr("Aucun plat n’est relié à ce lot sur les fiches.")))
    story.append(heading(tr("Ces plats ensuite : cuits, refroidis, servis, échantillons")))
    story += _rows(found.after, tr("Aucune fiche."))
    story.append(Spacer(0, 8))
    story.append(
        small(
            tr(
                "Lien fait d’après les lots et les noms de plats écrits sur les fiches, "
                "jusqu’à trois jours après : une fiche muette n’apparaît pas."
            )
        )
    )
    title = tr("Trace du lot {lot}").format(lot=found.lot)
    write_document(target, PageFrame(canteen_name(session), title, "", now), story)


def _rows(traces: Sequence[Trace], none: str) -> list[Flowable]:
    if not traces:
        return [paragraph(none)]
    columns = [
        Column(tr("Jour"), 1.1),
        Column(tr("Fiche"), 2),
        Column(tr("Quoi"), 2.4),
        Column(tr("Lot"), 1.4),
        Column(tr("Avec"), 2.4),
    ]
    rows = [(short_day(each.day), each.sheet, each.what, each.lot, each.beside) for each in traces]
    return [ruled_table(columns, rows, 9)]
