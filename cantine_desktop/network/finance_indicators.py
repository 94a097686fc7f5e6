"""The indicators of money, as the list of indicators names them (K4–K11, K23–K30)."""

from functools import partial

from cantine_desktop.i18n import mark
from cantine_desktop.network import finance_figures as figures
from cantine_desktop.network.indicator import Compute, Indicator


def _one(key: str, code: str, title: str, formula: str, unit: str, compute: Compute) -> Indicator:
    return Indicator(key, title, formula, unit, compute, code, "finance")


INDICATORS: tuple[Indicator, ...] = (
    _one(
        "average-contribution",
        "K4",
        mark("Contribution moyenne"),
        mark("Contributions aux repas ÷ repas payés, zéros compris, repas offerts à part."),
        "€",
        figures.average,
    ),
    _one(
        "first-quartile",
        "K5",
        mark("Contribution : premier quart"),
        mark("Montant qu’un quart des contributions décomptées ne dépasse pas."),
        "€",
        partial(figures.quartile, 0),
    ),
    _one(
        "median-contribution",
        "K5",
        mark("Contribution médiane"),
        mark("Montant que la moitié des contributions décomptées ne dépasse pas."),
        "€",
        partial(figures.quartile, 1),
    ),
    _one(
        "third-quartile",
        "K5",
        mark("Contribution : trois quarts"),
        mark("Montant que trois quarts des contributions décomptées ne dépassent pas."),
        "€",
        partial(figures.quartile, 2),
    ),
    _one(
        "below-price",
        "K6",
        mark("Part sous le prix d’équilibre"),
        mark("Contributions sous le prix affiché leur jour ÷ contributions décomptées."),
        "%",
        partial(figures.side, "below"),
    ),
    _one(
        "at-price",
        "K6",
        mark("Part au prix d’équilibre"),
        mark("Contributions égales au prix affiché leur jour ÷ contributions décomptées."),
        "%",
        partial(figures.side, "at"),
    ),
    _one(
        "above-price",
        "K6",
        mark("Part au-dessus du prix d’équilibre"),
        mark("Contributions au-dessus du prix affiché leur jour ÷ contributions décomptées."),
        "%",
        partial(figures.side, "above"),
    ),
    _one(
        "displayed-price",
        "K7",
        mark("Prix d’équilibre affiché"),
        mark("Prix de l’affiche le dernier jour de la période."),
        "€",
        figures.displayed,
    ),
    _one(
        "full-cost",
        "K8",
        mark("Coût complet par repas"),
        mark("Toutes les charges (classe 6) ÷ repas servis, offerts compris."),
        "€",
        partial(figures.of_cost, "cost"),
    ),
    _one(
        "balance-without-gifts",
        "K9",
        mark("Prix d’équilibre calculé, sans dons ni subventions"),
        mark(
            "(Charges − adhésions, privatisations, ventes et autres produits acquis) ÷ repas"
            " servis."
        ),
        "€",
        partial(figures.of_cost, "balance_without_gifts"),
    ),
    _one(
        "balance-with-gifts",
        "K9",
        mark("Prix d’équilibre calculé, dons et subventions comptés"),
        mark("(Charges − tous les produits autres que les repas) ÷ repas servis."),
        "€",
        partial(figures.of_cost, "balance_with_gifts"),
    ),
    _one(
        "charges-covered",
        "K10",
        mark("Charges couvertes par les repas"),
        mark("Contributions aux repas (7060) ÷ toutes les charges (classe 6)."),
        "%",
        figures.covered,
    ),
    _one(
        "meals-paid-for",
        "K11",
        mark("Repas que la solidarité paie"),
        mark(
            "Ce que les contributions donnent au-dessus du prix affiché ÷ ce prix : autant de"
            " repas entiers."
        ),
        "",
        figures.solidarity,
    ),
    _one(
        "staff-share",
        "K23",
        mark("Masse salariale dans les charges"),
        mark("Comptes 64 ÷ toutes les charges (classe 6)."),
        "%",
        figures.staff_share,
    ),
    _one(
        "runway",
        "K25",
        mark("Mois de trésorerie"),
        mark(
            "Banque et caisse ÷ sorties moyennes des trois mois pleins précédents, sans les"
            " virements internes."
        ),
        mark("mois"),
        figures.months_left,
    ),
    *(
        _one(
            f"resources-{family}",
            "K26",
            title,
            mark("Produits de cette famille ÷ produits des cinq familles de ressources."),
            "%",
            partial(figures.family_share, family),
        )
        for family, title in (
            ("meals", mark("Ressources : repas")),
            ("memberships", mark("Ressources : adhésions")),
            ("events", mark("Ressources : privatisations et ventes")),
            ("gifts", mark("Ressources : dons et mécénat")),
            ("grants", mark("Ressources : subventions")),
        )
    ),
    _one(
        "grants-granted",
        "K27",
        mark("Subventions notifiées"),
        mark("Montants accordés des subventions dont la convention touche la période."),
        "€",
        partial(figures.of_grants, "granted"),
    ),
    _one(
        "grants-received",
        "K27",
        mark("Subventions versées"),
        mark("Ce qui est arrivé de ces subventions, d’après les comptes."),
        "€",
        partial(figures.of_grants, "received"),
    ),
    _one(
        "grants-to-prove",
        "K27",
        mark("Subventions à justifier"),
        mark("Accordé moins dépenses retenues, tant que le compte rendu n’est pas envoyé."),
        "€",
        partial(figures.of_grants, "to_prove"),
    ),
    _one(
        "reports-due",
        "K27",
        mark("Comptes rendus dus sous 60 jours"),
        mark("Subventions accordées dont le compte rendu est en retard ou dû sous 60 jours."),
        "",
        figures.reports_due,
    ),
    _one(
        "cash-differences",
        "K29",
        mark("Écarts de caisse"),
        mark("Somme des comptages moins l’attendu, comme ils ont été constatés."),
        "€",
        figures.cash_difference,
    ),
    _one(
        "cash-differences-unexplained",
        "K29",
        mark("Écarts de caisse inexpliqués"),
        mark("Écarts de plus de 5 € sans raison et que rien n’a repris depuis."),
        "",
        figures.unexplained_differences,
    ),
    _one(
        "events",
        "K30",
        mark("Privatisations facturées"),
        mark("Factures de privatisations, d’ateliers et de salles datées de la période."),
        "",
        figures.event_count,
    ),
    _one(
        "events-income",
        "K30",
        mark("Recettes des privatisations"),
        mark("Produits des ateliers, événements et locations (7061, 7083)."),
        "€",
        figures.event_income,
    ),
    _one(
        "events-margin",
        "K30",
        mark("Marge des privatisations"),
        mark("Ces recettes moins les charges affectées à l’activité « ateliers »."),
        "€",
        figures.event_margin,
    ),
)
"""Every indicator of money, in the order of the list."""
