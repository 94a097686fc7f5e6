"""Good hygiene practices, chapter by chapter: what the canteen does and why (BPH).

Source: R852, R852-I, R852-V, R852-VI, R852-VII, R852-VIII, R852-IX, R852-XII, CC-ALL.
"""

from typing import NamedTuple

from cantine_desktop.hygiene.plan.points import Category
from cantine_desktop.i18n import mark


class Practice(NamedTuple):
    """A chapter of good practice.

    Attributes:
        title: Its title, marked.
        rules: What is done, one rule a line, marked.
        categories: Chapters of the plan whose checks prove it.
        sources: Ids in ``resources/sources.toml``.
    """

    title: str
    rules: tuple[str, ...]
    categories: tuple[Category, ...]
    sources: tuple[str, ...]


PRACTICES: tuple[Practice, ...] = (
    Practice(
        mark("L’équipe et les cuisiniers du jour"),
        (
            mark(
                "Toute personne qui manipule des denrées est instruite et encadrée, convives "
                "compris : accueil hygiène avant de cuisiner, cinq règles, registre signé."
            ),
            mark(
                "Tenue propre, cheveux couverts, ni bijoux ni vernis ; toute plaie est couverte "
                "d’un pansement étanche et d’un gant."
            ),
            mark(
                "Mains lavées à l’entrée, entre deux tâches, après le cru, les déchets, le "
                "téléphone et les toilettes."
            ),
            mark(
                "Une personne malade (vomissements, diarrhée, fièvre, plaie infectée) ne touche "
                "pas les denrées. On note seulement « apte » ou « non apte », jamais la raison."
            ),
        ),
        (Category.STAFF,),
        ("R852-VIII", "R852-XII", "R852-XIB", "D2011-731"),
    ),
    Practice(
        mark("Les locaux et le matériel"),
        (
            mark(
                "La marche en avant est organisée dans l’espace ou dans le temps : le sale ne "
                "croise pas le propre, le cru ne croise pas le cuit."
            ),
            mark(
                "Le lave-mains reste libre et approvisionné : eau, savon, essuie-mains à usage "
                "unique, poubelle sans contact."
            ),
            mark(
                "Une panne est écrite avec une date et une personne ; ce qui ne se nettoie plus "
                "se remplace."
            ),
        ),
        (Category.PREMISES, Category.MAINTENANCE),
        ("R852-I", "R852-V"),
    ),
    Practice(
        mark("Le nettoyage et la désinfection"),
        (
            mark(
                "On nettoie, on rince, on désinfecte, on rince encore ce qui touche les denrées, "
                "on laisse sécher."
            ),
            mark(
                "La dose et le temps de contact sont ceux de l’étiquette du produit ; les "
                "produits sont autorisés au contact des denrées et rangés à part."
            ),
            mark("La personne qui a nettoyé coche la case, et elle seule."),
        ),
        (Category.CLEANING,),
        ("R852-V", "AM99", "EN"),
    ),
    Practice(
        mark("L’eau et les nuisibles"),
        (
            mark("L’eau vient du réseau public ; après une fermeture, on purge les robinets."),
            mark(
                "Les denrées sont closes et hors du sol, les ouvertures étanches, les appâts "
                "repérés sur un plan et hors d’atteinte des denrées."
            ),
        ),
        (Category.WATER, Category.PESTS),
        ("R852-VII", "R852-IX"),
    ),
    Practice(
        mark("La réception"),
        (
            mark(
                "On contrôle avant de ranger : température, date limite, emballage, étiquetage, "
                "lot ; les produits fragiles d’abord."
            ),
            mark(
                "Au-dessus de la limite, on refuse ou on accepte avec une réserve écrite et une "
                "action. Une tolérance décide de l’action : elle ne rend pas la mesure conforme."
            ),
            mark("Les dons et les achats rapportés sont contrôlés comme une livraison."),
        ),
        (Category.RECEPTION,),
        ("AM09-I", "AM13", "R178", "R853"),
    ),
    Practice(
        mark("Le froid et le rangement"),
        (
            mark("La denrée la plus fragile fixe la limite de l’enceinte qui la contient."),
            mark(
                "Cru et cuit séparés, denrées couvertes et datées ; ce qui périme d’abord sort "
                "d’abord ; un produit périmé est jeté et noté."
            ),
            mark("On décongèle au froid, dans un bac perforé ; rien n’est recongelé."),
        ),
        (Category.STORAGE,),
        ("AM09-I", "AM09-IV1", "AM13", "AM09-DEC", "R852-IX"),
    ),
    Practice(
        mark("La préparation et le service"),
        (
            mark("Légumes et herbes crus lavés et rincés ; planches et couteaux séparés."),
            mark(
                "Une préparation froide sort du froid au plus tard possible ; une préparation "
                "maison porte son nom, sa date, sa date limite (J+3 au plus) et ses allergènes."
            ),
            mark(
                "Un excédent resté protégé et à température peut resservir le lendemain ; ce qui "
                "a été servi est jeté."
            ),
        ),
        (Category.PREPARATION, Category.SERVICE),
        ("AM09-IV2", "AM09-IV3", "AM09-IV-DLC", "AM09-IV-EXC"),
    ),
    Practice(
        mark("Les allergènes"),
        (
            mark(
                "Les 14 allergènes de chaque plat du jour sont écrits et affichés : on les lit "
                "sans avoir à demander."
            ),
            mark("Un plat « sans » se prépare sur un plan propre, avec des ustensiles à lui."),
        ),
        (Category.ALLERGENS,),
        ("R1169", "CC-ALL"),
    ),
    Practice(
        mark("Les déchets, les restes et les dons"),
        (
            mark("Poubelles fermées, vidées chaque jour ; biodéchets triés et pesés."),
            mark("Un don sortant est à température, daté, et remis avec un bordereau."),
        ),
        (Category.WASTE, Category.DONATION),
        ("R852-VI", "BIODECHETS", "AGEC", "AM2020-DON"),
    ),
)
"""The chapters, in the order of the document."""
