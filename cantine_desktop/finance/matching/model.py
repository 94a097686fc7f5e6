"""Tables of matches: which bank lines are which lines of the ledger, and what was learned."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.values.money import Money

NOTHING = Money(0)


class MatchKind(StrEnum):
    """Why bank lines and lines of the ledger belong together."""

    ITEM = "item"
    ITEMS = "items"
    SLIP = "slip"
    CARDS = "cards"
    VOUCHERS = "vouchers"
    HELLOASSO = "helloasso"
    DEPOSIT = "deposit"
    POSTED = "posted"
    TRANSFER = "transfer"
    RULE = "rule"
    HAND = "hand"
    TAKEN_BACK = "taken-back"


class Match(Base):
    """Bank lines and lines of the ledger on the bank’s account that are the same money.

    Attributes:
        day: Accounting day: that of the first bank line.
        matched_on: Civil day somebody accepted it.
        title: What it is, in words, as it was shown.
        reason: Why, in words, as it was shown.
        fee: Kept by the payment service; what card payouts teach.
        gross: What the service had received, of a payout; zero otherwise.
        rule_id: The rule that proposed it, or that it taught.
    """

    __tablename__ = "match"
    __table_args__ = (Index("ix_match_kind_day", "kind", "day"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Pointage")

    kind: Mapped[MatchKind]
    day: Mapped[date]
    matched_on: Mapped[date]
    title: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    fee: Mapped[Money] = mapped_column(default=NOTHING)
    gross: Mapped[Money] = mapped_column(default=NOTHING)
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("matching_rule.id"), default=None)


class MatchedBankLine(Base):
    """A bank line of a match; a bank line belongs to one at most.

    Attributes:
        entry_id: The entry that was written for it; ``None`` when the ledger had it already.
    """

    __tablename__ = "matched_bank_line"
    __table_args__ = (UniqueConstraint("bank_line_id"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Ligne de banque pointée")

    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), index=True)
    bank_line_id: Mapped[int] = mapped_column(ForeignKey("bank_line.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), default=None, index=True)


class MatchedLine(Base):
    """A line of the ledger on a bank account, of a match; it belongs to one at most."""

    __tablename__ = "matched_line"
    __table_args__ = (UniqueConstraint("line_id"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Ligne d’écriture pointée")

    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id"))


class MatchingRule(Base):
    """What a label has meant so far: its words, where such money goes, how often it was right.

    Attributes:
        words: Plain words that the label must all hold, in capitals, sorted, with spaces.
        comes_in: Whether it speaks of money that comes in.
        account: Account of the other side, in the numbering from 2025.
        party_id: Party of the other side, if the account has parties.
        activity: Code of a section, or empty.
        project: Code of a section, or empty.
        settles: The other side settles what is owed, when something owed fits.
        right: How often it was accepted.
        wrong: How often something else was chosen, or it was refused.
        last_day: Day of the last bank line it was right for.
        is_own: Written or changed by a person: learning leaves its words alone.
    """

    __tablename__ = "matching_rule"
    __table_args__ = (UniqueConstraint("words", "comes_in", "account", "party_id"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Règle de pointage")

    words: Mapped[str]
    comes_in: Mapped[bool]
    account: Mapped[str] = mapped_column(String(17))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"), default=None)
    activity: Mapped[str] = mapped_column(String(16), default="")
    project: Mapped[str] = mapped_column(String(16), default="")
    settles: Mapped[bool] = mapped_column(default=False)
    right: Mapped[int] = mapped_column(default=0)
    wrong: Mapped[int] = mapped_column(default=0)
    last_day: Mapped[date | None] = mapped_column(default=None)
    is_own: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)

    @override
    def search_line(self) -> str:
        """Return its words and account."""
        return f"{self.words} {self.account}"


class RejectedProposal(Base):
    """A proposal somebody said no to: it is not made again for that line.

    Attributes:
        signature: What was proposed; see ``Proposal.signature``.
    """

    __tablename__ = "rejected_proposal"
    __table_args__ = (UniqueConstraint("bank_line_id", "signature"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Proposition refusée")

    bank_line_id: Mapped[int] = mapped_column(ForeignKey("bank_line.id"))
    signature: Mapped[str]
