"""Every check made of a FEC: its code, its weight, what to do, and what it rests on.

The norm is LPF art. A.47 A-1; BOI-CF-IOR-60-40-20 comments it. A rule without a text of its
own says which practice it comes from: nothing here pretends to be the law when it is not.
"""

from enum import StrEnum
from typing import NamedTuple

from cantine_desktop.i18n import mark


class Severity(StrEnum):
    """How much a fault weighs."""

    ERROR = "error"
    WARNING = "warning"


class Code(NamedTuple):
    """A check.

    Attributes:
        title: What is wrong, in few words, marked.
        remedy: What to do about it, marked.
        source: What it rests on.
        severity: Its usual weight.
    """

    title: str
    remedy: str
    source: str
    severity: Severity = Severity.ERROR


_NORM = "LPF art. A.47 A-1, {}"
_PCG = "PCG (ANC 2014-03), {}"
_PRACTICE = "usage"
_WARNING = Severity.WARNING

FILE_CODES = {
    "F01": Code(
        mark("Nom du fichier"),
        mark("Renommez le fichier : SIREN à neuf chiffres, « FEC », date de clôture, « .txt »."),
        _NORM.format("IX"),
    ),
    "F02": Code(
        mark("Clé du SIREN"),
        mark("Vérifiez le SIREN sur l’avis de situation de l’Insee, puis renommez le fichier."),
        _NORM.format("IX"),
    ),
    "F03": Code(
        mark("Date de clôture dans le nom"),
        mark("Renommez le fichier avec la date de clôture de l’exercice."),
        _NORM.format("IX"),
    ),
    "F04": Code(
        mark("Jeu de caractères"),
        mark("Faites produire le fichier en ISO 8859-15 ou en UTF-8, sans mélange."),
        _NORM.format("XII-1°"),
    ),
    "F05": Code(
        mark("Marque d’ordre des octets (BOM)"),
        mark("Faites produire le fichier sans cette marque : certains outils la prennent mal."),
        _NORM.format("XII-1°"),
        _WARNING,
    ),
    "F06": Code(
        mark("Fins de ligne mélangées"),
        mark("Retirez les retours à la ligne des libellés et gardez une seule fin de ligne."),
        _NORM.format("VI-1°"),
    ),
    "F07": Code(
        mark("Séparateur de zones"),
        mark("Séparez les zones par des tabulations, ou toutes par des barres verticales."),
        _NORM.format("VI-1°"),
    ),
    "F08": Code(
        mark("Zones entre guillemets"),
        mark("Écrivez les zones sans guillemets autour."),
        _NORM.format("VI-1°"),
    ),
    "F09": Code(
        mark("Fichier vide"),
        mark("Exportez de nouveau : le fichier doit contenir au moins une écriture."),
        _NORM.format("VII-1°"),
    ),
    "F10": Code(
        mark("Ligne vide"),
        mark("Supprimez la ligne vide."),
        _NORM.format("VI-1°"),
    ),
    "F11": Code(
        mark("Séparateur en trop à la fin de la ligne"),
        mark("Retirez le séparateur qui suit la dernière zone."),
        _NORM.format("VI-1°"),
    ),
    "F12": Code(
        mark("Octets nuls ou UTF-16"),
        mark("Faites produire le fichier en ISO 8859-15 ou en UTF-8."),
        _NORM.format("XII-1°"),
    ),
}

HEADING_CODES = {
    "H01": Code(
        mark("Noms des zones"),
        mark("Écrivez sur la première ligne les dix-huit noms de la norme, lettre pour lettre."),
        _NORM.format("VII-1° et VII-4°"),
    ),
    "H02": Code(
        mark("Ordre des zones"),
        mark("Rangez les zones dans l’ordre de la norme."),
        _NORM.format("VII-1°"),
    ),
    "H03": Code(
        mark("Zone nommée deux fois"),
        mark("Gardez une seule fois chaque nom."),
        _NORM.format("VII-4°"),
    ),
    "H04": Code(
        mark("Zone ajoutée avant la fin"),
        mark("Placez les zones ajoutées après les dix-huit de la norme."),
        _NORM.format("VII-1°"),
    ),
    "H05": Code(
        mark("Montant et Sens incomplets"),
        mark("Donnez Debit et Credit, ou bien Montant et Sens, jamais la moitié de chaque."),
        _NORM.format("VII-2°"),
    ),
    "H06": Code(
        mark("Espace autour d’un nom de zone"),
        mark("Retirez les espaces autour du nom."),
        _NORM.format("VII-4°"),
    ),
}

