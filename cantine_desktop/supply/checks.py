"""What is proved of supply when a book is verified, part after part."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from cantine_desktop.storage.findings import Finding
from cantine_desktop.supply.products import checks as products


def check_supply(session: Session) -> Iterator[Finding]:
    """Find what does not hold together, part after part."""
    for part in (products,):
        yield from part.check(session)
