"""What is printed of visits: who came, slips to cut out, the sheet to count them."""

from functools import partial

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.i18n import mark
from cantine_desktop.meals.visits.report import write_attendance
from cantine_desktop.meals.visits.slip_sheets import LETTER, write_slips, write_tally

AREA = "meals"
SCREEN = "visits"

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "attendance",
        mark("Fréquentation"),
        write_attendance,
        "",
        Cadence.YEAR,
        AREA,
    ),
    Document(
        "diversity-slips",
        mark("Petits papiers anonymes, à découper"),
        write_slips,
        "",
        Cadence.MONTH,
        AREA,
    ),
    Document(
        "diversity-tally-blank",
        mark("Dépouillement des petits papiers, à remplir"),
        partial(write_tally, blank=True),
        "",
        Cadence.MONTH,
        AREA,
        LETTER,
        SCREEN,
    ),
    Document(
        "diversity-tally",
        mark("Dépouillement des petits papiers"),
        partial(write_tally, blank=False),
        "",
        Cadence.MONTH,
        AREA,
        LETTER,
        SCREEN,
    ),
)
