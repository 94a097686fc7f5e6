"""Upkeep: visits of those who mend, and what is asked to be mended."""

from datetime import date, datetime
from typing import NamedTuple, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.hygiene.equipment.model import (
    Equipment,
    MaintenanceTicket,
    MaintenanceVisit,
)
from cantine_desktop.hygiene.model import ColdUnit
from cantine_desktop.i18n import tr
from cantine_desktop.storage.attachments import attach


class About(NamedTuple):
    """What a visit or a ticket is about: an appliance, a cold unit, or the premises."""

    equipment_id: int | None = None
    unit_id: int | None = None


class VisitChanges(TypedDict, total=False):
    """What may be changed on a visit; see ``MaintenanceVisit`` for the meaning of each."""

    done_on: date
    by: str
    what: str
    next_due: date | None
    equipment_id: int | None
    unit_id: int | None


class TicketChanges(TypedDict, total=False):
    """What may be changed on a ticket; see ``MaintenanceTicket`` for the meaning of each."""

    title: str
    responsible: str
    due: date | None
    equipment_id: int | None
    unit_id: int | None


class VisitRow(NamedTuple):
    """A visit as screens and sheets list it."""

    visit_id: int
    about: str
    done_on: date
    by: str
    what: str
    next_due: date | None
    has_report: bool


class TicketRow(NamedTuple):
    """A ticket as screens and sheets list it."""

    ticket_id: int
    about: str
    title: str
    opened_at: datetime
    responsible: str
    due: date | None
    closed_on: date | None
    outcome: str
    breach_id: int | None


def note_visit(
    session: Session, about: About, done_on: date, what: str, now: datetime
) -> MaintenanceVisit:
    """Write that somebody came to check or to mend.

    Raises:
        UserError: No words, or the day is to come.
    """
    visit = MaintenanceVisit(
        done_on=done_on, what=what.strip(), equipment_id=about.equipment_id, unit_id=about.unit_id
    )
    _check_visit(visit, now)
    session.add(visit)
    session.flush()
    return visit


def change_visit(
    session: Session, visit_id: int, now: datetime, **changes: Unpack[VisitChanges]
) -> MaintenanceVisit:
    """Change what is known of a visit.

    Raises:
        UserError: No words, the day is to come, or the next visit would be before this one.
    """
    visit = session.get_one(MaintenanceVisit, visit_id)
    for field, value in changes.items():
        setattr(visit, field, value.strip() if isinstance(value, str) else value)
    _check_visit(visit, now)
    return visit


def remove_visit(session: Session, visit_id: int) -> None:
    """Delete a visit written by mistake."""
    session.delete(session.get_one(MaintenanceVisit, visit_id))


def join_report(
    session: Session, visit_id: int, content: bytes, name: str, media_type: str, now: datetime
) -> None:
    """Join the report of a visit.

    Raises:
        UserError: The file is empty or too large.
    """
    visit = session.get_one(MaintenanceVisit, visit_id)
    visit.attachment_id = attach(session, content, name, media_type, now, area="hygiene").id


def open_ticket(  # noqa: PLR0913  -- the words of a ticket; a record would only wrap them
    session: Session,
    equipment_id: int | None,
    title: str,
    now: datetime,
    breach_id: int | None = None,
    *,
    unit_id: int | None = None,
    responsible: str = "",
    due: date | None = None,
) -> MaintenanceTicket:
    """Ask for something to be mended.

    Args:
        session: The session of an action.
        equipment_id: The appliance; ``None`` for a cold unit or the premises.
        title: What is wrong.
        now: The present instant.
        breach_id: The breach that asks for it.
        unit_id: The cold unit.
        responsible: Who sees to it.
        due: Day by which it should be mended.

    Raises:
        UserError: No words.
    """
    if not title.strip():
        raise UserError(tr("Dites ce qui est à réparer."))
    ticket = MaintenanceTicket(
        title=title.strip(),
        opened_at=now,
        equipment_id=equipment_id,
        unit_id=unit_id,
        responsible=responsible.strip(),
        due=due,
        breach_id=breach_id,
    )
    session.add(ticket)
    session.flush()
    return ticket


