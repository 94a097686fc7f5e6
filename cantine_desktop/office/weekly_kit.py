"""The sheets of the week, in one file to print and hang: the weekly hygiene kit."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import IO

from pikepdf import Pdf
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name, open_days, the_canteen
from cantine_desktop.documents.archive import About, to_pdfa
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.hygiene import sheets as hygiene
from cantine_desktop.hygiene.catalogue import MATRICES, REGISTERS
from cantine_desktop.hygiene.cleaning import checks_page
from cantine_desktop.hygiene.cleaning import sheets as days
from cantine_desktop.hygiene.cleaning.matrix import Matrix
from cantine_desktop.hygiene.food import kitchen_page
from cantine_desktop.hygiene.plan.in_force import points_in_force
from cantine_desktop.hygiene.registers.register import Register
from cantine_desktop.hygiene.registers.sheets import documents_of
from cantine_desktop.i18n import language, mark, tr
from cantine_desktop.values.period import Period

KIT = (
    "T", "RE", "DL", "CU", "FR", "RT", "FA", "HU", "SV", "PT", "AC", "AL", "JO", "NE", "HE", "DE",
    "TR",
)  # fmt: skip
"""Letters of the sheets, in the order they are met on the walls, from the door to the dining room.

Sheets that are not of every week, such as calibration, are printed when their day comes.
"""

ITS_OWN = frozenset({"JO", "NE", "HE"})
"""Sheets of days whose rows are what is asked: they are printed when they have any."""

STOVE = tuple(register.letter for register in kitchen_page.PARTS)
"""Sheets that a small canteen has on one page."""

CHECKS = tuple(matrix.letter for matrix in checks_page.PARTS)
"""Sheets of checks that share a page where few points are followed."""

FEW_MEALS = 250
"""Meals a week up to which the dishes of a week are few enough for one page. Source: BP."""


def sheets_of(session: Session, week: Period) -> list[Document]:
    """Return the sheets this canteen has to fill in a week, in the order they are hung.

    A sheet is printed when the canteen has use for it (a fryer, meals for members) and
    the plan in force has a point that it proves. A small canteen cooks, cools and reheats
    on one page.
    """
    return list(_sheets(session, week))


def _sheets(session: Session, week: Period) -> Iterator[Document]:
    asked = frozenset(point.code for point in points_in_force(session, week.last))
    wanted = {
        register.letter: register for register in REGISTERS if _is_wanted(session, register, asked)
    }
    matrices = {each.letter: each for each in MATRICES if _is_due(session, each, week, asked)}
    together = is_small(session, week) and all(letter in wanted for letter in STOVE)
    both = all(letter in matrices for letter in CHECKS)
    shared = both and checks_page.fits_one_page(session, week)
    for letter in KIT:
        if letter == "T":
            yield from (each for each in hygiene.DOCUMENTS if each.key == "temperatures-week-blank")
        elif together and letter in STOVE:
            yield from kitchen_page.DOCUMENTS if letter == STOVE[0] else ()
        elif shared and letter in CHECKS:
            yield from checks_page.DOCUMENTS if letter == CHECKS[0] else ()
        elif letter in wanted:
            yield documents_of(wanted[letter])[0]
        elif letter in matrices:
            yield days.documents_of(matrices[letter])[0]


def _is_wanted(session: Session, register: Register, asked: frozenset[str]) -> bool:
    return not asked.isdisjoint(register.points) and register.applies(session)


def _is_due(session: Session, matrix: Matrix, week: Period, asked: frozenset[str]) -> bool:
    if not matrix.applies(session) or not matrix.items(session, week):
        return False
    return matrix.letter in ITS_OWN or not asked.isdisjoint(matrix.points)


def is_small(session: Session, week: Period) -> bool:
    """Tell whether a week has so few meals that its dishes fit one page."""
    canteen = the_canteen(session)
    seats = canteen.seats if canteen is not None else 0
    return seats * len(open_days(session, week)) <= FEW_MEALS


def write_weekly_kit(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write every sheet to fill in a week, one after the other, as one file.

    Each sheet keeps its own code and page numbers, since each hangs in its own place:
    there is no cover, paper is money.
    """
    week = Period.week(period.first)
    merged = BytesIO()
    with Pdf.new() as kit:
        for document in sheets_of(session, week):
            part = BytesIO()
            document.write(session, week, now, part)
            with Pdf.open(part) as sheet:
                kit.pages.extend(sheet.pages)
        kit.save(merged, deterministic_id=True)
    about = About(tr("Kit hygiène de la semaine"), canteen_name(session), language(), now)
    target.write(to_pdfa(merged.getvalue(), about))


DOCUMENTS = (
    Document(
        "weekly-kit",
        mark("Kit hygiène de la semaine"),
        write_weekly_kit,
        cadence=Cadence.WEEK,
        area="hygiene",
    ),
)
"""The kit, as one document of the catalogue."""
