"""What goes out and comes in here."""

from cantine_desktop.exchange.registry import Export, Import

EXPORTS: tuple[Export, ...] = ()
IMPORTS: tuple[Import, ...] = ()
