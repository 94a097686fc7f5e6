"""Destroying what has reached its term: listed first, in one action that nothing takes back."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import ConflictError, UserError
from cantine_desktop.hygiene.keeping.review import Item, review
from cantine_desktop.hygiene.keeping.series import Series, all_series, day_of
from cantine_desktop.hygiene.retention.dates import months_after
from cantine_desktop.i18n import tr
from cantine_desktop.storage.attachments import Attachment
from cantine_desktop.storage.backup import MONTHLY
from cantine_desktop.storage.destruction import DestructionCertificate, destroy, joined_files
from cantine_desktop.storage.keys import Ranges
from cantine_desktop.storage.types import canonical_json
from cantine_desktop.storage.watch import watch_of
from cantine_desktop.values.period import DAY, Period


@dataclass(frozen=True)
class Destroyed:
    """One line of a certificate.

    Attributes:
        title: Kind of record, marked.
        retention: Class, by its key.
        count: How many.
        first: Earliest day; ``None`` when none was known.
        last: Latest day.
        names: They named people.
        past: How many had been erased before, and stood in history alone.
    """

    title: str
    retention: str
    count: int
    first: date | None
    last: date | None
    names: bool
    past: int


@dataclass(frozen=True)
class Certificate:
    """A certificate of destruction, as screens and paper show it.

    Attributes:
        number: Its key.
        at: Instant of the destruction.
        by: Initials of who ordered it.
        lines: What was destroyed, kind by kind.
        files: How many joined files went with it.
        digest: SHA-256, in hexadecimal, over the list of keys destroyed.
    """

    number: int
    at: datetime
    by: str
    lines: tuple[Destroyed, ...]
    files: int
    digest: str

    @property
    def count(self) -> int:
        """How many records were destroyed."""
        return sum(line.count for line in self.lines)

    @property
    def backups_gone(self) -> date:
        """Last day on which a monthly backup may still hold the data.

        The last backup of its month stays until as many other months have theirs.
        """
        return months_after(civil_date(self.at).replace(day=1), MONTHLY + 1) - DAY


def purge(
    session: Session, tables: Collection[str], seen: int, by: str, now: datetime
) -> DestructionCertificate:
    """Destroy all that may be of some series, with the files joined to nothing else.

    The list is made again in the same transaction: nothing that became held or needed
    since it was shown is destroyed, and nothing that was not counted in it.

    Call it in ``book.action(label, undoable=False)``, then ``storage.scrubbing.scrub``.

    Args:
        session: The session of an action.
        tables: Series chosen, by table.
        seen: How many records the person was shown.
        by: Initials of who orders it.
        now: The present instant, aware.

    Raises:
        ConflictError: What may be destroyed is no longer what was shown.
        UserError: No initials, or nothing to destroy.
    """
    if not by.strip():
        raise UserError(tr("Signez de vos initiales."))
    chosen = review(session, now).chosen(tables)
    if not chosen:
        raise UserError(tr("Il n’y a rien à détruire."))
    if len(chosen) != seen:
        raise ConflictError(
            tr("La liste a changé depuis que vous l’avez lue. Relisez-la, puis recommencez.")
        )
    spots = [item.spot for item in chosen]
    with watch_of(session).pause():
        files = joined_files(session.connection(), spots)
    by_table: dict[str, list[Item]] = {}
    for item in chosen:
        by_table.setdefault(item.spot[0], []).append(item)
    kinds = [each for each in all_series() if each.table in by_table]
    lines = [_written(each, by_table[each.table]) for each in kinds]
    return destroy(session, [*spots, *files], lines, by, now)


def certificates(session: Session, period: Period | None = None) -> list[Certificate]:
    """Return the certificates of a book, newest first.

    Args:
        session: Any session of the book.
        period: Civil days wanted; by default all.
    """
    query = select(DestructionCertificate).order_by(DestructionCertificate.id.desc())
    rows = session.scalars(query)
    return [_read(row) for row in rows if period is None or civil_date(row.at) in period]


def _written(series: Series, items: Sequence[Item]) -> dict[str, Any]:
    days = [item.day for item in items if item.day is not None]
    return {
        "title": series.title,
        "retention": str(series.retention),
        "count": len(items),
        "first": min(days).isoformat() if days else None,
        "last": max(days).isoformat() if days else None,
        "names": series.names,
        "past": sum(item.is_past for item in items),
    }


def _read(row: DestructionCertificate) -> Certificate:
    lines = tuple(
        Destroyed(
            line["title"],
            line["retention"],
            line["count"],
            day_of(line["first"]),
            day_of(line["last"]),
            line["names"],
            line["past"],
        )
        for line in row.lines
    )
    digest = hashlib.sha256(canonical_json(row.keys).encode()).hexdigest()
    files = len(Ranges(row.keys.get(Attachment.__tablename__, "")))
    return Certificate(row.id, row.at, row.by, lines, files, digest)
