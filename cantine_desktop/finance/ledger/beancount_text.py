"""The ledger as beancount 2 and 3 read it: another program that adds the accounts up again.

A flag, a narration in quotes, postings indented; ``open`` lines name every account, wherever
they stand. Roots are the five beancount knows: what an account is about decides, by its first
digits; class 8 goes to expenses and income as its two sides do.
"""

from collections.abc import Iterator
from datetime import date, datetime
from io import TextIOWrapper
from itertools import groupby
from operator import attrgetter
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import canteen_name
from cantine_desktop.finance.ledger.carrying import opening_sums
from cantine_desktop.finance.ledger.lines import AccountLine, day_lines
from cantine_desktop.finance.ledger.model import Account, Party
from cantine_desktop.finance.ledger.plain_text import CURRENCY, on_one_line
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

_ROOTS = {
    "16": "Liabilities",
    "17": "Liabilities",
    "1": "Equity",
    "2": "Assets",
    "3": "Assets",
    "41": "Assets",
    "44": "Assets",
    "4": "Liabilities",
    "5": "Assets",
    "6": "Expenses",
    "7": "Income",
    "86": "Expenses",
    "87": "Income",
}
"""Root of the accounts that begin so; the longest beginning wins."""

Names = dict[str, str]
"""Titles of the accounts that were used, by their whole name."""


def write_beancount(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write every entry of a period, by day; a party is an account under its own.

    Openings are as in ``plain_text``: those of later years are left out, so that sums run on.

    Args:
        session: Where to read.
        period: Accounting days.
        now: The present instant.
        target: Where the text goes, UTF-8; it stays open.
    """
    titles: Names = dict(session.execute(select(Account.number, Account.title)).all())
    used: Names = {}
    text = TextIOWrapper(target, encoding="utf-8", newline="\n")
    try:
        text.writelines(_head(session, period, now))
        text.writelines(_virtual_opening(session, period, used))
        for _entry, lines in groupby(day_lines(session, period), attrgetter("entry_id")):
            text.writelines(_transaction(list(lines), used))
        for name, number in sorted(used.items()):
            title = on_one_line(titles.get(number, ""))
            text.write(f"{period.first} open {name} {CURRENCY}\n  titre: {_quoted(title)}\n")
    finally:
        text.detach()


def _head(session: Session, period: Period, now: datetime) -> Iterator[str]:
    yield f"; {on_one_line(canteen_name(session))}, {period.first} - {period.last}\n"
    yield f"; {now:%Y-%m-%d %H:%M} UTC\n"
    yield f'option "operating_currency" "{CURRENCY}"\n\n'


def _virtual_opening(session: Session, period: Period, used: Names) -> Iterator[str]:
    year = find_year(session, period.first)
    if year is None or year.first != period.first:
        return
    sums = {key: net for key, net in opening_sums(session, year, written=False).items() if net}
    if not sums:
        return
    codes: dict[int, str] = dict(session.execute(select(Party.id, Party.code)).all())
    yield _title(period.first, "!", "AN", tr("À-nouveaux provisoires"), "")
    for (number, party, _project), cents in sums.items():
        yield _posting(number, codes.get(party, "") if party else "", Money(cents), used)
    yield "\n"


def _transaction(lines: list[AccountLine], used: Names) -> Iterator[str]:
    first = lines[0]
    code = first.journal if first.number is None else f"{first.journal} {first.number}"
    flag = "!" if first.number is None else "*"
    yield _title(first.day, flag, code, first.entry_label, first.piece_ref)
    for line in lines:
        yield _posting(line.account, line.party_code, line.amount, used)
        for name, value in (
            ("activite", line.activity),
            ("projet", line.project),
            ("lettre", line.letter),
        ):
            if value:
                yield f"    {name}: {_quoted(value)}\n"
    yield "\n"


def _title(day: date, flag: str, code: str, words: str, piece: str) -> str:
    title = f"{day} {flag} {_quoted(on_one_line(words))}\n  numero: {_quoted(on_one_line(code))}\n"
    return f"{title}  piece: {_quoted(on_one_line(piece))}\n" if piece else title


def _posting(number: str, party: str, amount: Money, used: Names) -> str:
    root = _ROOTS.get(number[:2]) or _ROOTS.get(number[:1]) or "Expenses"
    name = f"{root}:{number}"
    if party:
        name += ":" + "".join(c if c.isascii() and c.isalnum() else "-" for c in party.upper())
    used[name] = number
    return f"  {name:<32}  {amount.euros:>14} {CURRENCY}\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
