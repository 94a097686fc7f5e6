"""What is proved of the staff when a book is verified, part after part."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from cantine_desktop.staff.contracts.checks import check_contracts
from cantine_desktop.staff.hours.checks import check_hours
from cantine_desktop.storage.findings import Finding


def check_staff(session: Session) -> Iterator[Finding]:
    """Find what does not hold together, part after part."""
    yield from check_contracts(session)
    yield from check_hours(session)
