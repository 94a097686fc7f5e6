"""Procedures of the plan: traceability, recall, breaches, food-borne outbreak, training.

Source: R178, R852, TIAC, CRPM-R237, R852-XII, D2011-731, NS2012.
"""

from cantine_desktop.i18n import mark

TRACEABILITY: tuple[str, ...] = (
    mark(
        "En amont : le bon de livraison, le lot et la date limite de chaque produit reçu sont "
        "gardés, ou la photo de son étiquette."
    ),
    mark(
        "En interne : le lien entre les lots et les plats est noté quand c’est possible. "
        "L’instruction de 2018 en dispense une petite structure, tant que l’inspecteur ne le "
        "retire pas ; ce lien évite de tout jeter en cas de rappel."
    ),
    mark("En aval : un don sortant est noté avec son destinataire ; un convive ne l’est pas."),
)

RECALL: tuple[str, ...] = (
    mark("Lire l’alerte : produit, marque, lot, dates, motif. Noter l’heure."),
    mark("Chercher le lot dans le stock, les préparations et les menus servis."),
    mark("Isoler avec l’étiquette « NE PAS UTILISER », au froid, à part."),
    mark("Si on en a servi : prévenir la DDPP et le fournisseur ; informer les convives."),
    mark("Suivre la consigne de l’alerte : rendre, détruire ou garder. Le noter."),
    mark("Écrire ce qui s’est passé comme un écart, puis vérifier que tout est soldé."),
)

BREACHES: tuple[str, ...] = (
    mark("Tout écart est écrit le jour même : ce qui a été vu, sur quoi, par qui."),
    mark(
        "D’abord les denrées : continuer, isoler ou jeter. En cas de doute, on isole, puis on "
        "jette."
    ),
    mark("Ensuite la cause, puis l’action : qui la fait, pour quand."),
    mark("Une mesure de contrôle est reprise après l’action ; elle solde l’écart ou l’entretient."),
    mark("Un écart critique n’est clos qu’après vérification par la personne responsable."),
    mark("Une correction ne remplace jamais ce qui était écrit : les deux restent lisibles."),
)

OUTBREAK: tuple[str, ...] = (
    mark("Dès 2 personnes malades après un même repas, c’est une suspicion."),
    mark("Conseiller un médecin. En urgence : 15. Noter l’heure de chaque appel."),
    mark("Appeler sans attendre l’agence régionale de santé (ARS) et la DDPP."),
    mark(
        "Ne rien jeter, ne rien réutiliser, ne rien nettoyer : plats témoins, restes et matières "
        "premières restent au froid, isolés."
    ),
    mark(
        "Réunir menus, lots, températures, présences et plats témoins des jours précédents ; "
        "geler leur durée de conservation."
    ),
    mark("Remplir les quatre feuilles TIAC et les remettre à la DDPP."),
    mark("Les noms et symptômes restent sur papier, sous clé ; le livre garde des nombres."),
)

CONTACTS: tuple[str, ...] = (
    mark("SAMU"),
    mark("ARS, veille sanitaire"),
    mark("DDPP"),
    mark("Centre antipoison"),
    mark("Frigoriste"),
    mark("Prestataire nuisibles"),
)
"""Whom to call; the numbers are written by hand, except those that never change."""

KNOWN_NUMBERS = {"SAMU": "15"}

TRAINING: tuple[str, ...] = (
    mark("Une personne au moins a suivi la formation à l’hygiène de 14 h, attestation classée."),
    mark("Chaque salarié et bénévole régulier lit et signe le livret d’accueil hygiène."),
    mark(
        "Les cuisiniers du jour sont accueillis à chaque service ; un seul référent répond d’eux."
    ),
    mark("Une réunion par trimestre revient sur les écarts et ce qu’ils apprennent."),
)

CHECKING: tuple[str, ...] = (
    mark("Chaque semaine : les feuilles sont relues et signées ; les oublis restent des oublis."),
    mark("Chaque mois : les écarts ouverts et la maintenance sont revus."),
    mark("Chaque année : le plan est relu, et à chaque changement de carte ou de matériel."),
)
