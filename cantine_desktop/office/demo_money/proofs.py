"""The invoices of the demonstration as scans: one for each month, then one for each invoice."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO

from sqlalchemy.orm import Session

from cantine_desktop.finance.pieces.inbox import drop
from cantine_desktop.finance.pieces.linking import Said, describe, link
from cantine_desktop.finance.pieces.queries import MissingRow, missing
from cantine_desktop.i18n import money, tr
from cantine_desktop.office.demo_kitchen import instant
from cantine_desktop.values.period import Period

FORGOTTEN = 3
"""Invoices of the last month that nobody has joined yet."""
APART = 2
"""Months whose invoices are joined one by one."""


def join_proofs(session: Session, months: Sequence[Period]) -> None:
    """Join what proves the spending of some months: scanned bundles, then single invoices."""
    for month in months[:-APART]:
        rows = missing(session, month)
        if rows:
            _bundle(session, month, rows)
    for month in months[-APART:]:
        rows = missing(session, month)
        kept = rows[: len(rows) - FORGOTTEN] if month is months[-1] else rows
        for row in kept:
            _single(session, row)


def _bundle(session: Session, month: Period, rows: Sequence[MissingRow]) -> None:
    lines = [f"{row.day:%d/%m/%Y}  {row.label}  {money(row.amount)}" for row in rows]
    title = tr("Factures et tickets scannés, {month}").format(month=f"{month.first:%m/%Y}")
    name = f"factures-{month.first:%Y-%m}.pdf"
    (piece,) = drop(session, name, _scan(title, lines), _evening(month.last))
    describe(session, piece.id, Said(tr("Classeur du mois"), month.last, "", None))
    for row in rows:
        link(session, piece.id, entry_id=row.entry_id)


def _single(session: Session, row: MissingRow) -> None:
    name = f"{row.party or row.label}-{row.reference}.pdf".replace("/", "-")
    title = f"{row.party or row.label} — {row.reference}"
    content = _scan(title, [f"{row.day:%d/%m/%Y}", money(row.amount)])
    (piece,) = drop(session, name, content, _evening(row.day))
    describe(session, piece.id, Said(row.party, row.day, row.reference, row.amount))
    link(session, piece.id, entry_id=row.entry_id)


def _evening(day: date) -> datetime:
    return instant(day, time(18, 5))


def _scan(title: str, lines: Sequence[str]) -> bytes:
    """Return a page that says it is invented, the same bytes each time."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  -- only when one is made

    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(60, 780, title)
    canvas.setFont("Helvetica", 10)
    for rank, line in enumerate([*lines, tr("Document inventé pour la démonstration")]):
        canvas.drawString(60, 750 - 16 * rank, line)
    canvas.save()
    return target.getvalue()
