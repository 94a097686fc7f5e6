"""The purchases of a period for the public platform, checked before they leave.

Source: MA-CANTINE.
"""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from cantine_desktop.canteen.model import Canteen
from cantine_desktop.clock import civil_date
from cantine_desktop.errors import UserError
from cantine_desktop.i18n import tr
from cantine_desktop.supply.articles.model import FoodCategory
from cantine_desktop.supply.deliveries.model import Coming, Delivery, DeliveryLine
from cantine_desktop.supply.deliveries.queries import lines_of
from cantine_desktop.supply.deliveries.value import cost
from cantine_desktop.supply.egalim.checking import judge
from cantine_desktop.supply.egalim.layout import COLUMNS
from cantine_desktop.supply.products.model import Product
from cantine_desktop.supply.suppliers.model import Supplier
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period

YES = "OUI"
MOST_TOLD = 5


def bought_lines(
    session: Session, period: Period
) -> Iterator[tuple[Delivery, DeliveryLine, Money]]:
    """Yield what was bought and kept in a period, with its amount, taxes left out.

    Gifts are no purchases; a line without a price, or of which nothing was kept, is left out.
    """
    for delivery, line in lines_of(session, period):
        if delivery.coming is Coming.DONATED:
            continue
        product = None if line.product_id is None else session.get(Product, line.product_id)
        amount = cost(line, product)
        if amount:
            yield delivery, line, amount


def write_purchases(session: Session, period: Period, now: datetime, target: IO[bytes]) -> None:
    """Write the purchases of a period as the platform takes them.

    Args:
        session: Where to read.
        period: Days of the deliveries.
        now: Present instant, aware: no purchase may be later.
        target: Receives the CSV, in UTF-8.

    Raises:
        UserError: The canteen has no SIRET, nothing was bought, or the platform would refuse it.
    """
    siret = session.scalar(select(Canteen.siret).limit(1)) or ""
    if not siret:
        raise UserError(tr("Écrivez d’abord le SIRET de la cantine dans les réglages."))
    rows = [_row(session, siret, *found) for found in bought_lines(session, period)]
    if not rows:
        raise UserError(tr("Aucune réception close avec un prix dans cette période."))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    content = text.getvalue().encode()
    problems = judge(content, civil_date(now))
    if problems:
        raise UserError("\n".join(map(str, problems[:MOST_TOLD])))
    target.write(content)


def _row(
    session: Session, siret: str, delivery: Delivery, line: DeliveryLine, amount: Money
) -> list[str]:
    supplier = session.get_one(Supplier, delivery.supplier_id)
    return [
        *(siret, _plain(line.name), _plain(supplier.name), delivery.day.isoformat()),
        f"{amount.euros:.2f}",
        (line.category or FoodCategory.OTHER).value,
        ",".join(sorted(line.labels)),
        line.made_in.value,
        YES if line.is_short else "",
        YES if line.is_local else "",
        *("", ""),
    ]


def _plain(text: str) -> str:
    """Return words a spreadsheet takes for words: no formula may begin with them."""
    return " ".join(text.split()).lstrip("=+-@") or "?"
