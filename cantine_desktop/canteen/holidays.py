"""Public holidays of the département where the canteen stands."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

_SUBDIVISIONS = {
    "57": "57",
    "67": "6AE",
    "68": "6AE",
    "971": "971",
    "972": "972",
    "973": "973",
    "974": "974",
    "975": "PM",
    "976": "976",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}
"""Départements whose holidays are not those of the rest of France."""


def public_holidays(department: str, year: int) -> dict[date, str]:
    """Return the public holidays of a calendar year, with their French names, in order.

    Alsace and Moselle have two more, Good Friday and 26 December; so have most overseas
    départements the day slavery ended there.

    Args:
        department: ``"67"``, ``"2A"``, ``"971"``; empty or unknown is the rest of France.
        year: A calendar year.

    Source: CT-FERIES.
    """
    return dict(_of_year(_SUBDIVISIONS.get(department.strip().upper()), year))


def public_holiday(department: str, day: date) -> str:
    """Return the French name of the public holiday a day is; empty for the others."""
    return _of_year(_SUBDIVISIONS.get(department.strip().upper()), day.year).get(day, "")


@lru_cache(maxsize=64)
def _of_year(subdivision: str | None, year: int) -> Mapping[date, str]:
    # The library takes 60 ms to come in: only who asks for a holiday pays.
    from holidays import country_holidays  # noqa: PLC0415

    known = country_holidays("FR", subdivision, year, observed=False, language="fr")
    named = {day: known[day].replace("'", "’") for day in sorted(known)}
    return MappingProxyType({day: name for day, name in named.items() if day.year == year})
