"""Notices and the lots beside them, as screens and papers show them."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.supply.recalls.model import RecallMatch, RecallNotice, RecallVerdict
from cantine_desktop.supply.stock.lots import LotRow, rows_of
from cantine_desktop.supply.stock.model import Lot


@dataclass(frozen=True)
class NoticeRow:
    """A notice in a list.

    Attributes:
        to_look_at: How many lots somebody has still to look at; ``touched``, are recalled.
    """

    key: int
    sheet: str
    published_on: date
    product: str
    brand: str
    reason: str
    to_look_at: int
    touched: int
    lots: int


@dataclass(frozen=True)
class MatchRow:
    """A lot beside a notice.

    Attributes:
        why: What speaks for it.
    """

    key: int
    lot: LotRow
    why: str
    verdict: RecallVerdict


def notice_rows(session: Session) -> list[NoticeRow]:
    """Return every notice kept, those with a lot to look at first, then the newest."""
    counts: dict[int, Counter[RecallVerdict]] = defaultdict(Counter)
    for notice, verdict in session.execute(select(RecallMatch.notice_id, RecallMatch.verdict)):
        counts[notice][verdict] += 1
    rows = [
        NoticeRow(
            key=each.id,
            sheet=each.sheet,
            published_on=each.published_on,
            product=each.product,
            brand=each.brand,
            reason=each.reason,
            to_look_at=counts[each.id][RecallVerdict.TO_LOOK_AT],
            touched=counts[each.id][RecallVerdict.TOUCHED],
            lots=counts[each.id].total(),
        )
        for each in session.scalars(select(RecallNotice))
    ]
    return sorted(
        rows, key=lambda row: (not row.to_look_at, -row.published_on.toordinal(), row.key)
    )


def match_rows(session: Session, notice_id: int) -> list[MatchRow]:
    """Return the lots beside a notice, those to look at first."""
    query = select(RecallMatch).where(RecallMatch.notice_id == notice_id).order_by(RecallMatch.id)
    matches = session.scalars(query).all()
    lots = session.scalars(select(Lot).where(Lot.id.in_([each.lot_id for each in matches]))).all()
    by_key = {row.key: row for row in rows_of(session, lots)}
    rank = list(RecallVerdict)
    rows = [
        MatchRow(key=each.id, lot=by_key[each.lot_id], why=each.why, verdict=each.verdict)
        for each in matches
    ]
    return sorted(rows, key=lambda row: rank.index(row.verdict))


def waiting(session: Session) -> int:
    """Return how many lots somebody has still to hold beside a notice."""
    query = select(RecallMatch.id).where(RecallMatch.verdict == RecallVerdict.TO_LOOK_AT)
    return len(session.scalars(query).all())


def touched_lots(session: Session, notice_id: int) -> list[int]:
    """Return the lots a notice recalls: those somebody said, or else those to look at."""
    rows = session.execute(
        select(RecallMatch.lot_id, RecallMatch.verdict).where(RecallMatch.notice_id == notice_id)
    ).all()
    said = [lot for lot, verdict in rows if verdict is RecallVerdict.TOUCHED]
    open_ones = [lot for lot, verdict in rows if verdict is RecallVerdict.TO_LOOK_AT]
    return sorted(said or open_ones)
