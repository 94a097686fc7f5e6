"""What an indicator should stay within, as the list of indicators says it."""

from decimal import Decimal
from typing import NamedTuple

from cantine_desktop.i18n import mark, tr


class Bound(NamedTuple):
    """A limit of an indicator.

    Attributes:
        value: The limit.
        is_most: More than it is told; else less.
        words: What is told, marked.
    """

    value: Decimal
    is_most: bool
    words: str


def _most(value: int, words: str) -> Bound:
    return Bound(Decimal(value), is_most=True, words=words)


def _least(value: int, words: str) -> Bound:
    return Bound(Decimal(value), is_most=False, words=words)


BOUNDS: dict[str, tuple[Bound, ...]] = {
    "seats-filled": (
        _most(100, mark("au-delà des places : liste d’attente")),
        _least(70, mark("sous 70 % des places")),
    ),
    "below-price": (_most(75, mark("plus de 75 %")),),
    "charges-covered": (
        _least(55, mark("fragile : sous 55 %")),
        _least(65, mark("à surveiller : sous 65 %")),
    ),
    "newcomers": (_least(5, mark("sous 5 %")),),
    "cooks": (_least(15, mark("sous 15 %")),),
    "waste-per-meal": (_most(100, mark("plus de 100 g par repas")),),
    "chosen-share": (_least(50, mark("sous la moitié que demande le réseau")),),
    "days-in-row": (_most(6, mark("plus de six jours de suite")),),
    "staff-share": (_most(65, mark("plus de 65 % des charges")),),
    "runway": (_least(2, mark("moins de deux mois")),),
    **{
        f"resources-{family}": (_most(40, mark("une source au-delà de 40 %")),)
        for family in ("memberships", "events", "gifts", "grants")
    },
    "controls-done": (_least(95, mark("sous 95 %")),),
}


def alert(key: str, value: Decimal | None) -> str:
    """Return what a value deserves to be told, or nothing."""
    if value is None:
        return ""
    for bound in BOUNDS.get(key, ()):
        if value > bound.value if bound.is_most else value < bound.value:
            return tr(bound.words)
    return ""
