"""An invoice that says another price than the delivery: what the lot cost is put right.

It counts from the instant the lot came in, so that what was cooked of it costs what it really
did; once the accounts of that day are closed, it counts from now on, and what was used up
already goes to a variance (``valuing.split_of``).
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.stock.correcting import revalue
from cantine_desktop.supply.stock.locking import is_locked
from cantine_desktop.supply.stock.model import Lot, StockMove
from cantine_desktop.values.money import Money


def revalue_lot(
    session: Session,
    lot_id: int,
    value: Money,
    now: datetime,
    *,
    reason: str = "",
    origin: tuple[str, int] = ("", 0),
) -> StockMove:
    """Add to what a lot cost, from the day it came in when its accounts are still open.

    Args:
        session: The session of an action.
        lot_id: The lot.
        value: What is added; below zero when it cost less.
        now: Present instant, aware.
        reason: Why: the number of the invoice.
        origin: Table and key of the record it comes from.

    Raises:
        UserError: Nothing is added, or the lot would cost less than nothing.
    """
    lot = session.get_one(Lot, lot_id)
    query = select(StockMove).where(StockMove.lot_id == lot_id).order_by(StockMove.at, StockMove.id)
    moves = session.scalars(query).all()
    cost = sum(move.value.cents for move in moves if move.value is not None)
    if cost + value.cents < 0:
        raise UserError(
            tr("Le lot {code} coûterait moins que rien : vérifiez le montant.").format(
                code=lot.code
            )
        )
    at = now
    if moves and not is_locked(session, civil_date(moves[0].at)):
        at = moves[0].at
    return revalue(
        session, lot.product_id, value, at, now, lot_id=lot_id, reason=reason, origin=origin
    )
