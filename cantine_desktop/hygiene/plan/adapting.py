"""The shipped plan made to fit a canteen: what it has, cooks and buys, and for whom."""

from collections.abc import Iterable

from cantine_desktop.hygiene.faults import Severity
from cantine_desktop.hygiene.plan.model import Regime
from cantine_desktop.hygiene.plan.points import Point
from cantine_desktop.hygiene.plan.shipped import shipped
from cantine_desktop.i18n import mark

TRAITS: dict[str, str] = {
    "has:fryer": mark("Une friteuse"),
    "has:prep_fridge": mark("Une saladette ou une vitrine réfrigérée"),
    "has:insect_killer": mark("Un désinsectiseur électrique"),
    "has:water_filter": mark("Un filtre à eau ou un adoucisseur"),
    "has:grease_trap": mark("Un bac à graisses"),
    "menu:raw_fish": mark("Du poisson servi cru"),
    "menu:kidney_beans": mark("Des haricots rouges ou des légumineuses sèches"),
    "menu:low_temp": mark("Des cuissons à basse température ou de nuit"),
    "supply:donation": mark("Des dons et des invendus reçus"),
    "supply:collected": mark("Des achats rapportés soi-même"),
    "supply:donation_out": mark("Des dons donnés à d’autres"),
    "service:doggy_bag": mark("Des plats emportés par les convives"),
    "diner:allergy": mark("Des plats préparés « sans » un allergène"),
    "family:minced_meat": mark("De la viande hachée"),
    "family:poultry": mark("De la volaille"),
    "family:meat": mark("De la viande"),
    "family:fish": mark("Du poisson"),
    "family:fresh_fish": mark("Du poisson frais sur glace"),
    "family:frozen": mark("Des surgelés"),
    "family:produce": mark("Des fruits et légumes"),
    "family:eggs": mark("Des œufs"),
}
"""What a canteen may have, make, buy or serve, and its French words, marked."""

USUAL_TRAITS = frozenset(trait for trait in TRAITS if trait.startswith("family:"))
"""Traits of a canteen with nothing special: it buys every family of food."""


DUTIES: dict[Regime, frozenset[str]] = {
    Regime.COLLECTIVE: frozenset({"STO-04", "SAM-01", "SAM-02", "SAM-03", "ALL-04"}),
    Regime.COMMERCIAL: frozenset({"STA-01", "PRE-13", "TRA-01"}),
}
"""Points that a regime makes a duty: samples and refusals; the 14 h course and kept labels.

Source: AM09-IV-PT, CC-ALL, D2011-731, AM09-V2.
"""


def duties(regime: Regime) -> frozenset[str]:
    """Return the codes of the points a regime makes a duty; both regimes add up."""
    if regime is Regime.BOTH:
        return DUTIES[Regime.COLLECTIVE] | DUTIES[Regime.COMMERCIAL]
    return DUTIES[regime]


def gives_prepared_dishes(regime: Regime) -> bool:
    """Tell whether prepared dishes and surplus may be given away, not prepacked food alone.

    Source: AM2020-DON.
    """
    return regime is not Regime.COMMERCIAL


def applies(point: Point, regime: Regime, traits: Iterable[str]) -> bool:
    """Tell whether a canteen has any use for a point.

    Points of collective catering, samples and refusals, are for members' meals.

    Source: AM09-IV-PT, CC-ALL.
    """
    wanted = point.applies_if
    if not wanted:
        return True
    if wanted == "regime:collective":
        return regime is not Regime.COMMERCIAL
    return wanted in set(traits)


def applicable(regime: Regime, traits: Iterable[str]) -> tuple[Point, ...]:
    """Return the shipped points a canteen may have use for, in the order of the plan."""
    known = frozenset(traits)
    return tuple(point for point in shipped().points.values() if applies(point, regime, known))


def is_on_at_first(point: Point, regime: Regime, traits: Iterable[str]) -> bool:
    """Tell whether a small canteen starts with a point: it does with the critical ones."""
    return point.severity is Severity.CRITICAL and applies(point, regime, traits)
