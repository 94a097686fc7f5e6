"""Payouts of payment services: reading Stripe, and the sums a payout should make at the bank."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.exchange.problems import Problem
from cantine_desktop.finance.bank.amounts import AmountError, to_money
from cantine_desktop.finance.bank.csv_table import Row
from cantine_desktop.finance.bank.model import BankLine
from cantine_desktop.finance.bank.reading import ReadLine, ReadStatement
from cantine_desktop.finance.bank.service_columns import Columns, Wanted, left_out
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money

NO_CURRENCY = "XXX"
"""ISO 4217: no currency. Stands for lines of several, which no account can take."""
PAYOUT = "payout"
"""Code of the line that leaves a service for the bank."""

TRANSACTIONS = Wanted(
    {
        "id": "id;balance_transaction_id",
        "type": "Type;reporting_category",
        "gross": "Amount;gross",
        "fee": "Fee;fee",
        "net": "Net;net",
        "currency": "Currency;currency",
        "day": "Created (UTC);Created;created",
        "available": "Available On (UTC);available_on",
        "words": "Description;description",
        "payout": "Transfer;automatic_payout_id;payout_id",
        "source": "Source;source_id;charge_id",
    },
    ("id", "gross", "fee", "net", "day", "payout"),
)
BALANCE = Wanted(
    {
        **TRANSACTIONS.names,
        "id": "payout_id;id;Payout ID;Référence du virement;Référence du versement",
        "gross": "gross;Montant brut;Gross amount;Brut;Total brut",
        "fee": "fee;fees;Frais;Fees;Commission;Total frais",
        "net": "net;Montant net;Net amount;Net;amount;Montant versé",
        "day": "effective_at;arrival_date;Arrival Date (UTC);Date;Payout date;Date du versement",
        "payout": "payout_id;Payout ID;ID du virement;Référence du versement;Référence du virement",
    },
    ("gross", "fee", "net", "day", "payout"),
)


OTHERS = Wanted(
    {
        "id": "Transaction ID;ID;Identifiant;Identifiant de la transaction;Order;Reference;"
        "Référence;Numéro de transaction",
        "type": "Type;Type de transaction;Transaction type",
        "gross": "Gross amount;Gross;Amount;Montant brut;Brut;Montant",
        "fee": "Fees;Fee;Frais;Commission;Commissions",
        "net": "Net amount;Net;Montant net",
        "currency": "Currency;Devise",
        "day": "Transaction Date;Date;Date de la transaction;Payout date;Date du virement",
        "words": "Description;Libellé;Order;Commande",
        "payout": "Payout ID;Virement;ID du virement;Identifiant du virement;Numéro de virement;"
        "Référence du virement;Versement;Référence du versement",
    },
    ("id", "gross", "fee", "net", "day", "payout"),
)
"""Services that write as Stripe does: Square, Shopify, PayPlug…"""


def read_others(rows: Sequence[Row], columns: Columns) -> ReadStatement:
    """Return a line for each movement of the balance of a service that is not Stripe."""
    return replace(read_stripe(rows, columns), form="csv:versements")


def read_stripe(rows: Sequence[Row], columns: Columns) -> ReadStatement:
    """Return a line for each movement of a balance: gross less fee makes net, or it is told.

    The fee is what parts gross from net: negative where a refund gives it back.
    """
    columns.look_at(rows, "day", ("gross", "fee", "net"))
    remarks: list[Problem] = []
    lines: list[ReadLine] = []
    currencies: set[str] = set()
    for row in rows:
        try:
            lines.append(_movement(row, columns, remarks))
        except AmountError as error:
            remarks.append(left_out(row, str(error)))
            continue
        currencies.add(columns.text(row, "currency").upper()[:3])
    days = [line.day for line in lines]
    return ReadStatement(
        "csv:stripe",
        currency=_currency(currencies - {""}),
        lines=tuple(lines),
        first=min(days, default=None),
        last=max(days, default=None),
        remarks=tuple(sorted(remarks)),
    )


def _currency(named: set[str]) -> str:
    if len(named) > 1:
        return NO_CURRENCY
    return next(iter(named), "EUR")


def _movement(row: Row, columns: Columns, remarks: list[Problem]) -> ReadLine:
    gross, net = columns.amount(row, "gross"), columns.amount(row, "net")
    fee = columns.number(row, "fee") or Decimal(0)
    kept = gross - net
    if abs(kept) != abs(fee):
        kept = abs(fee)
        text = tr("brut {gross} moins frais {cut} ne font pas le net {left} : le net est pris")
        remarks.append(Problem(row.place, "", text.format(gross=gross, cut=fee, left=net)))
    kind = columns.text(row, "type")
    words = columns.text(row, "words") or kind or columns.text(row, "id")
    return ReadLine(
        columns.day(row, "day"),
        to_money(net),
        words,
        fee=to_money(kept),
        details=kind if kind != words else "",
        reference=columns.text(row, "payout"),
        code=kind[:32],
        given_id=columns.text(row, "id"),
        place=row.place,
    )


@dataclass(frozen=True)
class Payout:
    """What a service pays at once to the bank.

    Attributes:
        reference: Its id at the service.
        last: Day of its last payment.
        net: What the bank should show.
        fee: What the service kept.
        line_ids: Lines of the service’s account it gathers.
    """

    reference: str
    last: date
    net: Money
    fee: Money
    line_ids: tuple[int, ...]

    @property
    def gross(self) -> Money:
        """What people paid."""
        return self.net + self.fee


def payouts_of(session: Session, account_id: int) -> list[Payout]:
    """Return the payouts that the lines of a service’s account name, the oldest first."""
    groups: dict[str, list[BankLine]] = {}
    found = select(BankLine).where(BankLine.bank_account_id == account_id, BankLine.reference > "")
    for line in session.scalars(found.order_by(BankLine.day, BankLine.id)):
        if line.code != PAYOUT:
            groups.setdefault(line.reference, []).append(line)
    payouts = [
        Payout(
            reference,
            max(line.day for line in lines),
            Money(sum(line.amount.cents for line in lines)),
            Money(sum(line.fee.cents for line in lines)),
            tuple(line.id for line in lines),
        )
        for reference, lines in groups.items()
    ]
    return sorted(payouts, key=_when)


def _when(payout: Payout) -> tuple[date, str]:
    return payout.last, payout.reference
