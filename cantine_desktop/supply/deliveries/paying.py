"""What food that came costs the canteen: with its VAT where none is recovered."""

from sqlalchemy.orm import Session

from cantine_desktop.supply.deliveries.model import DeliveryLine
from cantine_desktop.supply.deliveries.value import cost
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.stock.vat import with_vat
from cantine_desktop.values.money import Money


def paid(session: Session, line: DeliveryLine, product: Product | None) -> Money | None:
    """Return what was kept of a line costs the canteen; ``None`` without a price.

    Args:
        session: Where to read whether VAT is recovered.
        line: The line.
        product: Its product; ``None`` when nobody said.
    """
    net = cost(line, product)
    return None if net is None else with_vat(session, net, line.vat)
