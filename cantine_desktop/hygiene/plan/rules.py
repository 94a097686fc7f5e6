"""Is what was measured acceptable? The rule of a control point, and its verdict.

Pure. Three things stay apart in a rule: its limit, the canteen's own tolerance beyond it,
which asks for an action and is never legal conformity, and what is only a target, which
decides nothing. What is missing is never conform: it is not done.

Source: AM09-I, AM09-IV1, AM09-IV2, AM09-IV3, AM13 (limits); BP (tolerances).
"""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.plan.measures import (
    Band,
    FamilyLimit,
    Given,
    Measure,
    Measured,
    Rule,
)

__all__ = [
    "Band",
    "FamilyLimit",
    "Given",
    "Measure",
    "Measured",
    "Rule",
    "RuleBounds",
    "bounds_of",
    "evaluate",
    "minutes",
]

SEA_LEVEL_METRES_PER_DEGREE = Decimal(300)
"""Metres of altitude that lower the boiling point of water by 1 °C, about. Source: BP."""


class RuleBounds(NamedTuple):
    """Between what a value must stay, once everything that decides it is known.

    Attributes:
        least: Lowest conform value, if any.
        most: Highest conform value, if any.
        tolerance: The canteen's own zone beyond either.
        below: Verdict under ``least``.
        decided_by: Key of the family that decided the limit; empty when the rule did.
    """

    least: Decimal | None
    most: Decimal | None
    tolerance: Decimal
    below: Verdict
    decided_by: str = ""


GRAVITY = (Verdict.BREACH, Verdict.NOT_DONE, Verdict.TOLERATED, Verdict.CONFORM)
"""Verdicts of several measures of one control, the one that decides first."""


def evaluate(rule: Rule, measured: Measured) -> Verdict:
    """Return what was measured means under a rule.

    What is missing, unknown or impossible is ``NOT_DONE``: an open cooling curve, a food
    of no known family, a date to come. It is never conform.

    Source: AM09-I, AM09-IV1, AM09-IV2, AM09-IV3, AM13, D2008-184.
    """
    if measured.is_exempt:
        return Verdict.NOT_APPLICABLE
    return _JUDGES.get(rule.kind, _judge_value)(rule, measured)


def bounds_of(rule: Rule, measured: Measured) -> RuleBounds | None:
    """Return the bounds of a value, or ``None`` while what decides them is not known.

    The strictest wins: the equipment, the label, the food inside.
    """
    if rule.most_from is Given.FAMILY:
        return _family_bounds(rule, measured)
    most, least = rule.most, rule.least
    if rule.most_from is Given.EQUIPMENT:
        most = rule.default_max if measured.equipment_max is None else measured.equipment_max
    elif rule.most_from is not None:
        most = measured.given
    if rule.least_from is not None:
        least = measured.given
    if _is_lost(rule.most_from, most) or _is_lost(rule.least_from, least):
        return None
    if rule.altitude_correction and measured.altitude is not None:
        lower = (measured.altitude / SEA_LEVEL_METRES_PER_DEGREE).quantize(Decimal("0.1"))
        most, least = _lowered(most, lower), _lowered(least, lower)
    return _narrowed(RuleBounds(least, most, rule.tolerance, rule.below_min), rule, measured)


def _is_lost(source: Given | None, bound: Decimal | None) -> bool:
    return source is not None and bound is None


def _lowered(bound: Decimal | None, by: Decimal) -> Decimal | None:
    return None if bound is None else bound - by


def _narrowed(bounds: RuleBounds, rule: Rule, measured: Measured) -> RuleBounds | None:
    """Lower the limit to that of the strictest food inside.

    Source: AM09-I, AM09-IV1, AM13.
    """
    if not measured.contains or bounds.most is None:
        return bounds
    known = {family.key: family for family in rule.families}
    if not known.keys() >= set(measured.contains):
        return None
    inside = [family for key in measured.contains if (family := known[key]).most is not None]
    strictest = min(inside, key=lambda family: family.most or Decimal(0), default=None)
    if strictest is None or strictest.most is None or strictest.most >= bounds.most:
        return bounds
    return bounds._replace(most=strictest.most, decided_by=strictest.key)


