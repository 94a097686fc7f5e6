"""What the shelves hold, what may be used on a day, what should go first."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.stock.lots import LotRow, lots_left, rows_of
from cantine_desktop.supply.stock.model import Lot, Shortage, StockItem, StockMove
from cantine_desktop.values.text import fold

__all__ = [
    "LotRow",
    "find_lots",
    "first_to_use",
    "followed",
    "lots_left",
    "on_hand",
    "shortages",
    "usable",
]

SOON = timedelta(days=5)
"""How near its end a lot is to be used first."""


def on_hand(session: Session, at: datetime | None = None) -> dict[int, Fraction]:
    """Return how much of each product there is, in its canonical unit, none left out.

    Args:
        session: Where to read.
        at: The instant; ``None`` for after every move.
    """
    query = select(StockMove.product_id, func.sum(StockMove.quantity)).group_by(
        StockMove.product_id
    )
    if at is not None:
        query = query.where(StockMove.at <= at)
    return {product: Fraction(quantity) for product, quantity in session.execute(query) if quantity}


def usable(session: Session, day: date) -> dict[int, Fraction]:
    """Return how much of each product may be cooked on a day.

    Lots that are set aside, whose DLC (the second one once opened) is past on that day, or
    that nobody follows and are taken to be eaten, are left out.
    """
    found: dict[int, Fraction] = defaultdict(Fraction)
    for row in lots_left(session, day):
        if row.is_usable(day):
            found[row.product_id] += Fraction(row.left)
    return dict(found)


def first_to_use(
    session: Session, today: date, limit: int = 20, within: timedelta = SOON
) -> list[LotRow]:
    """Return the lots to use first: those whose DLC or DDM is near, the nearest first.

    What is frozen waits, what is set aside may not be used; a DLC that is past stays on the
    list, so that somebody throws it away; of what nobody follows, for three days.
    """
    rows = [
        row
        for row in lots_left(session, today)
        if row.until is not None
        and row.until <= today + within
        and not row.is_frozen
        and not row.is_blocked
    ]
    return rows[:limit]


def followed(session: Session) -> dict[int, StockItem]:
    """Return the products the canteen follows on its shelves, by product."""
    return {item.product_id: item for item in session.scalars(select(StockItem))}


def shortages(session: Session) -> list[Shortage]:
    """Return what was used beyond what the shelves held, not put right yet, oldest first."""
    query = select(Shortage).where(Shortage.settled_at.is_(None))
    return list(session.scalars(query.order_by(Shortage.at, Shortage.id)))


def find_lots(session: Session, words: str, limit: int = 200) -> list[LotRow]:
    """Return lots whose number or product holds some words, the newest first; used up ones too.

    Args:
        session: Where to read.
        words: Accents and case aside; every lot when empty.
        limit: Most lots.
    """
    wanted = fold(words.strip())
    named = [
        key
        for key, name in session.execute(select(Product.id, Product.name))
        if wanted in fold(name)
    ]
    query = (
        select(Lot)
        .where(or_(Lot.product_id.in_(named), Lot.code.icontains(words.strip(), autoescape=True)))
        .order_by(Lot.received_on.desc(), Lot.id.desc())
        .options(selectinload(Lot.events))
        .limit(limit)
    )
    return rows_of(session, session.scalars(query).all())
