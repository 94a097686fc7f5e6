"""What is printed of quality food."""

from cantine_desktop.documents.registry import Cadence, Document
from cantine_desktop.i18n import mark
from cantine_desktop.supply.egalim.shares_sheet import write_shares

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "quality-shares",
        mark("Parts de qualité des achats (EGalim)"),
        write_shares,
        "",
        Cadence.YEAR,
        "supply",
    ),
)
