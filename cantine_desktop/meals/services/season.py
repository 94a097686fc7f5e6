"""The season that fills itself: usual services are there well ahead, and nobody has to ask."""

from datetime import date, timedelta

from cantine_desktop.clock import civil_date
from cantine_desktop.i18n import tr
from cantine_desktop.meals.services import planning
from cantine_desktop.meals.services.queries import patterns
from cantine_desktop.storage.book import Book

AHEAD = timedelta(days=366)
"""Services are made this far ahead."""

SHORT = timedelta(days=180)
"""Less than that ahead, more are made."""


def fill_season(book: Book, seen: date | None = None) -> int:
    """Make usual services ahead when few are left; return how many were made.

    Args:
        book: Of an actor at work; one who may not write meals makes none.
        seen: The last day that somebody looks at; by default today.
    """
    if not book.actor.may_write("meals") or not book.actor.may_read("meals"):
        return 0
    now = book.clock()
    last = max(civil_date(now), seen or date.min)
    with book.read() as session:
        is_short = any(
            (row.filled_until or date.min) < last + SHORT
            and (row.last is None or row.last > (row.filled_until or date.min))
            for row in patterns(session)
        )
    if not is_short:
        return 0
    with book.action(tr("Services de la saison"), undoable=False) as session:
        return planning.fill(session, last + AHEAD, now)
