"""The claim to a supplier: what lacked, what went back, and the credit note it asks for."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.posters import write_nothing
from cantine_desktop.documents.styles import Align, paragraph, title
from cantine_desktop.documents.tables import Column, Row, Total, ruled_table
from cantine_desktop.i18n import celsius, long_day, money, tr
from cantine_desktop.supply.articles.wording import plain
from cantine_desktop.supply.deliveries.claims import claimed, to_claim
from cantine_desktop.supply.deliveries.model import Coming, Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.standing import corrected_lines, standing
from cantine_desktop.supply.deliveries.value import ZERO
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


def write_claims(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write a letter for every closed reception of a period in which something was wrong.

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
            Delivery.coming != Coming.DONATED,
            Delivery.corrects_id.is_(None),
        )
        .options(selectinload(Delivery.lines))
        .order_by(Delivery.day, Delivery.id)
    )
    canteen, name = canteen_name(session), tr("Réclamation")
    story: list[Flowable] = []
    right = corrected_lines(session)
    for delivery in session.scalars(query):
        lines = to_claim([standing(line, right) for line in delivery.lines])
        if lines:
            story += [PageBreak()] if story else []
            story += _letter(session.get_one(Supplier, delivery.supplier_id), delivery, lines)
    if not story:
        words = tr("Rien à réclamer pour {period}.").format(period=in_words(period))
        write_nothing(target, canteen, name, words, now)
        return
    write_document(target, PageFrame(canteen, name, in_words(period), now), story)


def _letter(
    supplier: Supplier, delivery: Delivery, lines: Sequence[DeliveryLine]
) -> list[Flowable]:
    return [
        title(tr("Réclamation sur la réception {number}").format(number=delivery.number)),
        FormRow([Field(tr("À"), ", ".join(filter(None, (supplier.name, supplier.address))))]),
        FormRow([
            Field(tr("Reçu le"), long_day(delivery.day)),
            Field(tr("N° du bon de livraison"), delivery.note_number or "…"),
        ]),
        Spacer(0, 4 * mm),
        paragraph(
            tr(
                "Madame, Monsieur, à cette livraison, les articles suivants manquaient ou ont "
                "été refusés à la porte."
            )
        ),
        Spacer(0, 3 * mm),
        _lines(lines),
        Spacer(0, 4 * mm),
        paragraph(
            tr(
                "S’ils nous ont été facturés, merci de nous adresser un avoir. Sinon, cette "
                "lettre vous en informe seulement."
            )
        ),
        Spacer(0, 6 * mm),
        FormRow([
            Field(tr("Contrôlé par"), delivery.by),
            Field(tr("Nom et signature"), ""),
        ]),
    ]


def _lines(lines: Sequence[DeliveryLine]) -> Flowable:
    columns = [
        Column(tr("Article"), 2.4),
        Column(tr("Unité"), 1.6),
        Column(tr("Attendu"), 0.9, Align.RIGHT),
        Column(tr("Reçu"), 0.8, Align.RIGHT),
        Column(tr("Refusé"), 0.8, Align.RIGHT),
        Column(tr("Pourquoi"), 2.2),
        Column(tr("HT"), 1, Align.RIGHT),
    ]
    rows: list[Row] = []
    total = 0
    for line in lines:
        amount = claimed(line)
        total += 0 if amount is None else amount.cents
        announced = line.noted if line.noted is not None else line.ordered
        rows.append([
            *(line.name, line.unit_name),
            "" if announced is None else plain(announced),
            *(plain(line.received or ZERO), plain(line.refused)),
            _why(line),
            "" if amount is None else money(amount),
        ])
    rows.append(Total([tr("Total HT"), "", "", "", "", "", money(Money(total))]))
    return ruled_table(columns, rows, 9)


def _why(line: DeliveryLine) -> str:
    words = [line.reason or (tr("refusé") if line.refused else tr("manque"))]
    if line.celsius is not None and line.refused:
        words.append(celsius(line.celsius))
    return ", ".join(words)
