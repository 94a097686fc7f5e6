"""Writing the FEC of a year: validated entries only, as LPF art. A.47 A-1 asks.

ISO 8859-15, tabulations, CR LF, no quotes; opening entries first, then the others in the
order they were validated. The file holds whatever the memory does not: pages of entries are
written one after the other.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import IO, Any

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from cantine_desktop.clock import civil_date
from cantine_desktop.finance.fec import fields
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    FiscalYear,
    Journal,
    JournalKind,
    LetteredLine,
    Lettering,
    Line,
    Party,
)
from cantine_desktop.values.money import Money

PAGE = 250
"""Entries written at once."""
NO_PARTY = "\t"
"""Two empty fields."""
NO_LABEL = "Sans libelle"
"""Stands for words of which the file can hold no letter."""


@dataclass(frozen=True)
class Totals:
    """What a file holds.

    Attributes:
        last_rank: Rank of the last entry, 0 when there is none.
        drafts: Entries of the year left out, because nobody validated them yet.
        sha256: Of the whole file, in hexadecimal.
        size: Bytes.
    """

    lines: int = 0
    entries: int = 0
    debit: Money = field(default=Money(0))
    credit: Money = field(default=Money(0))
    last_rank: int = 0
    drafts: int = 0
    sha256: str = ""
    size: int = 0


@dataclass(frozen=True)
class Scope:
    """What goes into a file.

    Attributes:
        year_id: Key of the fiscal year.
        last_rank: Rank of the last entry.
        lettered_until: Letterings made after that day are left out.
    """

    year_id: int
    last_rank: int
    lettered_until: date


def write_fec(
    session: Session,
    year: FiscalYear,
    target: IO[bytes],
    now: datetime,
    *,
    last_rank: int | None = None,
) -> Totals:
    """Write the validated entries of a year; the same entries give the same bytes.

    A lettering is written when all its lines are in the file: half of one would not balance.

    Args:
        session: A session that reads.
        year: Whose entries.
        target: Where the bytes go; it stays open.
        now: The present instant, aware; letterings of later days are left out.
        last_rank: Last entry to write; ``None`` is the last one validated.
    """
    scope = scope_of(session, year, now, last_rank)
    sink = _Sink(target)
    sink.write(fields.HEADER.encode("ascii"))
    totals = _write_lines(session, scope, sink)
    drafts = select(func.count()).where(Entry.fiscal_year_id == year.id, Entry.number.is_(None))
    return replace(
        totals,
        last_rank=scope.last_rank,
        drafts=session.scalar(drafts) or 0,
        sha256=sink.hash.hexdigest(),
        size=sink.size,
    )


def scope_of(
    session: Session, year: FiscalYear, now: datetime, last_rank: int | None = None
) -> Scope:
    """Return what a file of a year holds at an instant."""
    ranks = select(func.max(Entry.rank)).where(Entry.fiscal_year_id == year.id)
    newest = session.scalar(ranks) or 0
    last = newest if last_rank is None else min(newest, last_rank)
    return Scope(year.id, last, civil_date(now))


class _Sink:
    """Writes on, and knows what was written."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self.hash = hashlib.sha256()
        self.size = 0

    def write(self, content: bytes) -> None:
        self._target.write(content)
        self.hash.update(content)
        self.size += len(content)


def _write_lines(session: Session, scope: Scope, sink: _Sink) -> Totals:
    lines = entries = debit = credit = 0
    for page in _pages(session, scope):
        sink.write(page.content)
        lines += page.lines
        entries += page.entries
        debit += page.debit
        credit += page.credit
    return Totals(lines, entries, Money(debit), Money(credit))


@dataclass(frozen=True, slots=True)
class _Page:
    """A run of lines and their sums, in cents."""

    content: bytes
    lines: int
    entries: int
    debit: int
    credit: int


def _pages(session: Session, scope: Scope) -> Iterator[_Page]:
    names = _Names(session)
    of_sqlite = session.get_bind().dialect.name == "sqlite"
    for opening in (True, False):
        if of_sqlite:
            yield from _pages_of_sqlite(session, scope, names, opening=opening)
        else:
            yield from _pages_of_rows(session, scope, names, opening=opening)


class _Names:
    """The texts of journals, accounts and parties, as the file may hold them."""

    def __init__(self, session: Session) -> None:
        journals = list(session.scalars(select(Journal)))
        self.openings = [j.id for j in journals if j.kind is JournalKind.OPENING]
        self.codes = {j.id: fields.plain(j.code) for j in journals}
        self.journals = {j.id: f"{self.codes[j.id]}\t{_said(j.title)}" for j in journals}
        self.accounts = _account_texts(session)
        self.parties = {
            key: f"{_said(code)}\t{_said(name)}"
            for key, code, name in session.execute(select(Party.id, Party.code, Party.name))
        }


