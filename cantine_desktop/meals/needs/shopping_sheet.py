"""« Liste de courses » (D21): what is to be bought, by aisle, and what to use first."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import IO

from reportlab.platypus import Flowable, Spacer
from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import civil_date
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.styles import Align, heading, paragraph, small
from cantine_desktop.documents.tables import Band, Column, Row, ruled_table
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.meals.needs.products import ProductSum, by_product
from cantine_desktop.meals.needs.reckoning import needs
from cantine_desktop.meals.recipes.amounts import amount_words
from cantine_desktop.supply.products.listing import FAMILIES
from cantine_desktop.supply.products.model import Product, ProductFamily
from cantine_desktop.supply.stock.lots import LotRow
from cantine_desktop.supply.stock.quantities import quantity_words
from cantine_desktop.supply.stock.queries import first_to_use
from cantine_desktop.values.period import Period


def write_shopping_list(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write what the menus of a period ask for and nobody has ordered, by aisle.

    Args:
        session: Where to read.
        period: Days of the services; those that are over ask for nothing.
        now: The present instant.
        target: Where the PDF goes.
    """
    missing = [each for each in by_product(needs(session, period, now)) if each.net]
    story: list[Flowable] = []
    if missing:
        story += [_list(missing)]
    else:
        story += [paragraph(tr("Rien à acheter : le stock et les commandes couvrent les menus."))]
    first = first_to_use(session, civil_date(now))
    if first:
        story += [Spacer(0, 10), heading(tr("À utiliser d’abord")), _first(session, first)]
    story += [
        Spacer(0, 6),
        small(
            tr(
                "Quantités pour les convives attendus, épluchures comprises, moins ce qui est en "
                "stock, annoncé en don, commandé ou dans une commande à envoyer."
            )
        ),
    ]
    frame = PageFrame(canteen_name(session), tr("Liste de courses"), in_words(period), now)
    write_document(target, frame, story)


def _list(missing: list[ProductSum]) -> Flowable:
    columns = [
        Column(tr("Produit"), 2.2),
        Column(tr("Quantité"), 1, Align.RIGHT),
        Column(tr("Pour le"), 1.8),
        Column(tr("Acheté"), 1.4),
    ]
    return ruled_table(columns, list(_rows(missing)), size=11.5)


def _rows(missing: list[ProductSum]) -> Iterator[Row]:
    aisles = list(ProductFamily)
    ordered = sorted(missing, key=lambda each: aisles.index(each.product.family))
    for family, some in groupby(ordered, _family):
        yield Band(tr(FAMILIES[family]))
        for each in some:
            amount = amount_words(each.product, each.net)
            yield [each.product.name, amount, each.days, ""]


def _family(each: ProductSum) -> ProductFamily:
    return each.product.family


def _first(session: Session, lots: list[LotRow]) -> Flowable:
    wanted = {lot.product_id for lot in lots}
    query = select(Product.id, Product.dimension).where(Product.id.in_(wanted))
    measures = dict(session.execute(query).all())
    columns = [
        Column(tr("Produit"), 2.2),
        Column(tr("Reste"), 1, Align.RIGHT),
        Column(tr("Jusqu’au"), 1),
        Column(tr("Emplacement"), 1.4),
    ]
    rows: list[Row] = [
        [
            lot.product,
            quantity_words(measures[lot.product_id], lot.left),
            _day(lot.until),
            lot.place,
        ]
        for lot in lots
    ]
    return ruled_table(columns, rows, size=11.5)


def _day(day: date | None) -> str:
    return "" if day is None else short_day(day)
