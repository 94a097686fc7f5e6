"""A move as it is written, and why it moves."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import tr
from cantine_desktop.supply.stock.locking import late_words, written_at
from cantine_desktop.supply.stock.lots import left_of
from cantine_desktop.supply.stock.model import LossStage, Lot, MoveKind, StockMove


@dataclass(frozen=True)
class Out:
    """Why something goes out.

    Attributes:
        reason: In words, or empty.
        override_reason: Why this lot and not the one that ends first.
        by: Initials of who says so.
        origin: Table and key of the record it comes from.
    """

    kind: MoveKind = MoveKind.USED
    stage: LossStage | None = None
    reason: str = ""
    override_reason: str = ""
    by: str = ""
    origin: tuple[str, int] = ("", 0)


USED = Out()
"""Used for a meal, nothing more said."""


def write_move(  # noqa: PLR0917  -- the columns of a move
    session: Session,
    product_id: int,
    lot_id: int,
    quantity: Decimal,
    at: datetime,
    now: datetime,
    out: Out,
) -> StockMove:
    """Write a move of a lot, and whether the lot ends with it.

    What happened on a day whose accounts are closed is written as of now.

    Args:
        session: The session of an action.
        product_id: What moves.
        lot_id: Its lot.
        quantity: In the canonical unit; below zero goes out.
        at: Instant it happened, aware.
        now: Present instant, aware.
        out: Why.
    """
    table, key = out.origin
    written = written_at(session, at, now)
    move = StockMove(
        kind=out.kind,
        product_id=product_id,
        lot_id=lot_id,
        at=written,
        recorded_at=now,
        quantity=quantity,
        stage=out.stage,
        reason=late_words(out.reason, at, written),
        override_reason=out.override_reason.strip(),
        by=out.by.strip(),
        origin_table=table,
        origin_key=key,
    )
    session.add(move)
    session.flush()
    mark_end(session, lot_id, written)
    return move


def mark_end(session: Session, lot_id: int | None, at: datetime) -> None:
    """Write the day a lot ended when nothing of it is left, or that it did not."""
    if lot_id is not None:
        lot = session.get_one(Lot, lot_id)
        lot.ended_on = None if left_of(session, lot_id) > 0 else civil_date(at)
        session.flush()


def too_much(code: str) -> str:
    """Say that a lot does not hold what is asked of it."""
    return tr("Le lot {lot} n’en contient plus assez : comptez-le, ou prenez moins.").format(
        lot=code
    )
