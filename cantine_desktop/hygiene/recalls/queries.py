"""A recall as screens and papers show it: the stock, the sheets, what is open in hygiene."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.hygiene.breach_rows import BreachState, state_of
from cantine_desktop.hygiene.breach_tables import BlockedLot, Breach, LotState
from cantine_desktop.hygiene.food.model import Sample
from cantine_desktop.hygiene.recalls.goods import Line, lines_of
from cantine_desktop.hygiene.recalls.holding import breach_of, names, of_notice, why
from cantine_desktop.supply.recalls.matching import squeeze
from cantine_desktop.supply.recalls.model import RecallNotice, RecallVerdict
from cantine_desktop.supply.recalls.queries import NoticeRow, match_rows
from cantine_desktop.supply.recalls.queries import notice_rows as stock_rows
from cantine_desktop.values.text import fold

__all__ = ["FoodRow", "breach_told", "food_rows", "lines_of", "notice_rows", "samples_kept"]


@dataclass(frozen=True)
class FoodRow:
    """Food that the sheets alone know, beside a notice.

    Attributes:
        key: Of the food set aside or under reserve.
        why: What speaks for it.
        is_decided: What becomes of it is decided: thrown away or refused.
    """

    key: int
    product: str
    lot: str
    quantity: str
    why: str
    verdict: RecallVerdict
    is_blocked: bool
    is_decided: bool


class BreachTold(NamedTuple):
    """The non-conformity of a notice.

    Attributes:
        key: Its key.
    """

    key: int
    number: str
    state: BreachState


class SampleKept(NamedTuple):
    """A sample of a dish, not thrown away yet."""

    day: date
    dish: str
    number: str
    place: str


def food_rows(session: Session, notice_id: int) -> list[FoodRow]:
    """Return the food of the sheets alone beside a notice, what is to look at first."""
    notice = session.get_one(RecallNotice, notice_id)
    return _food_rows(session, notice, of_notice(session, notice))


def _food_rows(
    session: Session, notice: RecallNotice, held: Collection[BlockedLot]
) -> list[FoodRow]:
    stock = {
        (fold(row.lot.product), squeeze(row.lot.code)) for row in match_rows(session, notice.id)
    }
    latest: dict[tuple[str, str], BlockedLot] = {}
    for row in held:
        if why(row):  # what the stock made is shown as the lot it is
            latest[fold(row.product), squeeze(row.lot)] = row
    rank = list(RecallVerdict)
    rows = [_food_row(row) for key, row in latest.items() if key not in stock]
    return sorted(rows, key=lambda row: (rank.index(row.verdict), row.key))


def _food_row(row: BlockedLot) -> FoodRow:
    is_decided = row.state in {LotState.DESTROYED, LotState.REFUSED}
    if is_decided:
        verdict = RecallVerdict.TOUCHED
    elif row.released_at is not None:
        verdict = RecallVerdict.NOT_TOUCHED
    elif row.is_blocked:
        verdict = RecallVerdict.TOUCHED
    else:
        verdict = RecallVerdict.TO_LOOK_AT
    return FoodRow(
        key=row.id,
        product=row.product,
        lot=row.lot,
        quantity=row.quantity,
        why=why(row),
        verdict=verdict,
        is_blocked=row.is_blocked,
        is_decided=is_decided,
    )


def notice_rows(session: Session) -> list[NoticeRow]:
    """Return every notice kept, with the lots of the stock and the food of the sheets alone.

    Those with something to look at come first, then the newest.
    """
    held = [row for row in session.scalars(select(BlockedLot).order_by(BlockedLot.id)) if why(row)]
    notices = {each.id: each for each in session.scalars(select(RecallNotice))}
    rows: list[NoticeRow] = []
    for row in stock_rows(session):
        mine = [each for each in held if names(each, notices[row.key])]
        said = Counter(each.verdict for each in _food_rows(session, notices[row.key], mine))
        rows.append(
            replace(
                row,
                to_look_at=row.to_look_at + said[RecallVerdict.TO_LOOK_AT],
                touched=row.touched + said[RecallVerdict.TOUCHED],
                lots=row.lots + said.total(),
            )
            if mine
            else row
        )
    return sorted(
        rows, key=lambda row: (not row.to_look_at, -row.published_on.toordinal(), row.key)
    )


def breach_told(session: Session, notice_id: int) -> BreachTold | None:
    """Return the non-conformity of a notice; ``None`` while there is none."""
    breach = breach_of(session, session.get_one(RecallNotice, notice_id))
    return None if breach is None else _told(breach)


def _told(breach: Breach) -> BreachTold:
    return BreachTold(breach.id, breach.number or "", state_of(breach))


def samples_kept(session: Session, dishes: Collection[tuple[date, str]]) -> list[SampleKept]:
    """Return the samples of dishes that nobody threw away yet, by their days and names.

    They may be asked for: they must not be thrown away meanwhile.
    """
    wanted: dict[date, set[str]] = defaultdict(set)
    for day, dish in dishes:
        wanted[day].add(fold(dish))
    corrected = select(Sample.corrects_id).where(Sample.corrects_id.is_not(None))
    query = select(Sample).where(
        Sample.day.in_(list(wanted)),
        Sample.discarded_on.is_(None),
        Sample.is_void.is_(False),
        Sample.id.not_in(corrected),
    )
    return [
        SampleKept(each.day, each.dish, each.number, each.place)
        for each in session.scalars(query.order_by(Sample.day, Sample.id))
        if fold(each.dish) in wanted[each.day]
    ]


def lines_told(lines: Collection[Line]) -> list[str]:
    """Return the sheets that speak of a lot, each with its days: « Étiquettes, 12/11, 14/11 »."""
    days: dict[str, dict[str, None]] = defaultdict(dict)
    for each in lines:
        days[each.sheet][f"{each.day:%d/%m}"] = None
    return [", ".join((sheet, *told)) for sheet, told in days.items()]
