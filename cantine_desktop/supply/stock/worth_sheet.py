"""« Valeur du stock »: by both methods, where later prices went, and what was lost by stage."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import IO

from reportlab.platypus import Flowable, Spacer
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.styles import Align, heading, paragraph, small
from cantine_desktop.documents.tables import Band, Column, Row, Total, ruled_table
from cantine_desktop.i18n import long_day, money, short_day, tr
from cantine_desktop.supply.stock.model import STAGES, LossStage
from cantine_desktop.supply.stock.quantities import quantity_words
from cantine_desktop.supply.stock.vat import recovers_vat
from cantine_desktop.supply.stock.worth_report import (
    LaterPrice,
    LossRow,
    WorthRow,
    later_prices,
    losses,
    unit_cost,
    worth_rows,
)
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


def write_stock_worth(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write what the stock is worth at the end of a period, and what changed in it.

    Args:
        session: Where to read.
        period: The stock is that of its last day, today at most.
        now: Present instant, aware.
        target: Where the PDF goes.
    """
    day = min(period.last, civil_date(now))
    story: list[Flowable] = [
        heading(tr("Stock suivi, le {day}").format(day=long_day(day))),
        *_worth(worth_rows(session, day)),
        small(
            tr("Valeurs hors taxes : la TVA se récupère.")
            if recovers_vat(session)
            else tr("Valeurs TVA comprise : la cantine ne la récupère pas.")
        ),
        Spacer(0, 10),
        heading(tr("Prix arrivés après les denrées, {period}").format(period=in_words(period))),
        *_later(later_prices(session, period)),
        Spacer(0, 10),
        heading(tr("Pertes, {period}").format(period=in_words(period))),
        *_losses(losses(session, period)),
    ]
    frame = PageFrame(canteen_name(session), tr("Valeur du stock"), in_words(period), now)
    write_document(target, frame, story)


def _worth(rows: Sequence[WorthRow]) -> list[Flowable]:
    if not rows:
        return [paragraph(tr("Rien n’est en stock parmi les produits suivis."))]
    columns = [
        Column(tr("Produit"), 2.4),
        Column(tr("Quantité"), 1.1, Align.RIGHT),
        Column(tr("kg, l ou pièce"), 1, Align.RIGHT),
        Column(tr("CUMP"), 1, Align.RIGHT),
        Column(tr("FIFO"), 1, Align.RIGHT),
        Column(tr("Écart"), 0.8, Align.RIGHT),
    ]
    cells: list[Row] = [
        [
            row.product,
            quantity_words(row.dimension, row.quantity),
            _amount(unit_cost(row)) if row.has_price else tr("sans prix"),
            money(row.average),
            money(row.fifo),
            _amount(row.fifo - row.average),
        ]
        for row in rows
    ]
    average = Money(sum(row.average.cents for row in rows))
    fifo = Money(sum(row.fifo.cents for row in rows))
    cells.append(Total([tr("Total"), "", "", money(average), money(fifo), _amount(fifo - average)]))
    found: list[Flowable] = [ruled_table(columns, cells, 10)]
    unknown = [row.product for row in rows if not row.has_price]
    if unknown:
        names = tr("Sans prix connu, donc sans valeur : {names}.").format(names=", ".join(unknown))
        found.append(paragraph(names))
    return found


def _later(rows: Sequence[LaterPrice]) -> list[Flowable]:
    if not rows:
        return [paragraph(tr("Aucune facture n’a changé la valeur de denrées déjà entrées."))]
    columns = [
        Column(tr("Le"), 0.9),
        Column(tr("Produit"), 1.8),
        Column(tr("Pourquoi"), 2),
        Column(tr("En plus"), 0.9, Align.RIGHT),
        Column(tr("Reste"), 0.9, Align.RIGHT),
        Column(tr("Consommé"), 0.9, Align.RIGHT),
        Column(tr("Mois clos"), 0.9, Align.RIGHT),
    ]
    cells: list[Row] = [
        [
            short_day(row.day),
            row.product,
            row.reason,
            *(money(each) for each in (row.value, row.stock, row.used, row.variance)),
        ]
        for row in rows
    ]
    sums = (
        Money(sum(each.cents for each in column))
        for column in zip(*((r.value, r.stock, r.used, r.variance) for r in rows), strict=True)
    )
    cells.append(Total([tr("Total"), "", "", *(money(each) for each in sums)]))
    return [ruled_table(columns, cells, 9)]


def _losses(rows: Sequence[LossRow]) -> list[Flowable]:
    if not rows:
        return [paragraph(tr("Aucune perte n’est notée."))]
    cells: list[Row] = []
    for stage, some in groupby(rows, _stage):
        here = list(some)
        worth = money(Money(sum(row.value.cents for row in here)))
        cells.append(Band(f"{stage_words(stage)}, {worth}"))
        cells += [
            [row.product, quantity_words(row.dimension, row.quantity), money(row.value)]
            for row in here
        ]
    total = money(Money(sum(row.value.cents for row in rows)))
    cells.append(Total([tr("Total"), "", total]))
    columns = [
        Column(tr("Produit"), 3),
        Column(tr("Quantité"), 1, Align.RIGHT),
        Column(tr("Valeur"), 1, Align.RIGHT),
    ]
    return [ruled_table(columns, cells, 10)]


def stage_words(stage: LossStage | None) -> str:
    """Return a stage as people say it."""
    return tr("Étape non dite") if stage is None else tr(STAGES[stage])


def _stage(row: LossRow) -> LossStage | None:
    return row.stage


def _amount(value: Money | None) -> str:
    return "" if not value else money(value)
