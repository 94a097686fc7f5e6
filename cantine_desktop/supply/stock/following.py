"""Choosing which products are followed on the shelves; how long the lots of the others last.

Nobody takes out what is not followed: its lots would stay for ever, stand first where food is
used, and be held beside every recall. They are taken to be eaten some days after their date,
or after a usual time when they have none. That is read, never written: no move is made up,
and following the product brings back what its moves say.
"""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.products.model import Product, ProductFamily
from cantine_desktop.supply.stock.model import Lot, LotEvent, Place, StockItem

SEEN_AFTER = timedelta(days=3)
"""How long a lot past its date is still shown: over a week-end, it can still be thrown away."""

FRESH_LASTS = timedelta(days=60)
"""How long fresh food without a date is taken to last; our own choice.

It is long for a salad and right for squash and potatoes: a trace too many is looked at, one
too few is not.
"""

DRY_LASTS = timedelta(days=365)
"""How long what keeps is taken to last, when nobody wrote its date; our own choice."""

FRESH = frozenset({
    ProductFamily.VEGETABLE,
    ProductFamily.FRUIT,
    ProductFamily.DAIRY,
    ProductFamily.EGG,
    ProductFamily.MEAT,
    ProductFamily.FISH,
})
"""Families that do not keep."""


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


def lasts_until(family: ProductFamily, received_on: date, until: date | None) -> date:
    """Return the last day a lot that nobody follows is taken to be there.

    Args:
        family: Of its product.
        received_on: Civil day it came in.
        until: Its DLC as it is now, or else its DDM; ``None`` without a date.
    """
    if until is not None:
        return until + SEEN_AFTER
    return received_on + (FRESH_LASTS if family in FRESH else DRY_LASTS)


def presumption() -> str:
    """Say when what nobody follows is taken to be eaten, for those who choose what to follow."""
    return tr(
        "Ce qui n’est pas suivi est tenu pour mangé {seen} jours après sa date ; sans date, "
        "{fresh} jours après son arrivée pour le frais, {dry} pour ce qui se garde."
    ).format(seen=SEEN_AFTER.days, fresh=FRESH_LASTS.days, dry=DRY_LASTS.days)


def is_surely_over(day: date) -> ColumnElement[bool]:
    """Return what finds, among lots, most of those taken to be eaten on a day.

    One to which anything happened (opened, frozen, set aside) is left to ``lasts_until``,
    which knows its new date.
    """
    told = func.coalesce(Lot.use_by, Lot.best_before)
    fresh = Lot.product_id.in_(select(Product.id).where(Product.family.in_(FRESH)))
    undated = or_(
        Lot.received_on < day - DRY_LASTS, and_(fresh, Lot.received_on < day - FRESH_LASTS)
    )
    return and_(
        Lot.product_id.not_in(select(StockItem.product_id)),
        ~exists().where(LotEvent.lot_id == Lot.id),
        or_(
            and_(told.is_not(None), told < day - SEEN_AFTER),
            and_(told.is_(None), undated),
        ),
    )
