"""The cleaning plan to start from: 27 lines, adapted to what the canteen has.

No product, no dose and no contact time: they are on the label of what the canteen buys,
and the times that plans propose are left out.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.hygiene.cleaning.model import CleaningTask, Every, When
from cantine_desktop.hygiene.cleaning.tasks import cleaning_tasks
from cantine_desktop.hygiene.limits import UnitKind
from cantine_desktop.hygiene.model import ColdUnit
from cantine_desktop.hygiene.plan.in_force import traits_of
from cantine_desktop.hygiene.plan.shipped import CleaningItem, shipped
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period

ZONES: dict[str, tuple[str, ...]] = {
    mark("Cuisine"): (
        "PN-01",
        "PN-02",
        "PN-03",
        "PN-04",
        "PN-05",
        "PN-09",
        "PN-10",
        "PN-11",
        "PN-21",
    ),
    mark("Froid et réserve"): ("PN-06", "PN-07", "PN-08", "PN-20"),
    mark("Plonge et déchets"): ("PN-12", "PN-13", "PN-14", "PN-15", "PN-26"),
    mark("Salle"): ("PN-16", "PN-17", "PN-22"),
    mark("Sanitaires"): ("PN-18", "PN-19"),
    mark("Matériel, linge et abords"): ("PN-24", "PN-25", "PN-23", "PN-27"),
}
"""Lines of the shipped plan zone by zone, in the order of the sheet."""

NEEDS = {
    "PN-21": "has:fryer",
    "PN-06": "has:cold_unit",
    "PN-07": "has:cold_unit",
    "PN-08": "has:freezer",
}
"""What the canteen must have for a line to be of use."""

AMBIENT = "ambiante"


def starter_lines(
    session: Session, now: datetime, traits: Collection[str] | None = None
) -> list[tuple[str, str, CleaningItem]]:
    """Return the lines of use to this canteen: its zone, its code, the line.

    Args:
        session: Where to read.
        now: The present instant.
        traits: What the canteen has, ``"has:fryer"``…; by default what its plan says.
    """
    known = traits_of(session, civil_date(now)) if traits is None else traits
    has = {*known, *_cold_traits(session)}
    lines = shipped().cleaning
    placed = {code for codes in ZONES.values() for code in codes}
    others = tuple(code for code in lines if code not in placed)
    return [
        (zone, code, lines[code])
        for zone, codes in (*ZONES.items(), (mark("Autres"), others))
        for code in codes
        if code in lines and (code not in NEEDS or NEEDS[code] in has)
    ]


def add_starter_tasks(
    session: Session, now: datetime, traits: Collection[str] | None = None
) -> int:
    """Add the lines of the starter plan that are not there yet; return how many.

    They are due from the week of today: a past without a plan has no gap.
    """
    known = {task.code for task in session.scalars(select(CleaningTask))}
    fresh = [line for line in starter_lines(session, now, traits) if line[1] not in known]
    for rank, (zone, code, line) in enumerate(fresh):
        session.add(
            CleaningTask(
                zone=tr(zone),
                name=line.name,
                every=Every(line.frequency),
                when=When(line.when),
                temperature="" if line.temperature == AMBIENT else _sentence(line.temperature),
                method=_sentence(line.method),
                rinse=line.rinse,
                code=code,
                since=Period.week(civil_date(now)).first,
                position=100_000 + rank,
            )
        )
    session.flush()
    for position, task in enumerate(cleaning_tasks(session), 1):
        task.position = position
    return len(fresh)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _cold_traits(session: Session) -> set[str]:
    kinds = set(session.scalars(select(ColdUnit.kind)))
    found = {"has:cold_unit"} if kinds else set[str]()
    return found | ({"has:freezer"} if UnitKind.FREEZER in kinds else set[str]())
