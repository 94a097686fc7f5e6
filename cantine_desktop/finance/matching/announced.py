"""What other parts of the book announce to the bank: slips, orders of transfers, payouts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from cantine_desktop.finance.bank.model import AccountKind, BankAccount
from cantine_desktop.finance.bank.payouts import payouts_of
from cantine_desktop.finance.cash.model import ChequeSlip, SlipLine
from cantine_desktop.finance.cash.waiting import taken_lines
from cantine_desktop.finance.pieces.model import PaymentOrder, PaymentTransfer, WithdrawnOrder


class Payout(NamedTuple):
    """What a payment service says it paid out.

    Attributes:
        day: Of its last payment.
        fee: Kept by the service, in cents.
    """

    day: date
    reference: str
    fee: int


class Slip(NamedTuple):
    """A slip of cheques, or an order of transfers, whose lines all wait.

    Attributes:
        items: Keys of the lines it takes.
    """

    reference: str
    day: date
    items: tuple[int, ...]
    is_order: bool = False


def payouts(session: Session) -> dict[int, list[Payout]]:
    """Return what payment services say they paid out, by net cents."""
    services = (AccountKind.CARD_TERMINAL, AccountKind.HELLOASSO, AccountKind.ONLINE_PAYMENTS)
    found: defaultdict[int, list[Payout]] = defaultdict(list)
    query = select(BankAccount.id).where(BankAccount.kind.in_(services)).order_by(BankAccount.id)
    for account in session.scalars(query):
        for payout in payouts_of(session, account):
            made = Payout(payout.last, payout.reference, payout.fee.cents)
            found[payout.net.cents].append(made)
    return dict(found)


def slips(session: Session) -> list[Slip]:
    """Return the slips of cheques in force, by day."""
    query = (
        select(ChequeSlip.reference, ChequeSlip.day, SlipLine.line_id)
        .join(SlipLine, SlipLine.cheque_slip_id == ChequeSlip.id)
        .where(SlipLine.line_id.in_(taken_lines()))
        .where(ChequeSlip.id.not_in(_cancelled()))
        .order_by(ChequeSlip.day, ChequeSlip.id, SlipLine.id)
    )
    return _gathered(session.execute(query).all())


def orders(session: Session) -> list[Slip]:
    """Return the orders of transfers in force, by day."""
    query = (
        select(PaymentOrder.number, PaymentOrder.execution_day, PaymentTransfer.line_id)
        .join(PaymentTransfer, PaymentTransfer.payment_order_id == PaymentOrder.id)
        .where(PaymentOrder.id.not_in(select(WithdrawnOrder.payment_order_id)))
        .order_by(PaymentOrder.execution_day, PaymentOrder.id, PaymentTransfer.id)
    )
    return [slip._replace(is_order=True) for slip in _gathered(session.execute(query).all())]


def _cancelled() -> Select[int | None]:
    return select(ChequeSlip.cancels_id).where(ChequeSlip.cancels_id.is_not(None))


def _gathered(rows: Iterable[Row[str, date, int]]) -> list[Slip]:
    found: dict[str, Slip] = {}
    for reference, day, line in rows:
        known = found.get(reference, Slip(reference, day, ()))
        found[reference] = known._replace(items=(*known.items, line))
    return list(found.values())
