"""What the printed books share: their frame, their amounts, what says they are provisional."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO, NamedTuple

from reportlab.platypus import Flowable
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.documents.layout import PageFrame, write_document
from cantine_desktop.documents.periods import in_words
from cantine_desktop.documents.styles import paragraph
from cantine_desktop.documents.tables import Column, Row, ruled_table
from cantine_desktop.finance.ledger.lines import AccountLine
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.i18n import number, tr, trn
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

SIZE = 8.5
"""Height of the type of balances, in points."""
SMALL = 7.5
"""Height of the type of journals and ledgers, in points: they are long."""


class Layout(NamedTuple):
    """How a book of one table is laid out.

    Attributes:
        title: In the language in use.
        size: Height of the type, in points.
        landscape: Whether its pages lie on their side.
    """

    title: str
    columns: Sequence[Column]
    size: float = SIZE
    landscape: bool = False


def write_book(
    session: Session,
    layout: Layout,
    rows: Iterable[Row],
    period: Period,
    now: datetime,
    target: IO[bytes],
) -> None:
    """Write one of the books of a period, with what is still provisional at its head.

    Args:
        session: Where to read.
        layout: How it looks.
        rows: What it holds; a sentence stands where there is nothing.
        period: Accounting days.
        now: The present instant.
        target: Where the PDF goes.
    """
    frame = PageFrame(
        canteen_name(session),
        layout.title,
        in_words(period),
        now,
        footer=tr("Livre comptable, à conserver dix ans (code de commerce, art. L. 123-22)."),
        landscape=layout.landscape,
    )
    read = list(rows)
    story = [ruled_table(layout.columns, read, layout.size)] if read else _nothing(period)
    write_document(target, frame, [*_provisional(session, period), *story])


def _provisional(session: Session, period: Period) -> list[Flowable]:
    query = select(func.count(Entry.id)).where(
        Entry.number.is_(None), Entry.day >= period.first, Entry.day < period.end
    )
    drafts = session.scalar(query) or 0
    if not drafts:
        return []
    said = trn(
        "Provisoire : {n} écriture n’est pas encore validée.",
        "Provisoire : {n} écritures ne sont pas encore validées.",
        drafts,
    )
    return [paragraph(said)]


def _nothing(period: Period) -> list[Flowable]:
    return [paragraph(tr("Aucune écriture : {period}.").format(period=in_words(period)))]


def amount(value: Money) -> str:
    """Return an amount without its unit; nothing is left blank."""
    return number(value.euros) if value else ""


def with_side(value: Money) -> str:
    """Return a balance with the letter of its side: ``1 234,50 D``."""
    if not value:
        return amount(value)
    return f"{amount(Money(abs(value.cents)))} {tr('D') if value.cents > 0 else tr('C')}"


def label_of(line: AccountLine) -> str:
    """Return the words of a line, with the party it is about unless they begin with it."""
    says_who = not line.party or line.label.startswith(line.party)
    return line.label if says_who else f"{line.party} · {line.label}"


def sides(value: Money) -> tuple[str, str]:
    """Return a balance in the column of its side: debit, credit."""
    return (amount(value), "") if value.cents > 0 else ("", amount(-value))
