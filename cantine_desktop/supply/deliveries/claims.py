"""What is claimed from a supplier after a reception: what lacked, what went back."""

from fractions import Fraction

from cantine_desktop.supply.articles.packing import amount_cents, rounded
from cantine_desktop.supply.deliveries.model import Delivery, DeliveryLine, LineOutcome
from cantine_desktop.supply.deliveries.value import ZERO, kept_units
from cantine_desktop.values.money import Money


def to_claim(delivery: Delivery) -> list[DeliveryLine]:
    """Return the lines of a reception to claim for; one that was replaced is not."""
    replaced = {
        line.order_line_id
        for line in delivery.lines
        if line.outcome is LineOutcome.SUBSTITUTED and line.order_line_id is not None
    }
    return [
        line
        for line in delivery.lines
        if lacking(line)
        and not (line.outcome is LineOutcome.MISSING and line.order_line_id in replaced)
    ]


def lacking(line: DeliveryLine) -> Fraction:
    """Return the order units of a line to be credited: noted on the note but not kept.

    Without a quantity on the note, what went back is claimed, and what lacks of the order.
    """
    announced = line.noted if line.noted is not None else line.ordered
    base = announced if announced is not None else line.received
    return max(Fraction(0), Fraction(base or ZERO) - Fraction(kept_units(line)))


def claimed(line: DeliveryLine) -> Money | None:
    """Return what is claimed for a line at its price, taxes left out; ``None`` without a price."""
    if line.price is None:
        return None
    return rounded(amount_cents(line.price, lacking(line), line.per_unit))
