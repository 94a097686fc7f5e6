"""The sheets of the week, in one file to print and hang: the weekly hygiene kit."""

from datetime import datetime
from io import BytesIO
from typing import IO

from pikepdf import Pdf
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.archive import About, to_pdfa
from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.hygiene import sheets as hygiene
from cantine_desktop.i18n import language, mark, tr
from cantine_desktop.values.period import Period

KIT = ("temperatures-week-blank",)
"""Documents of the kit, by key, in the order they are hung."""


def write_weekly_kit(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write every sheet to fill in a week, one after the other, as one file.

    Each sheet keeps its own code and page numbers, since each hangs in its own place.
    """
    week = Period.week(period.first)
    merged = BytesIO()
    with Pdf.new() as kit:
        for document in hygiene.DOCUMENTS:
            if document.key in KIT:
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
