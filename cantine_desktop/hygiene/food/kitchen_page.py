"""One page for a week at the stove (D03): cooking, cooling and reheating, each with its id."""

from datetime import datetime
from itertools import pairwise
from typing import IO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.grids import LEAST_MM
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.documents.styles import heading, small
from cantine_desktop.hygiene.food.cooking import COOKING
from cantine_desktop.hygiene.food.cooling import COOLING
from cantine_desktop.hygiene.food.reheating import REHEATING
from cantine_desktop.hygiene.food.words import basis_line
from cantine_desktop.hygiene.registers.sheets import Sheet, blank_grid, code_of, legend_of
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.hygiene.sheet_notes import kept_line
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period

PARTS = (COOKING, COOLING, REHEATING)
"""The three sheets of the page, from top to bottom."""

SHARES = (5, 3, 3)
"""How the rows of the page are shared between them."""

LEAST_ROWS = 3

BASIS = ("COO-01", "COL-01", "REH-01")
"""Points whose basis is said at the foot of the page."""


def write_kitchen_page(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the page to fill by hand in a week of few dishes.

    Args:
        session: Where to read limits and the name of the canteen.
        period: Any days; the ISO week of the first one is written.
        now: The present instant.
        target: Where the PDF goes.
    """
    week = Period.week(period.first)
    sheets = [Sheet(register, week, now) for register in PARTS]
    frame = PageFrame(
        canteen_name(session),
        tr("Cuissons, refroidissements, remises en température"),
        in_words(week),
        now,
        sheet_id=" · ".join(code_of(register, week) for register in PARTS),
        footer=kept_line(session, Retention.MONITORING),
    )
    rows, height = _rows(session, sheets, frame)
    write_document(target, frame, _story(session, sheets, rows, height))


def _story(
    session: Session, sheets: list[Sheet], rows: tuple[int, ...], height: float
) -> list[Flowable]:
    story: list[Flowable] = []
    for sheet, count in zip(sheets, rows, strict=True):
        title = f"{tr(sheet.register.title)}  —  {code_of(sheet.register, sheet.week)}"
        grid = blank_grid(sheet, count, height)
        story += [heading(title), *legend_of(session, sheet)[:1], grid]
    how = tr("Notez ce qui est lu, jamais « OK » ; entourez ce qui ne va pas.")
    basis = basis_line(session, BASIS, sheets[0].week.first)
    visa = tr("Visa du responsable : ______________________")
    return [*story, small(f"{how} {basis}"), small(visa)]


def _rows(session: Session, sheets: list[Sheet], frame: PageFrame) -> tuple[tuple[int, ...], float]:
    """Return how many rows each part has, and how high they are, so that one page holds all."""
    least = (LEAST_ROWS,) * len(sheets)
    width, height = frame.room
    story = _story(session, sheets, least, LEAST_MM)
    heights = [each.wrap(width, height)[1] for each in story]
    # Between two parts stands the larger of their spaces.
    gaps = [max(a.getSpaceAfter(), b.getSpaceBefore()) for a, b in pairwise(story)]
    taken = sum(heights) + sum(gaps)
    spare = int((height - taken) / mm / LEAST_MM)
    shared = [spare * share // sum(SHARES) for share in SHARES]
    shared[0] += spare - sum(shared)
    rows = tuple(LEAST_ROWS + more for more in shared)
    left = (height - taken) / mm - (sum(rows) - sum(least)) * LEAST_MM - 1
    return rows, LEAST_MM + max(left, 0) / sum(rows)


DOCUMENTS = (
    Document(
        "kitchen-week-blank",
        mark("Cuissons, refroidissements, remises en température"),
        write_kitchen_page,
        "D03",
        Cadence.WEEK,
        "hygiene",
        form=mark("{title} : une page à remplir"),
    ),
)
"""The page of the stove, for a canteen of few dishes."""
