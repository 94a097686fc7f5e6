"""Tables of what went wrong: breaches, what was done, proofs, food set aside."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.hygiene.faults import Severity
from cantine_desktop.hygiene.slots import Slot
from cantine_desktop.i18n import mark
from cantine_desktop.storage.attachments import Attachment
from cantine_desktop.storage.base import Base, Celsius, Quantity
from cantine_desktop.storage.sealed import Sealable


class CauseGroup(StrEnum):
    """Where a cause is looked for: the five M of the inspectors (5M)."""

    MATERIAL = "material"
    METHOD = "method"
    PEOPLE = "people"
    EQUIPMENT = "equipment"
    PLACE = "place"


class Decision(StrEnum):
    """What becomes of the food (décision sur le produit)."""

    NONE = "none"
    KEPT = "kept"
    RESERVED = "reserved"
    BLOCKED = "blocked"
    RETURNED = "returned"
    REWORKED = "reworked"
    DESTROYED = "destroyed"


class LotState(StrEnum):
    """What may be done with a lot somebody set aside."""

    RESERVED = "reserved"
    BLOCKED = "blocked"
    REFUSED = "refused"
    DESTROYED = "destroyed"


class Breach(Sealable, Base):
    """Something that was not as the plan wants it (non-conformité).

    It says by itself what was wrong, so that it stays true whatever happens to the record:
    limits of another day, a record corrected, a register that is no more. Closing seals it;
    what comes to light afterwards is another row, which names it in ``follows_id``.

    Attributes:
        register: Key of the register of the record at fault; empty when noted by hand.
        record_id: Key of the record there, of its latest revision; ``None`` by hand.
        day: Civil day it happened.
        subject: What it is about: « CF 2 », « Gratin de courge ».
        point: Code of the control point of the plan; empty when none.
        slot: Part of the day, where it matters.
        measured: What was measured, in ``unit``.
        limit: The bound it crossed, in ``unit``.
        excess: How far beyond the bound, in ``unit``; never negative.
        words: What figures do not say.
        opened_at: Instant it was found.
        withdrawn_at: Instant a correction showed there was none.
        closed_at: Instant it was settled: an action, the recheck where one was due, and a
            verification, which a recheck back within the limit is.
        closed_by: Initials of who closed it on purpose; empty when a recheck did.
        number: ``NC-2026-001``, given when somebody first acts; never taken back.
        place: Where it was seen, when noted by hand.
        product: The food concerned, with ``lot`` and ``quantity`` in words.
        noted_by: Initials of who saw it.
        cause_group: The M its cause belongs to.
        decision: What became of the food.
        due_on: Day by which a lasting action must be done.
        responsible: Initials of who must do it.
        verified_at: Instant somebody checked that the action worked.
        verified_by: Their initials.
        efficacy: What they saw.
        follows_id: The closed breach it takes up again.
    """

    __tablename__ = "breach"
    __table_args__ = (
        Index("ix_breach_record", "register", "record_id"),
        Index("ix_breach_open", "closed_at", "withdrawn_at"),
        CheckConstraint("excess >= 0", "excess"),
    )
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Non-conformité")

    day: Mapped[date] = mapped_column(index=True)
    subject: Mapped[str]
    opened_at: Mapped[datetime]
    register: Mapped[str] = mapped_column(String(40), default="")
    record_id: Mapped[int | None] = mapped_column(default=None)
    point: Mapped[str] = mapped_column(String(40), default="")
    slot: Mapped[Slot | None] = mapped_column(default=None)
    measured: Mapped[Quantity | None] = mapped_column(default=None)
    limit: Mapped[Quantity | None] = mapped_column(default=None)
    unit: Mapped[str] = mapped_column(String(16), default="°C")
    excess: Mapped[Quantity | None] = mapped_column(default=None)
    words: Mapped[str] = mapped_column(default="")
    severity: Mapped[Severity] = mapped_column(default=Severity.MAJOR)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_by: Mapped[str] = mapped_column(default="")
    number: Mapped[str | None] = mapped_column(String(24), default=None, unique=True)
    place: Mapped[str] = mapped_column(default="")
    product: Mapped[str] = mapped_column(default="")
    lot: Mapped[str] = mapped_column(default="")
    quantity: Mapped[str] = mapped_column(default="")
    noted_by: Mapped[str] = mapped_column(default="")
    cause_group: Mapped[CauseGroup | None] = mapped_column(default=None)
    decision: Mapped[Decision | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)
    responsible: Mapped[str] = mapped_column(default="")
    verified_at: Mapped[datetime | None] = mapped_column(default=None)
    verified_by: Mapped[str] = mapped_column(default="")
    efficacy: Mapped[str] = mapped_column(default="")
    follows_id: Mapped[int | None] = mapped_column(
        ForeignKey("breach.id"), default=None, index=True
    )
    actions: Mapped[list["CorrectiveAction"]] = relationship(
        back_populates="breach", order_by="CorrectiveAction.id", default_factory=list, repr=False
    )
    lots: Mapped[list["BlockedLot"]] = relationship(
        back_populates="breach", order_by="BlockedLot.id", default_factory=list, repr=False
    )
    proofs: Mapped[list["BreachProof"]] = relationship(
        back_populates="breach", order_by="BreachProof.id", default_factory=list, repr=False
    )

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done or checked."""
        return self.closed_at is None and self.withdrawn_at is None

    @property
    def is_touched(self) -> bool:
        """Whether somebody did anything about it: then it is never dropped."""
        return bool(self.actions or self.lots or self.proofs or self.number)

    @override
    def search_line(self) -> str:
        """Return what the palette finds it by: number, subject, product, lot."""
        parts = (self.number, self.subject, self.product, self.lot, self.words)
        return " · ".join(part for part in parts if part)


