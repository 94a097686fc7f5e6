"""Choosing which products are followed on the shelves, and where they stand."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.stock.model import Place, StockItem


def follow(
    session: Session, product_id: int, place: str = "", opened_days: int | None = None
) -> StockItem:
    """Follow a product on the shelves, last of its place; a place that is new is made.

    Args:
        session: The session of an action.
        product_id: The product.
        place: Name of where it stands; empty: nowhere said.
        opened_days: Days it keeps once opened; ``None`` when nobody said.

    Raises:
        UserError: The days are below zero.
    """
    if opened_days is not None and opened_days < 0:
        raise UserError(tr("Une fois ouvert, un produit se garde zéro jour ou plus."))
    query = select(StockItem).where(StockItem.product_id == product_id)
    item = session.scalar(query) or StockItem(product_id=product_id)
    item.place_id = place_named(session, place).id if place.strip() else None
    same = select(func.max(StockItem.rank)).where(StockItem.place_id == item.place_id)
    item.rank = (session.scalar(same) or 0) + 1
    item.opened_days = opened_days
    session.add(item)
    session.flush()
    return item


def place_named(session: Session, name: str) -> Place:
    """Return a place by its name; a new one is the last of the walk."""
    plain = " ".join(name.split())
    found = session.scalar(select(Place).where(Place.name == plain))
    if found is None:
        found = Place(name=plain, rank=(session.scalar(select(func.max(Place.rank))) or 0) + 1)
        session.add(found)
        session.flush()
    return found


def places(session: Session) -> list[Place]:
    """Return the places that are used, as one walks."""
    query = select(Place).where(Place.is_active).order_by(Place.rank, Place.name)
    return list(session.scalars(query))
