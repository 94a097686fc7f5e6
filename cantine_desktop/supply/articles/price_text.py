"""Prices as they are announced: « 2,40 le kg », « 50 € le colis », « 0,36 la pièce », « 1,2/l »."""

import re
from decimal import Decimal

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.model import PriceBasis
from cantine_desktop.values.text import fold
from cantine_desktop.values.typed import read_decimal

BASES = {
    "": PriceBasis.ORDER_UNIT,
    "colis": PriceBasis.ORDER_UNIT,
    "carton": PriceBasis.ORDER_UNIT,
    "caisse": PriceBasis.ORDER_UNIT,
    "sac": PriceBasis.ORDER_UNIT,
    "unite": PriceBasis.ORDER_UNIT,
    "box": PriceBasis.ORDER_UNIT,
    "kg": PriceBasis.KILOGRAM,
    "kilo": PriceBasis.KILOGRAM,
    "k": PriceBasis.KILOGRAM,
    "l": PriceBasis.LITRE,
    "litre": PriceBasis.LITRE,
    "p": PriceBasis.PIECE,
    "piece": PriceBasis.PIECE,
    "apiece": PriceBasis.PIECE,
}

_PRICE = re.compile(
    r"(?P<price>[\d\s.,]+?)\s*(?:€|eur|euros?)?\s*(?:/|le|la|l'|au|par|per|an?)?\s*(?P<basis>[a-z]*)"
)
PLACES = 4


def read_price(text: str) -> tuple[Decimal, PriceBasis]:
    """Read a price and what it is for; a bare number is for the order unit.

    Args:
        text: What was typed.

    Raises:
        UserError: It is no price, or nobody knows what it is for.
    """
    found = _PRICE.fullmatch(fold(text).strip()[:60])
    basis = None if found is None else BASES.get(found["basis"])
    if found is None or basis is None:
        raise UserError(
            tr(
                "« {text} » : écrivez un prix et ce qu’il achète, « 2,40 le kg », « 50 le colis »."
            ).format(text=text.strip()[:60])
        )
    return read_decimal(found["price"], PLACES), basis
