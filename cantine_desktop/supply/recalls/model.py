"""Tables of recalls: a public notice, the lots it may touch, a drill."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base, Quantity
from cantine_desktop.storage.sealed import Sealable


class RecallVerdict(StrEnum):
    """What somebody said of a lot that a notice may touch."""

    TO_LOOK_AT = "to-look-at"
    TOUCHED = "touched"
    NOT_TOUCHED = "not-touched"


class RecallNotice(Base):
    """A notice of the public list of recalls (avis de rappel).

    Attributes:
        sheet: Its number on the public list.
        published_on: Civil day it was published.
        lots: Lots, dates and codes it names, as written there.
        reason: Why; ``risk``, what may happen; ``advice``, what to do.
        ended_on: Last civil day of the recall; ``None`` when it has none.
    """

    __tablename__ = "recall_notice"
    __table_args__ = (UniqueConstraint("sheet"),)
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Avis de rappel")

    sheet: Mapped[str]
    published_on: Mapped[date]
    product: Mapped[str]
    imported_at: Mapped[datetime]
    brand: Mapped[str] = mapped_column(default="")
    category: Mapped[str] = mapped_column(default="")
    lots: Mapped[str] = mapped_column(default="")
    sellers: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    risk: Mapped[str] = mapped_column(default="")
    advice: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None] = mapped_column(default=None)

    @override
    def search_line(self) -> str:
        """Return its product and brand."""
        return f"{self.product} {self.brand}".strip()


class RecallMatch(Base):
    """A lot that a notice may touch, and what somebody said of it.

    Attributes:
        why: What speaks for it, in words.
    """

    __tablename__ = "recall_match"
    __table_args__ = (UniqueConstraint("notice_id", "lot_id"),)
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Lot visé par un rappel")

    notice_id: Mapped[int] = mapped_column(ForeignKey("recall_notice.id"), index=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), index=True)
    why: Mapped[str]
    verdict: Mapped[RecallVerdict] = mapped_column(default=RecallVerdict.TO_LOOK_AT)
    judged_at: Mapped[datetime | None] = mapped_column(default=None)
    judged_by: Mapped[str] = mapped_column(default="")


class RecallDrill(Base, Sealable):
    """An exercise: a lot looked for both ways, with the time it took (exercice de rappel).

    Attributes:
        milliseconds: Time from the question to the answer on the screen.
        seconds: Time until the person had found the food, as they say; ``None`` if unsaid.
        services: How many services it went into; ``people``, diners counted there.
        accounted: Part of what came in that was found again, of one.
    """

    __tablename__ = "recall_drill"
    area: ClassVar[str] = "supply"
    noun: ClassVar[str] = mark("Exercice de rappel")

    at: Mapped[datetime]
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    by: Mapped[str]
    milliseconds: Mapped[int]
    services: Mapped[int]
    people: Mapped[int]
    accounted: Mapped[Quantity]
    seconds: Mapped[int | None] = mapped_column(default=None)
    words: Mapped[str] = mapped_column(default="")
