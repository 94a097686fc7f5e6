"""One page for the checks of a week, of the day and of the week, each grid with its own id."""

from datetime import datetime
from typing import IO

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.clock import PARIS
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.sheet_ids import sheet_id
from cantine_desktop.documents.styles import heading, small, writing_lines
from cantine_desktop.hygiene.cleaning.matrices import DAY_CHECKS, WEEK_CHECKS
from cantine_desktop.hygiene.cleaning.sheets import basis_of, blank_part
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period

PARTS = (DAY_CHECKS, WEEK_CHECKS)
"""The two sheets of the page, from top to bottom."""


def write_checks_page(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the checks of a week to fill by hand, on one page where few are followed.

    Args:
        session: Where to read the points followed and the name of the canteen.
        period: Any days; the ISO week of the first one is written.
        now: The present instant.
        target: Where the PDF goes.
    """
    week = Period.week(period.first)
    frame = PageFrame(
        canteen_name(session),
        tr("Contrôles du jour, de la semaine et du mois"),
        in_words(week),
        now,
        sheet_id=" · ".join(_codes(week)),
        footer=basis_of(session, DAY_CHECKS),
        landscape=True,
    )
    write_document(target, frame, _story(session, week))


def fits_one_page(session: Session, week: Period) -> bool:
    """Tell whether the checks a canteen follows leave both grids on one page."""
    width, height = PageFrame("", "", "", datetime(2000, 1, 1, tzinfo=PARIS), landscape=True).room
    story = _story(session, week)
    taken = sum(each.wrap(width, height)[1] + each.getSpaceBefore() for each in story)
    return taken + sum(each.getSpaceAfter() for each in story) <= height


def _codes(week: Period) -> list[str]:
    return [sheet_id(each.letter, week, Cadence.WEEK) for each in PARTS]


def _story(session: Session, week: Period) -> list[Flowable]:
    story: list[Flowable] = []
    legends: dict[str, None] = {}
    for matrix, code in zip(PARTS, _codes(week), strict=True):
        grid, legend = blank_part(session, matrix, week)
        story += [heading(f"{tr(matrix.title)}  —  {code}"), grid]
        legends[legend] = None
    title = tr("Écarts, actions correctives et visa du responsable en fin de semaine")
    return [*story, *map(small, legends), writing_lines(title, 1)]


DOCUMENTS = (
    Document(
        "checks-week-blank",
        mark("Contrôles du jour, de la semaine et du mois"),
        write_checks_page,
        "",
        Cadence.WEEK,
        "hygiene",
        form=mark("{title} : une page à remplir"),
    ),
)
"""The page of the checks, for a canteen that follows few."""
