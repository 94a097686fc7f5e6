"""Tables of the displayed price: what the poster asks since which day, and what it is made of."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.values.money import Money


class PartKind(StrEnum):
    """What a part of a price pays."""

    FOOD = "food"
    STAFF = "staff"
    OVERHEADS = "overheads"
    EQUIPMENT = "equipment"


class DisplayedPrice(Base):
    """The equilibrium price on the poster, from a day on (prix d’équilibre affiché).

    Attributes:
        since: First day it is displayed; it holds until the next one.
        reason: Why it changed, in the words of the board.
    """

    __tablename__ = "displayed_price"
    __table_args__ = (UniqueConstraint("since"), CheckConstraint("amount > 0", "asked"))
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Prix affiché")

    since: Mapped[date]
    amount: Mapped[Money]
    reason: Mapped[str] = mapped_column(default="")
    parts: Mapped[list["PricePart"]] = relationship(
        order_by="PricePart.id", init=False, cascade="all, delete-orphan"
    )


class PricePart(Base):
    """What a part of the displayed price pays; the parts sum to the price."""

    __tablename__ = "price_part"
    __table_args__ = (UniqueConstraint("displayed_price_id", "kind"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Part du prix affiché")

    displayed_price_id: Mapped[int] = mapped_column(
        ForeignKey("displayed_price.id"), index=True, init=False
    )
    kind: Mapped[PartKind]
    amount: Mapped[Money]
