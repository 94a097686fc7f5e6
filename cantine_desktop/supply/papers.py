"""Every paper of supply."""

from cantine_desktop.documents.registry import Document
from cantine_desktop.supply.articles import sheets as articles
from cantine_desktop.supply.deliveries import sheets as deliveries
from cantine_desktop.supply.egalim import sheets as egalim
from cantine_desktop.supply.invoices import sheets as invoices
from cantine_desktop.supply.orders import sheets as orders
from cantine_desktop.supply.products import sheets as products
from cantine_desktop.supply.proposal import sheets as proposal
from cantine_desktop.supply.recalls import sheets as recalls
from cantine_desktop.supply.stock import sheets as stock
from cantine_desktop.supply.suppliers import sheets as suppliers

DOCUMENTS: tuple[Document, ...] = (
    *articles.DOCUMENTS,
    *deliveries.DOCUMENTS,
    *egalim.DOCUMENTS,
    *invoices.DOCUMENTS,
    *orders.DOCUMENTS,
    *products.DOCUMENTS,
    *proposal.DOCUMENTS,
    *recalls.DOCUMENTS,
    *stock.DOCUMENTS,
    *suppliers.DOCUMENTS,
)
