"""What is printed of the stock: the sheets to count with, and what it is worth."""

from functools import partial

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.i18n import mark
from cantine_desktop.supply.stock.count_sheet import LETTER, write_stock_count
from cantine_desktop.supply.stock.worth_sheet import write_stock_worth

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "stock-count-blind",
        mark("Fiche d’inventaire, à l’aveugle"),
        partial(write_stock_count, blind=True),
        "D22",
        Cadence.DAY,
        "supply",
        LETTER,
        "stock",
    ),
    Document(
        "stock-count",
        mark("Fiche d’inventaire, avec l’attendu"),
        partial(write_stock_count, blind=False),
        "D22",
        Cadence.DAY,
        "supply",
        screen="stock",
    ),
    Document(
        "stock-worth",
        mark("Valeur du stock, prix arrivés après, pertes"),
        write_stock_worth,
        "",
        Cadence.MONTH,
        "supply",
    ),
)
