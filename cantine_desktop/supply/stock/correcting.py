"""What puts the stock right: a count, an invoice that differs, a move taken back."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.stock.locking import late_words, written_at
from cantine_desktop.supply.stock.lots import available
from cantine_desktop.supply.stock.model import Lot, MoveKind, StockMove
from cantine_desktop.supply.stock.quantities import quantity_words
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


def put_right(
    session: Session, move: StockMove, quantity: Decimal, value: Money, now: datetime, reason: str
) -> None:
    """Take back what came in with a lot, and write in its place what really came, at its instant.

    Args:
        session: The session of an action.
        move: What came in.
        quantity: What really came, in the canonical unit; zero when nothing did.
        value: What that cost.
        now: Present instant, aware.
        reason: Why, for who looks later.

    Raises:
        UserError: More than what would be left has served already.
    """
    assert move.lot_id is not None
    refuse_below(session, move, quantity)
    back = _opposite(move, now, reason)
    session.add(back)
    session.flush()
    if quantity:
        right = StockMove(
            kind=move.kind,
            product_id=move.product_id,
            lot_id=move.lot_id,
            at=move.at,
            recorded_at=now,
            quantity=quantity,
            value=value,
            reason=reason,
            origin_table=move.origin_table,
            origin_key=move.origin_key,
        )
        session.add(right)
        session.flush()
    mark_end(session, move.lot_id, move.at)


def refuse_below(session: Session, move: StockMove, quantity: Decimal) -> None:
    """Let what came in become another quantity only when what went out of it allows it.

    Raises:
        UserError: More than that has served already.
    """
    assert move.lot_id is not None
    spare = available(session, move.lot_id, move.at)
    if spare + quantity < move.quantity:
        product = session.get_one(Product, move.product_id)
        raise UserError(
            tr(
                "{used} de ce lot sont déjà sortis du stock : il ne peut pas en être arrivé "
                "moins. Corrigez d’abord ces sorties."
            ).format(used=quantity_words(product.dimension, move.quantity - spare))
        )


def take_back(session: Session, move_id: int, now: datetime, reason: str) -> StockMove:
    """Write the move that takes another back, at the instant it happened.

    Once the accounts of that day are closed it is written as of now, at what the stock is
    worth by then.

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
    back = _opposite(move, now, reason)
    back.at = written_at(session, move.at, now)
    back.reason = late_words(reason, move.at, back.at)
    session.add(back)
    session.flush()
    mark_end(session, move.lot_id, back.at)
    return back


def _opposite(move: StockMove, now: datetime, reason: str) -> StockMove:
    """Return the move that takes another back, not kept yet."""
    return StockMove(
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
