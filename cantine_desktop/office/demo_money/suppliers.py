"""Whom the demonstration canteen buys from, how often, and how it pays."""

from datetime import timedelta
from typing import NamedTuple

from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import PartyKind


class Supplier(NamedTuple):
    """A supplier, its invoices and how the bank shows their payment.

    Attributes:
        account: Where its invoices go.
        yearly: What it is paid in a year, in cents.
        every: Days between two invoices.
        after: Days between an invoice and its payment.
        shown: The bank’s words; ``{n}`` is the number of the invoice.
        spread: By how much an invoice differs from the usual one, in hundredths.
    """

    code: str
    name: str
    account: str
    yearly: int
    every: int
    after: int
    shown: str
    activity: str = "REPAS"
    spread: int = 35
    kind: PartyKind = PartyKind.SUPPLIER

    @property
    def wait(self) -> timedelta:
        """Time between an invoice and its payment."""
        return timedelta(days=self.after)


SUPPLIERS: tuple[Supplier, ...] = (
    Supplier(
        "BIOCOOP",
        "Biocoop de quartier",
        Role.FOOD,
        690_000,
        4,
        10,
        "PRLV SEPA BIOCOOP DE QUARTIER F{n}",
    ),
    Supplier(
        "FERMEKOCH",
        "Ferme du Kochersberg",
        Role.FOOD,
        390_000,
        7,
        21,
        "VIR SEPA FERME DU KOCHERSBERG {n}",
    ),
    Supplier("VRACEST", "Grossiste Vrac Est", Role.FOOD, 395_000, 14, 30, "PRLV VRAC EST SAS {n}"),
    Supplier(
        "FOURNIL", "Le Fournil du Coin", Role.FOOD, 160_000, 30, 8, "VIR FOURNIL DU COIN", spread=15
    ),
    Supplier(
        "FROMAGES",
        "Fromagerie des Vosges",
        Role.FOOD,
        140_000,
        14,
        15,
        "VIR SEPA FROMAGERIE DES VOSGES {n}",
    ),
    Supplier(
        "CASHCARRY",
        "Libre-service de gros Rhin",
        Role.FOOD,
        140_000,
        17,
        1,
        "CARTE LS GROS RHIN STRASBOURG",
    ),
    Supplier("MARCHE", "Marché du mercredi", Role.FOOD, 44_700, 21, 1, "CARTE MARCHE MERCREDI"),
    Supplier(
        "HYGIECOLO",
        "Hygiécolo distribution",
        Role.SMALL_EQUIPMENT,
        132_000,
        30,
        30,
        "VIR HYGIECOLO DISTRIBUTION {n}",
    ),
    Supplier(
        "TILLEULS",
        "SCI des Tilleuls",
        Role.RENT,
        840_000,
        30,
        4,
        "VIR PERM LOYER SCI DES TILLEULS",
        "STRUCTURE",
        0,
    ),
    Supplier(
        "ENERVERT",
        "Énergie verte coopérative",
        Role.ENERGY,
        462_000,
        30,
        12,
        "PRLV ENERGIE VERTE COOP {n}",
        "STRUCTURE",
        25,
    ),
    Supplier(
        "MUTASSUR",
        "Mutuelle d’assurance du Rhin",
        Role.INSURANCE,
        89_000,
        91,
        5,
        "PRLV MUT ASSURANCE DU RHIN",
        "STRUCTURE",
        0,
    ),
    Supplier(
        "FROIDEXPR",
        "Froid Express",
        Role.REPAIRS,
        146_000,
        73,
        30,
        "VIR FROID EXPRESS {n}",
        "STRUCTURE",
        40,
    ),
    Supplier(
        "EXPERT67",
        "Cabinet Expert 67",
        Role.ACCOUNTANT,
        264_000,
        30,
        20,
        "VIR CABINET EXPERT 67",
        "STRUCTURE",
        0,
    ),
    Supplier(
        "RESEAU",
        "Réseau des cantines",
        Role.NETWORK_FEE,
        240_000,
        91,
        15,
        "VIR RESEAU DES CANTINES COTIS",
        "RESEAU",
        0,
    ),
    Supplier(
        "TELASSO",
        "Télécom associatif",
        Role.TELECOM,
        76_000,
        30,
        6,
        "PRLV TELECOM ASSO {n}",
        "STRUCTURE",
        6,
    ),
    Supplier(
        "IMPRIM",
        "Imprimerie du Faubourg",
        Role.COMMUNICATION,
        72_000,
        60,
        25,
        "VIR IMPRIMERIE FAUBOURG {n}",
        "RESEAU",
        30,
    ),
)
"""Every name is invented."""

CARD_PURCHASES = (
    ("CARTE LEROY MERLIN HAUTEPIERRE", Role.SMALL_EQUIPMENT, "STRUCTURE", 3_790, 40),
    ("CARTE SNCF CONNECT", Role.TRAVEL, "RESEAU", 5_420, 55),
    ("CARTE DROGUERIE DU CENTRE", Role.SMALL_EQUIPMENT, "REPAS", 2_280, 34),
)
"""Small purchases by card: the bank’s words, account, activity, usual cents, days between."""
