"""What a recall does in hygiene: a non-conformity that names the food, and the food set aside.

What is decided of a lot of the stock is decided in hygiene too, in the same action, so that it
is undone with it:

- A lot that is set aside, or that somebody says is the one, opens the non-conformity of its
  notice (one a notice, critical, under TRA-04): it names every lot found since, and waits for
  somebody, who acts, verifies and closes as for any other. A lot that was eaten whole opens it
  too once somebody says it is the one: it was served, and the DDPP is to be told.
- The food is written as set aside (« bloqué ») there: the lot with what is left of it, and
  each label in the kitchen that bears its number and nobody finished. Lines of sheets that are
  records of the past (received, used, sorted by date) are shown beside it, never changed.
- Food that the sheets alone know, typed by hand and in no lot of the stock, is held beside the
  notices like a lot. What surely is the one is set aside; what may be it is kept under
  reserve until somebody says.
- Food that is not the one is given back to use; a non-conformity with nothing left in it, and
  on which nobody acted, is withdrawn.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene import breaches
from cantine_desktop.hygiene.breach_tables import (
    BlockedLot,
    Breach,
    CauseGroup,
    Decision,
    LotState,
)
from cantine_desktop.hygiene.faults import Fault, Severity, Source
from cantine_desktop.hygiene.lots import block
from cantine_desktop.hygiene.recalls.goods import Food, food_apart, lines_of
from cantine_desktop.i18n import tr
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.recalls import judging
from cantine_desktop.supply.recalls.judging import reason_of
from cantine_desktop.supply.recalls.matching import Match, match_all, squeeze
from cantine_desktop.supply.recalls.model import RecallMatch, RecallNotice, RecallVerdict
from cantine_desktop.supply.recalls.notice_list import Notice
from cantine_desktop.supply.stock.lots import is_blocked, left_of
from cantine_desktop.supply.stock.model import Lot
from cantine_desktop.supply.stock.quantities import quantity_words
from cantine_desktop.values.text import NBSP, fold

POINT = "TRA-04"
"""Control point of the plan that a recall belongs to. Source: R178."""

_WHY = f"{NBSP}: "
"""Between the notice and what designates the food, in the reason of what is under reserve."""


@dataclass(frozen=True)
class TakenIn:
    """What a list of notices changed.

    Attributes:
        stock: Notices and lots of the stock.
        to_look_at: Food of the sheets alone, kept under reserve until somebody looks.
        set_aside: Food of the sheets alone that was set aside.
    """

    stock: judging.TakenIn
    to_look_at: int
    set_aside: int


@dataclass(frozen=True)
class _Aside:
    """Food to set aside: what its label says; ``is_left`` unless it was eaten whole."""

    product: str
    lot: str
    quantity: str = ""
    is_left: bool = True

    @property
    def key(self) -> tuple[str, str]:
        return fold(self.product), squeeze(self.lot)


def take_in(session: Session, notices: Sequence[Notice], now: datetime) -> TakenIn:
    """Keep the notices that may touch a lot or food of the sheets; set aside what surely is.

    Args:
        session: The session of an action.
        notices: Food notices of the list.
        now: Present instant, aware.
    """
    apart = food_apart(session)
    lots = [replace(food.candidate, lot_id=rank) for rank, food in enumerate(apart)]
    touching = {notice.sheet: matches for notice, matches in match_all(notices, lots)}
    stock = judging.take_in(session, notices, now, frozenset(touching))
    rows = {each.sheet: each for each in session.scalars(select(RecallNotice))}
    for key in dict.fromkeys(notice for notice, _lot in stock.set_aside):
        held = [lot for notice, lot in stock.set_aside if notice == key]
        _hold_lots(session, session.get_one(RecallNotice, key), held, now, "")
    looked = held_apart = 0
    for sheet, matches in touching.items():
        many = _take_apart(session, rows[sheet], apart, matches, now)
        looked, held_apart = looked + many[0], held_apart + many[1]
    return TakenIn(stock, looked, held_apart)


def judge(
    session: Session, match_id: int, verdict: RecallVerdict, now: datetime, by: str = ""
) -> None:
    """Say whether a lot of the stock is one that a notice recalls, in hygiene as well.

    Args:
        session: The session of an action.
        match_id: The lot beside the notice.
        verdict: What somebody found on the box.
        now: Present instant, aware.
        by: Initials of who looked.

    Raises:
        UserError: The verdict says nothing.
    """
    judging.judge(session, match_id, verdict, now, by)
    match = session.get_one(RecallMatch, match_id)
    notice = session.get_one(RecallNotice, match.notice_id)
    if verdict is RecallVerdict.TOUCHED:
        _hold_lots(session, notice, [match.lot_id], now, by)
        return
    kept = {
        each.key
        for lot in _lots_held(session, notice, match.lot_id)
        for each in _of_lot(session, lot, now)
    }
    mine = {each.key for each in _of_lot(session, match.lot_id, now)} - kept
    rows = [row for row in of_notice(session, notice) if _key(row) in mine]
    _give_back(session, notice, rows, now, by)


def judge_food(
    session: Session, blocked_id: int, verdict: RecallVerdict, now: datetime, by: str = ""
) -> None:
    """Say whether food that the sheets alone know is what a notice recalls.

    Args:
        session: The session of an action.
        blocked_id: The food beside the notice, as ``queries.food_rows`` tells it.
        verdict: What somebody found on the box.
        now: Present instant, aware.
        by: Initials of who looked.

    Raises:
        UserError: The verdict says nothing, or what becomes of it is decided.
    """
    if verdict is RecallVerdict.TO_LOOK_AT:
        raise UserError(tr("Dites si ce lot est visé ou non."))
    row = session.get_one(BlockedLot, blocked_id)
    notice = next(each for each in session.scalars(select(RecallNotice)) if names(row, each))
    if row.state in {LotState.DESTROYED, LotState.REFUSED}:
        raise UserError(tr("Le sort de ce lot est déjà décidé."))
    if verdict is RecallVerdict.NOT_TOUCHED:
        _give_back(session, notice, [row], now, by)
        return
    breach = _opened(session, notice, [_Aside(row.product, row.lot, row.quantity)], now)
    row.breach = breach
    row.state, row.since, row.by = LotState.BLOCKED, now, by.strip()
    row.released_at, row.released_by, row.release_words = None, "", ""
    breaches.settle(breach, now)
    session.flush()


def of_notice(session: Session, notice: RecallNotice) -> list[BlockedLot]:
    """Return the food of hygiene that a notice holds or held, the oldest first."""
    rows = session.scalars(select(BlockedLot).order_by(BlockedLot.id))
    return [row for row in rows if names(row, notice)]


def names(row: BlockedLot, notice: RecallNotice) -> bool:
    """Tell whether food was set aside, or put under reserve, for a notice."""
    told, sheet = row.reason.split(_WHY, maxsplit=1)[0], notice.sheet.strip()
    return told.endswith(sheet) and told.removesuffix(sheet)[-1:].isspace()


def why(row: BlockedLot) -> str:
    """Return what designates food under reserve, in words; empty where the lot says it."""
    return row.reason.partition(_WHY)[2]


def breach_of(session: Session, notice: RecallNotice) -> Breach | None:
    """Return the non-conformity of a notice, the latest, if there ever was one."""
    return breaches.breach_of(session, _source(notice))


def _take_apart(
    session: Session,
    notice: RecallNotice,
    apart: Sequence[Food],
    matches: Sequence[Match],
    now: datetime,
) -> tuple[int, int]:
    """Keep the food of the sheets that a notice may touch; return how much waits, how much not."""
    known = {_key(row) for row in of_notice(session, notice)}
    looked = held = 0
    for match in matches:
        first = apart[match.lot_id].first
        aside = _Aside(first.product, first.lot, first.quantity)
        if aside.key in known:
            continue
        known.add(aside.key)
        is_held = match.is_sure and apart[match.lot_id].may_be_there(civil_date(now))
        reason = f"{reason_of(notice)}{_WHY}{match.why}"
        if is_held:
            _block(session, notice, [aside], reason, now, "")
        else:
            session.add(_under_reserve(aside, reason, now))
        held, looked = held + is_held, looked + (not is_held)
    session.flush()
    return looked, held


def _under_reserve(aside: _Aside, reason: str, now: datetime) -> BlockedLot:
    return BlockedLot(
        breach=None,
        product=aside.product,
        lot=aside.lot,
        quantity=aside.quantity,
        state=LotState.RESERVED,
        since=now,
        reason=reason,
    )


def _hold_lots(
    session: Session, notice: RecallNotice, lots: Collection[int], now: datetime, by: str
) -> None:
    """Open the non-conformity of a notice for lots of the stock; set aside what is left."""
    asides = [each for lot in lots for each in _of_lot(session, lot, now)]
    _block(session, notice, asides, reason_of(notice), now, by)


def _of_lot(session: Session, lot_id: int, now: datetime) -> Iterator[_Aside]:
    """Return what a lot of the stock makes set aside: itself, and its labels in the kitchen."""
    lot = session.get_one(Lot, lot_id)
    product = session.get_one(Product, lot.product_id)
    same = select(Lot).where(Lot.product_id == product.id, Lot.code == lot.code)
    held = [each.id for each in session.scalars(same) if is_blocked(each)]
    left = sum((left_of(session, each) for each in held), Decimal(0))
    words = quantity_words(product.dimension, left) if left else ""
    yield _Aside(product.name, lot.code, words, is_left=bool(left))
    for line in lines_of(session, [lot_id])[lot_id]:
        if not line.register and line.is_kept and line.day <= civil_date(now):
            words = tr("étiquette du {day}").format(day=f"{line.day:%d/%m}")
            yield _Aside(line.product, line.lot, words)


def _lots_held(session: Session, notice: RecallNotice, but: int = 0) -> list[int]:
    """Return the lots of the stock that are or surely are the ones, another than one."""
    query = select(RecallMatch).where(
        RecallMatch.notice_id == notice.id,
        RecallMatch.lot_id != but,
        RecallMatch.verdict != RecallVerdict.NOT_TOUCHED,
    )
    return [
        each.lot_id
        for each in session.scalars(query.order_by(RecallMatch.id))
        if each.verdict is RecallVerdict.TOUCHED or is_blocked(session.get_one(Lot, each.lot_id))
    ]


def _block(
    session: Session,
    notice: RecallNotice,
    asides: Sequence[_Aside],
    reason: str,
    now: datetime,
    by: str,
) -> None:
    breach = _opened(session, notice, asides, now)
    held = {_key(row): row for row in of_notice(session, notice) if row.is_blocked}
    for aside in asides:
        if aside.key in held:
            held[aside.key].quantity = aside.quantity
        elif aside.is_left:
            held[aside.key] = block(
                session,
                aside.product,
                now,
                lot=aside.lot,
                quantity=aside.quantity,
                reason=reason,
                by=by,
                breach=breach,
            )
    breaches.settle(breach, now)
    session.flush()


def _opened(
    session: Session, notice: RecallNotice, asides: Sequence[_Aside], now: datetime
) -> Breach:
    """Open the non-conformity of a notice, or make it name more food.

    One that is closed is sealed: what is found since opens another, which names it.
    """
    known = breach_of(session, notice)
    closed = known if known is not None and known.is_sealed else None
    food = _named(session, notice, asides, now)
    fault = Fault(
        day=civil_date(now) if known is None or closed is not None else known.day,
        subject=tr("Rappel : {product}").format(product=notice.product),
        point=POINT,
        unit="",
        words=f"{reason_of(notice)}{_WHY}{notice.reason}" if notice.reason else reason_of(notice),
        severity=Severity.CRITICAL,
        product=", ".join(dict.fromkeys(each.product for each in food)),
        lot=", ".join(dict.fromkeys(each.lot for each in food if each.lot)),
    )
    if closed is None:
        followed = breaches.follow(session, _source(notice), fault, now)
        assert followed is not None
        breach = followed
    else:
        breach = breaches.note_by_hand(session, fault, now, product=fault.product, lot=fault.lot)
        breach.register, breach.record_id = _source(notice).register, notice.id
        breach.follows_id = closed.id
    session.flush()
    breaches.number_of(session, breach, now)
    breach.cause_group = breach.cause_group or CauseGroup.MATERIAL
    breach.decision = breach.decision or Decision.BLOCKED
    return breach


def _named(
    session: Session, notice: RecallNotice, asides: Sequence[_Aside], now: datetime
) -> Collection[_Aside]:
    """Return the food that the open non-conformity of a notice is about, and some more.

    What a closed one has settled is not told again.
    """
    rows = [row for row in of_notice(session, notice) if row.breach is not None]
    settled = {_key(row) for row in rows if row.breach is not None and row.breach.is_sealed}
    held = [_Aside(row.product, row.lot) for row in rows if not _is_free(row)]
    held += [each for lot in _lots_held(session, notice) for each in _of_lot(session, lot, now)]
    found = {each.key: each for each in held if each.key not in settled}
    found.update({each.key: each for each in asides})
    return found.values()


def _give_back(
    session: Session, notice: RecallNotice, rows: Sequence[BlockedLot], now: datetime, by: str
) -> None:
    """Give food back to use; withdraw the non-conformity when nothing is left in it."""
    words = tr("Non visé par l’avis de rappel n° {sheet}").format(sheet=notice.sheet)
    for row in rows:
        if row.state in {LotState.BLOCKED, LotState.RESERVED} and row.released_at is None:
            row.released_at, row.released_by, row.release_words = now, by.strip(), words
    session.flush()
    breach = breach_of(session, notice)
    if breach is None or breach.is_sealed:
        return
    touched = session.scalar(
        select(RecallMatch.id)
        .where(RecallMatch.notice_id == notice.id, RecallMatch.verdict == RecallVerdict.TOUCHED)
        .limit(1)
    )
    is_empty = touched is None and all(_is_free(row) for row in breach.lots)
    if is_empty and not breach.actions:
        breaches.follow(session, _source(notice), None, now)
    else:
        breaches.settle(breach, now)
    session.flush()


def _source(notice: RecallNotice) -> Source:
    return Source(RecallNotice.__tablename__, notice.id)


def _is_free(row: BlockedLot) -> bool:
    """Tell whether food was given back to use."""
    return row.released_at is not None and row.state in {LotState.BLOCKED, LotState.RESERVED}


def _key(row: BlockedLot) -> tuple[str, str]:
    return fold(row.product), squeeze(row.lot)
