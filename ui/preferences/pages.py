"""The nine pages of the settings, as plain data."""

from typing import NamedTuple

from cantine_desktop.i18n import mark


class PageEntry(NamedTuple):
    """A page of the settings.

    Attributes:
        key: Name of the page for programs.
        title: French title, marked.
        icon: Name of its icon.
        words: French words that also find it, marked.
        maker: ``"module:Class"`` of its widget; empty while it is a promise.
        promise: What will be there, marked; empty once it is.
    """

    key: str
    title: str
    icon: str
    words: str
    maker: str = ""
    promise: str = ""


PAGES = (
    PageEntry(
        "canteen",
        mark("Cantine"),
        "house",
        mark("nom adresse département jours d’ouverture places SIREN RNA association"),
        "ui.preferences.canteen:CanteenPage",
    ),
    PageEntry(
        "services",
        mark("Services et capacité"),
        "fork-knife",
        mark("horaires midi soir places cuisine jours fériés vacances habituels"),
        "ui.preferences.services:ServicesPage",
    ),
    PageEntry(
        "prices",
        mark("Prix et contributions"),
        "hand-coins",
        mark("prix affiché équilibre prix libre pointage noms écart toléré fond de caisse"),
        "ui.preferences.prices:PricesPage",
    ),
    PageEntry(
        "access",
        mark("Personnes et droits"),
        "key",
        mark("profils mot de passe verrouillage clé de secours"),
        "ui.preferences.access:AccessPage",
    ),
    PageEntry(
        "hygiene",
        mark("Hygiène"),
        "clipboard-text",
        mark("enceintes limites tolérance"),
        promise=mark(
            "Vous réglerez ici les enceintes froides, leurs limites et les phrases d’action "
            "corrective."
        ),
    ),
    PageEntry(
        "accounts",
        mark("Comptabilité et exports"),
        "calculator",
        mark(
            "exercice TVA franchise impôts activités caisse expert-comptable e-mail FEC pointage "
            "numérotation"
        ),
        "ui.preferences.accounts:AccountsPage",
    ),
    PageEntry(
        "printing",
        mark("Impression et modèles"),
        "printer",
        mark("imprimante affiches"),
        "ui.preferences.printing:PrintingPage",
    ),
    PageEntry(
        "appearance",
        mark("Apparence et langue"),
        "sun",
        mark("couleurs sombre clair taille du texte anglais"),
        "ui.preferences.appearance:AppearancePage",
    ),
    PageEntry(
        "data",
        mark("Données et sauvegardes"),
        "database",
        mark("fichier sauvegarde restaurer déplacer vérifier"),
        "ui.preferences.data:DataPage",
    ),
)
"""In the order of the list."""
