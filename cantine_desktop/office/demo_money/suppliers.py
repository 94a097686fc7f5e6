"""Whom the demonstration canteen buys from, how often, and how it pays."""

from datetime import timedelta
from typing import NamedTuple

from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.finance.ledger.model import PartyKind
from cantine_desktop.office.demo_money import year
from cantine_desktop.office.demo_money.year import Yearly


class Supplier(NamedTuple):
    """A supplier, its invoices and how the bank shows their payment.

    Attributes:
        account: Where its invoices go.
        share: Its part of what the canteen spends there.
        spending: What the canteen spends there in a year.
        invoices: How many come in a full month.
        after: Days between an invoice and its payment.
        shown: The bank’s words; ``{n}`` is the number of the invoice.
        spread: By how much an invoice differs from the usual one, in hundredths.
    """

    code: str
    name: str
    account: str
    share: int
    spending: Yearly
    invoices: int
    after: int
    shown: str
    activity: str = "REPAS"
    spread: int = 35
    kind: PartyKind = PartyKind.SUPPLIER

    @property
    def wait(self) -> timedelta:
        """Time between an invoice and its payment."""
        return timedelta(days=self.after)


def _food(code: str, name: str, share: int, invoices: int, after: int, shown: str) -> Supplier:
    return Supplier(code, name, Role.FOOD, share, year.FOOD, invoices, after, shown)


def _house(
    code: str, name: str, account: str, spending: Yearly, after: int, shown: str
) -> Supplier:
    return Supplier(code, name, account, 1, spending, 1, after, shown, "STRUCTURE", 0)


SUPPLIERS: tuple[Supplier, ...] = (
    _food("BIOCOOP", "Biocoop de quartier", 690, 7, 10, "PRLV SEPA BIOCOOP DE QUARTIER F{n}"),
    _food("FERMEKOCH", "Ferme du Kochersberg", 390, 4, 21, "VIR SEPA FERME DU KOCHERSBERG {n}"),
    _food("VRACEST", "Grossiste Vrac Est", 395, 2, 30, "PRLV VRAC EST SAS {n}"),
    _food("FOURNIL", "Le Fournil du Coin", 160, 1, 8, "VIR FOURNIL DU COIN"),
    _food("FROMAGES", "Fromagerie des Vosges", 140, 2, 15, "VIR SEPA FROMAGERIE DES VOSGES {n}"),
    _food("CASHCARRY", "Libre-service de gros Rhin", 140, 2, 1, "CARTE LS GROS RHIN STRASBOURG"),
    _food("MARCHE", "Marché du mercredi", 45, 1, 1, "CARTE MARCHE MERCREDI"),
    Supplier(
        "HYGIECOLO",
        "Hygiécolo distribution",
        Role.SMALL_EQUIPMENT,
        1,
        year.SMALL_EQUIPMENT,
        1,
        30,
        "VIR HYGIECOLO DISTRIBUTION {n}",
    ),
    _house(
        "TILLEULS", "SCI des Tilleuls", Role.RENT, year.RENT, 4, "VIR PERM LOYER SCI DES TILLEULS"
    ),
    _house(
        "ENERVERT",
        "Énergie verte coopérative",
        Role.ENERGY,
        year.ENERGY,
        12,
        "PRLV ENERGIE VERTE COOP {n}",
    ),
    _house(
        "MUTASSUR",
        "Mutuelle d’assurance du Rhin",
        Role.INSURANCE,
        year.INSURANCE,
        5,
        "PRLV MUT ASSURANCE DU RHIN",
    ),
    _house(
        "FROIDEXPR", "Froid Express", Role.REPAIRS, year.MAINTENANCE, 30, "VIR FROID EXPRESS {n}"
    ),
    _house(
        "EXPERT67",
        "Cabinet Expert 67",
        Role.ACCOUNTANT,
        year.ACCOUNTANT,
        20,
        "VIR CABINET EXPERT 67",
    ),
    _house(
        "RESEAU",
        "Réseau des cantines",
        Role.NETWORK_FEE,
        year.NETWORK,
        15,
        "VIR RESEAU DES CANTINES COTIS",
    )._replace(activity="RESEAU"),
    _house(
        "TELASSO",
        "Télécom associatif",
        Role.TELECOM,
        year.TELECOM_AND_BANK,
        6,
        "PRLV TELECOM ASSO {n}",
    ),
    _house(
        "IMPRIM",
        "Imprimerie du Faubourg",
        Role.COMMUNICATION,
        year.COMMUNICATION,
        25,
        "VIR IMPRIMERIE FAUBOURG {n}",
    )._replace(activity="RESEAU"),
)
"""Every name is invented."""

SAME_SPENDING: dict[str, tuple[str, ...]] = {
    "TELASSO": (Role.BANK_FEES,),
    "HYGIECOLO": (Role.SMALL_EQUIPMENT,),
    "IMPRIM": (Role.TRAVEL,),
}
"""Accounts whose small bank lines are part of what a supplier’s spending sums to."""

CARD_PURCHASES = (
    ("CARTE LEROY MERLIN HAUTEPIERRE", Role.SMALL_EQUIPMENT, "STRUCTURE", 3_790, 40),
    ("CARTE SNCF CONNECT", Role.TRAVEL, "RESEAU", 5_420, 55),
    ("CARTE DROGUERIE DU CENTRE", Role.SMALL_EQUIPMENT, "REPAS", 2_280, 34),
)
"""Small purchases by card: the bank’s words, account, activity, usual cents, days between."""
