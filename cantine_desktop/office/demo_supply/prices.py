"""The demonstration’s price that went up: oil, by 18 %."""

from datetime import date, time, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.i18n import tr
from cantine_desktop.office.demo_kitchen import instant
from cantine_desktop.supply.articles.keeping import set_price
from cantine_desktop.supply.articles.model import Article
from cantine_desktop.supply.products.model import Product, ProductFamily

RISE = Decimal("1.18")
LATELY = timedelta(days=5)
CENT = Decimal("0.01")


def write_rise(session: Session, today: date) -> None:
    """Write that the first oil of the list costs more since a few days.

    Args:
        session: The session of the action that writes the demonstration.
        today: The present day.
    """
    query = (
        select(Article)
        .join(Product, Article.product_id == Product.id)
        .where(Product.family == ProductFamily.FAT, Product.name.startswith("Huile"))
        .order_by(Article.id)
    )
    oil = session.scalars(query.limit(1)).first()
    if oil is None or not oil.prices:
        return
    last = oil.prices[-1]
    now = instant(today - LATELY, time(16))
    price = (last.price * RISE).quantize(CENT)
    day = today - LATELY
    set_price(session, oil.id, price, last.basis, day, now, tr("Nouveau tarif du fournisseur"))
