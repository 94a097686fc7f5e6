"""Every file of the staff that goes out or comes in."""

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.staff.contracts import files as contracts
from cantine_desktop.staff.payroll import files as payroll

EXPORTS: tuple[Export, ...] = (*contracts.EXPORTS, *payroll.EXPORTS)
IMPORTS: tuple[Import, ...] = (*contracts.IMPORTS,)
