"""A control point of the plan: what is checked, how often, by what rule, on what basis."""

from enum import StrEnum

import msgspec

from cantine_desktop.hygiene.faults import Severity
from cantine_desktop.hygiene.plan.measures import Rule
from cantine_desktop.hygiene.retention.classes import Retention
from cantine_desktop.i18n import language


class Kind(StrEnum):
    """What a point is in the hazard analysis: good practice, operational prerequisite, critical."""

    PRP = "prp"
    PRPO = "prpo"
    CCP = "ccp"


class Basis(StrEnum):
    """Why a point, a limit or a frequency is what it is."""

    LAW = "law"
    GUIDANCE = "official_guidance"
    PRACTICE = "good_practice"
    INTERNAL = "internal"
    PLAN = "plan"


class Rhythm(StrEnum):
    """How often a point is checked."""

    OPENING = "opening"
    CLOSING = "closing"
    PER_SERVICE = "per_service"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SEMIANNUAL = "semiannual"
    YEARLY = "yearly"
    PER_DELIVERY = "per_delivery"
    PER_BATCH = "per_batch"
    PER_USE = "per_use"
    PER_MENU = "per_menu"
    PER_PERSON = "per_person"
    ON_EVENT = "on_event"


class DoneBy(StrEnum):
    """Who may do a check; anyone is also a cook of the day."""

    ANYONE = "anyone"
    STAFF = "staff"
    MANAGER = "manager"


class Category(StrEnum):
    """A chapter of the plan, in the order of the plan."""

    RECEPTION = "reception"
    STORAGE = "storage"
    PREPARATION = "preparation"
    COOKING = "cooking"
    COOLING = "cooling"
    REHEATING = "reheating"
    SERVICE = "service"
    SAMPLES = "samples"
    DONATION = "donation"
    CLEANING = "cleaning"
    PREMISES = "premises"
    PESTS = "pests"
    WATER = "water"
    WASTE = "waste"
    STAFF = "staff"
    MAINTENANCE = "maintenance"
    CALIBRATION = "calibration"
    TRACEABILITY = "traceability"
    ALLERGENS = "allergens"
    DOCUMENTS = "documents"
    TIAC = "tiac"


class Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A control point (point de contrôle).

    Attributes:
        code: ``"REC-02"``; the canteen's own are ``"OWN-01"``.
        title: In French.
        title_en: In English; empty when it is the canteen's own.
        category: Its chapter.
        kind: What it is in the hazard analysis.
        severity: Harm a failed check may do.
        frequency: How often it is checked.
        done_by: Who may do it.
        rule: What is measured, and its limits.
        basis: Why the point exists.
        limit_basis: Who sets its figures; the law's may be tightened, never loosened.
        frequency_basis: Who says how often.
        equipment: Kind of equipment it is about; empty for none.
        per: What is checked one by one: ``"equipment"``.
        applies_if: Trait of a canteen it needs, ``"has:fryer"``; empty for every canteen.
        evidence: What the record must hold.
        actions: Codes of the corrective actions to propose.
        sources: Ids in ``resources/sources.toml``.
        sheet: Code of the sheet it is written on.
        retention: How long its records are kept.
        note: In French; ``note_en`` in English.
        is_own: The canteen added it.
    """

    code: str
    title: str
    category: Category
    rule: Rule
    title_en: str = ""
    kind: Kind = Kind.PRP
    severity: Severity = Severity.MAJOR
    frequency: Rhythm = Rhythm.DAILY
    done_by: DoneBy = DoneBy.STAFF
    basis: Basis = Basis.PRACTICE
    limit_basis: Basis = Basis.INTERNAL
    frequency_basis: Basis = Basis.PLAN
    equipment: str = ""
    per: str = ""
    applies_if: str = ""
    evidence: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ("BP",)
    sheet: str = ""
    retention: Retention = Retention.MONITORING
    note: str = ""
    note_en: str = ""
    is_own: bool = False

    @property
    def name(self) -> str:
        """Its title in the language in use."""
        return self.title_en if language() == "en" and self.title_en else self.title

    @property
    def remark(self) -> str:
        """Its note in the language in use."""
        return self.note_en if language() == "en" and self.note_en else self.note
