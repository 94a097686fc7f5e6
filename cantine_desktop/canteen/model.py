"""Tables of the canteen itself: what it is, and the days it stays closed."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base


class Canteen(Base):
    """The one canteen this book is about.

    Attributes:
        name: As printed at the top of every sheet.
        department: French département code, ``"67"`` or ``"2A"``; decides holidays.
        open_weekdays: ISO weekdays of service, as digits: ``"2345"`` is Tuesday to Friday.
        siren: Nine digits, empty until somebody said it: no FEC has a name without it.
        siret: Fourteen digits of the place itself, as the public platform knows it, or empty.
        rna: Number of the association, ``"W671000001"``, or empty.
        altitude: Metres above the sea: water boils there at less than 100 °C; ``None`` when
            nobody said.
        is_demo: The data are invented; a banner says so and nothing real may enter.
    """

    __tablename__ = "canteen"
    area: ClassVar[str] = "canteen"

    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    seats: Mapped[int] = mapped_column(default=35)
    kitchen_places: Mapped[int] = mapped_column(default=10)
    open_weekdays: Mapped[str] = mapped_column(default="2345")
    siren: Mapped[str] = mapped_column(String(9), default="")
    siret: Mapped[str] = mapped_column(String(14), default="")
    rna: Mapped[str] = mapped_column(String(10), default="")
    altitude: Mapped[int | None] = mapped_column(default=None)
    is_demo: Mapped[bool] = mapped_column(default=False)


class ClosedDay(Base):
    """A day of service on which the canteen stays closed (jour de fermeture).

    It belongs to meals, so that the kitchen and the counter may both say it. A French
    public holiday is not closed by itself: somebody says so.

    Attributes:
        day: Civil day.
        reason: Free words: « Congés de Noël », « Panne d’électricité »; may be empty.
        recorded_at: Instant it was first said: a closure told afterwards shows.
    """

    __tablename__ = "closed_day"
    __table_args__ = (UniqueConstraint("day"),)
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Jour de fermeture")

    day: Mapped[date]
    recorded_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")


class DayNote(Base):
    """Something that happened on a day and may explain figures: « nouvelle affiche » (repère).

    Charts of contributions and of visits show it, and compare before with after.
    """

    __tablename__ = "day_note"
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Repère")

    day: Mapped[date] = mapped_column(index=True)
    words: Mapped[str]
