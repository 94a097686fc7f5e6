"""What other slices tell hygiene about food: received, cooked, cooled, served, sampled.

Hygiene stands above supply and meals, so they never import it. What stands above both
calls these functions in the same action, once the delivery or the service is written:

    delivery = supply.receive(session, …)
    for each in delivery.lines:
        food.record_goods(session, GoodsChecked(day, each.product, …), now)

``office`` does so where several slices meet, and so do the screens of supply and meals:
the window stands above every slice. What is not known is left out; the record then stays
to be completed on its sheet, and proves nothing until it is.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.food.choices import Cooked, Decision, Meal, Supply, Temper, Ware
from cantine_desktop.hygiene.food.cooking import COOKING
from cantine_desktop.hygiene.food.cooling import COOLING
from cantine_desktop.hygiene.food.goods import GOODS
from cantine_desktop.hygiene.food.model import Cooking, Cooling, ReceivedGoods, Sample, ServedDish
from cantine_desktop.hygiene.food.samples import SAMPLES
from cantine_desktop.hygiene.food.services import SERVICES
from cantine_desktop.hygiene.registers.recording import add, change


@dataclass(frozen=True)
class GoodsChecked:
    """A product of a delivery, looked at; the fields are those of ``ReceivedGoods``."""

    day: date
    product: str
    supplier: str
    ware: Ware | None = None
    came: Supply | None = None
    occurred_at: datetime | None = None
    delivery_note: str = ""
    quantity: str = ""
    lot: str = ""
    use_by: date | None = None
    best_before: date | None = None
    celsius: Decimal | None = None
    label_celsius: Decimal | None = None
    warm_minutes: int | None = None
    sound: bool | None = None
    wrapped: bool | None = None
    labelled: bool | None = None
    decision: Decision | None = None
    note: str = ""
    initials: str = ""


@dataclass(frozen=True)
class DishCooked:
    """A dish at the end of cooking; the fields are those of ``Cooking``."""

    day: date
    dish: str
    cooked: Cooked | None = None
    occurred_at: datetime | None = None
    lots: str = ""
    core_celsius: Decimal | None = None
    held_minutes: int | None = None
    initials: str = ""


@dataclass(frozen=True)
class DishCooled:
    """A dish put to cool, or cooled; the fields are those of ``Cooling``."""

    day: date
    dish: str
    quantity: str = ""
    cooked_at: datetime | None = None
    started_at: datetime | None = None
    start_celsius: Decimal | None = None
    ended_at: datetime | None = None
    end_celsius: Decimal | None = None
    method: str = ""
    initials: str = ""


@dataclass(frozen=True)
class DishServed:
    """A dish at a service; the fields are those of ``ServedDish``."""

    day: date
    dish: str
    meal: Meal | None = None
    temper: Temper | None = None
    start_celsius: Decimal | None = None
    started_at: datetime | None = None
    end_celsius: Decimal | None = None
    ended_at: datetime | None = None
    warm_minutes: int | None = None
    discarded: bool | None = None
    diners: int | None = None
    initials: str = ""


@dataclass(frozen=True)
class DishSampled:
    """A sample of a dish; the fields are those of ``Sample``."""

    day: date
    dish: str
    meal: Meal | None = None
    taken_by: str = ""
    taken_at: datetime | None = None
    grams: int | None = None
    number: str = ""
    place: str = ""
    labelled: bool | None = None
    initials: str = ""


def record_goods(session: Session, checked: GoodsChecked, now: datetime) -> ReceivedGoods:
    """Write a product looked at when it came in; its breach opens with it.

    Raises:
        SealedError: The week is signed.
        UserError: The day or an hour is to come.
    """
    record: ReceivedGoods = add(session, GOODS, _values(checked), now)
    return record


def record_cooked(session: Session, cooked: DishCooked, now: datetime) -> Cooking:
    """Write a dish measured at the end of cooking; raises as ``record_goods`` does."""
    record: Cooking = add(session, COOKING, _values(cooked), now)
    return record


def record_cooled(session: Session, cooled: DishCooled, now: datetime) -> Cooling:
    """Write a cooling; without its end it stays open, and ``end_cooling`` closes it."""
    record: Cooling = add(session, COOLING, _values(cooled), now)
    return record


def end_cooling(
    session: Session, cooling_id: int, ended_at: datetime, celsius: Decimal, now: datetime
) -> Cooling:
    """Write the last point of a cooling, be it on the next day.

    Raises:
        SealedError: The week is signed.
        UserError: The cooling is gone, or the instant is to come.
    """
    last = {"ended_at": ended_at, "end_celsius": celsius}
    record: Cooling = change(session, COOLING, cooling_id, last, now)
    return record


def record_served(session: Session, served: DishServed, now: datetime) -> ServedDish:
    """Write a dish of a service; raises as ``record_goods`` does."""
    record: ServedDish = add(session, SERVICES, _values(served), now)
    return record


def record_sample(session: Session, sampled: DishSampled, now: datetime) -> Sample:
    """Write a sample of a dish; raises as ``record_goods`` does."""
    record: Sample = add(session, SAMPLES, _values(sampled), now)
    return record


def _values(fact: Any) -> dict[str, Any]:
    return {each.name: getattr(fact, each.name) for each in fields(fact)}
