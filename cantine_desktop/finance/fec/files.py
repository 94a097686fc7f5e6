"""What goes out to, and comes in from, other programs."""

from datetime import datetime
from io import BytesIO
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.finance.fec.exporting import export_zip, register, year_at
from cantine_desktop.finance.fec.writing import write_fec
from cantine_desktop.i18n import mark, tr
from cantine_desktop.storage.book import Book
from cantine_desktop.values.period import Period


def _write(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    export_zip(session, year_at(session, period.last), target, now)


def _note(book: Book, period: Period, now: datetime) -> None:
    with book.action(tr("Export du FEC"), undoable=False) as session:
        year = year_at(session, period.last)
        totals = write_fec(session, year, BytesIO(), now)
        register(session, year, totals, now, book.actor.name)


EXPORTS: tuple[Export, ...] = (
    Export(
        "fec", mark("FEC d’un exercice et ses documents"), ".zip", _write, "finance", note=_note
    ),
)
IMPORTS: tuple[Import, ...] = ()
