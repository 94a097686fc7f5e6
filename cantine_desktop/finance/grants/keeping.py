"""Writing down grants: requests, answers, payments, promises, reports."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.finance.grants.model import Grant, GrantPayment, GrantPromise
from cantine_desktop.finance.ledger.accounts import find_or_add_party
from cantine_desktop.finance.ledger.model import Axis, Entry, Party, PartyKind, Section
from cantine_desktop.finance.postings.facts import GrantFacts
from cantine_desktop.finance.postings.income import post_grant
from cantine_desktop.i18n import money, tr
from cantine_desktop.values.money import Money

ACCOUNTS = ("741000", "741100", "741200", "741300", "741400", "741500", "741600", "755100")
"""Accounts a grant may go to: public bodies, then foundations and the network."""


class Payment(NamedTuple):
    """A payment of a grant."""

    expected_on: date
    amount: Money
    received_on: date | None = None


class Promise(NamedTuple):
    """A result promised, and what was reached."""

    label: str
    promised: str
    reached: str = ""


@dataclass(frozen=True)
class GrantForm:
    """A grant as somebody types it; see ``Grant`` for what each value means.

    Attributes:
        funder: Name of who gives it; made when unknown.
        project: Code of the section of its project; made when unknown; empty for none.
    """

    title: str
    funder: str
    account: str = "741000"
    call: str = ""
    project: str = ""
    is_investment: bool = False
    asked: Money | None = None
    asked_on: date | None = None
    reply_due: date | None = None
    granted: Money | None = None
    reference: str = ""
    decided_on: date | None = None
    refused: bool = False
    convention_on: date | None = None
    first: date | None = None
    last: date | None = None
    report_due: date | None = None
    reported_on: date | None = None
    total_cost: Money | None = None
    told: str = ""
    payments: tuple[Payment, ...] = ()
    promises: tuple[Promise, ...] = ()


_OWN = (
    *("account", "is_investment", "asked", "asked_on", "reply_due", "granted", "decided_on"),
    *("refused", "convention_on", "first", "last", "report_due", "reported_on", "total_cost"),
)


def save_grant(session: Session, form: GrantForm, grant: Grant | None = None) -> Grant:
    """Keep a grant, new or changed.

    Raises:
        UserError: It has no title or funder, its dates are out of order, or its payments
            are more than what was granted.
    """
    _refuse_wrong(form)
    funder = find_or_add_party(session, form.funder.strip(), PartyKind.FUNDER)
    if grant is None:
        grant = Grant(title=form.title.strip(), funder_id=funder.id)
        session.add(grant)
    grant.title, grant.funder_id = form.title.strip(), funder.id
    grant.call, grant.told = form.call.strip(), form.told.strip()
    grant.reference = form.reference.strip()
    grant.project_id = _project(session, form.project.strip(), form.title)
    for name in _OWN:
        setattr(grant, name, getattr(form, name))
    _keep_payments(grant, form.payments)
    _keep_promises(grant, form.promises)
    session.flush()
    return grant


def form_of(session: Session, grant: Grant) -> GrantForm:
    """Return a grant as a form holds it."""
    project = session.get(Section, grant.project_id) if grant.project_id else None
    return GrantForm(
        title=grant.title,
        funder=session.get_one(Party, grant.funder_id).name,
        call=grant.call,
        project=project.code if project else "",
        reference=grant.reference,
        told=grant.told,
        payments=tuple(Payment(p.expected_on, p.amount, p.received_on) for p in grant.payments),
        promises=tuple(Promise(p.label, p.promised, p.reached) for p in grant.promises),
        **{name: getattr(grant, name) for name in _OWN},
    )


def notify(session: Session, grant: Grant, day: date, reference: str) -> Entry:
    """Write the entry of a grant on the day it is notified.

    Raises:
        UserError: Nothing was granted, it has no reference, or it is written already.
    """
    if not grant.granted or not reference.strip():
        raise UserError(tr("Tapez d’abord le montant accordé et la référence de la notification."))
    if entry_of(session, grant) is not None:
        raise UserError(tr("Cette subvention est déjà dans les comptes."))
    project = session.get(Section, grant.project_id) if grant.project_id else None
    grant.reference, grant.decided_on = reference.strip(), day
    entry = post_grant(
        session,
        GrantFacts(
            day,
            grant.reference,
            grant.title,
            grant.granted,
            grant.account,
            project.code if project else "",
            is_investment=grant.is_investment,
            origin=("grant_record", grant.id),
        ),
    )
    session.flush()
    return entry


def entry_of(session: Session, grant: Grant) -> Entry | None:
    """Return the entry of a grant’s notification: by its origin, or by its reference."""
    made = select(Entry).where(Entry.fact == "grant")
    own = made.where(Entry.origin_table == "grant_record", Entry.origin_key == grant.id)
    found = session.scalar(own.limit(1))
    if found is None and grant.reference:
        found = session.scalar(made.where(Entry.piece_ref == grant.reference).limit(1))
    return found


def remove_grant(session: Session, grant: Grant) -> None:
    """Remove a grant that nothing was written about.

    Raises:
        UserError: It is in the accounts.
    """
    if entry_of(session, grant) is not None:
        raise UserError(tr("Cette subvention est dans les comptes : elle ne s’efface plus."))
    session.delete(grant)
    session.flush()


def _keep_payments(grant: Grant, payments: tuple[Payment, ...]) -> None:
    grant.payments = [
        GrantPayment(expected_on=each.expected_on, amount=each.amount, received_on=each.received_on)
        for each in payments
    ]


def _keep_promises(grant: Grant, promises: tuple[Promise, ...]) -> None:
    grant.promises = [
        GrantPromise(
            label=each.label.strip(), promised=each.promised.strip(), reached=each.reached.strip()
        )
        for each in promises
        if each.label.strip()
    ]


def _refuse_wrong(form: GrantForm) -> None:
    if not form.title.strip() or not form.funder.strip():
        raise UserError(tr("Une subvention a un intitulé et un financeur."))
    if form.first and form.last and form.last < form.first:
        raise UserError(tr("La fin de la convention ne précède pas son début."))
    if form.refused and form.granted:
        raise UserError(tr("Une subvention refusée n’a pas de montant accordé."))
    paid = sum(each.amount.cents for each in form.payments)
    if form.granted is not None and paid > form.granted.cents:
        raise UserError(
            tr("Les versements font {paid}, plus que les {granted} accordés.").format(
                paid=money(Money(paid)), granted=money(form.granted)
            )
        )


def _project(session: Session, code: str, title: str) -> int | None:
    if not code:
        return None
    plain = code.upper()[:16]
    found = session.scalar(select(Section).where(Section.code == plain))
    if found is not None and found.axis is not Axis.PROJECT:
        raise UserError(tr("« {code} » est une activité, pas un projet.").format(code=plain))
    if found is None:
        found = Section(axis=Axis.PROJECT, code=plain, title=title.strip())
        session.add(found)
        session.flush()
    return found.id
