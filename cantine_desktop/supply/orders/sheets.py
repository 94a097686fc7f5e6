"""What is printed of the orders."""

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.i18n import mark
from cantine_desktop.supply.orders.order_sheet import write_orders

DOCUMENTS: tuple[Document, ...] = (
    Document("orders", mark("Bons de commande"), write_orders, "D20", Cadence.WEEK, "supply"),
)
