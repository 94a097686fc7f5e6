"""Tables of private meals and workshops: what was asked, quoted, invoiced and reminded."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base, Quantity
from cantine_desktop.storage.seal import Sealable
from cantine_desktop.values.money import Money


class EventKind(StrEnum):
    """What is asked of the canteen."""

    PRIVATE_MEAL = "private-meal"
    WORKSHOP = "workshop"
    CATERING = "catering"
    ROOM = "room"


KINDS = {
    EventKind.PRIVATE_MEAL: mark("Privatisation"),
    EventKind.WORKSHOP: mark("Atelier"),
    EventKind.CATERING: mark("Traiteur"),
    EventKind.ROOM: mark("Location de la salle"),
}


class EventState(StrEnum):
    """Where an event stands, as a board shows it.

    ``HELD`` and ``PAID`` are never kept: the first is an accepted event whose day is past,
    the second an invoice that the accounts settled.
    """

    ENQUIRY = "enquiry"
    QUOTED = "quoted"
    ACCEPTED = "accepted"
    HELD = "held"
    INVOICED = "invoiced"
    PAID = "paid"
    DECLINED = "declined"
    CANCELLED = "cancelled"


STATES = {
    EventState.ENQUIRY: mark("Demande"),
    EventState.QUOTED: mark("Devis envoyé"),
    EventState.ACCEPTED: mark("Accepté"),
    EventState.HELD: mark("À facturer"),
    EventState.INVOICED: mark("Facturé"),
    EventState.PAID: mark("Réglé"),
    EventState.DECLINED: mark("Sans suite"),
    EventState.CANCELLED: mark("Annulé"),
}


class CostKind(StrEnum):
    """What a cost of an event is for."""

    FOOD = "food"
    STAFF = "staff"
    OTHER = "other"


class PaperKind(StrEnum):
    """A numbered paper given to a customer."""

    QUOTE = "quote"
    DEPOSIT = "deposit"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit-note"


PAPERS = {
    PaperKind.QUOTE: mark("Devis"),
    PaperKind.DEPOSIT: mark("Facture d’acompte"),
    PaperKind.INVOICE: mark("Facture"),
    PaperKind.CREDIT_NOTE: mark("Avoir"),
}


class PrivateEvent(Base):
    """A private meal, a workshop, catering or a room, for a customer (privatisation, atelier).

    Attributes:
        party_id: The customer in the accounts; ``None`` until a paper has to be posted.
        customer: Its name and address as printed, line by line.
        day: When it takes place.
        people: How many people it is for.
        service_id: The service that hosts it; ``None`` without any.
        asked_on: Day of the first call.
        accepted_on: Day the customer said yes; ``None`` until then.
        contact: How the customer is reached: a name, a telephone, an address.
        siren: Nine digits of a customer that is an organisation, or empty.
        is_professional: A company, an association, a public body: late payment has its law.
        deposit_rate: Percent of the quote asked when it is accepted.
        reason: Why it was declined or cancelled.
    """

    __tablename__ = "private_event"
    __table_args__ = (
        CheckConstraint("people > 0", "somebody"),
        CheckConstraint("deposit_rate >= 0 AND deposit_rate <= 100", "share"),
    )
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Atelier ou privatisation")

    kind: Mapped[EventKind]
    title: Mapped[str]
    customer: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)
    people: Mapped[int]
    asked_on: Mapped[date]
    state: Mapped[EventState] = mapped_column(default=EventState.ENQUIRY, index=True)
    contact: Mapped[str] = mapped_column(default="")
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"), default=None)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("meal_service.id"), default=None)
    deposit_rate: Mapped[int] = mapped_column(default=30)
    siren: Mapped[str] = mapped_column(String(9), default="")
    is_professional: Mapped[bool] = mapped_column(default=True)
    accepted_on: Mapped[date | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    lines: Mapped[list["EventLine"]] = relationship(
        order_by="EventLine.rank", init=False, cascade="all, delete-orphan"
    )
    costs: Mapped[list["EventCost"]] = relationship(
        order_by="EventCost.id", init=False, cascade="all, delete-orphan"
    )
    papers: Mapped[list["EventPaper"]] = relationship(order_by="EventPaper.id", init=False)

    @override
    def search_line(self) -> str:
        """Return its title and who asks."""
        return f"{self.title} {self.customer.partition(chr(10))[0]}"


class EventLine(Base):
    """A line of the quote: so many of something at a price."""

    __tablename__ = "event_line"
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Ligne de devis")

    event_id: Mapped[int] = mapped_column(ForeignKey("private_event.id"), index=True, init=False)
    rank: Mapped[int]
    label: Mapped[str]
    quantity: Mapped[Quantity]
    unit_price: Mapped[Money]

    @property
    def amount(self) -> Money:
        """Quantity times price, rounded to the cent once."""
        return self.unit_price * self.quantity


class EventCost(Base):
    """What the event costs the canteen, planned then met, for its margin.

    Attributes:
        quantity: People for food, hours for staff, one for the rest.
        unit_cost: Cost of one.
        met: What it cost in the end; ``None`` while only the plan is known.
    """

    __tablename__ = "event_cost"
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Coût d’événement")

    event_id: Mapped[int] = mapped_column(ForeignKey("private_event.id"), index=True, init=False)
    label: Mapped[str]
    quantity: Mapped[Quantity]
    unit_cost: Mapped[Money]
    kind: Mapped[CostKind] = mapped_column(default=CostKind.OTHER)
    met: Mapped[Money | None] = mapped_column(default=None)

    @property
    def planned(self) -> Money:
        """Quantity times cost, rounded to the cent once."""
        return self.unit_cost * self.quantity

    @property
    def amount(self) -> Money:
        """What it cost, or else what was planned."""
        return self.planned if self.met is None else self.met


class EventPaper(Base, Sealable):
    """A quote, a deposit invoice, an invoice or a credit note, numbered and sealed.

    Attributes:
        number: ``"D2026-012"``, ``"F2026-031"`` or ``"A2026-001"``, without a gap in its
            series: quotes, invoices with those of deposits, credit notes.
        total: Sum of its lines; below zero for a credit note.
        due: What is to be paid: an invoice leaves out the deposits invoiced before.
        valid_until: Last day of a quote; ``due_day``, day an invoice is to be paid.
        content: What was printed, frozen, as canonical JSON: customer, lines, totals, words.
        entry_id: The entry it became; ``None`` for a quote.
        corrects_id: The paper a credit note takes back.
    """

    __tablename__ = "event_paper"
    __table_args__ = (UniqueConstraint("number"),)
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Devis ou facture")

    event_id: Mapped[int] = mapped_column(ForeignKey("private_event.id"), index=True)
    kind: Mapped[PaperKind]
    number: Mapped[str]
    day: Mapped[date]
    total: Mapped[Money]
    due: Mapped[Money]
    content: Mapped[str]
    valid_until: Mapped[date | None] = mapped_column(default=None)
    due_day: Mapped[date | None] = mapped_column(default=None)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), default=None)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("event_paper.id"), default=None)

    @override
    def search_line(self) -> str:
        """Return its number."""
        return self.number


class EventReminder(Base):
    """A reminder sent to a customer, and its words.

    Attributes:
        level: 1 for the first, 2 for the second, 3 for formal notice (mise en demeure).
    """

    __tablename__ = "event_reminder"
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Relance")

    paper_id: Mapped[int] = mapped_column(ForeignKey("event_paper.id"), index=True)
    sent_on: Mapped[date]
    level: Mapped[int]
    words: Mapped[str]
    recorded_at: Mapped[datetime]
