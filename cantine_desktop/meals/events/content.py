"""What a paper says, frozen when it is issued: printed again, it is the same."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.calendar import the_canteen
from cantine_desktop.finance.bank.model import AccountKind, BankAccount
from cantine_desktop.meals.events.model import PaperKind, PrivateEvent
from cantine_desktop.storage.types import canonical_json
from cantine_desktop.values.money import Money


class Seller(msgspec.Struct, frozen=True):
    """The canteen, as it stood."""

    name: str
    address: str = ""
    siren: str = ""
    rna: str = ""
    iban: str = ""
    bic: str = ""


class ContentLine(msgspec.Struct, frozen=True):
    """A line; the quantity is a decimal in letters, amounts are cents."""

    label: str
    quantity: str
    unit: int
    amount: int


class Deducted(msgspec.Struct, frozen=True):
    """A deposit taken off an invoice."""

    number: str
    day: date
    amount: int


class Content(msgspec.Struct, frozen=True):
    """Everything that is printed.

    Attributes:
        total: Cents of the lines; those of a credit note are below zero.
        due: Cents to pay.
        deposit: Cents asked on acceptance of a quote.
        corrects: Number of the invoice a credit note takes back, or of the quote replaced.
        reason: Why, in the words of who did it.
        mentions: What the law has it say.
    """

    kind: str
    seller: Seller
    customer: str
    siren: str
    title: str
    event_day: date
    people: int
    lines: tuple[ContentLine, ...]
    total: int
    due: int
    mentions: tuple[str, ...] = ()
    deducted: tuple[Deducted, ...] = ()
    deposit: int = 0
    rate: int = 0
    corrects: str = ""
    reason: str = ""
    contact: str = ""


def frozen(content: Content) -> str:
    """Return a content as canonical JSON."""
    plain: Any = msgspec.to_builtins(content)
    return canonical_json(plain)


def thawed(text: str) -> Content:
    """Return the content that a paper keeps."""
    return msgspec.convert(json.loads(text), Content)


def seller_of(session: Session) -> Seller:
    """Return the canteen as papers name it, with the account it is paid on."""
    canteen = the_canteen(session)
    bank = session.scalar(
        select(BankAccount)
        .where(BankAccount.kind == AccountKind.BANK, BankAccount.is_active)
        .where(func.length(BankAccount.iban) > 0)
        .order_by(BankAccount.id)
        .limit(1)
    )
    return Seller(
        canteen.name if canteen else "",
        canteen.address if canteen else "",
        canteen.siren if canteen else "",
        canteen.rna if canteen else "",
        bank.iban if bank else "",
        bank.bic if bank else "",
    )


def content_lines(event: PrivateEvent) -> tuple[ContentLine, ...]:
    """Return the lines of an event as a paper has them."""
    return tuple(
        ContentLine(
            line.label, str(_short(line.quantity)), line.unit_price.cents, line.amount.cents
        )
        for line in event.lines
    )


def one_line(label: str, amount: Money) -> tuple[ContentLine, ...]:
    """Return the only line of a deposit."""
    return (ContentLine(label, "1", amount.cents, amount.cents),)


def negated(lines: Sequence[ContentLine]) -> tuple[ContentLine, ...]:
    """Return the lines of a credit note: the same, taken back."""
    return tuple(ContentLine(ln.label, ln.quantity, -ln.unit, -ln.amount) for ln in lines)


def base_content(
    session: Session, event: PrivateEvent, kind: PaperKind, lines: tuple[ContentLine, ...]
) -> Content:
    """Return what every paper of an event says, before what is its kind’s own."""
    total = sum(line.amount for line in lines)
    return Content(
        kind.value,
        seller_of(session),
        event.customer,
        event.siren,
        event.title,
        event.day,
        event.people,
        lines,
        total,
        total,
        contact=event.contact,
    )


def _short(quantity: Decimal) -> Decimal:
    """Return a quantity without zeros at its end: ``12``, ``1.5``."""
    whole = quantity.to_integral_value()
    return whole if quantity == whole else quantity.normalize()
