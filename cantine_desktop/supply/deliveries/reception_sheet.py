"""The sheet to check a delivery with at the door, typed back line by line in its order."""

from collections.abc import Iterator
from datetime import datetime
from typing import IO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.grid_cells import Group, HandRow
from cantine_desktop.documents.grids import hand_grid
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.styles import small
from cantine_desktop.i18n import long_day, tr
from cantine_desktop.supply.articles.wording import plain
from cantine_desktop.supply.deliveries.on_the_way import owed
from cantine_desktop.supply.deliveries.standing import answers_to
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.period import Period

BLANKS = 4
"""Lines left for what comes without being ordered."""
ALL_BLANK = 12
"""Lines of a sheet for a delivery nobody ordered."""


def write_reception_sheets(
    session: Session, period: Period, now: datetime, target: IO[bytes]
) -> None:
    """Write a sheet for every order awaited in a period, or a blank one when none is.

    Lines stand in the order in which the reception is typed, with what still lacks of them.

    Args:
        session: Where to read.
        period: Days of delivery.
        now: Present instant, aware.
        target: Receives the PDF.
    """
    query = (
        select(PurchaseOrder)
        .where(
            PurchaseOrder.state.in_((OrderState.SENT, OrderState.CONFIRMED)),
            PurchaseOrder.delivery_day >= period.first,
            PurchaseOrder.delivery_day < period.end,
        )
        .order_by(PurchaseOrder.delivery_day, PurchaseOrder.id)
    )
    story: list[Flowable] = []
    for order in session.scalars(query):
        supplier = session.get_one(Supplier, order.supplier_id).name
        story += [PageBreak()] if story else []
        rows = [*_rows(session, order), *(HandRow("") for _ in range(BLANKS))]
        story += _sheet(f"{supplier}, {order.number}", long_day(order.delivery_day), rows)
    if not story:
        story = _sheet("", "", [HandRow("") for _ in range(ALL_BLANK)])
    frame = PageFrame(
        canteen_name(session),
        tr("Fiche de réception"),
        in_words(period),
        now,
        footer=tr("À saisir dans le même ordre, dans Réceptions."),
        landscape=True,
    )
    write_document(target, frame, story)


def _sheet(who: str, day: str, rows: list[HandRow]) -> list[Flowable]:
    groups = [
        Group(tr("Reçu"), share=0.9),
        Group(tr("Pesé (kg ou l)"), share=0.9),
        Group(tr("T° lue"), share=0.8),
        Group(tr("Lot"), share=1.4),
        Group(tr("DLC")),
        Group(tr("DDM")),
        Group(tr("Refusé"), share=0.8),
        Group(tr("Pourquoi"), share=1.8),
    ]
    return [
        FormRow([
            Field(tr("Fournisseur, commande"), who, 2),
            Field(tr("Attendue le"), day, 1.4),
            Field(tr("N° du bon de livraison")),
            Field(tr("Reçue le, à")),
            Field(tr("Visa"), share=0.6),
        ]),
        Spacer(0, 3 * mm),
        hand_grid(tr("Article, quantité commandée"), groups, rows, head_mm=72),
        Spacer(0, 2 * mm),
        small(
            tr(
                "Une DLC dépassée se refuse. Notez ce qui repart et pourquoi : la réclamation "
                "au fournisseur en est faite."
            )
        ),
    ]


def _rows(session: Session, order: PurchaseOrder) -> Iterator[HandRow]:
    for line in order.lines:
        lacks = owed(line, answers_to(session, [line.id]))
        if lacks > 0:
            yield HandRow(line.name, note=f"{plain(lacks)} × {line.unit_name}")
