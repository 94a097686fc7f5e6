"""What is written here for other programs, and read from them."""

from cantine_desktop.exchange.registry import Export, Import

EXPORTS: tuple[Export, ...] = ()
IMPORTS: tuple[Import, ...] = ()
