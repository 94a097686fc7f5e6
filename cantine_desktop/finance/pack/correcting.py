"""The FEC the accountant corrected: compared with the book, shown, then taken in."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import islice, starmap
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.exchange.problems import Problem, UnreadableError, whole_file
from cantine_desktop.exchange.registry import ImportReport
from cantine_desktop.finance.cash.holdings import TILL, holdings_from, overdrawn
from cantine_desktop.finance.fec.reading import FecLine, read_fec
from cantine_desktop.finance.ledger.model import Account, FiscalYear
from cantine_desktop.finance.ledger.years import find_year
from cantine_desktop.finance.transfer.applying import apply_changes
from cantine_desktop.finance.transfer.diffing import (
    Difference,
    EntryChange,
    Kind,
    compare,
    in_entries,
)
from cantine_desktop.finance.transfer.lines import FlatLine, ledger_lines
from cantine_desktop.i18n import long_day, money, tr
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

MOST_LINES = 400_000
"""Ten years of a large canteen."""
MOST_PROBLEMS = 200


@dataclass(frozen=True)
class Correction:
    """What a corrected FEC would change.

    Attributes:
        period: Accounting days the file is about.
        problems: What keeps it from being taken in, each with its place.
    """

    difference: Difference
    period: Period
    problems: tuple[Problem, ...] = ()


def read_correction(session: Session, source: IO[bytes]) -> Correction:
    """Return what a FEC changes to the entries of the book.

    Args:
        session: A session that reads.
        source: The file, which can be read from its start again.

    Raises:
        UnreadableError: It is no FEC, is empty or too large, or a line makes no sense.
    """
    theirs = flat_lines(read_fec(source))
    if not theirs:
        raise UnreadableError(whole_file(tr("Ce FEC ne contient aucune écriture.")))
    days = [line.day for line in theirs if line.day]
    period = Period.through(min(days), max(days))
    year = find_year(session, period.last)
    whole = Period(min(year.first, period.first), max(year.end, period.end)) if year else period
    titles = dict(session.execute(select(Account.number, Account.title)).all())
    difference = compare(ledger_lines(session, whole), theirs, titles)
    return Correction(difference, period, tuple(_problems(session, theirs)))


def flat_lines(lines: Iterable[FecLine]) -> list[FlatLine]:
    """Return the lines of a FEC as those of the ledger; a negative amount changes its side.

    Lines are put in entries by the way that leaves the fewest out of balance: as they follow
    each other; by journal, number and day, for a file sorted by account; by journal, day and
    piece, for one that numbers every line.

    Raises:
        UnreadableError: There are too many.
    """
    read = list(islice(lines, MOST_LINES + 1))
    if len(read) > MOST_LINES:
        raise UnreadableError(whole_file(tr("Ce FEC a trop de lignes pour être comparé.")))
    ways = (_as_they_follow(read), _ranked(read, _numbered), _ranked(read, _proved))
    ranks = min(ways, key=partial(_unbalanced, read))
    return list(starmap(_flat, zip(read, ranks, strict=True)))


def _numbered(line: FecLine) -> Hashable:
    return (line.journal, line.number, line.day)


def _proved(line: FecLine) -> Hashable:
    return (line.journal, line.day, line.piece_ref)


def _as_they_follow(lines: Sequence[FecLine]) -> list[int]:
    ranks: list[int] = []
    last: Hashable = None
    for line in lines:
        key = _numbered(line)
        ranks.append(ranks[-1] if ranks and key == last else len(ranks) + 1)
        last = key
    return ranks


def _ranked(lines: Sequence[FecLine], key: Callable[[FecLine], Hashable]) -> list[int]:
    known: dict[Hashable, int] = {}
    return [known.setdefault(key(line), len(known) + 1) for line in lines]


def _unbalanced(lines: Sequence[FecLine], ranks: Sequence[int]) -> int:
    """Return how many entries do not balance when lines are put together so."""
    gaps: dict[int, int] = {}
    for line, rank in zip(lines, ranks, strict=True):
        gaps[rank] = gaps.get(rank, 0) + line.debit.cents - line.credit.cents
    return sum(gap != 0 for gap in gaps.values())


def _flat(line: FecLine, rank: int) -> FlatLine:
    net = line.debit.cents - line.credit.cents
    return FlatLine(
        journal=line.journal,
        journal_title=line.journal_title,
        day=line.day,
        account=line.account,
        account_title=line.account_title,
        debit=max(net, 0),
        credit=max(-net, 0),
        label=line.label,
        piece=line.piece_ref,
        piece_day=line.piece_day,
        entry=rank,
        number=line.number,
        party=line.party,
        party_name=line.party_name,
        lettering=line.lettering,
        lettered_on=line.lettered_on,
        validated_on=line.validated_on,
        place=line.line,
    )


def _problems(session: Session, theirs: Sequence[FlatLine]) -> Iterator[Problem]:
    """Yield what keeps the file from being taken in: what does not balance, what is closed."""
    count = 0
    for entry in in_entries(theirs):
        if count >= MOST_PROBLEMS:
            return
        if entry.gap:
            count += 1
            text = tr("cette écriture n’est pas équilibrée : il y a {gap} d’écart").format(
                gap=money(Money(abs(entry.gap)))
            )
            yield Problem(entry.first.place, "EcritureNum", text)
    yield from _year_problems(session, {line.day for line in theirs if line.day})


def _year_problems(session: Session, days: set[date]) -> Iterator[Problem]:
    years = list(session.scalars(select(FiscalYear)))
    if any(not any(day in year.period for year in years) for day in days):
        yield whole_file(tr("Ce FEC porte sur un exercice qui n’est pas ouvert ici."))
    if any(year.is_sealed and any(day in year.period for day in days) for year in years):
        yield whole_file(tr("L’exercice de ce FEC est clos ici : ses écritures ne changent plus."))


def take_correction(
    session: Session,
    correction: Correction,
    chosen: Iterable[int] | None = None,
    *,
    rename: bool = False,
) -> ImportReport:
    """Take a corrected FEC in: reversals and drafts.

    Args:
        session: The session of an action; undone in one step as long as nothing is validated.
        correction: As it was shown.
        chosen: Places, in ``difference.changes``, of what is wanted; ``None`` is all.
        rename: Whether accounts take the titles of the file: those of another program often
            differ by nothing that matters.
    """
    changes = correction.difference.changes
    wanted = range(len(changes)) if chosen is None else sorted(chosen)
    taken = [changes[place] for place in wanted if changes[place].kind is not Kind.REWORDED]
    difference = correction.difference
    renamed = difference.renamed if rename else ()
    first = _first_cash_day(taken)
    before = _lowest(session, first) if first is not None else None
    applied = apply_changes(session, taken, renamed, difference.journals)
    if first is not None and before is not None and not applied.problems:
        applied.problems += _till_problems(session, first, before)
    added = sum(change.kind is Kind.ADDED for change in taken)
    return ImportReport(
        added=added,
        unchanged=correction.difference.same,
        problems=tuple(applied.problems),
        changed=len(taken) - added + applied.renamed,
    )


def _first_cash_day(changes: Iterable[EntryChange]) -> date | None:
    """Return the first day on which changes touch the till; ``None`` when none does."""
    sides = [side for change in changes for side in (change.ours, change.theirs)]
    days = [
        side.day
        for side in sides
        if side is not None
        and side.day is not None
        and any(line.account.startswith(TILL) for line in side.lines)
    ]
    return min(days, default=None)


def _lowest(session: Session, first: date) -> int:
    """Return the least the till holds from a day on, in cents; never more than nothing."""
    return min((each.amount.cents for each in holdings_from(session, first)), default=0)


def _till_problems(session: Session, first: date, before: int) -> list[Problem]:
    """Return the refusal of changes that take more out of the till than it holds.

    A till that was overdrawn already may be mended little by little.
    """
    if _lowest(session, first) >= min(before, 0):
        return []
    short = overdrawn(holdings_from(session, first))
    assert short is not None
    return [
        whole_file(
            tr(
                "Ces changements sortiraient de la caisse plus qu’elle ne contient : le {day}, il "
                "manquerait {missing}. Décochez ceux qui touchent le compte 530, ou demandez à "
                "l’expert-comptable d’où vient cet argent."
            ).format(day=long_day(short.day), missing=money(-short.amount))
        )
    ]


def import_correction(session: Session, source: IO[bytes], _now: datetime) -> ImportReport:
    """Read a corrected FEC and take in all it changes, when nothing keeps it from that."""
    correction = read_correction(session, source)
    if correction.problems:
        return ImportReport(problems=correction.problems)
    return take_correction(session, correction)
