"""The hazard analysis: what may go wrong at each step, and what keeps it in hand.

Source: R852, AM09-IV1, AM09-IV3, ANSES-CUI, R853-FISH.
"""

from typing import NamedTuple

from cantine_desktop.hygiene.plan.points import Category
from cantine_desktop.i18n import mark


class Hazard(NamedTuple):
    """What may go wrong at a step.

    Attributes:
        category: The step.
        biological: Microbes, parasites, toxins; marked.
        other: Chemical, physical, allergens; marked.
        cause: How it happens; marked.
        measure: What keeps it in hand; marked.
    """

    category: Category
    biological: str
    other: str
    cause: str
    measure: str


HAZARDS: tuple[Hazard, ...] = (
    Hazard(
        Category.RECEPTION,
        mark("Germes présents ou qui se multiplient, parasites du poisson"),
        mark("Corps étrangers, allergène non déclaré"),
        mark("Rupture du froid, date dépassée, emballage ouvert"),
        mark("Contrôle de chaque produit fragile, refus ou réserve écrite"),
    ),
    Hazard(
        Category.STORAGE,
        mark("Multiplication (Listeria, salmonelles), contamination croisée"),
        mark("Produits d’entretien, allergènes mêlés"),
        mark("Enceinte trop chaude, denrées non couvertes, produit périmé"),
        mark("Relevé des enceintes, rangement, tri des dates"),
    ),
    Hazard(
        Category.PREPARATION,
        mark("Contamination par les mains (staphylocoque, norovirus) ou les planches"),
        mark("Corps étrangers, désinfectant mal rincé, allergènes"),
        mark("Mains sales, cru et cuit mêlés, temps hors du froid"),
        mark("Accueil hygiène, lavage des mains, temps hors du froid limité"),
    ),
    Hazard(
        Category.COOKING,
        mark("Survie (salmonelles, E. coli, parasites)"),
        mark("Composés polaires de l’huile de friture"),
        mark("Cœur pas assez chaud, huile trop vieille"),
        mark("Température à cœur, contrôle et changement de l’huile"),
    ),
    Hazard(
        Category.COOLING,
        mark("Germination (Clostridium perfringens, Bacillus cereus)"),
        "",
        mark("Refroidissement trop lent, volume trop grand"),
        mark("De 63 à 10 °C en 2 h au plus, puis entre 0 et 3 °C"),
    ),
    Hazard(
        Category.REHEATING,
        mark("Multiplication et toxines pendant une montée trop lente"),
        "",
        mark("Remise en température en bain-marie, quantité trop grande"),
        mark("De 10 à 63 °C en 1 h au plus, consommé le jour même"),
    ),
    Hazard(
        Category.SERVICE,
        mark("Multiplication pendant l’attente"),
        mark("Allergène donné par erreur"),
        mark("Plat chaud qui tiédit, plat froid qui attend, ustensile commun"),
        mark("63 °C au moins ou froid limité dans le temps, allergènes écrits"),
    ),
)
"""Step by step, in the order food takes."""
