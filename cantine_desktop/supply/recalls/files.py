"""What goes out and comes in here: nothing; the public list also meets the sheets of hygiene."""

from cantine_desktop.exchange.registry import Export, Import

EXPORTS: tuple[Export, ...] = ()
IMPORTS: tuple[Import, ...] = ()
