"""Families of food and the temperature each must be kept at.

These are storage limits. What a canteen tolerates before acting is its own
choice and is held apart, on each cold unit: it never makes a reading legal.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cantine_desktop.i18n import mark


class Family(StrEnum):
    """A family of food that shares one storage limit (famille de denrées)."""

    MINCED_MEAT = "minced_meat"
    FRESH_FISH = "fresh_fish"
    OFFAL = "offal"
    PREPARED = "pcea"
    SAMPLES = "samples"
    MEAT_PREPARATION = "meat_prep"
    MEAT_CUT = "meat_cut"
    VERY_PERISHABLE = "very_perishable"
    PERISHABLE = "perishable"
    FROZEN = "frozen"
    FROZEN_OTHER = "frozen_other"


@dataclass(frozen=True)
class FamilyRule:
    """What the texts ask of a family.

    Attributes:
        label: French name, marked for translation.
        maximum: Highest storage temperature allowed, in °C.
        source: Id in ``resources/sources.toml``.
        frozen: The family is kept in a freezer.
    """

    label: str
    maximum: Decimal
    source: str
    frozen: bool = False


FAMILIES: dict[Family, FamilyRule] = {
    Family.MINCED_MEAT: FamilyRule(mark("Viandes hachées"), Decimal(2), "AM09-I"),
    Family.FRESH_FISH: FamilyRule(
        mark("Poissons, crustacés et mollusques frais"), Decimal(2), "AM09-I"
    ),
    Family.OFFAL: FamilyRule(mark("Abats"), Decimal(3), "AM09-I"),
    Family.PREPARED: FamilyRule(mark("Plats préparés à l’avance"), Decimal(3), "AM09-IV1"),
    Family.SAMPLES: FamilyRule(mark("Plats témoins"), Decimal(3), "AM09-IV-PT"),
    Family.MEAT_PREPARATION: FamilyRule(
        mark("Volailles, préparations de viandes, ovoproduits, lait cru"), Decimal(4), "AM09-I"
    ),
    Family.MEAT_CUT: FamilyRule(mark("Morceaux de viande"), Decimal(4), "AM09-I"),
    Family.VERY_PERISHABLE: FamilyRule(
        mark("Denrées très périssables (crémerie, traiteur, végétaux coupés)"), Decimal(4), "AM13"
    ),
    Family.PERISHABLE: FamilyRule(mark("Denrées périssables"), Decimal(8), "AM13"),
    Family.FROZEN: FamilyRule(mark("Surgelés et glaces"), Decimal(-18), "AM09-I", frozen=True),
    Family.FROZEN_OTHER: FamilyRule(
        mark("Autres denrées congelées"), Decimal(-12), "AM09-I", frozen=True
    ),
}
"""Every family, the strictest first.

Source: AM09-I, AM09-IV1, AM09-IV-PT, AM13.
"""
