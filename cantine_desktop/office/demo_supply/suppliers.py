"""Whom the demonstration orders from, on which days, and what each asks for."""

from datetime import time
from typing import NamedTuple

from cantine_desktop.supply.suppliers.model import OrderWay, SupplierKind
from cantine_desktop.values.money import Money


class DemoDay(NamedTuple):
    """A day an order may leave: its weekday from 0, its hour, days to the delivery."""

    weekday: int
    cut_off: time
    lead: int


class DemoSupplier(NamedTuple):
    """A supplier of food.

    Attributes:
        code: Its code among the parties of the accounts; empty for one that never invoiced.
        free_from: Amount from which delivery is free; ``fee``, what it costs below.
    """

    key: str
    name: str
    code: str
    contact: str
    phone: str
    days: tuple[DemoDay, ...]
    way: OrderWay = OrderWay.EMAIL
    minimum: Money | None = None
    free_from: Money | None = None
    fee: Money = Money(0)
    is_local: bool = False
    kind: SupplierKind = SupplierKind.SUPPLIER

    @property
    def email(self) -> str:
        """Where its orders go."""
        return f"commandes.{self.key}@example.org"


_AT_NOON, _AT_FOUR, _AT_SIX = time(12), time(16), time(18)

SUPPLIERS: tuple[DemoSupplier, ...] = (
    DemoSupplier(
        *("biocoop", "Biocoop de quartier", "BIOCOOP", "Léa", "01 99 00 11 01"),
        (DemoDay(0, _AT_NOON, 1), DemoDay(2, _AT_NOON, 1), DemoDay(3, _AT_NOON, 1)),
        minimum=Money(5000),
    ),
    DemoSupplier(
        *("ferme", "Ferme du Kochersberg", "FERMEKOCH", "Jean-Luc", "01 99 00 11 02"),
        (DemoDay(6, _AT_SIX, 2), DemoDay(2, _AT_SIX, 1)),
        way=OrderWay.PHONE,
        is_local=True,
        minimum=Money(3000),
    ),
    DemoSupplier(
        *("vrac", "Grossiste Vrac Est", "VRACEST", "Service clients", "01 99 00 11 03"),
        (DemoDay(3, _AT_FOUR, 5),),
        way=OrderWay.PDF,
        minimum=Money(10000),
        free_from=Money(25000),
        fee=Money(1800),
    ),
    DemoSupplier(
        *("fournil", "Le Fournil du Coin", "FOURNIL", "Samira", "01 99 00 11 04"),
        tuple(DemoDay(day, _AT_FOUR, 1) for day in range(5)),
        way=OrderWay.PHONE,
        is_local=True,
    ),
    DemoSupplier(
        *("fromages", "Fromagerie des Vosges", "FROMAGES", "Benoît", "01 99 00 11 05"),
        (DemoDay(0, _AT_NOON, 1),),
        is_local=True,
        minimum=Money(4000),
    ),
    DemoSupplier(
        *("rhin", "Libre-service de gros Rhin", "CASHCARRY", "", "01 99 00 11 06"),
        tuple(DemoDay(day, _AT_SIX, 1) for day in range(5)),
        kind=SupplierKind.SHOP,
        way=OrderWay.ONLINE,
    ),
    DemoSupplier(
        *("maree", "Marée de l’Ill", "", "Yann", "01 99 00 11 07"),
        tuple(DemoDay(day, time(10), 1) for day in range(5)),
        way=OrderWay.PHONE,
    ),
    DemoSupplier(
        *("volailles", "Volailles Meyer", "", "Mme Meyer", "01 99 00 11 08"),
        tuple(DemoDay(day, time(11), 1) for day in range(5)),
        way=OrderWay.PHONE,
        is_local=True,
    ),
    DemoSupplier(
        *("don", "Banque alimentaire du Faubourg", "", "Accueil", "01 99 00 11 09"),
        (),
        kind=SupplierKind.DONOR,
        is_local=True,
    ),
)
