"""Freezing records: what a TIAC, an inspection or a dispute may ask for is never destroyed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import starmap

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.keeping.model import Hold, HoldLift, HoldReason
from cantine_desktop.i18n import mark, tr
from cantine_desktop.storage.seal import seal
from cantine_desktop.storage.stored import Row
from cantine_desktop.values.text import fold

REASONS = {
    HoldReason.OUTBREAK: mark("Suspicion de TIAC"),
    HoldReason.INSPECTION: mark("Contrôle officiel"),
    HoldReason.DISPUTE: mark("Litige"),
    HoldReason.OTHER: mark("Autre raison"),
}
"""French words for each reason."""

SHORTEST_NAME = 2
"""Letters below which a product or a lot would match everything."""


@dataclass(frozen=True)
class Reach:
    """What a hold freezes.

    Attributes:
        first: First civil day.
        end: First civil day no longer reached; ``None`` reaches all that comes.
        products: Names of products or lots: what names one is frozen whatever its day.
    """

    first: date
    end: date | None = None
    products: Sequence[str] = ()


@dataclass(frozen=True)
class HoldLine:
    """A hold and its end, as screens show it.

    Attributes:
        hold_id: Its key.
        reason: Why.
        words: What it is about.
        since: Instant it was opened.
        first: First civil day it reaches.
        end: First civil day it no longer reaches; ``None`` is open.
        products: Products and lots named.
        opened_by: Initials.
        lifted_at: Instant it was lifted; ``None`` while it holds.
        lifted_by: Initials.
        lifted_why: On what ground.
    """

    hold_id: int
    reason: HoldReason
    words: str
    since: datetime
    first: date
    end: date | None
    products: tuple[str, ...]
    opened_by: str
    lifted_at: datetime | None = None
    lifted_by: str = ""
    lifted_why: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still holds."""
        return self.lifted_at is None

    def reaches(self, days: tuple[date, date], rows: Sequence[Row]) -> bool:
        """Tell whether a record is in its reach.

        Args:
            days: First and last civil day the record belongs to.
            rows: The record as stored, with what goes with it.
        """
        first, last = days
        if last >= self.first and (self.end is None or first < self.end):
            return True
        return any(self._names(row) for row in rows)

    def _names(self, row: Row) -> bool:
        if not self.products:
            return False
        said = " ".join(_folded(value) for value in row.values() if isinstance(value, str))
        return any(f" {_folded(name)} " in f" {said} " for name in self.products)


def _folded(words: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(words)).split())


def open_hold(
    session: Session,
    reason: HoldReason,
    reach: Reach,
    opened_by: str,
    now: datetime,
    *,
    words: str = "",
) -> Hold:
    """Freeze the records of some days, and those of any day that name a product or a lot.

    The hold is sealed at once: it is lifted by ``lift_hold``, never erased or undone.

    Args:
        session: The session of an action.
        reason: Why.
        reach: What is frozen.
        opened_by: Initials of who opens it.
        now: The present instant, aware.
        words: What it is about.

    Raises:
        UserError: No initials, an end before the beginning, or a name of one letter.
    """
    names = [name.strip() for name in reach.products if name.strip()]
    if not opened_by.strip():
        raise UserError(tr("Signez de vos initiales."))
    if reach.end is not None and reach.end <= reach.first:
        raise UserError(tr("Le gel finit après avoir commencé : vérifiez les jours."))
    if any(len(_folded(name)) < SHORTEST_NAME for name in names):
        raise UserError(tr("Un produit ou un lot s’écrit avec deux lettres ou chiffres au moins."))
    hold = Hold(
        reason=reason,
        since=now,
        first=reach.first,
        end=reach.end,
        words=words.strip(),
        products="\n".join(names),
        opened_by=opened_by.strip(),
    )
    session.add(hold)
    seal(session, [hold], now)
    return hold


def lift_hold(session: Session, hold_id: int, by: str, why: str, now: datetime) -> HoldLift:
    """End a hold; the lift is sealed and kept beside it.

    Raises:
        UserError: No initials, no ground, or it is lifted already.
    """
    if not by.strip() or not why.strip():
        raise UserError(tr("Dites pourquoi le gel est levé, et signez de vos initiales."))
    if session.scalar(select(HoldLift.id).where(HoldLift.hold_id == hold_id)) is not None:
        raise UserError(tr("Ce gel est déjà levé."))
    session.get_one(Hold, hold_id)
    lift = HoldLift(hold_id=hold_id, at=now, by=by.strip(), why=why.strip())
    session.add(lift)
    seal(session, [lift], now)
    return lift


def holds(session: Session, *, open_only: bool = False) -> list[HoldLine]:
    """Return the holds, those that still hold first, then the newest."""
    query = select(Hold, HoldLift).outerjoin(HoldLift, HoldLift.hold_id == Hold.id)
    found = list(starmap(_line, session.execute(query.order_by(Hold.id.desc()))))
    lines = [line for line in found if line.is_open or not open_only]
    return sorted(lines, key=lambda line: not line.is_open)


def _line(hold: Hold, lift: HoldLift | None) -> HoldLine:
    return HoldLine(
        hold.id,
        hold.reason,
        hold.words,
        hold.since,
        hold.first,
        hold.end,
        tuple(hold.products.splitlines()),
        hold.opened_by,
        lift.at if lift else None,
        lift.by if lift else "",
        lift.why if lift else "",
    )
