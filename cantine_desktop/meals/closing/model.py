"""Tables of the closing of a service: who came, what they gave, what is left, sealed."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cantine_desktop.finance.cash.model import Reason
from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.i18n import mark
from cantine_desktop.meals.services.model import ContributionMode
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.seal import Sealable
from cantine_desktop.values.money import Money


class WasteStage(StrEnum):
    """Where food is lost, as the public platform tells stages apart.

    Source: AGEC.
    """

    PREPARATION = "preparation"
    UNSERVED = "unserved"
    LEFTOVERS = "leftovers"


STAGES = {
    WasteStage.PREPARATION: mark("Préparation"),
    WasteStage.UNSERVED: mark("Non servi"),
    WasteStage.LEFTOVERS: mark("Restes d’assiette"),
}


class Heard(StrEnum):
    """How newcomers heard of the canteen (U27)."""

    FRIEND = "friend"
    PASSING_BY = "passing-by"
    PARTNER = "partner"
    PRESS = "press"
    NETWORKS = "networks"
    OTHER = "other"


HEARD = {
    Heard.FRIEND: mark("Par quelqu’un"),
    Heard.PASSING_BY: mark("En passant devant"),
    Heard.PARTNER: mark("Par une association ou un service social"),
    Heard.PRESS: mark("Par la presse ou une affiche"),
    Heard.NETWORKS: mark("Par les réseaux ou le site"),
    Heard.OTHER: mark("Autrement"),
}


class ClosingPolicy(Base):
    """How this canteen closes its services; one row, or none for the usual ways.

    Attributes:
        mode: How contributions are noted unless a service says otherwise.
        names_allowed: The canteen chose to tie names to contributions; never by default.
        amounts: Amounts of the tally, in cents apart: ``"0 500 800 1000 1250 1500 2000"``.
        tolerated: Difference of the till that needs no reason.
        float_amount: What stays in the till to give change.
        names_kept_days: Days after which names of contributions and reservations go.
    """

    __tablename__ = "closing_policy"
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Façon de clôturer")

    mode: Mapped[ContributionMode] = mapped_column(default=ContributionMode.TALLY)
    names_allowed: Mapped[bool] = mapped_column(default=False)
    amounts: Mapped[str] = mapped_column(default="0 500 800 1000 1250 1500 2000")
    tolerated: Mapped[Money] = mapped_column(default=Money(100))
    float_amount: Mapped[Money] = mapped_column(default=Money(8_000))
    names_kept_days: Mapped[int] = mapped_column(default=30)


class ServiceClosing(Base, Sealable):
    """The closing of a service (clôture): a draft until it is sealed, then corrected by another.

    A count nobody gave is ``None``: missing is missing.

    Attributes:
        diners: Diners at table, cooks, children and offered meals included; the team is not.
        cooks: Of whom cooked.
        newcomers: Of whom came for the first time.
        children: Of whom are children.
        team: Employees and civic volunteers who ate besides.
        offered: Meals the canteen itself offered, of the diners; out of averages.
        given: Meals given out or carried to somebody (K22), besides the diners.
        mode: How contributions were noted.
        contributions_total: Sum of the contributions once closed; of a draft, the one typed.
        displayed_price: What the poster asked that day.
        float_amount: What lay in the till before the service (fond de caisse).
        cash_counted: Cash found in the till; ``None`` when nobody counted.
        cash_expected: Cash that should be there: the float and what came in cash.
        cash_reason: Why they differ.
        cash_note: The same, in words.
        bag: Number of the bag of what goes to the bank, or empty.
        checked_by: Initials of who counted again; empty when nobody did.
        leftovers: What is left and what becomes of it, in words.
        word: The word of the day.
        takings_id: The takings they became; ``None`` while it is a draft.
        cash_count_id: The count of the till made with it.
        corrects_id: The closing this one replaces.
        reason: Why it replaces it.
        closed_by: Initials.
    """

    __tablename__ = "service_closing"
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Clôture de service")

    service_id: Mapped[int] = mapped_column(ForeignKey("meal_service.id"), index=True)
    mode: Mapped[ContributionMode]
    diners: Mapped[int | None] = mapped_column(default=None)
    cooks: Mapped[int | None] = mapped_column(default=None)
    newcomers: Mapped[int | None] = mapped_column(default=None)
    children: Mapped[int | None] = mapped_column(default=None)
    team: Mapped[int | None] = mapped_column(default=None)
    offered: Mapped[int | None] = mapped_column(default=None)
    given: Mapped[int | None] = mapped_column(default=None)
    contributions_total: Mapped[Money | None] = mapped_column(default=None)
    displayed_price: Mapped[Money | None] = mapped_column(default=None)
    cash_counted: Mapped[Money | None] = mapped_column(default=None)
    cash_expected: Mapped[Money | None] = mapped_column(default=None)
    float_amount: Mapped[Money] = mapped_column(default=Money(8_000))
    cash_reason: Mapped[Reason | None] = mapped_column(default=None)
    cash_note: Mapped[str] = mapped_column(default="")
    bag: Mapped[str] = mapped_column(default="")
    checked_by: Mapped[str] = mapped_column(default="")
    leftovers: Mapped[str] = mapped_column(default="")
    word: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="", index=True)
    takings_id: Mapped[int | None] = mapped_column(
        ForeignKey("takings.id"), index=True, default=None
    )
    cash_count_id: Mapped[int | None] = mapped_column(ForeignKey("cash_count.id"), default=None)
    corrects_id: Mapped[int | None] = mapped_column(
        ForeignKey("service_closing.id"), index=True, default=None
    )
    reason: Mapped[str] = mapped_column(default="")
    closed_by: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    drafted_at: Mapped[datetime | None] = mapped_column(default=None)
    tally: Mapped[list["ClosingTally"]] = relationship(
        order_by="ClosingTally.amount", init=False, cascade="all, delete-orphan"
    )
    parts: Mapped[list["ClosingPart"]] = relationship(init=False, cascade="all, delete-orphan")
    sponsored: Mapped[list["SponsoredMeals"]] = relationship(
        init=False, cascade="all, delete-orphan"
    )
    wastes: Mapped[list["ClosingWaste"]] = relationship(init=False, cascade="all, delete-orphan")
    heard: Mapped[list["ClosingHeard"]] = relationship(init=False, cascade="all, delete-orphan")
    coins: Mapped[list["ClosingCoin"]] = relationship(init=False, cascade="all, delete-orphan")


class ClosingTally(Base, Sealable):
    """How many diners gave an amount; zero is an amount like another."""

    __tablename__ = "closing_tally"
    __table_args__ = (UniqueConstraint("closing_id", "amount"), CheckConstraint("count > 0", "n"))
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Ligne de pointage")
    sealed_with: ClassVar[str] = "closing_id"

    closing_id: Mapped[int] = mapped_column(
        ForeignKey("service_closing.id"), index=True, init=False
    )
    amount: Mapped[Money]
    count: Mapped[int]


class ClosingPart(Base, Sealable):
    """What came by one means, or for one purpose: the paper tells one or the other.

    Attributes:
        means: All that came by it, cash left out: cash is what the rest makes.
        purpose: All that came for it, meals left out: the tally tells them.
    """

    __tablename__ = "closing_part"
    __table_args__ = (UniqueConstraint("closing_id", "means", "purpose"),)
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Part de clôture")
    sealed_with: ClassVar[str] = "closing_id"

    closing_id: Mapped[int] = mapped_column(
        ForeignKey("service_closing.id"), index=True, init=False
    )
    means: Mapped[Means | None]
    purpose: Mapped[Purpose | None]
    amount: Mapped[Money]


class SponsoredMeals(Base, Sealable):
    """Meals of the diners that somebody else pays for; never in averages (U24).

    Attributes:
        payer: Who pays: « Petits Frères des Pauvres ».
        amount: What they owe for all of them; ``None`` when nothing is asked.
        reference: ``"PEC2026-003"``: the piece of its entry and of the certificate.
        entry_id: The entry of what they owe.
    """

    __tablename__ = "sponsored_meals"
    __table_args__ = (CheckConstraint("count > 0", "n"),)
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Repas pris en charge")
    sealed_with: ClassVar[str] = "closing_id"

    closing_id: Mapped[int] = mapped_column(
        ForeignKey("service_closing.id"), index=True, init=False
    )
    payer: Mapped[str]
    count: Mapped[int]
    amount: Mapped[Money | None] = mapped_column(default=None)
    reference: Mapped[str] = mapped_column(default="")
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), default=None)


class ClosingWaste(Base, Sealable):
    """Food lost at a stage of a service, in grams; a stage nobody weighed has no row."""

    __tablename__ = "closing_waste"
    __table_args__ = (UniqueConstraint("closing_id", "stage"),)
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Déchets pesés")
    sealed_with: ClassVar[str] = "closing_id"

    closing_id: Mapped[int] = mapped_column(
        ForeignKey("service_closing.id"), index=True, init=False
    )
    stage: Mapped[WasteStage]
    grams: Mapped[int]


class ClosingHeard(Base, Sealable):
    """How newcomers of a service heard of the canteen."""

    __tablename__ = "closing_heard"
    __table_args__ = (UniqueConstraint("closing_id", "heard"), CheckConstraint("count > 0", "n"))
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Venue des nouveaux")
    sealed_with: ClassVar[str] = "closing_id"

    closing_id: Mapped[int] = mapped_column(
        ForeignKey("service_closing.id"), index=True, init=False
    )
    heard: Mapped[Heard]
    count: Mapped[int]


class ClosingCoin(Base, Sealable):
    """Notes or coins of a value counted in the till, kept with the draft."""

    __tablename__ = "closing_coin"
    __table_args__ = (UniqueConstraint("closing_id", "denomination"),)
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Pièces et billets comptés")
    sealed_with: ClassVar[str] = "closing_id"

    closing_id: Mapped[int] = mapped_column(
        ForeignKey("service_closing.id"), index=True, init=False
    )
    denomination: Mapped[Money]
    quantity: Mapped[int]


class NamedContribution(Base):
    """What a named person gave for a meal, only in a canteen that chose to know.

    It is not sealed, so that the name can be forgotten; the tally of the closing stays.
    """

    __tablename__ = "named_contribution"
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Contribution nommée")

    service_id: Mapped[int] = mapped_column(ForeignKey("meal_service.id"), index=True)
    name: Mapped[str]
    amount: Mapped[Money]
    means: Mapped[Means | None] = mapped_column(default=None)
