"""What puts the stock right: a count, an invoice that differs, a move taken back."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.stock.lots import available
from cantine_desktop.supply.stock.model import Lot, MoveKind, StockMove
from cantine_desktop.supply.stock.writing import Out, mark_end, too_much, write_move
from cantine_desktop.values.money import Money

ZERO = Decimal(0)


def adjust(
    session: Session,
    lot_id: int,
    difference: Decimal,
    at: datetime,
    now: datetime,
    *,
    reason: str = "",
    origin: tuple[str, int] = ("", 0),
) -> StockMove:
    """Write the difference a count found in a lot: below zero when some is missing.

    Raises:
        UserError: Nothing differs, or more would be missing than there is.
    """
    lot = session.get_one(Lot, lot_id)
    if not difference:
        raise UserError(tr("Rien ne diffère : il n’y a rien à corriger."))
    if difference < 0 and -difference > available(session, lot_id, at):
        raise UserError(too_much(lot.code))
    out = Out(MoveKind.COUNTED, reason=reason, origin=origin)
    return write_move(session, lot.product_id, lot_id, difference, at, now, out)


def revalue(  # noqa: PLR0913  -- what is worth more or less, by how much, since when and why
    session: Session,
    product_id: int,
    value: Money,
    at: datetime,
    now: datetime,
    *,
    lot_id: int | None = None,
    reason: str = "",
    origin: tuple[str, int] = ("", 0),
) -> StockMove:
    """Add to the value of what came in, or take from it: an invoice that differs.

    Raises:
        UserError: The value is zero.
    """
    if not value:
        raise UserError(tr("La valeur ne change pas : il n’y a rien à corriger."))
    table, key = origin
    move = StockMove(
        kind=MoveKind.REVALUED,
        product_id=product_id,
        lot_id=lot_id,
        at=at,
        recorded_at=now,
        quantity=ZERO,
        value=value,
        reason=reason,
        origin_table=table,
        origin_key=key,
    )
    session.add(move)
    session.flush()
    return move


def take_back(session: Session, move_id: int, now: datetime, reason: str) -> StockMove:
    """Write the move that takes another back, at the instant it happened.

    Raises:
        UserError: It was taken back already, nobody says why, or what it brought is used.
    """
    move = session.get_one(StockMove, move_id)
    if not reason.strip():
        raise UserError(tr("Dites pourquoi ce mouvement est annulé."))
    again = select(StockMove.id).where(StockMove.reverses_id == move_id)
    if move.reverses_id is not None or session.scalar(again) is not None:
        raise UserError(tr("Ce mouvement est déjà annulé."))
    if move.lot_id is not None and available(session, move.lot_id, move.at) < move.quantity:
        raise UserError(
            tr("Une partie de ce qui est entré a déjà servi : annulez d’abord ces sorties.")
        )
    back = StockMove(
        kind=move.kind,
        product_id=move.product_id,
        lot_id=move.lot_id,
        at=move.at,
        recorded_at=now,
        quantity=-move.quantity,
        value=None if move.value is None else -move.value,
        stage=move.stage,
        reason=reason.strip(),
        origin_table=move.origin_table,
        origin_key=move.origin_key,
        reverses_id=move.id,
    )
    session.add(back)
    session.flush()
    mark_end(session, move.lot_id, move.at)
    return back
