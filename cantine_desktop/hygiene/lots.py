"""Food set aside: blocked until somebody decides, refused, or thrown away.

Hygiene keeps its own list, which works without any stock. Deliveries and lots ask it
``blocked_lots`` before anything is used, and call ``block`` when they find something wrong.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.breach_rows import LotRow, lot_row
from cantine_desktop.hygiene.breach_tables import BlockedLot, Breach, LotState
from cantine_desktop.hygiene.breaches import note_by_hand, settle
from cantine_desktop.hygiene.faults import Fault
from cantine_desktop.i18n import tr


def block(  # noqa: PLR0913  -- what stands on the label of food set aside
    session: Session,
    product: str,
    now: datetime,
    *,
    lot: str = "",
    quantity: str = "",
    reason: str = "",
    by: str = "",
    state: LotState = LotState.BLOCKED,
    breach: Breach | None = None,
) -> BlockedLot:
    """Set food aside, or write that it was refused or thrown away.

    Without a breach that leads there, one is noted: food set aside is always followed.

    Args:
        session: The session of an action.
        product: What it is.
        now: The instant of writing, aware.
        lot: Its number on the label.
        quantity: How much, in words.
        reason: Why.
        by: Initials of who does it.
        state: What may be done with it.
        breach: The breach that leads there; ``None`` notes one.

    Raises:
        UserError: The product is not said.
    """
    if not product.strip():
        raise UserError(tr("Dites quel produit est concerné."))
    if breach is None:
        fault = Fault(civil_date(now), product, unit="", words=reason.strip())
        breach = note_by_hand(
            session, fault, now, product=product, lot=lot, quantity=quantity, noted_by=by
        )
    row = BlockedLot(
        breach=breach,
        product=product.strip(),
        state=state,
        since=now,
        lot=lot.strip(),
        quantity=quantity.strip(),
        reason=reason.strip(),
        by=by.strip(),
    )
    session.add(row)
    session.flush()
    return row


def release(
    session: Session,
    lot_id: int,
    words: str,
    by: str,
    now: datetime,
    *,
    state: LotState | None = None,
) -> None:
    """Decide what becomes of food set aside.

    Args:
        session: The session of an action.
        lot_id: Its key.
        words: On what ground: an analysis, the supplier's answer…
        by: Initials of who decides.
        now: The instant of writing, aware.
        state: Refused or thrown away; ``None`` gives it back to use.

    Raises:
        UserError: It is decided already, or nobody says why.
    """
    lot = session.get_one(BlockedLot, lot_id)
    if not lot.is_blocked:
        raise UserError(tr("Le sort de ce lot est déjà décidé."))
    if not words.strip() or not by.strip():
        raise UserError(tr("Dites pourquoi, et signez de vos initiales."))
    lot.released_at, lot.released_by, lot.release_words = now, by.strip(), words.strip()
    if state is not None:
        lot.state = state
    if lot.breach is not None:
        settle(lot.breach, now)


def blocked_lots(session: Session) -> list[LotRow]:
    """Return the food that nobody may use until its fate is decided, the oldest first."""
    query = select(BlockedLot).where(
        BlockedLot.state == LotState.BLOCKED, BlockedLot.released_at.is_(None)
    )
    return [lot_row(lot) for lot in session.scalars(query.order_by(BlockedLot.since))]


def is_blocked(session: Session, lot: str) -> bool:
    """Tell whether a lot is set aside, by its number on the label."""
    wanted = lot.strip().casefold()
    return bool(wanted) and any(
        each.lot.strip().casefold() == wanted for each in blocked_lots(session)
    )


def lots_set_aside(session: Session, limit: int = 500) -> list[LotRow]:
    """Return every lot ever set aside, refused or thrown away, the latest first."""
    query = select(BlockedLot).order_by(BlockedLot.since.desc(), BlockedLot.id.desc())
    return [lot_row(lot) for lot in session.scalars(query.limit(limit))]
