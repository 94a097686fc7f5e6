"""« Bon de commande » (D20): what is asked of a supplier, for which day."""

from datetime import datetime
from typing import IO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.documents.archive import Hybrid
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.posters import write_nothing
from cantine_desktop.documents.styles import Align, box, paragraph, title
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.i18n import long_day, money, tr
from cantine_desktop.supply.articles.wording import price_words
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder
from cantine_desktop.supply.orders.order_text import (
    replaces_words,
    revision_to_print,
    units_words,
)
from cantine_desktop.supply.orders.queries import order_row
from cantine_desktop.supply.orders.totals import line_amount
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.period import Period


def write_orders(
    session: Session,
    period: Period,
    now: datetime,
    target: IO[bytes],
    *,
    key: int | None = None,
    hybrid: Hybrid | None = None,
) -> None:
    """Write the orders to be delivered in a period, one after the other, or one alone.

    Args:
        session: Where to read.
        period: Days of delivery.
        now: Present instant, aware.
        target: Receives the PDF.
        key: That order only.
        hybrid: The same order for programs, carried inside.
    """
    query = select(PurchaseOrder)
    if key is not None:
        query = query.where(PurchaseOrder.id == key)
    else:
        query = query.where(
            PurchaseOrder.state != OrderState.CANCELLED,
            PurchaseOrder.delivery_day >= period.first,
            PurchaseOrder.delivery_day < period.end,
        )
    orders = list(session.scalars(query.order_by(PurchaseOrder.delivery_day, PurchaseOrder.id)))
    name = tr("Bon de commande")
    if not orders:
        words = tr("Aucune commande à livrer pour {period}.").format(period=in_words(period))
        write_nothing(target, canteen_name(session), name, words, now)
        return
    story: list[Flowable] = []
    for order in orders:
        story += [PageBreak()] if story else []
        story += _order(session, order)
    frame = PageFrame(canteen_name(session), name, in_words(period), now)
    write_document(target, frame, story, hybrid=hybrid)


def _order(session: Session, order: PurchaseOrder) -> list[Flowable]:
    supplier = session.get_one(Supplier, order.supplier_id)
    number = order.number or tr("à numéroter")
    story: list[Flowable] = [
        title(tr("Commande {number}").format(number=number)),
        paragraph(
            tr("{supplier}, révision {n}").format(
                supplier=supplier.name, n=revision_to_print(order)
            )
        ),
        Spacer(0, 2 * mm),
    ]
    replaced = replaces_words(order)
    if replaced:
        story += [box(tr("Annule et remplace"), [replaced], bullets=False), Spacer(0, 3 * mm)]
    story += [
        FormRow([
            Field(tr("Livraison"), long_day(order.delivery_day)),
            Field(tr("Notre n° de client"), supplier.account or "…"),
        ]),
        FormRow([Field(tr("Livrer à"), _address(session))]),
        Spacer(0, 4 * mm),
        _lines(session, order),
    ]
    if order.remarks.strip():
        story += [
            Spacer(0, 4 * mm),
            box(tr("Remarques"), order.remarks.splitlines(), bullets=False),
        ]
    return story


def _lines(session: Session, order: PurchaseOrder) -> Flowable:
    columns = [
        Column(tr("Référence"), 1.1),
        Column(tr("Article"), 2.6),
        Column(tr("Unité"), 2.6),
        Column(tr("Quantité"), 0.9, Align.RIGHT),
        Column(tr("Prix HT"), 1.5, Align.RIGHT),
        Column(tr("Montant HT"), 1.1, Align.RIGHT),
    ]
    rows: list[Row] = []
    for line in order.lines:
        if not line.units:
            continue
        amount = line_amount(line)
        price = "" if line.price is None else price_words(line.price, line.basis)
        shown = "" if amount is None else money(amount)
        rows.append([
            *(line.code, line.name, line.unit_name, units_words(line.units)),
            *(price, shown),
        ])
    found = order_row(session, order.id).totals
    if found.fee:
        rows.append(["", tr("Livraison"), "", "", "", money(found.fee)])
    rows.append(Total(["", tr("Total HT"), "", "", "", money(found.total)]))
    return ruled_table(columns, rows, 9)


def _address(session: Session) -> str:
    canteen = session.scalar(select(Canteen).limit(1))
    known = () if canteen is None else (canteen.name, canteen.address)
    return ", ".join(filter(None, known))
