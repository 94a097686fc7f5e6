"""The door of the canteen during a service: who arrives, written into the draft of its closing.

Nothing here adds up money: the counter notes that somebody gave, never how much came in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr, trn
from cantine_desktop.meals.closing.drafting import add_people, add_to_tally, draft_of
from cantine_desktop.meals.closing.model import ServiceClosing
from cantine_desktop.meals.closing.policy import policy
from cantine_desktop.meals.reservations import seating
from cantine_desktop.meals.reservations.model import Place, Reservation, ReservationState
from cantine_desktop.meals.reservations.quick import Typed
from cantine_desktop.meals.services.model import ContributionMode, MealService
from cantine_desktop.values.money import Money


class Who(StrEnum):
    """Who is counted by a tap; the last two are among the first two."""

    EATER = "eater"
    COOK = "cook"
    NEWCOMER = "newcomer"
    CHILD = "child"


@dataclass(frozen=True)
class Arrived:
    """What the counter shows of a service.

    Attributes:
        counts: People by kind; eaters are those at table who did not cook.
        contributions: How many people gave, nothing included.
        amounts: What a tap may note, the least first; empty where no tally is kept.
        free: Places left at table.
        kitchen_free: Places left in the kitchen.
    """

    counts: dict[Who, int]
    contributions: int
    amounts: tuple[Money, ...]
    free: int
    kitchen_free: int

    @property
    def at_table(self) -> int:
        """Everybody who eats, cooks included."""
        return self.counts[Who.EATER] + self.counts[Who.COOK]


def arrived(session: Session, service_id: int) -> Arrived:
    """Return who arrived so far; reads only."""
    service = session.get_one(MealService, service_id)
    draft = _last(session, service_id)
    diners, cooks = (draft.diners or 0, draft.cooks or 0) if draft else (0, 0)
    rows = seating.reservations_of(session, service_id)
    table = _taken(rows, {Place.EAT, Place.COOK}, diners)
    kitchen = _taken(rows, {Place.COOK}, cooks)
    free = max(0, service.seats - table)
    return Arrived(
        {
            Who.EATER: max(0, diners - cooks),
            Who.COOK: cooks,
            Who.NEWCOMER: (draft.newcomers or 0) if draft else 0,
            Who.CHILD: (draft.children or 0) if draft else 0,
        },
        sum(each.count for each in draft.tally) if draft else 0,
        _amounts(session, service, draft),
        free,
        min(free, max(0, service.kitchen_places - kitchen)),
    )


def tap(session: Session, service_id: int, who: Who, n: int, now: datetime) -> None:
    """Count people who arrive, or take them back; a cook sits at table too.

    Args:
        session: The session of an action.
        service_id: The service.
        who: What they are.
        n: How many; negative to take back.
        now: Present instant, aware.

    Raises:
        UserError: The service is closed or cancelled, or nobody is left to take back.
    """
    if arrived(session, service_id).counts[who] + n < 0:
        raise UserError(tr("Il n’y a plus personne à retirer."))
    match who:
        case Who.EATER:
            add_people(session, service_id, now, diners=n)
        case Who.COOK:
            add_people(session, service_id, now, diners=n, cooks=n)
        case Who.NEWCOMER:
            add_people(session, service_id, now, newcomers=n)
        case Who.CHILD:
            add_people(session, service_id, now, children=n)


def contribute(session: Session, service_id: int, amount: Money, n: int, now: datetime) -> None:
    """Note that somebody gave an amount, in a canteen that tallies; negative takes back.

    Raises:
        UserError: No tally is kept for this service, it is closed, or nothing is left to take
            back.
    """
    service = session.get_one(MealService, service_id)
    if not _amounts(session, service, draft_of(session, service_id, now)):
        raise UserError(tr("Ici, les contributions ne se notent pas au comptoir."))
    add_to_tally(session, service_id, amount, n, now)


def note_arrival(
    session: Session, reservation_id: int, state: ReservationState, now: datetime
) -> ReservationState:
    """Note what became of a reservation, and count its people when they came.

    Args:
        session: The session of an action.
        reservation_id: The reservation.
        state: Came, did not come, or back to what it was.
        now: Present instant, aware.

    Returns:
        What it was before.

    Raises:
        UserError: The service is closed or cancelled.
    """
    row = session.get_one(Reservation, reservation_id)
    draft = draft_of(session, row.service_id, now)
    before = row.state
    if before is state:
        return before
    if state is ReservationState.CAME:
        seating.came(session, row.id)
        _count(session, draft, row, row.people, now)
    elif state is ReservationState.NO_SHOW:
        seating.mark_no_show(session, row.id)
    else:
        row.state = state
    if before is ReservationState.CAME:
        _count(session, draft, row, -row.people, now)
    session.flush()
    return before


def walk_in(
    session: Session, service_id: int, typed: Typed, now: datetime, *, is_here: bool
) -> Reservation:
    """Note somebody who reserves at the door; who is here is counted, if there is room.

    Those who came unannounced hold their places too. When there is none left, one waits: let
    them in with ``note_arrival``.
    """
    room = arrived(session, service_id)
    fits = typed.people <= (room.kitchen_free if typed.place is Place.COOK else room.free)
    row = seating.reserve(
        session, service_id, typed.name, typed.place, typed.people, now, contact=typed.contact
    )
    if not fits:
        row.state = ReservationState.WAITING
        session.flush()
    elif is_here and row.state is ReservationState.SEATED:
        note_arrival(session, row.id, ReservationState.CAME, now)
    return row


def take_away(session: Session, reservation_id: int, now: datetime) -> None:
    """Take back somebody noted at the door by mistake."""
    note_arrival(session, reservation_id, ReservationState.SEATED, now)
    seating.withdraw(session, reservation_id)


def room_in_words(room: Arrived) -> str:
    """Say what is free: « 4 places à table, 1 en cuisine »."""
    if not room.free:
        return tr("Complet : plus de place à table")
    table = trn("{n} place à table", "{n} places à table", room.free).format(n=room.free)
    if not room.kitchen_free:
        return tr("{table}, aucune en cuisine").format(table=table)
    return tr("{table}, {n} en cuisine").format(table=table, n=room.kitchen_free)


def _last(session: Session, service_id: int) -> ServiceClosing | None:
    query = select(ServiceClosing).where(ServiceClosing.service_id == service_id)
    return session.scalar(query.order_by(ServiceClosing.id.desc()).limit(1))


def _amounts(
    session: Session, service: MealService, draft: ServiceClosing | None
) -> tuple[Money, ...]:
    chosen = policy(session)
    mode = draft.mode if draft is not None else service.mode or chosen.mode
    return chosen.amounts if mode is ContributionMode.TALLY else ()


def _taken(rows: Sequence[Reservation], places: set[Place], counted: int) -> int:
    """Return the places taken: reserved, or by who came unannounced beside who is awaited."""
    held = [row for row in rows if row.state in seating.SITTING and row.place in places]
    awaited = sum(row.people for row in held if row.state is ReservationState.SEATED)
    return max(sum(row.people for row in held), awaited + counted)


def _count(
    session: Session, draft: ServiceClosing, row: Reservation, n: int, now: datetime
) -> None:
    """Count the people of a reservation; never fewer than nobody, whatever was typed since."""
    diners = max(n, -(draft.diners or 0))
    cooks = max(n, -(draft.cooks or 0)) if row.place is Place.COOK else 0
    add_people(session, row.service_id, now, diners=diners, cooks=cooks)
