"""The indicators of meals, as the list of indicators names them (K1–K3, K12–K15, K20–K22)."""

from functools import partial

from cantine_desktop.i18n import mark
from cantine_desktop.meals.closing.model import WasteStage
from cantine_desktop.network import meal_figures as figures
from cantine_desktop.network.indicator import Compute, Indicator


def _one(key: str, code: str, title: str, formula: str, unit: str, compute: Compute) -> Indicator:
    return Indicator(key, title, formula, unit, compute, code, "meals")


INDICATORS: tuple[Indicator, ...] = (
    _one(
        "meals",
        "K1",
        mark("Repas servis"),
        mark("Repas des services clôturés : contributions, même de zéro, et repas offerts."),
        "",
        partial(figures.counted, "meals"),
    ),
    _one(
        "services",
        "K2",
        mark("Services tenus"),
        mark("Services clôturés, une clôture corrigée comptée une seule fois."),
        "",
        partial(figures.counted, "services"),
    ),
    _one(
        "diners-per-service",
        "K2",
        mark("Convives par service"),
        mark("Repas servis ÷ services tenus."),
        "",
        partial(figures.counted, "diners-per-service"),
    ),
    _one(
        "seats-filled",
        "K3",
        mark("Taux de remplissage"),
        mark("Convives ÷ places à table, pour les services du calendrier."),
        "%",
        partial(figures.counted, "seats-filled"),
    ),
    _one(
        "newcomers",
        "K12",
        mark("Part de nouveaux convives"),
        mark("Premières venues ÷ convives des services où elles ont été comptées."),
        "%",
        partial(figures.counted, "newcomers"),
    ),
    _one(
        "coming-back",
        "K13",
        mark("Fidélité"),
        mark(
            "Personnes nommées venues au moins 3 fois en 90 jours ÷ personnes nommées ;"
            " seulement si la cantine garde les noms 90 jours."
        ),
        "%",
        figures.coming_back,
    ),
    _one(
        "cooks",
        "K14",
        mark("Part de cuisinier·ères"),
        mark("Convives qui ont cuisiné ÷ convives des services où ils ont été comptés."),
        "%",
        partial(figures.counted, "cooks"),
    ),
    _one(
        "slips",
        "K15",
        mark("Diversité : petits papiers dépouillés"),
        mark(
            "Petits papiers anonymes des mois de la période : la taille de l’échantillon,"
            " jamais des personnes."
        ),
        "",
        figures.slips,
    ),
    _one(
        "vegetarian",
        "K20",
        mark("Part de services végétariens"),
        mark("Services dont tous les plats sont végétariens ÷ services dont le menu est connu."),
        "%",
        partial(figures.counted, "vegetarian"),
    ),
    _one(
        "waste-per-meal",
        "K21",
        mark("Gaspillage par repas"),
        mark("Grammes pesés, toutes étapes ÷ convives des services où l’on a pesé."),
        "g",
        partial(figures.counted, "waste-per-meal"),
    ),
    *(
        _one(
            f"waste-{stage.value}",
            "K21",
            title,
            mark("Grammes pesés à cette étape ÷ convives des services où elle a été pesée."),
            "g",
            partial(figures.counted, f"waste-{stage.value}"),
        )
        for stage, title in (
            (WasteStage.PREPARATION, mark("Gaspillage : préparation")),
            (WasteStage.UNSERVED, mark("Gaspillage : non servi")),
            (WasteStage.LEFTOVERS, mark("Gaspillage : restes d’assiette")),
        )
    ),
    _one(
        "meals-given",
        "K22",
        mark("Repas donnés ou portés"),
        mark("Repas sortis de la cantine, notés à la clôture, en plus des convives."),
        "",
        partial(figures.counted, "meals-given"),
    ),
)
"""Every indicator of meals, in the order of the list."""
