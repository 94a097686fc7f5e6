"""Tables of the roster: shifts by day, needs of the services, absences, what was published."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cantine_desktop.i18n import mark
from cantine_desktop.staff.contracts.model import SkillKind
from cantine_desktop.staff.law.rules import Branch
from cantine_desktop.staff.law.stints import Kind
from cantine_desktop.storage.base import Base
from cantine_desktop.storage.sealed import Sealable
from cantine_desktop.values.money import Money

__all__ = [
    "Absence",
    "AbsenceCode",
    "Branch",
    "Kind",
    "Post",
    "Publication",
    "RosterChange",
    "RosterState",
    "RosterWeek",
    "Shift",
    "StaffLimit",
    "StaffRules",
    "StaffingRule",
]


class Post(StrEnum):
    """What somebody does in a shift (poste)."""

    LEAD = "lead"
    KITCHEN = "kitchen"
    WELCOME = "welcome"
    DISHES = "dishes"
    DELIVERY = "delivery"
    CLEANING = "cleaning"
    OFFICE = "office"
    OPENING = "opening"
    CLOSING = "closing"
    SUPPORT = "support"


POSTS: dict[Post, str] = {
    Post.LEAD: mark("Responsable de cuisine"),
    Post.KITCHEN: mark("Cuisine"),
    Post.WELCOME: mark("Accueil et caisse"),
    Post.DISHES: mark("Plonge"),
    Post.DELIVERY: mark("Livraison"),
    Post.CLEANING: mark("Ménage"),
    Post.OFFICE: mark("Bureau"),
    Post.OPENING: mark("Ouverture, clés"),
    Post.CLOSING: mark("Fermeture, clés"),
    Post.SUPPORT: mark("Renfort"),
}

"""What posts are called on paper."""

SHORT_POSTS: dict[Post, str] = {
    **POSTS,
    Post.LEAD: mark("Responsable"),
    Post.WELCOME: mark("Accueil"),
    Post.OPENING: mark("Ouverture"),
    Post.CLOSING: mark("Fermeture"),
}
"""What a cell calls them."""


class StaffRules(Base):
    """Which rules of work apply here (règles applicables); one row, or none for the Code alone.

    Attributes:
        branch: The collective agreement above the Code du travail.
        keeps_good_friday: The commune has a protestant temple or a mixed church: Good Friday is a
            holiday there in Alsace and Moselle.
        minors_on_holidays: An agreement lets minors work on public holidays.
        hour_cost: What an hour of an employee costs, charges included; ``None`` shows no cost.
    """

    __tablename__ = "staff_rules"
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Règles de travail")

    branch: Mapped[Branch] = mapped_column(default=Branch.NONE)
    keeps_good_friday: Mapped[bool] = mapped_column(default=True)
    minors_on_holidays: Mapped[bool] = mapped_column(default=False)
    hour_cost: Mapped[Money | None] = mapped_column(default=None)


class StaffLimit(Base):
    """A limit of working time that the canteen set for itself (limite de la cantine).

    Attributes:
        rule: Id in ``resources/staff/rules.toml``.
        value: In the unit of the rule.
        allowed_by: The agreement or consent that lets it be less strict than the text, or empty.
    """

    __tablename__ = "staff_limit"
    __table_args__ = (UniqueConstraint("rule"),)
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Limite de la cantine")

    rule: Mapped[str]
    value: Mapped[int]
    allowed_by: Mapped[str] = mapped_column(default="")


class StaffingRule(Base):
    """Whom a service needs (règle de besoin): heads of a post around the hours of a meal.

    Attributes:
        meal: Kind of the service, as ``MealKind`` spells it; empty for every kind.
        least: Heads without which the service cannot be held; volunteers, civic service,
            trainees and minors never count for them.
        target: Heads that are wished, at least ``least``; anybody counts.
        before: Minutes the post begins before the cooks arrive; below zero, after.
        after: Minutes it ends after the meal begins; below zero, before.
        skill: What one of them must be trained in; ``None`` for nothing.
        every: One head more for so many diners above it; ``None`` for a fixed number.
    """

    __tablename__ = "staffing_rule"
    __table_args__ = (
        CheckConstraint("0 <= least AND least <= target", "heads"),
        CheckConstraint('"every" > 0', "every"),
    )
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Besoin d’un service")

    post: Mapped[Post]
    least: Mapped[int]
    target: Mapped[int]
    meal: Mapped[str] = mapped_column(default="")
    before: Mapped[int] = mapped_column(default=0)
    after: Mapped[int] = mapped_column(default=120)
    skill: Mapped[SkillKind | None] = mapped_column(default=None)
    every: Mapped[int | None] = mapped_column(default=None)


class RosterState(StrEnum):
    """How far a week of the roster is."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"


