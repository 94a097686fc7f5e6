"""Products and lots that tests of the stock begin with."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from cantine_desktop.supply.products.model import Dimension, Product, ProductFamily
from cantine_desktop.supply.stock.moving import LotFacts, receive_lot
from cantine_desktop.values.money import Money

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def add_product(session, name="Carotte", dimension=Dimension.MASS, **more):
    """Add a product and return its key."""
    product = Product(name=name, family=ProductFamily.VEGETABLE, dimension=dimension, **more)
    session.add(product)
    session.flush()
    return product.id


def add_lot(session, product_id, quantity, *, value=0, days=None, ago=0, **more):
    """Receive a lot some days ago, whose DLC is some days from today; return its key."""
    at = NOW - timedelta(days=ago)
    facts = LotFacts(
        product_id=product_id,
        quantity=Decimal(quantity),
        received_on=TODAY - timedelta(days=ago),
        use_by=None if days is None else TODAY + timedelta(days=days),
        **more,
    )
    return receive_lot(session, facts, Money(value), at, at).id
