"""What was labelled in the kitchen: made, opened or thawed here."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from cantine_desktop.canteen.allergens import Allergen, Allergens
from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base


class Labelled(StrEnum):
    """Why a food carries a label of ours."""

    MADE = "made"
    OPENED = "opened"
    THAWED = "thawed"
    FROZEN = "frozen"


class LabelledFood(Base):
    """A food of the kitchen and its secondary label (étiquette secondaire).

    Attributes:
        name: The dish or the product, as its label says it.
        reason: Made here, opened, thawed or frozen here.
        begun_on: Civil day it was made, opened, thawed or frozen.
        use_by: Last civil day it may be eaten.
        labelled_at: Instant the label was made.
        maker_use_by: The maker's own last day, for what was opened or thawed.
        allergens: Those it holds; ``None`` when nobody has said.
        lot: Lot of the maker, or of the kitchen.
        initials: Who made the label.
        copies: How many labels.
        gone_on: Civil day the last of it was eaten, given or thrown away.
    """

    __tablename__ = "labelled_food"
    __table_args__ = (
        CheckConstraint("copies >= 1", "copies"),
        CheckConstraint("use_by >= begun_on", "use_by"),
    )
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Étiquette")

    name: Mapped[str]
    begun_on: Mapped[date] = mapped_column(index=True)
    use_by: Mapped[date] = mapped_column(index=True)
    labelled_at: Mapped[datetime]
    reason: Mapped[Labelled] = mapped_column(default=Labelled.MADE)
    maker_use_by: Mapped[date | None] = mapped_column(default=None)
    allergens: Mapped[frozenset[Allergen] | None] = mapped_column(Allergens, default=None)
    lot: Mapped[str] = mapped_column(default="")
    initials: Mapped[str] = mapped_column(default="")
    copies: Mapped[int] = mapped_column(default=1)
    gone_on: Mapped[date | None] = mapped_column(default=None)

    @override
    def search_line(self) -> str:
        """Return what the palette finds it by: the food, its lot, its days."""
        parts = (self.name, self.lot, f"{self.begun_on:%d/%m/%Y}")
        return " · ".join(part for part in parts if part)
