"""What a piece truly weighs, learned from what the scale said at the door."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import isqrt

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.packing import exact
from cantine_desktop.supply.deliveries.model import Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.standing import corrected_lines, standing
from cantine_desktop.supply.products.measuring import grams_of
from cantine_desktop.supply.products.model import Dimension, Product

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Learned:
    """What pieces of a product weighed at the door, in grams.

    Attributes:
        times: How many lines were weighed; ``pieces``, how many pieces they held.
        mean: By piece; ``least`` and ``most``, the means of single lines.
        deviation: Standard deviation of the means of lines.
    """

    times: int
    pieces: int
    mean: Decimal
    least: Decimal
    most: Decimal
    deviation: Decimal


def learned(session: Session, product_id: int) -> Learned | None:
    """Return what a piece weighed at receptions; ``None`` when none was weighed.

    Only lines bought by the piece and weighed count: a weight of announced boxes tells nothing.

    Args:
        session: Where to read.
        product_id: A product that is weighed, and bought by the piece.
    """
    product = session.get_one(Product, product_id)
    query = (
        select(DeliveryLine)
        .join(Delivery, DeliveryLine.delivery_id == Delivery.id)
        .where(
            DeliveryLine.product_id == product_id,
            Delivery.sealed_at.is_not(None),
            Delivery.corrects_id.is_(None),
            DeliveryLine.pieces.is_not(None),
        )
    )
    weighed: list[tuple[Fraction, Fraction]] = []
    right = corrected_lines(session)
    for first in session.scalars(query):
        line = standing(first, right)
        # What its pack was then: the article may be sold otherwise since.
        pieces = Fraction(line.pieces or 0) * exact(line.received or Decimal(0))
        grams = _grams(product, line)
        if pieces and grams:
            weighed.append((pieces, grams))
    return _sum(weighed) if weighed else None


def take_weight(session: Session, product_id: int) -> Learned:
    """Give a product the weight of a piece that was learned, with its range.

    Raises:
        UserError: Nothing was weighed yet.
    """
    found = learned(session, product_id)
    if found is None:
        raise UserError(tr("Aucune réception pesée ne dit encore ce que pèse une pièce."))
    product = session.get_one(Product, product_id)
    product.piece_grams = found.mean
    product.piece_least, product.piece_most = found.least, found.most
    session.flush()
    return found


def _grams(product: Product, line: DeliveryLine) -> Fraction | None:
    if line.weight is None or product.dimension is Dimension.PIECE:
        return None
    return grams_of(product, Fraction(line.weight))


def _sum(weighed: list[tuple[Fraction, Fraction]]) -> Learned:
    pieces = sum((count for count, _grams_ in weighed), Fraction(0))
    grams = sum((weight for _count, weight in weighed), Fraction(0))
    means = [weight / count for count, weight in weighed]
    return Learned(
        len(weighed), int(pieces), _tenth(grams / pieces), _tenth(min(means)), _tenth(max(means)),
        _deviation(means),
    )  # fmt: skip


def _deviation(means: Iterable[Fraction]) -> Decimal:
    """Return the standard deviation of means, to a tenth of a gram; zero of a single one."""
    values = list(means)
    if len(values) < 2:
        return Decimal(0)
    middle = sum(values, Fraction(0)) / len(values)
    variance = sum(((each - middle) ** 2 for each in values), Fraction(0)) / (len(values) - 1)
    return Decimal(isqrt(int(variance * 10_000))).scaleb(-2).quantize(TENTH, ROUND_HALF_UP)


def _tenth(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(TENTH, ROUND_HALF_UP)
