"""Recall drills: can we say within minutes where a lot went? Kept with the time it took."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.meals.consumption.tracing import Trace, trace_lots
from cantine_desktop.storage.seal import seal
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.recalls.model import RecallDrill
from cantine_desktop.supply.stock.lots import left_of
from cantine_desktop.supply.stock.model import Lot, MoveKind, StockMove

LONGEST_DRILL = 24 * 3600
"""Seconds; a longer one is a slip of the hand."""


@dataclass(frozen=True)
class Account:
    """What became of a lot.

    Attributes:
        came: Canonical quantity that came in; ``used``, that went into services; ``out``, that
            left otherwise; ``left``, that is still there.
    """

    came: Decimal
    used: Decimal
    out: Decimal
    left: Decimal

    @property
    def share(self) -> Decimal:
        """Part of what came in that is found again, of one."""
        if not self.came:
            return Decimal(1)
        found = (self.used + self.out + self.left) / self.came
        return min(Decimal(1), found).quantize(Decimal("0.001"), ROUND_DOWN)


@dataclass(frozen=True)
class DrillRow:
    """A drill in a list."""

    key: int
    day: date
    product: str
    lot: str
    by: str
    milliseconds: int
    seconds: int | None
    services: int
    people: int
    accounted: Decimal
    words: str


def account_of(session: Session, lot_id: int, trace: Trace) -> Account:
    """Return what became of a lot, from its moves and from its trace."""
    undone = select(StockMove.reverses_id).where(StockMove.reverses_id.is_not(None))
    came = sum(
        session.scalars(
            select(StockMove.quantity).where(
                StockMove.lot_id == lot_id,
                StockMove.quantity > Decimal(0),
                StockMove.reverses_id.is_(None),
                StockMove.id.not_in(undone),
                StockMove.kind != MoveKind.COUNTED,
            )
        ),
        Decimal(0),
    )
    used = sum((plate.quantity for plate in trace.plates if plate.lot_id == lot_id), Decimal(0))
    out = sum(trace.out.values(), Decimal(0))
    return Account(came, used, out, left_of(session, lot_id))


def keep_drill(
    session: Session,
    lot_id: int,
    milliseconds: int,
    by: str,
    now: datetime,
    *,
    seconds: int | None = None,
    words: str = "",
) -> RecallDrill:
    """Keep an exercise: what the lot led to, how long the answer took, sealed.

    Args:
        session: The session of an action.
        lot_id: The lot that was looked for.
        milliseconds: From the question to the answer on the screen.
        by: Initials of who did it.
        now: Present instant, aware.
        seconds: Until the food was found on its shelf, or known to be gone; ``None`` unsaid.
        words: What was learnt.

    Raises:
        UserError: Nobody says who, or the time makes no sense.
    """
    if not by.strip():
        raise UserError(tr("Donnez les initiales de la personne qui a fait l’exercice."))
    if seconds is not None and not 0 <= seconds <= LONGEST_DRILL:
        raise UserError(tr("La durée d’un exercice va de 0 à 24 heures."))
    trace = trace_lots(session, [lot_id])
    drill = RecallDrill(
        at=now,
        lot_id=lot_id,
        by=by.strip(),
        milliseconds=milliseconds,
        services=trace.services,
        people=trace.diners,
        accounted=account_of(session, lot_id, trace).share,
        seconds=seconds,
        words=words.strip(),
    )
    session.add(drill)
    session.flush()
    seal(session, [drill], now)
    return drill


def drills(session: Session, limit: int = 50) -> list[DrillRow]:
    """Return the last drills, the newest first."""
    query = (
        select(RecallDrill, Lot.code, Product.name)
        .join(Lot, RecallDrill.lot_id == Lot.id)
        .join(Product, Lot.product_id == Product.id)
        .order_by(RecallDrill.at.desc(), RecallDrill.id.desc())
        .limit(limit)
    )
    return [
        DrillRow(
            key=drill.id,
            day=civil_date(drill.at),
            product=product,
            lot=code,
            by=drill.by,
            milliseconds=drill.milliseconds,
            seconds=drill.seconds,
            services=drill.services,
            people=drill.people,
            accounted=drill.accounted,
            words=drill.words,
        )
        for drill, code, product in session.execute(query)
    ]
