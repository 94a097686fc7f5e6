"""The journals of a period, one after the other (livre-journal)."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.documents.styles import Align
from cantine_desktop.documents.tables import Band, Column, Row, Total
from cantine_desktop.finance.ledger.lines import AccountLine, journal_lines
from cantine_desktop.finance.ledger.model import Journal
from cantine_desktop.finance.ledger.sheet_parts import SMALL, Layout, amount, label_of, write_book
from cantine_desktop.i18n import mark, short_day, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

TITLE = mark("Journaux")


def write_journals(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write every line of every journal, with the totals of each.

    Args:
        session: Where to read.
        period: Accounting days.
        now: The present instant.
        target: Where the PDF goes.
    """
    layout = Layout(tr(TITLE), _columns(), SMALL)
    write_book(session, layout, _rows(session, period), period, now, target)


def _columns() -> list[Column]:
    return [
        Column(tr("N°"), 1.2),
        Column(tr("Jour"), 1.25),
        Column(tr("Pièce"), 1.9),
        Column(tr("Compte"), 1.05),
        Column(tr("Libellé"), 5),
        Column(tr("Débit (€)"), 1.4, Align.RIGHT),
        Column(tr("Crédit (€)"), 1.4, Align.RIGHT),
    ]


def _rows(session: Session, period: Period) -> Iterator[Row]:
    query = select(Journal.code, Journal.title)
    titles: dict[str, str] = dict(session.execute(query).all())
    taken = given = Money(0)
    for code, lines in groupby(journal_lines(session, period), attrgetter("journal")):
        yield Band(f"{code} · {titles[code]}")
        debit = credit = Money(0)
        for _entry, group in groupby(lines, attrgetter("entry_id")):
            for place, line in enumerate(group):
                debit, credit = debit + line.debit, credit + line.credit
                yield _row(line, is_first=place == 0)
        yield _total(tr("Total du journal {code}").format(code=code), debit, credit)
        taken, given = taken + debit, given + credit
    if taken:
        yield _total(tr("Total général"), taken, given)


def _row(line: AccountLine, *, is_first: bool) -> list[str]:
    number = tr("brouillon") if line.number is None else str(line.number)
    head = [number, short_day(line.day), line.piece_ref] if is_first else ["", "", ""]
    return [
        *head,
        line.account,
        label_of(line),
        amount(line.debit),
        amount(line.credit),
    ]


def _total(words: str, debit: Money, credit: Money) -> Total:
    return Total(["", "", "", "", words, amount(debit), amount(credit)])
