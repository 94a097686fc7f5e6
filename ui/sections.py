"""The eight sections of the window and their screens, as plain data."""

from typing import NamedTuple

from cantine_desktop.i18n import mark


class ScreenEntry(NamedTuple):
    """A screen of a section.

    Attributes:
        key: Name of the screen for programs.
        title: French title, marked; ``tr`` it when shown.
        words: French words that also find it in the palette, marked.
        within: Key of the screen it is reached from, whose tab stays shown; empty for a
            screen with a tab of its own.
    """

    key: str
    title: str
    words: str = ""
    within: str = ""


class Section(NamedTuple):
    """A section of the sidebar.

    Attributes:
        key: Name of the section for programs.
        title: French title, marked; ``tr`` it when shown.
        icon: Name of its icon in ``ui.kit.icons``.
        area: Area of rights it belongs to; a profile that may not read it does not see it.
        screens: Its screens, the first one shown first.
    """

    key: str
    title: str
    icon: str
    area: str
    screens: tuple[ScreenEntry, ...]


SECTIONS: tuple[Section, ...] = (
    Section(
        "today",
        mark("Aujourd’hui"),
        "sun",
        "system",
        (ScreenEntry("today", mark("Aujourd’hui"), mark("accueil jour tâches à traiter")),),
    ),
    Section(
        "meals",
        mark("Services"),
        "fork-knife",
        "meals",
        (
            ScreenEntry("calendar", mark("Calendrier"), mark("saison fermetures vacances")),
            ScreenEntry("service", mark("Fiche service")),
            ScreenEntry("closing", mark("Clôture"), mark("caisse contributions fin de service")),
            ScreenEntry("menus", mark("Menus et recettes"), mark("plats allergènes recettes")),
            ScreenEntry(
                "recipes",
                mark("Recettes"),
                mark("fiches techniques quantités portions"),
                within="menus",
            ),
            ScreenEntry(
                "products",
                mark("Produits"),
                mark("ingrédients denrées allergènes prix carbone"),
                within="menus",
            ),
            ScreenEntry(
                "reservations", mark("Réservations"), mark("inscriptions cuisine téléphone")
            ),
            ScreenEntry(
                "workshops", mark("Ateliers et privatisations"), mark("devis facture traiteur")
            ),
        ),
    ),
    Section(
        "supply",
        mark("Achats et stock"),
        "shopping-cart",
        "supply",
        (
            ScreenEntry("buying", mark("Semaine d’achats"), mark("besoins approvisionnement")),
            ScreenEntry("orders", mark("Commandes")),
            ScreenEntry("receiving", mark("Réceptions"), mark("livraison")),
            ScreenEntry("surplus", mark("Dons et invendus"), mark("surplus glanage")),
            ScreenEntry("invoices", mark("Factures"), mark("rapprochement avoir réclamation")),
            ScreenEntry(
                "suppliers", mark("Fournisseurs et produits"), mark("tarifs carnet adresses")
            ),
            ScreenEntry("stock", mark("Stock"), mark("inventaire réserve étagère")),
            ScreenEntry("quality", mark("Qualité"), mark("egalim bio local ma cantine parts")),
            ScreenEntry("recalls", mark("Rappels"), mark("rappelconso lot retrait alerte")),
        ),
    ),
    Section(
        "hygiene",
        mark("Hygiène (PMS)"),
        "clipboard-text",
        "hygiene",
        (
            ScreenEntry("readings", mark("Relevés"), mark("températures frigo congélateur froid")),
            ScreenEntry(
                "records",
                mark("Fiches"),
                mark("réception cuisson refroidissement service huile plats témoins registres"),
            ),
            ScreenEntry("cleaning", mark("Nettoyage"), mark("plan ménage désinfection")),
            ScreenEntry("tracing", mark("Traçabilité et étiquettes"), mark("lot rappel étiquette")),
            ScreenEntry("breaches", mark("Non-conformités"), mark("écart action corrective")),
            ScreenEntry("plan", mark("Plan (PMS)"), mark("procédures limites points de contrôle")),
            ScreenEntry(
                "equipment",
                mark("Équipements"),
                mark("enceintes sondes étalonnage maintenance certificats documents"),
            ),
            ScreenEntry("dossier", mark("Dossier de contrôle"), mark("inspection DDPP")),
            ScreenEntry(
                "outbreak",
                mark("Suspicion de TIAC"),
                mark("intoxication malades ARS urgence plats témoins"),
                within="dossier",
            ),
            ScreenEntry(
                "retention",
                mark("Conservation"),
                mark("purge détruire gel durée RGPD certificat"),
                within="dossier",
            ),
        ),
    ),
    Section(
        "staff",
        mark("Équipe"),
        "users-three",
        "staff",
        (
            ScreenEntry("roster", mark("Planning"), mark("horaires semaine postes")),
            ScreenEntry("hours", mark("Heures et absences"), mark("congés paie")),
            ScreenEntry(
                "contracts",
                mark("Personnes et contrats"),
                mark("salarié service civique stage registre du personnel accueil"),
            ),
            ScreenEntry(
                "training", mark("Formations et accueil"), mark("bénévoles attestation HACCP")
            ),
        ),
    ),
    Section(
        "people",
        mark("Convives et liens"),
        "address-book",
        "people",
        (
            ScreenEntry("members", mark("Adhérent·es"), mark("adhésion cotisation membres")),
            ScreenEntry("visits", mark("Fréquentation"), mark("convives affluence")),
            ScreenEntry("gifts", mark("Dons et reçus"), mark("reçu fiscal mécénat")),
            ScreenEntry("partners", mark("Partenaires et mécènes"), mark("convention contacts")),
            ScreenEntry("impact", mark("Impact"), mark("questionnaire enquête")),
            ScreenEntry("messages", mark("Messages"), mark("courriel lettre info")),
        ),
    ),
    Section(
        "finance",
        mark("Finances"),
        "wallet",
        "finance",
        (
            ScreenEntry("cash", mark("Caisse"), mark("espèces remise")),
            ScreenEntry("bank", mark("Banque"), mark("relevé bancaire rapprochement pointer")),
            ScreenEntry("vouchers", mark("Pièces"), mark("facture justificatif ticket virement")),
            ScreenEntry("budget", mark("Budget"), mark("prévisionnel réel")),
            ScreenEntry(
                "statements",
                mark("Résultat et bilan"),
                mark("compte de résultat bilan fonds dédiés franchise tva règles comptables"),
                within="budget",
            ),
            ScreenEntry("runway", mark("Trésorerie"), mark("visibilité scénario")),
            ScreenEntry("price", mark("Prix d’équilibre"), mark("prix libre coût repas")),
            ScreenEntry("grants", mark("Subventions"), mark("compte rendu cerfa")),
            ScreenEntry(
                "accounts",
                mark("Comptes"),
                mark("écritures journal grand livre balance exercice lettrage comptabilité"),
                within="budget",
            ),
            ScreenEntry(
                "fec",
                mark("Contrôle d’un FEC"),
                mark("fichier des écritures comptables exporter vérifier administration"),
                within="budget",
            ),
            ScreenEntry("month-end", mark("Fin de mois"), mark("clôture comptable mois")),
            ScreenEntry(
                "pack",
                mark("Dossier comptable"),
                mark("expert-comptable archive ZIP mois paie variables"),
                within="month-end",
            ),
            ScreenEntry(
                "transfer",
                mark("Formats d’échange"),
                mark(
                    "logiciel comptable Quadra Cegid Sage EBP Ciel MyUnisoft Pennylane FEC corrigé"
                ),
                within="month-end",
            ),
        ),
    ),
    Section(
        "documents",
        mark("Documents"),
        "file-text",
        "system",
        (
            ScreenEntry("papers", mark("À imprimer"), mark("catalogue feuilles affiches")),
            ScreenEntry(
                "figures",
                mark("Indicateurs"),
                mark("chiffres comparer an dernier comment calculé gaspillage végétarien"),
            ),
            ScreenEntry("reports", mark("Rapports"), mark("CA AG activité")),
            ScreenEntry("templates", mark("Modèles"), mark("affiche lettre")),
            ScreenEntry("archives", mark("Archives"), mark("anciens documents")),
            ScreenEntry(
                "governance", mark("Vie associative"), mark("convocation procès-verbal assemblée")
            ),
            ScreenEntry("opening", mark("Ouverture"), mark("projet local")),
        ),
    ),
)
"""The sections, in the order of Ctrl+1…8."""

PREFERENCES = Section(
    "preferences",
    mark("Réglages"),
    "gear",
    "system",
    (ScreenEntry("preferences", mark("Réglages"), mark("préférences options paramètres")),),
)
"""At the foot of the sidebar, Ctrl+comma."""


def section_of(screen: str) -> Section:
    """Return the section that holds a screen.

    Raises:
        KeyError: No section has a screen of that key.
    """
    for section in (*SECTIONS, PREFERENCES):
        if any(entry.key == screen for entry in section.screens):
            return section
    raise KeyError(screen)


def entry_of(screen: str) -> ScreenEntry:
    """Return the entry of a screen.

    Raises:
        KeyError: No section has a screen of that key.
    """
    return next(entry for entry in section_of(screen).screens if entry.key == screen)
