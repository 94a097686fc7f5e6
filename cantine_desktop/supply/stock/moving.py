"""Moves of the stock: what comes in makes a lot, what goes out takes what ends first.

A move is written once and never changed; another takes it back. No lot ever falls below
nothing: what is used beyond what is there is kept as a shortage to put right.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.supply.stock.locking import late_words, refuse_future, written_at
from cantine_desktop.supply.stock.lots import LotRow, available, lots_left
from cantine_desktop.supply.stock.model import LossStage, Lot, MoveKind, Shortage, StockMove
from cantine_desktop.supply.stock.writing import USED, Out, too_much, write_move
from cantine_desktop.values.money import Money

ZERO = Decimal(0)


@dataclass(frozen=True)
class LotFacts:
    """Food that comes in at once.

    Attributes:
        quantity: In the canonical unit of the product, above zero.
        code: The maker’s lot; empty makes one of the canteen’s own.
        use_by: DLC; ``best_before``, DDM.
    """

    product_id: int
    quantity: Decimal
    received_on: date
    code: str = ""
    use_by: date | None = None
    best_before: date | None = None
    supplier_id: int | None = None
    delivery_line_id: int | None = None
    place_id: int | None = None
    is_gift: bool = False
    came_frozen: bool = False
    pack_content: Decimal | None = None
    piece_content: Decimal | None = None


class Taken(NamedTuple):
    """What went out.

    Attributes:
        moves: One a lot.
        missing: What the shelves did not hold, in the canonical unit; kept as a shortage.
    """

    moves: list[StockMove]
    missing: Decimal


def receive_lot(
    session: Session,
    facts: LotFacts,
    value: Money,
    at: datetime,
    now: datetime,
    *,
    origin: tuple[str, int] = ("", 0),
) -> Lot:
    """Make a lot of what comes in, and the move that brings it.

    Args:
        session: The session of an action.
        facts: What came.
        value: What it cost the canteen, VAT in unless it recovers it; zero for a gift.
        at: Instant it came, aware.
        now: Present instant, aware.
        origin: Table and key of the record it comes from.

    Raises:
        UserError: The quantity is not above zero.
    """
    if facts.quantity <= 0:
        raise UserError(tr("Un lot se reçoit avec une quantité plus grande que zéro."))
    lot = Lot(
        product_id=facts.product_id,
        code=facts.code.strip() or _own_code(session, facts.received_on),
        received_on=facts.received_on,
        use_by=facts.use_by,
        best_before=facts.best_before,
        supplier_id=facts.supplier_id,
        delivery_line_id=facts.delivery_line_id,
        place_id=facts.place_id,
        is_gift=facts.is_gift,
        came_frozen=facts.came_frozen,
        pack_content=facts.pack_content,
        piece_content=facts.piece_content,
    )
    session.add(lot)
    session.flush()
    table, key = origin
    written = written_at(session, at, now)
    move = StockMove(
        kind=MoveKind.GIVEN_IN if facts.is_gift else MoveKind.RECEIVED,
        product_id=facts.product_id,
        lot_id=lot.id,
        at=written,
        recorded_at=now,
        quantity=facts.quantity,
        value=value,
        reason=late_words("", at, written),
        origin_table=table,
        origin_key=key,
    )
    session.add(move)
    session.flush()
    return lot


def use(
    session: Session,
    product_id: int,
    quantity: Decimal,
    at: datetime,
    now: datetime,
    *,
    lot_id: int | None = None,
    out: Out = USED,
) -> Taken:
    """Take a quantity out: of the lot that ends first, then of the next one.

    What nobody follows and is taken to be eaten by then is passed over.

    Args:
        session: The session of an action.
        product_id: What.
        quantity: In its canonical unit, above zero.
        at: Instant it went out, aware; may be past.
        now: Present instant, aware.
        lot_id: That lot and no other; another than the first to end needs
            ``out.override_reason``.
        out: Why.

    Raises:
        UserError: The quantity is not above zero, the lot is set aside, past its DLC or too
            small, the day has not come yet, or nobody says why the first lot to end is left.
    """
    if quantity <= 0:
        raise UserError(tr("Dites combien : une quantité plus grande que zéro."))
    refuse_future(at, now)
    day = civil_date(at)
    # A lot that somebody names is there, whatever was taken to be eaten.
    rows = [
        row
        for row in lots_left(session, product_id=product_id)
        if row.is_at_hand(day) or (row.key == lot_id and row.is_usable(day))
    ]
    if lot_id is not None:
        rows = [_chosen(session, rows, lot_id, day, out)]
    left, moves = quantity, list[StockMove]()
    for row in rows:
        part = min(left, available(session, row.key, at))
        if part > 0:
            moves.append(write_move(session, product_id, row.key, -part, at, now, out))
            left -= part
        if not left:
            break
    if left and lot_id is not None:
        raise UserError(too_much(rows[0].code))
    if left:
        table, key = out.origin
        session.add(
            Shortage(
                product_id=product_id, at=at, quantity=left, origin_table=table, origin_key=key
            )
        )
    session.flush()
    return Taken(moves, left)


def lose(  # noqa: PLR0917  -- what is lost, how much, when and why
    session: Session,
    lot_id: int,
    quantity: Decimal,
    stage: LossStage,
    at: datetime,
    now: datetime,
    out: Out = USED,
) -> StockMove:
    """Throw away part of a lot, past its date or set aside as it may be.

    Raises:
        UserError: It does not hold so much.
    """
    lost = replace(out, kind=MoveKind.LOST, stage=stage)
    return _out_of(session, lot_id, quantity, at, now, lost)


def give_away(
    session: Session,
    lot_id: int,
    quantity: Decimal,
    at: datetime,
    now: datetime,
    out: Out = USED,
) -> StockMove:
    """Give part of a lot away; one that is set aside or past its DLC is refused.

    Raises:
        UserError: It may not be eaten any more, or does not hold so much.
    """
    row = _row(session, lot_id)
    if not row.is_usable(civil_date(at)):
        raise UserError(_why_not(row))
    return _out_of(session, lot_id, quantity, at, now, replace(out, kind=MoveKind.GIVEN_AWAY))


def send_back(
    session: Session,
    lot_id: int,
    quantity: Decimal,
    at: datetime,
    now: datetime,
    out: Out = USED,
) -> StockMove:
    """Send part of a lot back to its supplier.

    Raises:
        UserError: It does not hold so much.
    """
    return _out_of(session, lot_id, quantity, at, now, replace(out, kind=MoveKind.RETURNED))


def _chosen(session: Session, rows: list[LotRow], lot_id: int, day: date, out: Out) -> LotRow:
    found = next((row for row in rows if row.key == lot_id), None)
    if found is None:
        raise UserError(_why_not(_row(session, lot_id)))
    first = rows[0]
    ends_before = first.key != lot_id and first.until is not None and first.until != found.until
    if ends_before and not out.override_reason.strip() and first.received_on <= day:
        raise UserError(
            tr(
                "Le lot {first} finit avant (le {day}) : prenez-le d’abord, ou dites pourquoi un "
                "autre."
            ).format(first=first.code, day=short_day(first.until or day))
        )
    return found


def _row(session: Session, lot_id: int) -> LotRow:
    lot = session.get_one(Lot, lot_id)
    found = lots_left(session, product_id=lot.product_id)
    row = next((each for each in found if each.key == lot_id), None)
    if row is None:
        raise UserError(tr("Il ne reste rien du lot {lot}.").format(lot=lot.code))
    return row


def _why_not(row: LotRow) -> str:
    if row.is_blocked:
        return tr("Le lot {lot} est mis de côté : décidez d’abord de son sort.").format(
            lot=row.code
        )
    return tr("La DLC du lot {lot} est passée : il ne peut plus être mangé.").format(lot=row.code)


def _out_of(
    session: Session, lot_id: int, quantity: Decimal, at: datetime, now: datetime, out: Out
) -> StockMove:
    lot = session.get_one(Lot, lot_id)
    if quantity <= 0:
        raise UserError(tr("Dites combien : une quantité plus grande que zéro."))
    refuse_future(at, now)
    if quantity > available(session, lot_id, at):
        raise UserError(too_much(lot.code))
    return write_move(session, lot.product_id, lot_id, -quantity, at, now, out)


def _own_code(session: Session, day: date) -> str:
    start = f"L{day:%Y%m%d}-"
    known = session.scalar(select(func.count()).where(Lot.code.startswith(start))) or 0
    return f"{start}{known + 1}"
