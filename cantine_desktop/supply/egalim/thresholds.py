"""What the law asks of quality food, which depends on where the canteen is and on the year.

Source: EGALIM, EGALIM-OM, EGALIM-SPM.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import msgspec
from sqlalchemy.orm import Session

import resources
from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.canteen.model import Canteen
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period

NETWORK_TARGET = 50
"""Hundredths of organic or local food that the network asks of itself; no law does."""

GENERAL = "general"
_WHERE = {
    "group-1": mark("Guadeloupe, Guyane, Martinique, La Réunion et Saint-Martin"),
    "mayotte": mark("Mayotte"),
    "saint-pierre-et-miquelon": mark("Saint-Pierre-et-Miquelon"),
}
_POSTCODE = re.compile(r"\b(97|98)\d{3}\b")
_ISLANDS = {"97133": "977", "97150": "978"}
"""Postcodes of two former communes of Guadeloupe, which kept its 971."""


class _Threshold(msgspec.Struct, frozen=True):
    since: int
    quality: int
    organic: int
    source: str


class _Place(msgspec.Struct, frozen=True):
    key: str
    departments: tuple[str, ...]
    thresholds: tuple[_Threshold, ...]


class _Everyone(msgspec.Struct, frozen=True):
    since: int
    source: str


class _Animal(msgspec.Struct, frozen=True):
    since: int
    value: int
    source: str


class _File(msgspec.Struct, frozen=True):
    everyone: _Everyone
    places: tuple[_Place, ...]
    animal: _Animal


@dataclass(frozen=True)
class Thresholds:
    """What is asked of the purchases of a calendar year, in hundredths, and why that.

    Attributes:
        department: Where the canteen is, ``"67"`` or ``"974"``; empty when nobody said.
        year: The calendar year.
        quality: Of all food, durable and quality food; ``None`` before there was a law.
        organic: Of all food, organic food; ``None`` before there was a law.
        animal: Of meat and fish, durable and quality food; ``None`` before it was asked.
        where: Who is asked that, marked; empty where no place has thresholds of its own.
        since: First year these hold.
        until: Last year these hold; ``None`` when no end is known.
        everyone: First year in which private canteens are asked it, too.
    """

    department: str
    year: int
    quality: int | None
    organic: int | None
    animal: int | None
    where: str
    since: int
    until: int | None
    everyone: int

    @property
    def sentence(self) -> str:
        """Say which thresholds apply, over which years, and why those."""
        if self.quality is None:
            words = tr("La loi ne demandait encore rien en {year}.")
            return words.format(year=self.year)
        said = self._which().format(
            where=tr(self.where) if self.where else "",
            span=self._span(),
            department=self.department,
        )
        if self.year >= self.everyone:
            return said
        late = tr("Avant {year}, elle ne les demande qu’aux cantines d’un service public.")
        return f"{said} {late.format(year=self.everyone)}"

    def _which(self) -> str:
        if self.where:
            return tr(
                "Seuils de la loi pour {where}, {span} : la cantine est dans le département"
                " {department}."
            )
        if self.department:
            return tr(
                "Seuils généraux de la loi, {span} : aucun n’est propre au département"
                " {department}."
            )
        return tr(
            "Seuils généraux de la loi, {span} : le département de la cantine, qui se dit dans les"
            " réglages, n’est pas connu."
        )

    def _span(self) -> str:
        if self.until is None:
            return tr("depuis {first}").format(first=self.since)
        return tr("de {first} à {last}").format(first=self.since, last=self.until)


def thresholds(department: str, year: int) -> Thresholds:
    """Return what is asked in a département in a calendar year.

    Args:
        department: ``"67"``, ``"2A"`` or ``"974"``; empty or unknown has the general thresholds.
        year: The calendar year in which food was bought: the law counts by year.
    """
    known, plain = _known(), department.strip().upper()
    place = next(
        (each for each in known.places if plain in each.departments),
        next(each for each in known.places if each.key == GENERAL),
    )
    began = [each for each in place.thresholds if each.since <= year]
    ends = {first.since: then.since - 1 for first, then in pairwise(place.thresholds)}
    found = began[-1] if began else None
    return Thresholds(
        department=plain,
        year=year,
        quality=found.quality if found else None,
        organic=found.organic if found else None,
        animal=known.animal.value if year >= known.animal.since else None,
        where=_WHERE.get(place.key, ""),
        since=found.since if found else year,
        until=ends.get(found.since) if found else None,
        everyone=known.everyone.since,
    )


def thresholds_here(session: Session, period: Period) -> Thresholds:
    """Return what is asked where the canteen is, in the year of the last day of a period."""
    canteen = the_canteen(session)
    return thresholds(department_of(canteen) if canteen else "", period.last.year)


def department_of(canteen: Canteen) -> str:
    """Return the département of a canteen, read in an overseas postcode when it is not said.

    Saint-Barthélemy and Saint-Martin have postcodes of Guadeloupe: theirs decide even beside 971.
    """
    said = canteen.department.strip().upper()
    found = _POSTCODE.search(canteen.address)
    if found is None:
        return said
    island = _ISLANDS.get(found.group(), "")
    if island and said in {"", "971"}:
        return island
    return said or found.group()[:3]


@cache
def _known() -> _File:
    return msgspec.convert(tomllib.loads(resources.text("food/quality_thresholds.toml")), _File)
