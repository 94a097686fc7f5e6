"""What happens to a lot besides going in or out: opened, frozen, moved, set aside, corrected."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.stock.lots import is_blocked, is_frozen, use_by_of
from cantine_desktop.supply.stock.model import Lot, LotEvent, LotEventKind, StockItem

THAWED_DAYS = 3
"""Days what was thawed is kept cold: a usual practice of good hygiene, from memory."""

OPENED_DAYS = 3
"""Days what was opened is kept when nobody said for the product: a usual caution, from memory."""


def open_lot(session: Session, lot_id: int, at: datetime, by: str = "") -> LotEvent:
    """Say that a lot is opened: from then on it keeps the days of its product, never longer.

    Nobody said how many: a few, but for what has a DDM only, which opening does not spoil.

    Args:
        session: The session of an action.
        lot_id: The lot.
        at: Instant it was opened, aware.
        by: Initials of who opened it.

    Raises:
        UserError: It is set aside.
    """
    lot = _lot(session, lot_id)
    query = select(StockItem.opened_days).where(StockItem.product_id == lot.product_id)
    days = session.scalar(query)
    known = use_by_of(lot)
    if days is None and known is None and lot.best_before is not None:
        return _write(lot, LotEventKind.OPENED, at, by)  # flour, sugar: its DDM still says all
    told = civil_date(at) + timedelta(days=OPENED_DAYS if days is None else days)
    return _write(lot, LotEventKind.OPENED, at, by, until=min(told, known or told))


def freeze(session: Session, lot_id: int, at: datetime, until: date, by: str = "") -> LotEvent:
    """Say that a lot is frozen before its DLC: it keeps until the day that is said.

    Raises:
        UserError: It is set aside, its DLC is past, it was frozen or thawed, it was bought
            frozen, or the day is past.
    """
    lot, day = _lot(session, lot_id), civil_date(at)
    known = use_by_of(lot)
    if known is not None and known < day:
        raise UserError(tr("Sa DLC est passée : on ne la congèle plus."))
    if any(event.kind is LotEventKind.THAWED for event in lot.events):
        raise UserError(tr("Ce lot a été décongelé : il ne se recongèle pas."))
    if is_frozen(lot):
        raise UserError(tr("Ce lot est déjà congelé."))
    if until < day:
        raise UserError(tr("La nouvelle date est déjà passée."))
    return _write(lot, LotEventKind.FROZEN, at, by, until=until)


def thaw(session: Session, lot_id: int, at: datetime, by: str = "") -> LotEvent:
    """Say that a lot is taken out to thaw: it keeps three days at most, and is never frozen again.

    What was bought frozen is thawed the same way.

    Raises:
        UserError: It is set aside, not frozen, or its date is past.
    """
    lot, day = _lot(session, lot_id), civil_date(at)
    if not is_frozen(lot):
        raise UserError(tr("Ce lot n’est pas congelé : il n’y a rien à décongeler."))
    known = use_by_of(lot)
    if known is not None and known < day:
        raise UserError(tr("Sa date est passée : on ne le décongèle plus, on le jette."))
    until = day + timedelta(days=THAWED_DAYS)
    return _write(lot, LotEventKind.THAWED, at, by, until=until)


def put(session: Session, lot_id: int, place_id: int, at: datetime, by: str = "") -> LotEvent:
    """Say that a lot stands elsewhere from now on."""
    lot = session.get_one(Lot, lot_id)
    event = _write(lot, LotEventKind.MOVED, at, by)
    event.place_id = place_id
    return event


def block(session: Session, lot_id: int, at: datetime, reason: str, by: str = "") -> LotEvent:
    """Set a lot aside until somebody decides: nothing of it is used meanwhile.

    Raises:
        UserError: It is set aside already, or nobody says why.
    """
    if not reason.strip():
        raise UserError(tr("Dites pourquoi ce lot est mis de côté."))
    return _write(_lot(session, lot_id), LotEventKind.BLOCKED, at, by, reason)


def release(session: Session, lot_id: int, at: datetime, reason: str, by: str = "") -> LotEvent:
    """Give a lot that was set aside back to use.

    Raises:
        UserError: It is not set aside, or nobody says on what ground.
    """
    lot = session.get_one(Lot, lot_id)
    if not is_blocked(lot):
        raise UserError(tr("Ce lot n’est pas mis de côté."))
    if not reason.strip():
        raise UserError(tr("Dites pourquoi ce lot peut resservir."))
    return _write(lot, LotEventKind.RELEASED, at, by, reason)


def correct_lot(
    session: Session,
    lot_id: int,
    label: tuple[str, date | None, date | None],
    at: datetime,
    reason: str,
    by: str,
) -> LotEvent:
    """Put right what was read of the label of a lot; what it said before stays in its reception.

    A DLC that is nearer than what was told since, once opened for instance, is the one that
    counts; what was frozen keeps the date it was frozen with.

    Args:
        session: The session of an action.
        lot_id: The lot, set aside or not.
        label: Its number, or empty to leave it; its DLC; its DDM.
        at: Present instant, aware.
        reason: Why, and what it said.
        by: Initials of who corrects.
    """
    lot = session.get_one(Lot, lot_id)
    code, use_by, best_before = label
    told = use_by_of(lot) if any(event.use_by is not None for event in lot.events) else None
    until = None
    if told is not None and use_by is not None and use_by < told and not is_frozen(lot):
        until = use_by
    lot.code = code.strip() or lot.code
    lot.use_by, lot.best_before = use_by, best_before
    event = _write(lot, LotEventKind.CORRECTED, at, by, reason, until=until)
    session.flush()
    return event


def _lot(session: Session, lot_id: int) -> Lot:
    lot = session.get_one(Lot, lot_id)
    if is_blocked(lot):
        raise UserError(
            tr("Le lot {lot} est mis de côté : décidez d’abord de son sort.").format(lot=lot.code)
        )
    return lot


def _write(
    lot: Lot,
    kind: LotEventKind,
    at: datetime,
    by: str,
    reason: str = "",
    until: date | None = None,
) -> LotEvent:
    event = LotEvent(kind=kind, at=at, use_by=until, by=by.strip(), reason=reason.strip())
    lot.events.append(event)
    return event
