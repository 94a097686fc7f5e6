"""Gifts somebody announced: who brings how much of what, on which day, before anything came.

An announcement is a gift being written whose hour is not known yet. It is taken off what is to
be bought for the days it comes in time for; once it is there it becomes a reception like any
other.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.deliveries.model import Coming, Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.value import kept_quantity
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.period import DAY

FARTHEST = 366
"""Days ahead beyond which an announcement is a wrong date."""


@dataclass(frozen=True)
class Promise:
    """Food that is to be given.

    Attributes:
        key: The gift it is a line of.
        day: Civil day it comes.
        quantity: In the canonical unit of the product.
        use_by: Its DLC, when the giver said it.
    """

    key: int
    giver: str
    product_id: int
    day: date
    quantity: Fraction
    use_by: date | None

    def serves(self, day: date) -> bool:
        """Tell whether it may be cooked on a day: it has come by then, its DLC is not past.

        A DDM that is past keeps nothing from being cooked: such a gift may be taken.

        Source: R1169.
        """
        return self.day <= day and (self.use_by is None or self.use_by >= day)


def is_announced(delivery: Delivery) -> bool:
    """Tell whether a gift is announced, and has not come yet."""
    return (
        delivery.coming is Coming.DONATED
        and not delivery.is_sealed
        and delivery.arrived_at is None
        and delivery.corrects_id is None
    )


def announce(session: Session, giver_id: int, day: date, now: datetime) -> Delivery:
    """Begin the announcement of a gift, or return that of the same giver for the same day.

    Args:
        session: The session of an action.
        giver_id: Who gives.
        day: Civil day it comes, from today on.
        now: Present instant, aware.

    Raises:
        UserError: The day is past, or too far off.
    """
    _refuse_day(day, civil_date(now))
    for each in announced(session):
        if each.supplier_id == giver_id and each.day == day:
            return each
    giver = session.get_one(Supplier, giver_id)
    made = Delivery(supplier_id=giver.id, day=day, created_at=now, coming=Coming.DONATED)
    session.add(made)
    session.flush()
    return made


def set_amount(session: Session, line: DeliveryLine, amount: Decimal | None) -> None:
    """Write how much is announced of a line, in its unit; ``None`` when nobody said.

    Raises:
        UserError: It is not above zero.
    """
    if amount is not None and amount <= 0:
        raise UserError(tr("Dites combien : une quantité plus grande que zéro."))
    line.noted = amount
    session.flush()


def postpone(session: Session, delivery_id: int, day: date, now: datetime) -> None:
    """Say that an announced gift comes on another day.

    Raises:
        UserError: It has come already, or the day is past or too far off.
    """
    _refuse_day(day, civil_date(now))
    _announced(session, delivery_id).day = day
    session.flush()


def arrive(session: Session, delivery_id: int, now: datetime) -> Delivery:
    """Say that an announced gift is there: it is now looked at line by line.

    Raises:
        UserError: It has come already.
    """
    delivery = _announced(session, delivery_id)
    delivery.arrived_at, delivery.day = now, civil_date(now)
    session.flush()
    return delivery


def announced(session: Session) -> list[Delivery]:
    """Return the gifts that are announced and have not come, the nearest first."""
    query = (
        select(Delivery)
        .where(
            Delivery.coming == Coming.DONATED,
            Delivery.sealed_at.is_(None),
            Delivery.arrived_at.is_(None),
            Delivery.corrects_id.is_(None),
        )
        .options(selectinload(Delivery.lines))
        .order_by(Delivery.day, Delivery.id)
    )
    return list(session.scalars(query))


def promises(session: Session, today: date) -> list[Promise]:
    """Return what is to be given from today on, the nearest first; what is late counts no more.

    A gift that is being looked at counts as well: it is there, and in no lot yet.
    """
    return [each for each in _promises(session) if each.day >= today]


def broken(session: Session, today: date) -> list[Promise]:
    """Return what was announced for a day that is past, and did not come."""
    late = {each.id for each in announced(session) if each.day < today}
    return [each for each in _promises(session) if each.key in late]


def _promises(session: Session) -> list[Promise]:
    query = (
        select(DeliveryLine, Delivery, Supplier.name)
        .join(Delivery, DeliveryLine.delivery_id == Delivery.id)
        .join(Supplier, Delivery.supplier_id == Supplier.id)
        .where(
            Delivery.coming == Coming.DONATED,
            Delivery.sealed_at.is_(None),
            Delivery.corrects_id.is_(None),
            DeliveryLine.product_id.is_not(None),
        )
        .order_by(Delivery.day, Delivery.id, DeliveryLine.rank)
    )
    found: list[Promise] = []
    for line, delivery, giver in session.execute(query):
        quantity = _quantity(line)
        if quantity > 0 and line.product_id is not None:
            found.append(
                Promise(delivery.id, giver, line.product_id, delivery.day, quantity, line.use_by)
            )
    return found


def _quantity(line: DeliveryLine) -> Fraction:
    """Return what is there if somebody looked, else what was announced, in canonical units."""
    if line.received is not None:
        return Fraction(kept_quantity(line) or 0)
    return Fraction(line.noted or 0) * Fraction(line.content or 0)


def _announced(session: Session, delivery_id: int) -> Delivery:
    delivery = session.get_one(Delivery, delivery_id)
    if not is_announced(delivery):
        raise UserError(tr("Ce don est déjà arrivé."))
    return delivery


def _refuse_day(day: date, today: date) -> None:
    if day < today:
        raise UserError(tr("Ce jour est passé : un don s’annonce pour aujourd’hui ou plus tard."))
    if day > today + FARTHEST * DAY:
        raise UserError(tr("Ce jour est trop loin : vérifiez l’année."))