def _family_bounds(rule: Rule, measured: Measured) -> RuleBounds | None:
    """Return the bounds of a family; a lower label wins, and a prepacked food has no other."""
    family = next((one for one in rule.families if one.key == measured.family), None)
    if family is None or (family.by_label and measured.label_max is None):
        return None
    limits = [limit for limit in (family.most, measured.label_max) if limit is not None]
    most = min(limits, default=None)
    tolerance = family.tolerance if rule.tolerance_from is Given.FAMILY else rule.tolerance
    # Chilled food that is too cold is watched; hot food that is too cold is a breach.
    below = Verdict.BREACH if most is None else Verdict.TOLERATED
    return RuleBounds(family.least, most, tolerance, below, family.key)


def _known(value: Decimal | None) -> bool:
    return value is not None and value.is_finite()


def _worst(verdicts: Iterable[Verdict]) -> Verdict:
    return min(verdicts, key=GRAVITY.index)


def _judge_value(rule: Rule, measured: Measured) -> Verdict:
    """Judge one figure by its bounds, then by what else the rule asks of it."""
    value = measured.value
    if value is None or not value.is_finite():
        return Verdict.NOT_DONE
    if rule.bands:
        return _in_bands(rule.bands, value, measured.minutes_out)
    if rule.hot_min is not None and value >= rule.hot_min:
        return Verdict.CONFORM
    bounds = bounds_of(rule, measured)
    if bounds is None:
        return Verdict.NOT_DONE
    return _worst((_within(value, bounds), _held(rule, measured), _rinsed(rule, measured)))


def _within(value: Decimal, bounds: RuleBounds) -> Verdict:
    if bounds.most is not None and value > bounds.most:
        return Verdict.TOLERATED if value <= bounds.most + bounds.tolerance else Verdict.BREACH
    if bounds.least is not None and value < bounds.least:
        return Verdict.TOLERATED if value >= bounds.least - bounds.tolerance else bounds.below
    return Verdict.CONFORM


def _in_bands(bands: Iterable[Band], value: Decimal, minutes_out: Decimal | None) -> Verdict:
    """Judge food out of the cold: the warmer it is, the shorter it may stay.

    Source: AM09-IV2.
    """
    band = next((band for band in bands if value <= band.most), None)
    if band is None:
        return Verdict.BREACH
    if band.minutes_out_max is None:
        return Verdict.CONFORM
    if minutes_out is None or not minutes_out.is_finite() or minutes_out < 0:
        return Verdict.NOT_DONE
    return Verdict.CONFORM if minutes_out <= band.minutes_out_max else Verdict.BREACH


def _held(rule: Rule, measured: Measured) -> Verdict:
    """Judge how long a cooking temperature was held.

    Source: ANSES-CUI.
    """
    asked = measured.given_minutes if rule.hold_minutes_from else rule.hold_minutes
    is_enough_alone = rule.or_min is not None and (measured.value or Decimal(0)) >= rule.or_min
    if is_enough_alone or (asked is None and rule.hold_minutes_from is None):
        return Verdict.CONFORM
    if asked is None or measured.held_minutes is None or not measured.held_minutes.is_finite():
        return Verdict.NOT_DONE
    return Verdict.CONFORM if measured.held_minutes >= asked else Verdict.BREACH


def _rinsed(rule: Rule, measured: Measured) -> Verdict:
    if rule.rinse_min is None:
        return Verdict.CONFORM
    if measured.rinse is None or not measured.rinse.is_finite():
        return Verdict.NOT_DONE
    return Verdict.CONFORM if measured.rinse >= rule.rinse_min else Verdict.BREACH


def _judge_check(_rule: Rule, measured: Measured) -> Verdict:
    if measured.is_right is None:
        return Verdict.NOT_DONE
    return Verdict.CONFORM if measured.is_right else Verdict.BREACH


def _judge_choice(rule: Rule, measured: Measured) -> Verdict:
    if measured.answer not in rule.values:
        return Verdict.NOT_DONE
    return Verdict.BREACH if measured.answer in rule.bad else Verdict.CONFORM


