"""Tables of the cash book: its chain of events, counts, deposits, slips and closings."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.seal import Sealable
from cantine_desktop.values.money import Money


class EventKind(StrEnum):
    """What happened at the till."""

    TAKINGS = "takings"
    CORRECTION = "correction"
    COUNT = "count"
    MOVEMENT = "movement"
    DEPOSIT = "deposit"
    CHEQUE_SLIP = "cheque-slip"
    CLOSING = "closing"


class CashEvent(Base, Sealable):
    """A link of the chain that the till law asks for; sealed as soon as it is written.

    Source: CGI-286.

    Attributes:
        number: From 1 without a gap, in the order things were written.
        at: Instant it was written.
        day: Civil day it is about.
        amount: What it adds to the takings, whatever the means; negative takes back.
        cash: What it adds to the till; negative takes out.
        by: Profile that wrote it.
        content: What happened, as canonical JSON; no person is named.
        previous: Hash of the event before, empty for the first.
        hash: SHA-256, in hexadecimal, over the one before and this one (``chain.event_text``).
        origin_table: Table of the record it tells of.
        origin_key: Key of that record.
        corrects_id: The event it takes back.
    """

    __tablename__ = "cash_event"
    __table_args__ = (
        UniqueConstraint("number"),
        Index("ix_cash_event_origin", "origin_table", "origin_key"),
    )
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Événement de caisse")

    number: Mapped[int]
    at: Mapped[datetime]
    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[EventKind]
    amount: Mapped[Money]
    cash: Mapped[Money]
    by: Mapped[str]
    content: Mapped[str]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    origin_table: Mapped[str] = mapped_column(String(32))
    origin_key: Mapped[int]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("cash_event.id"), default=None)


class Reason(StrEnum):
    """Why the till does not hold what the book says."""

    FORGOTTEN_ENVELOPE = "forgotten-envelope"
    WRONG_CHANGE = "wrong-change"
    WRONG_MEANS = "wrong-means"
    NOT_WRITTEN = "not-written"
    WRITTEN_TWICE = "written-twice"
    MISCOUNTED = "miscounted"
    OTHER = "other"
    UNKNOWN = "unknown"


REASONS = {
    Reason.FORGOTTEN_ENVELOPE: mark("Enveloppe oubliée"),
    Reason.WRONG_CHANGE: mark("Erreur de rendu de monnaie"),
    Reason.WRONG_MEANS: mark("Carte ou chèque noté en espèces"),
    Reason.NOT_WRITTEN: mark("Recette ou dépense non notée"),
    Reason.WRITTEN_TWICE: mark("Recette notée deux fois"),
    Reason.MISCOUNTED: mark("Erreur d’un comptage précédent"),
    Reason.OTHER: mark("Autre raison, écrite ci-dessous"),
    Reason.UNKNOWN: mark("Inexpliqué pour l’instant"),
}


class CashCount(Base, Sealable):
    """A count of the till (feuille de caisse), sealed when it is kept.

    Attributes:
        reference: ``"FC2026-031"``.
        float_amount: What stays in the till to give change (fond de caisse).
        expected: What the book said that day, before the difference, less what lies elsewhere.
        aside: What of the book lies elsewhere: in a bag that waits for the bank.
        counted: What was counted.
        reason: Why both differ; ``None`` when they agree or nearly.
        note: Further words about the difference.
        counted_by: Initials of who counted.
        checked_by: Initials of who counted again; empty when nobody did.
        bag: Number of the bag or envelope of what goes to the bank, or empty.
        service: What was counted for: « Déjeuner », or empty.
        entry_id: The entry of the difference; ``None`` without one.
    """

    __tablename__ = "cash_count"
    __table_args__ = (UniqueConstraint("reference"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Feuille de caisse")

    reference: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime]
    float_amount: Mapped[Money]
    expected: Mapped[Money]
    counted: Mapped[Money]
    counted_by: Mapped[str]
    checked_by: Mapped[str] = mapped_column(default="")
    reason: Mapped[Reason | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    bag: Mapped[str] = mapped_column(default="")
    service: Mapped[str] = mapped_column(default="")
    aside: Mapped[Money] = mapped_column(default=Money(0))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), default=None)
    lines: Mapped[list["CountLine"]] = relationship(
        order_by="CountLine.denomination.desc()", init=False, cascade="all, delete-orphan"
    )

    @property
    def difference(self) -> Money:
        """What was counted less what was expected."""
        return self.counted - self.expected

    @override
    def search_line(self) -> str:
        """Return its reference, service and bag."""
        return " ".join(filter(None, (self.reference, self.service, self.bag)))


class CountLine(Base, Sealable):
    """How many notes or coins of one kind the till held.

    Attributes:
        denomination: Value of one: 50 €, 0,20 €…
        quantity: Loose ones.
        rolls: Full rolls of coins (``denominations.ROLLS``).
        for_bank: How many of all of them leave in the bag.
    """

    __tablename__ = "count_line"
    __table_args__ = (
        UniqueConstraint("cash_count_id", "denomination"),
        CheckConstraint("quantity >= 0 AND rolls >= 0 AND for_bank >= 0", "counted"),
    )
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Ligne de comptage")
    sealed_with: ClassVar[str] = "cash_count_id"

    cash_count_id: Mapped[int] = mapped_column(ForeignKey("cash_count.id"), init=False)
    denomination: Mapped[Money]
    quantity: Mapped[int]
    rolls: Mapped[int] = mapped_column(default=0)
    for_bank: Mapped[int] = mapped_column(default=0)


class DifferenceResolution(Base, Sealable):
    """What a difference turned out to be, found later: it takes the difference back.

    Attributes:
        reference: ``"EC2026-004"``.
        day: Civil day it was found.
        amount: What it takes back of the difference, of the other sign: +20 for −20.
        account: Where the other side goes: the till when the money was found.
        note: What was found: « enveloppe retrouvée dans le tiroir ».
    """

    __tablename__ = "difference_resolution"
    __table_args__ = (UniqueConstraint("reference"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Écart de caisse résolu")

    reference: Mapped[str]
    cash_count_id: Mapped[int] = mapped_column(ForeignKey("cash_count.id"), index=True)
    day: Mapped[date]
    amount: Mapped[Money]
    account: Mapped[str] = mapped_column(String(17))
    note: Mapped[str]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))


class CashMovement(Base, Sealable):
    """Cash that comes from, or goes to, something else than takings and the bank bag.

    Attributes:
        reference: ``"MC2026-002"``.
        amount: Positive comes into the till, negative goes out.
        account: The other side: 580 for change fetched at the bank, 606… for an expense.
    """

    __tablename__ = "cash_movement"
    __table_args__ = (UniqueConstraint("reference"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Mouvement de caisse")

    reference: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)
    amount: Mapped[Money]
    account: Mapped[str] = mapped_column(String(17))
    label: Mapped[str]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    cancels_id: Mapped[int | None] = mapped_column(ForeignKey("cash_movement.id"), default=None)

    @override
    def search_line(self) -> str:
        """Return its reference and label."""
        return f"{self.reference} {self.label}"


class CashDeposit(Base, Sealable):
    """Cash taken to the bank (remise d’espèces): it waits on 580 until it shows there.

    Attributes:
        reference: ``"RE2026-007"``.
        amount: Positive; negative in the row that takes another one back.
        bag: Number of the bag or envelope, or empty.
        bank: Bank it goes to, in words.
        cancels_id: The deposit it takes back.
    """

    __tablename__ = "cash_deposit"
    __table_args__ = (UniqueConstraint("reference"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Remise d’espèces")

    reference: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)
    amount: Mapped[Money]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    bag: Mapped[str] = mapped_column(default="")
    bank: Mapped[str] = mapped_column(default="")
    cancels_id: Mapped[int | None] = mapped_column(ForeignKey("cash_deposit.id"), default=None)
    lines: Mapped[list["DepositLine"]] = relationship(
        order_by="DepositLine.denomination.desc()", init=False, cascade="all, delete-orphan"
    )

    @override
    def search_line(self) -> str:
        """Return its reference and bag."""
        return f"{self.reference} {self.bag}".strip()


class DepositLine(Base, Sealable):
    """How many notes or coins of one kind went to the bank."""

    __tablename__ = "deposit_line"
    __table_args__ = (UniqueConstraint("cash_deposit_id", "denomination"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Ligne de remise")
    sealed_with: ClassVar[str] = "cash_deposit_id"

    cash_deposit_id: Mapped[int] = mapped_column(ForeignKey("cash_deposit.id"), init=False)
    denomination: Mapped[Money]
    quantity: Mapped[int]


class ChequeSlip(Base, Sealable):
    """A slip of cheques taken to the bank (bordereau de remise de chèques).

    Its cheques wait on 511200 until the bank shows the total of the slip; its lines say
    which lines of the ledger it takes.

    Attributes:
        reference: ``"RC2026-004"``.
        total: Sum of its cheques; negative in the row that takes another one back.
        bank: Bank and account it goes to, in words.
        cancels_id: The slip it takes back.
    """

    __tablename__ = "cheque_slip"
    __table_args__ = (UniqueConstraint("reference"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Bordereau de chèques")

    reference: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)
    total: Mapped[Money]
    bank: Mapped[str] = mapped_column(default="")
    cancels_id: Mapped[int | None] = mapped_column(ForeignKey("cheque_slip.id"), default=None)
    cheques: Mapped[list["Cheque"]] = relationship(
        order_by="Cheque.id", init=False, cascade="all, delete-orphan"
    )
    lines: Mapped[list["SlipLine"]] = relationship(
        order_by="SlipLine.id", init=False, cascade="all, delete-orphan"
    )

    @override
    def search_line(self) -> str:
        """Return its reference."""
        return self.reference


class Cheque(Base, Sealable):
    """A cheque of a slip.

    Attributes:
        number: Seven digits, or empty when only the sum is known.
        bank: Bank it is drawn on.
        drawer: Who signed it.
    """

    __tablename__ = "cheque"
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Chèque")
    sealed_with: ClassVar[str] = "cheque_slip_id"

    cheque_slip_id: Mapped[int] = mapped_column(
        ForeignKey("cheque_slip.id"), index=True, init=False
    )
    amount: Mapped[Money]
    number: Mapped[str] = mapped_column(String(16), default="")
    bank: Mapped[str] = mapped_column(default="")
    drawer: Mapped[str] = mapped_column(default="")


class SlipLine(Base, Sealable):
    """A line of the ledger on 511200 that a slip takes to the bank."""

    __tablename__ = "slip_line"
    __table_args__ = (UniqueConstraint("cheque_slip_id", "line_id"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Ligne de bordereau")
    sealed_with: ClassVar[str] = "cheque_slip_id"

    cheque_slip_id: Mapped[int] = mapped_column(ForeignKey("cheque_slip.id"), init=False)
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id"), index=True)


class ClosingKind(StrEnum):
    """How long a closing of the till reaches."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class PeriodClosing(Base, Sealable):
    """A closing of the till over a day, a month or a year (clôture, Z), sealed when made.

    It takes every event before its own whose day lies before ``end`` and that no closing of
    its kind took yet.

    Attributes:
        number: Of its kind, from 1 without a gap.
        first: First civil day, and ``end`` the first day after.
        up_to: Number of the last event of the chain when it was made.
        count: Takings and corrections it takes.
        total: Takings of the period, whatever the means, less corrections.
        grand_total: Takings since the first day of the fiscal year.
        perpetual_total: Takings since the first event of all; never begins anew.
        cash: What the till held, by the book, before ``end``.
    """

    __tablename__ = "period_closing"
    __table_args__ = (
        UniqueConstraint("number", "kind"),
        UniqueConstraint("first", "kind"),
        CheckConstraint('"end" > first', "order"),
    )
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Clôture de caisse")

    kind: Mapped[ClosingKind]
    number: Mapped[int]
    first: Mapped[date]
    end: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime]
    up_to: Mapped[int]
    count: Mapped[int]
    total: Mapped[Money]
    grand_total: Mapped[Money]
    perpetual_total: Mapped[Money]
    cash: Mapped[Money]
