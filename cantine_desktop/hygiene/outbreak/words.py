"""What is said and done in a suspicion of food poisoning, in order, in calm words."""

from typing import NamedTuple

from cantine_desktop.hygiene.outbreak.model import Callee
from cantine_desktop.i18n import mark

CALLEES: dict[Callee, str] = {
    Callee.SAMU: mark("SAMU"),
    Callee.ARS: mark("ARS (veille sanitaire)"),
    Callee.DDPP: mark("DDPP"),
    Callee.POISON: mark("Centre antipoison"),
    Callee.DOCTOR: mark("Médecin"),
    Callee.OTHER: mark("Autre"),
}
"""Whom to call, in French."""

KNOWN_NUMBERS: dict[Callee, str] = {Callee.SAMU: "15"}
"""Numbers that are the same everywhere; the others are the département's, written once."""

KEEP_ALL = mark("Ne rien jeter, ne rien réutiliser, ne rien nettoyer avant l’avis de la DDPP.")
"""Source: TIAC."""


class Step(NamedTuple):
    """A step of the checklist.

    Attributes:
        key: Name for programs.
        title: What to do, marked.
        why: One more sentence, marked.
        calls: Whom it means to call; empty for another deed.
    """

    key: str
    title: str
    why: str
    calls: tuple[Callee, ...] = ()


STEPS: tuple[Step, ...] = (
    Step(
        "care",
        mark("Un malade va mal : appelez le 15"),
        mark("Les autres malades : conseillez-leur de voir un médecin, sans attendre."),
        (Callee.SAMU, Callee.DOCTOR),
    ),
    Step(
        "keep",
        mark("Ne jetez rien, ne réutilisez rien, ne nettoyez pas"),
        mark(
            "Restes, produits entamés, emballages, étiquettes et plats témoins : au froid, à "
            "part, avec un mot « Ne pas toucher »."
        ),
    ),
    Step(
        "ars",
        mark("Prévenez l’ARS"),
        mark("Combien de malades, depuis quand, quel repas. Notez l’heure et qui a répondu."),
        (Callee.ARS,),
    ),
    Step(
        "ddpp",
        mark("Prévenez la DDPP"),
        mark("Elle dit ce qu’il faut garder, et quand la cuisine peut être nettoyée."),
        (Callee.DDPP,),
    ),
    Step(
        "print",
        mark("Imprimez les quatre feuilles"),
        mark("Contacts, personnes, repas des jours d’avant, mesures : les repas sont déjà écrits."),
    ),
    Step(
        "people",
        mark("Remplissez la feuille des personnes à la main"),
        mark("Elle reste sur papier, sous clé, et se remet à l’ARS. Rien n’en est tapé ici."),
    ),
    Step(
        "staff",
        mark("Une personne malade ne cuisine pas"),
        mark("Salariés, bénévoles, cuisiniers du jour : notez combien, sans nom ni maladie."),
    ),
    Step(
        "hand",
        mark("Tenez prêts les menus, les lots, les relevés et les plats témoins"),
        mark("Les enregistrements de ces jours sont gelés : aucun ne peut plus être détruit."),
    ),
)
"""The checklist, in order.

Source: TIAC, CRPM-R237.
"""