LINE_CODES = {
    "L01": Code(
        mark("Nombre de zones"),
        mark("Une ligne a autant de zones que la première : retirez des libellés les séparateurs."),
        _NORM.format("VI-1° et VII-1°"),
    ),
    "L02": Code(
        mark("Zone obligatoire vide"),
        mark("Renseignez cette zone dans le logiciel, puis exportez de nouveau."),
        _NORM.format("VII-1°"),
    ),
    "L03": Code(
        mark("Date"),
        mark("Écrivez une date du calendrier en huit chiffres : AAAAMMJJ."),
        _NORM.format("XII-4°"),
    ),
    "L04": Code(
        mark("Montant"),
        mark("Écrivez le montant avec une virgule et sans séparateur de milliers : 1234,50."),
        _NORM.format("XII-2°"),
    ),
    "L05": Code(
        mark("Débit et crédit"),
        mark("Une ligne porte un montant au débit ou au crédit, et zéro de l’autre côté."),
        _PCG.format("art. 921-2"),
    ),
    "L06": Code(
        mark("Montant négatif"),
        mark("La norme l’admet ; préférez le même montant de l’autre côté."),
        _NORM.format("XII-2°"),
        _WARNING,
    ),
    "L07": Code(
        mark("Plus de deux décimales"),
        mark("Tenez les comptes au centime."),
        _NORM.format("XII-2°"),
        _WARNING,
    ),
    "L08": Code(
        mark("Caractère interdit dans un texte"),
        mark("Remplacez-le par une espace dans le libellé, puis exportez de nouveau."),
        _NORM.format("VI-1° et XII-1°"),
    ),
    "L09": Code(
        mark("Numéro de compte"),
        mark("Rattachez l’écriture à un compte du plan comptable, de la classe 1 à la classe 8."),
        _NORM.format("VII-1°, zone 5"),
    ),
    "L10": Code(
        mark("Plusieurs libellés pour un compte"),
        mark("Donnez un seul libellé à ce compte dans tout l’exercice."),
        _NORM.format("VII-1°, zone 6"),
    ),
    "L11": Code(
        mark("Plusieurs libellés pour un journal"),
        mark("Donnez un seul libellé à ce journal dans tout l’exercice."),
        _NORM.format("VII-1°, zone 2"),
    ),
    "L12": Code(
        mark("Compte auxiliaire"),
        mark("Donnez le numéro et le libellé du tiers, sur les comptes de tiers seulement."),
        _NORM.format("VII-1°, zones 7 et 8"),
    ),
    "L13": Code(
        mark("Lettrage"),
        mark("Donnez le code et la date du lettrage, ou aucun des deux."),
        _NORM.format("VII-1°, zones 14 et 15"),
    ),
    "L14": Code(
        mark("Devise"),
        mark("Donnez le montant et le code ISO 4217 de la devise, ou aucun des deux."),
        _NORM.format("VII-1°, zones 17 et 18"),
    ),
    "L15": Code(
        mark("Trop long pour certains logiciels"),
        mark("Prévenez la personne qui reprendra ce fichier : son logiciel peut couper la fin."),
        _PRACTICE,
        _WARNING,
    ),
}

