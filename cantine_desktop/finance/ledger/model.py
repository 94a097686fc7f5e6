"""Tables of the ledger: years, accounts, journals, parties, entries and their lines."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.finance.chart.numbering import Nature, Numbering
from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.seal import Sealable
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period


class FiscalYear(Base, Sealable):
    """An accounting year (exercice), half-open, sealed once it is closed.

    Attributes:
        first: First civil day.
        end: First day after it.
        numbering: How its accounts are numbered, by the day it opens.
        locked_until: Days before this one take no entry any more; ``None`` while none is locked.
    """

    __tablename__ = "fiscal_year"
    __table_args__ = (UniqueConstraint("first"), CheckConstraint('"end" > first', "order"))
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Exercice")

    first: Mapped[date]
    end: Mapped[date]
    numbering: Mapped[Numbering]
    locked_until: Mapped[date | None] = mapped_column(default=None)

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(self.first, self.end)


class Account(Base):
    """An account of the chart (compte).

    Attributes:
        number: Three digits at least, the first three of the French chart.
        numbering: The only numbering it belongs to; ``None`` when both have it.
        has_parties: Each of its lines names a supplier, a customer… (compte auxiliaire).
        is_lettered: Its lines are settled against each other (lettrage).
        is_lucrative: An activity that commercial taxes may reach; counted in the gauge.
        asks_project: Its lines should say which grant or project they belong to.
    """

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("number"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Compte")

    number: Mapped[str] = mapped_column(String(17))
    title: Mapped[str]
    nature: Mapped[Nature]
    numbering: Mapped[Numbering | None] = mapped_column(default=None)
    has_parties: Mapped[bool] = mapped_column(default=False)
    is_lettered: Mapped[bool] = mapped_column(default=False)
    is_lucrative: Mapped[bool] = mapped_column(default=False)
    asks_project: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)

    @override
    def search_line(self) -> str:
        """Return its number and title."""
        return f"{self.number} {self.title}"


class JournalKind(StrEnum):
    """What a journal records."""

    OPENING = "opening"
    CASH = "cash"
    BANK = "bank"
    PURCHASES = "purchases"
    SALES = "sales"
    PAYROLL = "payroll"
    MISCELLANEOUS = "miscellaneous"
    IN_KIND = "in-kind"


class Journal(Base):
    """A journal: entries of one kind, numbered together without a gap.

    Attributes:
        code: Two or three letters or digits: ``"BQ1"``, ``"HA"``.
    """

    __tablename__ = "journal"
    __table_args__ = (UniqueConstraint("code"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Journal")

    code: Mapped[str] = mapped_column(String(8))
    title: Mapped[str]
    kind: Mapped[JournalKind]


class PartyKind(StrEnum):
    """What somebody is to the canteen's accounts."""

    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    FUNDER = "funder"
    PAYMENT_SERVICE = "payment-service"
    OTHER = "other"


