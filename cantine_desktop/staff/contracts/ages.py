"""How old somebody is on a day, and the day the rules for minors no longer hold."""

from datetime import date

MAJORITY = 18
"""Years. Source: CT-L3161-1."""


def birthday(birth_date: date, years: int) -> date:
    """Return the day somebody reaches an age; born on 29 February, on 1 March of other years."""
    try:
        return birth_date.replace(year=birth_date.year + years)
    except ValueError:
        return date(birth_date.year + years, 3, 1)


def age_on(birth_date: date, day: date) -> int:
    """Return the whole years somebody has lived on a day."""
    years = day.year - birth_date.year
    return years if birthday(birth_date, years) <= day else years - 1


def is_minor_on(birth_date: date | None, day: date) -> bool:
    """Tell whether the rules for minors hold on a day; an unknown age is not a minor's."""
    return birth_date is not None and day < birthday(birth_date, MAJORITY)
