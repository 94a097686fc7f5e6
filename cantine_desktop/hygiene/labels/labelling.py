"""Making labels, and saying what became of the food."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.labels.lifetimes import check_dates, last_day
from cantine_desktop.hygiene.labels.model import Labelled, LabelledFood
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period

MOST_COPIES = 240
"""Ten sheets of 24: more is a typing error."""


@dataclass(frozen=True)
class LabelWish:
    """What a label is to say; see ``LabelledFood`` for each.

    Attributes:
        use_by: ``None`` is the longest life allowed.
    """

    name: str
    begun_on: date
    reason: Labelled = Labelled.MADE
    use_by: date | None = None
    maker_use_by: date | None = None
    allergens: frozenset[Allergen] | None = None
    lot: str = ""
    initials: str = ""
    copies: int = 1


def label(session: Session, wish: LabelWish, now: datetime) -> LabelledFood:
    """Keep what a label says, so that it is printed, found again and chased.

    Raises:
        UserError: No name, impossible days, or a number of copies that is none.
    """
    name = wish.name.strip()
    if not name:
        raise UserError(tr("Une étiquette porte un nom : quel plat, quel produit ?"))
    if not 1 <= wish.copies <= MOST_COPIES:
        raise UserError(tr("De 1 à {n} étiquettes à la fois.").format(n=MOST_COPIES))
    use_by = wish.use_by or last_day(wish.reason, wish.begun_on, wish.maker_use_by)
    check_dates(wish.reason, wish.begun_on, use_by, wish.maker_use_by, civil_date(now))
    food = LabelledFood(
        name=name,
        reason=wish.reason,
        begun_on=wish.begun_on,
        use_by=use_by,
        labelled_at=now,
        maker_use_by=wish.maker_use_by,
        allergens=wish.allergens,
        lot=wish.lot.strip(),
        initials=wish.initials.strip(),
        copies=wish.copies,
    )
    session.add(food)
    session.flush()
    return food


def finish(session: Session, food_id: int, day: date, now: datetime) -> None:
    """Say that the last of a food was eaten, given or thrown away on a day.

    Raises:
        UserError: The day is to come, or before the food was begun.
    """
    food = session.get_one(LabelledFood, food_id)
    if not food.begun_on <= day <= civil_date(now):
        raise UserError(tr("Ce jour ne va pas : entre la fabrication et aujourd’hui."))
    food.gone_on = day


def labelled_in(session: Session, period: Period) -> list[LabelledFood]:
    """Return the foods labelled for days of a period, in the order their labels were made."""
    query = select(LabelledFood).where(
        LabelledFood.begun_on >= period.first, LabelledFood.begun_on < period.end
    )
    return list(session.scalars(query.order_by(LabelledFood.id)))


def in_stock(session: Session) -> list[LabelledFood]:
    """Return the labelled foods nobody has finished, the first to eat first."""
    query = select(LabelledFood).where(LabelledFood.gone_on.is_(None))
    return list(session.scalars(query.order_by(LabelledFood.use_by, LabelledFood.id)))


def usual_foods(session: Session, limit: int = 200) -> dict[str, LabelledFood]:
    """Return the latest label of each name, the newest first: what to propose while typing."""
    query = select(LabelledFood).order_by(LabelledFood.id.desc()).limit(5 * limit)
    found: dict[str, LabelledFood] = {}
    for food in session.scalars(query):
        if len(found) < limit:
            found.setdefault(food.name, food)
    return found