def _judge_duration(rule: Rule, measured: Measured) -> Verdict:
    """Judge a time in minutes, typed or between two instants."""
    if measured.value is None and measured.start is not None and measured.end is not None:
        return _judge_value(rule, measured._replace(value=minutes(measured.start, measured.end)))
    return _judge_unsigned(rule, measured)


def _judge_unsigned(rule: Rule, measured: Measured) -> Verdict:
    """Judge a figure that cannot be negative: a slip of the pen is no measure."""
    if measured.value is not None and measured.value.is_finite() and measured.value < 0:
        return Verdict.NOT_DONE
    return _judge_value(rule, measured)


def _judge_count(rule: Rule, measured: Measured) -> Verdict:
    if rule.applies_from is None:
        return _judge_unsigned(rule, measured)
    if measured.value is None or not measured.value.is_finite() or measured.value < 0:
        return Verdict.NOT_DONE
    if measured.value < rule.applies_from:
        return Verdict.NOT_APPLICABLE
    return _judge_check(rule, measured)


def _judge_delta(rule: Rule, measured: Measured) -> Verdict:
    if measured.value is None or measured.reference is None:
        return _judge_value(rule, measured)
    return _judge_value(rule, measured._replace(value=measured.value - measured.reference))


def _judge_date(rule: Rule, measured: Measured) -> Verdict:
    """Judge the age of a date; one to come is not done yet."""
    if measured.on is None or measured.today is None or measured.on > measured.today:
        return Verdict.NOT_DONE
    months = int(rule.max_age_months or 0)
    return (
        Verdict.CONFORM if _months_after(measured.on, months) >= measured.today else Verdict.BREACH
    )


def _months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def minutes(start: datetime, end: datetime) -> Decimal:
    """Return the minutes between two aware instants, exactly, whatever clocks did between.

    Raises:
        ValueError: An instant has no time zone.
    """
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    # Two instants of the same zone would be subtracted as their clocks show, summer time or not.
    elapsed = end.astimezone(UTC) - start.astimezone(UTC)
    return Decimal(elapsed // timedelta(microseconds=1)) / 60_000_000


def _judge_two_point(rule: Rule, measured: Measured) -> Verdict:
    """Judge a cooling or a reheating between its two points.

    An open curve is not done. The time runs from ``counted_from`` when it is given: a
    cooling first measured under 63 °C counts from the end of cooking, and is not proven
    without it. A dish over 10 °C before it is reheated had left the cold: a breach.

    Source: AM09-IV1, AM09-IV3.
    """
    start, end = measured.start, measured.end
    if start is None or end is None or minutes(start, end) < 0:
        return Verdict.NOT_DONE
    if not _known(measured.start_value) or not _known(measured.end_value):
        return Verdict.NOT_DONE
    first, last = measured.start_value or Decimal(0), measured.end_value or Decimal(0)
    early = max(minutes(measured.counted_from or start, start), Decimal(0))
    lasted = minutes(start, end) + early
    is_too_long = rule.minutes_max is not None and lasted > rule.minutes_max
    is_too_warm = rule.end_max is not None and last > rule.end_max
    is_too_cold = rule.end_min is not None and last < rule.end_min
    had_left_cold = rule.start_max is not None and first > rule.start_max
    if is_too_long or is_too_warm or is_too_cold or had_left_cold:
        return Verdict.BREACH
    is_late = rule.start_min is not None and first < rule.start_min
    return Verdict.NOT_DONE if is_late and measured.counted_from is None else Verdict.CONFORM


_JUDGES: dict[Measure, Callable[[Rule, Measured], Verdict]] = {
    Measure.CHECK: _judge_check,
    Measure.TWO_POINT: _judge_two_point,
    Measure.DURATION: _judge_duration,
    Measure.COUNT: _judge_count,
    Measure.PERCENT: _judge_unsigned,
    Measure.MASS: _judge_unsigned,
    Measure.VOLUME: _judge_unsigned,
    Measure.DAYS: _judge_unsigned,
    Measure.DATE: _judge_date,
    Measure.SCORE: _judge_unsigned,
    Measure.CHOICE: _judge_choice,
    Measure.DELTA: _judge_delta,
    Measure.CFU: _judge_unsigned,
}
