"""Food set aside by a non-conformity is set aside on the shelves too, and shares its fate.

Hygiene keeps its own list, by the words of a label; the stock knows lots. They are the same
food when product and number are the same.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene import lots
from cantine_desktop.hygiene.breach_tables import BlockedLot, Breach, LotState
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.recalls.model import RecallMatch, RecallVerdict
from cantine_desktop.supply.stock import lot_events
from cantine_desktop.supply.stock.lots import is_blocked, left_of
from cantine_desktop.supply.stock.model import LossStage, Lot
from cantine_desktop.supply.stock.moving import lose
from cantine_desktop.supply.stock.writing import Out
from cantine_desktop.values.text import fold


def shelf_lots(session: Session, product: str, code: str) -> Iterator[Lot]:
    """Yield the lots of the stock that are some food: same product, same number, some left."""
    if not code.strip():
        return
    query = (
        select(Lot, Product.name)
        .join(Product, Lot.product_id == Product.id)
        .where(Lot.code == code.strip())
        .order_by(Lot.id)
    )
    for lot, name in session.execute(query).all():
        if fold(name) == fold(product.strip()) and left_of(session, lot.id) > 0:
            yield lot


def follow_block(session: Session, row: BlockedLot, now: datetime) -> None:
    """Set aside, or throw away, on the shelves what hygiene did."""
    for lot in shelf_lots(session, row.product, row.lot):
        if row.state is LotState.DESTROYED:
            _throw(session, lot, row.reason, row.by, now)
        elif row.state is LotState.BLOCKED and not is_blocked(lot):
            lot_events.block(session, lot.id, now, row.reason or row.product, row.by)


def follow_decision(session: Session, row: BlockedLot, now: datetime) -> None:
    """Give back to use, or throw away, on the shelves what somebody decided of.

    A lot that an official recall holds stays set aside: the recall decides of it.
    """
    for lot in shelf_lots(session, row.product, row.lot):
        if row.state is LotState.DESTROYED:
            _throw(session, lot, row.release_words, row.released_by, now)
        elif row.state is LotState.BLOCKED and is_blocked(lot) and not _recalled(session, lot):
            lot_events.release(session, lot.id, now, row.release_words, row.released_by)


def follow_breach(session: Session, breach_id: int, now: datetime) -> None:
    """Set aside on the shelves what a non-conformity set aside."""
    breach = session.get_one(Breach, breach_id)
    for row in breach.lots:
        if row.released_at is None:
            follow_block(session, row, now)


def follow_shelf(session: Session, lot_id: int, words: str, by: str, now: datetime) -> int:
    """Decide in hygiene too of a lot the stock gave back to use; return how many rows said so.

    Args:
        session: The session of an action.
        lot_id: A lot of the stock.
        words: On what ground.
        by: Who decides; what is decided is signed.
        now: Present instant, aware.
    """
    lot = session.get_one(Lot, lot_id)
    product = session.get_one(Product, lot.product_id)
    query = select(BlockedLot).where(
        BlockedLot.state == LotState.BLOCKED,
        BlockedLot.released_at.is_(None),
        BlockedLot.lot == lot.code,
    )
    rows = [row for row in session.scalars(query) if fold(row.product) == fold(product.name)]
    for row in rows:
        lots.release(session, row.id, words, by, now)
    return len(rows)


def _throw(session: Session, lot: Lot, reason: str, by: str, now: datetime) -> None:
    left = left_of(session, lot.id)
    lose(session, lot.id, left, LossStage.STORAGE, now, now, Out(reason=reason, by=by))


def _recalled(session: Session, lot: Lot) -> bool:
    query = select(RecallMatch.id).where(
        RecallMatch.lot_id == lot.id, RecallMatch.verdict != RecallVerdict.NOT_TOUCHED
    )
    return session.scalar(query.limit(1)) is not None
