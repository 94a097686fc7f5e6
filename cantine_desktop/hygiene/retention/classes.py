"""Classes of retention: how long the records of each must be kept."""

from dataclasses import dataclass
from enum import StrEnum

from cantine_desktop.i18n import mark


class Retention(StrEnum):
    """A class of records that are kept equally long."""

    MONITORING = "monitoring"
    TRACEABILITY = "traceability"
    VERIFICATION = "verification"
    ALLERGEN_REFUSAL = "allergen_refusal"
    BRIEFING = "briefing"
    PERMANENT = "permanent"


@dataclass(frozen=True)
class RetentionRule:
    """How long a class is kept.

    Attributes:
        label: French words, marked for translation.
        least_months: What the text asks at least, counted from the last food concerned.
        months: What the canteen does unless it decides otherwise; 0 is as long as it is valid.
        source: Id in ``resources/sources.toml``.
    """

    label: str
    least_months: int
    months: int
    source: str


RETENTION: dict[Retention, RetentionRule] = {
    Retention.MONITORING: RetentionRule(
        mark("Surveillance (températures, nettoyage)"), 6, 12, "NS2012"
    ),
    Retention.TRACEABILITY: RetentionRule(
        mark("Traçabilité (livraisons, étiquettes)"), 6, 60, "NS2012"
    ),
    Retention.VERIFICATION: RetentionRule(
        mark("Vérifications, non-conformités, analyses"), 36, 36, "NS2012"
    ),
    Retention.ALLERGEN_REFUSAL: RetentionRule(mark("Refus d’allergène"), 36, 36, "CC-ALL"),
    Retention.BRIEFING: RetentionRule(mark("Accueil des cuisiniers du jour"), 0, 6, "BP"),
    Retention.PERMANENT: RetentionRule(mark("Formations, déclarations, plans"), 0, 0, "BP"),
}
"""Months kept, class by class.

Source: NS2012, CC-ALL, BP.
"""
