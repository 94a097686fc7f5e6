"""What goes to the public platform."""

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.i18n import mark
from cantine_desktop.supply.egalim.purchases_file import write_purchases

EXPORTS: tuple[Export, ...] = (
    Export(
        "ma-cantine-purchases",
        mark("Achats pour la plateforme « ma cantine »"),
        ".csv",
        write_purchases,
        "supply",
    ),
)
IMPORTS: tuple[Import, ...] = ()
