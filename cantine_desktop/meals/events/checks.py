"""What is proved of events when a book is verified."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.ledger.model import Account, Line
from cantine_desktop.i18n import money, tr
from cantine_desktop.meals.events.content import thawed
from cantine_desktop.meals.events.model import EventPaper, PaperKind
from cantine_desktop.storage.findings import Finding, at
from cantine_desktop.values.money import Money


def check(session: Session) -> Iterator[Finding]:
    """Find papers whose numbers, sums or entries do not hold together."""
    papers = session.scalars(select(EventPaper).order_by(EventPaper.id)).all()
    yield from _numbers(papers)
    for paper in papers:
        yield from _sums(paper)
        if not paper.is_sealed:
            yield at(
                ("event_paper", paper.id),
                tr("{number} n’est pas scellé."),
                number=paper.number,
            )
    yield from _entries(session, papers)


def _series(paper: EventPaper) -> str:
    return paper.number.partition("-")[0]


def _numbers(papers: Sequence[EventPaper]) -> Iterator[Finding]:
    """Find gaps in a series, and numbers that do not follow the days."""
    for series, some in groupby(sorted(papers, key=_place), key=_series):
        before: EventPaper | None = None
        for paper in some:
            spot = "event_paper", paper.id
            if before is not None and _rank(paper) != _rank(before) + 1:
                yield at(
                    spot,
                    tr("Il manque un numéro dans la série {series} : {number} suit {before}."),
                    series=series,
                    number=paper.number,
                    before=before.number,
                )
            if before is not None and paper.day < before.day:
                yield at(
                    spot,
                    tr("{number} est daté d’avant {before} : les numéros suivent les dates."),
                    number=paper.number,
                    before=before.number,
                )
            before = paper


def _rank(paper: EventPaper) -> int:
    digits = paper.number.rpartition("-")[2]
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _place(paper: EventPaper) -> tuple[str, int]:
    return _series(paper), _rank(paper)


def _sums(paper: EventPaper) -> Iterator[Finding]:
    content = thawed(paper.content)
    lines = sum(line.amount for line in content.lines)
    due = content.total - sum(each.amount for each in content.deducted)
    if not lines == content.total == paper.total.cents or (
        not due == content.due == paper.due.cents
    ):
        yield at(
            ("event_paper", paper.id),
            tr("{number} dit {total}, mais ses lignes font {lines}."),
            number=paper.number,
            total=money(paper.total),
            lines=money(Money(lines)),
        )


def _entries(session: Session, papers: Sequence[EventPaper]) -> Iterator[Finding]:
    """Find invoices that the accounts lack, or have for another amount."""
    keys = [paper.entry_id for paper in papers if paper.entry_id is not None]
    query = (
        select(Line.entry_id, func.sum(Line.debit), func.sum(Line.credit))
        .join(Account, Line.account_id == Account.id)
        .where(Line.entry_id.in_(keys), Account.number.startswith("411"))
        .group_by(Line.entry_id)
    )
    owed = {entry: debit.cents - credit.cents for entry, debit, credit in session.execute(query)}
    for paper in papers:
        if paper.kind is PaperKind.QUOTE:
            continue
        if paper.entry_id is None and paper.total:
            yield at(
                ("event_paper", paper.id),
                tr("{number} n’est pas dans les comptes."),
                number=paper.number,
            )
        elif paper.entry_id is not None and owed.get(paper.entry_id, 0) != paper.due.cents:
            yield at(
                ("event_paper", paper.id),
                tr("{number} demande {due}, mais les comptes attendent {owed}."),
                number=paper.number,
                due=money(paper.due),
                owed=money(Money(owed.get(paper.entry_id, 0))),
            )
