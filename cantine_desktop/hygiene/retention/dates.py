"""From which day a record may be destroyed: exact arithmetic on months, class by class."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from cantine_desktop.hygiene.retention.classes import RETENTION, Retention
from cantine_desktop.values.period import DAY

SHORT_LIFE = 3
"""Months: a DLC nearer than that makes the short class of traceability."""

AFTER = 6
"""Months kept after the last date of the food, or after the delivery of what is short-lived."""

UNDATED = 60
"""Months for traceability of food whose life is not fixed."""


@dataclass(frozen=True)
class Facts:
    """What decides how long one record is kept.

    Attributes:
        day: Civil day it belongs to.
        use_by: Latest DLC known of the food it is about.
        best_before: Latest DDM known of the food it is about.
        last_meal: Last day the person ate here, for a refusal of allergen; ``None`` is ``day``.
        is_undated: The food spoils and carries no date.
    """

    day: date
    use_by: date | None = None
    best_before: date | None = None
    last_meal: date | None = None
    is_undated: bool = False


def months_after(day: date, months: int) -> date:
    """Return the day of the same number some months later, or the last one of its month.

    31 August and 6 months is 28 February, or the 29th; from there months are counted from
    the first day again, never from the shortened one.

    Args:
        day: Where to count from.
        months: Whole months, zero or more.
    """
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def may_go_from(retention: Retention, facts: Facts, months: int | None = None) -> date | None:
    """Return the first day on which a record may be destroyed; ``None`` is never by date.

    A time of months ends at midnight after its last day: the record still stands on the day
    of the same number, and may go on the next one.

    Args:
        retention: Its class.
        facts: What is known of it.
        months: What the canteen decided for the class, never below what the text asks at
            least; by default what the class says.

    Source: NS2012, CC-ALL, BP.
    """
    if retention is Retention.PERMANENT:
        return None
    rule = RETENTION[retention]
    chosen = max(rule.least_months, rule.months if months is None else months)
    start = _start(retention, facts)
    return max(months_after(start, chosen), _least(retention, facts)) + DAY


def _start(retention: Retention, facts: Facts) -> date:
    if retention is Retention.ALLERGEN_REFUSAL:
        return max(facts.day, facts.last_meal or facts.day)
    return facts.day


def _least(retention: Retention, facts: Facts) -> date:
    """Return the last day the text wants a record kept, whatever the canteen decided."""
    if retention is Retention.TRACEABILITY:
        return _least_traceability(facts)
    if retention is Retention.MONITORING:
        known = (facts.day, facts.use_by, facts.best_before)
        return months_after(max(day for day in known if day is not None), AFTER)
    return months_after(_start(retention, facts), RETENTION[retention].least_months)


def _least_traceability(facts: Facts) -> date:
    """Return the last day a record of traceability is kept.

    Five years where no life is fixed; a DDM beyond five years and six months more; six
    months after the delivery where the DLC is nearer than three months, or for what spoils
    without a date. What lies between is kept five years. No date ever shortens another.

    Source: NS2012.
    """
    dated = [day for day in (facts.use_by, facts.best_before) if day is not None]
    if not dated and facts.is_undated:
        return months_after(facts.day, AFTER)
    if dated and max(dated) < months_after(facts.day, SHORT_LIFE):
        return max(months_after(facts.day, AFTER), months_after(max(dated), AFTER))
    five_years = months_after(facts.day, UNDATED)
    if dated and max(dated) > five_years:
        return months_after(max(dated), AFTER)
    return five_years
