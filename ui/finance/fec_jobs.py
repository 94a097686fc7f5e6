"""What the screen of FECs does beside the window: checking, exporting, saving a report."""

import io
from datetime import date, datetime
from pathlib import Path

from cantine_desktop.finance.fec.checking import check_fec
from cantine_desktop.finance.fec.exporting import export, register
from cantine_desktop.finance.fec.faults import Report
from cantine_desktop.finance.ledger.model import FiscalYear
from cantine_desktop.i18n import tr
from cantine_desktop.replacing import write_whole
from cantine_desktop.storage.book import Book
from ui.kit import jobs


def check(path: Path, today: date, progress: jobs.Report) -> Report:
    """Check a file, saying how far it is.

    Raises:
        OSError: It cannot be read.
    """

    def step(share: float) -> None:
        progress.step(round(share * 100), path.name)

    with path.open("rb") as source:
        return check_fec(source, path.name, today=today, step=step)


def export_year(book: Book, year: int, folder: Path, progress: jobs.Report) -> Report:
    """Write the FEC of a year and its papers into a folder, note it, and return its control.

    Raises:
        OSError: The folder cannot be written to.
        UserError: There is no SIREN, or nothing validated.
    """
    now = book.clock()

    def step(share: float) -> None:
        progress.step(round(share * 100))

    with book.read() as session:
        made = export(session, session.get_one(FiscalYear, year), folder, now, step=step)
    with book.action(tr("Export du FEC"), undoable=False) as action:
        found = action.get_one(FiscalYear, year)
        register(action, found, made.totals, now, book.actor.name)
    return made.report


def save_report(report: Report, path: Path, now: datetime) -> Path:
    """Save a control report as PDF.

    Raises:
        OSError: The place cannot be written to.
    """
    from cantine_desktop.finance.fec.report import write_report  # noqa: PLC0415  -- ReportLab

    content = io.BytesIO()
    write_report(content, report, now)
    write_whole(path, content.getvalue())
    return path
