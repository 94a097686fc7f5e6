"""The general ledger of a period: every account, line by line (grand livre)."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.documents.styles import Align
from cantine_desktop.documents.tables import Band, Column, Row, Total
from cantine_desktop.finance.ledger.lines import AccountLine, ledger_lines
from cantine_desktop.finance.ledger.sheet_parts import (
    SMALL,
    Layout,
    amount,
    label_of,
    with_side,
    write_book,
)
from cantine_desktop.finance.ledger.trial import TrialLine, trial_balance
from cantine_desktop.i18n import mark, short_day, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

TITLE = mark("Grand livre")


def write_ledger(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write every account that holds or moved something, from its opening to its end.

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
        Column(tr("Jour"), 1.25),
        Column(tr("Journal"), 1.2),
        Column(tr("Pièce"), 1.9),
        Column(tr("Libellé"), 4.6),
        Column(tr("Let."), 0.7),
        Column(tr("Débit (€)"), 1.35, Align.RIGHT),
        Column(tr("Crédit (€)"), 1.35, Align.RIGHT),
        Column(tr("Solde (€)"), 1.5, Align.RIGHT),
    ]


def _rows(session: Session, period: Period) -> Iterator[Row]:
    left = {line.number: line for line in trial_balance(session, period)}
    for number, lines in groupby(ledger_lines(session, period), attrgetter("account")):
        yield from _before(left, number)
        yield from _account(left.pop(number, None), number, lines)
    yield from _before(left, "")


def _before(left: dict[str, TrialLine], number: str) -> Iterator[Row]:
    """Yield the accounts that did not move, up to one that did."""
    for other in [each for each in left if not number or each < number]:
        yield from _account(left.pop(other), other, iter(()))


def _account(held: TrialLine | None, number: str, lines: Iterator[AccountLine]) -> Iterator[Row]:
    title, balance = (held.title, held.opening) if held is not None else ("", Money(0))
    first = next(lines, None)
    yield Band(f"{number} · {title or (first.title if first else '')}")
    if balance:
        yield ["", "", "", tr("Solde à l’ouverture"), "", "", "", with_side(balance)]
    debit = credit = Money(0)
    while first is not None:
        debit, credit = debit + first.debit, credit + first.credit
        balance += first.amount
        yield _row(first, balance)
        first = next(lines, None)
    words = tr("Total du compte {number}").format(number=number)
    yield Total(["", "", "", words, "", amount(debit), amount(credit), with_side(balance)])


def _row(line: AccountLine, balance: Money) -> list[str]:
    entry = line.journal if line.number is None else f"{line.journal} {line.number}"
    return [
        short_day(line.day),
        entry,
        line.piece_ref,
        label_of(line),
        line.letter,
        amount(line.debit),
        amount(line.credit),
        with_side(balance),
    ]
