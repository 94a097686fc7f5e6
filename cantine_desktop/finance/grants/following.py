"""Grants beside the accounts: what came, what was spent, what is left to prove."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from cantine_desktop.finance.grants.costs import told_sums
from cantine_desktop.finance.grants.model import Grant
from cantine_desktop.finance.ledger.model import (
    Account,
    Entry,
    LetteredLine,
    Line,
    Party,
    Section,
)
from cantine_desktop.i18n import mark, short_day, tr, trn
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

SOON = 60
"""Days before a report is due from which it is told."""


class GrantState(StrEnum):
    """How far a grant is."""

    PREPARING = "preparing"
    ASKED = "asked"
    GRANTED = "granted"
    REPORTED = "reported"
    REFUSED = "refused"


STATES = {
    GrantState.PREPARING: mark("À demander"),
    GrantState.ASKED: mark("Demandée"),
    GrantState.GRANTED: mark("Accordée"),
    GrantState.REPORTED: mark("Justifiée"),
    GrantState.REFUSED: mark("Refusée"),
}


@dataclass(frozen=True)
class FollowedGrant:
    """A grant and what the accounts say of it.

    Attributes:
        received: What came: money lettered with its notification, or what somebody said.
        spent: Costs told for it: lines of its project, and those chosen one by one.
        is_booked: Its notification is in the accounts.
        days_left: Days until the report is due; negative once late, ``None`` without a date
            or once it was sent.
    """

    key: int
    title: str
    funder: str
    call: str
    project: str
    state: GrantState
    asked: Money | None
    granted: Money | None
    received: Money
    spent: Money
    first: date | None
    last: date | None
    reply_due: date | None
    report_due: date | None
    reported_on: date | None
    is_booked: bool
    days_left: int | None

    @property
    def due(self) -> Money:
        """What is still to come."""
        return Money(max((self.granted or Money(0)).cents - self.received.cents, 0))

    @property
    def to_prove(self) -> Money:
        """What was granted and no cost proves yet, until the report is sent."""
        if self.state is not GrantState.GRANTED or not (self.report_due or self.project):
            return Money(0)
        return Money(max((self.granted or Money(0)).cents - self.spent.cents, 0))

    @property
    def is_urgent(self) -> bool:
        """Whether its report is due within sixty days, or late."""
        return self.days_left is not None and self.days_left < SOON


def followed_grants(session: Session, today: date) -> list[FollowedGrant]:
    """Return every grant, those that wait for something first.

    Args:
        session: A session that reads.
        today: The present civil day.
    """
    grants = list(session.scalars(select(Grant).options(selectinload(Grant.payments))))
    names = {party.id: party.name for party in session.scalars(select(Party))}
    projects = {row.id: row for row in session.scalars(select(Section))}
    booked = _entries(session, grants)
    received = _received(session, grants, booked)
    spent = told_sums(session)
    found = [
        _followed(
            grant,
            names[grant.funder_id],
            projects,
            _Booked(grant.id in booked, received.get(grant.id), spent.get(grant.id, Money(0))),
            today,
        )
        for grant in grants
    ]
    return sorted(found, key=_urgency)


def state_of(grant: Grant) -> GrantState:
    """Return how far a grant is."""
    if grant.refused:
        return GrantState.REFUSED
    if grant.granted is not None:
        return GrantState.REPORTED if grant.reported_on else GrantState.GRANTED
    return GrantState.ASKED if grant.asked_on else GrantState.PREPARING


def due_words(grant: FollowedGrant) -> str:
    """Return in words what a grant waits for next."""
    if grant.days_left is not None and grant.report_due is not None:
        if grant.days_left < 0:
            return trn(
                "compte rendu en retard de {n} jour",
                "compte rendu en retard de {n} jours",
                -grant.days_left,
            )
        if grant.is_urgent:
            return trn("compte rendu dans {n} jour", "compte rendu dans {n} jours", grant.days_left)
        return tr("compte rendu avant le {day}").format(day=short_day(grant.report_due))
    if grant.state is GrantState.PREPARING and grant.reply_due is not None:
        return tr("à déposer avant le {day}").format(day=short_day(grant.reply_due))
    return tr(STATES[grant.state])


class _Booked(NamedTuple):
    """Whether a grant is in the accounts, what came of it there, and what it was spent on."""

    is_booked: bool
    received: Money | None
    spent: Money


def _followed(
    grant: Grant,
    funder: str,
    projects: dict[int, Section],
    booked: _Booked,
    today: date,
) -> FollowedGrant:
    state = state_of(grant)
    project = projects.get(grant.project_id or 0)
    waits = state is GrantState.GRANTED and grant.report_due is not None
    return FollowedGrant(
        key=grant.id,
        title=grant.title,
        funder=funder,
        call=grant.call,
        project=project.code if project else "",
        state=state,
        asked=grant.asked,
        granted=grant.granted,
        received=booked.received if booked.received is not None else _said(grant),
        spent=booked.spent,
        first=grant.first,
        last=grant.last,
        reply_due=grant.reply_due,
        report_due=grant.report_due,
        reported_on=grant.reported_on,
        is_booked=booked.is_booked,
        days_left=(grant.report_due - today).days if waits and grant.report_due else None,
    )


def _said(grant: Grant) -> Money:
    return Money(sum(each.amount.cents for each in grant.payments if each.received_on))


def _entries(session: Session, grants: Sequence[Grant]) -> dict[int, int]:
    """Return the entry of each grant that is in the accounts, by key."""
    rows = session.execute(
        select(Entry.id, Entry.piece_ref, Entry.origin_table, Entry.origin_key).where(
            Entry.fact == "grant"
        )
    ).all()
    own = {row.origin_key or 0: row.id for row in rows if row.origin_table == "grant_record"}
    by_reference = {row.piece_ref: row.id for row in rows}
    found = {grant.id: own.get(grant.id) or by_reference.get(grant.reference) for grant in grants}
    return {key: entry for key, entry in found.items() if entry is not None}


def _received(
    session: Session, grants: Sequence[Grant], booked: dict[int, int]
) -> dict[int, Money]:
    """Return what was lettered with the notification of each grant, or carries its project.

    A project that two grants share tells nothing of either.
    """
    waiting = (
        select(Line.entry_id, LetteredLine.lettering_id)
        .join(LetteredLine, LetteredLine.line_id == Line.id)
        .join(Account, Line.account_id == Account.id)
        .where(Line.entry_id.in_(booked.values()), Account.number.startswith("44"))
    )
    letterings = {lettering: entry for entry, lettering in session.execute(waiting)}
    sums = dict.fromkeys(booked.values(), 0)
    paid = (
        select(LetteredLine.lettering_id, func.sum(Line.credit))
        .join(Line, LetteredLine.line_id == Line.id)
        .where(LetteredLine.lettering_id.in_(letterings))
        .group_by(LetteredLine.lettering_id)
    )
    for lettering, given in session.execute(paid):
        sums[letterings[lettering]] += given.cents
    projects = [grant.project_id for grant in grants]
    loose = _loose(session)
    return {
        grant.id: Money(
            sums[booked[grant.id]]
            + (loose.get(grant.project_id or 0, 0) if projects.count(grant.project_id) == 1 else 0)
        )
        for grant in grants
        if grant.id in booked
    }


def _loose(session: Session) -> dict[int, int]:
    """Return what came on 441 with a project and is lettered with nothing, in cents."""
    query = (
        select(Line.project_id, func.sum(Line.credit))
        .join(Account, Line.account_id == Account.id)
        .outerjoin(LetteredLine, LetteredLine.line_id == Line.id)
        .where(Account.number.startswith("441"), Line.project_id.is_not(None))
        .where(LetteredLine.id.is_(None))
        .group_by(Line.project_id)
    )
    return {project or 0: given.cents for project, given in session.execute(query)}


def _urgency(grant: FollowedGrant) -> tuple[int, int, str]:
    if grant.days_left is not None:
        return 0, grant.days_left, grant.title
    rank = {
        GrantState.GRANTED: 1,
        GrantState.ASKED: 2,
        GrantState.PREPARING: 3,
        GrantState.REPORTED: 4,
        GrantState.REFUSED: 5,
    }[grant.state]
    return rank, 0, grant.title


def grants_in(session: Session, period: Period) -> list[Grant]:
    """Return the grants whose convention, answer or report touches a period, by key."""
    grants = session.scalars(select(Grant).order_by(Grant.id))
    return [grant for grant in grants if _touches(grant, period)]


def _touches(grant: Grant, period: Period) -> bool:
    if grant.first and grant.last:
        return grant.first < period.end and grant.last >= period.first
    days = (grant.asked_on, grant.decided_on, grant.report_due, grant.reported_on)
    return any(day is not None and day in period for day in days)
