"""Numbers of papers: given when they are issued, without a gap, in the order of days.

Deposits are invoices and share their series; quotes and credit notes have theirs.
Source: CGI-ann2-242-nonies-A.
"""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.meals.events.model import EventPaper, PaperKind
from cantine_desktop.storage.numbering import NumberSeries, next_number

LETTERS = {
    PaperKind.QUOTE: "D",
    PaperKind.DEPOSIT: "F",
    PaperKind.INVOICE: "F",
    PaperKind.CREDIT_NOTE: "A",
}


def take_number(session: Session, kind: PaperKind, day: date) -> str:
    """Take the next number of a kind of paper: ``F2026-031``.

    Raises:
        UserError: A later paper of the series was issued: numbers follow the days.
    """
    letter = LETTERS[kind]
    kinds = [each for each, its in LETTERS.items() if its == letter]
    last = session.scalar(select(func.max(EventPaper.day)).where(EventPaper.kind.in_(kinds)))
    if last is not None and day < last:
        raise UserError(
            tr(
                "Un papier de cette série est daté du {last} : les numéros suivent les dates. "
                "Datez celui-ci du {last} ou d’après."
            ).format(last=short_day(last))
        )
    return f"{letter}{day.year}-{next_number(session, series_of(kind), day.year):03d}"


def series_of(kind: PaperKind) -> str:
    """Return the name of the series of a kind of paper."""
    return f"event-{LETTERS[kind]}"


def follow_on(session: Session, kind: PaperKind, year: int, last: int) -> None:
    """Go on after the numbers given elsewhere before this book: by hand, in another program.

    Args:
        session: The session of an action.
        kind: Any kind of the series.
        year: Calendar year.
        last: Last number given elsewhere.

    Raises:
        UserError: A number was given here already.
    """
    counter = session.scalar(
        select(NumberSeries).where(
            NumberSeries.series == series_of(kind), NumberSeries.year == year
        )
    )
    if counter is not None and counter.last > 0:
        raise UserError(
            tr("La série {letter}{year} a déjà commencé ici : ses numéros se suivent.").format(
                letter=LETTERS[kind], year=year
            )
        )
    if counter is None:
        counter = NumberSeries(series=series_of(kind), year=year)
        session.add(counter)
    counter.last = last
    session.flush()
