"""The civil day of a desk."""

from datetime import date

from cantine_desktop.clock import civil_date
from ui.desk import Desk


def today_of(desk: Desk) -> date:
    """Return the civil day by the book's clock."""
    return civil_date(desk.book.clock())
