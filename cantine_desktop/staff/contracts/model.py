"""Tables of the people of the team: who they are, their contracts, what they may do, and when."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from typing_extensions import override

from cantine_desktop.i18n import mark
from cantine_desktop.staff.law.nouns import Status
from cantine_desktop.storage.base import Base, Rate

__all__ = [
    "EMPLOYED",
    "REGISTERED",
    "ArrivalTick",
    "Availability",
    "AvailabilityKind",
    "BalanceKind",
    "Contract",
    "DutyDone",
    "OpeningBalance",
    "Sex",
    "Skill",
    "SkillKind",
    "StaffMember",
    "StaffPaper",
    "Status",
    "Wish",
]

EMPLOYED = frozenset({
    Status.PERMANENT,
    Status.FIXED_TERM,
    Status.APPRENTICE,
    Status.PROFESSIONALISATION,
})
"""Those who are employees, with a contract of employment."""

REGISTERED = EMPLOYED | {Status.CIVIC_SERVICE, Status.TRAINEE}
"""Those whom the single staff register names. Source: CT-L1221-13."""


class Sex(StrEnum):
    """What the single staff register asks for. Source: CT-D1221-23."""

    WOMAN = "woman"
    MAN = "man"


class StaffMember(Base):
    """Somebody of the team (membre de l’équipe); only what a paper or a notice needs.

    Attributes:
        name: Surname and first names, as a register writes them.
        birth_date: Civil day; asked of whom works, to tell minors and to fill the register.
        nationality: For the register; so are ``sex`` and ``work_permit``.
        work_permit: Kind and number of the paper that lets a foreigner work; else empty.
        permit_until: Last civil day that paper holds.
        phone: To be told of a change of hours; so is ``email``.
    """

    __tablename__ = "staff_member"
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Membre de l’équipe")

    name: Mapped[str]
    birth_date: Mapped[date | None] = mapped_column(default=None)
    nationality: Mapped[str] = mapped_column(default="")
    sex: Mapped[Sex | None] = mapped_column(default=None)
    work_permit: Mapped[str] = mapped_column(default="")
    permit_until: Mapped[date | None] = mapped_column(default=None)
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    contracts: Mapped[list["Contract"]] = relationship(
        order_by="(Contract.first, Contract.id)", init=False, cascade="all, delete-orphan"
    )
    skills: Mapped[list["Skill"]] = relationship(
        order_by="Skill.id", init=False, cascade="all, delete-orphan"
    )
    papers: Mapped[list["StaffPaper"]] = relationship(
        order_by="StaffPaper.id", init=False, cascade="all, delete-orphan"
    )
    availabilities: Mapped[list["Availability"]] = relationship(
        order_by="Availability.id", init=False, cascade="all, delete-orphan"
    )
    wishes: Mapped[list["Wish"]] = relationship(
        order_by="Wish.id", init=False, cascade="all, delete-orphan"
    )
    balances: Mapped[list["OpeningBalance"]] = relationship(
        order_by="OpeningBalance.id", init=False, cascade="all, delete-orphan"
    )

    @override
    def search_line(self) -> str:
        """Return the name, the phone and the address of mail."""
        return " ".join(f"{self.name} {self.phone} {self.email}".split())


class Contract(Base):
    """What ties somebody to the canteen for some time (contrat, convention, mandat).

    Attributes:
        job: What the person is hired for (emploi).
        qualification: As the register and the pay slip write it.
        first: First civil day.
        end: The day after the last; ``None`` without a term.
        weekly_minutes: Agreed minutes a week; ``None`` for whom no hours are agreed.
        group: Group or category of the collective agreement.
        authorisation: Day and number of an authorisation to hire or to dismiss, where one is due.
        short_reason: Written reason of a part-time contract below the legal minimum.
        complementary: Share of the agreed hours that may be asked on top, a tenth at first.
        trial_until: Last civil day of the trial period; ``None`` for none or not known.
        term_reason: Why a contract has a term.
        tutor: Who guides a trainee, an apprentice or a civic-service volunteer.
        school: School of a trainee or an apprentice; the sending body of a civic service.
        place: Where a trainee works, as the register asks.
    """

    __tablename__ = "staff_contract"
    __table_args__ = (
        CheckConstraint('"end" IS NULL OR "end" > first', "order"),
        CheckConstraint("weekly_minutes BETWEEN 1 AND 2880", "weekly"),
        CheckConstraint("complementary BETWEEN 0 AND 3333", "complementary"),
    )
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Contrat")

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True, init=False)
    status: Mapped[Status]
    first: Mapped[date]
    end: Mapped[date | None] = mapped_column(default=None)
    job: Mapped[str] = mapped_column(default="")
    qualification: Mapped[str] = mapped_column(default="")
    weekly_minutes: Mapped[int | None] = mapped_column(default=None)
    group: Mapped[str] = mapped_column(default="")
    authorisation: Mapped[str] = mapped_column(default="")
    short_reason: Mapped[str] = mapped_column(default="")
    complementary: Mapped[Rate | None] = mapped_column(default=None)
    trial_until: Mapped[date | None] = mapped_column(default=None)
    term_reason: Mapped[str] = mapped_column(default="")
    tutor: Mapped[str] = mapped_column(default="")
    school: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    ticks: Mapped[list["ArrivalTick"]] = relationship(
        order_by="ArrivalTick.id", init=False, cascade="all, delete-orphan"
    )


class SkillKind(StrEnum):
    """What somebody was taught or may do."""

    HYGIENE = "hygiene"
    FIRST_AID = "first-aid"
    MACHINES = "machines"
    OPENING = "opening"
    CLOSING = "closing"
    CASH = "cash"


class Skill(Base):
    """What somebody is trained or authorised to do (compétence, habilitation).

    Attributes:
        detail: Which machine, which course.
        since: Civil day it was obtained.
        valid_until: Last civil day it holds; ``None`` when it has no end.
        attachment_id: The certificate.
    """

    __tablename__ = "staff_skill"
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Compétence")

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True, init=False)
    kind: Mapped[SkillKind]
    detail: Mapped[str] = mapped_column(default="")
    since: Mapped[date | None] = mapped_column(default=None)
    valid_until: Mapped[date | None] = mapped_column(default=None)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), default=None)


class AvailabilityKind(StrEnum):
    """When an availability holds: each week, once, or by a school’s calendar."""

    WEEKLY = "weekly"
    EXCEPTIONAL = "exceptional"
    SCHOOL = "school"


class Availability(Base):
    """When somebody can come, or cannot (disponibilité).

    Attributes:
        weekday: 0 for Monday; ``None`` for every day between ``first`` and ``end``.
        first: First civil day; ``None`` when it always held.
        end: The day after the last; ``None`` when it holds on.
        start: Minutes after midnight, local time; ``finish`` likewise, after ``start``.
        is_available: Can come; otherwise cannot. At school is never available.
    """

    __tablename__ = "staff_availability"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", "weekday"),
        CheckConstraint('0 <= start AND start < "finish" AND "finish" <= 1440', "hours"),
        CheckConstraint('"end" > first', "order"),
    )
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Disponibilité")

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True, init=False)
    kind: Mapped[AvailabilityKind]
    weekday: Mapped[int | None] = mapped_column(default=None)
    first: Mapped[date | None] = mapped_column(default=None)
    end: Mapped[date | None] = mapped_column(default=None)
    start: Mapped[int] = mapped_column(default=0)
    finish: Mapped[int] = mapped_column(default=1440)
    is_available: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")


class Wish(Base):
    """What somebody would like, or like to avoid (souhait).

    Attributes:
        weekday: 0 for Monday; ``None`` for any day.
        start: Minutes after midnight, local time; ``finish`` likewise, after ``start``.
        is_wanted: Would like to work then; otherwise would rather not.
        weight: From 1, a preference, to 5, what matters most.
    """

    __tablename__ = "staff_wish"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", "weekday"),
        CheckConstraint('0 <= start AND start < "finish" AND "finish" <= 1440', "hours"),
        CheckConstraint("weight BETWEEN 1 AND 5", "weight"),
    )
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Souhait")

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True, init=False)
    weekday: Mapped[int | None] = mapped_column(default=None)
    start: Mapped[int] = mapped_column(default=0)
    finish: Mapped[int] = mapped_column(default=1440)
    is_wanted: Mapped[bool] = mapped_column(default=True)
    weight: Mapped[int] = mapped_column(default=1)


class BalanceKind(StrEnum):
    """What somebody brings from before the book: leave, hours to recover, overtime done."""

    LEAVE = "leave"
    RECOVERY = "recovery"
    OVERTIME = "overtime"


class OpeningBalance(Base):
    """What a counter stood at when the book began to count it (solde de départ).

    Attributes:
        day: Civil day the counter stood there, at its beginning.
        amount: Hundredths of a day for leave, minutes for the two others; may be below zero.
    """

    __tablename__ = "staff_opening_balance"
    __table_args__ = (UniqueConstraint("member_id", "kind"),)
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Solde de départ")

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True, init=False)
    kind: Mapped[BalanceKind]
    day: Mapped[date]
    amount: Mapped[int]


class StaffPaper(Base):
    """A paper asked of somebody, or kept of them (pièce du dossier).

    Attributes:
        due_on: Last civil day to have it; ``None`` when nothing is awaited.
        received_on: Civil day it came; ``None`` while it is missing.
        valid_until: Last civil day it holds; ``None`` when it has no end.
    """

    __tablename__ = "staff_paper"
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Pièce du dossier")

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True, init=False)
    title: Mapped[str]
    due_on: Mapped[date | None] = mapped_column(default=None)
    received_on: Mapped[date | None] = mapped_column(default=None)
    valid_until: Mapped[date | None] = mapped_column(default=None)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), default=None)


class ArrivalTick(Base):
    """A step of an arrival that was done (étape de l’accueil).

    Attributes:
        key: Key of the step in ``resources/staff/arrival.toml``.
    """

    __tablename__ = "staff_arrival_tick"
    __table_args__ = (UniqueConstraint("contract_id", "key"),)
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Étape de l’accueil")

    contract_id: Mapped[int] = mapped_column(
        ForeignKey("staff_contract.id"), index=True, init=False
    )
    key: Mapped[str]
    done_on: Mapped[date]


class DutyDone(Base):
    """A duty of the employer that was done (obligation faite).

    Attributes:
        key: Key of the duty in ``resources/staff/duties.toml``.
        due_on: The civil day it was due.
        member_id: Whom it is about; ``None`` for a duty of the whole canteen.
    """

    __tablename__ = "staff_duty_done"
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Obligation de l’employeur")

    key: Mapped[str]
    due_on: Mapped[date]
    done_on: Mapped[date]
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("staff_member.id"), index=True, default=None
    )
