"""What goes out to other programs: the archive of the till, its book and its counts."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.exchange.writers import Table, Value, csv_export
from cantine_desktop.finance.cash.archive import write_archive
from cantine_desktop.finance.cash.counting import for_bank
from cantine_desktop.finance.cash.model import REASONS, CashCount
from cantine_desktop.finance.cash.queries import cash_book
from cantine_desktop.i18n import mark, tr
from cantine_desktop.values.period import Period


def book_table(session: Session, period: Period, now: datetime) -> Table:
    """Return the cash book as rows: day, piece, label, in, out, balance."""
    del now
    book = cash_book(session, period)
    rows: list[list[Value]] = [
        [line.day, line.reference, line.label, line.paid_in, line.paid_out, line.held]
        for line in book.lines
    ]
    return Table(["jour", "pièce", "libellé", "entrée", "sortie", "solde"], rows)


def count_table(session: Session, period: Period, now: datetime) -> Table:
    """Return the counts as rows."""
    del now
    counts = session.scalars(
        select(CashCount)
        .where(CashCount.day >= period.first, CashCount.day < period.end)
        .order_by(CashCount.day, CashCount.id)
    )
    rows: list[list[Value]] = [
        [
            row.day,
            row.reference,
            row.expected,
            row.counted,
            row.difference,
            tr(REASONS[row.reason]) if row.reason else "",
            row.note,
            row.float_amount,
            for_bank(row),
            row.bag,
            row.counted_by,
            row.checked_by,
        ]
        for row in counts
    ]
    headings = [
        *("jour", "feuille", "attendu", "compté", "écart", "raison", "note"),
        *("fond", "banque", "sac", "visa", "contre-visa"),
    ]
    return Table(headings, rows)


EXPORTS: tuple[Export, ...] = (
    csv_export("cash-book", mark("Livre de caisse"), book_table, "finance"),
    csv_export("cash-counts", mark("Comptages de caisse"), count_table, "finance"),
    Export("cash-archive", mark("Archive de caisse"), ".zip", write_archive, "finance"),
)
IMPORTS: tuple[Import, ...] = ()
