"""Every file of the staff that goes out or comes in."""

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.staff.contracts import files as contracts

EXPORTS: tuple[Export, ...] = (*contracts.EXPORTS,)
IMPORTS: tuple[Import, ...] = (*contracts.IMPORTS,)
