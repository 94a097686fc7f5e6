"""Tables of what happens to food, from the door to the table."""

from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from cantine_desktop.hygiene.food.choices import (
    Cooked,
    DateKind,
    Decision,
    MakingPoint,
    Meal,
    Sorting,
    Supply,
    Surplus,
    Temper,
    Ware,
)
from cantine_desktop.hygiene.registers.kept import Kept
from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base, Celsius, Quantity

HOUSE_LIFE = timedelta(days=3)
"""A dish made here is eaten three days after the day it was made, at the latest.

Source: AM09-IV-DLC.
"""

SAMPLE_LIFE = timedelta(days=5)
"""A sample is kept at least five days after its dish was last served.

Source: AM09-IV-PT.
"""


def whole_minutes(start: datetime, end: datetime) -> int:
    """Return the whole minutes that passed, across midnight and changes of the clock."""
    return int((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() // 60)


def line(*parts: str) -> str | None:
    """Return the words a row is found by; none when it has none."""
    return " · ".join(filter(None, parts)) or None


class ReceivedGoods(Kept, Base):
    """A product looked at when it came in (contrôle à réception): a row a product.

    Attributes:
        occurred_at: Instant it came in.
        came: By a supplier, unless said otherwise; as a gift, or fetched by the canteen.
        supplier: Supplier, giver or shop.
        delivery_note: Number of the delivery note or receipt (BL).
        ware: Family that decides the limit.
        quantity: As written: « 3 cartons », « 12 kg ».
        lot: Lot of the maker, as printed.
        use_by: DLC on the label.
        best_before: DDM on the label.
        celsius: Degrees read.
        label_celsius: Highest temperature the label allows, when it says one.
        warm_minutes: Minutes out of the cold: on the road for what the canteen fetched,
            before the cold room for what was delivered.
        sound: Vehicle clean, goods sound, delivery note as ordered.
        wrapped: Packaging whole and clean.
        labelled: Label complete: name, lot, oval mark, allergens, origin.
        decision: Accepted, with a written reserve, or refused.
    """

    __tablename__ = "received_goods"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Contrôle à réception")

    product: Mapped[str] = mapped_column(default="")
    came: Mapped[Supply | None] = mapped_column(default=None)
    supplier: Mapped[str] = mapped_column(default="", index=True)
    delivery_note: Mapped[str] = mapped_column(default="")
    ware: Mapped[Ware | None] = mapped_column(default=None)
    quantity: Mapped[str] = mapped_column(default="")
    lot: Mapped[str] = mapped_column(default="", index=True)
    use_by: Mapped[date | None] = mapped_column(default=None)
    best_before: Mapped[date | None] = mapped_column(default=None)
    celsius: Mapped[Celsius | None] = mapped_column(default=None)
    label_celsius: Mapped[Celsius | None] = mapped_column(default=None)
    warm_minutes: Mapped[int | None] = mapped_column(default=None)
    sound: Mapped[bool | None] = mapped_column(default=None)
    wrapped: Mapped[bool | None] = mapped_column(default=None)
    labelled: Mapped[bool | None] = mapped_column(default=None)
    decision: Mapped[Decision | None] = mapped_column(default=None)

    @override
    def search_line(self) -> str | None:
        """Return what the palette finds it by."""
        return line(self.product, self.lot, self.supplier, self.delivery_note)


class Cooking(Kept, Base):
    """A dish measured at the end of cooking (fin de cuisson).

    Attributes:
        occurred_at: Instant it was measured.
        cooked: What it is, by the temperature it must reach.
        lots: Lots used, as written, parted by commas: what traces a dish to its goods.
        thaw_celsius: Temperature of what was thawed for it, if anything was.
        core_celsius: Degrees at the core.
        held_minutes: Minutes it stayed at that temperature.
        scale_celsius: Core temperature of its own written scale, at low temperature.
        scale_minutes: Minutes of that scale.
    """

    __tablename__ = "cooking"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Fin de cuisson")

    dish: Mapped[str] = mapped_column(default="", index=True)
    cooked: Mapped[Cooked | None] = mapped_column(default=None)
    lots: Mapped[str] = mapped_column(default="")
    thaw_celsius: Mapped[Celsius | None] = mapped_column(default=None)
    core_celsius: Mapped[Celsius | None] = mapped_column(default=None)
    held_minutes: Mapped[int | None] = mapped_column(default=None)
    scale_celsius: Mapped[Celsius | None] = mapped_column(default=None)
    scale_minutes: Mapped[int | None] = mapped_column(default=None)

    @override
    def search_line(self) -> str | None:
        """Return what the palette finds it by."""
        return line(self.dish, self.lots)


class MakingCheck(Kept, Base):
    """A control of a dish being made, served or given (point de fabrication).

    Attributes:
        occurred_at: Instant it was looked at.
        point: What was looked at.
        value: What was measured: degrees or minutes, as the point asks.
        warm_minutes: Minutes out of the cold, where degrees depend on it.
        answer: Conform or not, where nothing is measured.
    """

    __tablename__ = "making_check"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Point de fabrication")

    dish: Mapped[str] = mapped_column(default="", index=True)
    point: Mapped[MakingPoint | None] = mapped_column(default=None)
    value: Mapped[Celsius | None] = mapped_column(default=None)
    warm_minutes: Mapped[int | None] = mapped_column(default=None)
    answer: Mapped[bool | None] = mapped_column(default=None)

    @override
    def search_line(self) -> str | None:
        """Return what the palette finds it by."""
        return line(self.dish)


class Curve(Kept, kw_only=True):
    """Two points of a temperature that must move fast.

    Attributes:
        dish: What is cooled or reheated.
        started_at: Instant of the first point.
        start_celsius: Degrees at the core then.
        ended_at: Instant of the last point; ``None`` while the curve is open.
        end_celsius: Degrees at the core then.
    """

    dish: Mapped[str] = mapped_column(default="", index=True)
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    start_celsius: Mapped[Celsius | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    end_celsius: Mapped[Celsius | None] = mapped_column(default=None)

    @property
    def minutes(self) -> int | None:
        """Whole minutes between the two points, across midnight and changes of the clock."""
        if self.started_at is None or self.ended_at is None:
            return None
        return whole_minutes(self.started_at, self.ended_at)


class Cooling(Curve, Base):
    """A dish cooled fast (refroidissement rapide).

    Attributes:
        quantity: As written: « 2 bacs ».
        cooked_at: Instant it came off the fire, where the first point is under 63 °C.
        method: How: blast chiller, ice bath, split.
        stored_celsius: Degrees at the core once in the cold.
        surplus: What becomes of it.
    """

    __tablename__ = "cooling"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Refroidissement")

    quantity: Mapped[str] = mapped_column(default="")
    cooked_at: Mapped[datetime | None] = mapped_column(default=None)
    method: Mapped[str] = mapped_column(default="")
    stored_celsius: Mapped[Celsius | None] = mapped_column(default=None)
    surplus: Mapped[Surplus | None] = mapped_column(default=None)

    @property
    def use_by(self) -> date:
        """Last day it may be eaten: J+3."""
        return self.day + HOUSE_LIFE

    @override
    def search_line(self) -> str | None:
        """Return what the palette finds it by."""
        return line(self.dish)


class Reheating(Curve, Base):
    """A dish brought back to serving temperature (remise en température).

    Attributes:
        made_on: Day it was made.
        leftover: Kilograms thrown away after the service; a dish is never reheated twice.
    """

    __tablename__ = "reheating"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Remise en température")

    made_on: Mapped[date | None] = mapped_column(default=None)
    leftover: Mapped[Quantity | None] = mapped_column(default=None)

    @override
    def search_line(self) -> str | None:
        """Return what the palette finds it by."""
        return line(self.dish)


class ServedDish(Kept, Base):
    """A dish measured at the start and at the end of a service (température au service).

    Attributes:
        temper: Served hot or cold.
        started_at: Instant of the first measure.
        ended_at: Instant of the last one.
        warm_minutes: Minutes a cold dish was out of the cold; from the first to the last
            measure when nobody wrote it.
        discarded: What was served and not eaten was thrown away.
        diners: Diners served.
    """

    __tablename__ = "served_dish"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Température au service")

    meal: Mapped[Meal | None] = mapped_column(default=None)
    dish: Mapped[str] = mapped_column(default="", index=True)
    temper: Mapped[Temper | None] = mapped_column(default=None)
    start_celsius: Mapped[Celsius | None] = mapped_column(default=None)
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    end_celsius: Mapped[Celsius | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    warm_minutes: Mapped[int | None] = mapped_column(default=None)
    discarded: Mapped[bool | None] = mapped_column(default=None)
    diners: Mapped[int | None] = mapped_column(default=None)

    @property
    def minutes_out(self) -> int | None:
        """Minutes out of the cold, as written, or else from the first to the last measure."""
        if self.warm_minutes is not None or self.started_at is None or self.ended_at is None:
            return self.warm_minutes
        return whole_minutes(self.started_at, self.ended_at)

    @override
    def search_line(self) -> str | None:
        """Return what the palette finds it by."""
        return line(self.dish)


class OilCheck(Kept, Base):
    """The oil of a fryer, looked at (huile de friture).

    Attributes:
        oil: Kind of oil.
        celsius: Degrees of the bath.
        sound: Looks and smells sound.
        polar: Polar compounds, in percent.
        filtered: It was filtered after use.
        changed: It was changed.
        used: Litres of used oil taken out.
    """

    __tablename__ = "oil_check"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Contrôle d’huile de friture")

    fryer: Mapped[str] = mapped_column(default="", index=True)
    oil: Mapped[str] = mapped_column(default="")
    celsius: Mapped[Celsius | None] = mapped_column(default=None)
    sound: Mapped[bool | None] = mapped_column(default=None)
    polar: Mapped[Celsius | None] = mapped_column(default=None)
    filtered: Mapped[bool | None] = mapped_column(default=None)
    changed: Mapped[bool | None] = mapped_column(default=None)
    used: Mapped[Quantity | None] = mapped_column(default=None)

    @override
    def search_line(self) -> str | None:
        """Return what the palette finds it by."""
        return line(self.fryer, self.oil)


class Sample(Kept, Base):
    """A sample of a dish, kept in case somebody falls ill (plat témoin).

    Attributes:
        day: Day the dish was last served.
        taken_by: Who took it.
        taken_at: Instant it was taken.
        grams: Its weight.
        number: Written on it.
        place: Where it is kept.
        labelled: Its label says dish, day, service and number.
        discarded_on: Day it was thrown away.
    """

    __tablename__ = "sample"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Plat témoin")

    meal: Mapped[Meal | None] = mapped_column(default=None)
    dish: Mapped[str] = mapped_column(default="", index=True)
    taken_by: Mapped[str] = mapped_column(default="")
    taken_at: Mapped[datetime | None] = mapped_column(default=None)
    grams: Mapped[int | None] = mapped_column(default=None)
    number: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    labelled: Mapped[bool | None] = mapped_column(default=None)
    discarded_on: Mapped[date | None] = mapped_column(default=None)

    @property
    def discard_from(self) -> date:
        """First day it may be thrown away."""
        return self.day + SAMPLE_LIFE

    @override
    def search_line(self) -> str | None:
        """Return what the palette finds it by."""
        return line(self.dish, self.number)


class DatedProduct(Kept, Base):
    """A product whose date was looked at (contrôle des DLC), or a round that found nothing.

    Attributes:
        kind: What the date means.
        lot: Lot of the maker, where it is known.
        until: The date written on it; ``None`` when it has none.
        quantity: As written.
        decision: Use, give, throw away; or nothing was found to sort.
    """

    __tablename__ = "dated_product"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Contrôle de date limite")

    product: Mapped[str] = mapped_column(default="")
    lot: Mapped[str] = mapped_column(default="", index=True)
    kind: Mapped[DateKind | None] = mapped_column(default=None)
    until: Mapped[date | None] = mapped_column(default=None)
    quantity: Mapped[str] = mapped_column(default="")
    decision: Mapped[Sorting | None] = mapped_column(default=None)

    @override
    def search_line(self) -> str | None:
        """Return what the palette finds it by."""
        return line(self.product, self.lot)
