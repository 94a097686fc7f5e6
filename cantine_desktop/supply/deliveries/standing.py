"""What stands of closed receptions once they are corrected: the last word on each line.

A correction is a reception that names the one it corrects; its lines have the ranks of those
they put right. Both are kept, and every figure is read from the one that came last.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.supply.deliveries.model import Delivery, DeliveryLine

Place = tuple[int, int]
"""A reception and the rank of a line in it."""

Right = Mapping[Place, DeliveryLine]
"""The lines that correct another, by the place of that one; the last correction of each."""


def corrected_lines(session: Session) -> dict[Place, DeliveryLine]:
    """Return every line that corrects another, the last one for each."""
    query = (
        select(DeliveryLine, Delivery.corrects_id)
        .join(Delivery, DeliveryLine.delivery_id == Delivery.id)
        .where(Delivery.corrects_id.is_not(None))
        .order_by(Delivery.id)
    )
    return {(first or 0, line.rank): line for line, first in session.execute(query)}


def standing(line: DeliveryLine, right: Right) -> DeliveryLine:
    """Return the line that says what is right: itself, or its last correction."""
    return right.get((line.delivery_id, line.rank), line)


def standing_lines(session: Session, delivery: Delivery) -> list[DeliveryLine]:
    """Return the lines of a reception as they stand now, in their order."""
    right = corrected_lines(session)
    return [standing(line, right) for line in delivery.lines]


def corrections_of(session: Session, delivery_id: int) -> list[Delivery]:
    """Return what corrects a reception, the oldest first."""
    query = (
        select(Delivery)
        .where(Delivery.corrects_id == delivery_id)
        .options(selectinload(Delivery.lines))
        .order_by(Delivery.id)
    )
    return [each for each in session.scalars(query) if each.lines]


def answers_to(
    session: Session, order_lines: Iterable[int], *, closed: bool = False
) -> list[DeliveryLine]:
    """Return the lines at the door that answer lines of orders, as they stand now.

    Args:
        session: Where to read.
        order_lines: Keys of lines of orders.
        closed: Leave out receptions that are still being written.
    """
    query = (
        select(DeliveryLine)
        .join(Delivery, DeliveryLine.delivery_id == Delivery.id)
        .where(DeliveryLine.order_line_id.in_(list(order_lines)), Delivery.corrects_id.is_(None))
        .order_by(DeliveryLine.id)
    )
    if closed:
        query = query.where(Delivery.sealed_at.is_not(None))
    right = corrected_lines(session)
    return [standing(line, right) for line in session.scalars(query)]
