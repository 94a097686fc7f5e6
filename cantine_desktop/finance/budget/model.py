"""Tables of the budget: its versions, its lines by nature and purpose, what is due anyway."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.types import JsonText
from cantine_desktop.values.money import Money


class Outlook(StrEnum):
    """How a line is foreseen to the end of the year."""

    REMAINING = "remaining"
    PACE = "pace"
    TYPED = "typed"


class Budget(Base):
    """A version of a year’s budget; the highest one counts, the others tell what changed.

    Attributes:
        version: From 1.
        reason: Why it was revised; the first one needs none.
        made_on: Civil day it was begun.
        adopted_on: Civil day the board voted it; ``None`` while it is a project.
        meals: Meals it plans for the year; ``None`` while nobody said. A new canteen’s cost
            of a meal is planned charges by these meals.
    """

    __tablename__ = "budget"
    __table_args__ = (
        UniqueConstraint("fiscal_year_id", "version"),
        CheckConstraint("version > 0", "counted"),
    )
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Budget")

    fiscal_year_id: Mapped[int] = mapped_column(ForeignKey("fiscal_year.id"))
    version: Mapped[int]
    made_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    adopted_on: Mapped[date | None] = mapped_column(default=None)
    meals: Mapped[int | None] = mapped_column(default=None)
    lines: Mapped[list["BudgetLine"]] = relationship(
        order_by="BudgetLine.nature, BudgetLine.id", init=False, cascade="all, delete-orphan"
    )


class BudgetLine(Base):
    """What a nature, for a purpose, is planned to cost or bring in over the year.

    Attributes:
        nature: First digits of its accounts: ``"601"``; 6 and 86 cost, 7 and 87 bring in.
        activity_id: Section of the axis of activities; ``None`` for all of them.
        months: Cents of each month of the year, from its first; they sum to the year.
        outlook: How it is foreseen to the end of the year.
        expected: The year as somebody foresees it, for ``TYPED``.
    """

    __tablename__ = "budget_line"
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Ligne de budget")

    budget_id: Mapped[int] = mapped_column(ForeignKey("budget.id"), index=True, init=False)
    nature: Mapped[str] = mapped_column(String(17))
    label: Mapped[str]
    months: Mapped[list[int]] = mapped_column(JsonText)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("section.id"), default=None)
    outlook: Mapped[Outlook] = mapped_column(default=Outlook.REMAINING)
    expected: Mapped[Money | None] = mapped_column(default=None)
    comment: Mapped[str] = mapped_column(default="")

    @property
    def amount(self) -> Money:
        """The whole year."""
        return Money(sum(self.months))

    @override
    def search_line(self) -> str:
        """Return its nature and words."""
        return f"{self.nature} {self.label}"


class Rhythm(StrEnum):
    """How often a planned flow comes back."""

    ONCE = "once"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class PlannedFlow(Base):
    """Money expected in or out on known days: a rent, a debit, a loan (flux prévu).

    Attributes:
        amount: Positive comes in, negative goes out.
        first: First day it happens; the following ones fall on the same day of the month.
        last: Last day it may happen; ``None`` without end.
        nature: First digits of the accounts whose budget it stands for, or empty: what is
            planned here is taken off what the budget still foresees.
    """

    __tablename__ = "planned_flow"
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Flux prévu")

    label: Mapped[str]
    amount: Mapped[Money]
    rhythm: Mapped[Rhythm]
    first: Mapped[date]
    last: Mapped[date | None] = mapped_column(default=None)
    nature: Mapped[str] = mapped_column(default="")
    is_active: Mapped[bool] = mapped_column(default=True)

    @override
    def search_line(self) -> str:
        """Return its words."""
        return self.label