class CorrectiveAction(Sealable, Base):
    """What was done about a breach (action corrective).

    Attributes:
        cause: Phrase that says why it happened.
        action: Phrase that says what was done.
        initials: Who did it.
        taken_at: Instant it was written.
        codes: Actions of the catalogue it stands for, between spaces: ``"A-MOVE A-RECHECK"``.
        recheck_due: Instant it must be checked again, if it must.
        recheck_at: Instant it was.
        recheck_value: What was measured then, in the unit of the breach.
        recheck_good: What was seen then, where nothing is measured.
        core_celsius: Degrees at the core of the most fragile food, where asked.
        gap_minutes: Minutes the food spent out of bounds, where asked.
        moved_to: Where the food went.
    """

    __tablename__ = "corrective_action"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Action corrective")

    breach_id: Mapped[int] = mapped_column(ForeignKey("breach.id"), init=False, index=True)
    breach: Mapped[Breach] = relationship(back_populates="actions", repr=False)
    cause: Mapped[str]
    action: Mapped[str]
    taken_at: Mapped[datetime]
    initials: Mapped[str] = mapped_column(default="")
    codes: Mapped[str] = mapped_column(default="")
    recheck_due: Mapped[datetime | None] = mapped_column(default=None)
    recheck_at: Mapped[datetime | None] = mapped_column(default=None)
    recheck_value: Mapped[Quantity | None] = mapped_column(default=None)
    recheck_good: Mapped[bool | None] = mapped_column(default=None)
    core_celsius: Mapped[Celsius | None] = mapped_column(default=None)
    gap_minutes: Mapped[int | None] = mapped_column(default=None)
    moved_to: Mapped[str] = mapped_column(default="")

    @property
    def was_rechecked(self) -> bool:
        """Whether somebody looked again after it."""
        return self.recheck_value is not None or self.recheck_good is not None

    @property
    def worked(self) -> bool | None:
        """Whether the recheck was good; ``None`` while there was none.

        A temperature that is only tolerated is not good: it must be within the limit
        itself, below it or above it, whichever side the breach was on.
        """
        value, bound, measured = self.recheck_value, self.breach.limit, self.breach.measured
        if value is None or bound is None:
            return self.recheck_good
        if measured is not None and measured < bound:
            return value >= bound
        return value <= bound


class BlockedLot(Base):
    """Food that somebody set aside, refused or threw away (lot bloqué).

    Attributes:
        product: What it is.
        lot: Its number on the label, as far as known.
        quantity: In words: « 3 bacs ».
        state: What may be done with it.
        reason: Why.
        since: Instant it was set aside.
        by: Initials of who did.
        breach: The breach that led there, if one did.
        released_at: Instant it was given back to use, or its fate was written.
        released_by: Initials of who decided.
        release_words: What was decided, and on what ground.
    """

    __tablename__ = "blocked_lot"
    __table_args__ = (Index("ix_blocked_lot_state", "state", "released_at"),)
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Lot bloqué")

    breach_id: Mapped[int | None] = mapped_column(ForeignKey("breach.id"), init=False, index=True)
    breach: Mapped[Breach | None] = relationship(back_populates="lots", repr=False)
    product: Mapped[str]
    state: Mapped[LotState]
    since: Mapped[datetime]
    lot: Mapped[str] = mapped_column(default="")
    quantity: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[str] = mapped_column(default="")
    released_at: Mapped[datetime | None] = mapped_column(default=None)
    released_by: Mapped[str] = mapped_column(default="")
    release_words: Mapped[str] = mapped_column(default="")

    @property
    def is_blocked(self) -> bool:
        """Whether somebody must still decide what becomes of it."""
        return self.state is LotState.BLOCKED and self.released_at is None


class BreachProof(Base):
    """A photograph or a paper that shows what happened, or what was done (preuve).

    Attributes:
        words: What it shows.
        added_by: Initials of who joined it.
    """

    __tablename__ = "breach_proof"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Preuve jointe")

    breach_id: Mapped[int] = mapped_column(ForeignKey("breach.id"), init=False, index=True)
    breach: Mapped[Breach] = relationship(back_populates="proofs", repr=False)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), init=False)
    attachment: Mapped[Attachment] = relationship(repr=False)
    words: Mapped[str] = mapped_column(default="")
    added_by: Mapped[str] = mapped_column(default="")


def excess_of(measured: Decimal | None, limit: Decimal | None) -> Decimal | None:
    """Return how far a measure is beyond its bound, on whichever side."""
    return None if measured is None or limit is None else abs(measured - limit)
