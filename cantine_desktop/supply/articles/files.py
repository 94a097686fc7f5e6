"""What goes out and comes in here."""

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.i18n import mark
from cantine_desktop.supply.articles.price_list_import import read_price_list

EXPORTS: tuple[Export, ...] = ()
IMPORTS: tuple[Import, ...] = (
    Import(
        "price-list",
        mark("Tarif d’un fournisseur"),
        (".csv", ".xlsx", ".ods"),
        read_price_list,
        "supply",
        headings=("fournisseur", "code", "désignation", "conditionnement", "prix"),
    ),
)
