"""A row of a CSV file once read, and the words by which services say that it does not count."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cantine_desktop.finance.bank.amounts import to_money
from cantine_desktop.finance.bank.csv_proving import Told
from cantine_desktop.finance.bank.reading import ReadLine
from cantine_desktop.values.money import Money
from cantine_desktop.values.text import fold

_DEAD = (
    *("declin", "failed", "cancel", "revert", "annul", "refus", "echou", "abgebroch", "fehlg"),
    *("storni", "rejet", "rifiut", "denied", "expire", "void", "abgelehnt", "gescheit", "abandon"),
    *("anulad", "rechaz", "fallid", "geannuleerd", "mislukt", "en erreur"),
)
_WAITING = (
    *("pending", "en attente", "en cours", "ausstehend", "in sospeso", "pendiente", "process"),
    *("vorgemerkt", "in behandeling", "a venir", "authorised", "authorized"),
)


@dataclass(frozen=True)
class Parsed:
    """What a row holds, before its balances prove which way it goes."""

    place: int
    day: date
    amount: Decimal
    fee: Decimal
    balance: Decimal | None
    label: str
    details: str
    value_day: date | None = None
    reference: str = ""
    code: str = ""
    given_id: str = ""
    account: str = ""
    currency: str = ""
    is_pending: bool = False

    @property
    def told(self) -> Told:
        """Its figures."""
        return Told(self.amount, abs(self.fee), self.balance)

    def as_line(self, amount: Decimal) -> ReadLine:
        """Return the line it is, once its amount is sure."""
        return ReadLine(
            self.day,
            to_money(amount),
            self.label,
            self.value_day,
            Money(abs(to_money(self.fee).cents)),
            self.details,
            self.reference,
            self.code,
            self.given_id,
            self.place,
            self.is_pending,
        )


def is_dead(status: str) -> bool:
    """Tell whether a status says that no money moved."""
    return bool(status) and fold(status).startswith(_DEAD)


def is_waiting(status: str) -> bool:
    """Tell whether a status says that the money has not moved yet."""
    return bool(status) and fold(status).startswith(_WAITING)
