"""Tables of people in the kitchen: first names and initials only, and never a diagnosis."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from cantine_desktop.canteen.allergens import Allergen
from cantine_desktop.hygiene.registers.kept import Kept
from cantine_desktop.i18n import mark
from cantine_desktop.storage.base import Base, Quantity


class Role(StrEnum):
    """What a cook of the day is to the canteen."""

    DINER = "diner"
    VOLUNTEER = "volunteer"
    EMPLOYEE = "employee"


class Briefing(Kept, Base):
    """A cook of the day, told the five rules before cooking (accueil en cuisine).

    Nothing is said of a state of health: only whether the person cooks or not. The row is
    found by no search, and destroyed as soon as it may be.

    Attributes:
        first_name: A first name, nothing more.
        role: Diner, volunteer, employee.
        received: Initials of the cook: the rules were heard.
        hands: Hands were washed.
        fit: The person cooks today; ``False`` is all that is written of who does not.
    """

    __tablename__ = "briefing"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Accueil en cuisine")

    first_name: Mapped[str] = mapped_column(default="")
    role: Mapped[Role | None] = mapped_column(default=None)
    received: Mapped[str] = mapped_column(default="")
    hands: Mapped[bool | None] = mapped_column(default=None)
    fit: Mapped[bool | None] = mapped_column(default=None)

    @override
    def search_line(self) -> str | None:
        """Return nothing: people are not looked up by their first name."""
        return None


class Course(StrEnum):
    """What somebody learnt."""

    FOURTEEN_HOURS = "fourteen_hours"
    EXEMPT = "exempt"
    HACCP = "haccp"
    WELCOME = "welcome"
    MEETING = "meeting"
    OTHER = "other"


class Training(Kept, Base):
    """A course somebody followed, or a booklet somebody read (formation).

    Attributes:
        name: Who; as the certificate says for the fourteen hours.
        function: What the person does in the canteen.
        course: What was learnt.
        organisation: Who taught it.
        hours: How long it lasted.
        valid_until: First day it must be renewed; ``None`` when it has no end.
        document: Where the certificate is, or its reference.
        signed: The person signed.
        attachment_id: Scan of the certificate.
    """

    __tablename__ = "training"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Formation")

    name: Mapped[str] = mapped_column(default="")
    function: Mapped[str] = mapped_column(default="")
    course: Mapped[Course | None] = mapped_column(default=None)
    organisation: Mapped[str] = mapped_column(default="")
    hours: Mapped[Quantity | None] = mapped_column(default=None)
    valid_until: Mapped[date | None] = mapped_column(default=None)
    document: Mapped[str] = mapped_column(default="")
    signed: Mapped[bool | None] = mapped_column(default=None)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), default=None)

    @override
    def search_line(self) -> str | None:
        """Return what the palette finds it by: what was learnt, not who."""
        return self.organisation or None

    @property
    def lasted(self) -> Decimal:
        """Hours, none when nobody wrote them."""
        return self.hours or Decimal(0)


class Refusal(Kept, Base):
    """Somebody asked to be served no dish with an allergen (refus d’un allergène).

    Its day is that of the meal. The signed paper is scanned; only a first name and
    initials are typed.

    Attributes:
        first_name: A first name, nothing more.
        sign: Initials of the person who refuses.
        allergen: Among the fourteen.
        signed: The paper is signed.

    Source: CC-ALL.
    """

    __tablename__ = "allergen_refusal"
    area: ClassVar[str] = "hygiene"
    noun: ClassVar[str] = mark("Refus d’un allergène")

    first_name: Mapped[str] = mapped_column(default="")
    sign: Mapped[str] = mapped_column(default="")
    allergen: Mapped[Allergen | None] = mapped_column(default=None)
    signed: Mapped[bool | None] = mapped_column(default=None)

    @override
    def search_line(self) -> str | None:
        """Return nothing: what somebody does not eat is not looked up."""
        return None
