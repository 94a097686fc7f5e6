"""What is claimed from a supplier after a reception: what lacked, what went back."""

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.model import PriceBasis
from cantine_desktop.supply.articles.packing import amount_cents, exact, rounded
from cantine_desktop.supply.deliveries.model import Delivery, DeliveryLine, LineOutcome
from cantine_desktop.supply.deliveries.value import ZERO, kept_quantity, kept_units
from cantine_desktop.values.money import Money

SLIGHT = Fraction(2, 100)
"""Part of a weight by which a scale may differ from the note without a claim."""


def to_claim(lines: Sequence[DeliveryLine]) -> list[DeliveryLine]:
    """Return the lines of a reception to claim for; one that was replaced is not.

    Args:
        lines: Those of the reception, as they stand once corrected.
    """
    replaced = {
        line.order_line_id
        for line in lines
        if line.outcome is LineOutcome.SUBSTITUTED and line.order_line_id is not None
    }
    return [
        line
        for line in lines
        if lacking(line)
        and not (line.outcome is LineOutcome.MISSING and line.order_line_id in replaced)
    ]


def lacking(line: DeliveryLine) -> Fraction:
    """Return the order units of a line to be credited: noted on the note but not kept.

    Without a quantity on the note, what went back is claimed, and what lacks of the order. What
    the scale found too light lacks as well, unless each piece weighs what it weighs and the
    note says no weight: that was never announced.
    """
    announced = _announced(line)
    lack = max(Fraction(0), announced - exact(kept_units(line)))
    kept = kept_quantity(line)
    if line.weight is None or not line.received or kept is None:
        return lack
    weight = announced_weight(line)
    if weight is not None and announced:
        light = weight - Fraction(kept)
        if light <= SLIGHT * weight and not lack:
            return Fraction(0)
        light = max(Fraction(0), light)
        if line.content and line.basis is not PriceBasis.ORDER_UNIT:
            return light / Fraction(line.content)
        return light / weight * announced
    if line.content:
        # What did not stay weighs as much as what was on the scale with it.
        each = Fraction(line.weight) / exact(line.received)
        return lack * each / Fraction(line.content)
    return lack


def announced_weight(line: DeliveryLine) -> Fraction | None:
    """Return what a line should weigh in all, in the canonical unit of its product.

    What the note says comes first; a content that is only near says nothing: ``None``.
    """
    if line.noted_weight is not None:
        return Fraction(line.noted_weight)
    if line.content is None or line.is_catch_weight:
        return None
    return Fraction(line.content) * _announced(line)


def claimed(line: DeliveryLine) -> Money | None:
    """Return what is claimed for a line at its price, taxes left out; ``None`` without a price."""
    if line.price is None:
        return None
    return rounded(amount_cents(line.price, lacking(line), line.per_unit))


def _announced(line: DeliveryLine) -> Fraction:
    announced = line.noted if line.noted is not None else line.ordered
    return exact((announced if announced is not None else line.received) or ZERO)


def mark_sent(session: Session, delivery_id: int, now: datetime, by: str = "") -> Delivery:
    """Say that the claim of a closed reception left, by a record that follows it.

    Args:
        session: The session of an action.
        delivery_id: A closed reception.
        now: Present instant, aware.
        by: Initials of who sent it, or empty.

    Raises:
        UserError: The reception is not closed.
    """
    delivery = session.get_one(Delivery, delivery_id)
    if not delivery.is_sealed or delivery.corrects_id is not None:
        raise UserError(tr("Clôturez d’abord la réception : la réclamation en est faite."))
    made = Delivery(
        supplier_id=delivery.supplier_id,
        day=civil_date(now),
        created_at=now,
        coming=delivery.coming,
        corrects_id=delivery.id,
        by=by.strip(),
    )
    session.add(made)
    session.flush()
    return made


def sent_on(session: Session, delivery_id: int) -> date | None:
    """Return the civil day the claim of a reception left last; ``None`` while nobody said."""
    query = (
        select(Delivery.day)
        .where(Delivery.corrects_id == delivery_id, ~Delivery.lines.any())
        .order_by(Delivery.id.desc())
    )
    return session.scalars(query).first()
