"""Usual words for what went wrong and what was done, to pick rather than type."""

from dataclasses import dataclass
from datetime import timedelta

from cantine_desktop.i18n import mark

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Phrase:
    """A ready-made corrective action.

    Attributes:
        text: French phrase, marked for translation.
        recheck: How soon the temperature must be read again; ``None`` when nothing
            is left to read, because the food is gone or the unit is empty.
    """

    text: str
    recheck: timedelta | None = HOUR


CAUSES: tuple[str, ...] = (
    mark("Porte mal fermée"),
    mark("Porte ouverte pendant le service ou le rangement"),
    mark("Livraison rangée à l’instant"),
    mark("Enceinte trop chargée"),
    mark("Givre, dégivrage en cours"),
    mark("Joint abîmé"),
    mark("Thermostat déréglé"),
    mark("Coupure de courant"),
    mark("Panne du groupe froid"),
    mark("Thermomètre douteux"),
)
"""Why a unit was too warm, the most usual first."""

ACTIONS: tuple[Phrase, ...] = (
    Phrase(mark("Porte fermée, température recontrôlée")),
    Phrase(mark("Denrées contrôlées à cœur, conservées")),
    Phrase(mark("Denrées contrôlées à cœur, transférées dans une enceinte conforme")),
    Phrase(mark("Denrées transférées, enceinte vidée"), recheck=None),
    Phrase(mark("Thermostat réglé, charge réduite")),
    Phrase(mark("Dégivrage fait")),
    Phrase(mark("Dépanneur frigoriste appelé")),
    Phrase(mark("Denrées jetées (produit et quantité notés)"), recheck=None),
    Phrase(mark("Denrées isolées « NE PAS UTILISER » en attendant la décision")),
    Phrase(mark("Thermomètre remplacé, température recontrôlée")),
)
"""What was done, the most usual first."""
