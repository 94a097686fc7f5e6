"""Packs as people write them: « colis de 6 x 250 g », « sac 25 kg », « 66 pièces », « 12×1L »."""

import re
from decimal import Decimal
from typing import NamedTuple

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.model import ContentUnit
from cantine_desktop.values.text import fold

UNITS: dict[str, tuple[ContentUnit, Decimal]] = {
    "g": (ContentUnit.GRAM, Decimal(1)),
    "gr": (ContentUnit.GRAM, Decimal(1)),
    "kg": (ContentUnit.GRAM, Decimal(1000)),
    "ml": (ContentUnit.MILLILITRE, Decimal(1)),
    "cl": (ContentUnit.MILLILITRE, Decimal(10)),
    "l": (ContentUnit.MILLILITRE, Decimal(1000)),
    "litre": (ContentUnit.MILLILITRE, Decimal(1000)),
    "litres": (ContentUnit.MILLILITRE, Decimal(1000)),
    "piece": (ContentUnit.PIECE, Decimal(1)),
    "pieces": (ContentUnit.PIECE, Decimal(1)),
    "p": (ContentUnit.PIECE, Decimal(1)),
    "pc": (ContentUnit.PIECE, Decimal(1)),
    "pcs": (ContentUnit.PIECE, Decimal(1)),
    "u": (ContentUnit.PIECE, Decimal(1)),
}

_NUMBER = r"\d{1,6}(?:[.,]\d{1,3})?"
_TIMES = r"\s*[x×*]\s*"
_TEXT = re.compile(
    rf"(?P<name>[a-z][a-z' -]*?)?\s*(?:de\s+)?"
    rf"(?:(?P<outer>{_NUMBER})(?:(?:\s+|{_TIMES})(?P<inner>[a-z]+?)s?\s+de\s+|{_TIMES}))?"
    rf"(?:(?P<middle>{_NUMBER}){_TIMES})?"
    rf"(?P<count>{_NUMBER})\s*(?P<unit>[a-z]+)\.?"
)
MOST = 120


class Packing(NamedTuple):
    """A pack that was read.

    Attributes:
        packs: Name and count of each level, from the order unit inwards.
        unit: What the innermost one is counted in.
    """

    packs: tuple[tuple[str, Decimal], ...]
    unit: ContentUnit


def read_packs(text: str) -> Packing:
    """Read a pack as it is written.

    Args:
        text: « colis de 6 x 250 g », « carton 4x6x125g », « sac 25 kg », « 66 pièces ».

    Raises:
        UserError: Nobody can tell what it holds.
    """
    found = _TEXT.fullmatch(fold(text)[:MOST].strip())
    known = UNITS.get(found["unit"]) if found is not None else None
    if found is None or known is None:
        raise UserError(
            tr("« {text} » : écrivez ce que contient le colis, « 6 x 250 g » ou « 25 kg ».").format(
                text=text.strip()[:MOST]
            )
        )
    unit, size = known
    levels = [found["outer"], found["middle"], found["count"]]
    counts = [Decimal(level.replace(",", ".")) for level in levels if level is not None]
    counts[-1] *= size
    if any(count <= 0 for count in counts):
        raise UserError(
            tr("Un colis contient plus que zéro : vérifiez « {text} ».").format(text=text)
        )
    first = (found["name"] or "").strip() or tr("colis")
    names = [first, *[found["inner"] or tr("unité")] * (len(counts) - 1)]
    return Packing(tuple(zip(names, counts, strict=True)), unit)
