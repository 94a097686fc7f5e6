"""The plan to start from, as it is shipped: points, families, actions, cleaning, allergens."""

import tomllib
from functools import cache
from typing import Any

import msgspec

import resources
from cantine_desktop.hygiene.plan.measures import FamilyLimit, Given, Rule
from cantine_desktop.hygiene.plan.points import Point, Rhythm
from cantine_desktop.i18n import language


class Worded(msgspec.Struct, frozen=True):
    """Something that has a name in two languages.

    Attributes:
        label: In French.
        label_en: In English.
    """

    label: str
    label_en: str

    @property
    def name(self) -> str:
        """Its name in the language in use."""
        return self.label_en if language() == "en" else self.label


class FamilyText(Worded, frozen=True):
    """A family of food, as the file of the plan says it.

    Attributes:
        reception_tolerance: Degrees above the limit that are accepted with a reserve.
        source: Id in ``resources/sources.toml``.
        max: Highest temperature, in °C.
        min: Lowest temperature, in °C.
        max_from: ``label`` when the maker decides.
    """

    reception_tolerance: str
    source: str
    max: str | None = None
    min: str | None = None
    max_from: Given | None = None


class Action(Worded, frozen=True):
    """A corrective action to propose.

    Attributes:
        effects: What it does besides being written: ``{"lot": "blocked", "breach": True}``.
    """

    effects: dict[str, str | bool]


class Allergen(Worded, frozen=True):
    """One of the 14 families of allergens. Source: R1169.

    Attributes:
        examples: Where it hides, in French.
        examples_en: The same in English.
    """

    examples: str
    examples_en: str


class KeptFor(Worded, frozen=True):
    """How long a class of records is kept. Source: NS2012.

    Attributes:
        rule: In words, in French.
        rule_en: In English.
        least_months: What is asked at least.
        months: What is done by default; 0 is as long as it is valid.
        source: Id in ``resources/sources.toml``.
    """

    rule: str
    rule_en: str
    least_months: int
    months: int
    source: str


class RegimeText(Worded, frozen=True):
    """A legal regime and what it adds.

    Attributes:
        when: Whose meals it is about, in French.
        when_en: In English.
        adds: Duties it adds, in French.
        adds_en: In English.
        flexible: Up to what a lighter plan is permitted, in French; empty when it is not.
        flexible_en: In English.
        source: Id in ``resources/sources.toml``.
    """

    when: str
    when_en: str
    adds: tuple[str, ...]
    adds_en: tuple[str, ...]
    flexible: str
    flexible_en: str
    source: str


class SheetTitle(msgspec.Struct, frozen=True):
    """A sheet that records are written on.

    Attributes:
        title: In French.
        title_en: In English.
    """

    title: str
    title_en: str

    @property
    def name(self) -> str:
        """Its title in the language in use."""
        return self.title_en if language() == "en" else self.title


class CleaningItem(msgspec.Struct, frozen=True):
    """A line of the cleaning plan to start from; the dose is that of the product's label.

    Attributes:
        area: What is cleaned, in French.
        area_en: In English.
        frequency: How often.
        when: ``after_use``, ``opening`` or ``closing``.
        dilution: What is to be completed from the label.
        temperature: Of the water.
        method: What is done.
        contact_minutes: Contact time until the product's label says another.
        rinse: Whether it is rinsed.
    """

    area: str
    area_en: str
    frequency: Rhythm
    when: str
    dilution: str
    temperature: str
    method: str
    contact_minutes: int
    rinse: bool

    @property
    def name(self) -> str:
        """What is cleaned, in the language in use."""
        return self.area_en if language() == "en" else self.area


class Shipped(msgspec.Struct, frozen=True):
    """Everything the shipped plan holds, each by its code, in the order of the file."""

    regimes: dict[str, RegimeText]
    families: dict[str, FamilyText]
    allergens: dict[str, Allergen]
    retention: dict[str, KeptFor]
    actions: dict[str, Action]
    sheets: dict[str, SheetTitle]
    cleaning: dict[str, CleaningItem]
    points: dict[str, Point]


@cache
def shipped() -> Shipped:
    """Return the plan to start from."""
    read: dict[str, Any] = tomllib.loads(resources.text("plans/starter.toml"))
    for code, point in read["points"].items():
        point["code"] = code
    plan = msgspec.convert(read, Shipped)
    families = _family_limits(plan.families)
    points = {
        code: msgspec.structs.replace(point, rule=with_families(point.rule, families))
        for code, point in plan.points.items()
    }
    return msgspec.structs.replace(plan, points=points)


def family_limits() -> tuple[FamilyLimit, ...]:
    """Return the limit of every family. Source: AM09-I, AM09-IV1, AM13."""
    return _family_limits(shipped().families)


def with_families(rule: Rule, families: tuple[FamilyLimit, ...]) -> Rule:
    """Return a rule that knows the limits of families, where food may decide its limit."""
    if rule.most is None and rule.most_from is None:
        return rule
    return msgspec.structs.replace(rule, families=families)


def _family_limits(texts: dict[str, FamilyText]) -> tuple[FamilyLimit, ...]:
    plain = [
        {
            "key": key,
            "most": text.max,
            "least": text.min,
            "by_label": text.max_from is Given.LABEL,
            "tolerance": text.reception_tolerance,
        }
        for key, text in texts.items()
    ]
    prepared = next(family for family in plain if family["key"] == "pcea")
    # Cooled dishes and sample dishes are kept as dishes prepared in advance are.
    also = [{**prepared, "key": key} for key in ("cooled_dish", "samples")]
    return msgspec.convert([*plain, *also], tuple[FamilyLimit, ...])
