"""What a delivery note says of a line, as it is typed: « 3 », « 3,1 kg » or « 2 / 6,2 kg »."""

import re
from decimal import Decimal
from typing import NamedTuple

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.wording import plain
from cantine_desktop.supply.products.model import Dimension
from cantine_desktop.supply.stock.quantities import quantity_words
from cantine_desktop.values.text import NBSP
from cantine_desktop.values.typed import read_decimal

_MEASURED = re.compile(r"(.+?)\s*(kg|g|l|cl|ml)", re.IGNORECASE)
_SIZES = {
    "g": (Dimension.MASS, 1),
    "kg": (Dimension.MASS, 1000),
    "ml": (Dimension.VOLUME, 1),
    "cl": (Dimension.VOLUME, 10),
    "l": (Dimension.VOLUME, 1000),
}


class Noted(NamedTuple):
    """What a note says of a line.

    Attributes:
        units: Order units; ``None`` when it says none.
        weight: What it says it weighs or holds in all, in the canonical unit; ``None``: nothing.
    """

    units: Decimal | None = None
    weight: Decimal | None = None


def read_noted(text: str, dimension: Dimension) -> Noted:
    """Read what a note says: order units, a weight in all, or both parted by a stroke.

    Raises:
        UserError: It cannot be read, or what is noted is not measured in that unit.
    """
    units = weight = None
    for part in re.split(r"[/·;]", text):
        found = _MEASURED.fullmatch(part.strip())
        if found is not None:
            measure, size = _SIZES[found[2].lower()]
            if measure is not dimension:
                raise UserError(
                    tr("Ce produit ne se mesure pas en {unit}.").format(unit=found[2].lower())
                )
            weight = read_decimal(found[1], 3) * size
        elif part.strip():
            units = read_decimal(part, 3)
    return Noted(units, weight)


def noted_words(noted: Noted, dimension: Dimension) -> str:
    """Write what a note says, as it may be typed again."""
    words = [] if noted.units is None else [plain(noted.units)]
    if noted.weight is not None:
        words.append(quantity_words(dimension, noted.weight))
    return f"{NBSP}/ ".join(words)
