"""Taking in notices that touch our lots, and saying of each lot whether it is one of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.recalls.matching import Match, candidates, match_all
from cantine_desktop.supply.recalls.model import RecallMatch, RecallNotice, RecallVerdict
from cantine_desktop.supply.recalls.notice_list import Notice
from cantine_desktop.supply.stock.lot_events import block, release
from cantine_desktop.supply.stock.lots import is_blocked, left_of, rows_of
from cantine_desktop.supply.stock.model import Lot, LotEventKind


@dataclass(frozen=True)
class TakenIn:
    """What a list of notices changed.

    Attributes:
        added: Notices that touch a lot and were not known.
        changed: Known ones that the list words anew, or that touch one more lot.
        unchanged: Known ones it leaves as they were.
        set_aside: Notices and the lots set aside because they surely are the ones, by keys.
    """

    added: int
    changed: int
    unchanged: int
    set_aside: tuple[tuple[int, int], ...]


def take_in(
    session: Session, notices: Sequence[Notice], now: datetime, also: Collection[str] = ()
) -> TakenIn:
    """Keep the notices that may touch a lot, and set aside the lots that surely are the ones.

    The others are not kept: the public list has thousands. A lot that came in since is held
    beside the whole list the next time it is taken in. One that nobody follows and is taken to
    be eaten is shown, not set aside: nothing of it is there, unless somebody says so.

    Args:
        session: The session of an action.
        notices: Food notices of the list.
        now: Present instant, aware.
        also: Numbers of notices to keep though they touch no lot: they touch something else.
    """
    known = {each.sheet: each for each in session.scalars(select(RecallNotice))}
    pairs = set(session.execute(select(RecallMatch.notice_id, RecallMatch.lot_id)).all())
    added = changed = unchanged = 0
    set_aside: list[tuple[int, int]] = []
    touching = {notice.sheet: found for notice, found in match_all(notices, candidates(session))}
    for notice in notices:
        matches = touching.get(notice.sheet, [])
        if not matches and notice.sheet not in also:
            continue
        row = known.get(notice.sheet)
        is_new = row is None
        if row is None:
            row = RecallNotice(
                sheet=notice.sheet,
                published_on=notice.published_on,
                product=notice.product,
                imported_at=now,
            )
            session.add(row)
        is_changed = _write_words(row, notice)
        session.flush()
        fresh = [each for each in matches if (row.id, each.lot_id) not in pairs]
        set_aside += [(row.id, match.lot_id) for match in fresh if _add(session, row, match, now)]
        added += is_new
        changed += not is_new and (is_changed or bool(fresh))
        unchanged += not is_new and not is_changed and not fresh
    return TakenIn(added, changed, unchanged, tuple(set_aside))


def judge(
    session: Session, match_id: int, verdict: RecallVerdict, now: datetime, by: str = ""
) -> None:
    """Say whether a lot is one that a notice recalls.

    One that is touched is set aside if some is left; one that is not is given back to use,
    unless something else keeps it aside.

    Args:
        session: The session of an action.
        match_id: The lot beside the notice.
        verdict: What somebody found on the box.
        now: Present instant, aware.
        by: Initials of who looked.

    Raises:
        UserError: The verdict says nothing.
    """
    if verdict is RecallVerdict.TO_LOOK_AT:
        raise UserError(tr("Dites si ce lot est visé ou non."))
    match = session.get_one(RecallMatch, match_id)
    notice = session.get_one(RecallNotice, match.notice_id)
    lot = session.get_one(Lot, match.lot_id)
    match.verdict, match.judged_at, match.judged_by = verdict, now, by.strip()
    if verdict is RecallVerdict.TOUCHED:
        _set_aside(session, lot, notice, now, by)
    elif _is_held_by(lot, notice) and not _is_held_elsewhere(session, match):
        reason = tr("Non visé par l’avis de rappel n° {sheet}").format(sheet=notice.sheet)
        release(session, lot.id, now, reason, by)
    session.flush()


def _write_words(row: RecallNotice, notice: Notice) -> bool:
    """Write what the list says now; tell whether anything changed."""
    told = {
        "published_on": notice.published_on,
        "product": notice.product,
        "brand": notice.brand,
        "category": notice.category,
        "lots": notice.lots,
        "sellers": notice.sellers,
        "reason": notice.reason,
        "risk": notice.risk,
        "advice": notice.advice,
        "link": notice.link,
        "ended_on": notice.ended_on,
    }
    changed = [name for name, value in told.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, told[name])
    return bool(changed)


def _add(session: Session, notice: RecallNotice, match: Match, now: datetime) -> bool:
    """Add a lot to look at; tell whether it was set aside."""
    session.add(RecallMatch(notice_id=notice.id, lot_id=match.lot_id, why=match.why))
    session.flush()
    lot = session.get_one(Lot, match.lot_id)
    if not match.is_sure or rows_of(session, [lot])[0].is_over(civil_date(now)):
        return False
    return _set_aside(session, lot, notice, now, "")


def _set_aside(session: Session, lot: Lot, notice: RecallNotice, now: datetime, by: str) -> bool:
    if is_blocked(lot) or left_of(session, lot.id) <= 0:
        return False
    block(session, lot.id, now, reason_of(notice), by)
    return True


def reason_of(notice: RecallNotice) -> str:
    """Return why something is set aside: it ends with the number of the notice."""
    return tr("Avis de rappel n° {sheet}").format(sheet=notice.sheet)


def _is_held_by(lot: Lot, notice: RecallNotice) -> bool:
    """Tell whether it is this notice that keeps a lot aside."""
    holds = [event for event in lot.events if event.kind is LotEventKind.BLOCKED]
    return is_blocked(lot) and bool(holds) and notice.sheet in holds[-1].reason


def _is_held_elsewhere(session: Session, match: RecallMatch) -> bool:
    """Tell whether another notice is known to touch the lot."""
    others = select(RecallMatch.id).where(
        RecallMatch.lot_id == match.lot_id,
        RecallMatch.id != match.id,
        RecallMatch.verdict == RecallVerdict.TOUCHED,
    )
    return session.scalar(others.limit(1)) is not None
