"""What the book knows of the days before a suspicion: dishes, lots, samples, temperatures."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene import catalogue
from cantine_desktop.hygiene.limits import Verdict
from cantine_desktop.hygiene.model import ColdUnit, Reading
from cantine_desktop.hygiene.registers.queries import records_of
from cantine_desktop.hygiene.registers.register import Register
from cantine_desktop.hygiene.registers.typing import text_of
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.i18n import tr
from cantine_desktop.values.period import Period

DISH, PRODUCT = "dish", "product"
LOTS = ("lot", "lots")
PLACE = "place"
SAMPLES, GOODS = "samples", "goods"
COUNTED = frozenset({Retention.BRIEFING, Retention.ALLERGEN_REFUSAL, Retention.PERMANENT})
"""Classes of registers that name people: only how many there were is said."""


class Told(NamedTuple):
    """A line of what was gathered.

    Attributes:
        day: Civil day.
        what: Dish or product.
        sheet: Where it is written.
        lots: Lots, as written.
        place: Where it is kept, for a sample.
        beside: What else the sheet says of it.
        dish: It is a dish that was served or made, not a product.
    """

    day: date
    what: str
    sheet: str
    lots: str = ""
    place: str = ""
    beside: str = ""
    dish: bool = False


Teller = Callable[[Session, Period], Iterable[Told]]
"""Returns what a slice knows of some days: menus of services, lots of deliveries."""

TELLERS: list[Teller] = []
"""Slices that come later add theirs by a line here; registers are told without one."""


class Warmth(NamedTuple):
    """What a cold unit showed over the days.

    Attributes:
        unit: Its name.
        readings: How many there are.
        lowest: In °C; ``None`` without any.
        highest: In °C.
        breaches: How many were breaches.
    """

    unit: str
    readings: int
    lowest: Any
    highest: Any
    breaches: int


class Counted(NamedTuple):
    """A sheet of which only the number of lines is said.

    Attributes:
        sheet: Its title, translated.
        day: Civil day.
        number: How many lines.
    """

    sheet: str
    day: date
    number: int


@dataclass(frozen=True)
class Gathered:
    """What the book knows of some days.

    Attributes:
        period: The days gathered.
        dishes: Dishes made, served or sampled.
        samples: Sample dishes and where they are kept.
        goods: What came in.
        lots: Products used, with their lots.
        warmth: Cold units.
        counts: Sheets that name people, and the cleaning, by how many lines.
    """

    period: Period
    dishes: tuple[Told, ...] = ()
    samples: tuple[Told, ...] = ()
    goods: tuple[Told, ...] = ()
    lots: tuple[Told, ...] = ()
    warmth: tuple[Warmth, ...] = ()
    counts: tuple[Counted, ...] = ()


def days_of(meals: Period, days_before: int) -> Period:
    """Return the days of the suspected meals and those before."""
    return Period(meals.first - timedelta(days=days_before), meals.end)


def gather(session: Session, period: Period) -> Gathered:
    """Return what the book knows of some days, whatever registers this canteen uses.

    Args:
        session: Any session of the book.
        period: The days gathered.
    """
    told = [t for register in catalogue.REGISTERS for t in _told(session, register, period)]
    told += [t for teller in TELLERS for t in teller(session, period)]
    samples = {tr(each.title) for each in catalogue.REGISTERS if each.key == SAMPLES}
    goods = {tr(each.title) for each in catalogue.REGISTERS if each.key == GOODS}
    told.sort(key=lambda line: (line.day, line.what))
    return Gathered(
        period,
        tuple(line for line in told if line.dish and line.sheet not in samples),
        tuple(line for line in told if line.sheet in samples),
        tuple(line for line in told if line.sheet in goods),
        tuple(line for line in told if not line.dish and line.lots and line.sheet not in goods),
        tuple(_warmth(session, period)),
        tuple(_counts(session, period)),
    )


def meals_by_day(found: Gathered) -> dict[date, list[tuple[str, str, str]]]:
    """Return, day by day, each dish once with its lots and where its sample is."""
    days: dict[date, dict[str, tuple[set[str], set[str]]]] = {d: {} for d in found.period.days}
    for line in (*found.dishes, *found.samples):
        lots, places = days.setdefault(line.day, {}).setdefault(line.what, (set(), set()))
        lots |= {line.lots} - {""}
        places |= {line.place} - {""}
    return {
        day: [
            (dish, ", ".join(sorted(lots)), ", ".join(sorted(places)))
            for dish, (lots, places) in dishes.items()
        ]
        for day, dishes in days.items()
    }


def _told(session: Session, register: Register, period: Period) -> Iterable[Told]:
    keys = {column.key for column in register.columns}
    # A sheet of products used names their dish too; the lot is the product's.
    subject = next((key for key in (PRODUCT, DISH) if key in keys), "")
    if not subject or register.retention in COUNTED or register.keeps_names:
        return
    lot = next((key for key in LOTS if key in keys), "")
    for record in records_of(session, register, period):
        if what := str(getattr(record, subject) or "").strip():
            lots = str(getattr(record, lot) or "") if lot else ""
            place = str(getattr(record, PLACE, "") or "") if register.key == SAMPLES else ""
            beside = _beside(register, record, {subject, lot, "day", PLACE})
            yield Told(record.day, what, tr(register.title), lots, place, beside, subject == DISH)


def _beside(register: Register, record: Any, said: set[str]) -> str:
    parts = [
        f"{tr(column.title)} {text}{column.unit and ' ' + column.unit}"
        for column in register.columns
        if column.key not in said and column.key != "initials" and (text := text_of(column, record))
    ]
    return " · ".join(parts)


def _warmth(session: Session, period: Period) -> Iterable[Warmth]:
    query = (
        select(Reading, ColdUnit)
        .join(Reading.unit)
        .where(Reading.day >= period.first, Reading.day < period.end)
        .order_by(ColdUnit.position, ColdUnit.id, Reading.revision)
    )
    units: dict[str, dict[tuple[date, str], Reading]] = {}
    for reading, unit in session.execute(query):
        units.setdefault(unit.name, {})[reading.day, reading.slot] = reading
    for name, cells in units.items():
        read = [reading for reading in cells.values() if reading.celsius is not None]
        degrees = [reading.celsius for reading in read if reading.celsius is not None]
        bad = sum(reading.verdict is Verdict.BREACH for reading in read)
        lowest, highest = min(degrees, default=None), max(degrees, default=None)
        yield Warmth(name, len(read), lowest, highest, bad)


def _counts(session: Session, period: Period) -> Iterable[Counted]:
    named = [r for r in catalogue.REGISTERS if r.retention in COUNTED or r.keeps_names]
    sheets: Sequence[Any] = (*named, *getattr(catalogue, "MATRICES", ()))
    for sheet in sheets:
        days: dict[date, int] = {}
        query = select(sheet.model.day).where(
            sheet.model.day >= period.first, sheet.model.day < period.end
        )
        for day in session.scalars(query.order_by(sheet.model.day)):
            days[day] = days.get(day, 0) + 1
        for day, number in days.items():
            yield Counted(tr(sheet.title), day, number)
