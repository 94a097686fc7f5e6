"""What the screen of the accountant’s pack shows, read beside the window."""

from datetime import datetime
from typing import NamedTuple

from cantine_desktop.finance.pack.checklist import Point, checklist
from cantine_desktop.finance.pack.month import Month
from cantine_desktop.finance.pack.payroll import variables
from cantine_desktop.finance.pack.preparing import register
from cantine_desktop.finance.pack.proofs import Proofs
from cantine_desktop.storage.book import Book
from cantine_desktop.values.period import Period


class PackLine(NamedTuple):
    """A pack of the register.

    Attributes:
        is_same: The accounts and the pieces are those of the pack before, of the same month.
    """

    month: Period
    made_at: datetime
    made_by: str
    file_name: str
    sha256: str
    is_same: bool


class Shown(NamedTuple):
    """What the pack of a month holds so far."""

    month: Period
    canteen: str
    entries: int
    drafts: int
    pieces: int
    missing: int
    variables: int
    note: str
    points: list[Point]
    packs: list[PackLine]


def read_month(book: Book, period: Period) -> Shown:
    """Return what the pack of a month would hold, and the packs prepared so far."""
    with book.read() as session:
        month = Month(session, period, book.clock())
        proofs = Proofs(month)
        return Shown(
            period,
            month.canteen,
            month.entries,
            month.drafts,
            len(proofs.all),
            len(proofs.awaited),
            len(variables(session, period)),
            month.note,
            checklist(month, proofs),
            _packs(month),
        )


def _packs(month: Month) -> list[PackLine]:
    rows = register(month.session)
    lines: list[PackLine] = []
    for place, row in enumerate(rows):
        before = next((r for r in rows[place + 1 :] if r.first == row.first), None)
        same = before is not None and before.content_sha256 == row.content_sha256
        lines.append(
            PackLine(
                Period.month(row.first),
                row.made_at,
                row.made_by,
                row.file_name,
                row.sha256,
                same,
            )
        )
    return lines
