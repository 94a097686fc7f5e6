"""Food waste weighed day by day, and its figures as ma-cantine asks for them.

The public platform keeps, for a period: diners, the mass of each source (preparation,
unserved, leftovers), whether it was sorted, and its edible and inedible parts.

Source: AGEC.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.cleaning.model import WasteMeasure
from cantine_desktop.i18n import mark
from cantine_desktop.values.period import Period

GRAMS = Decimal(1000)
"""In a kilogram."""

MEALS = "meal_count"
"""The line of the diners of a day."""

BIOWASTE = "biowaste"
"""The line of what was handed over for collection; it is no part of the total."""


class WasteFrom(StrEnum):
    """Where food waste comes from."""

    PREPARATION = "preparation"
    UNSERVED = "unserved"
    LEFTOVERS = "leftovers"


class Share(StrEnum):
    """What part of it was weighed."""

    EDIBLE = "edible"
    INEDIBLE = "inedible"
    TOGETHER = "together"


FROM_TITLES = {
    WasteFrom.PREPARATION: mark("Préparation"),
    WasteFrom.UNSERVED: mark("Non servi"),
    WasteFrom.LEFTOVERS: mark("Restes d’assiette"),
}
SHARE_TITLES = {
    Share.EDIBLE: mark("comestible"),
    Share.INEDIBLE: mark("non comestible"),
    Share.TOGETHER: mark("pesé sans trier"),
}


def line_of(source: WasteFrom, share: Share) -> str:
    """Return the name of a line of the sheet: ``"preparation_edible"``."""
    return f"{source}_{share}"


WEIGHTS = tuple(line_of(source, share) for source in WasteFrom for share in Share)
"""Lines that make the total, in kilograms."""

LINES = (*WEIGHTS, MEALS, BIOWASTE)
"""Every line of the sheet."""


class SourceMass(NamedTuple):
    """The mass of a source over a period, in kilograms.

    Attributes:
        total: Everything weighed.
        is_sorted: All of it was weighed edible and inedible apart.
        edible: What could have been eaten; ``None`` when not all was sorted.
        inedible: Peelings, bones; ``None`` when not all was sorted.
    """

    total: Decimal
    is_sorted: bool
    edible: Decimal | None
    inedible: Decimal | None


class WasteMeasurement(NamedTuple):
    """Food waste over a period, with the fields of ma-cantine's ``WasteMeasurement``.

    Attributes:
        period_start_date: First day something was weighed.
        period_end_date: Last day something was weighed.
        meal_count: Diners of those days; ``None`` when a weighed day has none written.
        total_mass: Kilograms.
        is_sorted_by_source: It was weighed source by source: always so here.
        sources: Each source that was weighed.
    """

    period_start_date: date
    period_end_date: date
    meal_count: int | None
    total_mass: Decimal
    is_sorted_by_source: bool
    sources: dict[WasteFrom, SourceMass]

    @property
    def grams_per_diner(self) -> Decimal | None:
        """Grams for one diner, unrounded; ``None`` without diners."""
        return per_diner(self.total_mass, self.meal_count)

    def fields(self) -> dict[str, object]:
        """Return the fields under the names of the platform, masses in kilograms."""
        found: dict[str, object] = {
            "period_start_date": self.period_start_date,
            "period_end_date": self.period_end_date,
            "meal_count": self.meal_count,
            "total_mass": self.total_mass,
            "is_sorted_by_source": self.is_sorted_by_source,
        }
        for source in WasteFrom:
            mass = self.sources.get(source)
            found[f"{source}_total_mass"] = mass.total if mass else None
            found[f"{source}_is_sorted"] = mass.is_sorted if mass else None
            found[f"{source}_edible_mass"] = mass.edible if mass else None
            found[f"{source}_inedible_mass"] = mass.inedible if mass else None
        return found


def per_diner(kilograms: Decimal, diners: int | None) -> Decimal | None:
    """Return grams for one diner, unrounded; ``None`` without diners."""
    return kilograms * GRAMS / diners if diners else None


def measured(session: Session, period: Period) -> WasteMeasurement | None:
    """Return what was weighed in a period; ``None`` when nothing was."""
    return totals_of(_weights(session, period))


def totals_of(days: Mapping[date, Mapping[str, Decimal]]) -> WasteMeasurement | None:
    """Add up what was weighed, from the lines of each day.

    A day whose diners alone were counted is no weighing: they would make grams look small.
    """
    weighed = {day: lines for day, lines in days.items() if any(line in lines for line in WEIGHTS)}
    if not weighed:
        return None
    counts = [lines.get(MEALS) for lines in weighed.values()]
    meals = None if None in counts else int(sum(filter(None, counts), Decimal(0)))
    sources = {source: mass for source in WasteFrom if (mass := _mass(weighed.values(), source))}
    return WasteMeasurement(
        min(weighed),
        max(weighed),
        meals,
        sum((mass.total for mass in sources.values()), Decimal(0)),
        is_sorted_by_source=True,
        sources=sources,
    )


def _mass(days: Iterable[Mapping[str, Decimal]], source: WasteFrom) -> SourceMass | None:
    parts: dict[Share, Decimal] = {}
    for lines in days:
        for share in Share:
            value = lines.get(line_of(source, share))
            if value is not None:
                parts[share] = parts.get(share, Decimal(0)) + value
    if not parts:
        return None
    is_sorted = not parts.get(Share.TOGETHER)
    zero = Decimal(0)
    return SourceMass(
        sum(parts.values(), zero),
        is_sorted,
        parts.get(Share.EDIBLE, zero) if is_sorted else None,
        parts.get(Share.INEDIBLE, zero) if is_sorted else None,
    )


def _weights(session: Session, period: Period) -> dict[date, dict[str, Decimal]]:
    rows = session.scalars(
        select(WasteMeasure)
        .where(WasteMeasure.day >= period.first, WasteMeasure.day < period.end)
        .order_by(WasteMeasure.id)
    ).all()
    replaced = {row.corrects_id for row in rows}
    found: dict[date, dict[str, Decimal]] = {}
    for row in rows:
        if row.value is not None and row.id not in replaced and not row.is_void:
            found.setdefault(row.day, {})[row.line] = row.value
    return found