def change_ticket(
    session: Session, ticket_id: int, **changes: Unpack[TicketChanges]
) -> MaintenanceTicket:
    """Change what is known of a ticket.

    Raises:
        UserError: No words.
    """
    ticket = session.get_one(MaintenanceTicket, ticket_id)
    for field, value in changes.items():
        setattr(ticket, field, value.strip() if isinstance(value, str) else value)
    if not ticket.title:
        raise UserError(tr("Dites ce qui est à réparer."))
    return ticket


def close_ticket(session: Session, ticket_id: int, outcome: str, day: date) -> None:
    """Say that it is mended, and how.

    Raises:
        UserError: No words: an inspector asks what was done.
    """
    if not outcome.strip():
        raise UserError(tr("Dites ce qui a été fait."))
    ticket = session.get_one(MaintenanceTicket, ticket_id)
    ticket.closed_on, ticket.outcome = day, outcome.strip()


def reopen_ticket(session: Session, ticket_id: int) -> None:
    """Say that it is not mended after all; what was done stays written."""
    session.get_one(MaintenanceTicket, ticket_id).closed_on = None


def visits(session: Session) -> list[VisitRow]:
    """Return the visits, the latest first."""
    names = _Names(session)
    query = select(MaintenanceVisit).order_by(
        MaintenanceVisit.done_on.desc(), MaintenanceVisit.id.desc()
    )
    return [
        VisitRow(
            row.id,
            names(row),
            row.done_on,
            row.by,
            row.what,
            row.next_due,
            row.attachment_id is not None,
        )
        for row in session.scalars(query)
    ]


def tickets(session: Session, *, only_open: bool = False) -> list[TicketRow]:
    """Return the tickets: the open ones first, then by the day they are due."""
    names = _Names(session)
    query = select(MaintenanceTicket)
    if only_open:
        query = query.where(MaintenanceTicket.closed_on.is_(None))
    rows = [
        TicketRow(
            row.id,
            names(row),
            row.title,
            row.opened_at,
            row.responsible,
            row.due,
            row.closed_on,
            row.outcome,
            row.breach_id,
        )
        for row in session.scalars(query)
    ]
    return sorted(
        rows,
        key=lambda row: (
            row.closed_on is not None,
            row.due is None,
            row.due or date.max,
            row.ticket_id,
        ),
    )


def next_visits(session: Session) -> list[VisitRow]:
    """Return, for each appliance and cold unit, the last visit, if it plans another one."""
    last: dict[About, MaintenanceVisit] = {}
    query = select(MaintenanceVisit).order_by(MaintenanceVisit.done_on, MaintenanceVisit.id)
    for row in session.scalars(query):
        last[About(row.equipment_id, row.unit_id)] = row
    wanted = {row.id for row in last.values() if row.next_due is not None}
    return [row for row in visits(session) if row.visit_id in wanted]


class _Names:
    """Names of what visits and tickets are about."""

    def __init__(self, session: Session) -> None:
        self._equipment = {row.id: row.name for row in session.scalars(select(Equipment))}
        self._units = {row.id: row.name for row in session.scalars(select(ColdUnit))}

    def __call__(self, row: MaintenanceVisit | MaintenanceTicket) -> str:
        """Return what a row is about."""
        if row.equipment_id is not None:
            return self._equipment[row.equipment_id]
        if row.unit_id is not None:
            return self._units[row.unit_id]
        return tr("Locaux")


def _check_visit(visit: MaintenanceVisit, now: datetime) -> None:
    if not visit.what:
        raise UserError(tr("Dites ce qui a été fait."))
    if visit.done_on > civil_date(now):
        raise UserError(tr("Ce jour n’est pas encore venu : notez-le comme prochaine visite."))
    if visit.next_due is not None and visit.next_due <= visit.done_on:
        raise UserError(tr("La prochaine visite vient après celle-ci."))