class Party(Base):
    """Who stands behind an auxiliary account (tiers): an organisation, seldom a person.

    Attributes:
        code: Short, unique, letters and digits: ``"BIOCOOP"``; goes into the FEC.
        siren: Nine digits, or empty.
        iban: Where it is paid, without spaces, or empty.
        usual_account: Account its invoices usually go to, or empty.
        usual_activity: Section of the axis of activities, or empty.
    """

    __tablename__ = "party"
    __table_args__ = (UniqueConstraint("code"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Tiers")

    code: Mapped[str] = mapped_column(String(17))
    name: Mapped[str]
    kind: Mapped[PartyKind]
    siren: Mapped[str] = mapped_column(String(9), default="")
    iban: Mapped[str] = mapped_column(String(34), default="")
    usual_account: Mapped[str] = mapped_column(String(17), default="")
    usual_activity: Mapped[str] = mapped_column(String(16), default="")
    is_active: Mapped[bool] = mapped_column(default=True)

    @override
    def search_line(self) -> str:
        """Return its name and code."""
        return f"{self.name} {self.code}"


class Axis(StrEnum):
    """By what lines are sorted besides their account."""

    ACTIVITY = "activity"
    PROJECT = "project"


class Section(Base):
    """A value of an analytic axis: the meals, the workshops, a grant’s project.

    Attributes:
        code: Short, unique over both axes: ``"REPAS"``.
    """

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("code"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Section analytique")

    axis: Mapped[Axis]
    code: Mapped[str] = mapped_column(String(16))
    title: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)


class Entry(Base, Sealable):
    """An entry (écriture): a draft until it is validated, sealed with its lines from then on.

    Attributes:
        number: In its journal and year, without a gap, given when it is validated.
        rank: Order of validation in the year, from 1.
        day: Accounting day.
        piece_ref: What proves it, never empty: ``"S2026-047"``, an invoice number…
        piece_day: Day of that proof.
        validated_on: Civil day it was validated.
        fact: What happened, one word of ``postings``: ``"takings"``, ``"purchase"``…
        origin_table: Table of the record it comes from, or empty.
        origin_key: Key of that record.
        reverses_id: The entry it takes back (contre-passation).
    """

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("number", "journal_id", "fiscal_year_id"),
        UniqueConstraint("rank", "fiscal_year_id"),
        CheckConstraint("(number IS NULL) = (validated_on IS NULL)", "numbered_once_validated"),
        Index("ix_entry_origin", "origin_table", "origin_key"),
    )
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Écriture")

    fiscal_year_id: Mapped[int] = mapped_column(ForeignKey("fiscal_year.id"))
    journal_id: Mapped[int] = mapped_column(ForeignKey("journal.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    label: Mapped[str]
    piece_ref: Mapped[str]
    piece_day: Mapped[date]
    number: Mapped[int | None] = mapped_column(default=None)
    rank: Mapped[int | None] = mapped_column(default=None)
    validated_on: Mapped[date | None] = mapped_column(default=None)
    fact: Mapped[str] = mapped_column(String(32), default="")
    origin_table: Mapped[str] = mapped_column(String(32), default="")
    origin_key: Mapped[int | None] = mapped_column(default=None)
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("entry.id"), default=None, index=True
    )
    lines: Mapped[list["Line"]] = relationship(
        order_by="Line.rank", init=False, cascade="all, delete-orphan", back_populates="entry"
    )

    @override
    def search_line(self) -> str:
        """Return its label and proof."""
        return f"{self.label} {self.piece_ref}"


class Line(Base, Sealable):
    """A line of an entry: one account, a debit or a credit, never both nor none.

    Attributes:
        rank: Place in the entry, from 1.
        label: Its own words; empty takes those of the entry.
        due_day: When it should be paid.
        carries_id: Line of the year before that an opening entry takes over, still to settle.
    """

    __tablename__ = "line"
    __table_args__ = (
        CheckConstraint("debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0)", "one_side"),
    )
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Ligne d’écriture")
    sealed_with: ClassVar[str] = "entry_id"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True, init=False)
    rank: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    debit: Mapped[Money]
    credit: Mapped[Money]
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"), default=None, index=True)
    label: Mapped[str] = mapped_column(default="")
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("section.id"), default=None)
    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("section.id"), default=None, index=True
    )
    due_day: Mapped[date | None] = mapped_column(default=None)
    carries_id: Mapped[int | None] = mapped_column(ForeignKey("line.id"), default=None, index=True)
    entry: Mapped[Entry] = relationship(init=False, back_populates="lines")


class Lettering(Base):
    """Lines of one account, and one party, that settle each other (lettrage).

    Attributes:
        code: ``"AAA"``, unique in its account.
        lettered_on: Civil day the lines were joined.
    """

    __tablename__ = "lettering"
    __table_args__ = (UniqueConstraint("account_id", "code"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Lettrage")

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    code: Mapped[str] = mapped_column(String(8))
    lettered_on: Mapped[date]


class LetteredLine(Base):
    """A line and the lettering it belongs to; a line belongs to one at most."""

    __tablename__ = "lettered_line"
    __table_args__ = (UniqueConstraint("line_id"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Ligne lettrée")

    lettering_id: Mapped[int] = mapped_column(ForeignKey("lettering.id"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id"))


class LockChange(Base, Sealable):
    """Days that stopped taking entries, or take them again: who asked why is kept for good.

    Attributes:
        changed_at: Instant of the change.
        before: The year was locked until this day; ``None`` when it was not.
        until: It is locked until this day from now on; ``None`` when it is not.
        reason: Why days were opened again; empty for a lock.
    """

    __tablename__ = "lock_change"
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Arrêté des comptes")

    fiscal_year_id: Mapped[int] = mapped_column(ForeignKey("fiscal_year.id"), index=True)
    changed_at: Mapped[datetime]
    before: Mapped[date | None] = mapped_column(default=None)
    until: Mapped[date | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
