"""Every file of supply that goes out or comes in."""

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.supply.articles import files as articles
from cantine_desktop.supply.deliveries import files as deliveries
from cantine_desktop.supply.egalim import files as egalim
from cantine_desktop.supply.invoices import files as invoices
from cantine_desktop.supply.lists import EXPORTS as LISTS
from cantine_desktop.supply.orders import files as orders
from cantine_desktop.supply.products import files as products
from cantine_desktop.supply.proposal import files as proposal
from cantine_desktop.supply.recalls import files as recalls
from cantine_desktop.supply.stock import files as stock
from cantine_desktop.supply.suppliers import files as suppliers

EXPORTS: tuple[Export, ...] = (
    *articles.EXPORTS,
    *deliveries.EXPORTS,
    *egalim.EXPORTS,
    *invoices.EXPORTS,
    *orders.EXPORTS,
    *products.EXPORTS,
    *proposal.EXPORTS,
    *recalls.EXPORTS,
    *stock.EXPORTS,
    *suppliers.EXPORTS,
    *LISTS,
)
IMPORTS: tuple[Import, ...] = (
    *articles.IMPORTS,
    *deliveries.IMPORTS,
    *egalim.IMPORTS,
    *invoices.IMPORTS,
    *orders.IMPORTS,
    *products.IMPORTS,
    *proposal.IMPORTS,
    *recalls.IMPORTS,
    *stock.IMPORTS,
    *suppliers.IMPORTS,
)
