"""Tables of the reservations: who announced themselves, and the diets of the day."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base


class Place(StrEnum):
    """What somebody comes to do; a cook eats too."""

    COOK = "cook"
    EAT = "eat"


class ReservationState(StrEnum):
    """Where a reservation stands."""

    SEATED = "seated"
    WAITING = "waiting"
    CAME = "came"
    NO_SHOW = "no-show"
    WITHDRAWN = "withdrawn"


class Diet(StrEnum):
    """A wish about food, counted for a day and tied to nobody."""

    VEGETARIAN = "vegetarian"
    VEGAN = "vegan"
    NO_PORK = "no-pork"
    NO_GLUTEN = "no-gluten"
    NO_MILK = "no-milk"
    NO_EGG = "no-egg"
    NO_NUTS = "no-nuts"
    NO_FISH = "no-fish"
    SMALL = "small"
    OTHER = "other"


DIETS = {
    Diet.VEGETARIAN: mark("végétarien"),
    Diet.VEGAN: mark("végétalien"),
    Diet.NO_PORK: mark("sans porc"),
    Diet.NO_GLUTEN: mark("sans gluten"),
    Diet.NO_MILK: mark("sans lait"),
    Diet.NO_EGG: mark("sans œuf"),
    Diet.NO_NUTS: mark("sans fruits à coque"),
    Diet.NO_FISH: mark("sans poisson"),
    Diet.SMALL: mark("petite faim"),
    Diet.OTHER: mark("autre"),
}


class Reservation(Base):
    """Somebody announced for a service (réservation): a name or « +1 », nothing more.

    Names are forgotten some time after the service; places stay counted.

    Attributes:
        name: As said on the phone; empty once forgotten, or for a placeholder.
        people: How many, one at least.
        rank: Order of arrival: the waiting list follows it.
        contact: Phone or e-mail, only when the person wants to be called; forgotten too.
        forgotten_at: Instant the name was forgotten.
    """

    __tablename__ = "reservation"
    __table_args__ = (CheckConstraint("people > 0", "somebody"),)
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Réservation")

    service_id: Mapped[int] = mapped_column(ForeignKey("meal_service.id"), index=True)
    name: Mapped[str]
    place: Mapped[Place]
    rank: Mapped[int]
    recorded_at: Mapped[datetime]
    people: Mapped[int] = mapped_column(default=1)
    state: Mapped[ReservationState] = mapped_column(default=ReservationState.SEATED)
    contact: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    forgotten_at: Mapped[datetime | None] = mapped_column(default=None)


class DietCount(Base):
    """How many diners of a service asked for a diet; erased after the service.

    Source: RGPD-9.
    """

    __tablename__ = "diet_count"
    __table_args__ = (UniqueConstraint("service_id", "diet"), CheckConstraint("count > 0", "n"))
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Régimes du jour")

    service_id: Mapped[int] = mapped_column(ForeignKey("meal_service.id"), index=True)
    diet: Mapped[Diet]
    count: Mapped[int]


class DietRequest(Base):
    """What a person asked in writing to be remembered about food, with its end date.

    Attributes:
        words: What they wrote, as they wrote it.
        asked_on: Day of the writing.
        until: First day it is no longer kept; a year after at most.
    """

    __tablename__ = "diet_request"
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Demande écrite")

    name: Mapped[str]
    words: Mapped[str]
    asked_on: Mapped[date]
    until: Mapped[date]
