"""A closed reception put right everywhere at once: stock, invoices and the sheet of hygiene."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.food.choices import Decision
from cantine_desktop.hygiene.food.facts import GoodsChecked, record_goods
from cantine_desktop.hygiene.food.goods import GOODS
from cantine_desktop.hygiene.food.model import ReceivedGoods
from cantine_desktop.hygiene.registers import recording
from cantine_desktop.hygiene.registers.signing import is_signed
from cantine_desktop.i18n import tr
from cantine_desktop.office.receiving import checked_of
from cantine_desktop.supply.deliveries.correcting import Effect, correct, effect_of, right_line
from cantine_desktop.supply.deliveries.model import Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.value import cost
from cantine_desktop.supply.invoices.following import PutRight, bills_of, follow_correction
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.stock.model import Lot
from cantine_desktop.supply.suppliers.model import Supplier

_Sheet = dict[Decision, GoodsChecked]


@dataclass(frozen=True)
class Foreseen:
    """What putting a line right would do, told before.

    Attributes:
        effect: On the stock, the value and the claim.
        invoices: What becomes of the invoices that bill it, in sentences.
        is_final: The sheet of hygiene is signed: its correction is sealed, and so is this one.
    """

    effect: Effect
    invoices: tuple[str, ...]
    is_final: bool


def foresee(
    session: Session, delivery_id: int, line_id: int, values: Mapping[str, Any], now: datetime
) -> Foreseen:
    """Return what ``put_right`` would do; nothing is written.

    Args:
        session: Where to read.
        delivery_id: A closed reception.
        line_id: The line, as it was written first.
        values: What is right of it.
        now: Present instant, aware.
    """
    effect = effect_of(session, delivery_id, line_id, values, now)
    words: list[str] = []
    if effect.before.value != effect.after.value:
        for _line, invoice in bills_of(session, line_id):
            told = tr("Facture {number} : à revoir, ce qui est attendu change.")
            if invoice.entry_id is not None:
                told = tr(
                    "Facture {number} : déjà en comptes, elle ne change pas. Demandez un avoir si "
                    "elle facture trop."
                )
            words.append(told.format(number=invoice.number))
    return Foreseen(effect, tuple(words), seals(session, delivery_id, line_id))


def seals(session: Session, delivery_id: int, line_id: int) -> bool:
    """Tell whether putting a line right seals something: it stands on a signed sheet of hygiene."""
    delivery = session.get_one(Delivery, delivery_id)
    if not is_signed(session, GOODS.key, delivery.day):
        return False
    sheet = _sheet(session, delivery, right_line(session, delivery_id, line_id), line_id)
    return any(_record(session, told) is not None for told in sheet.values())


def put_right(  # noqa: PLR0917  -- which line, what is right of it, why and by whom
    session: Session,
    delivery_id: int,
    line_id: int,
    values: Mapping[str, Any],
    reason: str,
    by: str,
    now: datetime,
) -> Delivery:
    """Put a line of a closed reception right, with all that was made of it.

    Args:
        session: The session of an action, one that is not undone where ``seals`` says so.
        delivery_id: A closed reception.
        line_id: The line, as it was written first.
        values: What is right of it.
        reason: Why.
        by: Initials of who corrects.
        now: Present instant, aware.

    Raises:
        UserError: It cannot be put right like that.
    """
    delivery = session.get_one(Delivery, delivery_id)
    former = right_line(session, delivery_id, line_id)
    before = _sheet(session, delivery, former, line_id)
    product = None if former.product_id is None else session.get(Product, former.product_id)
    was = cost(former, product)
    made = correct(session, delivery_id, line_id, values, reason, by, now)
    (line,) = made.lines
    words = tr("Correction de la réception {number} : {reason}").format(
        number=delivery.number, reason=made.note
    )
    follow_correction(session, line_id, PutRight(was, cost(line, product)), now, words)
    _follow_sheet(session, before, _sheet(session, delivery, line, line_id), (reason, by), now)
    return made


def _sheet(session: Session, delivery: Delivery, line: DeliveryLine, line_id: int) -> _Sheet:
    """Return what a line says on the sheet of hygiene, by what was decided."""
    supplier = session.get_one(Supplier, delivery.supplier_id).name
    query = select(Lot.code).where(Lot.delivery_line_id == line_id).order_by(Lot.id).limit(1)
    found = checked_of(delivery, line, supplier, session.scalar(query) or "")
    return {each.decision: each for each in found if each.decision is not None}


def _follow_sheet(
    session: Session, before: _Sheet, after: _Sheet, signed: tuple[str, str], now: datetime
) -> None:
    """Bring the sheet of hygiene to what is right, line by line; what is signed is corrected.

    A signed sheet that never held the line is left as it was signed.
    """
    days = {told.day for told in (*before.values(), *after.values())}
    is_known = any(_record(session, told) is not None for told in before.values())
    if not is_known and any(is_signed(session, GOODS.key, day) for day in days):
        return
    for decision in Decision:
        old, new = before.get(decision), after.get(decision)
        record = None if old is None else _record(session, old)
        if new is None and record is not None:
            _take_off(session, record, signed, now)
        elif new is not None and record is not None and old is not None:
            _change(session, record, _changed(old, new), signed, now)
        elif new is not None and old is None:
            _add(session, new, signed, now)


def _record(session: Session, told: GoodsChecked) -> ReceivedGoods | None:
    """Return the record that says what was told, as it stands; ``None`` when it was changed."""
    later = select(ReceivedGoods.corrects_id).where(ReceivedGoods.corrects_id.is_not(None))
    query = select(ReceivedGoods).where(
        ReceivedGoods.day == told.day,
        ReceivedGoods.product == told.product,
        ReceivedGoods.supplier == told.supplier,
        ReceivedGoods.decision == told.decision,
        ReceivedGoods.occurred_at == told.occurred_at,
        ReceivedGoods.is_void.is_(False),
        ReceivedGoods.id.not_in(later),
    )
    found = session.scalars(query.order_by(ReceivedGoods.id)).all()
    same_lot = [each for each in found if each.lot == told.lot]
    return (same_lot or found)[0] if found else None


def _changed(old: GoodsChecked, new: GoodsChecked) -> dict[str, Any]:
    return {
        each.name: getattr(new, each.name)
        for each in fields(GoodsChecked)
        if getattr(new, each.name) != getattr(old, each.name)
    }


def _change(
    session: Session,
    record: ReceivedGoods,
    values: dict[str, Any],
    signed: tuple[str, str],
    now: datetime,
) -> None:
    if not values:
        return
    if record.is_sealed:
        recording.correct(session, GOODS, record.id, values, *signed, now)
    else:
        recording.change(session, GOODS, record.id, values, now)


def _take_off(
    session: Session, record: ReceivedGoods, signed: tuple[str, str], now: datetime
) -> None:
    if record.is_sealed:
        recording.void(session, GOODS, record.id, *signed, now)
    else:
        recording.remove(session, GOODS, record.id)


def _add(session: Session, told: GoodsChecked, signed: tuple[str, str], now: datetime) -> None:
    if is_signed(session, GOODS.key, told.day):
        values = {each.name: getattr(told, each.name) for each in fields(GoodsChecked)}
        recording.supplement(session, GOODS, values, *signed, now)
    else:
        record_goods(session, told, now)
