"""Closed receptions on paper: what was noted at the door, and what was corrected since."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import IO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.posters import write_nothing
from cantine_desktop.documents.styles import Align, small, title
from cantine_desktop.documents.tables import Column, Row, ruled_table
from cantine_desktop.i18n import celsius, hour, long_day, short_day, tr
from cantine_desktop.supply.articles.wording import plain
from cantine_desktop.supply.deliveries.model import Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.standing import corrections_of
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.period import Period

THOUSAND = 1000


def write_receptions(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the closed receptions of a period, a page each; a correction stands under its line.

    Args:
        session: Where to read.
        period: Days of the receptions.
        now: Present instant, aware.
        target: Receives the PDF.
    """
    query = (
        select(Delivery)
        .where(
            Delivery.day >= period.first,
            Delivery.day < period.end,
            Delivery.sealed_at.is_not(None),
            Delivery.corrects_id.is_(None),
        )
        .options(selectinload(Delivery.lines))
        .order_by(Delivery.day, Delivery.id)
    )
    canteen, name = canteen_name(session), tr("Réceptions closes")
    story: list[Flowable] = []
    for delivery in session.scalars(query):
        story += [PageBreak()] if story else []
        story += _page(session, delivery)
    if not story:
        words = tr("Aucune réception close pour {period}.").format(period=in_words(period))
        write_nothing(target, canteen, name, words, now)
        return
    frame = PageFrame(canteen, name, in_words(period), now, landscape=True)
    write_document(target, frame, story)


def _page(session: Session, delivery: Delivery) -> list[Flowable]:
    supplier = session.get_one(Supplier, delivery.supplier_id).name
    at = long_day(delivery.day)
    if delivery.arrived_at is not None:
        at = tr("{day}, {hour}").format(day=at, hour=hour(delivery.arrived_at))
    corrections = corrections_of(session, delivery.id)
    story: list[Flowable] = [
        title(tr("{number}, {supplier}").format(number=delivery.number, supplier=supplier)),
        FormRow([
            Field(tr("Reçue le, à"), at, 2),
            Field(tr("N° du bon de livraison"), delivery.note_number or "…"),
            Field(tr("Contrôlé par"), delivery.by, 0.8),
        ]),
        Spacer(0, 3 * mm),
        ruled_table(_columns(), list(_rows(session, delivery, corrections)), 9),
    ]
    if corrections:
        words = tr(
            "Une ligne corrigée compte comme sa dernière correction ; la première reste lisible."
        )
        story += [Spacer(0, 2 * mm), small(words)]
    return story


def _columns() -> list[Column]:
    return [
        Column(tr("Article"), 2.4),
        Column(tr("Commandé"), 1.3),
        Column(tr("Reçu"), 0.7, Align.RIGHT),
        Column(tr("Pesé (kg ou l)"), 0.8, Align.RIGHT),
        Column(tr("T° lue"), 0.7, Align.RIGHT),
        Column(tr("Lot"), 1.2),
        Column(tr("DLC"), 0.9),
        Column(tr("DDM"), 0.9),
        Column(tr("Refusé"), 0.7, Align.RIGHT),
        Column(tr("Pourquoi"), 1.8),
    ]


def _rows(session: Session, delivery: Delivery, corrections: list[Delivery]) -> Iterator[Row]:
    for line in delivery.lines:
        asked = "" if line.ordered is None else f"{plain(line.ordered)} × "
        yield [line.name, f"{asked}{line.unit_name}", *_said(session, line), line.reason]
        before = _said(session, line)
        for each in corrections:
            for right in each.lines:
                if right.rank == line.rank:
                    after = _said(session, right)
                    changed = [
                        (new or "—") if new != old else ""
                        for old, new in zip(before, after, strict=True)
                    ]
                    day = short_day(civil_date(each.created_at))
                    who = tr("{by}, le {day}").format(by=each.by, day=day)
                    yield [tr("→ corrigé"), who, *changed, each.note]
                    before = after


def _said(session: Session, line: DeliveryLine) -> list[str]:
    return [
        plain(line.received or Decimal(0)),
        _weight(session, line),
        "" if line.celsius is None else celsius(line.celsius),
        line.lot_code,
        "" if line.use_by is None else short_day(line.use_by),
        "" if line.best_before is None else short_day(line.best_before),
        plain(line.refused) if line.refused else "",
    ]


def _weight(session: Session, line: DeliveryLine) -> str:
    if line.weight is None:
        return ""
    product = None if line.product_id is None else session.get(Product, line.product_id)
    is_piece = product is not None and product.dimension is Dimension.PIECE
    return plain(line.weight if is_piece else line.weight / THOUSAND)