def _said(text: str) -> str:
    return fields.plain(text) or NO_LABEL


def _account_texts(session: Session) -> dict[int, str]:
    """Return number and label by key; one label for each number, even of two accounts."""
    labels: dict[str, str] = {}
    texts: dict[int, str] = {}
    query = select(Account.id, Account.number, Account.title).order_by(Account.number.desc())
    for key, number, title in session.execute(query):
        written = fields.account_number(number)
        texts[key] = f"{written}\t{labels.setdefault(written, _said(title))}"
    return texts


def _pages_of_rows(
    session: Session,
    scope: Scope,
    names: _Names,
    *,
    opening: bool,
    ranks: tuple[int, int] | None = None,
) -> Iterator[_Page]:
    """Write line after line, whatever the database."""
    query = _line_query(scope, names, opening=opening, ranks=ranks)
    result = session.execute(query.execution_options(yield_per=2000))
    previous = -1
    for rows in result.partitions():
        written: list[str] = []
        entries = debit = credit = 0
        for row in rows:
            written.append(_written(row, names))
            entries += row.rank != previous
            previous = row.rank
            debit += row.debit.cents
            credit += row.credit.cents
        content = "".join(written).encode(fields.ENCODING)
        yield _Page(content, len(written), entries, debit, credit)


def _line_query(
    scope: Scope, names: _Names, *, opening: bool, ranks: tuple[int, int] | None
) -> Select[*tuple[Any, ...]]:
    first, end = ranks or (1, scope.last_rank + 1)
    is_opening = Entry.journal_id.in_(names.openings)
    return (
        select(
            Entry.journal_id,
            Entry.number,
            Entry.rank,
            Entry.day,
            Entry.piece_ref,
            Entry.piece_day,
            Entry.label,
            Entry.validated_on,
            Line.account_id,
            Line.party_id,
            Line.label.label("words"),
            Line.debit,
            Line.credit,
            Lettering.code,
            Lettering.lettered_on,
        )
        .join(Line, Line.entry_id == Entry.id)
        .outerjoin(LetteredLine, LetteredLine.line_id == Line.id)
        .outerjoin(
            Lettering,
            and_(
                Lettering.id == LetteredLine.lettering_id,
                Lettering.lettered_on <= scope.lettered_until,
                ~_reaches_outside(scope),
            ),
        )
        .where(Entry.fiscal_year_id == scope.year_id, Entry.rank >= first, Entry.rank < end)
        .where(is_opening if opening else ~is_opening)
        .order_by(Entry.rank, Line.rank)
    )


def _reaches_outside(scope: Scope) -> Any:
    """Tell whether a lettering joins a line that is not in the file."""
    other, line, entry = aliased(LetteredLine), aliased(Line), aliased(Entry)
    return exists(
        select(other.id)
        .join(line, line.id == other.line_id)
        .join(entry, entry.id == line.entry_id)
        .where(other.lettering_id == Lettering.id)
        .where(
            (entry.fiscal_year_id != scope.year_id)
            | entry.rank.is_(None)
            | (entry.rank > scope.last_rank)
        )
        .correlate(Lettering)
    )


def _written(row: Any, names: _Names) -> str:
    label = fields.plain(row.words) or fields.plain(row.label) or NO_LABEL
    number = fields.entry_number(names.codes[row.journal_id], row.number)
    return (
        f"{names.journals[row.journal_id]}\t{number}\t{fields.day(row.day)}\t"
        f"{names.accounts[row.account_id]}\t{names.parties.get(row.party_id, NO_PARTY)}\t"
        f"{fields.plain(row.piece_ref) or '-'}\t{fields.day(row.piece_day)}\t{label}\t"
        f"{fields.amount(row.debit.cents)}\t{fields.amount(row.credit.cents)}\t"
        f"{row.code or ''}\t{fields.day(row.lettered_on)}\t{fields.day(row.validated_on)}\t\t\r\n"
    )


