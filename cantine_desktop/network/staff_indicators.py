"""The indicators of the team, as the list of indicators names them (K24, K32)."""

from cantine_desktop.i18n import mark
from cantine_desktop.network import staff_figures as figures
from cantine_desktop.network.indicator import Indicator

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "hours-per-meal",
        mark("Heures salariées par repas"),
        mark("Heures des salarié·es, faites ou à défaut prévues, ÷ repas servis."),
        "h",
        figures.hours_per_meal,
        "K24",
        "staff",
    ),
    Indicator(
        "cook-hours",
        mark("Heures de cuisine partagées"),
        mark("Convives qui ont cuisiné × durée de l’arrivée en cuisine au repas."),
        "h",
        figures.cook_hours,
        "K24",
        "meals",
    ),
    Indicator(
        "beyond-contract",
        mark("Heures au-delà des contrats"),
        mark("Heures des salarié·es au-dessus de leur contrat, semaine par semaine."),
        "h",
        figures.beyond_contract,
        "K32",
        "staff",
    ),
    Indicator(
        "days-in-row",
        mark("Jours travaillés de suite, au plus"),
        mark("La plus longue suite de jours travaillés par une personne salariée."),
        "",
        figures.days_in_row,
        "K32",
        "staff",
    ),
)
"""Every indicator of the team, in the order of the list."""
