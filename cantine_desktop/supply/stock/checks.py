"""What is proved of the stock when a book is verified: every gram is somewhere."""

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from cantine_desktop.i18n import tr
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.supply.stock.model import Lot, MoveKind, StockMove


def check(session: Session) -> Iterator[Finding]:
    """Find lots below zero, moves of another product than their lot, and odd takings back."""
    yield from _below_zero(session)
    yield from _wrong_product(session)
    yield from _taken_back(session)
    yield from _out_with_a_value(session)


def _below_zero(session: Session) -> Iterator[Finding]:
    query = (
        select(StockMove.lot_id, func.sum(StockMove.quantity))
        .where(StockMove.lot_id.is_not(None))
        .group_by(StockMove.lot_id)
    )
    for lot, left in session.execute(query):
        if lot is not None and left < 0:
            yield at((Lot.__tablename__, lot), tr("il en est sorti plus qu’il n’en est entré"))


def _wrong_product(session: Session) -> Iterator[Finding]:
    query = (
        select(StockMove.id)
        .join(Lot, StockMove.lot_id == Lot.id)
        .where(Lot.product_id != StockMove.product_id)
    )
    for key in session.scalars(query):
        yield at((StockMove.__tablename__, key), tr("il n’est pas du produit de son lot"))


def _taken_back(session: Session) -> Iterator[Finding]:
    """Find moves that take back another lot, or not the whole of a move."""
    first = aliased(StockMove)
    query = select(StockMove, first).join(first, StockMove.reverses_id == first.id)
    for back, move in session.execute(query):
        if back.lot_id != move.lot_id or back.quantity != -move.quantity:
            yield at((StockMove.__tablename__, back.id), tr("il n’annule pas tout son mouvement"))


def _out_with_a_value(session: Session) -> Iterator[Finding]:
    """Find moves out that carry a value: it follows from the moves before them."""
    query = select(StockMove.id).where(
        StockMove.quantity < Decimal(0),
        StockMove.value.is_not(None),
        StockMove.reverses_id.is_(None),
        StockMove.kind != MoveKind.REVALUED,
    )
    for key in session.scalars(query):
        yield at((StockMove.__tablename__, key), tr("il porte une valeur alors qu’il sort"))
