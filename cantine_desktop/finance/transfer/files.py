"""What goes out to, and comes in from, other accounting programs."""

from datetime import datetime
from functools import partial
from typing import IO

from sqlalchemy.orm import Session

from cantine_desktop.exchange.registry import Export, Import
from cantine_desktop.finance.transfer.lines import ledger_lines
from cantine_desktop.finance.transfer.profiles import KEYS, profile
from cantine_desktop.finance.transfer.writing import write_transfer
from cantine_desktop.i18n import mark
from cantine_desktop.values.period import Period

_TITLES = {
    "myunisoft": (mark("Écritures pour MyUnisoft"), ".csv"),
    "cegid-tra": (mark("Écritures pour Cegid (TRA)"), ".tra"),
    "cegid-csv": (mark("Écritures pour Cegid (CSV)"), ".csv"),
    "quadra": (mark("Écritures pour Quadra"), ".txt"),
    "ciel": (mark("Écritures pour Ciel ou Sage 50"), ".txt"),
    "sage": (mark("Écritures pour Sage (RImport)"), ".txt"),
    "ebp": (mark("Écritures pour EBP"), ".txt"),
    "coala": (mark("Écritures pour Sage Coala"), ".csv"),
    "cogilog": (mark("Écritures pour Cogilog"), ".txt"),
    "isacompta": (mark("Écritures pour Isacompta"), ".csv"),
    "winfic": (mark("Écritures pour WinFic"), ".win"),
    "ibiza": (mark("Écritures pour Ibiza"), ".txt"),
    "pennylane": (mark("Écritures pour Pennylane"), ".csv"),
    "openconcerto": (mark("Écritures pour OpenConcerto"), ".csv"),
}
"""Titles and suffixes, known without reading the layouts: they are read when one is used."""


def write_layout(
    key: str, session: Session, period: Period, _now: datetime, target: IO[bytes]
) -> None:
    """Write the entries of a period in a layout, drafts included.

    Args:
        key: Of a profile.
        session: A session that reads.
        period: Accounting days.
        _now: Not used: the same entries give the same bytes.
        target: Where the bytes go.

    Raises:
        UserError: An account or an amount does not fit in the layout.
    """
    write_transfer(ledger_lines(session, period), profile(key), target)


EXPORTS: tuple[Export, ...] = tuple(
    Export(f"transfer-{key}", *_TITLES[key], partial(write_layout, key), "finance") for key in KEYS
)
IMPORTS: tuple[Import, ...] = ()
