"""Taking what a service cooks off the shelves: each dish, by its recipe, first to end first out."""

from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.consumption.model import LotUse
from cantine_desktop.meals.menus.model import Dish, Menu
from cantine_desktop.meals.recipes.scaling import scale
from cantine_desktop.meals.services.model import MealService
from cantine_desktop.supply.stock.correcting import take_back
from cantine_desktop.supply.stock.model import Shortage, StockMove
from cantine_desktop.supply.stock.moving import use
from cantine_desktop.supply.stock.quantities import stored
from cantine_desktop.supply.stock.queries import followed, lots_left
from cantine_desktop.supply.stock.writing import Out


class UsedUp(NamedTuple):
    """What a service took.

    Attributes:
        moves: One a lot and dish.
        lacking: Names of followed products the shelves did not hold enough of.
    """

    moves: list[StockMove]
    lacking: list[str]


def use_for_service(
    session: Session,
    service_id: int,
    portions: int,
    at: datetime,
    now: datetime,
    *,
    by: str = "",
) -> UsedUp:
    """Take what the dishes of a service need; done again, what was taken before is taken back.

    A product nobody follows is taken as far as its lots go: it is traced, and never lacks.
    Its lots that are taken to be eaten by then are no trace.

    Args:
        session: The session of an action.
        service_id: The service.
        portions: Diners, for the dishes that do not say for how many they are.
        at: Instant it was cooked, aware.
        now: Present instant, aware.
        by: Initials.

    Raises:
        UserError: It has no dish with a recipe, or nobody is to eat.
    """
    query = (
        select(Dish)
        .join(Menu, Dish.menu_id == Menu.id)
        .where(Menu.service_id == service_id, Dish.recipe_id.is_not(None))
        .order_by(Dish.rank)
    )
    dishes = session.scalars(query).all()
    if not dishes:
        raise UserError(tr("Ce service n’a aucun plat avec une fiche : rien à sortir du stock."))
    put_back(session, service_id, now, tr("Sorties refaites"))
    kept, moves, lacking = set(followed(session)), list[StockMove](), list[str]()
    for dish in dishes:
        for need in scale(session, dish.recipe_id or 0, dish.portions or portions).needs:
            wanted = need.gross
            if need.product.id not in kept:
                wanted = min(wanted, _held(session, need.product.id, civil_date(at)))
            if not wanted:
                continue
            out = Out(reason=dish.name, by=by, origin=(MealService.__tablename__, service_id))
            taken = use(session, need.product.id, stored(wanted), at, now, out=out)
            session.add_all(
                LotUse(move_id=move.id, service_id=service_id, dish_id=dish.id)
                for move in taken.moves
            )
            moves += taken.moves
            if taken.missing:
                lacking.append(need.product.name)
    session.flush()
    return UsedUp(moves, list(dict.fromkeys(lacking)))


def put_back(session: Session, service_id: int, now: datetime, reason: str) -> int:
    """Take back all that a service took, and what it lacked; return how many moves."""
    query = (
        select(StockMove.id)
        .join(LotUse, LotUse.move_id == StockMove.id)
        .where(LotUse.service_id == service_id)
    )
    undone = select(StockMove.reverses_id).where(StockMove.reverses_id.is_not(None))
    keys = session.scalars(query.where(StockMove.id.not_in(undone))).all()
    for key in keys:
        take_back(session, key, now, reason)
    lacked = select(Shortage).where(
        Shortage.origin_table == MealService.__tablename__,
        Shortage.origin_key == service_id,
        Shortage.settled_at.is_(None),
    )
    for row in session.scalars(lacked):
        row.settled_at, row.words = now, reason
    session.flush()
    return len(keys)


def _held(session: Session, product_id: int, day: date) -> Fraction:
    """Return what the lots of a product hold for a dish of a day."""
    rows = lots_left(session, day, product_id=product_id)
    return sum((Fraction(row.left) for row in rows if row.is_usable(day)), Fraction(0))