STATES: dict[RosterState, str] = {
    RosterState.DRAFT: mark("Brouillon"),
    RosterState.PROPOSED: mark("Proposé"),
    RosterState.PUBLISHED: mark("Publié"),
}


class RosterWeek(Base):
    """A civil week of the roster and how far it is (semaine de planning).

    Attributes:
        monday: First day; a week without a row is a draft.
        note: For everybody, printed at the foot of the poster.
    """

    __tablename__ = "roster_week"
    __table_args__ = (UniqueConstraint("monday"),)
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Semaine de planning")

    monday: Mapped[date]
    state: Mapped[RosterState] = mapped_column(default=RosterState.DRAFT)
    note: Mapped[str] = mapped_column(default="")


class Shift(Base):
    """When somebody comes, as planned (poste, créneau). Of a volunteer: what was offered.

    Attributes:
        day: The civil day it is reckoned with.
        start: Minutes after the midnight that begins ``day``, as clocks show them, 0 to 1439.
        finish: Alike, after ``start``, at most 24 h later: above 1440 it ends on the next day.
        pause: Minutes of break inside; not effective work.
        is_locked: A proposal leaves it as it is.
        kind: Work, or school and training that count like it.
        sequence: How often it changed since a calendar could copy it.
    """

    __tablename__ = "staff_shift"
    __table_args__ = (
        CheckConstraint("start BETWEEN 0 AND 1439", "start"),
        CheckConstraint('start < "finish" AND "finish" <= start + 1440', "finish"),
        CheckConstraint('pause >= 0 AND pause < "finish" - start', "pause"),
    )
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Créneau")

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    start: Mapped[int]
    finish: Mapped[int]
    post: Mapped[Post]
    pause: Mapped[int] = mapped_column(default=0)
    kind: Mapped[Kind] = mapped_column(default=Kind.WORK)
    is_locked: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    sequence: Mapped[int] = mapped_column(default=0)


class Publication(Sealable, Base):
    """A week as it was shown to the team, sealed as it is (planning publié).

    Attributes:
        revision: From 1; each publication of the same week is one more.
        published_at: Instant: notice of changes is counted from it.
        by: Who published, as the book knows them; may be empty.
        content: The shifts in a text that is read again, one a line: see ``publishing``.
    """

    __tablename__ = "roster_publication"
    __table_args__ = (UniqueConstraint("monday", "revision"),)
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Planning publié")

    monday: Mapped[date] = mapped_column(index=True)
    revision: Mapped[int]
    published_at: Mapped[datetime]
    content: Mapped[str]
    by: Mapped[str] = mapped_column(default="")


