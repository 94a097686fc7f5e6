"""Usual words for what went wrong and what was done, to pick rather than type."""

from dataclasses import dataclass
from datetime import timedelta

from cantine_desktop.hygiene.breach_tables import CauseGroup
from cantine_desktop.i18n import mark

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Phrase:
    """A ready-made corrective action.

    Attributes:
        text: French phrase, marked for translation.
        recheck: How soon it must be checked again; ``None`` when nothing is left to check,
            because the food is gone or the unit is empty.
        codes: Actions of the catalogue it stands for.
    """

    text: str
    recheck: timedelta | None = HOUR
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cause:
    """A ready-made cause.

    Attributes:
        text: French phrase, marked for translation.
        group: The M it belongs to.
    """

    text: str
    group: CauseGroup


CAUSES: tuple[Cause, ...] = (
    Cause(mark("Porte mal fermée"), CauseGroup.PEOPLE),
    Cause(mark("Porte ouverte pendant le service ou le rangement"), CauseGroup.METHOD),
    Cause(mark("Livraison rangée à l’instant"), CauseGroup.METHOD),
    Cause(mark("Enceinte trop chargée"), CauseGroup.METHOD),
    Cause(mark("Givre, dégivrage en cours"), CauseGroup.EQUIPMENT),
    Cause(mark("Joint abîmé"), CauseGroup.EQUIPMENT),
    Cause(mark("Thermostat déréglé"), CauseGroup.EQUIPMENT),
    Cause(mark("Coupure de courant"), CauseGroup.PLACE),
    Cause(mark("Panne du groupe froid"), CauseGroup.EQUIPMENT),
    Cause(mark("Thermomètre douteux"), CauseGroup.EQUIPMENT),
)
"""Why a cold unit was too warm, the most usual first."""

OTHER_CAUSES: tuple[Cause, ...] = (
    Cause(mark("Produit livré trop chaud"), CauseGroup.MATERIAL),
    Cause(mark("Emballage abîmé"), CauseGroup.MATERIAL),
    Cause(mark("Date dépassée ou étiquette manquante"), CauseGroup.MATERIAL),
    Cause(mark("Trop grande quantité à la fois"), CauseGroup.METHOD),
    Cause(mark("Préparation sortie du froid trop tôt"), CauseGroup.METHOD),
    Cause(mark("Consigne mal comprise"), CauseGroup.METHOD),
    Cause(mark("Pas assez de temps"), CauseGroup.METHOD),
    Cause(mark("Oubli"), CauseGroup.PEOPLE),
    Cause(mark("Personne nouvelle, geste pas encore montré"), CauseGroup.PEOPLE),
    Cause(mark("Appareil en panne ou déréglé"), CauseGroup.EQUIPMENT),
    Cause(mark("Appareil pas assez chaud au départ"), CauseGroup.EQUIPMENT),
    Cause(mark("Sonde douteuse"), CauseGroup.EQUIPMENT),
    Cause(mark("Produit d’entretien manquant"), CauseGroup.EQUIPMENT),
    Cause(mark("Local trop chaud"), CauseGroup.PLACE),
    Cause(mark("Coupure de courant ou d’eau"), CauseGroup.PLACE),
)
"""Why something else went wrong, M by M."""

ACTIONS: tuple[Phrase, ...] = (
    Phrase(mark("Porte fermée, température recontrôlée"), codes=("A-RECHECK",)),
    Phrase(mark("Denrées contrôlées à cœur, conservées"), codes=("A-CORE", "A-RECHECK")),
    Phrase(
        mark("Denrées contrôlées à cœur, transférées dans une enceinte conforme"),
        codes=("A-CORE", "A-MOVE", "A-RECHECK"),
    ),
    Phrase(mark("Denrées transférées, enceinte vidée"), recheck=None, codes=("A-MOVE",)),
    Phrase(mark("Thermostat réglé, charge réduite"), codes=("A-ADJUST", "A-RECHECK")),
    Phrase(mark("Dégivrage fait"), codes=("A-ADJUST", "A-RECHECK")),
    Phrase(mark("Dépanneur frigoriste appelé"), codes=("A-CALL", "A-RECHECK")),
    Phrase(mark("Denrées jetées (produit et quantité notés)"), recheck=None, codes=("A-DISCARD",)),
    Phrase(
        mark("Denrées isolées « NE PAS UTILISER » en attendant la décision"),
        codes=("A-QUARANTINE", "A-RECHECK"),
    ),
    Phrase(mark("Thermomètre remplacé, température recontrôlée"), codes=("A-CALIB", "A-RECHECK")),
)
"""What was done about a cold unit, the most usual first."""
