"""A closed reception put right: another names it, both are kept, the last one counts.

What came in is taken back from the stock and written again as it really was, at the instant it
came, so that every meal cooked of it since costs what it should. Once the accounts of that day
are locked, the difference is written as of now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.supply.articles.packing import exact, kept_as_units, rounded
from cantine_desktop.supply.deliveries.claims import claimed, lacking
from cantine_desktop.supply.deliveries.closing import FREE, make_lot, worth
from cantine_desktop.supply.deliveries.drafting import parts_as_meant, refuse_wrong
from cantine_desktop.supply.deliveries.judging import Question, outcome_of, questions, refusals
from cantine_desktop.supply.deliveries.model import Coming, Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.paying import paid
from cantine_desktop.supply.deliveries.standing import corrected_lines, standing
from cantine_desktop.supply.deliveries.value import cost, kept_quantity, measured_units
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.stock.correcting import put_right, refuse_below
from cantine_desktop.supply.stock.locking import is_locked
from cantine_desktop.supply.stock.lot_events import correct_lot
from cantine_desktop.supply.stock.lots import available
from cantine_desktop.supply.stock.model import Lot, MoveKind, StockMove
from cantine_desktop.supply.stock.revaluing import revalue_lot
from cantine_desktop.supply.stock.writing import Out, too_much, write_move
from cantine_desktop.values.money import Money

CORRECTABLE = frozenset({
    *("received", "weight", "refused", "lot_code", "use_by", "best_before", "celsius"),
})
"""What may be put right of a line; the rest is the order's, or the article's."""

_NOT_COPIED = frozenset({"id", "delivery_id", "sealed_at"})


@dataclass(frozen=True)
class State:
    """What a line makes, before or after it is put right.

    Attributes:
        quantity: What was kept, in the canonical unit; ``None`` when nobody knows.
        value: What it costs, taxes left out; of a gift, what it is worth.
        claim: What is claimed for it, taxes left out; ``None`` when nothing is.
    """

    quantity: Decimal | None
    value: Money | None
    claim: Money | None


@dataclass(frozen=True)
class Effect:
    """What a correction would do.

    Attributes:
        dimension: What the product is measured in.
        before: What the line makes now; ``after``, once it is put right.
        refused: Why it cannot be; empty when it can.
        asked: What is to be said yes to.
        is_late: The accounts of its day are locked: the stock changes as of now.
    """

    dimension: Dimension
    before: State
    after: State
    refused: str
    asked: tuple[Question, ...]
    is_late: bool


def right_line(session: Session, delivery_id: int, line_id: int) -> DeliveryLine:
    """Return a line of a closed reception as it stands now.

    Raises:
        UserError: The reception is not closed.
    """
    delivery = _closed(session, delivery_id)
    first = next(line for line in delivery.lines if line.id == line_id)
    return standing(first, corrected_lines(session))


def effect_of(
    session: Session, delivery_id: int, line_id: int, values: Mapping[str, Any], now: datetime
) -> Effect:
    """Return what putting a line right would do; nothing is written.

    Args:
        session: Where to read.
        delivery_id: A closed reception.
        line_id: The line, as it was written first.
        values: What is right, any of ``CORRECTABLE``; the rest is taken over.
        now: Present instant, aware.
    """
    delivery = _closed(session, delivery_id)
    former = right_line(session, delivery_id, line_id)
    line = _other(session, delivery, former, values)
    product = None if line.product_id is None else session.get(Product, line.product_id)
    try:
        _refuse(session, delivery, former, line, line_id, now)
        refused = ""
    except UserError as error:
        refused = str(error)
    return Effect(
        dimension=Dimension.PIECE if product is None else product.dimension,
        before=_state(delivery, former, product),
        after=_state(delivery, line, product),
        refused=refused,
        asked=tuple(questions(line, delivery.day)),
        is_late=is_locked(session, delivery.day),
    )


def correct(  # noqa: PLR0917  -- which line, what is right of it, why and by whom
    session: Session,
    delivery_id: int,
    line_id: int,
    values: Mapping[str, Any],
    reason: str,
    by: str,
    now: datetime,
) -> Delivery:
    """Put a line of a closed reception right by another reception that names it.

    Questions of ``effect_of`` are taken as answered by who signs. The stock follows: what came
    in becomes what really came, and the lot bears its right number and dates.

    Args:
        session: The session of an action.
        delivery_id: A closed reception.
        line_id: The line, as it was written first.
        values: What is right, any of ``CORRECTABLE``; the rest is taken over.
        reason: Why.
        by: Initials of who corrects.
        now: Present instant, aware.

    Raises:
        UserError: It is not closed, nobody says why or signs, nothing changes, a value cannot
            be, or what is kept would be less than what has served already.
        ValueError: A program corrects what nobody may.
    """
    if not reason.strip() or not by.strip():
        raise UserError(tr("Dites pourquoi vous corrigez, et signez de vos initiales."))
    delivery = _closed(session, delivery_id)
    former = right_line(session, delivery_id, line_id)
    line = _other(session, delivery, former, values)
    _refuse(session, delivery, former, line, line_id, now)
    made = Delivery(
        supplier_id=delivery.supplier_id,
        day=delivery.day,
        created_at=now,
        arrived_at=delivery.arrived_at,
        coming=delivery.coming,
        corrects_id=delivery.id,
        by=by.strip(),
        note=reason.strip(),
    )
    session.add(made)
    made.lines.append(line)
    session.flush()
    _put_stock_right(session, delivery, (former, line), line_id, made, now)
    return made


def _closed(session: Session, delivery_id: int) -> Delivery:
    delivery = session.get_one(Delivery, delivery_id)
    if not delivery.is_sealed or delivery.corrects_id is not None:
        raise UserError(tr("Cette réception n’est pas close : retapez la ligne dans la grille."))
    return delivery


def _other(
    session: Session, delivery: Delivery, former: DeliveryLine, values: Mapping[str, Any]
) -> DeliveryLine:
    """Return a line like another but for some values, not kept yet.

    Raises:
        ValueError: A program corrects what nobody may.
    """
    unknown = set(values) - CORRECTABLE
    if unknown:
        message = f"nobody corrects {sorted(unknown)}"
        raise ValueError(message)
    kept = {
        column.key: getattr(former, column.key)
        for column in inspect(DeliveryLine).column_attrs
        if column.key not in _NOT_COPIED
    }
    line = DeliveryLine(**{**kept, **parts_as_meant(values, former)})
    line.lot_code = line.lot_code.strip()
    line.measured = _measured(session, former, line)
    line.outcome = outcome_of(line)
    if delivery.coming is Coming.DONATED:
        line.value = _given(session, former, line)
    return line


def _measured(session: Session, former: DeliveryLine, line: DeliveryLine) -> Decimal | None:
    """Return units of the price by the scale, as its product was known at the door."""
    line.measured = None
    if former.measured is not None and _kept(former) and line.weight is not None:
        share = Fraction(_kept(line)) / Fraction(_kept(former))
        return kept_as_units(exact(former.measured) * share)
    found = measured_units(line, session.get(Product, line.product_id or 0))
    return None if found is None else kept_as_units(found)


def _given(session: Session, former: DeliveryLine, line: DeliveryLine) -> Money | None:
    """Return what a gift is worth once put right: its part of what was said, or a usual price."""
    if former.value is None or not _kept(former):
        return worth(session, line)
    return rounded(former.value.cents * Fraction(_kept(line)) / Fraction(_kept(former)))


def _refuse(
    session: Session,
    delivery: Delivery,
    former: DeliveryLine,
    line: DeliveryLine,
    line_id: int,
    now: datetime,
) -> None:
    typed = {key: getattr(line, key) for key in CORRECTABLE}
    refuse_wrong(typed)
    if all(getattr(former, key) == value for key, value in typed.items()):
        raise UserError(tr("Rien ne change : tapez ce qui est juste."))
    if line.refused > (line.received or 0):
        raise UserError(tr("Il ne peut pas en être reparti plus qu’il n’en est arrivé."))
    wrong = refusals(line, delivery.day, delivery.coming)
    if wrong:
        raise UserError(" ".join(wrong))
    move = _move_in(session, line_id)
    more = _kept(line) - _kept(former)
    if move is None or move.lot_id is None or more >= 0:
        return
    if not is_locked(session, civil_date(move.at)):
        refuse_below(session, move, move.quantity + more)
    elif available(session, move.lot_id, now) + more < 0:
        raise UserError(too_much(session.get_one(Lot, move.lot_id).code))


def _state(delivery: Delivery, line: DeliveryLine, product: Product | None) -> State:
    is_gift = delivery.coming is Coming.DONATED
    wanting = not is_gift and lacking(line) > 0
    return State(
        quantity=kept_quantity(line) if product is not None else None,
        value=line.value if is_gift else cost(line, product),
        claim=claimed(line) if wanting else None,
    )


def _kept(line: DeliveryLine) -> Decimal:
    return kept_quantity(line) or Decimal(0)


def _lot_of(session: Session, line_id: int) -> Lot | None:
    query = select(Lot).where(Lot.delivery_line_id == line_id).order_by(Lot.id).limit(1)
    return session.scalar(query)


def _move_in(session: Session, line_id: int) -> StockMove | None:
    """Return the move that brought what was kept of a line, as it stands now."""
    lot = _lot_of(session, line_id)
    if lot is None:
        return None
    back = select(StockMove.reverses_id).where(StockMove.reverses_id.is_not(None))
    query = select(StockMove).where(
        StockMove.lot_id == lot.id,
        StockMove.kind.in_((MoveKind.RECEIVED, MoveKind.GIVEN_IN)),
        StockMove.reverses_id.is_(None),
        StockMove.id.not_in(back),
    )
    return session.scalar(query.order_by(StockMove.id).limit(1))


def _put_stock_right(
    session: Session,
    delivery: Delivery,
    lines: tuple[DeliveryLine, DeliveryLine],
    line_id: int,
    made: Delivery,
    now: datetime,
) -> None:
    former, line = lines
    lot = _lot_of(session, line_id)
    if lot is None:
        make_lot(session, delivery, line, now, line_id)
        return
    product = session.get_one(Product, lot.product_id)
    after = FREE if lot.is_gift else paid(session, line, product) or FREE
    before = FREE if lot.is_gift else paid(session, former, product) or FREE
    more, dearer = _kept(line) - _kept(former), after - before
    words = tr("Correction de la réception {number} : {reason}").format(
        number=delivery.number, reason=made.note
    )
    move = _move_in(session, line_id)
    if move is None:
        _bring(session, lot, (_kept(line), after), delivery.arrived_at or now, now, words)
    elif (more or dearer) and is_locked(session, civil_date(move.at)):
        _put_right_late(session, move, (more, dearer), now, words)
    elif more or dearer:
        value = (move.value or FREE) + dearer
        put_right(session, move, move.quantity + more, value, now, words)
    label = (line.lot_code, line.use_by, line.best_before)
    if label != (former.lot_code, former.use_by, former.best_before):
        told = tr("{words} ; avant : {label}").format(words=words, label=_label_words(lot))
        correct_lot(session, lot.id, label, now, told, made.by)


def _bring(
    session: Session,
    lot: Lot,
    came: tuple[Decimal, Money],
    at: datetime,
    now: datetime,
    words: str,
) -> None:
    """Bring to a lot what was said not to have come, for what it cost."""
    quantity, paid = came
    if quantity:
        kind = MoveKind.GIVEN_IN if lot.is_gift else MoveKind.RECEIVED
        origin = (DeliveryLine.__tablename__, lot.delivery_line_id or 0)
        move = write_move(
            session,
            lot.product_id,
            lot.id,
            quantity,
            at,
            now,
            Out(kind, reason=words, origin=origin),
        )
        move.value = paid
        session.flush()


def _put_right_late(
    session: Session, move: StockMove, gap: tuple[Decimal, Money], now: datetime, words: str
) -> None:
    """Write what differs as of now: the accounts of the day it came are locked."""
    assert move.lot_id is not None
    more, dearer = gap
    lot = session.get_one(Lot, move.lot_id)
    if more > 0:
        _bring(session, lot, (more, max(dearer, FREE)), now, now, words)
        dearer = min(dearer, FREE)
    elif more < 0:
        # What goes out is worth what the moves before it say.
        out = Out(MoveKind.COUNTED, reason=words, origin=(move.origin_table, move.origin_key))
        write_move(session, lot.product_id, lot.id, more, now, now, out)
        dearer = FREE
    if dearer:
        revalue_lot(session, lot.id, dearer, now, reason=words)


def _label_words(lot: Lot) -> str:
    """Say what the label of a lot was taken for: « lot A12, DLC 24/11/2026 »."""
    words = [tr("lot {lot}").format(lot=lot.code)]
    if lot.use_by is not None:
        words.append(tr("DLC {day}").format(day=short_day(lot.use_by)))
    if lot.best_before is not None:
        words.append(tr("DDM {day}").format(day=short_day(lot.best_before)))
    return ", ".join(words)
