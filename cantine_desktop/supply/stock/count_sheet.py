"""« Fiche d’inventaire » (D22): the shelves as one walks, to write on and type back in order."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from itertools import groupby
from typing import IO

from reportlab.platypus import Flowable, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.forms import Field, FormRow
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.registry import Cadence
from cantine_desktop.documents.sheet_ids import sheet_id
from cantine_desktop.documents.styles import Align, paragraph, small
from cantine_desktop.documents.tables import Band, Column, Row, ruled_table
from cantine_desktop.i18n import long_day, tr
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.stock.counting import counted_with, to_count
from cantine_desktop.supply.stock.model import Place, StockItem
from cantine_desktop.supply.stock.quantities import quantity_words
from cantine_desktop.supply.stock.queries import on_hand
from cantine_desktop.values.period import DAY, Period

LETTER = "ST"
"""Of the ids of its sheets: ``ST-2026-11-23``."""


def write_stock_count(
    session: Session, period: Period, now: datetime, target: IO[bytes], *, blind: bool
) -> None:
    """Write the sheet to count with, places in the order one walks, shelves in theirs.

    Args:
        session: Where to read.
        period: Its first day is the one counted.
        now: The present instant.
        target: Where the PDF goes.
        blind: What is expected is not printed, so that nobody copies it.
    """
    day = Period(period.first, period.first + DAY)
    rows = list(_rows(session, blind=blind))
    story: list[Flowable] = [
        FormRow([
            Field(tr("Compté le (jour et heure)"), "", 1.6, 2),
            Field(tr("Par (visa)"), "", 1, 2),
            Field(tr("Saisi le"), "", 1, 2),
        ]),
        Spacer(0, 8),
    ]
    if rows:
        story += [_table(rows, blind=blind), Spacer(0, 6), _hint()]
    else:
        story = [paragraph(tr("Aucun produit n’est suivi en stock : rien à compter."))]
    frame = PageFrame(
        canteen_name(session),
        tr("Fiche d’inventaire"),
        long_day(period.first),
        now,
        sheet_id=sheet_id(LETTER, day, Cadence.DAY),
        footer=tr("À saisir dans le même ordre, avec l’heure du comptage."),
    )
    write_document(target, frame, story)


def _table(rows: list[Row], *, blind: bool) -> Flowable:
    columns = [Column(tr("Produit"), 2.2), Column(tr("Un colis = / une pièce ="), 1.5)]
    if not blind:
        columns.append(Column(tr("Attendu"), 1, Align.RIGHT))
    columns += [Column(tr("Compté"), 2), Column(tr("Raison de l’écart"), 1.4)]
    return ruled_table(columns, rows, size=11.5)


def _hint() -> Flowable:
    return small(
        tr(
            "Dans une même case : c = colis, p = pièce du colis, puis kg, g, l, cl ou ml. "
            "Exemple : 2c + 3p + 1,2kg. Rien sur l’étagère s’écrit 0 ; une case vide n’est pas "
            "comptée."
        )
    )


def _rows(session: Session, *, blind: bool) -> Iterator[Row]:
    keys = to_count(session, None)
    products = {
        each.id: each for each in session.scalars(select(Product).where(Product.id.in_(keys)))
    }
    places = dict(session.execute(select(Place.id, Place.name)).all())
    at = dict(session.execute(select(StockItem.product_id, StockItem.place_id)).all())
    held = on_hand(session)

    def place_of(key: int) -> int:
        return at[key] or 0

    for place, some in groupby(keys, place_of):
        yield Band(places.get(place, tr("Sans emplacement")))
        for key in some:
            product = products[key]
            yield _row(session, product, "" if blind else _left(product, held), blind=blind)


def _left(product: Product, held: dict[int, Fraction]) -> str:
    return quantity_words(product.dimension, held.get(product.id, 0))


def _row(session: Session, product: Product, expected: str, *, blind: bool) -> list[str]:
    counted = counted_with(session, product.id)
    contents = [
        quantity_words(product.dimension, each)
        for each in (counted.pack, counted.piece)
        if each is not None
    ]
    cells = [product.name, " / ".join(contents)]
    if not blind:
        cells.append(expected)
    return [*cells, "", ""]
