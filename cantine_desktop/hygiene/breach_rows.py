"""Breaches as screens and sheets show them, whatever register they come from."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.hygiene.breach_tables import (
    BlockedLot,
    Breach,
    BreachProof,
    CauseGroup,
    CorrectiveAction,
    Decision,
    LotState,
)
from cantine_desktop.hygiene.faults import Severity
from cantine_desktop.hygiene.slots import Slot
from cantine_desktop.storage.kept import kept
from cantine_desktop.values.period import Period

_SAME = (
    "register",
    "record_id",
    "subject",
    "day",
    "slot",
    "measured",
    "limit",
    "unit",
    "excess",
    "words",
    "point",
    "severity",
    "opened_at",
    "place",
    "product",
    "lot",
    "quantity",
    "noted_by",
    "cause_group",
    "decision",
    "due_on",
    "responsible",
    "verified_at",
    "verified_by",
    "efficacy",
    "closed_by",
)
"""What a row says as the table does."""


class BreachState(StrEnum):
    """How far a breach is."""

    TO_ACT = "to_act"
    TO_RECHECK = "to_recheck"
    TO_VERIFY = "to_verify"
    SETTLED = "settled"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class ActionRow(NamedTuple):
    """What was done about a breach.

    Attributes:
        worked: Whether the recheck was good; ``None`` when there was none.
        codes: Actions of the catalogue it stands for.
    """

    cause: str
    action: str
    initials: str
    taken_at: datetime
    recheck_at: datetime | None
    recheck_value: Decimal | None
    worked: bool | None = None
    codes: tuple[str, ...] = ()
    core_celsius: Decimal | None = None
    gap_minutes: int | None = None
    moved_to: str = ""


class LotRow(NamedTuple):
    """Food set aside, refused or thrown away.

    Attributes:
        lot_id: Its key.
        released_at: Instant its fate was decided.
    """

    lot_id: int
    product: str
    lot: str
    quantity: str
    state: LotState
    reason: str
    since: datetime
    by: str
    breach_id: int | None
    released_at: datetime | None
    released_by: str
    release_words: str

    @property
    def is_blocked(self) -> bool:
        """Whether somebody must still decide what becomes of it."""
        return self.state is LotState.BLOCKED and self.released_at is None


class ProofRow(NamedTuple):
    """A file that shows what happened or what was done."""

    proof_id: int
    name: str
    words: str
    added_by: str
    added_at: datetime


class BreachRow(NamedTuple):
    """A breach as the screens list it.

    Attributes:
        register: Key of the register it comes from; empty when noted by hand.
        subject: What it is about: « CF 2 ».
        measured: What was measured, in ``unit``; ``None`` where nothing is.
        limit: The bound, in ``unit``.
        excess: How far beyond the bound.
        hours: Whole hours since it was found, until it was settled or until now.
        actions: What was done, in order.
        recheck_due: When it must be checked again, if it must still be.
        sealed: It is closed for good.
    """

    breach_id: int
    register: str
    record_id: int | None
    number: str
    subject: str
    day: date
    slot: Slot | None
    measured: Decimal | None
    limit: Decimal | None
    unit: str
    excess: Decimal | None
    words: str
    point: str
    severity: Severity
    opened_at: datetime
    settled_at: datetime | None
    withdrawn: bool
    sealed: bool
    hours: int
    actions: tuple[ActionRow, ...]
    recheck_due: datetime | None
    state: BreachState
    place: str = ""
    product: str = ""
    lot: str = ""
    quantity: str = ""
    noted_by: str = ""
    cause_group: CauseGroup | None = None
    decision: Decision | None = None
    due_on: date | None = None
    responsible: str = ""
    verified_at: datetime | None = None
    verified_by: str = ""
    efficacy: str = ""
    closed_by: str = ""
    lots: tuple[LotRow, ...] = ()
    proofs: tuple[ProofRow, ...] = ()


def open_breaches(session: Session, now: datetime) -> list[BreachRow]:
    """Return the breaches still to be settled, the oldest first."""
    query = select(Breach).where(Breach.closed_at.is_(None), Breach.withdrawn_at.is_(None))
    return rows_of(session, query.order_by(Breach.opened_at, Breach.id), now)


def open_count(session: Session) -> int:
    """Return how many breaches are still to be settled."""
    query = select(func.count(Breach.id)).where(
        Breach.closed_at.is_(None), Breach.withdrawn_at.is_(None)
    )
    return session.scalar(query) or 0


def settled_breaches(session: Session, now: datetime, limit: int = 200) -> list[BreachRow]:
    """Return the breaches settled or withdrawn, the latest first, up to a number."""
    settled = or_(Breach.closed_at.is_not(None), Breach.withdrawn_at.is_not(None))
    query = select(Breach).where(settled).order_by(Breach.opened_at.desc(), Breach.id.desc())
    return rows_of(session, query.limit(limit), now)


def breaches_of(
    session: Session, period: Period, now: datetime, register: str | None = None
) -> list[BreachRow]:
    """Return the true breaches of a period, by day; those withdrawn are left out.

    Args:
        session: A reading session.
        period: Civil days they happened on.
        now: The present instant.
        register: Key of the register they come from; ``None`` for every one.
    """
    query = (
        select(Breach)
        .where(Breach.day >= period.first, Breach.day < period.end)
        .where(Breach.withdrawn_at.is_(None))
        .order_by(Breach.day, Breach.slot.desc(), Breach.id)
    )
    if register is not None:
        query = query.where(Breach.register == register)
    return rows_of(session, query, now)


def breach_row(session: Session, breach_id: int, now: datetime) -> BreachRow | None:
    """Return one breach by its key, if it is there."""
    rows = rows_of(session, select(Breach).where(Breach.id == breach_id), now)
    return rows[0] if rows else None


def open_ids(session: Session, register: str, period: Period) -> dict[int, int]:
    """Return the open breaches of the records of a register in a period, by record."""
    query = (
        select(Breach.record_id, Breach.id)
        .where(Breach.register == register)
        .where(Breach.day >= period.first, Breach.day < period.end)
        .where(Breach.closed_at.is_(None), Breach.withdrawn_at.is_(None))
    )
    return {row.record_id: row.id for row in session.execute(query) if row.record_id is not None}


def rows_to_seal(
    session: Session, register: str, period: Period
) -> list[Breach | CorrectiveAction]:
    """Return what is sealed with a sheet: what was done about its breaches, and those settled."""
    if register not in kept(session, Breach, period, partial(_registers_in, session, period)):
        return []
    here = (Breach.register == register, Breach.day >= period.first, Breach.day < period.end)
    found = session.scalars(select(Breach).where(*here).order_by(Breach.id)).all()
    actions = session.scalars(
        select(CorrectiveAction)
        .join(CorrectiveAction.breach)
        .where(*here)
        .order_by(CorrectiveAction.id)
    )
    return [*actions, *(breach for breach in found if breach.closed_at is not None)]


def _registers_in(session: Session, period: Period) -> frozenset[str]:
    """Return the sheets whose records of a period have breaches: all are signed one by one."""
    inside = (Breach.day >= period.first, Breach.day < period.end)
    return frozenset(session.scalars(select(Breach.register).where(*inside).distinct()))


def action_delays(session: Session, period: Period) -> list[float]:
    """Return, for each breach of a period that was acted on, the hours until its first action."""
    first_action = (
        select(CorrectiveAction.breach_id, func.min(CorrectiveAction.taken_at).label("at"))
        .group_by(CorrectiveAction.breach_id)
        .subquery()
    )
    query = (
        select(Breach.opened_at, first_action.c.at)
        .join(first_action, first_action.c.breach_id == Breach.id)
        .where(Breach.day >= period.first, Breach.day < period.end)
        .where(Breach.withdrawn_at.is_(None))
    )
    return [(at - opened).total_seconds() / 3600 for opened, at in session.execute(query)]


def lot_row(lot: BlockedLot) -> LotRow:
    """Return food set aside as the screens show it."""
    return LotRow(
        lot_id=lot.id,
        product=lot.product,
        lot=lot.lot,
        quantity=lot.quantity,
        state=lot.state,
        reason=lot.reason,
        since=lot.since,
        by=lot.by,
        breach_id=lot.breach_id,
        released_at=lot.released_at,
        released_by=lot.released_by,
        release_words=lot.release_words,
    )


def state_of(breach: Breach) -> BreachState:
    """Tell how far a breach is."""
    if breach.withdrawn_at is not None:
        return BreachState.WITHDRAWN
    if breach.closed_at is not None:
        return BreachState.CLOSED if breach.is_sealed else BreachState.SETTLED
    if not breach.actions:
        return BreachState.TO_ACT
    last = breach.actions[-1]
    if last.recheck_due is not None and not last.was_rechecked:
        return BreachState.TO_RECHECK
    return BreachState.TO_RECHECK if last.worked is False else BreachState.TO_VERIFY


def rows_of(session: Session, query: Select[Breach], now: datetime) -> list[BreachRow]:
    """Return the breaches a query selects, with all that was done about them."""
    wanted = query.options(
        selectinload(Breach.actions), selectinload(Breach.lots), selectinload(Breach.proofs)
    )
    return [_row(breach, now) for breach in session.scalars(wanted)]


def _row(breach: Breach, now: datetime) -> BreachRow:
    settled_at = breach.withdrawn_at or breach.closed_at
    last = breach.actions[-1] if breach.actions else None
    awaited = last is not None and not last.was_rechecked and breach.is_open
    same: dict[str, Any] = {name: getattr(breach, name) for name in _SAME}
    return BreachRow(
        breach_id=breach.id,
        number=breach.number or "",
        settled_at=settled_at,
        withdrawn=breach.withdrawn_at is not None,
        sealed=breach.is_sealed,
        hours=int(((settled_at or now) - breach.opened_at).total_seconds() // 3600),
        actions=tuple(map(_action_row, breach.actions)),
        recheck_due=last.recheck_due if last is not None and awaited else None,
        state=state_of(breach),
        lots=tuple(map(lot_row, breach.lots)),
        proofs=tuple(map(_proof_row, breach.proofs)),
        **same,
    )


def _proof_row(proof: BreachProof) -> ProofRow:
    joined = proof.attachment
    return ProofRow(proof.id, joined.name, proof.words, proof.added_by, joined.added_at)


def _action_row(action: CorrectiveAction) -> ActionRow:
    return ActionRow(
        cause=action.cause,
        action=action.action,
        initials=action.initials,
        taken_at=action.taken_at,
        recheck_at=action.recheck_at,
        recheck_value=action.recheck_value,
        worked=action.worked,
        codes=tuple(action.codes.split()),
        core_celsius=action.core_celsius,
        gap_minutes=action.gap_minutes,
        moved_to=action.moved_to,
    )