ENTRY_CODES = {
    "E01": Code(
        mark("Écriture déséquilibrée"),
        mark("Corrigez l’écriture : la somme des débits est celle des crédits, au centime."),
        _PCG.format("art. 921-2"),
    ),
    "E02": Code(
        mark("Écriture d’une seule ligne"),
        mark("Une écriture a deux lignes au moins : cherchez celle qui manque."),
        _PCG.format("art. 921-2"),
    ),
    "E03": Code(
        mark("Écriture à plusieurs dates ou pièces"),
        mark("Donnez la même date, la même pièce et la même validation à toutes ses lignes."),
        _NORM.format("VII-1°"),
    ),
    "E04": Code(
        mark("Lignes d’une écriture séparées"),
        mark("Rangez ensemble toutes les lignes d’une même écriture."),
        _NORM.format("VII-1°"),
    ),
    "E05": Code(
        mark("Écriture hors de l’exercice"),
        mark("Retirez l’écriture du fichier, ou corrigez sa date."),
        _NORM.format("VII-1°"),
    ),
    "E06": Code(
        mark("Date de validation"),
        mark("Une écriture se valide à sa date ou après, et au plus tard aujourd’hui."),
        _NORM.format("VII-1°, zone 16"),
    ),
    "E07": Code(
        mark("Pièce postérieure à la validation"),
        mark("Vérifiez la date de la pièce."),
        _NORM.format("VII-1°, zone 10"),
        _WARNING,
    ),
    "E08": Code(
        mark("Numéro d’écriture donné deux fois"),
        mark("Donnez à chaque écriture un numéro à elle dans son journal."),
        _NORM.format("VII-1°, zone 3"),
    ),
}

WHOLE_CODES = {
    "G01": Code(
        mark("Total du fichier déséquilibré"),
        mark("Retrouvez l’écriture déséquilibrée, ou la ligne qui manque."),
        _PCG.format("art. 921-2"),
    ),
    "G02": Code(
        mark("Numérotation discontinue"),
        mark("Retrouvez les écritures qui manquent, ou préparez une explication écrite."),
        "LPF art. A.47 A-1, VII-1°, zone 3 ; BOI-CF-IOR-60-40-20 § 100",
    ),
    "G03": Code(
        mark("Ordre des écritures"),
        mark("Triez par date de validation, puis par numéro ; les à-nouveaux restent en tête."),
        _NORM.format("VII-1°"),
    ),
    "G04": Code(
        mark("Écritures d’ouverture"),
        mark("Placez les à-nouveaux en tête, égaux aux soldes de clôture de l’exercice d’avant."),
        _NORM.format("VII-1° et VII-3°"),
    ),
    "G05": Code(
        mark("Écriture qui solde les comptes de résultat"),
        mark("Exportez sans les écritures de clôture des classes 6 et 7."),
        _NORM.format("VII-1°"),
    ),
    "G06": Code(
        mark("Journal de centralisation"),
        mark("Exportez le détail des journaux, sans les écritures de centralisation."),
        _NORM.format("VII-1°"),
    ),
    "G07": Code(
        mark("Lettrage déséquilibré"),
        mark("Délettrez, puis lettrez des lignes du même compte et du même tiers qui se soldent."),
        _PRACTICE,
        _WARNING,
    ),
    "G08": Code(
        mark("Caisse négative"),
        mark("Une caisse ne sort pas plus qu’elle ne contient : cherchez la recette oubliée."),
        "Cass. com. et CE, jurisprudence de la caisse créditrice ; " + _PRACTICE,
    ),
    "G09": Code(
        mark("Compte d’attente ou de virement non soldé"),
        mark("Soldez les comptes 471 et 58 avant la clôture."),
        _PCG.format("comptes 47 et 58"),
        _WARNING,
    ),
    "G10": Code(
        mark("Contributions volontaires en nature"),
        mark("Le total des comptes 86 est celui des comptes 87 : complétez l’écriture."),
        "ANC 2018-06, art. 211-1 et suivants",
    ),
    "G11": Code(
        mark("Fonds dédiés"),
        mark("Les comptes 689 et 789 varient comme les comptes 19 : vérifiez les reports."),
        "ANC 2018-06, art. 132-1 et suivants",
        _WARNING,
    ),
    "G12": Code(
        mark("Résultat différent du compte de résultat"),
        mark("Exportez de nouveau ; si l’écart demeure, faites vérifier le livre."),
        _PRACTICE,
    ),
    "G13": Code(
        mark("Écritures perdues à l’export"),
        mark("Exportez de nouveau ; si l’écart demeure, faites vérifier le livre."),
        _PRACTICE,
    ),
    "G14": Code(
        mark("Écritures non validées"),
        mark("Validez les écritures de l’exercice avant de remettre le fichier."),
        "PCG art. 921-3 ; " + _NORM.format("VII-1°, zone 16"),
    ),
}

CODES = {**FILE_CODES, **HEADING_CODES, **LINE_CODES, **ENTRY_CODES, **WHOLE_CODES}
ORDER = {code: place for place, code in enumerate(CODES)}
