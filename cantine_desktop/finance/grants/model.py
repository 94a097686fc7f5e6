"""Tables of grants: who gives what for which project, when it comes, what it must prove."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base
from cantine_desktop.values.money import Money


class Grant(Base):
    """A grant, from the request to the report (subvention).

    Its table is not named ``grant``, a word of SQL.

    Attributes:
        funder_id: Who gives it.
        call: Call for projects or scheme it answers, or empty.
        project_id: Section of the axis of projects its costs carry; ``None`` for a grant to
            the canteen as a whole, which is spent by itself.
        account: Account of its income: ``"741400"``.
        asked: Amount asked; ``None`` when nothing was asked yet.
        granted: Amount notified; ``None`` until the answer.
        reference: Proof of the notification, the piece of its entry: ``"CONV-2026-12"``.
        decided_on: Day of the answer, yes or no.
        refused: The answer was no.
        convention_on: Day the convention was signed.
        first: First day its costs may have.
        last: Last day its costs may have, included.
        reply_due: Last day to send the request.
        report_due: Last day to send the report.
        reported_on: Day the report was sent.
        total_cost: Cost of the whole project as it was asked; ``None`` when nobody said.
        told: What the report says of the action, in free words.
    """

    __tablename__ = "grant_record"
    __table_args__ = (CheckConstraint("last IS NULL OR first <= last", "order"),)
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Subvention")

    title: Mapped[str]
    funder_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    account: Mapped[str] = mapped_column(String(17), default="741000")
    call: Mapped[str] = mapped_column(default="")
    project_id: Mapped[int | None] = mapped_column(ForeignKey("section.id"), default=None)
    is_investment: Mapped[bool] = mapped_column(default=False)
    asked: Mapped[Money | None] = mapped_column(default=None)
    asked_on: Mapped[date | None] = mapped_column(default=None)
    reply_due: Mapped[date | None] = mapped_column(default=None)
    granted: Mapped[Money | None] = mapped_column(default=None)
    reference: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None] = mapped_column(default=None)
    refused: Mapped[bool] = mapped_column(default=False)
    convention_on: Mapped[date | None] = mapped_column(default=None)
    first: Mapped[date | None] = mapped_column(default=None)
    last: Mapped[date | None] = mapped_column(default=None)
    report_due: Mapped[date | None] = mapped_column(default=None)
    reported_on: Mapped[date | None] = mapped_column(default=None)
    total_cost: Mapped[Money | None] = mapped_column(default=None)
    told: Mapped[str] = mapped_column(default="")
    payments: Mapped[list["GrantPayment"]] = relationship(
        order_by="GrantPayment.expected_on", init=False, cascade="all, delete-orphan"
    )
    promises: Mapped[list["GrantPromise"]] = relationship(
        order_by="GrantPromise.id", init=False, cascade="all, delete-orphan"
    )

    @override
    def search_line(self) -> str:
        """Return its title and call."""
        return f"{self.title} {self.call}".strip()


class GrantPayment(Base):
    """A payment of a grant, as its convention sets it (versement prévu).

    Attributes:
        expected_on: Day it is expected.
        received_on: Day somebody said it came; the accounts know better when it is booked.
    """

    __tablename__ = "grant_payment"
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Versement de subvention")

    grant_id: Mapped[int] = mapped_column(ForeignKey("grant_record.id"), index=True, init=False)
    expected_on: Mapped[date]
    amount: Mapped[Money]
    received_on: Mapped[date | None] = mapped_column(default=None)


class GrantPromise(Base):
    """A result promised to a funder, and what was reached (indicateur promis)."""

    __tablename__ = "grant_promise"
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Indicateur promis")

    grant_id: Mapped[int] = mapped_column(ForeignKey("grant_record.id"), index=True, init=False)
    label: Mapped[str]
    promised: Mapped[str]
    reached: Mapped[str] = mapped_column(default="")


class GrantCost(Base):
    """A validated line of the accounts, or a part of it, told to a funder as a cost.

    Lines that carry the section of the project count by themselves and need no row here.

    Attributes:
        line_id: A line of class 6 that is validated, so that it stays.
        amount: The part told; a line is never told for more than it cost, over all grants.
    """

    __tablename__ = "grant_cost"
    __table_args__ = (
        UniqueConstraint("grant_id", "line_id"),
        CheckConstraint("amount > 0", "told"),
    )
    area: ClassVar[str] = "finance"
    noun: ClassVar[str] = mark("Coût affecté")

    grant_id: Mapped[int] = mapped_column(ForeignKey("grant_record.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id"), index=True)
    amount: Mapped[Money]