class RosterChange(Base):
    """A day of somebody that changed after it was published (modification du planning).

    Attributes:
        changed_at: Instant of the change.
        before: Hours that were published, in words; empty for a day off. ``after`` alike.
        notice: Days given before, in the unit of the rule; 0 where the notice was kept.
        due: Days that the rule asks for; 0 where the notice was kept.
        consent: Whether the person agreed; ``None`` until somebody said so.
        reason: Why, as printed in the notice.
        by: Who changed it, as the book knows them; may be empty.
    """

    __tablename__ = "roster_change"
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Modification du planning")

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    changed_at: Mapped[datetime]
    before: Mapped[str]
    after: Mapped[str]
    notice: Mapped[int]
    due: Mapped[int]
    consent: Mapped[bool | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[str] = mapped_column(default="")


class AbsenceCode(StrEnum):
    """Why somebody is away, as pay needs it; never what an illness is."""

    PAID_LEAVE = "paid-leave"
    SPLIT_LEAVE = "split-leave"
    RECOVERY = "recovery"
    OVERTIME_REST = "overtime-rest"
    COMPULSORY_REST = "compulsory-rest"
    SICKNESS = "sickness"
    WORK_ACCIDENT = "work-accident"
    MATERNITY = "maternity"
    PATERNITY = "paternity"
    SICK_CHILD = "sick-child"
    FAMILY_EVENT = "family-event"
    UNPAID = "unpaid"
    TRAINING = "training"
    SCHOOL = "school"
    PUBLIC_HOLIDAY = "public-holiday"
    FIRST_OF_MAY = "first-of-may"
    SOLIDARITY = "solidarity"
    UNJUSTIFIED = "unjustified"
    PARTIAL_ACTIVITY = "partial-activity"
    STRIKE = "strike"
    MEDICAL_VISIT = "medical-visit"
    DELEGATION = "delegation"
    CIVIC_LEAVE = "civic-leave"
    CIVIC_TRAINING = "civic-training"
    PLACEMENT_SCHOOL = "placement-school"


ABSENCES: dict[AbsenceCode, tuple[str, str]] = {
    AbsenceCode.PAID_LEAVE: ("CP", mark("Congés payés")),
    AbsenceCode.SPLIT_LEAVE: ("CPF", mark("Congé de fractionnement")),
    AbsenceCode.RECOVERY: ("REC", mark("Récupération")),
    AbsenceCode.OVERTIME_REST: ("RCR", mark("Repos compensateur de remplacement")),
    AbsenceCode.COMPULSORY_REST: ("COR", mark("Contrepartie obligatoire en repos")),
    AbsenceCode.SICKNESS: ("MAL", mark("Arrêt maladie")),
    AbsenceCode.WORK_ACCIDENT: ("AT", mark("Accident du travail, maladie professionnelle")),
    AbsenceCode.MATERNITY: ("MAT", mark("Maternité, adoption")),
    AbsenceCode.PATERNITY: ("PAT", mark("Paternité, accueil de l’enfant")),
    AbsenceCode.SICK_CHILD: ("ENF", mark("Enfant malade")),
    AbsenceCode.FAMILY_EVENT: ("FAM", mark("Événement familial")),
    AbsenceCode.UNPAID: ("CSS", mark("Congé sans solde")),
    AbsenceCode.TRAINING: ("FOR", mark("Formation")),
    AbsenceCode.SCHOOL: ("CFA", mark("École ou CFA")),
    AbsenceCode.PUBLIC_HOLIDAY: ("JF", mark("Jour férié chômé")),
    AbsenceCode.FIRST_OF_MAY: ("1MAI", mark("1er mai")),
    AbsenceCode.SOLIDARITY: ("SOL", mark("Journée de solidarité")),
    AbsenceCode.UNJUSTIFIED: ("ABS", mark("Absence injustifiée")),
    AbsenceCode.PARTIAL_ACTIVITY: ("AP", mark("Activité partielle")),
    AbsenceCode.STRIKE: ("GRV", mark("Grève")),
    AbsenceCode.MEDICAL_VISIT: ("VM", mark("Visite médicale")),
    AbsenceCode.DELEGATION: ("DEL", mark("Heures de délégation")),
    AbsenceCode.CIVIC_LEAVE: ("SCC", mark("Congé de service civique")),
    AbsenceCode.CIVIC_TRAINING: ("SCF", mark("Formation civique et citoyenne")),
    AbsenceCode.PLACEMENT_SCHOOL: ("ETA", mark("Retour à l’établissement, stage")),
}
"""The short code that lists show, and what it means."""

COUNTS_AS_WORK = frozenset({
    AbsenceCode.TRAINING,
    AbsenceCode.SCHOOL,
    AbsenceCode.MEDICAL_VISIT,
    AbsenceCode.DELEGATION,
    AbsenceCode.CIVIC_TRAINING,
})
"""Time that is paid as hours worked."""


class Absence(Base):
    """When somebody is away, and under which code (absence).

    Attributes:
        first: First civil day; ``end``, the day after the last.
        start: Minutes after midnight when only a part of each day is meant; ``finish`` alike.
        is_granted: ``None`` while it is only asked for.
        note: Free words; nothing about health belongs here.
    """

    __tablename__ = "staff_absence"
    __table_args__ = (
        CheckConstraint('first < "end"', "order"),
        CheckConstraint('0 <= start AND start < "finish" AND "finish" <= 1440', "hours"),
    )
    area: ClassVar[str] = "staff"
    noun: ClassVar[str] = mark("Absence")

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    code: Mapped[AbsenceCode]
    first: Mapped[date] = mapped_column(index=True)
    end: Mapped[date]
    start: Mapped[int] = mapped_column(default=0)
    finish: Mapped[int] = mapped_column(default=1440)
    is_granted: Mapped[bool | None] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(default="")
