"""Tables of who comes: anonymous slips, never a person."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base


class SlipCount(Base):
    """How many anonymous slips of a month gave an answer to a question (K15).

    Attributes:
        month: First day of the month.
        question: Key of the question: ``"age"``, ``"distance"``.
        answer: Key of the answer.
    """

    __tablename__ = "slip_count"
    __table_args__ = (
        UniqueConstraint("month", "question", "answer"),
        CheckConstraint("count >= 0", "n"),
    )
    area: ClassVar[str] = "meals"
    noun: ClassVar[str] = mark("Petits papiers dépouillés")

    month: Mapped[date]
    question: Mapped[str]
    answer: Mapped[str]
    count: Mapped[int]
