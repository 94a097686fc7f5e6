"""Every file of supply that goes out or comes in."""

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.supply.products import files as products

EXPORTS: tuple[Export, ...] = (*products.EXPORTS,)
IMPORTS: tuple[Import, ...] = (*products.IMPORTS,)
