"""What goes out to, and comes in from, other programs."""

from cantine_desktop.exchange.registry import Export, Import

EXPORTS: tuple[Export, ...] = ()
IMPORTS: tuple[Import, ...] = ()
