"""Every table of supply, in one import."""

from cantine_desktop.supply.articles import model as articles
from cantine_desktop.supply.deliveries import model as deliveries
from cantine_desktop.supply.invoices import model as invoices
from cantine_desktop.supply.orders import model as orders
from cantine_desktop.supply.products import model as products
from cantine_desktop.supply.recalls import model as recalls
from cantine_desktop.supply.stock import model as stock
from cantine_desktop.supply.suppliers import model as suppliers

__all__ = [
    "articles",
    "deliveries",
    "invoices",
    "orders",
    "products",
    "recalls",
    "stock",
    "suppliers",
]