_SQL = """
WITH e AS MATERIALIZED (
  SELECT entry.id AS id, entry.rank AS rank, entry.label AS label,
    printf('%s\t%s-%05d\t%s', j.text, j.code, number, replace(day, '-', '')) AS head,
    printf('%s\t%s', piece_ref, replace(piece_day, '-', '')) AS piece,
    replace(validated_on, '-', '') AS valid
  FROM entry CROSS JOIN temp.fec_journal j ON j.id = entry.journal_id AND j.opening = :opening
  WHERE fiscal_year_id = :year AND rank >= :first AND rank < :end ORDER BY rank)
SELECT count(*), sum(first), sum(debit), sum(credit), group_concat(x, '') FROM (
  SELECT l.rank = 1 AS first, l.debit AS debit, l.credit AS credit, printf(
    '%s\t%s\t%s\t%s\t%s\t%d,%02d\t%d,%02d\t%s\t%s\t\t\r\n',
    e.head, a.text, coalesce(p.text, '\t'), e.piece,
    CASE l.label WHEN '' THEN e.label ELSE l.label END,
    l.debit / 100, l.debit % 100, l.credit / 100, l.credit % 100,
    coalesce(s.text, '\t'), e.valid) AS x
  FROM e CROSS JOIN line l ON l.entry_id = e.id
  CROSS JOIN temp.fec_account a ON a.id = l.account_id
  LEFT JOIN temp.fec_party p ON p.id = l.party_id
  LEFT JOIN temp.fec_settled s ON s.id = l.id
  ORDER BY e.rank, l.rank)
"""
"""A page of lines, written by SQLite itself: five times as fast as row after row in Python."""

_SETTLED = """
INSERT INTO temp.fec_settled (id, text)
SELECT ll.line_id, g.code || char(9) || replace(g.lettered_on, '-', '')
FROM lettering g JOIN lettered_line ll ON ll.lettering_id = g.id
WHERE g.lettered_on <= :until AND NOT EXISTS (
  SELECT 1 FROM lettered_line o JOIN line l ON l.id = o.line_id JOIN entry e ON e.id = l.entry_id
  WHERE o.lettering_id = g.id
    AND (e.fiscal_year_id <> :year OR e.rank IS NULL OR e.rank > :last))
"""

_TEMPORARY = {
    "fec_journal": "(id INTEGER PRIMARY KEY, text TEXT, code TEXT, opening INTEGER)",
    "fec_account": "(id INTEGER PRIMARY KEY, text TEXT)",
    "fec_party": "(id INTEGER PRIMARY KEY, text TEXT)",
    "fec_settled": "(id INTEGER PRIMARY KEY, text TEXT)",
}


def _pages_of_sqlite(
    session: Session, scope: Scope, names: _Names, *, opening: bool
) -> Iterator[_Page]:
    """Let SQLite write pages of lines; one that asks for more care is written row by row."""
    driver: Any = session.connection().connection.driver_connection
    if opening:
        _lay_names(driver, scope, names)
    scale = {"year": scope.year_id, "opening": int(opening)}
    for first in range(1, scope.last_rank + 1, PAGE):
        end = min(first + PAGE, scope.last_rank + 1)
        lines, entries, debit, credit, text = driver.execute(
            _SQL, {**scale, "first": first, "end": end}
        ).fetchone()
        if not lines:
            continue
        content = _checked(text, lines)
        if content is None:
            yield from _pages_of_rows(session, scope, names, opening=opening, ranks=(first, end))
        else:
            yield _Page(content, lines, entries, debit, credit)


def _checked(text: str, lines: int) -> bytes | None:
    """Return lines as bytes, or ``None`` when a text of theirs cannot be written as it is."""
    content = fields.lines_as_bytes(text)
    if content is None or content.count(b"\t") != (fields.WIDTH - 1) * lines:
        return None
    if content.count(b"\n") != lines or content.count(b"\r") != lines:
        return None
    return content


def _lay_names(driver: Any, scope: Scope, names: _Names) -> None:
    """Put names and letterings into temporary tables, of a book open for reading too."""
    guard = driver.execute("PRAGMA query_only").fetchone()[0]
    driver.execute("PRAGMA query_only = OFF")
    try:
        _fill_tables(driver, scope, names)
    finally:
        driver.execute(f"PRAGMA query_only = {guard}")


def _fill_tables(driver: Any, scope: Scope, names: _Names) -> None:
    for name, columns in _TEMPORARY.items():
        driver.execute(f"DROP TABLE IF EXISTS temp.{name}")
        driver.execute(f"CREATE TEMP TABLE {name} {columns}")
    driver.executemany(
        "INSERT INTO temp.fec_journal VALUES (?, ?, ?, ?)",
        [(k, text, names.codes[k], int(k in names.openings)) for k, text in names.journals.items()],
    )
    driver.executemany("INSERT INTO temp.fec_account VALUES (?, ?)", names.accounts.items())
    driver.executemany("INSERT INTO temp.fec_party VALUES (?, ?)", names.parties.items())
    scale = {
        "year": scope.year_id,
        "last": scope.last_rank,
        "until": scope.lettered_until.isoformat(),
    }
    driver.execute(_SETTLED, scale)
