"""What is proved of supply when a book is verified, part after part."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from cantine_desktop.storage.findings import Finding
from cantine_desktop.supply.articles import checks as articles
from cantine_desktop.supply.deliveries import checks as deliveries
from cantine_desktop.supply.egalim import checks as egalim
from cantine_desktop.supply.invoices import checks as invoices
from cantine_desktop.supply.orders import checks as orders
from cantine_desktop.supply.products import checks as products
from cantine_desktop.supply.proposal import checks as proposal
from cantine_desktop.supply.recalls import checks as recalls
from cantine_desktop.supply.stock import checks as stock
from cantine_desktop.supply.suppliers import checks as suppliers

PARTS = (
    articles,
    deliveries,
    egalim,
    invoices,
    orders,
    products,
    proposal,
    recalls,
    stock,
    suppliers,
)


def check_supply(session: Session) -> Iterator[Finding]:
    """Find what does not hold together, part after part."""
    for part in PARTS:
        yield from part.check(session)
