"""What a service brought in, as it was closed: what takings and their figures are made of."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.finance.postings.means import Means, Purpose
from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.seal import Sealable
from cantine_desktop.values.money import Money


class Takings(Base, Sealable):
    """The takings of a service, sealed when written; another record corrects them.

    No name stands here: amounts are tied to nobody.

    Attributes:
        reference: ``"S2026-047"``: the piece of its entry.
        service: What it was: « Déjeuner », « Soirée jeux ».
        meals: Meals that somebody paid for, zero contributions included.
        offered: Meals offered or sponsored, never in averages.
        cooks: Diners who cooked.
        newcomers: Diners who came for the first time.
        displayed_price: What the poster asked that day; ``None`` when there was none.
        entry_id: The entry they became; ``None`` when nothing was paid.
        corrects_id: The takings they replace.
    """

    __tablename__ = "takings"
    __table_args__ = (UniqueConstraint("reference"), CheckConstraint("meals >= 0", "counted"))
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Recettes de service")

    day: Mapped[date] = mapped_column(index=True)
    reference: Mapped[str]
    service: Mapped[str]
    meals: Mapped[int]
    offered: Mapped[int] = mapped_column(default=0)
    cooks: Mapped[int] = mapped_column(default=0)
    newcomers: Mapped[int] = mapped_column(default=0)
    displayed_price: Mapped[Money | None] = mapped_column(default=None)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), default=None)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("takings.id"), default=None)
    parts: Mapped[list["TakingsPart"]] = relationship(
        order_by="TakingsPart.id", init=False, cascade="all, delete-orphan"
    )
    tally: Mapped[list["TallyLine"]] = relationship(
        order_by="TallyLine.amount", init=False, cascade="all, delete-orphan"
    )

    @override
    def search_line(self) -> str:
        """Return its reference and service."""
        return f"{self.reference} {self.service}"


class TakingsPart(Base, Sealable):
    """What came in by one means for one purpose."""

    __tablename__ = "takings_part"
    __table_args__ = (UniqueConstraint("takings_id", "means", "purpose"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Part de recettes")
    sealed_with: ClassVar[str] = "takings_id"

    takings_id: Mapped[int] = mapped_column(ForeignKey("takings.id"), index=True, init=False)
    means: Mapped[Means]
    purpose: Mapped[Purpose]
    amount: Mapped[Money]


class TallyLine(Base, Sealable):
    """How many people gave an amount for their meal, when the canteen counts it."""

    __tablename__ = "tally_line"
    __table_args__ = (UniqueConstraint("takings_id", "amount"), CheckConstraint("count > 0", "n"))
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Ligne de décompte")
    sealed_with: ClassVar[str] = "takings_id"

    takings_id: Mapped[int] = mapped_column(ForeignKey("takings.id"), index=True, init=False)
    amount: Mapped[Money]
    count: Mapped[int]
