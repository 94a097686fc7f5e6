"""The indicators of food, as the list of indicators names them (K17–K19)."""

from functools import partial

from cantine_desktop.i18n import mark
from cantine_desktop.network import supply_figures as figures
from cantine_desktop.network.indicator import Compute, Indicator


def _one(key: str, code: str, title: str, formula: str, unit: str, compute: Compute) -> Indicator:
    return Indicator(key, title, formula, unit, compute, code, "supply")


_BOUGHT = mark("Achats reçus de cette sorte ÷ achats reçus, hors taxes ; un don ne compte pas.")

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "food-cost",
        mark("Coût alimentaire par repas"),
        mark("Comptes d’achats de denrées et de variation de stock (601, 603) ÷ repas servis."),
        "€",
        figures.food_cost,
        "K17",
        "finance",
    ),
    _one(
        "surplus-share",
        "K18",
        mark("Part de dons et d’invendus"),
        mark("Valeur des dons reçus ÷ valeur des dons et des achats reçus, hors taxes."),
        "%",
        figures.surplus,
    ),
    _one("organic-share", "K19", mark("Part bio"), _BOUGHT, "%", partial(figures.part, "organic")),
    _one("local-share", "K19", mark("Part locale"), _BOUGHT, "%", partial(figures.part, "local")),
    _one(
        "short-share",
        "K19",
        mark("Part en circuit court"),
        _BOUGHT,
        "%",
        partial(figures.part, "short"),
    ),
    _one(
        "chosen-share",
        "K19",
        mark("Part bio, locale ou donnée"),
        mark(
            "Achats bio ou locaux et dons ÷ achats et dons reçus, hors taxes : la règle du"
            " réseau demande la moitié."
        ),
        "%",
        figures.chosen,
    ),
)
"""Every indicator of food, in the order of the list."""
