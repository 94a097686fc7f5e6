"""The notes and coins of the euro, and the rolls that banks hand out."""

from collections.abc import Mapping
from dataclasses import dataclass

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.values.money import Money

NOTES = tuple(Money(cents) for cents in (50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500))
COINS = tuple(Money(cents) for cents in (200, 100, 50, 20, 10, 5, 2, 1))
DENOMINATIONS = NOTES + COINS
"""From 500 € to 0,01 €."""

ROLLS = {
    Money(200): 25,
    Money(100): 25,
    Money(50): 40,
    Money(20): 40,
    Money(10): 40,
    Money(5): 50,
    Money(2): 50,
    Money(1): 50,
}
"""Coins in a roll, as the Banque de France makes them up."""


@dataclass(frozen=True)
class Pieces:
    """How many notes or coins of one kind.

    Attributes:
        quantity: Loose ones.
        rolls: Full rolls of coins.
        for_bank: How many of all of them go to the bank.
    """

    quantity: int = 0
    rolls: int = 0
    for_bank: int = 0

    def number(self, denomination: Money) -> int:
        """Return how many there are, rolls undone."""
        return self.quantity + self.rolls * ROLLS.get(denomination, 0)


def total_of(pieces: Mapping[Money, Pieces]) -> Money:
    """Return what notes and coins are worth."""
    return Money(sum(d.cents * p.number(d) for d, p in pieces.items()))


def for_bank_of(pieces: Mapping[Money, Pieces]) -> Money:
    """Return what goes to the bank of them."""
    return Money(sum(d.cents * p.for_bank for d, p in pieces.items()))


def refuse_impossible(pieces: Mapping[Money, Pieces]) -> None:
    """Let notes and coins pass.

    Raises:
        UserError: There is no such note or coin, a number is negative, notes come in rolls, or
            more go to the bank than there are.
    """
    for denomination, each in pieces.items():
        named = {"value": f"{denomination.euros:f} €".replace(".", ",")}
        if denomination not in DENOMINATIONS:
            raise UserError(tr("Il n’y a ni pièce ni billet de {value}.").format(**named))
        if min(each.quantity, each.rolls, each.for_bank) < 0:
            raise UserError(tr("Un nombre de pièces ou de billets n’est pas négatif."))
        if each.rolls and denomination not in ROLLS:
            raise UserError(tr("Les billets de {value} ne vont pas en rouleaux.").format(**named))
        if each.for_bank > each.number(denomination):
            raise UserError(
                tr("Il part à la banque plus de {value} qu’il n’y en a de comptés.").format(**named)
            )


def bag_of(pieces: Mapping[Money, Pieces], float_amount: Money) -> dict[Money, int]:
    """Return which notes and coins to take to the bank so that about the float stays.

    The largest leave first; never so many that less than the float stays.
    """
    left = total_of(pieces).cents - float_amount.cents
    bag: dict[Money, int] = {}
    for denomination in DENOMINATIONS:
        each = pieces.get(denomination)
        taken = min(each.number(denomination), left // denomination.cents) if each else 0
        if taken > 0:
            bag[denomination] = taken
            left -= taken * denomination.cents
    return bag
