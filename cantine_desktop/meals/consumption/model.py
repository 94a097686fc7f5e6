"""The table that ties what left the stock to the service and the dish it went into."""

from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base


class LotUse(Base):
    """A move out of the stock and what it was used for (lot utilisé).

    Attributes:
        dish_id: ``None`` when it went into the service as a whole.
    """

    __tablename__ = "lot_use"
    __table_args__ = (UniqueConstraint("move_id"),)
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Lot utilisé")

    move_id: Mapped[int] = mapped_column(ForeignKey("stock_move.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("meal_service.id"), index=True)
    dish_id: Mapped[int | None] = mapped_column(ForeignKey("dish.id"), default=None, index=True)
