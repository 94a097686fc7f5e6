"""What is kept of a line at the door, and what it costs: the scale wins over the label."""

from decimal import Decimal
from fractions import Fraction

from cantine_desktop.supply.articles.model import PriceBasis
from cantine_desktop.supply.articles.packing import amount_cents, exact, in_basis, rounded
from cantine_desktop.supply.deliveries.model import DeliveryLine
from cantine_desktop.supply.products.model import Product
from cantine_desktop.values.money import Money

PLACES = Decimal("0.001")
ZERO = Decimal(0)
ONE = Decimal(1)


def kept_units(line: DeliveryLine) -> Decimal:
    """Return the order units that are kept: those that came less those that went back."""
    return max(ZERO, (line.received or ZERO) - line.refused)


def kept_quantity(line: DeliveryLine) -> Decimal | None:
    """Return what is kept in the canonical unit; ``None`` when nobody knows what a unit holds.

    What was weighed is for all that came: a part that went back takes its share with it.
    """
    received = line.received or ZERO
    if not received:
        return ZERO
    share = exact(kept_units(line)) / exact(received)
    if line.weight is not None:
        return stored(Fraction(line.weight) * share)
    return (
        None if line.content is None else stored(Fraction(line.content) * exact(kept_units(line)))
    )


def cost(line: DeliveryLine, product: Product | None) -> Money | None:
    """Return what is owed for what was kept, taxes left out; ``None`` without a price.

    A price by the kilogram, the litre or the piece follows what was weighed, when it was;
    the amount is rounded once.

    Args:
        line: The line.
        product: Its product; ``None`` when nobody said.
    """
    if line.price is None:
        return None
    measured = measured_units(line, product)
    if measured is not None:
        return rounded(amount_cents(line.price, ONE, measured))
    return rounded(amount_cents(line.price, kept_units(line), line.per_unit))


def measured_units(line: DeliveryLine, product: Product | None) -> Fraction | None:
    """Return how many units of its price the scale found; ``None`` when it says none.

    A price by the piece of what is bought by the piece follows the pieces, not their weight.

    Args:
        line: The line; once it is closed, it says so itself.
        product: Its product; ``None`` when nobody said.
    """
    if line.measured is not None:
        return exact(line.measured)
    by_piece = line.basis is PriceBasis.PIECE and line.pieces is not None
    is_weighed = line.weight is not None and line.basis is not PriceBasis.ORDER_UNIT
    if by_piece or not is_weighed or product is None:
        return None
    kept = kept_quantity(line)
    return None if kept is None else in_basis(product, Fraction(kept), line.basis)


def stored(value: Fraction) -> Decimal:
    """Return an exact quantity as it is kept: in thousandths, halves up."""
    scaled = value * 1000
    return Decimal((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)) / 1000
