"""Paying invoices by a file of transfers: what is due, what is ordered, never twice in silence."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.finance.ledger.lettering import OpenItem, open_items
from cantine_desktop.finance.ledger.model import Party
from cantine_desktop.finance.pieces.identifiers import grouped, is_iban, plain
from cantine_desktop.finance.pieces.model import (
    PaymentOrder,
    PaymentTransfer,
    WithdrawnOrder,
)
from cantine_desktop.finance.pieces.payment_file import (
    Payer,
    PaymentForm,
    Transfer,
    write_transfers,
)
from cantine_desktop.i18n import short_day, tr
from cantine_desktop.storage.attachments import attach
from cantine_desktop.storage.numbering import next_number
from cantine_desktop.storage.seal import seal
from cantine_desktop.values.money import Money

SERIES = "payment-order"
OWED_ON = ("401", "404", "468100")
"""Accounts of suppliers, of suppliers of equipment, and of volunteers to refund."""


def set_iban(session: Session, party_id: int, iban: str) -> None:
    """Keep where a supplier is paid.

    Raises:
        UserError: It is no IBAN.
    """
    number = plain(iban)
    if not is_iban(number):
        raise UserError(
            tr("L’IBAN {iban} est faux : recopiez-le du RIB.").format(iban=grouped(number))
        )
    session.get_one(Party, party_id).iban = number
    session.flush()


class DueRow(NamedTuple):
    """Something owed that nothing settles yet.

    Attributes:
        amount: What is owed, positive; credit notes are left to the supplier’s next invoice.
        order: Number of the order that pays it already, or empty; ``order_id`` is its key.
        entry_id: The entry it stands in.
        is_payable: Its account to pay to is known and right.
    """

    line_id: int
    party_id: int | None
    name: str
    reference: str
    label: str
    day: date
    due_day: date | None
    amount: Money
    iban: str
    order: str = ""
    ordered_on: date | None = None
    order_id: int | None = None
    entry_id: int | None = None

    @property
    def is_payable(self) -> bool:
        """Tell whether a transfer can be written for it."""
        return is_iban(self.iban) and self.amount.cents > 0


@dataclass(frozen=True)
class Chosen:
    """An invoice to pay.

    Attributes:
        iban: Where to, when it is not the one known of the party.
        name: Who is paid, when no party stands behind the line.
        again: The person knows that an order pays it already, and wants to pay it again.
    """

    line_id: int
    iban: str = ""
    name: str = ""
    again: bool = False


def due(session: Session, before: date | None = None) -> list[DueRow]:
    """Return what is owed, by day it is due.

    Args:
        session: A session that reads.
        before: Only entries dated before a day; ``None`` is all.
    """
    items = [
        item
        for beginning in OWED_ON
        for item in open_items(session, beginning, before=before)
        if item.amount.cents < 0
    ]
    parties = {party.id: party for party in session.scalars(select(Party))}
    ordered = _ordered(session)
    rows = [_row(item, parties, ordered) for item in items]
    return sorted(rows, key=_by_due_day)


def _by_due_day(row: DueRow) -> tuple[date, int]:
    return row.due_day or row.day, row.line_id


def _row(item: OpenItem, parties: dict[int, Party], ordered: dict[int, PaymentOrder]) -> DueRow:
    party = parties.get(item.party_id) if item.party_id is not None else None
    order = ordered.get(item.line_id)
    return DueRow(
        item.line_id,
        item.party_id,
        party.name if party else item.label,
        item.piece_ref,
        item.label,
        item.day,
        item.due_day,
        -item.amount,
        plain(party.iban) if party else "",
        order.number if order else "",
        order.execution_day if order else None,
        order.id if order else None,
        item.entry_id,
    )


def _ordered(session: Session) -> dict[int, PaymentOrder]:
    """Return the order that pays each line, those that were withdrawn left out."""
    withdrawn = select(WithdrawnOrder.payment_order_id)
    query = (
        select(PaymentTransfer.line_id, PaymentOrder)
        .join(PaymentOrder, PaymentOrder.id == PaymentTransfer.payment_order_id)
        .where(PaymentOrder.id.not_in(withdrawn))
        .order_by(PaymentOrder.id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def order_transfers(
    session: Session,
    payer: Payer,
    chosen: Sequence[Chosen],
    execution: date,
    now: datetime,
    form: PaymentForm = PaymentForm.PAIN_09,
    *,
    held: Mapping[int, str] | None = None,
) -> tuple[PaymentOrder, bytes]:
    """Write a file of transfers and keep it, sealed; the action cannot be undone.

    Args:
        session: The session of an action.
        payer: Which of the canteen’s accounts pays.
        chosen: What to pay.
        execution: When; not before today.
        now: The present instant.
        form: Version of the file.
        held: Why entries are not to be paid yet, by their key: a credit note is awaited.

    Raises:
        UserError: One of them is not to be paid yet, an order pays one of them already, an
            account is missing or wrong, or the day is gone.
    """
    today = civil_date(now)
    if execution < today:
        raise UserError(tr("La date d’exécution est passée : choisissez aujourd’hui ou après."))
    rows = {row.line_id: row for row in due(session)}
    _refuse_held([rows[each.line_id] for each in chosen if each.line_id in rows], held or {})
    number = f"VIR-{today.year:04d}-{next_number(session, SERIES, today.year):04d}"
    transfers = [
        _transfer(rows.get(each.line_id), each, f"{number}-{rank:02d}")
        for rank, each in enumerate(chosen, 1)
    ]
    made = write_transfers(payer, transfers, execution, now, number, form)
    attachment = attach(
        session, made, f"{number}.xml", "application/xml", now, area=PaymentOrder.area
    )
    order = PaymentOrder(
        number=number,
        written_at=now,
        execution_day=execution,
        bank_account_id=payer.account_id,
        form=form.value,
        attachment_id=attachment.id,
        sha256=hashlib.sha256(made).hexdigest(),
        total=Money(sum(each.amount.cents for each in transfers)),
    )
    order.transfers = [
        _kept(rows[each.line_id], transfer)
        for each, transfer in zip(chosen, transfers, strict=True)
    ]
    session.add(order)
    session.flush()
    seal(session, [order], now)
    return order, made


def _kept(row: DueRow, transfer: Transfer) -> PaymentTransfer:
    return PaymentTransfer(
        line_id=row.line_id,
        party_id=row.party_id,
        name=transfer.name,
        iban=transfer.iban,
        bic=transfer.bic,
        amount=transfer.amount,
        label=transfer.label,
        end_to_end=transfer.end_to_end,
    )


def _refuse_held(rows: Sequence[DueRow], held: Mapping[int, str]) -> None:
    told = [
        tr("{name}, {reference} : {why}").format(
            name=row.name, reference=row.reference, why=held[row.entry_id]
        )
        for row in rows
        if row.entry_id is not None and row.entry_id in held
    ]
    if told:
        raise UserError(" ".join(told))


def _transfer(row: DueRow | None, chosen: Chosen, end_to_end: str) -> Transfer:
    if row is None:
        raise UserError(tr("Une des factures choisies n’est plus à payer."))
    if row.order and not chosen.again:
        raise UserError(
            tr(
                "{name}, {reference} : l’ordre {number} la paie déjà le {day}. Retirez cet ordre "
                "s’il n’est pas parti, ou confirmez que vous voulez la payer deux fois."
            ).format(
                name=row.name,
                reference=row.reference,
                number=row.order,
                day=short_day(row.ordered_on or row.day),
            )
        )
    return Transfer(
        name=chosen.name or row.name,
        iban=plain(chosen.iban or row.iban),
        amount=row.amount,
        label=tr("Facture {reference}").format(reference=row.reference),
        end_to_end=end_to_end,
    )


def withdraw(session: Session, order_id: int, reason: str, day: date) -> None:
    """Say that an order never went to the bank, or was refused: its invoices are due again.

    Raises:
        UserError: No reason is given, or it was withdrawn already.
    """
    if not reason.strip():
        raise UserError(tr("Dites pourquoi l’ordre n’est pas parti."))
    known = select(WithdrawnOrder.id).where(WithdrawnOrder.payment_order_id == order_id)
    if session.scalar(known) is not None:
        raise UserError(tr("Cet ordre est déjà retiré."))
    session.add(
        WithdrawnOrder(payment_order_id=order_id, withdrawn_on=day, reason=" ".join(reason.split()))
    )
    session.flush()
