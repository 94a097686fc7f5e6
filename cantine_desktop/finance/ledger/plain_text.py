"""The ledger as a plain text journal that hledger and ledger read.

As hledger 1.25 reads it: a date, ``*`` for what is settled or ``!`` for
what waits, a code in parentheses, a description; postings are indented, two spaces stand
between an account and its amount, ``;`` begins a comment.
"""

from collections.abc import Iterator
from datetime import datetime
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
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

CURRENCY = "EUR"
_PARTED = str.maketrans(dict.fromkeys(";|\r\n\t", " "))


def write_plain_text(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write every entry of a period, by day; accounts with a party are ``401000:BIOCOOP``.

    The opening entries of years after the first are left out, so that sums run on; a year
    that no entry opens yet begins with what the year before holds now.

    Args:
        session: Where to read.
        period: Accounting days.
        now: The present instant.
        target: Where the text goes, UTF-8; it stays open.
    """
    text = TextIOWrapper(target, encoding="utf-8", newline="\n")
    try:
        text.writelines(_head(session, period, now))
        text.writelines(_virtual_opening(session, period))
        for _entry, lines in groupby(day_lines(session, period), attrgetter("entry_id")):
            text.writelines(_transaction(list(lines)))
    finally:
        text.detach()


def _head(session: Session, period: Period, now: datetime) -> Iterator[str]:
    yield f"; {on_one_line(canteen_name(session))}, {period.first} - {period.last}\n"
    yield f"; {now:%Y-%m-%d %H:%M} UTC\n"
    yield "decimal-mark .\n"
    yield f"commodity 1000.00 {CURRENCY}\n\n"
    query = select(Account.number, Account.title).order_by(Account.number)
    for number, title in session.execute(query):
        yield f"account {number}  ; {on_one_line(title)}\n"
    yield "\n"


def _virtual_opening(session: Session, period: Period) -> Iterator[str]:
    year = find_year(session, period.first)
    if year is None or year.first != period.first:
        return
    sums = opening_sums(session, year, written=False)
    if not any(sums.values()):
        return
    codes: dict[int, str] = dict(session.execute(select(Party.id, Party.code)).all())
    yield f"{period.first} ! (AN) {on_one_line(tr('À-nouveaux provisoires'))}\n"
    for (number, party, _project), cents in sums.items():
        if cents:
            yield _posting(number, codes.get(party, "") if party else "", Money(cents))
    yield "\n"


def _transaction(lines: list[AccountLine]) -> Iterator[str]:
    first = lines[0]
    mark = "!" if first.number is None else "*"
    number = "" if first.number is None else f" {first.number}"
    code = on_one_line(f"{first.journal}{number}").replace(")", "")
    words, piece = on_one_line(first.entry_label), on_one_line(first.piece_ref)
    yield f"{first.day} {mark} ({code}) {words}  ; {piece}\n"
    for line in lines:
        tags = [
            f"{name}:{value}"
            for name, value in (
                ("activite", line.activity),
                ("projet", line.project),
                ("lettre", line.letter),
            )
            if value
        ]
        yield _posting(line.account, line.party_code, line.amount, ", ".join(tags))
    yield "\n"


def _posting(number: str, party: str, amount: Money, comment: str = "") -> str:
    account = f"{number}:{party}" if party else number
    said = f"  ; {comment}" if comment else ""
    return f"    {account:<28}  {amount.euros:>14} {CURRENCY}{said}\n"


def on_one_line(text: str) -> str:
    """Return words that end neither the line nor the description of an entry."""
    return " ".join("".join(c for c in text.translate(_PARTED) if c.isprintable()).split())
