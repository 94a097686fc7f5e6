"""Tables of the bank: accounts, the statements they sent, and their lines."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.values.money import Money


class AccountKind(StrEnum):
    """What holds the money until it reaches the bank, or the bank itself."""

    BANK = "bank"
    SAVINGS = "savings"
    CARD_TERMINAL = "card-terminal"
    HELLOASSO = "helloasso"
    ONLINE_PAYMENTS = "online-payments"


class BankAccount(Base):
    """An account whose statements are imported (compte bancaire, terminal, HelloAsso).

    Attributes:
        iban: Without spaces, or the number its statements give; empty when unknown.
        journal_id: Journal of its entries.
        account_id: Its account in the ledger: 512000, 511500, 467100…
        profile: What its last file was and how its columns were read, as JSON text.
    """

    __tablename__ = "bank_account"
    __table_args__ = (UniqueConstraint("name"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Compte bancaire")

    name: Mapped[str]
    journal_id: Mapped[int] = mapped_column(ForeignKey("journal.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[AccountKind] = mapped_column(default=AccountKind.BANK)
    iban: Mapped[str] = mapped_column(String(34), default="")
    bic: Mapped[str] = mapped_column(String(11), default="")
    profile: Mapped[str] = mapped_column(default="")
    is_active: Mapped[bool] = mapped_column(default=True)


class BankStatement(Base):
    """A file of lines that was imported, or the part of it about one account (relevé).

    Attributes:
        form: What was read: ``"ofx"``, ``"camt.053"``, ``"cfonb120"``, ``"csv:bpce"``…
        first: First day it speaks of, and ``last`` the last one, both included.
        opening: Balance before its lines; ``None`` when the file does not say.
        closing: Balance after its lines; ``None`` when the file does not say.
        attachment_id: The file itself.
    """

    __tablename__ = "bank_statement"
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Relevé bancaire")

    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"), index=True)
    form: Mapped[str] = mapped_column(String(32))
    file_name: Mapped[str]
    imported_at: Mapped[datetime]
    first: Mapped[date | None] = mapped_column(default=None)
    last: Mapped[date | None] = mapped_column(default=None)
    opening: Mapped[Money | None] = mapped_column(default=None)
    closing: Mapped[Money | None] = mapped_column(default=None)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), default=None)


class BankLine(Base):
    """A movement of a bank account, as the bank tells it.

    Attributes:
        day: Day of accounting at the bank.
        amount: Positive comes in, negative goes out.
        fee: What the payment service kept, already out of ``amount``; zero for banks.
        label: The bank’s words on one line.
        details: Further words: end-to-end reference, remittance text…
        reference: Payout, slip or cheque number, when the file has one.
        code: The bank’s own code of operation, or empty.
        given_id: Id the file gives (FITID…): a hint, never unique in practice.
        fingerprint: Hash of day, amount and plain label; with ``occurrence`` it tells a line
            of the account imported already from its twin.
        occurrence: Rank among lines of the same fingerprint, from 1.
    """

    __tablename__ = "bank_line"
    __table_args__ = (
        UniqueConstraint("bank_account_id", "fingerprint", "occurrence"),
        Index("ix_bank_line_account_day", "bank_account_id", "day"),
    )
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Ligne de banque")

    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("bank_statement.id"), index=True)
    day: Mapped[date]
    amount: Mapped[Money]
    label: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(String(64))
    occurrence: Mapped[int] = mapped_column(default=1)
    value_day: Mapped[date | None] = mapped_column(default=None)
    fee: Mapped[Money] = mapped_column(default=Money(0))
    details: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    code: Mapped[str] = mapped_column(String(32), default="")
    given_id: Mapped[str] = mapped_column(default="")

    @override
    def search_line(self) -> str:
        """Return its words."""
        return f"{self.label} {self.reference}".strip()
