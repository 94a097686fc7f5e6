"""What a control point asks to measure, and what was measured."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

import msgspec

from cantine_desktop.hygiene.limits import Verdict


class Measure(StrEnum):
    """What a control point asks to measure."""

    TEMPERATURE = "temperature"
    CHECK = "check"
    TWO_POINT = "two_point"
    DURATION = "duration"
    COUNT = "count"
    PERCENT = "percent"
    MASS = "mass"
    VOLUME = "volume"
    DAYS = "days"
    DAYS_REMAINING = "days_remaining"
    DATE = "date"
    SCORE = "score"
    CHOICE = "choice"
    DELTA = "delta"
    CFU = "cfu"


class Given(StrEnum):
    """Where a bound comes from when the rule itself does not fix it."""

    FAMILY = "family"
    EQUIPMENT = "equipment"
    LABEL = "label"
    RECIPE = "recipe"
    PRODUCT = "product"
    SUPPLIER = "supplier"
    LABORATORY = "laboratory"


class Band(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename={"most": "max"},
):
    """A step of a limit that depends on the time out of the cold.

    Attributes:
        most: Highest temperature of the step, in °C.
        minutes_out_max: Longest time at it, in minutes; ``None`` for no end.
    """

    most: Decimal
    minutes_out_max: Decimal | None = None


class FamilyLimit(msgspec.Struct, frozen=True):
    """What the texts ask of a family of food, and what the canteen tolerates at reception.

    Attributes:
        key: Name for programs, ``"minced_meat"``.
        most: Highest temperature, in °C; ``None`` when there is none, or when the label says it.
        least: Lowest temperature, in °C, if any.
        by_label: The maker's label gives the limit.
        tolerance: Degrees above, the canteen's own, at reception.
    """

    key: str
    most: Decimal | None = None
    least: Decimal | None = None
    by_label: bool = False
    tolerance: Decimal = Decimal(0)


class Rule(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename={"least": "min", "most": "max", "least_from": "min_from", "most_from": "max_from"},
):
    """The rule of a control point; what does not matter to its measure is left out.

    Attributes:
        kind: What is measured.
        unit: Unit of the figures, as printed.
        least: Lowest conform value.
        most: Highest conform value.
        tolerance: The canteen's own zone beyond the limit.
        target: What one aims at; it decides nothing.
        alert: From where one watches; it decides nothing.
        default_max: Highest value when the equipment does not say.
        below_min: Verdict under ``least``; a breach unless said otherwise.
        by_content: The strictest family the unit holds lowers the limit.
        bands: Steps that depend on the time out of the cold, the lowest first.
        hold_minutes: Minutes the value must be held.
        or_min: Value that needs no holding.
        hot_min: Lowest value that is conform because the food is hot.
        rinse_min: Lowest temperature of the rinse, in °C.
        start_min: Cooling starts at this, in °C, at least.
        start_max: Reheating starts at this, in °C, at most.
        end_min: Reheating ends at this, in °C, at least.
        end_max: Cooling ends at this, in °C, at most.
        minutes_max: Longest time between both points, in minutes.
        max_age_months: Oldest date that is still good, in months.
        values: Answers of a choice; ``bad`` are those that are a breach.
        applies_from: Count under which there is nothing to do.
        optional: It need not be measured each time.
        asks_duration: How long it lasted is written too.
        altitude_correction: Bounds move with the boiling point of water.
        per: What each measure is about: ``"line"``, ``"basin"``, ``"diner"``.
        cleaning: Item of the cleaning plan.
        components: Parts weighed apart.
        split: Each part is split again.
        families: Limits by family, filled in from the texts, never stored.
    """

    kind: Measure
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    least_from: Given | None = None
    most_from: Given | None = None
    tolerance: Decimal = Decimal(0)
    tolerance_from: Given | None = None
    target: Decimal | None = None
    target_from: Given | None = None
    alert: Decimal | None = None
    default_max: Decimal | None = None
    below_min: Verdict = Verdict.BREACH
    by_content: bool = False
    bands: tuple[Band, ...] = ()
    hold_minutes: Decimal | None = None
    hold_minutes_from: Given | None = None
    or_min: Decimal | None = None
    hot_min: Decimal | None = None
    rinse_min: Decimal | None = None
    start_min: Decimal | None = None
    start_max: Decimal | None = None
    end_min: Decimal | None = None
    end_max: Decimal | None = None
    minutes_max: Decimal | None = None
    target_minutes: Decimal | None = None
    max_age_months: Decimal | None = None
    values: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    applies_from: Decimal | None = None
    optional: bool = False
    asks_duration: bool = False
    altitude_correction: bool = False
    per: str = ""
    cleaning: str = ""
    components: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    families: tuple[FamilyLimit, ...] = ()


class Measured(NamedTuple):
    """What was measured or seen; what is not known is left out.

    Attributes:
        value: In the unit of the rule.
        is_right: What a check found: ``True`` conform, ``False`` not, ``None`` not done.
        is_exempt: There was nothing to check (sans objet).
        answer: The value of a choice.
        family: Key of the family of food.
        contains: Keys of the families a unit holds.
        label_max: Highest temperature on the maker's label, in °C.
        equipment_max: What the unit is meant to hold at most, in °C.
        given: The bound that comes from a recipe, a product or a laboratory.
        given_minutes: Minutes of holding that the recipe asks.
        held_minutes: Minutes the temperature was held.
        minutes_out: Minutes out of the cold.
        rinse: Temperature of the rinse, in °C.
        reference: What the value is compared with, in a difference.
        altitude: Metres above the sea.
        start: Aware instant of the first point.
        start_value: Temperature at the first point, in °C.
        end: Aware instant of the second point.
        end_value: Temperature at the second point, in °C.
        counted_from: Aware instant the time runs from when it is earlier than ``start``: the
            end of cooking, when the first reading is already under 63 °C.
        on: Civil day of a visit, a course, a check.
        today: Civil day its age is counted to.
    """

    value: Decimal | None = None
    is_right: bool | None = None
    is_exempt: bool = False
    answer: str = ""
    family: str = ""
    contains: tuple[str, ...] = ()
    label_max: Decimal | None = None
    equipment_max: Decimal | None = None
    given: Decimal | None = None
    given_minutes: Decimal | None = None
    held_minutes: Decimal | None = None
    minutes_out: Decimal | None = None
    rinse: Decimal | None = None
    reference: Decimal | None = None
    altitude: Decimal | None = None
    start: datetime | None = None
    start_value: Decimal | None = None
    end: datetime | None = None
    end_value: Decimal | None = None
    counted_from: datetime | None = None
    on: date | None = None
    today: date | None = None
