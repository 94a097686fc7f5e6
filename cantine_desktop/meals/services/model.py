"""Tables of the services: the patterns of a season, and each service they give."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base


class MealKind(StrEnum):
    """What a service is."""

    LUNCH = "lunch"
    DINNER = "dinner"
    BRUNCH = "brunch"
    EVENT = "event"


KINDS = {
    MealKind.LUNCH: mark("Déjeuner"),
    MealKind.DINNER: mark("Soirée"),
    MealKind.BRUNCH: mark("Brunch"),
    MealKind.EVENT: mark("Événement"),
}


class ServiceState(StrEnum):
    """Where a service stands."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    CLOSED = "closed"


STATES = {
    ServiceState.PLANNED: mark("Prévu"),
    ServiceState.CANCELLED: mark("Annulé"),
    ServiceState.CLOSED: mark("Clos"),
}


class ContributionMode(StrEnum):
    """How contributions are noted (U19)."""

    TOTAL = "total"
    TALLY = "tally"
    NAMED = "named"


class ServicePolicy(Base):
    """How this canteen plans its services; one row, or none for the usual ways.

    Attributes:
        skips_public_holidays: No service is planned on a public holiday: the day is closed.
        calendar_key: What tells its services from those of others in copied calendars, for
            ever: the canteen's name when the first service was planned.
    """

    __tablename__ = "service_policy"
    area: ClassVar[str] = "meals"

    skips_public_holidays: Mapped[bool] = mapped_column(default=True)
    calendar_key: Mapped[str] = mapped_column(default="")


class ServicePattern(Base):
    """A rule that gives services (service habituel): its days, its hours, its places.

    Attributes:
        weekdays: ISO weekdays as digits: ``"2345"`` is Tuesday to Friday.
        every_weeks: 1 each week, 2 one week out of two, counted from the week of ``first``.
        nth_of_month: Only the first, second… weekday of each month, 1 to 5, or the last, -1;
            ``None`` for all.
        cook_at: When cooks arrive.
        meal_at: When the meal begins.
        first: First day it holds.
        last: Last day it holds, or ``None``.
        in_school_holidays: It goes on in school holidays.
        filled_until: The last day up to which its services were made; ``None`` before.
    """

    __tablename__ = "service_pattern"
    __table_args__ = (CheckConstraint("every_weeks > 0", "rhythm"),)
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Service habituel")

    kind: Mapped[MealKind]
    weekdays: Mapped[str]
    cook_at: Mapped[time]
    meal_at: Mapped[time]
    first: Mapped[date]
    seats: Mapped[int]
    kitchen_places: Mapped[int]
    every_weeks: Mapped[int] = mapped_column(default=1)
    nth_of_month: Mapped[int | None] = mapped_column(default=None)
    last: Mapped[date | None] = mapped_column(default=None)
    name: Mapped[str] = mapped_column(default="")
    in_school_holidays: Mapped[bool] = mapped_column(default=True)
    filled_until: Mapped[date | None] = mapped_column(default=None)


class MealService(Base):
    """A cooking session and the meal that follows (service).

    Attributes:
        name: Free words; empty for the usual one of its kind.
        pattern_id: What gave it; ``None`` for one added by hand.
        original_day: The day its pattern gave, before anybody moved it.
        is_changed: It differs from its pattern: a change of « tous » leaves it alone.
        reason: Why it is cancelled.
        expected: Diners the person expects; ``None`` leaves it to the forecast.
        mode: How contributions are noted; ``None`` is the canteen's way.
        cancelled_at: Instant somebody said so.
        is_closed_day: It is cancelled because its day is closed: it comes back with the day.
        revision: How often its day, hours or state changed: calendars that copied it follow.
    """

    __tablename__ = "meal_service"
    __table_args__ = (UniqueConstraint("pattern_id", "original_day"),)
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Service")

    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[MealKind]
    cook_at: Mapped[time]
    meal_at: Mapped[time]
    seats: Mapped[int]
    kitchen_places: Mapped[int]
    name: Mapped[str] = mapped_column(default="")
    pattern_id: Mapped[int | None] = mapped_column(ForeignKey("service_pattern.id"), default=None)
    original_day: Mapped[date | None] = mapped_column(default=None)
    is_changed: Mapped[bool] = mapped_column(default=False)
    state: Mapped[ServiceState] = mapped_column(default=ServiceState.PLANNED, index=True)
    reason: Mapped[str] = mapped_column(default="")
    cancelled_at: Mapped[datetime | None] = mapped_column(default=None)
    expected: Mapped[int | None] = mapped_column(default=None)
    mode: Mapped[ContributionMode | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    is_closed_day: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=0)

    @override
    def search_line(self) -> str | None:
        """Return the words it is found by: its name, when somebody gave one."""
        return f"{self.name} {self.day:%d/%m/%Y}" if self.name else None
