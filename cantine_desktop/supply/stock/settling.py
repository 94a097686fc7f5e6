"""What was used beyond what the shelves held, put right by somebody who looked."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.products.model import Dimension, Product
from cantine_desktop.supply.stock.model import Shortage


@dataclass(frozen=True)
class ShortageRow:
    """Something that lacked, not put right yet.

    Attributes:
        quantity: What lacked, in the canonical unit of the product.
    """

    key: int
    product: str
    dimension: Dimension
    day: date
    quantity: Decimal


def shortage_rows(session: Session) -> list[ShortageRow]:
    """Return what lacked and was not put right, the oldest first."""
    query = (
        select(Shortage, Product)
        .join(Product, Shortage.product_id == Product.id)
        .where(Shortage.settled_at.is_(None))
        .order_by(Shortage.at, Shortage.id)
    )
    return [
        ShortageRow(
            key=each.id,
            product=product.name,
            dimension=product.dimension,
            day=civil_date(each.at),
            quantity=each.quantity,
        )
        for each, product in session.execute(query)
    ]


def settle(session: Session, shortage_id: int, words: str, now: datetime) -> None:
    """Say how a shortage was put right: a count, a reception told late, a wrong recipe.

    Args:
        session: The session of an action.
        shortage_id: The shortage.
        words: How, for who looks later.
        now: Present instant, aware.

    Raises:
        UserError: It is put right already, or nobody says how.
    """
    row = session.get_one(Shortage, shortage_id)
    if row.settled_at is not None:
        raise UserError(tr("Ce manque est déjà régularisé."))
    if not words.strip():
        raise UserError(tr("Dites comment ce manque s’explique."))
    row.settled_at, row.words = now, words.strip()
    session.flush()
