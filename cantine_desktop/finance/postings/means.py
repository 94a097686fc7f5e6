"""How people pay, and the account the money waits on."""

from enum import StrEnum

from cantine_desktop.finance.chart.roles import Role
from cantine_desktop.i18n import mark


class Means(StrEnum):
    """A means of payment at the counter."""

    CASH = "cash"
    CHEQUE = "cheque"
    CARD = "card"
    TRANSFER = "transfer"
    HELLOASSO = "helloasso"
    MEAL_VOUCHER = "meal-voucher"


ACCOUNTS = {
    Means.CASH: Role.CASH,
    Means.CHEQUE: Role.CHEQUES,
    Means.CARD: Role.CARDS,
    Means.TRANSFER: Role.SUSPENSE,
    Means.HELLOASSO: Role.HELLOASSO,
    Means.MEAL_VOUCHER: Role.MEAL_VOUCHERS,
}
"""Where takings wait until the bank shows them; a transfer waits on 471 until it is seen."""

TITLES = {
    Means.CASH: mark("Espèces"),
    Means.CHEQUE: mark("Chèques"),
    Means.CARD: mark("Carte"),
    Means.TRANSFER: mark("Virement"),
    Means.HELLOASSO: mark("HelloAsso"),
    Means.MEAL_VOUCHER: mark("Titres-restaurant"),
}


class Purpose(StrEnum):
    """What people paid for."""

    MEALS = "meals"
    MEMBERSHIPS = "memberships"
    MEMBERSHIPS_WITH_BENEFIT = "memberships-with-benefit"
    GIFTS = "gifts"
    GOODS = "goods"
    EVENTS = "events"
    ANCILLARY = "ancillary"


INCOME = {
    Purpose.MEALS: Role.MEALS,
    Purpose.MEMBERSHIPS: Role.MEMBERSHIPS,
    Purpose.MEMBERSHIPS_WITH_BENEFIT: Role.MEMBERSHIPS_WITH_BENEFIT,
    Purpose.GIFTS: Role.GIFTS,
    Purpose.GOODS: Role.GOODS,
    Purpose.EVENTS: Role.EVENTS,
    Purpose.ANCILLARY: Role.ANCILLARY,
}
"""Free contributions to meals go to 706, never 754: they pay a meal."""

PURPOSES = {
    Purpose.MEALS: mark("Repas"),
    Purpose.MEMBERSHIPS: mark("Adhésions"),
    Purpose.MEMBERSHIPS_WITH_BENEFIT: mark("Adhésions avec contrepartie"),
    Purpose.GIFTS: mark("Dons"),
    Purpose.GOODS: mark("Ventes"),
    Purpose.EVENTS: mark("Ateliers et événements"),
    Purpose.ANCILLARY: mark("Autres recettes"),
}
