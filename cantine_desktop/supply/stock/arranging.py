"""How the shelves are walked round and what they hold: the order of places, and of products."""

from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.model import Cold
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.stock.following import places
from cantine_desktop.supply.stock.model import Place, StockItem

Row = TypeVar("Row", Place, StockItem)

MOST_LITRES = Decimal(100_000)
"""Room of a place beyond which the comma is wrong."""


def set_place(
    session: Session, place_id: int, name: str, cold: Cold, litres: Decimal | None
) -> Place:
    """Write what a place is.

    Args:
        session: The session of an action.
        place_id: The place.
        name: As people call it.
        cold: How cold it is there.
        litres: Room there is; ``None`` when nobody measured it.

    Raises:
        UserError: It has no name, another has it, or the room cannot be.
    """
    place, plain = session.get_one(Place, place_id), " ".join(name.split())
    if not plain:
        raise UserError(tr("Donnez un nom à cet emplacement."))
    other = session.scalar(select(Place.id).where(Place.name == plain, Place.id != place_id))
    if other is not None:
        raise UserError(tr("Un autre emplacement s’appelle déjà « {name} ».").format(name=plain))
    if litres is not None and not 0 < litres <= MOST_LITRES:
        raise UserError(tr("Ce volume n’est pas possible : vérifiez la virgule."))
    place.name, place.cold, place.litres = plain, cold, litres
    session.flush()
    return place


def move_place(session: Session, place_id: int, by: int) -> None:
    """Move a place up (below zero) or down the walk; at the end it stays."""
    found = places(session)
    _step(found, next(rank for rank, each in enumerate(found) if each.id == place_id), by)
    for rank, place in enumerate(found, start=1):
        place.rank = rank
    session.flush()


def items_of(session: Session, place_id: int | None) -> list[tuple[StockItem, str]]:
    """Return the products that are followed in a place with their names, in their order."""
    query = (
        select(StockItem, Product.name)
        .join(Product, StockItem.product_id == Product.id)
        .where(StockItem.place_id == place_id, Product.is_active)
        .order_by(StockItem.rank, Product.name)
    )
    return [(item, name) for item, name in session.execute(query)]


def move_item(session: Session, product_id: int, by: int) -> None:
    """Move a product up (below zero) or down its shelf; at the end it stays."""
    query = select(StockItem).where(StockItem.product_id == product_id)
    item = session.scalars(query).one()
    found = [each for each, _name in items_of(session, item.place_id)]
    _step(found, found.index(item), by)
    for rank, each in enumerate(found, start=1):
        each.rank = rank
    session.flush()


def cold_litres(session: Session) -> Fraction | None:
    """Return the room there is in fresh and frozen places; ``None`` while one is not measured.

    A place that nobody measured has no limit: what is counted of the others would be too little.
    """
    cold = [place for place in places(session) if place.cold is not Cold.AMBIENT]
    room = [place.litres for place in cold if place.litres is not None]
    if not cold or len(room) < len(cold):
        return None
    return sum((Fraction(litres) for litres in room), Fraction(0))


def _step(found: list[Row], place: int, by: int) -> None:
    to = place + by
    if 0 <= to < len(found):
        found[place], found[to] = found[to], found[place]
