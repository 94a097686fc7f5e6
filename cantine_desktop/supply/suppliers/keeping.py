"""Adding and changing suppliers and givers, their days, closures, papers and deposits."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.suppliers.model import (
    OrderDay,
    OrderWay,
    Returnable,
    Supplier,
    SupplierClosure,
    SupplierKind,
    SupplierPaper,
)
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import fold

FREE = Money(0)
SIRET = 14
MIDNIGHT = 24 * 60
MOST_LEAD = 60
MOST_HELD = 10_000
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class SupplierFacts:
    """What a person says of a supplier; see ``Supplier`` for units."""

    name: str
    kind: SupplierKind = SupplierKind.SUPPLIER
    party_id: int | None = None
    account: str = ""
    siret: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    way: OrderWay = OrderWay.EMAIL
    minimum: Money | None = None
    minimum_grams: Decimal | None = None
    minimum_boxes: int | None = None
    free_from: Money | None = None
    fee: Money = FREE
    is_local: bool = False
    note: str = ""


class DayRow(NamedTuple):
    """A day an order may leave.

    Attributes:
        weekday: 0 for Monday.
        cut_off: Minutes after midnight, local time.
        lead_days: Civil days to the delivery.
    """

    weekday: int
    cut_off: int
    lead_days: int


def add_supplier(session: Session, facts: SupplierFacts) -> Supplier:
    """Add a supplier or a giver.

    Raises:
        UserError: It has no name, another has it, or a value cannot be.
    """
    supplier = Supplier(name=facts.name.strip())
    _refuse_wrong(session, facts, None)
    _write(supplier, facts)
    session.add(supplier)
    session.flush()
    return supplier


def change_supplier(session: Session, supplier_id: int, facts: SupplierFacts) -> None:
    """Write other values of a supplier.

    Raises:
        UserError: It has no name, another has it, or a value cannot be.
    """
    _refuse_wrong(session, facts, supplier_id)
    _write(session.get_one(Supplier, supplier_id), facts)
    session.flush()


def archive(session: Session, supplier_id: int, *, is_active: bool = False) -> None:
    """Put a supplier away, or take it back: what was bought there stays known."""
    session.get_one(Supplier, supplier_id).is_active = is_active
    session.flush()


def set_days(session: Session, supplier_id: int, rows: Iterable[DayRow]) -> None:
    """Write the days orders may leave, instead of those there were.

    Raises:
        UserError: A day or an hour is none, or a day is told twice at the same hour.
    """
    days = sorted(set(rows))
    for row in days:
        if not (0 <= row.weekday < 7 and 0 <= row.cut_off <= MIDNIGHT):
            raise UserError(tr("Un jour de commande va du lundi au dimanche, de 0 h à 24 h."))
        if not 0 <= row.lead_days <= MOST_LEAD:
            raise UserError(tr("Le délai de livraison va de 0 à 60 jours."))
    supplier = session.get_one(Supplier, supplier_id)
    supplier.days = [
        OrderDay(weekday=row.weekday, cut_off=row.cut_off, lead_days=row.lead_days) for row in days
    ]
    session.flush()


def close_from(
    session: Session, supplier_id: int, first: date, last: date, reason: str = ""
) -> SupplierClosure:
    """Say that a supplier neither prepares nor delivers from a day through another.

    Raises:
        UserError: The last day comes before the first.
    """
    if last < first:
        raise UserError(tr("La fermeture finit avant de commencer : vérifiez les deux dates."))
    closure = SupplierClosure(
        first=first, end=date.fromordinal(last.toordinal() + 1), reason=reason.strip()
    )
    supplier = session.get_one(Supplier, supplier_id)
    supplier.closures.append(closure)
    session.flush()
    return closure


def add_paper(
    session: Session,
    supplier_id: int,
    title: str,
    valid_until: date | None = None,
    attachment_id: int | None = None,
) -> SupplierPaper:
    """Keep a paper of a supplier: a certificate, an agreement.

    Raises:
        UserError: It has no title.
    """
    if not title.strip():
        raise UserError(tr("Dites ce qu’est ce papier : « certificat bio 2026 »."))
    paper = SupplierPaper(title=title.strip(), valid_until=valid_until, attachment_id=attachment_id)
    supplier = session.get_one(Supplier, supplier_id)
    supplier.papers.append(paper)
    session.flush()
    return paper


def add_returnable(session: Session, supplier_id: int, name: str, deposit: Money) -> Returnable:
    """Keep what a supplier lends against a deposit.

    Raises:
        UserError: It has no name, or its deposit is below zero.
    """
    if not name.strip() or deposit < Money(0):
        raise UserError(tr("Dites ce qui est consigné, et pour combien."))
    returnable = Returnable(name=name.strip(), deposit=deposit)
    supplier = session.get_one(Supplier, supplier_id)
    supplier.deposits.append(returnable)
    session.flush()
    return returnable


def suppliers(
    session: Session, *kinds: SupplierKind, with_archived: bool = False
) -> list[Supplier]:
    """Return suppliers by name; of some kinds only when they are said."""
    query = select(Supplier)
    if kinds:
        query = query.where(Supplier.kind.in_(kinds))
    if not with_archived:
        query = query.where(Supplier.is_active)
    return sorted(session.scalars(query), key=lambda each: fold(each.name))


def _refuse_wrong(session: Session, facts: SupplierFacts, mine: int | None) -> None:
    name = facts.name.strip()
    if not name:
        raise UserError(tr("Donnez un nom à ce fournisseur."))
    for key, other in session.execute(select(Supplier.id, Supplier.name)):
        if key != mine and fold(other) == fold(name):
            raise UserError(
                tr("« {name} » est déjà dans le carnet : ouvrez sa fiche.").format(name=other)
            )
    if facts.email.strip() and not _MAIL.fullmatch(facts.email.strip()):
        raise UserError(
            tr("« {email} » n’est pas une adresse électronique.").format(email=facts.email.strip())
        )
    siret = "".join(facts.siret.split())
    if siret and not (siret.isdecimal() and len(siret) == SIRET):
        raise UserError(tr("Un SIRET a 14 chiffres : vérifiez-le sur une facture."))
    amounts = (facts.minimum, facts.free_from, facts.fee)
    if any(amount is not None and amount < Money(0) for amount in amounts):
        raise UserError(tr("Un minimum, un franco ou des frais ne sont pas négatifs."))


def _write(supplier: Supplier, facts: SupplierFacts) -> None:
    supplier.name, supplier.kind, supplier.way = facts.name.strip(), facts.kind, facts.way
    supplier.party_id = facts.party_id
    supplier.account, supplier.contact = facts.account.strip(), facts.contact.strip()
    supplier.siret = "".join(facts.siret.split())
    supplier.phone, supplier.email = facts.phone.strip(), facts.email.strip()
    supplier.address, supplier.note = facts.address.strip(), facts.note.strip()
    supplier.minimum, supplier.minimum_grams = facts.minimum, facts.minimum_grams
    supplier.minimum_boxes = facts.minimum_boxes
    supplier.free_from, supplier.fee = facts.free_from, facts.fee
    supplier.is_local = facts.is_local


def remove_paper(session: Session, paper_id: int) -> None:
    """Take a paper of a supplier away."""
    paper = session.get_one(SupplierPaper, paper_id)
    supplier = session.get_one(Supplier, paper.supplier_id)
    supplier.papers.remove(paper)
    session.flush()


def remove_closure(session: Session, closure_id: int) -> None:
    """Say that a supplier is open after all on the days of a closure."""
    closure = session.get_one(SupplierClosure, closure_id)
    supplier = session.get_one(Supplier, closure.supplier_id)
    supplier.closures.remove(closure)
    session.flush()


def set_held(session: Session, returnable_id: int, held: int) -> None:
    """Say how many of what a supplier lends the canteen has now.

    Raises:
        UserError: It is below zero or out of reach.
    """
    if not 0 <= held <= MOST_HELD:
        raise UserError(tr("Un nombre de consignes va de 0 à 10 000."))
    session.get_one(Returnable, returnable_id).held = held
    session.flush()


def remove_returnable(session: Session, returnable_id: int) -> None:
    """Forget what a supplier lends; all of it went back first.

    Raises:
        UserError: Some is still there.
    """
    returnable = session.get_one(Returnable, returnable_id)
    if returnable.held:
        raise UserError(tr("Rendez d’abord ce qui est consigné : il en reste."))
    supplier = session.get_one(Supplier, returnable.supplier_id)
    supplier.deposits.remove(returnable)
    session.flush()
