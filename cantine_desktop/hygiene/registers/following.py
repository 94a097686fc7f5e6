"""What a record at fault becomes: the breach that accompanies it."""

from datetime import datetime

from sqlalchemy.orm import Session

from cantine_desktop.hygiene.faults import Fault, Source


def follow(
    session: Session,
    source: Source,
    fault: Fault | None,
    now: datetime,
    *,
    former: Source | None = None,
) -> None:
    """Make the breach of a record agree with what the record says now."""


def forget(session: Session, source: Source) -> None:
    """Drop the breach of a record about to be removed."""
